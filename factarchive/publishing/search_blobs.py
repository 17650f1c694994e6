"""What the search's memory holds of articles, shards, long lists and pages, as values and as blobs."""

from __future__ import annotations

import json
import zlib
from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import DatabaseError
from typing import Any, NamedTuple

from factarchive.archive.index import PARAMETERS, Layout
from factarchive.archive.indexing import KEPT, Analysed, Row


class Spent(Exception):
    """Too few of a term's ranks are remembered to tell its best: all must be gathered anew."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A term's document frequency and its best ranks, sorted: all, or some that are better than all others."""

    df: int = 0
    best: Sequence[int] = ()

    def moved(self, gone: Iterable[int], come: Iterable[int], layout: Layout) -> Ranked:
        """The term without these ranks and with those; raise Spent where what is left does not tell the best."""
        best, df = list(self.best), self.df
        is_whole = len(best) == df
        for rank in gone:
            df -= 1
            place = bisect_left(best, rank)
            if place < len(best) and best[place] == rank:
                del best[place]
            elif is_whole:
                raise DatabaseError("a remembered posting is lost")
        for rank in come:
            df += 1
            if is_whole or rank < best[-1]:
                insort(best, rank)
        del best[KEPT:]
        if len(best) < df and not self._tells(best, layout):
            raise Spent
        return Ranked(df, best)

    @staticmethod
    def _tells(best: Sequence[int], layout: Layout) -> bool:
        numbers = (1 << layout.bits) - 1
        return len({rank >> 4 & numbers for rank in best}) >= PARAMETERS.postings


class Held(NamedTuple):
    """A term of a shard: its row, and its ranks unless they stand in its long list."""

    row: Row
    ranks: Ranked | None


# ---------------------------------------------------------------- blobs


def shard_blob(terms: Iterable[Held]) -> bytes:
    """A shard's terms."""
    head, parts = [], []
    for row, ranks in terms:
        best = array("Q", ranks.best if ranks else ()).tobytes()
        head.append((row.stem, row.lemma, row.df, len(row.packed), len(best) if ranks else -1))
        parts += [row.packed, best]
    return _packed(head, parts)


def shard_rows(blob: bytes) -> dict[str, Held]:
    """The inverse of `shard_blob`, by stem."""
    head, rest = _unpacked(blob)
    found: dict[str, Held] = {}
    at = 0
    for stem, lemma, df, size, ranks in head:
        row = Row(stem, lemma, df, bytes(rest[at : at + size]))
        at += size
        found[stem] = Held(row, Ranked(df, _ranks(rest[at : at + ranks])) if ranks >= 0 else None)
        at += max(ranks, 0)
    return found


def long_blob(terms: Mapping[str, Ranked]) -> bytes:
    """A bucket of long lists."""
    head = [(stem, ranks.df, len(ranks.best)) for stem, ranks in sorted(terms.items())]
    return _packed(head, [array("Q", ranks.best).tobytes() for _, ranks in sorted(terms.items())])


def long_rows(blob: bytes) -> dict[str, Ranked]:
    """The inverse of `long_blob`."""
    head, rest = _unpacked(blob)
    found: dict[str, Ranked] = {}
    at = 0
    for stem, df, count in head:
        found[stem] = Ranked(df, _ranks(rest[at : at + 8 * count]))
        at += 8 * count
    return found


def article_blob(documents: Sequence[Analysed]) -> bytes:
    """How the index counts an article and its claims."""
    head = [(d.id, d.article, d.kind, d.verdict, d.length, len(d.weights)) for d in documents]
    stems = zlib.compress("\n".join(d.stems for d in documents).encode(), 1)
    return _packed(head, [*(d.weights for d in documents), stems])


def article_rows(blob: bytes) -> list[Analysed]:
    """The inverse of `article_blob`."""
    head, rest = _unpacked(blob)
    at = sum(row[-1] for row in head)
    stems = zlib.decompress(rest[at:]).decode().split("\n")
    found, at = [], 0
    for (id_, article, kind, verdict, length, size), words in zip(head, stems, strict=True):
        found.append(Analysed(id_, article, kind, verdict, length, words, bytes(rest[at : at + size])))
        at += size
    return found


Standing = tuple[int, str, str]
"""Where a document stands: its number, its id, the article it belongs to."""


def page_blob(documents: Iterable[Standing]) -> bytes:
    """The documents of a page of cards, in order."""
    return json.dumps(sorted(documents), ensure_ascii=False).encode("utf-8", "surrogatepass")


def page_rows(blob: bytes) -> list[Standing]:
    """The inverse of `page_blob`."""
    return [(number, id_, article) for number, id_, article in json.loads(blob.decode("utf-8", "surrogatepass"))]


def _ranks(raw: memoryview) -> list[int]:
    ranks = array("Q")
    ranks.frombytes(raw)
    return ranks.tolist()


def _packed(head: Sequence[Any], parts: Sequence[bytes]) -> bytes:
    """Plain data and bytes as one blob."""
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return len(text).to_bytes(4, "big") + text + b"".join(parts)


def _unpacked(blob: bytes) -> tuple[Any, memoryview]:
    """The plain data of a blob, and the bytes behind it."""
    end = 4 + int.from_bytes(blob[:4], "big")
    return json.loads(blob[4:end].decode("utf-8", "surrogatepass")), memoryview(blob)[end:]

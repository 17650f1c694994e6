"""A small change of the search index: old postings out, new ones in, and what becomes stale by that."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from factarchive.arabic.stems import family
from factarchive.archive.index import Layout, decode_words, encode_words, path_of, text_path
from factarchive.archive.index_files import df_code, rank_of
from factarchive.archive.indexing import Analysed, Ranks, row_of
from factarchive.publishing.search_blobs import (
    Held,
    Ranked,
    long_blob,
    long_rows,
    page_blob,
    page_rows,
    shard_blob,
    shard_rows,
)
from factarchive.publishing.search_memory import SearchMemory


class Change(NamedTuple):
    """An article's documents as they were counted before, and as they are now; none where it was, or is, not there."""

    article: str
    before: tuple[Analysed, ...]
    now: tuple[Analysed, ...]


@dataclass
class Patch:
    """The change of an index whose scale and averages stay; `stale` are the files that it changes."""

    memory: SearchMemory
    layout: Layout
    ranks: Ranks
    stale: set[str] = field(default_factory=set)
    _long: dict[int, dict[str, Ranked]] = field(default_factory=dict)
    _lexicon: dict[int, dict[str, int]] = field(default_factory=dict)

    def apply(self, changes: Iterable[Change]) -> None:
        """Change what is remembered; raise Spent where too little of it is, in the middle of the work."""
        moves: defaultdict[str, Counter[int]] = defaultdict(Counter)
        pages: defaultdict[int, list[Change]] = defaultdict(list)
        for change in changes:
            self._note(change, moves)
            for page in {self._page(one) for one in (*change.before, *change.now)}:
                pages[page].append(change)
            self.stale.add(text_path(change.article))
        self._move_words(moves)
        self._move_documents(pages)

    def _note(self, change: Change, moves: Mapping[str, Counter[int]]) -> None:
        for sign, documents in ((-1, change.before), (1, change.now)):
            for one in documents:
                ranks = self.ranks.of(one)
                for stem, weight in zip(one.stems.split(" "), one.weights, strict=False):
                    moves[stem][ranks[weight]] += sign

    # ------------------------------------------------------------ words
    def _move_words(self, moves: Mapping[str, Counter[int]]) -> None:
        shards: defaultdict[int, list[str]] = defaultdict(list)
        for stem, moved in moves.items():
            if any(moved.values()):
                shards[self.layout.shard_of(family(stem))].append(stem)
        for shard, stems in sorted(shards.items()):
            rows = shard_rows(self.memory.blob("w", shard))
            shown = [self._move(stem, moves[stem], rows) for stem in stems]
            if any(shown):
                self.stale.add(path_of("w", shard))
            self.memory.keep("w", [(shard, shard_blob(rows.values()))])
        self.memory.keep("p", ((bucket, long_blob(terms)) for bucket, terms in self._long.items()))
        scale = self.layout.scale
        self.memory.keep("l", ((bucket, encode_words(scale, w.items())) for bucket, w in self._lexicon.items()))

    def _move(self, stem: str, moved: Counter[int], rows: dict[str, Held]) -> bool:
        """Move one term's ranks; return whether its shard shows it."""
        held = rows.get(stem)
        before = (held.ranks or self._bucket(stem)[stem]) if held else Ranked()
        gone = [rank for rank, n in moved.items() for _ in range(-n)]
        come = [rank for rank, n in moved.items() for _ in range(n)]
        now = before.moved(gone, come, self.layout)
        self._relist(stem, before.df, now.df)
        self._move_long(stem, before, now)
        if not now.df:
            rows.pop(stem, None)
            return True
        row = row_of((stem, now.df, now.best), self.layout, self.ranks)
        rows[stem] = Held(row, None if self._is_long(now.df) else now)
        shown = held and (held.row.packed, df_code(held.row.df))
        return shown != (row.packed, df_code(row.df))

    def _move_long(self, stem: str, before: Ranked, now: Ranked) -> None:
        if not (self._is_long(before.df) or self._is_long(now.df)):
            return
        bucket = self._bucket(stem)
        bucket.pop(stem, None)
        if self._is_long(now.df):
            bucket[stem] = now
        if self.ranks.shown(before.best) != self.ranks.shown(now.best) or df_code(before.df) != df_code(now.df):
            self.stale.add(path_of("p", self.layout.long_of(stem)))

    def _is_long(self, df: int) -> bool:
        return bool(self.layout.long) and df > self.layout.inline

    def _bucket(self, stem: str) -> dict[str, Ranked]:
        number = self.layout.long_of(stem)
        if number not in self._long:
            self._long[number] = long_rows(self.memory.blob("p", number))
        return self._long[number]

    def _relist(self, stem: str, before: int, now: int) -> None:
        """Write a stem into the lexicon under the class that it has now."""
        if before and now and rank_of(before) == rank_of(now):
            return
        for number in self.layout.lexicon_of(stem):
            if number not in self._lexicon:
                known = decode_words(self.memory.blob("l", number), self.layout.scale)
                self._lexicon[number] = dict(known or ())
            self._lexicon[number].pop(stem, None)
            if now:
                self._lexicon[number][stem] = rank_of(now)
            self.stale.add(path_of("l", number))

    # ------------------------------------------------------------ documents
    def _number(self, one: Analysed) -> int:
        return self.layout.number_of(one.article, one.id)

    def _page(self, one: Analysed) -> int:
        return self.layout.card_page(self._number(one))

    def _move_documents(self, pages: Mapping[int, list[Change]]) -> None:
        counts = array("H", self.memory.blob("facts", 1))
        for page, changes in sorted(pages.items()):
            changed = {change.article for change in changes}
            rows = [row for row in page_rows(self.memory.blob("c", page)) if row[2] not in changed]
            for change in changes:
                now = (one for one in change.now if self._page(one) == page)
                rows += [(self._number(one), one.id, change.article) for one in now]
            counts[page] = len(rows)
            self.memory.keep("c", [(page, page_blob(rows))])
            self.stale |= {path_of("c", page), path_of("f", self.layout.facet_page(page))}
        self.memory.keep("facts", [(1, counts.tobytes())])

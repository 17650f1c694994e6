"""Lemmas: which word a form belongs to, by simplemma's Arabic table (MIT; no network, no model).

To fold that table takes a second. `keep_in` names a folder where the folded one is kept for the next process: a file
under a sum, made for this version of simplemma and these rules of folding; any other, or none, is made again.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from factarchive.arabic.forms import form_of, written_spans
from factarchive.arabic.letters import fold_table, folded
from factarchive.arabic.lexicon import table

__all__ = ["FILE", "Packed", "keep_in", "lemma_of", "packed", "read_kept"]

FILE = "lemmas.bin"
_FORMAT = 1
_SUM = 16  # bytes
_BUCKETS = 1 << 16
_STARTS = 4 * (_BUCKETS + 1)


def lemma_of(form: str) -> str | None:
    """The folded lemma of a form, with or without its hamzas; None where the table does not know it.

    The first call reads the table.
    """
    return _table()(form)


def keep_in(folder: Path) -> None:
    """Let the first call of `lemma_of` read the folded table from this folder, or else leave it there."""
    _folders[:] = [folder]


_folders: list[Path] = []


@cache
def _table() -> Callable[[str], str | None]:
    found: Packed | dict[str, str] | None = read_kept(_folders[0]) if _folders else None
    if found is None:
        made = _folded_table()
        for folder in _folders:
            _keep(folder, packed(made))
        found = made
    return found.get


def _folded_table() -> dict[str, str]:
    found: dict[str, str] = {}
    for word, lemma in map(_texts, DefaultDictionaryFactory().get_dictionary("ar").items()):
        bare = folded(word)
        found.setdefault(bare, lemma)
        if (form := form_of(word)) != bare:
            found.setdefault(form, lemma)
    return found


def _texts(entry: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    word, lemma = (part.decode() if isinstance(part, bytes) else part for part in entry)
    return word, folded(lemma)


# ---------------------------------------------------------------- the file


class Packed:
    """A table as it stands in a file: buckets of lines, found by a hash of the form, so that reading it costs nothing.

    Raises ValueError for bytes that `packed` did not make, here and now.
    """

    def __init__(self, raw: bytes) -> None:
        if raw[:_SUM] != _sum(raw[_SUM:]):
            raise ValueError("the kept table of lemmas is another's or damaged")
        self._starts = memoryview(raw)[_SUM : _SUM + _STARTS].cast("I")
        self._lines = raw[_SUM + _STARTS :]

    def get(self, form: str) -> str | None:
        """The lemma of a form; None for one that is not there."""
        name = form.encode("utf-8", "surrogatepass")
        bucket = crc32(name) % _BUCKETS
        low, high = self._starts[bucket], self._starts[bucket + 1]
        at = self._lines.find(b"\n%b\t" % name, low, high)
        if at < 0:
            return None
        at += len(name) + 2
        return self._lines[at : self._lines.index(b"\n", at)].decode()


def packed(lemmas: Mapping[str, str]) -> bytes:
    """The bytes of a table, as `Packed` reads them."""
    buckets: list[list[bytes]] = [[] for _ in range(_BUCKETS)]
    for form, lemma in lemmas.items():
        name = form.encode()
        buckets[crc32(name) % _BUCKETS].append(b"\n%b\t%b" % (name, lemma.encode()))
    starts, lines, at = array("I", [0]), [], 0
    for bucket in buckets:
        line = b"".join(bucket) + b"\n"
        at += len(line)
        starts.append(at)
        lines.append(line)
    body = starts.tobytes() + b"".join(lines)
    return _sum(body) + body


def read_kept(folder: Path) -> Packed | None:
    """The table that a folder keeps; None where that is not what this program would make."""
    try:
        return Packed((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return None


def _keep(folder: Path, raw: bytes) -> None:
    """Leave the table in a folder; where that cannot be, the next process makes its own."""
    draft = folder / f"{FILE}.{os.getpid()}"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(raw)
        draft.replace(folder / FILE)


def _sum(body: bytes) -> bytes:
    """What stands for these bytes and for all that the folded table follows from."""
    rules = [_FORMAT, sys.byteorder, version("simplemma"), fold_table(), written_spans(), table("stems")["hamza"]]
    made = blake2b(json.dumps(rules, sort_keys=True).encode(), digest_size=_SUM)
    made.update(body)
    return made.digest()

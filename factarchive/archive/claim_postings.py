"""Which claims have a term: postings in buckets, so that a change rewrites only the buckets of its own terms.

A bucket holds rows of two numbers, a key and a claim, sorted. Ruled claims come first of those that share a key, the
others by what their ids come to, so that the first few of a key are the same however the archive came about.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from factarchive.archive.claim_memory import ClaimMemory
from factarchive.archive.known_claims import KEY_BITS

__all__ = ["Postings", "scale_for"]

_ROWS = 128  # of a bucket, about
_KEYS = 40  # of a claim, about


def scale_for(claims: int) -> int:
    """How many bits number the buckets for so many claims; it changes where their number has doubled."""
    return max(2, (claims * _KEYS // _ROWS).bit_length())


@dataclass
class Postings:
    """The buckets, read when they are asked for."""

    memory: ClaimMemory
    scale: int
    is_new: bool = False
    _held: dict[int, tuple[array[int], array[int]]] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)

    def claims_of(self, key: int) -> array[int]:
        """The numbers of the claims that have a key, the smallest first."""
        keys, numbers = self._bucket(key >> KEY_BITS - self.scale)
        return numbers[bisect_left(keys, key) : bisect_left(keys, key + 1)]

    def change(self, out: Iterable[tuple[int, int]], into: Iterable[tuple[int, int]]) -> None:
        """Take rows of key and number out, and put others in."""
        rows: defaultdict[int, tuple[set[tuple[int, int]], array[int]]] = defaultdict(lambda: (set(), array("Q")))
        for key, number in out:
            rows[key >> KEY_BITS - self.scale][0].add((key, number))
        for row in into:
            rows[row[0] >> KEY_BITS - self.scale][1].extend(row)
        for bucket, (gone, new) in rows.items():
            self._change(bucket, gone, new)

    def _change(self, bucket: int, gone: set[tuple[int, int]], new: array[int]) -> None:
        kept = [row for row in zip(*self._bucket(bucket), strict=True) if row not in gone]
        kept += zip(new[::2], new[1::2], strict=True)
        kept.sort()
        self._held[bucket] = array("Q", (row[0] for row in kept)), array("Q", (row[1] for row in kept))
        self._changed.add(bucket)

    def keep(self) -> None:
        """Remember what was changed; of new postings all."""
        wanted = range(1 << self.scale) if self.is_new else sorted(self._changed)
        self.memory.keep_buckets((bucket, _flat(*self._bucket(bucket))) for bucket in wanted)
        self._changed.clear()

    def _bucket(self, bucket: int) -> tuple[array[int], array[int]]:
        if bucket not in self._held:
            flat = array("Q") if self.is_new else self.memory.bucket(bucket)
            self._held[bucket] = flat[::2], flat[1::2]
        return self._held[bucket]


def _flat(keys: array[int], numbers: array[int]) -> array[int]:
    return array("Q", _alternating(keys, numbers))


def _alternating(keys: array[int], numbers: array[int]) -> Iterator[int]:
    for row in zip(keys, numbers, strict=True):
        yield from row

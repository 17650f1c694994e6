"""What a claim is found by when another text is laid beside it: its words, numbers and days, whatever their form.

A word counts twice, by its stem and, for less, by its consonants, so that «انتقام» meets «تنتقم». Nothing here depends
on an archive: the same text has the same terms everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from math import log
from zlib import crc32

from factarchive.arabic.propositions import Proposition, Term, proposition

__all__ = ["found_by", "key_of", "matters", "pair_keys", "rarity", "read", "saturated"]

ROOT = 0.3
"""What a word's consonants weigh beside its stem, and a day beside a word."""
_DAY = 0.7
_ROOT_MARK, _ROOT_LEAST = "#", 3
_PAIRED = 7  # words of a claim that are paired
_K, _B = 1.2, 0.75  # of BM25


@lru_cache(1 << 13)
def read(text: str) -> Proposition:
    """A text as it is compared with others."""
    return proposition(text)


@lru_cache(1 << 13)
def found_by(text: str) -> Mapping[str, float]:
    """All that a text is found by, each with what it weighs."""
    said = read(text)
    found = {_ROOT_MARK + term.root: ROOT for term in said.terms if len(term.root) >= _ROOT_LEAST}
    found |= {str(day.value): _DAY for day in said.dates if day.value}
    found |= {measure.unit: 1.0 for measure in said.measures if measure.unit}
    found |= {_number(measure.value): 1.0 for measure in said.measures}
    return found | {term.place or term.stem: 1.0 for term in said.terms}


@lru_cache(1 << 16)
def matters(text: str) -> frozenset[str]:
    """What a text speaks of, one term a word: two texts with none in common speak of different things."""
    said = read(text)
    return frozenset({_matter(term) for term in said.terms} | {_number(m.value) for m in said.measures})


def pair_keys(text: str) -> frozenset[int]:
    """Keys of pairs of a text's words; which words of a long text are paired depends on nothing but the words."""
    chosen = sorted(sorted(matters(text)), key=_mixed)[:_PAIRED]
    return frozenset(key_of(f"{one}\t{other}") for one, other in combinations(sorted(chosen), 2))


def key_of(term: str) -> int:
    """A number of 40 bits that stands for a term."""
    raw = term.encode()
    return crc32(raw) << 8 | crc32(raw[::-1]) & 0xFF


def rarity(df: int, documents: int) -> float:
    """How much a term tells that so many of the documents have."""
    return log(1 + (documents - df + 0.5) / (df + 0.5))


def saturated(weight: float, length: int, mean: float) -> float:
    """What a term adds to a document of this length."""
    return weight / (1 + _K * (1 - _B + _B * length / (mean or 1)))


def _matter(term: Term) -> str:
    return term.place or (term.root if len(term.root) >= _ROOT_LEAST else term.stem)


def _number(value: float) -> str:
    return f"{value:g}"


@lru_cache(1 << 16)
def _mixed(term: str) -> int:
    return crc32(term.encode())

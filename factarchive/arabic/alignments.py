"""Alignments: which words of two texts stand for the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from factarchive.arabic.oppositions import alike, opposed
from factarchive.arabic.propositions import Term
from factarchive.arabic.senses import Sense

__all__ = ["Alignment", "align", "nearness"]

_NEAR = 0.6  # letters that two spellings or forms of one word share
_ALIKE = 0.7  # two words of one side of an axis
_ROOT = 0.85  # two words of one root
_READ = 0.95  # one word, if a letter is its own
_PLACE = 0.95  # two names of one place


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of terms, by their indexes, each with how near they are; what is in no pair stands alone."""

    pairs: tuple[tuple[int, int, float], ...]
    here: frozenset[int]
    there: frozenset[int]


def align(here: Sequence[Term], there: Sequence[Term]) -> Alignment:
    """Each term with the nearest term of the other text that nothing nearer has; no opposites."""
    found = sorted(_candidates(here, there))
    pairs: list[tuple[int, int, float]] = []
    left, right = set(range(len(here))), set(range(len(there)))
    for far, _, _, a, b in found:  # so ordered, they fall into the same pairs from either side
        if a in left and b in right:
            left.discard(a)
            right.discard(b)
            pairs.append((a, b, 1 - far))
    return Alignment(tuple(sorted(pairs)), frozenset(left), frozenset(right))


def _candidates(here: Sequence[Term], there: Sequence[Term]) -> Iterator[tuple[float, int, int, int, int]]:
    senses = [term.sense for term in there]
    for a, term in enumerate(here):
        for b, other in enumerate(senses):
            near = nearness(term.sense, other)
            if near:
                yield 1 - near, abs(a - b), a + b, a, b


@lru_cache(1 << 18)
def nearness(one: Sense, other: Sense) -> float:
    """How far two senses are one word, 0 to 1."""
    if one.stem == other.stem and not opposed(one.poles, other.poles):
        return 1.0
    if one.place or other.place:
        return _PLACE if one.place == other.place else 0.0
    if one.poles and other.poles:
        if opposed(one.poles, other.poles):
            return 0.0
        if alike(one.poles, other.poles):
            return max(_ALIKE, _spelled(one.stem, other.stem))
    if one.readings & other.readings:
        return _READ
    if one.root == other.root and len(one.root) >= 3:
        return _ROOT
    near = _spelled(one.stem, other.stem)
    return near * 0.8 if near >= _NEAR else 0.0


@lru_cache(1 << 18)
def _spelled(one: str, other: str) -> float:
    """The dice coefficient of the pairs of letters."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


@lru_cache(1 << 16)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[k : k + 2] for k in range(len(word) - 1))

"""Relatedness: how far two texts are about one thing, for ranking; what they say of it may be opposite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from factarchive.arabic.alignments import align
from factarchive.arabic.propositions import Proposition, Term

__all__ = ["keys", "relatedness"]

# Chosen on pairs of headlines that agree; what is shared in meaning, in numbers and in letters.
_NUMBERS = 0.7
_LETTERS = 0.7
_LIGHT = 0.6  # the weight of a word that a paraphrase adds or drops freely


def keys(text: Proposition) -> tuple[str, ...]:
    """What `weight_of` is asked for: the key of each term, places and roots."""
    return tuple(_key(term) for term in text.terms)


def relatedness(here: Proposition, there: Proposition, weight_of: Callable[[str], float]) -> float:
    """0 to 1, the same both ways; `weight_of` says how much a key tells, as a collection's rarity of it does."""
    first, second = _weights(here.terms, weight_of), _weights(there.terms, weight_of)
    pairs = align(here.terms, there.terms).pairs
    shared = sum(near * (first[a] + second[b]) / 2 for a, b, near in pairs)
    words = shared / (sqrt(sum(first) * sum(second)) or 1.0)
    numbers = _overlap({m.value for m in here.measures}, {m.value for m in there.measures})
    letters = 2 * len(here.letters & there.letters) / ((len(here.letters) + len(there.letters)) or 1)
    return min(1.0, (words + _NUMBERS * numbers + _LETTERS * letters) / (1 + _NUMBERS + _LETTERS))


def _key(term: Term) -> str:
    return term.sense.place or term.sense.root


def _weights(terms: Sequence[Term], weight_of: Callable[[str], float]) -> list[float]:
    return [weight_of(_key(term)) * (_LIGHT if term.sense.light else 1.0) for term in terms]


def _overlap(one: set[float], other: set[float]) -> float:
    return len(one & other) / (len(one | other) or 1)

"""How two claims are kin: the same claim once more, nearly the same, or of the same matter; most are no kin.

A pure function of the two texts, the same either way. It rather sees none than a wrong one: what two claims share must
hold a name or a number, since news of one kind («a ministry opens schools») repeats without being the same news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from factarchive.arabic.differences import Comparison, compare
from factarchive.arabic.propositions import Proposition
from factarchive.archive.claim_terms import matters, read

__all__ = ["Kin", "Kinship", "kinship", "may_be_kin", "relation"]

SHARED = 0.6
"""The share of the shorter claim's words that the other must have to be looked at."""
# Likeness, then coverage of the longer text; chosen on pairs of news sentences that were judged by hand.
_SAME = (0.88, 0.7)
_NEAR = (0.8, 0.6)
_RELATED = (0.6, 0.35)
_VERBATIM = 0.97
_LEAST = 3  # words that a claim must have


class Kin(StrEnum):
    """How near two claims are."""

    SAME = "same"
    NEAR = "near"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two claims are kin, and how like they are, from 0 to 1."""

    kin: Kin
    likeness: float


def may_be_kin(one: str, other: str) -> bool:
    """Whether two claims share enough words to be worth comparing."""
    a, b = matters(one), matters(other)
    least = min(len(a), len(b))
    return least >= _LEAST and len(a & b) >= SHARED * least


def kinship(one: str, other: str) -> Kinship | None:
    """How two claims are kin; None where they are not, or not surely enough."""
    return _kinship(*sorted((one, other))) if may_be_kin(one, other) else None


@lru_cache(1 << 12)
def _kinship(one: str, other: str) -> Kinship | None:
    here, there = read(one), read(other)
    kin = relation(compare(here, there), here, there)
    return Kinship(kin[0], kin[1]) if kin else None


def relation(found: Comparison, here: Proposition, there: Proposition) -> tuple[Kin, float] | None:
    """What a comparison comes to."""
    like, wide = found.likeness, found.features["covered-long"]
    anchors = _anchors(here), _anchors(there)
    if like < _VERBATIM and not anchors[0] & anchors[1]:
        return None
    is_equal = anchors[0] == anchors[1] and not found.differences
    if is_equal and _reaches(_SAME, like, wide):
        return Kin.SAME, like
    if _reaches(_NEAR, like, wide):
        return Kin.NEAR, like
    return (Kin.RELATED, like) if _reaches(_RELATED, like, wide) else None


def _reaches(least: tuple[float, float], like: float, wide: float) -> bool:
    return like >= least[0] and wide >= least[1]


def _anchors(said: Proposition) -> frozenset[str]:
    """The names and numbers of a text."""
    names: Iterable[str] = (term.place or term.stem for term in said.terms if term.named)
    return frozenset(names) | {f"{m.value:g}" for m in said.measures}

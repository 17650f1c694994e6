"""How two claims are kin: the same claim once more, nearly the same, or of the same matter; most are no kin.

A pure function of the two texts, the same either way. It rather sees none than a wrong one: what two claims share must
hold a name or a number, since news of one kind («a ministry opens schools») repeats without being the same news.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from factarchive.arabic.differences import Comparison, Kind, compare
from factarchive.arabic.propositions import Proposition
from factarchive.archive.claim_terms import matters, read

__all__ = ["Kin", "Kinship", "kinship", "may_be_kin", "relation"]

SHARED = 0.6
"""The share of the shorter claim's words that the other must have to be looked at."""
# How much of the shorter text the other covers, and of the longer; chosen on headline pairs and on news sentences.
_SAME = (0.9, 0.75)
_NEAR = (0.85, 0.7)
_RELATED = (0.65, 0.4)
_AGREES = 0.6  # how likely two texts that count as the same must be to agree
_VERBATIM = 0.97
_LEAST = 3  # words that a claim must have
_DIFFER = 2  # differences that a variant may have


class Kin(StrEnum):
    """How near two claims are."""

    SAME = "same"
    NEAR = "near"  # nothing in one speaks against the other
    VARIANT = "variant"  # a number, a name or a denial is another
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
    covered = found.features["covered-short"], found.features["covered-long"]
    like = round(sum(covered) / 2, 4)
    anchors = _anchors(here), _anchors(there)
    if not _reaches(_RELATED, covered) or (like < _VERBATIM and not anchors[0] & anchors[1]):
        return None
    if found.differences:
        # What happens on another day is another thing.
        is_other = len(found.differences) > _DIFFER or any(d.kind is Kind.DATE for d in found.differences)
        return (Kin.RELATED if is_other or not _reaches(_NEAR, covered) else Kin.VARIANT), like
    is_equal = anchors[0] == anchors[1] and _days(here) == _days(there)
    if is_equal and found.stance.agree >= _AGREES and _reaches(_SAME, covered):
        return Kin.SAME, like
    return (Kin.NEAR if _reaches(_NEAR, covered) else Kin.RELATED), like


def _reaches(least: tuple[float, float], covered: tuple[float, float]) -> bool:
    return covered[0] >= least[0] and covered[1] >= least[1]


def _anchors(said: Proposition) -> frozenset[str]:
    """The names and numbers of a text."""
    names: Iterable[str] = (term.place or term.stem for term in said.terms if term.named)
    return frozenset(names) | {f"{m.value:g}" for m in said.measures}


def _days(said: Proposition) -> frozenset[str]:
    return frozenset(str(day.value) for day in said.dates)

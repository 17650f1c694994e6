"""Differences: how two accounts relate and in which words they part; never whether either is so."""

from __future__ import annotations

from dataclasses import dataclass

from factarchive.arabic.alignments import Alignment, align
from factarchive.arabic.contrasts import Difference, Kind, contrasts
from factarchive.arabic.figures import figures
from factarchive.arabic.oppositions import opposed
from factarchive.arabic.propositions import Proposition
from factarchive.arabic.stances import Stance, features_of, stance_of

__all__ = ["Comparison", "Difference", "Kind", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts relate: how far they speak of one thing, where they differ, and which stance that makes likely."""

    likeness: float
    differences: tuple[Difference, ...]
    stance: Stance
    features: dict[str, float]


def compare(here: Proposition, there: Proposition) -> Comparison:
    """The two texts compared; the other way round the same with sides exchanged."""
    pairs = align(here.terms, there.terms)
    likeness = _likeness(here, there, pairs)
    found = (*figures(here, there), *contrasts(here, there, pairs))
    features = features_of(here, there, pairs, [str(d.kind) for d in found])
    return Comparison(likeness, found, stance_of(features), features)


def _likeness(here: Proposition, there: Proposition, pairs: Alignment) -> float:
    shared = sum(near for *_, near in pairs.pairs)
    apart = sum(1 for a in pairs.here for b in pairs.there if opposed(here.terms[a].poles, there.terms[b].poles))
    least = min(len(here.terms), len(there.terms))
    most = max(len(here.terms), len(there.terms))
    if not least:
        return 0.0
    met = min(shared + 0.5 * apart, least)
    return round(0.7 * met / least + 0.3 * met / most, 4)

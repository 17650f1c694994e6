"""Differences: how two accounts relate and in which words they part; never whether either is so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from factarchive.arabic.alignments import Alignment, align
from factarchive.arabic.contrasts import Difference, Kind, contrasts
from factarchive.arabic.figures import figures
from factarchive.arabic.oppositions import opposed
from factarchive.arabic.propositions import Proposition, Term
from factarchive.arabic.stances import Stance, features_of, stance_of

__all__ = ["Comparison", "Difference", "Kind", "Relation", "compare"]


_SHORT = 0.7  # how far likeness is measured by the shorter text
_LIGHT = 0.3  # the weight of a word that a paraphrase adds or drops freely
_NAMED = 0.4
_OPPOSED = 0.5  # opposites speak of one thing, half


# How alike two texts must be for a difference of each kind to set them against each other. Scope and names are
# found between words that both texts have; what turns a whole sentence needs the rest to be nearly the same.
_AGAINST = {Kind.SCOPE: 0.35, Kind.MODALITY: 0.8, Kind.CONDITION: 0.8}
_ELSE_AGAINST = 0.6
_AGREEING = 0.55


class Relation(StrEnum):
    """What two texts are to each other."""

    CONFLICT = "conflict"
    AGREE = "agree"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two texts relate: how far they speak of one thing, where they differ, and which stance that makes likely."""

    likeness: float
    differences: tuple[Difference, ...]
    stance: Stance
    features: dict[str, float]

    @property
    def relation(self) -> Relation:
        """Conflict where a difference stands between texts alike enough for it; agreement where none does."""
        if any(self.likeness >= _AGAINST.get(d.kind, _ELSE_AGAINST) for d in self.differences):
            return Relation.CONFLICT
        return Relation.AGREE if self.likeness >= _AGREEING and not self.differences else Relation.OTHER


def compare(here: Proposition, there: Proposition) -> Comparison:
    """The two texts compared; the other way round the same with sides exchanged."""
    pairs = align(here.terms, there.terms)
    likeness = _likeness(here, there, pairs)
    found = (*figures(here, there), *contrasts(here, there, pairs))
    features = features_of(here, there, pairs, [str(d.kind) for d in found])
    return Comparison(likeness, found, stance_of(features), features)


def _likeness(here: Proposition, there: Proposition, pairs: Alignment) -> float:
    """What is shared of the words that say what happened; who is named says little, since whole articles share it."""
    met = sum(near * min(_heft(here.terms[a]), _heft(there.terms[b])) for a, b, near in pairs.pairs)
    rivals = [pair for pair in product(pairs.here, pairs.there) if _opposed(here.terms[pair[0]], there.terms[pair[1]])]
    ours = sum(_heft(here.terms[a]) for a in {a for a, _ in rivals})
    theirs = sum(_heft(there.terms[b]) for b in {b for _, b in rivals})
    met += _OPPOSED * min(ours, theirs)
    whole = sorted(sum(map(_heft, text.terms)) for text in (here, there))
    if not whole[0]:
        return 0.0
    met = min(met, whole[0])
    return round(_SHORT * met / whole[0] + (1 - _SHORT) * met / whole[1], 4)


def _opposed(one: Term, other: Term) -> bool:
    return bool(one.sense.poles and other.sense.poles) and opposed(one.sense.poles, other.sense.poles)


def _heft(term: Term) -> float:
    return _LIGHT if term.sense.light else _NAMED if term.sense.named else 1.0

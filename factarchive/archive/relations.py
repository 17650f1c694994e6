"""Relations: whether two texts speak of one event, and then whether they say the same of it; precision comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from factarchive.arabic.alignments import Alignment, align
from factarchive.arabic.differences import Comparison, Difference, Kind, compare
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import Proposition
from factarchive.arabic.segments import Span

__all__ = ["Related", "Relation", "bears_out", "confidence_of", "differences_of", "relate"]


class Relation(StrEnum):
    """How one text stands to another."""

    SAME = "same"  # they say the same of one event
    APART = "apart"  # they speak of one event, and part in words that cannot both be so
    BESIDE = "beside"  # they speak of one event, and each says something of its own
    NONE = "none"  # nothing shows that they speak of one event


@dataclass(frozen=True, slots=True)
class Bounds:
    """How alike two texts must be for a difference of a kind to be one of substance.

    likeness: of the whole; short, long: the shares of the shorter and the longer text's words that are matched;
    swapped: at most so many words stand unmatched on both sides; matched: at least so many words are matched.
    """

    likeness: float
    short: float
    long: float
    swapped: int = 0
    matched: int = 3


# Chosen on development data (docs/proposals.md): pairs of accounts, the seed, and what news yields, read one by one.
PLACED: Mapping[Kind, Bounds] = {
    # The structure itself aligns two words: the owner of one thing here, its neighbour there.
    Kind.SCOPE: Bounds(0.3, 0.3, 0.15, swapped=99),
    Kind.NUMBER: Bounds(0.5, 0.6, 0.33, swapped=1),
    Kind.DATE: Bounds(0.5, 0.5, 0.3, swapped=1),
    Kind.QUANTIFIER: Bounds(0.7, 0.75, 0.5),
    Kind.NEGATION: Bounds(0.65, 0.7, 0.45, matched=4),
    Kind.ANTONYM: Bounds(0.5, 0.5, 0.35, swapped=1),
    Kind.NAME: Bounds(0.7, 0.7, 0.5, swapped=1),
    Kind.MODALITY: Bounds(0.75, 0.8, 0.5),
    Kind.CONDITION: Bounds(0.75, 0.8, 0.5),
}
"""For differences whose words stand in one place of what is said."""
UNPLACED: Mapping[Kind, Bounds] = {
    Kind.SCOPE: Bounds(0.6, 0.7, 0.5, swapped=1),
    Kind.NUMBER: Bounds(0.75, 0.85, 0.6, matched=5),
    Kind.ANTONYM: Bounds(0.6, 0.7, 0.55),
}
"""For those where that is not plain: the rest must be nearly the same."""
SAME = Bounds(0.8, 0.85, 0.5, matched=4)
_SAID = 4  # words and figures that a text must hold to be borne out by another: fewer are a phrase
_SHARE = "%"  # the unit that all spellings of per cent have
_TURNS = ("negation", "condition")
# What shows of itself that two words have one place in what is said.
_PLACED = (Kind.SCOPE, Kind.NUMBER, Kind.DATE, Kind.QUANTIFIER)
_PLAIN = 0.7
"""From which likeness on a conflict is told with medium confidence."""
BESIDE = Bounds(0.65, 0.65, 0.3, swapped=2, matched=4)


@dataclass(frozen=True, slots=True)
class Related:
    """A relation, the differences that it rests on or that go with it, and how alike the texts are."""

    relation: Relation
    differences: tuple[Difference, ...]
    likeness: float


def bears_out(there: Proposition, here: Proposition) -> bool:
    """Whether a text says at least all that another one says, and turns none of it; it may say more."""
    found, pairs = compare(here, there), align(here.terms, there.terms)
    turned = _turns(here) != _turns(there)
    figures = all(any(m.value == n.value and m.unit == n.unit for n in there.measures) for m in here.measures)
    matched = len(pairs.pairs) + len(here.measures)
    return not (found.differences or turned or pairs.here) and figures and matched >= _SAID


def differences_of(here: Proposition, there: Proposition) -> tuple[Difference, ...]:
    """Where two texts of one matter part; what is only noise between texts hardly alike is left out."""
    related = relate(here, there)
    if related.relation is not Relation.NONE:
        return related.differences
    texts = _Texts(here, there, {a: b for a, b, _ in align(here.terms, there.terms).pairs})
    return tuple(texts.widened(d) for d in compare(here, there).differences if d.kind in _PLACED)


def _as_many(here: Proposition, there: Proposition) -> bool:
    """Whether both give as many figures: «20 قتيلا» and «دون ضحايا» are not the same for want of a second figure."""
    return len(here.measures) == len(there.measures)


def _turns(text: Proposition) -> Counter[str]:
    return Counter(cue.kind for cue in text.cues if cue.kind in _TURNS)


def relate(here: Proposition, there: Proposition) -> Related:
    """How two texts stand to each other; NONE wherever that is not plain."""
    found, pairs = compare(here, there), align(here.terms, there.terms)
    measured = _measured(found, pairs)
    texts = _Texts(here, there, {a: b for a, b, _ in pairs.pairs})
    hard = tuple(d for d in found.differences if (bounds := texts.bounds(d)) and measured.fits(bounds, d))
    if hard:
        return Related(Relation.APART, tuple(map(texts.widened, hard)), found.likeness)
    if not found.differences and measured.fits(SAME) and _turns(here) == _turns(there) and _as_many(here, there):
        return Related(Relation.SAME, (), found.likeness)
    if measured.fits(BESIDE):
        return Related(Relation.BESIDE, tuple(map(texts.widened, found.differences)), found.likeness)

    return Related(Relation.NONE, (), found.likeness)


@dataclass(frozen=True, slots=True)
class _Measured:
    likeness: float
    short: float
    long: float
    swapped: int
    matched: int

    def fits(self, bounds: Bounds, difference: Difference | None = None) -> bool:
        # The two words of an opposition are no match, and no sign of another event either.
        own = int(difference is not None and difference.kind is Kind.ANTONYM)
        return (
            self.likeness >= bounds.likeness
            and self.short >= bounds.short
            and self.long >= bounds.long
            and self.swapped - own <= bounds.swapped
            and self.matched >= bounds.matched
        )


def _measured(found: Comparison, pairs: Alignment) -> _Measured:
    matched, left, right = len(pairs.pairs), len(pairs.here), len(pairs.there)
    least, most = sorted((matched + left, matched + right))
    # Where nothing else is said on either side, one word less is enough.
    counted = matched + int(left == right == 0)
    return _Measured(found.likeness, matched / (least or 1), matched / (most or 1), min(left, right), counted)


@dataclass(frozen=True, slots=True)
class _Texts:
    """Two texts and which terms of the one are matched with which of the other."""

    here: Proposition
    there: Proposition
    at: Mapping[int, int]

    def bounds(self, difference: Difference) -> Bounds | None:
        """How alike the texts must be for this difference to be one of substance; None where it never is."""
        if difference.kind is Kind.NUMBER and None in self._units(difference):
            return None  # of what, nobody can tell
        return (PLACED if self._is_placed(difference) else UNPLACED).get(difference.kind)

    def _is_placed(self, difference: Difference) -> bool:
        """Whether the words of a difference stand in the same place of what is said."""
        if difference.kind is Kind.NUMBER:
            # Shares of two wholes are two things: «38 بالمائة» and «67 بالمائة» of those who were asked.
            units = self._units(difference)
            return len(units) == 1 and _SHARE not in units
        if difference.kind is Kind.SCOPE:
            return self._is_owned_and_joined(difference)
        if difference.kind is Kind.ANTONYM:
            a, b = _terms_in(self.here, difference.here)[0], _terms_in(self.there, difference.there)[0]
            return self.at.get(a - 1) == b - 1 >= 0 or self.at.get(a + 1) == b + 1
        return True

    def _units(self, difference: Difference) -> set[str | None]:
        sides = ((self.here, difference.here), (self.there, difference.there))
        return {measure.unit for text, spans in sides for measure in text.measures if measure.span in spans}

    def widened(self, difference: Difference) -> Difference:
        """The difference with the words that go on what stands in it on the other side: «الطاقة والبنية [التحتية]»."""
        if difference.kind is not Kind.SCOPE:
            return difference
        back = {b: a for a, b in self.at.items()}
        a, b = _terms_in(self.here, difference.here), _terms_in(self.there, difference.there)
        here = _through(self.here, a, {back[k] for k in b if k in back})
        there = _through(self.there, b, {self.at[k] for k in a if k in self.at})
        return Difference(difference.kind, (here,), (there,))

    def _is_owned_and_joined(self, difference: Difference) -> bool:
        """«البنية التحتية للطاقة» against «الطاقة والبنية التحتية»: a definite owner, a definite neighbour."""
        marks = table("marks")
        joined = marks["conjunctions"][0] + marks["article"]
        ends = {
            self.here.terms[_terms_in(self.here, difference.here)[-1]].clitics,
            self.there.terms[_terms_in(self.there, difference.there)[-1]].clitics,
        }
        return ends == {marks["for_the"], joined} and self._outer(self.here, difference.here) == self._outer(
            self.there, difference.there
        )

    @staticmethod
    def _outer(text: Proposition, spans: Sequence[Span]) -> set[str]:
        """The stems of the first and the last word: alike is not enough where nothing else need be matched."""
        held = _terms_in(text, spans)
        return {text.terms[held[0]].stem, text.terms[held[-1]].stem}


def _through(text: Proposition, held: Sequence[int], wanted: set[int]) -> Span:
    """From the first of these terms to the last, and on through those that follow and are wanted."""
    last = held[-1]
    while last + 1 in wanted:
        last += 1
    return Span(text.terms[held[0]].span.start, text.terms[last].span.end)


def _terms_in(text: Proposition, spans: Sequence[Span]) -> list[int]:
    return [k for k, t in enumerate(text.terms) if any(s.start <= t.span.start and t.span.end <= s.end for s in spans)]


def confidence_of(relation: Relation, likeness: float, kinds: Iterable[Kind] = ()) -> Literal["low", "medium", "high"]:
    """How far such a relation can be relied on, from how often it held on development data (docs/proposals.md)."""
    if relation is Relation.APART:
        return "medium" if likeness >= _PLAIN or Kind.SCOPE in kinds else "low"
    return "low"

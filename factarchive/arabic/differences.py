"""Differences: in which words two accounts part; how two texts relate, and never whether either is so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from factarchive.arabic.alignments import Alignment, align
from factarchive.arabic.lexicon import table
from factarchive.arabic.oppositions import opposed
from factarchive.arabic.propositions import Cue, Measure, Proposition, Term
from factarchive.arabic.segments import Span
from factarchive.arabic.stances import Stance, features_of, stance_of

__all__ = ["Comparison", "Difference", "Kind", "compare"]


_REACH = 2  # terms after a denial that it may deny


class Kind(StrEnum):
    """What the words differ in."""

    NUMBER = "number"
    DATE = "date"
    SCOPE = "scope"
    QUANTIFIER = "quantifier"
    NEGATION = "negation"
    ANTONYM = "antonym"
    MODALITY = "modality"
    CONDITION = "condition"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the words of each text that show it; empty where one text has no word for it."""

    kind: Kind
    here: tuple[Span, ...]
    there: tuple[Span, ...]


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
    found = tuple(_differences(here, there, pairs))
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


def _differences(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    yield from _numbers(here, there)
    yield from _dates(here, there)
    yield from _scopes(here, there, pairs)
    yield from _cues(here, there, pairs)
    yield from _antonyms(here, there, pairs)
    yield from _names(here, there, pairs)


# ---------------------------------------------------------------- numbers and dates


def _numbers(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first = [m for m in here.measures if not any(_fits(m, other) for other in there.measures)]
    second = [m for m in there.measures if not any(_fits(m, other) for other in here.measures)]
    for one in first:
        rival = next((m for m in second if m.unit == one.unit), None)
        rival = rival or next((m for m in second if m.unit is None or one.unit is None), None)
        if rival:
            second.remove(rival)
            yield Difference(Kind.NUMBER, (one.span,), (rival.span,))


def _fits(one: Measure, other: Measure) -> bool:
    """Whether two quantities can be one: the same value, or within each other's bounds."""
    if one.unit and other.unit and one.unit != other.unit:
        return False
    if one.value == other.value:
        return {one.bound, other.bound} != {"over", "under"}
    low, high = sorted((one, other), key=lambda m: m.value)
    near = "about" in (one.bound, other.bound) and high.value - low.value <= 0.1 * high.value
    return near or low.bound == "over" or high.bound == "under"


def _dates(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first = [d for d in here.dates if d.value and "/" not in d.value]
    second = [d for d in there.dates if d.value and "/" not in d.value]
    alone = [d for d in first if not any(_within(str(d.value), str(o.value)) for o in second)]
    others = [d for d in second if not any(_within(str(d.value), str(o.value)) for o in first)]
    for one, rival in zip(alone, others, strict=False):
        yield Difference(Kind.DATE, (Span(one.start, one.end),), (Span(rival.start, rival.end),))


def _within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


# ---------------------------------------------------------------- scope


def _scopes(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    """What belongs to a thing in one text stands beside it in the other: «… للطاقة» and «الطاقة و…»."""
    at = {a: b for a, b, _ in pairs.pairs}
    back = {b: a for a, b in at.items()}
    yield from (_scope(one) for one in _owned(here, there, at))
    yield from (Difference(d.kind, d.there, d.here) for d in map(_scope, _owned(there, here, back)))


def _scope(found: tuple[tuple[Term, Term], tuple[Term, Term]]) -> Difference:
    (first, second), (third, fourth) = found
    return Difference(Kind.SCOPE, (_over(first, second),), (_over(third, fourth),))


def _over(first: Term, second: Term) -> Span:
    return Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end))


def _owned(
    here: Proposition, there: Proposition, at: dict[int, int]
) -> Iterator[tuple[tuple[Term, Term], tuple[Term, Term]]]:
    for k, term in enumerate(here.terms):
        heads = [j for j in range(max(0, k - 2), k) if j in at and k in at]
        if not term.clitics.startswith(table("marks")["for_attached"]):
            continue
        for j in heads:
            first, second = sorted((at[j], at[k]))
            joined = there.terms[second].clitics.startswith(table("marks")["conjunctions"][0])
            if joined and second - first <= 2:
                yield (here.terms[j], term), (there.terms[first], there.terms[second])
                break


# ---------------------------------------------------------------- turning words


def _cues(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    at = {a: b for a, b, _ in pairs.pairs}
    yield from _quantifiers(here, there, at)
    yield from _denials(here, there, at)
    yield from _modalities(here, there, at)
    yield from _conditions(here, there)


def _of(text: Proposition, kind: str) -> list[Cue]:
    return [cue for cue in text.cues if cue.kind == kind]


def _quantifiers(here: Proposition, there: Proposition, at: dict[int, int]) -> Iterator[Difference]:
    for one in _of(here, "quantifier"):
        for other in _of(there, "quantifier"):
            if one.value != other.value and at.get(one.target) == other.target:
                yield Difference(Kind.QUANTIFIER, (one.span,), (other.span,))


def _denials(here: Proposition, there: Proposition, at: dict[int, int]) -> Iterator[Difference]:
    back = {b: a for a, b in at.items()}
    yield from (Difference(Kind.NEGATION, (s,), (t,)) for s, t in _denied(here, there, at))
    yield from (Difference(Kind.NEGATION, (t,), (s,)) for s, t in _denied(there, here, back))


def _denied(here: Proposition, there: Proposition, at: dict[int, int]) -> Iterator[tuple[Span, Span]]:
    """What one text denies and the other has without a denial."""
    other = _of(there, "negation")
    denied = {cue.target + step for cue in other for step in range(_REACH)}
    matched = {here.terms[a].span for a in at}
    for cue in _of(here, "negation"):
        reach = range(cue.target, cue.target + (1 if cue.value == "word" else _REACH))
        target = next((k for k in reach if k in at), None)
        if target is not None and cue.span not in matched and at[target] not in denied:
            end = max(cue.span.end, here.terms[target].span.end)
            yield Span(cue.span.start, end), there.terms[at[target]].span


def _modalities(here: Proposition, there: Proposition, at: dict[int, int]) -> Iterator[Difference]:
    first = {cue.target: cue for cue in _of(here, "modality")}
    second = {cue.target: cue for cue in _of(there, "modality")}
    for target, cue in first.items():
        rival = second.get(at.get(target, -1))
        if rival and rival.value != cue.value:
            yield Difference(Kind.MODALITY, (cue.span,), (rival.span,))


def _conditions(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first, second = _of(here, "condition"), _of(there, "condition")
    if bool(first) != bool(second):
        yield Difference(Kind.CONDITION, tuple(c.span for c in first), tuple(c.span for c in second))


# ---------------------------------------------------------------- opposites and names


def _antonyms(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    taken: set[int] = set()
    for a in sorted(pairs.here):
        for b in sorted(pairs.there - taken):
            if opposed(here.terms[a].poles, there.terms[b].poles):
                taken.add(b)
                yield Difference(Kind.ANTONYM, (here.terms[a].span,), (there.terms[b].span,))
                break


def _names(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    at = {a: b for a, b, _ in pairs.pairs}
    taken: set[int] = set()
    for a in sorted(pairs.here):
        for b in sorted(pairs.there - taken):
            one, other = here.terms[a], there.terms[b]
            if one.named and other.named and bool(one.place) == bool(other.place) and _same_role((a, b), at):
                taken.add(b)
                yield Difference(Kind.NAME, (one.span,), (other.span,))
                break


def _same_role(pair: tuple[int, int], at: dict[int, int]) -> bool:
    """Whether the words before or the words after two names are matched."""
    a, b = pair
    return at.get(a - 1) == b - 1 >= 0 or at.get(a + 1) == b + 1

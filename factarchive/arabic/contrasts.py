"""Contrasts: the words in which two texts part: opposites, denials, small turning words, names and scopes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from factarchive.arabic.alignments import Alignment
from factarchive.arabic.lexicon import table
from factarchive.arabic.oppositions import opposed
from factarchive.arabic.propositions import Cue, Proposition, Term
from factarchive.arabic.segments import Span
from factarchive.arabic.verbs import is_finite

__all__ = ["Difference", "Kind", "contrasts"]

_REACH = 2  # terms after a denial that it may deny
_SIZES = {"dozens", "hundreds", "thousands", "millions"}
_MANY = "many"  # may be any of them
_SAME = 0.9
_ANCHOR = 0.7  # how near two words must be for names to be placed by them


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


def contrasts(here: Proposition, there: Proposition, pairs: Alignment) -> Iterator[Difference]:
    """Every difference of words; numbers and dates apart."""
    at = {a: b for a, b, _ in pairs.pairs}
    opposites = _opposites(here, there, pairs)
    turned = _turned(here, there, pairs, opposites)
    stated = [(a, b) for a, b in opposites if _negates(here, a) == _negates(there, b)]
    yield from _scopes(here, there, at)
    yield from _quantifiers(here, there, at)
    yield from _denials((here, there), at, opposites)
    yield from _modalities(here, there, at)
    yield from _conditions(here, there)
    if turned and stated:
        return  # «فاز ... على», «خسر ... أمام»: one thing from two sides
    yield from (_words(Kind.ANTONYM, here.terms[a], there.terms[b]) for a, b in stated)
    yield from (_words(Kind.NAME, here.terms[a], there.terms[b]) for a, b in (*turned, *_names(here, there, pairs)))


def _words(kind: Kind, one: Term, other: Term) -> Difference:
    return Difference(kind, (one.span,), (other.span,))


# ---------------------------------------------------------------- scope


def _scopes(here: Proposition, there: Proposition, at: Mapping[int, int]) -> Iterator[Difference]:
    """What belongs to a thing in one text stands beside it in the other: «… للطاقة» and «الطاقة و…»."""
    back = {b: a for a, b in at.items()}
    yield from (_scope(one) for one in _owned(here, there, at))
    yield from (Difference(d.kind, d.there, d.here) for d in map(_scope, _owned(there, here, back)))


def _scope(found: tuple[tuple[Term, Term], tuple[Term, Term]]) -> Difference:
    (first, second), (third, fourth) = found
    return Difference(Kind.SCOPE, (_over(first, second),), (_over(third, fourth),))


def _over(first: Term, second: Term) -> Span:
    return Span(min(first.span.start, second.span.start), max(first.span.end, second.span.end))


def _owned(
    here: Proposition, there: Proposition, at: Mapping[int, int]
) -> Iterator[tuple[tuple[Term, Term], tuple[Term, Term]]]:
    for k, term in enumerate(here.terms):
        heads = [j for j in range(max(0, k - 2), k) if j in at and k in at and (j == k - 1 or _describes(here, k - 1))]
        if not term.clitics.startswith(table("marks")["for_attached"]):
            continue
        for j in heads:
            first, second = sorted((at[j], at[k]))
            joined = _joins(there.terms[second])
            if joined and second - first <= 2:
                yield (here.terms[j], term), (there.terms[first], there.terms[second])
                break


def _describes(text: Proposition, at: int) -> bool:
    """Whether a term may be an adjective of the one before: both have the article and nothing else."""
    article = table("marks")["article"]
    return text.terms[at].clitics == article and text.terms[at - 1].clitics.endswith(article)


# ---------------------------------------------------------------- turning words


def _of(text: Proposition, kind: str) -> list[Cue]:
    return [cue for cue in text.cues if cue.kind == kind]


def _quantifiers(here: Proposition, there: Proposition, at: Mapping[int, int]) -> Iterator[Difference]:
    first, second = _of(here, "quantifier"), _of(there, "quantifier")
    shared = {cue.value for cue in first} & {cue.value for cue in second}
    for one, other in product(first, second):
        values = {one.value, other.value}
        vague = _MANY in values and len(values & _SIZES) == 1
        if len(values) == 2 and not values & shared and not vague and at.get(one.target) == other.target:
            yield Difference(Kind.QUANTIFIER, (one.span,), (other.span,))


def _denials(
    texts: tuple[Proposition, Proposition], at: Mapping[int, int], opposites: list[tuple[int, int]]
) -> Iterator[Difference]:
    """What one text denies and the other has without a denial; opposites say so by themselves."""
    here, there = texts
    back = {b: a for a, b in at.items()}
    first, second = {a for a, _ in opposites}, {b for _, b in opposites}
    yield from (Difference(Kind.NEGATION, (s,), (t,)) for s, t in _denied(here, there, at, first))
    yield from (Difference(Kind.NEGATION, (t,), (s,)) for s, t in _denied(there, here, back, second))


def _denied(
    here: Proposition, there: Proposition, at: Mapping[int, int], opposites: set[int]
) -> Iterator[tuple[Span, Span]]:
    """A denial of what the other text has, unless that denies something too."""
    if _of(there, "negation"):
        return
    spent = {here.terms[a].span for a in (*at, *opposites)}
    for cue in _of(here, "negation"):
        reach = _reach(here, cue)
        target = next((k for k in reach if k in at), None)
        if target is None or cue.span in spent or opposites & set(reach):
            continue
        end = max(cue.span.end, here.terms[target].span.end)
        yield Span(cue.span.start, end), there.terms[at[target]].span


def _reach(text: Proposition, cue: Cue) -> range:
    """The terms that a denial may deny: of a word the next one that means something by itself."""
    if cue.value != "word":
        return range(cue.target, cue.target + _REACH)
    after = range(cue.target, min(cue.target + _REACH, len(text.terms)))
    return range(cue.target, next((k for k in after if not text.terms[k].sense.light), cue.target) + 1)


def _negates(text: Proposition, term: int) -> bool:
    """Whether a particle denies a term."""
    return any(cue.target == term and cue.value != "verb" for cue in _of(text, "negation"))


def _modalities(here: Proposition, there: Proposition, at: Mapping[int, int]) -> Iterator[Difference]:
    first = {cue.target: cue for cue in _of(here, "modality")}
    second = {cue.target: cue for cue in _of(there, "modality")}
    for target, cue in first.items():
        rival = second.get(at.get(target, -1))
        shared = {other.value for other in first.values()} & {other.value for other in second.values()}
        if rival and rival.value != cue.value and not {cue.value, rival.value} & shared:
            yield Difference(Kind.MODALITY, (cue.span,), (rival.span,))


def _conditions(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first, second = _of(here, "condition"), _of(there, "condition")
    if bool(first) != bool(second):
        yield Difference(Kind.CONDITION, tuple(c.span for c in first), tuple(c.span for c in second))


# ---------------------------------------------------------------- opposites and names


def _opposites(here: Proposition, there: Proposition, pairs: Alignment) -> list[tuple[int, int]]:
    """Unmatched words that stand on the two sides of an axis, each in one pair."""
    ours = [(a, here.terms[a].sense.poles) for a in pairs.here if here.terms[a].sense.poles]
    theirs = [(b, there.terms[b].sense.poles) for b in pairs.there if there.terms[b].sense.poles]
    return _each_once((a, b) for (a, sides), (b, others) in product(ours, theirs) if opposed(sides, others))


def _each_once(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs of places those that share none, the nearest first; the same from either side."""
    ours, theirs, kept = set[int](), set[int](), list[tuple[int, int]]()
    for a, b in sorted(found, key=lambda pair: (abs(pair[0] - pair[1]), sum(pair), pair)):
        if a not in ours and b not in theirs:
            ours.add(a)
            theirs.add(b)
            kept.append((a, b))
    return sorted(kept)


def _turned(
    here: Proposition, there: Proposition, pairs: Alignment, opposites: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Two names that exchanged their places beside a word that both texts have: «هزمت أ ب», «هزمت ب أ»."""
    named = [(a, b) for a, b, near in pairs.pairs if near >= _SAME and _acts(here.terms[a]) and _acts(there.terms[b])]
    anchors = [(a, b) for a, b, near in pairs.pairs if near >= _ANCHOR and _is_verb(here.terms[a], there.terms[b])]
    ranks = _ranks(here), _ranks(there)
    found: list[tuple[int, int]] = []
    for (a, b), (c, d) in combinations(named, 2):
        alike = bool(here.terms[a].sense.place) == bool(here.terms[c].sense.place)
        joined = _joins(here.terms[c]) or _joins(there.terms[b])
        beside = any(_in_row(ranks[0], a, c, x) and _in_row(ranks[1], d, b, y) for x, y in (*anchors, *opposites))
        if d < b and alike and beside and not joined:
            found.append((a, d))
    return _each_once(found)


def _is_verb(one: Term, other: Term) -> bool:
    return is_finite(one.sense.form) or is_finite(other.sense.form)


def _acts(term: Term) -> bool:
    """Whether a term may do something or have it done: a name, or a definite noun with nothing else before it."""
    return term.sense.proper or (term.clitics == table("marks")["article"] and not term.sense.named)


def _ranks(text: Proposition) -> Mapping[int, int]:
    """The places of the terms among those that are not light."""
    return {k: rank for rank, k in enumerate(k for k, term in enumerate(text.terms) if not term.sense.light)}


def _in_row(ranks: Mapping[int, int], first: int, second: int, anchor: int) -> bool:
    """Whether three terms follow one another, the first name before the second."""
    places = [ranks.get(k, -9) for k in (first, second, anchor)]
    return max(places) - min(places) == len(places) - 1


def _joins(term: Term) -> bool:
    return term.clitics.startswith(table("marks")["conjunctions"][0])


def _names(here: Proposition, there: Proposition, pairs: Alignment) -> list[tuple[int, int]]:
    """Two names that stand in one role."""
    at = {a: b for a, b, _ in pairs.pairs}
    ours = [a for a in pairs.here if here.terms[a].sense.named]
    theirs = [b for b in pairs.there if there.terms[b].sense.named]
    return _each_once(
        (a, b)
        for a, b in product(ours, theirs)
        if bool(here.terms[a].sense.place) == bool(there.terms[b].sense.place) and _same_role((a, b), at)
    )


def _same_role(pair: tuple[int, int], at: Mapping[int, int]) -> bool:
    """Whether the words before or the words after two names are matched."""
    a, b = pair
    return at.get(a - 1) == b - 1 >= 0 or at.get(a + 1) == b + 1

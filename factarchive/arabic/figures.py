"""Figures: the numbers and dates in which two texts part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from factarchive.arabic.contrasts import Difference, Kind
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import Measure, Proposition
from factarchive.arabic.segments import Span

__all__ = ["figures"]


_SAME = 0.015  # twelve months are a year
_ABOUT = 0.1  # how far «about» reaches


def figures(here: Proposition, there: Proposition) -> Iterator[Difference]:
    """Every quantity and every dated expression that the other text has with another value."""
    yield from _numbers(here, there)
    yield from _dates(here, there)


def _numbers(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first = [m for m in here.measures if not any(_fits(m, other) for other in there.measures)]
    second = [m for m in there.measures if not any(_fits(m, other) for other in here.measures)]
    taken: set[tuple[int, int]] = set()
    for *_, a, b in sorted(
        (one.unit != other.unit, abs(a - b), a + b, a, b)
        for (a, one), (b, other) in product(enumerate(first), enumerate(second))
        if one.unit == other.unit or None in (one.unit, other.unit)
    ):
        if (0, a) not in taken and (1, b) not in taken:
            taken |= {(0, a), (1, b)}
            yield Difference(Kind.NUMBER, (first[a].span,), (second[b].span,))


def _fits(one: Measure, other: Measure) -> bool:
    """Whether two quantities can be one: the same value, or within each other's bounds."""
    if one.unit and other.unit and one.unit != other.unit:
        return False
    if abs(one.value - other.value) <= (_SAME * max(one.value, other.value) if one.unit in _measured() else 0):
        return {one.bound, other.bound} != {"over", "under"}
    low, high = sorted((one, other), key=lambda m: m.value)
    near = "about" in (one.bound, other.bound) and high.value - low.value <= _ABOUT * high.value
    return near or low.bound == "over" or high.bound == "under"


@cache
def _measured() -> frozenset[str]:
    return frozenset(table("oppositions")["measures"])


def _dates(here: Proposition, there: Proposition) -> Iterator[Difference]:
    first = [d for d in here.dates if d.value and "/" not in d.value]
    second = [d for d in there.dates if d.value and "/" not in d.value]
    alone = [d for d in first if not any(_within(str(d.value), str(o.value)) for o in second)]
    others = [d for d in second if not any(_within(str(d.value), str(o.value)) for o in first)]
    for one, rival in zip(alone, others, strict=False):
        yield Difference(Kind.DATE, (Span(one.start, one.end),), (Span(rival.start, rival.end),))


def _within(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)

"""Days that cannot stand in the order in which the file has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from factarchive.archive.entries import Entry
from factarchive.archive.schema import Claim
from factarchive.checking.fault import fault
from factarchive.problems import Problem


def check_days(entry: Entry) -> Iterator[Problem]:
    """Yield days of rulings, sources, the timeline and corrections that come before what they must follow."""
    for number, claim in enumerate(entry.front.claims):
        yield from _ruling(entry, number, claim)
    yield from _sources(entry)
    yield from _timeline(entry)
    yield from _corrections(entry)


def _ruling(entry: Entry, number: int, claim: Claim) -> Iterator[Problem]:
    ruling, loc = claim.ruling, ("claims", number, "ruling")
    if _reversed(claim.said_on, ruling.as_of):
        yield fault(entry, (*loc, "as_of"), "as-of-before-claim", as_of=ruling.as_of, said_on=claim.said_on)
    if _reversed(ruling.as_of, ruling.on):
        yield fault(entry, (*loc, "on"), "ruled-before-as-of", on=ruling.on, as_of=ruling.as_of)


def _sources(entry: Entry) -> Iterator[Problem]:
    for number, source in enumerate(entry.front.sources):
        accessed = source.accessed.isoformat()
        if source.published and _is_before(accessed, source.published):
            loc = ("sources", number, "accessed")
            yield fault(entry, loc, "read-before-published", accessed=accessed, published=source.published)


def _timeline(entry: Entry) -> Iterator[Problem]:
    for number, (earlier, later) in enumerate(pairwise(entry.front.timeline), start=1):
        if _is_before(later.on, earlier.on):
            loc = ("timeline", number, "on")
            yield fault(entry, loc, "timeline-unsorted", on=later.on, after=earlier.on)


def _corrections(entry: Entry) -> Iterator[Problem]:
    published = entry.front.published
    for number, correction in enumerate(entry.front.corrections):
        if _reversed(published, correction.on):
            loc = ("corrections", number, "on")
            yield fault(entry, loc, "corrected-before-published", on=correction.on, published=published)


def _reversed(first: date | None, then: date | None) -> bool:
    return first is not None and then is not None and then < first


def _is_before(one: str, other: str) -> bool:
    """Whether a date is certainly the earlier one, as precisely as both are known."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]

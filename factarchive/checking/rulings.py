"""Rulings: each says who ruled, when, as of when, why, on what; and is about the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factarchive.archive.entries import Entry, ruled_digest
from factarchive.archive.schema import Claim, Ruling
from factarchive.archive.verdicts import Verdict, scale
from factarchive.checking.fault import Loc, fault
from factarchive.problems import Problem

_NEEDED: Mapping[str, str] = {
    "by": "ruling-no-by",
    "on": "ruling-no-on",
    "as_of": "ruling-no-as-of",
    "summary": "ruling-no-summary",
    "evidence": "ruling-no-evidence",
}
# `history` is no sign of one: a ruling that was withdrawn keeps it.
_SIGNS_OF_WORK = ("technique", "of", "so", "not_so", "unknown", "edited_by", *_NEEDED)


def check_rulings(entry: Entry) -> Iterator[Problem]:
    """Yield what each ruling lacks, the rulings whose claim has changed since, and reviews of others beside our own."""
    for number, claim in enumerate(entry.front.claims):
        loc = ("claims", number, "ruling")
        if claim.reviewed_elsewhere:
            yield from _borrowed(entry, number, claim)
        yield from _attribution(entry, loc, claim.ruling)
        if claim.ruling.is_made:
            yield from _lacks(entry, loc, claim.ruling)
            yield from _seal(entry, loc, claim)
        elif any(getattr(claim.ruling, name) for name in _SIGNS_OF_WORK):
            yield fault(entry, (*loc, "verdict"), "ruling-unfinished")


def _borrowed(entry: Entry, number: int, claim: Claim) -> Iterator[Problem]:
    """Another desk's review stands alone: a claim that is ruled on here has a ruling, and cites theirs as evidence."""
    if claim.ruling.is_made or any(getattr(claim.ruling, name) for name in _SIGNS_OF_WORK):
        yield fault(entry, ("claims", number, "reviewed_elsewhere"), "elsewhere-and-ruling", id=claim.id)
    if claim.proposal:
        yield fault(entry, ("claims", number, "proposal"), "elsewhere-and-proposal", id=claim.id)


def _attribution(entry: Entry, loc: Loc, ruling: Ruling) -> Iterator[Problem]:
    layer = ruling.attribution
    if layer is Verdict.PENDING:
        yield fault(entry, (*loc, "attribution"), "attribution-pending")
    elif layer is not None and layer is not Verdict.UNPROVEN and scale()[layer].value is None:
        yield fault(entry, (*loc, "attribution"), "attribution-not-of-words", verdict=scale()[layer].label)


def _lacks(entry: Entry, loc: Loc, ruling: Ruling) -> Iterator[Problem]:
    for name, rule in _NEEDED.items():
        if not getattr(ruling, name):
            yield fault(entry, (*loc, name), rule)


def _seal(entry: Entry, loc: Loc, claim: Claim) -> Iterator[Problem]:
    digest = ruled_digest(claim)
    if claim.ruling.of is None:
        yield fault(entry, loc, "ruling-unsealed", digest=digest)
    elif claim.ruling.of != digest:
        yield fault(entry, (*loc, "of"), "ruling-stale", digest=digest)

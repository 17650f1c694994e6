"""Claims as such: each has an id of its own, and one that goes out with a ruling is worded to stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.archive.entries import Entry
from factarchive.archive.schema import CLAIM_MAX, Claim
from factarchive.archive.verdicts import RULED, scale
from factarchive.checking.fault import fault
from factarchive.problems import Problem


def check_claims(entry: Entry) -> Iterator[Problem]:
    """Yield ids used twice, wordings too long for search engines, and missing ones that will be published."""
    first: dict[str, int] = {}
    for number, claim in enumerate(entry.front.claims):
        earlier = first.setdefault(claim.id, number)
        if earlier != number:
            line = entry.document.place("claims", earlier, "id").line
            yield fault(entry, ("claims", number, "id"), "claim-id-twice", id=claim.id, line=line)
        yield from _wording(entry, number, claim)


def _wording(entry: Entry, number: int, claim: Claim) -> Iterator[Problem]:
    if claim.claim is None and _is_marked_up(claim):
        yield fault(entry, ("claims", number), "claim-missing", id=claim.id)
    elif claim.claim is not None and claim.ruling.is_made and len(claim.claim) > CLAIM_MAX:
        # A draft's own comment marks what is too long until somebody rules on it.
        loc = ("claims", number, "claim")
        yield fault(entry, loc, "claim-too-long", length=len(claim.claim), most=CLAIM_MAX)


def _is_marked_up(claim: Claim) -> bool:
    layers = (claim.ruling.verdict, claim.ruling.attribution)
    return any(layer in RULED and scale()[layer].markup for layer in layers if layer is not None)

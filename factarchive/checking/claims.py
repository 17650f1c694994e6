"""Claims as such: each has an id of its own, and one that goes out with a ruling is worded to stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.archive.entries import Entry
from factarchive.archive.schema import CLAIM_MAX, Claim
from factarchive.archive.verdicts import RULED, scale
from factarchive.checking.fault import Loc, fault
from factarchive.checking.wording import (
    dangling_pronoun,
    is_platform,
    is_question,
    negation,
    relative_date,
    same_words,
    verdict_word,
)
from factarchive.problems import Problem


def check_claims(entry: Entry) -> Iterator[Problem]:
    """Yield ids used twice, and wordings of ruled claims that are missing or are not the claimant's and whole."""
    first: dict[str, int] = {}
    for number, claim in enumerate(entry.front.claims):
        earlier = first.setdefault(claim.id, number)
        if earlier != number:
            line = entry.document.place("claims", earlier, "id").line
            yield fault(entry, ("claims", number, "id"), "claim-id-twice", id=claim.id, line=line)
        yield from _wording(entry, number, claim)
        if claim.ruling.is_made:
            yield from _words(entry, number, claim)


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


def _words(entry: Entry, number: int, claim: Claim) -> Iterator[Problem]:
    """What in a claim's wording is the checker's or the article's and not the claimant's; whose it cannot be."""
    if is_platform(claim.source):
        yield fault(entry, ("claims", number, "source"), "claimant-platform", name=claim.source)
    if claim.claim is None:
        return
    loc: Loc = ("claims", number, "claim")
    if word := verdict_word(claim.claim):
        yield fault(entry, loc, "claim-verdict-word", word=word)
    elif claim.polarity is None and (word := negation(claim.claim)):
        yield fault(entry, loc, "claim-negated", word=word)
    if is_question(claim.claim):
        yield fault(entry, loc, "claim-question")
    if same_words(claim.claim, entry.front.title):
        yield fault(entry, loc, "claim-is-headline")
    if word := relative_date(claim.claim):
        yield fault(entry, loc, "claim-relative-date", word=word)
    if word := dangling_pronoun(claim.claim):
        yield fault(entry, loc, "claim-pronoun", word=word)

"""Proposals: what a machine may honestly say about a claim before a person has looked; never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from factarchive.arabic.lexicon import table
from factarchive.arabic.voices import NARRATOR, UNKNOWN
from factarchive.drafting.claims import EXTRACTOR_VERSION, FoundClaim

__all__ = ["Confidence", "Decided", "Passage", "Proposal", "Reason", "There", "propose"]

Confidence = Literal["low", "medium", "high"]
# The statuses that an article alone can decide; a test holds them to the archive's closed set.
Decided = Literal["not-checkable", "unattributed", "attributed-only", "awaits-date", "needs-review"]


@dataclass(frozen=True, slots=True)
class There:
    """Words of another entry that a reason points to."""

    entry: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the machine proposes what it does: the rule, in Arabic words, with the words it saw on both sides."""

    rule: str
    text: str
    here: tuple[str, ...]
    there: tuple[There, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document that a proposal rests on."""

    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A machine's proposal for one claim; it always says why."""

    status: Decided
    confidence: Confidence
    because: tuple[Reason, ...]
    passages: tuple[Passage, ...] = ()
    by: str = field(default=EXTRACTOR_VERSION)

    def __post_init__(self) -> None:
        if not self.because:
            raise ValueError("a proposal gives its reasons")


def propose(claim: FoundClaim, claims: Sequence[FoundClaim], published: date | None) -> Proposal:
    """What can be said of a claim from its article alone; `claims` are all of the article's."""
    del claims  # comparing accounts is a later rule's work; the interface is settled
    if claim.type in ("opinion", "counterfactual"):
        return _proposal("not-checkable", "medium", _reason(claim.type, claim.quote))
    ahead = _ahead(claim, published)
    if ahead is not None:
        return ahead
    if claim.source == NARRATOR.source:
        return _proposal("unattributed", "medium", _reason("narrator", claim.quote))
    if UNKNOWN in (claim.source, *claim.speaker):
        return _proposal("unattributed", "low", _reason("unknown", claim.cue or claim.quote))
    confidence: Confidence = "high" if claim.form == "direct" else "medium"
    return _proposal("attributed-only", confidence, _reason("one-source", claim.source))


def _ahead(claim: FoundClaim, published: date | None) -> Proposal | None:
    """A proposal for what has not happened yet, or of which that cannot be known."""
    dated = [d for d in claim.dates if d.value is not None and published is not None and _is_after(d.value, published)]
    if dated:
        return _proposal("awaits-date", "high", _reason("dated-ahead", *(d.text for d in dated)))
    if claim.type == "prediction" or (claim.type == "commitment" and claim.dates):
        rule = "undated" if published is None else "ahead"
        return _proposal("needs-review", "low", _reason(rule, claim.quote))
    return None


def _is_after(value: str, published: date) -> bool:
    """Whether a date of whatever precision lies wholly after the day of publication."""
    begins = value.split("/")[0]
    return begins > published.isoformat()[: len(begins)]


def _reason(rule: str, *here: str) -> Reason:
    return Reason(rule, table("proposals")["reasons"][rule], here)


def _proposal(status: Decided, confidence: Confidence, *because: Reason) -> Proposal:
    return Proposal(status, confidence, because)

"""Proposals: what a machine may honestly say about a claim before a person has looked; never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from factarchive.arabic.lexicon import table
from factarchive.arabic.voices import NARRATOR, UNKNOWN
from factarchive.archive.relations import Relation, confidence_of
from factarchive.drafting.claims import EXTRACTOR_VERSION, FoundClaim
from factarchive.drafting.compare import Accounts, Meeting, compared, matters

__all__ = ["Confidence", "Decided", "Proposal", "Reason", "There", "propose_all"]

Confidence = Literal["low", "medium", "high"]
# The statuses that an article alone can decide; a test holds them to the archive's closed set.
Decided = Literal[
    "not-checkable",
    "unattributed",
    "attributed-only",
    "accounts-agree",
    "accounts-conflict",
    "awaits-date",
    "needs-review",
]


@dataclass(frozen=True, slots=True)
class There:
    """Words of another claim of the article that a reason points to."""

    claim: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the machine proposes what it does: the rule, in Arabic words, with the words it saw on both sides."""

    rule: str
    text: str
    here: tuple[str, ...]
    there: tuple[There, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A machine's proposal for one claim; it always says why."""

    status: Decided
    confidence: Confidence
    because: tuple[Reason, ...]
    about: str | None = None
    by: str = field(default=EXTRACTOR_VERSION)

    def __post_init__(self) -> None:
        if not self.because:
            raise ValueError("a proposal gives its reasons")


def propose_all(accounts: Accounts, ids: Sequence[str]) -> tuple[Proposal, ...]:
    """A proposal for each claim of an article, from the article alone; `ids` name the claims where reasons point."""
    met = compared(accounts)
    labels = matters(accounts, met)
    return tuple(
        replace(_propose(n, accounts, _Met(accounts, ids, met.get(n, ()))), about=labels.get(n))
        for n in range(len(accounts.claims))
    )


def _propose(n: int, accounts: Accounts, met: _Met) -> Proposal:
    claim = accounts.claims[n]
    if claim.type in ("opinion", "counterfactual"):
        return _proposal("not-checkable", "medium", _reason(claim.type, claim.quote))
    if apart := met.reasons(Relation.APART):
        return _proposal("accounts-conflict", met.confidence(Relation.APART), *apart)
    ahead = _ahead(claim, accounts.published)
    if ahead is not None:
        return ahead
    if claim.source == NARRATOR.source:
        return _proposal("unattributed", "medium", _reason("narrator", claim.quote))
    if UNKNOWN in (claim.source, *claim.speaker):
        return _proposal("unattributed", "low", _reason("unknown", claim.cue or claim.quote))
    if same := met.reasons(Relation.SAME):
        return _proposal("accounts-agree", met.confidence(Relation.SAME), *same)
    # A quotation is more often an opinion that was not seen to be one.
    confidence: Confidence = "medium" if claim.form == "direct" else "high"
    return _proposal("attributed-only", confidence, _reason("one-source", claim.source))


@dataclass(frozen=True, slots=True)
class _Met:
    """What a claim meets, and the ids to point at."""

    accounts: Accounts
    ids: Sequence[str]
    meetings: Sequence[Meeting]

    def reasons(self, relation: Relation) -> list[Reason]:
        """Why the accounts stand so: a reason for each difference, or one for what is said alike."""
        mine = [m for m in self.meetings if m.related.relation is relation]
        return [reason for meeting in mine for reason in self._of(meeting)]

    def confidence(self, relation: Relation) -> Confidence:
        """How often such a proposal held on development data; the bounds are documented in docs/proposals.md."""
        best = max(m.related.likeness for m in self.meetings if m.related.relation is relation)
        kinds = {d.kind for m in self.meetings if m.related.relation is relation for d in m.related.differences}
        return confidence_of(relation, best, kinds)

    def _of(self, meeting: Meeting) -> Iterator[Reason]:
        here, there = (self.accounts.claims[n].quote for n in (meeting.here, meeting.there))
        other = self.ids[meeting.there]
        if not meeting.related.differences:
            yield Reason("accounts-same", table("proposals")["reasons"]["same"], (here,), (There(other, there),))
        for found in meeting.related.differences:
            text = table("proposals")["differences"][found.kind]
            seen = tuple(here[span.start : span.end] for span in found.here)
            against = tuple(There(other, there[span.start : span.end]) for span in found.there)
            yield Reason(f"differs-{found.kind}", text, seen, against or (There(other, there),))


def _ahead(claim: FoundClaim, published: date | None) -> Proposal | None:
    """A proposal for what has not happened yet, or of which that cannot be known."""
    dated = [d for d in claim.dates if d.value is not None and published is not None and _is_after(d.value, published)]
    if dated:
        return _proposal("awaits-date", "medium", _reason("dated-ahead", *(d.text for d in dated)))
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

"""Hints: what a machine can say of a claim that waits for a person, from the archive as it is when a page is made.

They are proposals like any other; no file holds them, since a draft is not rewritten because something else changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import Proposition, proposition
from factarchive.arabic.segments import Span
from factarchive.arabic.words import words
from factarchive.archive.entries import digest_of
from factarchive.archive.evidence import Near
from factarchive.archive.parties import Parties
from factarchive.archive.relations import Relation, bears_out, relate
from factarchive.archive.schema import Claim, Confidence, Document, Passage, Proposal, Reason, There
from factarchive.archive.terms import ClaimType, Status, Tier

__all__ = ["HINTS_VERSION", "Hints", "hints_for"]

HINTS_VERSION = "evidence/1"
_ELSEWHEN = 60  # days: without dates in their words, two texts so far apart speak of two events
_UNCHECKABLE = (ClaimType.OPINION, ClaimType.COUNTERFACTUAL)
_NEAREST = (Tier.PRIMARY, Tier.WIRE)


@dataclass(frozen=True)
class Hints:
    """The proposals of one entry's pending claims by the claim's id, and the documents that they cite by theirs."""

    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def of(self, claim_id: str) -> Hints:
        """What concerns one claim."""
        mine = self.proposals.get(claim_id, ())
        cited = {passage.source for proposal in mine for passage in proposal.passages}
        documents = {id_: front for id_, front in self.documents.items() if id_ in cited}
        return Hints({claim_id: mine} if mine else {}, documents)

    @cached_property
    def digest(self) -> str:
        """What stands for them in the keys of pages; empty where there are none."""
        if not self.proposals:
            return ""
        shown = {id_: [p.model_dump(mode="json") for p in made] for id_, made in self.proposals.items()}
        fronts = {id_: front.model_dump(mode="json") for id_, front in self.documents.items()}
        return digest_of(json.dumps([shown, fronts], sort_keys=True))


def hints_for(claim: Claim, near: Sequence[Near], parties: Parties, published: date | None) -> tuple[Proposal, ...]:
    """What documents at hand say of a claim: that they bear it out or part from it; nothing where that is not plain."""
    if claim.type in _UNCHECKABLE:
        return ()
    day = claim.said_on or published
    texts = {text: proposition(text, day) for text in dict.fromkeys((claim.quote, claim.words))}
    found = [hint for one in near if _may_tell(claim, one, parties, day) for hint in _hints(texts, one, day)]
    # One that contradicts is worth more to an editor than many that support.
    apart = [hint for hint in found if hint.status is Status.EVIDENCE_CONTRADICTS]
    return tuple((apart or found)[:1])


def _may_tell(claim: Claim, near: Near, parties: Parties, day: date | None) -> bool:
    """Whether a document can tell more than what the claimant said: not the party's own, not a report of its words."""
    front = near.exhibit.front
    voices = [name for name in (front.party, front.publisher, front.origin) if name]
    said = {word.form for word in words(near.sentence, Span(0, len(near.sentence)))}
    if set(folded(claim.source).split()) <= said or _elsewhen(front, day):
        return False
    return not any(parties.are_one(claim.source, voice) for voice in voices)


def _elsewhen(front: Document, day: date | None) -> bool:
    if day is None or front.published is None or len(front.published) < len("2025-03-18"):
        return False
    return abs((date.fromisoformat(front.published) - day).days) > _ELSEWHEN


def _hints(texts: Mapping[str, Proposition], near: Near, day: date | None) -> Iterator[Proposal]:
    published = near.exhibit.front.published or ""
    there = proposition(near.sentence, date.fromisoformat(published) if len(published) == len("2025-03-18") else day)
    for text, here in texts.items():
        related = relate(here, there)
        if related.relation is Relation.APART:
            reasons = tuple(
                Reason(
                    rule=f"evidence-{found.kind}",
                    text=table("proposals")["differences_from_evidence"][found.kind],
                    here=tuple(text[s.start : s.end] for s in found.here),
                    there=tuple(There(quote=near.sentence[s.start : s.end]) for s in found.there),
                )
                for found in related.differences
            )
            yield _hint(Status.EVIDENCE_CONTRADICTS, near, reasons)
        elif bears_out(there, here):
            yield _hint(Status.EVIDENCE_SUPPORTS, near, (_same(text),))


def _same(text: str) -> Reason:
    return Reason(rule="evidence-says-so", text=table("proposals")["evidence"]["same"], here=(text,))


def _hint(status: Status, near: Near, because: tuple[Reason, ...]) -> Proposal:
    confidence: Confidence = "medium" if near.exhibit.front.tier in _NEAREST else "low"
    passage = Passage(source=near.exhibit.id, quote=near.sentence)
    return Proposal(status=status, confidence=confidence, because=because, passages=(passage,), by=HINTS_VERSION)

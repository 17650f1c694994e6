"""A machine's proposals as pages show them, with the documents and the claims that they point to."""

from __future__ import annotations

from collections.abc import Mapping

from factarchive.archive.schema import Document, Proposal, There
from factarchive.publishing.parts import Link, PassageView, ProposalView, ReasonView, SourceView, ThereView
from factarchive.publishing.phrases import label

__all__ = ["proposal_view", "source_view"]


def proposal_view(proposal: Proposal, documents: Mapping[str, Document]) -> ProposalView:
    """A proposal; what it cites is shown as the document that it is, or by its name where that is not at hand."""
    return ProposalView(
        status=str(proposal.status),
        status_label=label("status", proposal.status),
        confidence_label=label("confidence", proposal.confidence),
        reasons=tuple(ReasonView(r.text, r.here, tuple(map(_there_view, r.there))) for r in proposal.because),
        passages=tuple(
            PassageView(
                p.quote, p.source, source_view(documents[p.source], p.source) if p.source in documents else None
            )
            for p in proposal.passages
        ),
        by=proposal.by,
    )


def source_view(document: Document, id_: str, number: int = 0) -> SourceView:
    """A document that can be cited; number 0 where the page numbers it not."""
    return SourceView(
        number=number,
        id=id_,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        published=document.published,
        tier=str(document.tier),
        tier_label=label("tier", document.tier),
        party=document.party,
        origin=document.origin,
        archived=document.archived,
        stored_copy=document.access == "stored-copy",
        accessed=document.accessed,
        lang=document.lang,
        note=document.note,
    )


def _there_view(there: There) -> ThereView:
    if there.claim:
        return ThereView(there.quote, Link(there.quote, f"/claims/{there.claim}/"))
    # An entry is named by its slug; words without either are those of the passage cited below.
    return ThereView(there.quote, Link(there.quote, f"/articles/{there.entry}/") if there.entry else None)

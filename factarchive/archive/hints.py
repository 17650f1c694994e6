"""Hints: what a machine can say of a claim that waits for a person, from the archive as it is when a page is made.

They are proposals like any other; no file holds them, since a draft is not rewritten because something else changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from factarchive.archive.entries import digest_of
from factarchive.archive.schema import Document, Proposal

__all__ = ["Hints"]


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

"""References inside one file: what is cited is listed, once, and what is listed is cited."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.archive.entries import Entry
from factarchive.archive.faults import nearest
from factarchive.archive.schema import Front
from factarchive.checking.fault import Loc, fault
from factarchive.problems import Problem

Cited = tuple[Loc, str]


def check_references(entry: Entry) -> Iterator[Problem]:
    """Yield sources and claims that are cited and not listed, listed twice, or listed and never cited."""
    front = entry.front
    sources = tuple(dict.fromkeys(source.id for source in front.sources))
    claims = tuple(dict.fromkeys(claim.id for claim in front.claims))
    cited = [*_cited_sources(front)]
    yield from _unknown(entry, iter(cited), sources, "unknown-source")
    yield from _unknown(entry, _cited_claims(front), claims, "unknown-claim")
    yield from _listed(entry, {id for _, id in cited} | _otherwise_used(front))


def _listed(entry: Entry, used: set[str]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, source in enumerate(entry.front.sources):
        loc = ("sources", number, "id")
        earlier = first.setdefault(source.id, number)
        if earlier != number:
            line = entry.document.place("sources", earlier, "id").line
            yield fault(entry, loc, "source-id-twice", id=source.id, line=line)
        elif source.id not in used:
            yield fault(entry, loc, "source-unused", id=source.id)


def _unknown(entry: Entry, cited: Iterator[Cited], known: tuple[str, ...], rule: str) -> Iterator[Problem]:
    for loc, id in cited:
        if id not in known:
            yield fault(entry, loc, rule, id=id, nearest=nearest(id, known))


def _cited_sources(front: Front) -> Iterator[Cited]:
    for n, claim in enumerate(front.claims):
        for m, evidence in enumerate(claim.ruling.evidence):
            yield ("claims", n, "ruling", "evidence", m, "source"), evidence.source
    for n, finding in enumerate(front.findings):
        for m, evidence in enumerate(finding.evidence):
            yield ("findings", n, "evidence", m, "source"), evidence.source
    for n, moment in enumerate(front.timeline):
        for m, source in enumerate(moment.sources):
            yield ("timeline", n, "sources", m), source


def _cited_claims(front: Front) -> Iterator[Cited]:
    for n, finding in enumerate(front.findings):
        for m, claim in enumerate(finding.claims):
            yield ("findings", n, "claims", m), claim
    for n, correction in enumerate(front.corrections):
        if correction.claim is not None:
            yield ("corrections", n, "claim"), correction.claim


def _otherwise_used(front: Front) -> set[str]:
    """Sources that a proposal quotes, or that another source republishes."""
    proposals = [claim.proposal for claim in front.claims if claim.proposal]
    quoted = {passage.source for proposal in proposals for passage in proposal.passages}
    return quoted | {source.origin for source in front.sources if source.origin}

"""Hints for the claims that wait for a person: from documents at hand and, where one is set, from a verifier.

They are made anew only for entries that changed, or where the documents did; a verifier is asked once about the
same claim and passages, and what it answered is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factarchive.archive.cards import EntryCard
from factarchive.archive.entries import Entry, digest_of
from factarchive.archive.evidence import Exhibits, Near
from factarchive.archive.hints import HINTS_VERSION, Hints, hints_for
from factarchive.archive.schema import Claim, Proposal
from factarchive.archive.site import Site
from factarchive.archive.verdicts import Verdict
from factarchive.config import FILE, Settings
from factarchive.library import Library
from factarchive.problems import Problem, as_record, from_record, problem
from factarchive.state import State
from factarchive.verifying.asking import Failed, Given, Unusable, Verifier, asked, load_verifier

__all__ = ["hints_of"]

_HINTS, _ANSWERS = "hints", "answers"
_GIVE_UP = 3  # failures in a row: a verifier that is not there is not asked a thousand times


@dataclass
class _Desk:
    """What hints are made from, and what a verifier said on the way."""

    exhibits: Exhibits
    site: Site
    verifier: Verifier | None
    known: Mapping[str, tuple[str, str]]
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    failures: int = 0

    @property
    def key(self) -> str:
        """What stands for all that hints of one entry depend on beside the entry."""
        by = self.verifier.by if self.verifier else ""
        return digest_of(HINTS_VERSION, self.exhibits.digest, self.site.registry.digest, by)


@dataclass(frozen=True, slots=True)
class _Made:
    """The hints of one entry, what was wrong with a verifier's answers, and whether all questions were answered."""

    proposals: Mapping[str, tuple[Proposal, ...]]
    faults: tuple[Problem, ...]
    whole: bool

    def dumped(self) -> str:
        proposals = {id_: [p.model_dump(mode="json") for p in made] for id_, made in self.proposals.items()}
        return json.dumps([proposals, [as_record(fault) for fault in self.faults]], ensure_ascii=False)


def hints_of(
    settings: Settings, library: Library, site: Site, exhibits: Exhibits
) -> tuple[Mapping[str, Hints], tuple[Problem, ...]]:
    """The hints by entry's path, empty ones left out, and what was wrong with the verifier; never an error."""
    state, waiting = library.state, {card.path: card for card in site.entries if _waits(card)}
    verifier, faults = _verifier(settings)
    known = state.derived(_HINTS)
    if not exhibits.held:
        state.keep_derived(_HINTS, {}, known)
        return {}, faults
    desk = _Desk(exhibits, site, verifier, state.derived(_ANSWERS))
    fresh: dict[str, tuple[str, str]] = {}
    found: dict[str, Hints] = {}
    told = list(faults)
    for path in sorted(waiting):
        key = digest_of(library.digests[path], library.world.program, desk.key)
        made = _recalled(known[path][1]) if path in known and known[path][0] == key else None
        if made is None:
            made = _made(library.entry(path), desk)
            if made.whole:
                fresh[path] = (key, made.dumped())
        told += made.faults
        if made.proposals:
            found[path] = _with_documents(made.proposals, exhibits)
    _keep(state, fresh, known.keys() - waiting.keys(), desk)
    return found, tuple(told)


def _waits(card: EntryCard) -> bool:
    return any(claim.state == Verdict.PENDING for claim in card.claims)


def _keep(state: State, fresh: Mapping[str, tuple[str, str]], gone: Sequence[str] | set[str], desk: _Desk) -> None:
    state.keep_derived(_HINTS, fresh, gone)
    state.keep_derived(_ANSWERS, desk.answers)


def _verifier(settings: Settings) -> tuple[Verifier | None, tuple[Problem, ...]]:
    if not settings.verifier:
        return None, ()
    try:
        return load_verifier(settings.verifier, settings.folders.root), ()
    except Failed as failed:
        return None, (problem(FILE, "verifier-not-loaded", name=settings.verifier, why=failed),)


def _recalled(line: str) -> _Made:
    proposals, faults = json.loads(line)
    made = {id_: tuple(Proposal.model_validate(p) for p in listed) for id_, listed in proposals.items()}
    return _Made(made, tuple(from_record(record) for record in faults), True)


def _with_documents(proposals: Mapping[str, tuple[Proposal, ...]], exhibits: Exhibits) -> Hints:
    cited = {passage.source for made in proposals.values() for p in made for passage in p.passages}
    return Hints(proposals, {id_: exhibits.held[id_].front for id_ in sorted(cited)})


def _made(entry: Entry, desk: _Desk) -> _Made:
    proposals: dict[str, tuple[Proposal, ...]] = {}
    faults: list[Problem] = []
    whole = True
    for claim in entry.front.claims:
        if claim.ruling.is_made or claim.reviewed_elsewhere or not (near := desk.exhibits.near(claim.words)):
            continue
        made = hints_for(claim, near, desk.site.registry.parties, entry.front.published)
        try:
            answer = _answer(claim, near, desk)
        except Unusable as fault:
            faults.append(problem(entry.path, "verifier-answer-unusable", id=claim.id, why=fault))
        except Failed as failed:
            whole = False
            if str(failed):
                faults.append(problem(entry.path, "verifier-failed", id=claim.id, why=failed))
        else:
            made += (answer,) if answer else ()
        if made:
            proposals[claim.id] = made
    return _Made(proposals, tuple(faults), whole)


def _answer(claim: Claim, near: Sequence[Near], desk: _Desk) -> Proposal | None:
    """What the verifier says of a claim, asked or remembered; Failed without words where it is asked no more."""
    if desk.verifier is None:
        return None
    record, given = _record(claim), [_given(n, one) for n, one in enumerate(near, start=1)]
    key = digest_of(json.dumps(record, sort_keys=True), repr(given), desk.verifier.by)
    held = desk.answers.get(key) or desk.known.get(key)
    if held is None:
        if desk.failures >= _GIVE_UP:
            raise Failed
        held = desk.answers[key] = (key, _asked(record, given, desk))
    proposal, fault = json.loads(held[1])
    if fault:
        raise Unusable(fault)
    return Proposal.model_validate(proposal) if proposal else None


def _asked(record: Mapping[str, Any], given: Sequence[Given], desk: _Desk) -> str:
    """What the verifier says, as a line to remember: [proposal, fault]; raises Failed."""
    assert desk.verifier is not None
    try:
        proposal = asked(desk.verifier, record, given)
    except Unusable as fault:
        desk.failures = 0
        return json.dumps([None, str(fault)], ensure_ascii=False)
    except Failed:
        desk.failures += 1
        raise
    desk.failures = 0
    return json.dumps([proposal.model_dump(mode="json") if proposal else None, ""], ensure_ascii=False)


def _record(claim: Claim) -> dict[str, Any]:
    wanted = {"id", "claim", "quote", "source", "speaker", "via", "said_on", "type"}
    return claim.model_dump(mode="json", include=wanted)


def _given(number: int, near: Near) -> Given:
    front = near.exhibit.front
    return Given(
        id=f"p{number}",
        source=near.exhibit.id,
        quote=near.sentence,
        title=front.title,
        publisher=front.publisher or "",
        published=front.published or "",
        tier=str(front.tier),
        party=front.party or "",
    )

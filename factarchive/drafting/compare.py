"""Accounts compared: which claims of one article speak of one event for different parties, and where they part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from factarchive.arabic.alignments import align
from factarchive.arabic.propositions import Proposition, proposition
from factarchive.arabic.segments import Span
from factarchive.arabic.voices import NARRATOR, UNKNOWN
from factarchive.arabic.words import words
from factarchive.archive.parties import Parties
from factarchive.archive.relations import Related, Relation, relate
from factarchive.drafting.claims import FoundClaim

__all__ = ["Accounts", "Meeting", "compared", "matters"]

_LABEL_MAX = 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two claims of one article, by their places, that speak of one event for two parties."""

    here: int
    there: int
    related: Related

    def turned(self) -> Meeting:
        """The same, seen from the other claim."""
        turned = tuple(type(d)(d.kind, d.there, d.here) for d in self.related.differences)
        return Meeting(self.there, self.here, Related(self.related.relation, turned, self.related.likeness))


@dataclass(frozen=True, slots=True)
class Accounts:
    """An article's claims, who speaks for whom, its day, and the length of its headline."""

    claims: Sequence[FoundClaim]
    parties: Parties
    published: date | None = None
    lead: int = 0


def compared(accounts: Accounts) -> Mapping[int, tuple[Meeting, ...]]:
    """For each claim's place its meetings with claims of other parties, the plainest first; empty ones left out."""
    told = [n for n, claim in enumerate(accounts.claims) if _is_account(claim, accounts.lead)]
    said = {n: proposition(accounts.claims[n].quote, accounts.published) for n in told}
    found: dict[int, list[Meeting]] = {}
    for a, b in combinations(told, 2):
        if _are_one(accounts.claims[a], accounts.claims[b], accounts.parties):
            continue
        meeting = Meeting(a, b, relate(said[a], said[b]))
        if meeting.related.relation is not Relation.NONE:
            found.setdefault(a, []).append(meeting)
            found.setdefault(b, []).append(meeting.turned())
    order = list(Relation)
    return {n: tuple(sorted(met, key=lambda m: order.index(m.related.relation))) for n, met in sorted(found.items())}


def _is_account(claim: FoundClaim, lead: int) -> bool:
    """Whether a claim is somebody's own account: not the article's, not nobody's, not the headline's summary of one."""
    return claim.source not in (NARRATOR.source, UNKNOWN) and claim.start >= lead


def _are_one(one: FoundClaim, other: FoundClaim, parties: Parties) -> bool:
    """Whether two claims are one party's, or one of them is what the other was relayed by."""
    if parties.are_one(one.source, other.source):
        return True
    relayed = [(one.source, name) for name in other.via] + [(other.source, name) for name in one.via]
    return any(parties.are_one(source, name) for source, name in relayed)


def matters(accounts: Accounts, met: Mapping[int, Sequence[Meeting]]) -> Mapping[int, str]:
    """The label of the matter of each claim that meets another: words that the accounts of it share."""
    labels: dict[int, str] = {}
    for group in _groups(met):
        meetings = [m for n in group for m in met[n]]
        label = max((_shared(accounts, m) for m in meetings), key=lambda text: (len(text), text))
        labels |= dict.fromkeys(group, label or _cut(accounts.claims[group[0]].quote))
    return labels


def _groups(met: Mapping[int, Sequence[Meeting]]) -> Iterator[list[int]]:
    """Claims that meet each other, by way of others too."""
    left = set(met)
    while left:
        group, waiting = set[int](), [min(left)]
        while waiting:
            n = waiting.pop()
            if n not in group:
                group.add(n)
                waiting += [m.there for m in met[n]]
        left -= group
        yield sorted(group)


def _shared(accounts: Accounts, meeting: Meeting) -> str:
    """The longest stretch of one claim whose telling words all stand in the other too; empty where it is one word."""
    here, there = (proposition(accounts.claims[n].quote, accounts.published) for n in (meeting.here, meeting.there))
    held = {a for a, _, _ in align(here.terms, there.terms).pairs}
    best, run = list[int](), list[int]()
    for k in range(len(here.terms)):
        run = [*run, k] if k in held and _is_next(here, run, k) else [k] * (k in held)
        best = max(best, run, key=len)
    if len(best) < 2:
        return ""
    return _cut(here.text[here.terms[best[0]].span.start : here.terms[best[-1]].span.end])


def _is_next(text: Proposition, run: Sequence[int], k: int) -> bool:
    """Whether nothing but small words stands between the last term of a run and this one: no figure, no stop."""
    if not run:
        return True
    between = Span(text.terms[run[-1]].span.end, text.terms[k].span.start)
    return all(word.kind == "word" for word in words(text.text, between))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LABEL_MAX else flat[:_LABEL_MAX].rsplit(" ", 1)[0] + "…"

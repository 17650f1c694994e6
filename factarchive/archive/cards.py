"""What other pages know of an entry: small plain values that the state remembers, so that unread files stay unread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from factarchive.archive.entries import Entry, digest_of, ruled_digest
from factarchive.archive.independence import voices
from factarchive.archive.schema import Claim, Front, Ruling
from factarchive.archive.terms import Stance, Tier
from factarchive.archive.verdicts import DECISIVE, Verdict, scale

NARRATOR = "narrator"
UNKNOWN = "unknown"
UNDATED = "undated"
ELSEWHERE = "elsewhere"
"""The state of a claim that another desk has reviewed: neither a verdict of the scale nor `pending`."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What a ruling rests on, in numbers: what the archive's own account of its work is made of."""

    sources: int
    voices: int  # that are independent of one another
    primary: int
    archived: int
    supports: int
    contradicts: int
    is_decisive: bool
    is_reviewed: bool  # by a second person
    is_asked: bool  # the claimant was asked for a reply


@dataclass(frozen=True, slots=True)
class ElsewhereCard:
    """Another desk's review of a claim: who, its word, where, when."""

    publisher: str
    label: str
    url: str
    on: str


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as lists, feeds and search show it.

    `state` is the verdict, else the attribution, else pending; `elsewhere` where another desk has reviewed it.
    """

    id: str
    words: str
    quote: str
    source: str
    speakers: tuple[str, ...]
    state: str
    misattributed: bool  # a person ruled that the source did not say it
    summary: str
    said_on: str
    ruled_on: str
    techniques: tuple[str, ...] = ()
    backing: Backing | None = None  # where a person has ruled
    elsewhere: ElsewhereCard | None = None  # where another desk has


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """What was changed after publication: a correction, or a ruling that replaced an earlier one."""

    on: str
    text: str  # what was put right, or why the ruling changed
    claim: str  # the id of the claim meant; empty where it is the article as a whole
    words: str  # that claim's
    was: str  # the replaced words, or the id of the replaced verdict
    now: str
    is_ruling: bool


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An article as lists, feeds and search show it."""

    path: str
    seed: str
    slug: str
    title: str
    summary: str
    published: str  # ISO day, or empty
    outlet: str
    outlet_url: str
    topics: tuple[str, ...]
    claims: tuple[ClaimCard, ...]
    updated: str  # the newest day that a person wrote into it
    changes: tuple[ChangeCard, ...] = ()  # newest first
    digest: str = field(default="", compare=False)  # what stands for the whole card in the keys of pages

    @property
    def month(self) -> str:
        """YYYY-MM of the article, or `undated`: the part of every list that it belongs to."""
        return self.published[:7] or UNDATED

    @property
    def is_ruled(self) -> bool:
        """Whether a person has ruled on any of its claims; feeds take no other entry."""
        return any(claim.ruled_on for claim in self.claims)

    @property
    def is_borrowed(self) -> bool:
        """Whether all that it holds are reviews of other desks."""
        return bool(self.claims) and all(claim.elsewhere for claim in self.claims)

    @property
    def order(self) -> tuple[str, str]:
        """What the archive is sorted by, newest first when reversed."""
        return (self.published, self.slug)

    def dumped(self) -> str:
        """The card as one line of JSON, the same for the same card."""
        data = asdict(self)
        del data["digest"]
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def loaded_card(line: str) -> EntryCard:
    """The inverse of `EntryCard.dumped`."""
    data: dict[str, Any] = json.loads(line)
    claims = tuple(_loaded_claim(claim) for claim in data.pop("claims"))
    changes = tuple(ChangeCard(**change) for change in data.pop("changes"))
    whole = {**data, "topics": tuple(data["topics"]), "claims": claims, "changes": changes}
    return EntryCard(**whole, digest=digest_of(line))


def _loaded_claim(data: dict[str, Any]) -> ClaimCard:
    tuples = {name: tuple(data[name]) for name in ("speakers", "techniques")}
    backing = Backing(**data["backing"]) if data["backing"] else None
    elsewhere = ElsewhereCard(**data["elsewhere"]) if data["elsewhere"] else None
    return ClaimCard(**{**data, **tuples, "backing": backing, "elsewhere": elsewhere})


def card_of(entry: Entry) -> EntryCard:
    """The card of an entry."""
    front = entry.front
    days = [
        front.published,
        *(c.ruling.on for c in front.claims if c.ruling.is_made),
        *(c.on for c in front.corrections),
    ]
    days += [f.on for f in front.findings]
    card = EntryCard(
        path=entry.path,
        seed=front.seed or "",
        slug=front.slug,
        title=front.title,
        summary=front.summary or "",
        published=_iso(front.published),
        outlet=front.outlet.name if front.outlet else "",
        outlet_url=(front.outlet.url or "") if front.outlet else "",
        topics=front.topics,
        claims=tuple(_claim_card(claim, front) for claim in front.claims),
        updated=max((_iso(day) for day in days), default=""),
        changes=tuple(sorted(_changes(front), key=lambda c: c.on, reverse=True)),
    )
    return replace(card, digest=digest_of(card.dumped()))


def state_of(ruling: Ruling) -> Verdict:
    """The one verdict that a list shows for a claim: on the substance, else on the attribution, else pending.

    A verdict that is said to be pending is pending, whatever was ruled on the attribution meanwhile.
    """
    return ruling.verdict or ruling.attribution or Verdict.PENDING


def shown_state(claim: Claim) -> str:
    """What a list shows for a claim: the verdict of `state_of`, or that another desk has reviewed it."""
    return ELSEWHERE if claim.reviewed_elsewhere else str(state_of(claim.ruling))


def rated_layer(claim: Claim) -> tuple[str, Verdict] | None:
    """Which layer ClaimReview rates: (`verdict` or `attribution`, its rating); None where nothing may be marked up.

    Nothing is marked up while the verdict is pending, nor where the words are no longer those that were ruled on,
    nor of what another desk has reviewed.
    """
    ruling = claim.ruling
    if claim.reviewed_elsewhere or ruling.verdict is Verdict.PENDING or ruling.of not in (None, ruled_digest(claim)):
        return None
    for name, layer in (("verdict", ruling.verdict), ("attribution", ruling.attribution)):
        if layer is not None and scale()[layer].markup:
            return name, layer
    return None


def is_misattributed(claim: Claim) -> bool:
    """Whether a person ruled that the source did not say it, or not so."""
    return claim.ruling.attribution in (Verdict.FALSE, Verdict.ALTERED)


def _claim_card(claim: Claim, front: Front) -> ClaimCard:
    return ClaimCard(
        id=claim.id,
        words=claim.words,
        quote=claim.quote,
        source=claim.source,
        speakers=claim.speaker,
        state=shown_state(claim),
        misattributed=is_misattributed(claim),
        summary=(claim.ruling.summary or "") if claim.ruling.is_made else "",
        said_on=_iso(claim.said_on),
        ruled_on=_iso(claim.ruling.on) if claim.ruling.is_made else "",
        techniques=claim.ruling.technique if claim.ruling.is_made else (),
        backing=_backing(claim, front) if claim.ruling.is_made else None,
        elsewhere=_elsewhere(claim),
    )


def _elsewhere(claim: Claim) -> ElsewhereCard | None:
    review = claim.reviewed_elsewhere
    return ElsewhereCard(review.publisher, review.label, review.url, _iso(review.on)) if review else None


def _backing(claim: Claim, front: Front) -> Backing:
    ruling = claim.ruling
    cited = {e.source for e in ruling.evidence}
    sources = [s for s in front.sources if s.id in cited]
    stances = [e.stance for e in ruling.evidence]
    return Backing(
        sources=len(sources),
        voices=voices(sources),
        primary=sum(s.tier is Tier.PRIMARY for s in sources),
        archived=sum(s.archived is not None for s in sources),
        supports=stances.count(Stance.SUPPORTS),
        contradicts=stances.count(Stance.CONTRADICTS),
        is_decisive=bool({ruling.verdict, ruling.attribution} & {*DECISIVE}),
        is_reviewed=ruling.edited_by not in (None, ruling.by),
        is_asked=claim.reply is not None,
    )


def _changes(front: Front) -> Iterator[ChangeCard]:
    """Corrections as they are told, and each ruling that was replaced, on the day when the next one was made."""
    words = {claim.id: claim.words for claim in front.claims}
    for told in front.corrections:
        id_ = told.claim or ""
        yield ChangeCard(
            _iso(told.on), told.text, id_, words.get(id_, ""), told.was or "", told.now or "", is_ruling=False
        )
    for claim in front.claims:
        earlier = sorted(claim.ruling.history, key=lambda change: change.on)
        if not earlier:
            continue
        states = [(c.on, str(c.verdict or c.attribution or Verdict.PENDING)) for c in earlier]
        now = (claim.ruling.on or earlier[-1].on, str(state_of(claim.ruling)))
        for change, (_, was), (on, became) in zip(earlier, states, [*states[1:], now], strict=True):
            yield ChangeCard(_iso(on), change.why, claim.id, claim.words, was, became, is_ruling=True)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

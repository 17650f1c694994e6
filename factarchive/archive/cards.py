"""What other pages know of an entry: small plain values that the state remembers, so that unread files stay unread."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from factarchive.archive.entries import Entry, digest_of, ruled_digest
from factarchive.archive.schema import Claim, Ruling
from factarchive.archive.verdicts import Verdict, scale

NARRATOR = "narrator"
UNKNOWN = "unknown"
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim as lists, feeds and search show it; `state` is the verdict, else the attribution, else pending."""

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
    return EntryCard(**{**data, "topics": tuple(data["topics"]), "claims": claims}, digest=digest_of(line))


def _loaded_claim(data: dict[str, Any]) -> ClaimCard:
    return ClaimCard(**{**data, **{name: tuple(data[name]) for name in ("speakers", "techniques")}})


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
        claims=tuple(_claim_card(claim) for claim in front.claims),
        updated=max((_iso(day) for day in days), default=""),
    )
    return replace(card, digest=digest_of(card.dumped()))


def state_of(ruling: Ruling) -> Verdict:
    """The one verdict that a list shows for a claim: on the substance, else on the attribution, else pending.

    A verdict that is said to be pending is pending, whatever was ruled on the attribution meanwhile.
    """
    return ruling.verdict or ruling.attribution or Verdict.PENDING


def rated_layer(claim: Claim) -> tuple[str, Verdict] | None:
    """Which layer ClaimReview rates: (`verdict` or `attribution`, its rating); None where nothing may be marked up.

    Nothing is marked up while the verdict is pending, nor where the words are no longer those that were ruled on.
    """
    ruling = claim.ruling
    if ruling.verdict is Verdict.PENDING or ruling.of not in (None, ruled_digest(claim)):
        return None
    for name, layer in (("verdict", ruling.verdict), ("attribution", ruling.attribution)):
        if layer is not None and scale()[layer].markup:
            return name, layer
    return None


def is_misattributed(claim: Claim) -> bool:
    """Whether a person ruled that the source did not say it, or not so."""
    return claim.ruling.attribution in (Verdict.FALSE, Verdict.ALTERED)


def _claim_card(claim: Claim) -> ClaimCard:
    return ClaimCard(
        id=claim.id,
        words=claim.words,
        quote=claim.quote,
        source=claim.source,
        speakers=claim.speaker,
        state=state_of(claim.ruling),
        misattributed=is_misattributed(claim),
        summary=(claim.ruling.summary or "") if claim.ruling.is_made else "",
        said_on=_iso(claim.said_on),
        ruled_on=_iso(claim.ruling.on) if claim.ruling.is_made else "",
        techniques=claim.ruling.technique if claim.ruling.is_made else (),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

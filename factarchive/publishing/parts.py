"""What pages are made of: frozen values in words ready to print, shared by the views of several pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from factarchive.publishing.borrowed import ReviewView


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The archive's own name and words, the same on every page."""

    title: str
    tagline: str
    description: str
    publisher: str
    contact: str | None
    nav: tuple[Link, ...]  # over every page
    pages: tuple[Link, ...]  # the archive's own: methodology, about
    social: tuple[Link, ...]  # the newsroom's accounts elsewhere


@dataclass(frozen=True, slots=True)
class Link:
    """A text and where it leads (a path such as /speakers/kremlin/); with a count where a list shows one."""

    text: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """What the head of a page says: its title without the site's, its canonical path, its description."""

    title: str
    description: str
    url: str
    kind: str = "website"  # or "article", for Open Graph
    feed: str | None = None
    crumbs: tuple[Link, ...] = ()
    json_ld: Markup | None = None  # a claim's one ClaimReview
    nodes: tuple[Mapping[str, Any], ...] = ()  # what else machines read of this page alone
    published: date | None = None
    indexed: bool = True
    image: str | None = None  # the path of a share card of its own


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict as shown: its icon and hue go by id; value is None off the scale."""

    id: str
    label: str
    value: int | None
    definition: str
    url: str


@dataclass(frozen=True, slots=True)
class TallyItem:
    """How many of the claims shown have this verdict; `claims` are their numbers and links where they are listed."""

    verdict: VerdictView
    count: int
    claims: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceView:
    """A cited document, numbered in order of first citation on the page; anchor is `s-<id>`."""

    number: int
    id: str
    title: str
    url: str
    publisher: str | None
    published: str | None  # as precise as known: 2025, 2025-03, 2025-03-18
    tier: str
    tier_label: str
    party: str | None
    origin: str | None
    archived: str | None
    stored_copy: bool
    accessed: date
    lang: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What a source does to the claim, in its own words."""

    stance: str  # supports · contradicts · context
    stance_label: str
    quote: str | None
    note: str | None
    source: SourceView


@dataclass(frozen=True, slots=True)
class ChangeView:
    """An earlier state of a ruling."""

    on: date
    verdict: VerdictView | None
    attribution: VerdictView | None
    why: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A page as others cite it."""

    text: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class TechniqueView:
    """How something misleads."""

    id: str
    label: str
    definition: str
    url: str


@dataclass(frozen=True, slots=True)
class RulingView:
    """A person's ruling in its two layers; at least one of them is there."""

    attribution: VerdictView | None  # was it really said?
    verdict: VerdictView | None  # is it so?
    techniques: tuple[TechniqueView, ...]
    summary: str
    so: str | None
    not_so: str | None
    unknown: str | None
    as_of: date
    by: str
    on: date
    edited_by: str | None
    evidence: tuple[EvidenceView, ...]
    independent: int  # voices among its sources that belong to no party
    parties: int
    history: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class ThereView:
    """Words of another claim or entry that a reason points to; no link for those of a passage cited below."""

    quote: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why the machine proposes what it does, with the words it points to on both sides."""

    text: str
    here: tuple[str, ...]
    there: tuple[ThereView, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words of a document that a proposal cites; the document's name alone where it is not at hand."""

    quote: str
    name: str
    source: SourceView | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The machine's proposal; never shown as a ruling."""

    status: str
    status_label: str
    confidence_label: str
    reasons: tuple[ReasonView, ...]
    passages: tuple[PassageView, ...]
    by: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """The right of reply."""

    asked: date
    until: date | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim in full. Anchors: the card is `c-<id>`, the words in the original text are `q-<id>`."""

    number: int
    id: str
    url: str
    words: str  # self-contained wording, else the quote
    quote: str
    source: Link | None  # None: the article itself says it
    unknown_source: bool
    misattributed: bool  # ruled: the source did not say it
    speakers: tuple[Link, ...]  # only where they differ from the source
    via: tuple[str, ...]
    form: str
    form_label: str
    type_label: str
    said_on: date | None
    about: str | None
    state: VerdictView  # what the stamp shows: verdict, else attribution, else pending
    ruling: RulingView | None
    elsewhere: ReviewView | None  # another desk's; then there is no ruling here
    proposal: ProposalView | None
    hints: tuple[ProposalView, ...]  # proposals that rest on the archive as it is now
    worth: int | None
    worth_reasons: tuple[str, ...]
    appearances: tuple[str, ...]
    reply: ReplyView | None
    share_text: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something about the article as a whole."""

    kind: str
    kind_label: str
    title: str | None
    text: str
    verdict: VerdictView | None
    claims: tuple[Link, ...]
    evidence: tuple[EvidenceView, ...]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class AccountCell:
    """What an account says: the claim, and its words with those marked in which the accounts part."""

    claim: ClaimView
    quote: Markup


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One matter and what each account says of it, in the order of `Accounts.sources`; empty where one is silent."""

    about: str
    cells: tuple[tuple[AccountCell, ...], ...]
    by_machine: bool  # no editor has said that these speak of one matter
    differs: bool  # some words are marked as parting
    alone: bool  # some figures or dates are marked as one account's own


@dataclass(frozen=True, slots=True)
class Accounts:
    """«مقارنة الروايات»: one column an account, one row a matter."""

    sources: tuple[Link, ...]
    rows: tuple[AccountRow, ...]
    together: tuple[tuple[Link, ...], ...]  # sources that speak for one party and count as one


@dataclass(frozen=True, slots=True)
class MomentView:
    """A line of «ماذا حدث بعد ذلك»."""

    on: str  # as precise as known
    text: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was put right after publication."""

    on: date
    text: str
    claim: Link | None
    was: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list: a coloured word, not a stamp."""

    id: str
    url: str
    words: str
    state: VerdictView
    source: Link | None
    misattributed: bool
    said_on: date | None
    summary: str | None
    article: Link
    elsewhere: ReviewView | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An article in a list."""

    url: str
    title: str
    summary: str | None
    published: date | None
    outlet: Link | None
    topics: tuple[Link, ...]
    tally: tuple[TallyItem, ...]
    pending: int
    elsewhere: tuple[ReviewView, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who a speaker's or outlet's page is about."""

    role: str | None
    affiliation: str | None
    url: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemView:
    """One fault as the preview shows it."""

    place: str
    rule: str
    severity: str
    text: str
    action: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed: `url` is what it is known by, `page` where it leads."""

    url: str
    page: str
    title: str
    summary: str
    published: date
    updated: date
    author: str
    labels: tuple[str, ...]

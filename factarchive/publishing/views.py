"""What each page shows: one frozen value a page, the whole context of its template.

A template sees `view` (one of the classes whose docstring names it) and `site` (a SiteInfo), nothing else.
Texts are plain and are escaped by the template; only fields of type Markup hold HTML of our own making.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from factarchive.publishing.account_parts import ChangeRow, CriterionRow, DatasetView, PageAgeView
from factarchive.publishing.match_views import BesideView, MatchView
from factarchive.publishing.parts import (
    Accounts,
    Citation,
    ClaimRow,
    ClaimView,
    CorrectionView,
    EntryRow,
    FeedItem,
    FindingView,
    Link,
    Meta,
    MomentView,
    ProblemView,
    Profile,
    SourceView,
    TallyItem,
    TechniqueView,
    VerdictView,
)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """article.html: /articles/<slug>/."""

    meta: Meta
    title: str
    outlet: Link | None
    author: str | None
    published: date | None
    original_url: str | None
    topics: tuple[Link, ...]
    stored_copies_only: bool
    checked_on: date | None
    summary: str | None
    tally: tuple[TallyItem, ...]
    ruled: tuple[ClaimView, ...]
    pending: tuple[ClaimView, ...]
    elsewhere: tuple[ClaimView, ...]  # what another desk has reviewed
    findings: tuple[FindingView, ...]
    accounts: Accounts | None
    matches: Mapping[str, tuple[MatchView, ...]]  # by the ids of those of `pending` that match a ruled claim
    timeline: tuple[MomentView, ...]
    timeline_title: str  # `afterwards`, or `events` where some of it came before the article
    sources: tuple[SourceView, ...]
    corrections: tuple[CorrectionView, ...]
    body: Markup


@dataclass(frozen=True, slots=True)
class ClaimPageView:
    """claim.html: /claims/<id>/."""

    meta: Meta
    claim: ClaimView
    article: Link
    published: date | None
    outlet: Link | None
    stored_copies_only: bool
    context: Markup  # the paragraph with the quote marked
    sources: tuple[SourceView, ...]
    beside: BesideView
    siblings: tuple[ClaimRow, ...]
    corrections: tuple[CorrectionView, ...]
    citation: Citation
    embed: str  # the HTML that shows this claim's card on another site
    report: str | None  # where to report an error in it


@dataclass(frozen=True, slots=True)
class EmbedView:
    """embed.html: /embed/<id>/, a card of one claim for other people's pages; no script."""

    meta: Meta
    claim: ClaimView
    article: Link


@dataclass(frozen=True, slots=True)
class SubmitView:
    """submit.html: how to suggest a claim or report an error; the form is there where the contact takes one."""

    meta: Meta
    suggest: str | None
    report: str | None
    form: str | None
    suggestion: str  # the text that a suggestion begins with


@dataclass(frozen=True, slots=True)
class ListView:
    """list.html: a list's first page: of a verdict, technique, speaker, topic, outlet, month, or what is pending."""

    meta: Meta
    kind: str  # verdicts · techniques · speakers · topics · outlets · archive · pending
    title: str
    intro: str | None
    caveat: str | None  # what the counts do not say
    verdict: VerdictView | None
    profile: Profile | None
    claims: int
    elsewhere: int  # claims of the list that another desk has reviewed; in no other figure of it
    entries: int
    tally: tuple[TallyItem, ...]
    newest_claims: tuple[ClaimRow, ...]
    newest_entries: tuple[EntryRow, ...]
    months: tuple[Link, ...]  # with counts; texts are CLDR months such as «مارس 2025», or «بلا تاريخ»


@dataclass(frozen=True, slots=True)
class MonthView:
    """month.html: one month of a list; no counts, no neighbours, so that it changes with its own articles only."""

    meta: Meta
    kind: str
    title: str
    month: str  # «مارس 2025», or «بلا تاريخ»
    first: Link  # the list's first page
    claims: tuple[ClaimRow, ...]
    entries: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """index.html: all speakers, topics, outlets or months that have a list."""

    meta: Meta
    kind: str
    title: str
    intro: str | None
    items: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ScaleView:
    """verdicts.html: the scale with definitions and numbers, and the techniques."""

    meta: Meta
    numbered: tuple[VerdictView, ...]
    unnumbered: tuple[VerdictView, ...]
    techniques: tuple[TechniqueView, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """home.html: the newest entries; the bar counts what this page shows."""

    meta: Meta
    entries: tuple[EntryRow, ...]
    tally: tuple[TallyItem, ...]
    verdicts: tuple[VerdictView, ...]
    topics: tuple[Link, ...]
    examples: tuple[str, ...]  # words to try in the search box


@dataclass(frozen=True, slots=True)
class ProseView:
    """prose.html: methodology, about, corrections policy."""

    meta: Meta
    title: str
    reviewed: date | None
    body: Markup


@dataclass(frozen=True, slots=True)
class SearchView:
    """search.html: the search page."""

    meta: Meta
    manifest: Markup  # of the search data, as JSON for a script element
    verdicts: tuple[VerdictView, ...]
    examples: tuple[str, ...]  # words to try in the search box
    locale: str  # for the browser's own dates and numbers, as BCP 47 writes it
    latin: str  # the pattern of what is kept together in an Arabic text
    elsewhere: str | None  # what narrows a search engine's query to this site; None where no engine can know it


@dataclass(frozen=True, slots=True)
class CheckView:
    """check.html: a message checked against what was ruled on; worker.js: what lets that work without a network."""

    meta: Meta
    manifest: Markup  # of the search data, as JSON for a script element
    verdicts: tuple[VerdictView, ...]
    locale: str  # for the browser's own dates, as BCP 47 writes it
    latin: str  # the pattern of what is kept together in an Arabic text


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """404.html."""

    meta: Meta


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """corrections.html: what was changed after publication, newest first; all of one year where `year` says so."""

    meta: Meta
    year: str | None
    changes: tuple[ChangeRow, ...]
    years: tuple[Link, ...]  # with counts; empty on a year's own page


@dataclass(frozen=True, slots=True)
class TransparencyView:
    """transparency.html: the archive's account of its own work, every figure from its files."""

    meta: Meta
    as_of: date | None
    met: int
    criteria: tuple[CriterionRow, ...]
    tally: tuple[TallyItem, ...]
    claimants: tuple[Link, ...]
    pages: tuple[PageAgeView, ...]
    archived: str  # percent of the cited sources


@dataclass(frozen=True, slots=True)
class DataView:
    """data.html: the data files with their fields."""

    meta: Meta
    files: tuple[DatasetView, ...]
    license: str | None


@dataclass(frozen=True, slots=True)
class ErrorView:
    """error.html: stands in the place of a page in preview, and heals itself with the file."""

    meta: Meta
    problems: tuple[ProblemView, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """feed.xml: Atom (RFC 4287); `meta.url` is the page it is the feed of, `updated` the newest day of its items."""

    meta: Meta
    file: str  # its name below that page
    updated: date | None
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml and robots.txt: canonical addresses, sorted."""

    meta: Meta
    urls: tuple[str, ...]

"""Lists, their months, the indexes of lists, the home page, the scale, and the archive's own pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from markupsafe import Markup

from factarchive.arabic.letters import LATIN_RUN
from factarchive.archive.cards import ELSEWHERE, ClaimCard, EntryCard
from factarchive.archive.entries import Prose
from factarchive.archive.site import OWN_STATES, Listing, Member, list_url
from factarchive.archive.terms import Technique
from factarchive.archive.verdicts import RULED, Verdict
from factarchive.publishing.bidi import isolate_html, rooted
from factarchive.publishing.claim_views import claim_row, entry_row
from factarchive.publishing.desk import Desk
from factarchive.publishing.feeds import ATOM, list_feed
from factarchive.publishing.parts import ClaimRow, EntryRow, Link, Meta, Profile
from factarchive.publishing.phrases import label, labels, phrase
from factarchive.publishing.prose import render_prose
from factarchive.publishing.structured import as_json_ld, prose_nodes, scale_nodes
from factarchive.publishing.views import (
    FeedView,
    HomeView,
    IndexView,
    ListView,
    MonthView,
    NotFoundView,
    ProseView,
    ScaleView,
    SearchView,
)

NEWEST = 20
"""Rows on a list's first page and on the home page."""
_EXAMPLES = 4


def list_view(listing: Listing, desk: Desk) -> ListView:
    """A list's first page: its counts, its newest members, the way to its months."""
    members = listing.members
    claims, entries = _rows(members[:NEWEST], listing.kind, desk)
    title = _list_title(listing, desk)
    whole = listing.kind == "archive"
    claims_all = [c for m in members for c in (m.claims or m.entry.claims)]
    ours = [c for c in claims_all if not c.elsewhere]
    if whole:
        claims, entries = _rows(members, listing.kind, desk)
    return ListView(
        meta=_list_meta(listing, title, desk),
        kind=listing.kind,
        title=title,
        intro=_intro(listing, desk),
        caveat=label("caveat", listing.kind) if listing.kind in labels()["caveat"] else None,
        verdict=desk.verdict(listing.key) if listing.kind == "verdicts" else None,
        profile=_profile(listing, desk),
        claims=len(claims_all if listing.kind == ELSEWHERE else ours),
        elsewhere=0 if listing.kind == ELSEWHERE else len(claims_all) - len(ours),
        entries=sum(listing.kind == ELSEWHERE or not m.entry.is_borrowed for m in members),
        tally=()
        if listing.kind == "verdicts" or _is_state(listing)
        else desk.tally(_counted(claims_all, listing.kind)),
        newest_claims=claims[:NEWEST],
        newest_entries=entries,
        months=() if whole else _month_links(listing, desk),
    )


def month_view(listing: Listing, month: str, desk: Desk) -> MonthView:
    """One month of a list, whole."""
    claims, entries = _rows(listing.months[month], listing.kind, desk)
    title = _list_title(listing, desk)
    first = Link(title, listing.url)
    url = list_url(listing.kind, listing.key, month)
    crumbs = (*_list_meta(listing, title, desk).crumbs, Link(desk.month(month), url))
    words = phrase("describe", "month", title=title, month=desk.month(month))
    meta = Meta(title=words.rstrip("."), description=words, url=url, crumbs=crumbs)
    return MonthView(meta, listing.kind, title, desk.month(month), first, claims, entries)


def list_feed_view(listing: Listing, desk: Desk) -> FeedView:
    """The feed of a list, of the members that the feeds' own rule chose."""
    return list_feed(listing, _list_title(listing, desk), desk)


def index_view(kind: str, items: Sequence[tuple[str, str]], desk: Desk) -> IndexView:
    """All lists of a kind, by (key, title); no counts, so that only a new list changes it."""
    title = label("list", kind)
    links = tuple(Link(_key_title(kind, key, text, desk), list_url(kind, key)) for key, text in items)
    intro = labels()["intro"].get(kind)
    return IndexView(_index_meta(title, list_url(kind), intro), kind, title, intro, links)


def home_view(entries: Sequence[EntryCard], desk: Desk) -> HomeView:
    """The newest entries; the bar counts the claims of those that are shown."""
    settings = desk.settings
    topics = dict.fromkeys(t for e in entries for t in e.topics)
    return HomeView(
        meta=Meta(settings.tagline or settings.title, settings.description, "/", feed="/feed.xml"),
        entries=tuple(entry_row(entry, desk) for entry in entries),
        tally=desk.tally(c.state for e in entries for c in e.claims),
        verdicts=tuple(desk.verdict(v) for v in RULED),
        topics=desk.topics(tuple(topics)[:12]),
        examples=tuple(topics)[:_EXAMPLES],
    )


def scale_view(desk: Desk) -> ScaleView:
    """The scale with definitions and numbers."""
    verdicts = [desk.verdict(v) for v in (*RULED, Verdict.PENDING)]
    title = label("page", "scale")
    return ScaleView(
        meta=replace(_index_meta(title, list_url("verdicts"), None), nodes=scale_nodes(desk)),
        numbered=tuple(v for v in verdicts if v.value is not None),
        unnumbered=tuple(v for v in verdicts if v.value is None),
        techniques=tuple(desk.technique(t) for t in Technique),
    )


def prose_view(prose: Prose, desk: Desk) -> ProseView:
    """One of the archive's own pages."""
    front = prose.front
    url = f"/{front.slug}/"
    meta = replace(_index_meta(front.title, url, front.description), nodes=prose_nodes(front, url, desk))
    body = rooted(render_prose(prose.body, desk.settings.prose), desk.settings.base_path)
    return ProseView(meta, front.title, front.reviewed, Markup(isolate_html(body)))


def search_view(manifest: bytes, topics: Iterable[str], desk: Desk) -> SearchView:
    """The search page: the manifest of the search data, and the topics of the newest entries as words to try."""
    return SearchView(
        meta=_index_meta(label("page", "search"), "/search/", None),
        manifest=as_json_ld(json.loads(manifest)),
        verdicts=tuple(desk.verdict(state) for state in (*Verdict, ELSEWHERE)),
        examples=tuple(dict.fromkeys(topics))[:_EXAMPLES],
        locale=desk.browser_locale,
        latin=LATIN_RUN,
        elsewhere=_narrowed_to(desk.settings.base_url),
    )


def _narrowed_to(base_url: str) -> str | None:
    """The words that narrow a search engine's query to this site; None where only this machine or network knows it."""
    parts = urlsplit(base_url)
    ending = (parts.hostname or "").rpartition(".")
    is_public = ending[1] and ending[2] not in ("local", "localhost", "test") and not ending[2].isdigit()
    return f"site:{parts.hostname}{parts.path.rstrip('/')}" if is_public else None


def not_found_view(desk: Desk) -> NotFoundView:
    """The page for addresses that lead nowhere."""
    title = label("page", "not-found")
    return NotFoundView(Meta(title, title, "/404.html", indexed=False))


def _counted(claims: Iterable[ClaimCard], kind: str) -> Iterable[str]:
    """The verdicts that a list's bar counts; what was wrongly laid to a speaker is not counted as that speaker's."""
    return (c.state for c in claims if not (kind == "speakers" and c.misattributed))


def _rows(members: Iterable[Member], kind: str, desk: Desk) -> tuple[tuple[ClaimRow, ...], tuple[EntryRow, ...]]:
    if kind in ("verdicts", "techniques", "speakers", "pending", ELSEWHERE):
        return tuple(claim_row(c, m.entry, desk) for m in members for c in m.claims), ()
    return (), tuple(entry_row(m.entry, desk) for m in members)


def _intro(listing: Listing, desk: Desk) -> str | None:
    if listing.kind == "techniques":
        return desk.technique(Technique(listing.key)).definition
    return label("intro", listing.kind) if _is_state(listing) else None


def _is_state(listing: Listing) -> bool:
    """Whether it lists what nobody here has ruled on, and so has no feed and no bar."""
    return (listing.kind, listing.key) in OWN_STATES


def _list_title(listing: Listing, desk: Desk) -> str:
    if _is_state(listing):
        return label("list", listing.kind)
    return _key_title(listing.kind, listing.key, listing.title, desk)


def _key_title(kind: str, key: str, title: str, desk: Desk) -> str:
    if kind == "verdicts":
        return desk.rating(key).label
    if kind == "techniques":
        return desk.technique(Technique(key)).label
    return desk.month(key) if kind == "archive" else title


def _list_meta(listing: Listing, title: str, desk: Desk) -> Meta:
    url = listing.url
    words = phrase("describe", "listing", title=title)
    crumbs = [Link(label("page", "home"), "/")]
    if not _is_state(listing):
        crumbs.append(Link(label("list", listing.kind), list_url(listing.kind)))
    feed = None if _is_state(listing) else url + ATOM
    return Meta(title=title, description=words, url=url, feed=feed, crumbs=(*crumbs, Link(title, url)))


def _index_meta(title: str, url: str, description: str | None) -> Meta:
    crumbs = (Link(label("page", "home"), "/"), Link(title, url))
    return Meta(title=title, description=description or title, url=url, crumbs=crumbs)


def _profile(listing: Listing, desk: Desk) -> Profile | None:
    if listing.kind == "outlets":
        urls = (m.entry.outlet_url for m in listing.members if m.entry.outlet_url)
        return Profile(None, None, next(urls, None), ())
    known = desk.registry.known(listing.title) if listing.kind == "speakers" else None
    if known is None:
        return None
    return Profile(known.role, known.affiliation, known.url, known.aliases)


def _month_links(listing: Listing, desk: Desk) -> tuple[Link, ...]:
    links = []
    for month in listing.ordered_months:
        members = listing.months[month]
        count = sum(len(m.claims) for m in members) or len(members)
        links.append(Link(desk.month(month), list_url(listing.kind, listing.key, month), count))
    return tuple(links)

"""Feeds, as Atom and as JSON Feed: of the whole archive, of each list, of what was changed; and the map of the site.

A feed holds what persons wrote: claims with a ruling, articles with such claims, corrections. No proposal enters one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from factarchive.archive.cards import ChangeCard, ClaimCard, EntryCard
from factarchive.archive.site import Listing
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import FeedItem, Meta
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.views import FeedView, SitemapView

NEWEST = 50
"""Items in a feed."""
ATOM, JSON = "feed.xml", "feed.json"


def newest_ruled(entries: Iterable[EntryCard]) -> tuple[EntryCard, ...]:
    """The entries of a feed: those with a ruling, the latest touched by a person first."""
    ruled = sorted((e for e in entries if e.is_ruled), key=lambda e: (e.updated, e.slug), reverse=True)
    return tuple(ruled[:NEWEST])


def archive_feed(entries: Sequence[EntryCard], desk: Desk) -> FeedView:
    """The newest entries of the whole archive; each holds a ruling, and so has a day on which it was updated."""
    settings = desk.settings
    return _feed(Meta(settings.title, settings.description, "/"), (_entry_item(e, desk) for e in entries), desk)


def newest_members(listing: Listing) -> Listing:
    """The part of a list that its feed shows: ruled claims, or articles with such, the latest touched first."""
    ruled = (m for m in listing.members if any(c.ruled_on for c in (m.claims or m.entry.claims)))
    newest = sorted(ruled, key=lambda m: (_touched(m.claims, m.entry), m.entry.slug), reverse=True)
    return Listing(listing.kind, listing.key, listing.title, {"": tuple(newest[:NEWEST])})


def list_feed(listing: Listing, title: str, desk: Desk) -> FeedView:
    """What `newest_members` chose of a list."""
    words = phrase("describe", "listing", title=title)
    items = [
        item
        for member in listing.members
        for item in (
            (_claim_item(c, member.entry, desk) for c in member.claims if c.ruled_on)
            if member.claims
            else (_entry_item(member.entry, desk),)
        )
    ]
    newest = sorted(items, key=lambda item: (item.updated, item.url), reverse=True)[:NEWEST]
    return _feed(Meta(f"{title} | {desk.settings.title}", words, listing.url), newest, desk)


def corrections_feed(changes: Sequence[tuple[ChangeCard, EntryCard]], desk: Desk) -> FeedView:
    """The newest corrections and changed rulings."""
    title = label("list", "corrections")
    meta = Meta(f"{title} | {desk.settings.title}", label("intro", "corrections"), "/corrections/")
    return _feed(meta, (_change_item(change, entry, desk) for change, entry in changes), desk)


def json_feed(view: FeedView, desk: Desk) -> bytes:
    """The same feed as JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    base = desk.settings.base_url
    items = [
        {
            "id": base + item.url,
            "url": base + item.page,
            "title": item.title,
            "content_text": item.summary or item.title,
            "date_published": _moment(item.published),
            "date_modified": _moment(item.updated),
            "authors": [{"name": item.author}],
            "tags": list(item.labels),
        }
        for item in view.items
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.meta.title,
        "description": view.meta.description,
        "home_page_url": base + view.meta.url,
        "feed_url": base + view.meta.url + JSON,
        "language": "ar",
        "authors": [{"name": _author(desk)}],
        "items": items,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def sitemap_view(urls: Iterable[str], desk: Desk) -> SitemapView:
    """Every indexed address of the site, absolute, sorted."""
    settings = desk.settings
    absolute = tuple(sorted(settings.base_url + url for url in urls))
    return SitemapView(Meta(settings.title, settings.description, "/sitemap.xml"), absolute)


def _feed(meta: Meta, items: Iterable[FeedItem], desk: Desk) -> FeedView:
    shown = tuple(items)
    return FeedView(meta, ATOM, max((item.updated for item in shown), default=None), shown)


def _entry_item(entry: EntryCard, desk: Desk) -> FeedItem:
    updated = date.fromisoformat(entry.updated)
    url = article_url(entry.slug)
    return FeedItem(
        url=url,
        page=url,
        title=entry.title,
        summary=entry.summary,
        published=date.fromisoformat(entry.published) if entry.published else updated,
        updated=updated,
        author=_author(desk),
        labels=tuple(item.verdict.label for item in desk.tally(claim.state for claim in entry.claims)),
    )


def _claim_item(claim: ClaimCard, entry: EntryCard, desk: Desk) -> FeedItem:
    ruled = date.fromisoformat(claim.ruled_on)
    verdict = desk.verdict(claim.state).label
    url = claim_url(claim.id)
    return FeedItem(
        url=url,
        page=url,
        title=phrase("share", "pending", words=claim.words, verdict=verdict),
        summary=claim.summary,
        published=ruled,
        updated=max(ruled, *(date.fromisoformat(c.on) for c in entry.changes if c.claim == claim.id), ruled),
        author=_author(desk),
        labels=(verdict,),
    )


def _change_item(change: ChangeCard, entry: EntryCard, desk: Desk) -> FeedItem:
    on = date.fromisoformat(change.on)
    page = claim_url(change.claim) if change.claim else article_url(entry.slug)
    kind = label("change", "ruling" if change.is_ruling else "correction")
    number = entry.changes.index(change) + 1
    return FeedItem(
        url=f"{page}#change-{change.on}-{len(entry.changes) - number + 1}",
        page=page,
        title=f"{kind}: {change.words or entry.title}",
        summary=change.text,
        published=on,
        updated=on,
        author=_author(desk),
        labels=(kind,),
    )


def _touched(claims: Sequence[ClaimCard], entry: EntryCard) -> str:
    return max((c.ruled_on for c in claims), default="") or entry.updated


def _author(desk: Desk) -> str:
    return desk.settings.publisher.name or desk.settings.title


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

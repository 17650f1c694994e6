"""The feed of the newest entries with rulings, and the map of the whole site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from factarchive.archive.cards import EntryCard
from factarchive.publishing.claim_views import article_url
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import FeedItem, Meta
from factarchive.publishing.views import FeedView, SitemapView

NEWEST = 50
"""Entries in the feed."""


def feed_view(entries: Sequence[EntryCard], desk: Desk) -> FeedView:
    """Entries as Atom, newest first; each holds a ruling, and so has a day on which it was updated."""
    items = tuple(_item(entry, desk) for entry in entries)
    settings = desk.settings
    meta = Meta(settings.title, settings.description, "/feed.xml")
    return FeedView(meta, max((item.updated for item in items), default=None), items)


def sitemap_view(urls: Iterable[str], desk: Desk) -> SitemapView:
    """Every indexed address of the site, absolute, sorted."""
    settings = desk.settings
    absolute = tuple(sorted(settings.base_url + url for url in urls))
    return SitemapView(Meta(settings.title, settings.description, "/sitemap.xml"), absolute)


def _item(entry: EntryCard, desk: Desk) -> FeedItem:
    updated = date.fromisoformat(entry.updated)
    states = [claim.state for claim in entry.claims]
    return FeedItem(
        url=article_url(entry.slug),
        title=entry.title,
        summary=entry.summary,
        published=date.fromisoformat(entry.published) if entry.published else updated,
        updated=updated,
        author=desk.settings.publisher.name or desk.settings.title,
        labels=tuple(item.verdict.label for item in desk.tally(states)),
    )

"""The log of changes: every correction and every replaced ruling, newest first, and by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from factarchive.archive.cards import ChangeCard, EntryCard
from factarchive.publishing.account_parts import ChangeRow
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, Meta
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.views import CorrectionsView

URL = "/corrections/"
NEWEST = 50
"""Lines on the log's first page."""
Logged = tuple[ChangeCard, EntryCard]


def changes_of(entries: Iterable[EntryCard]) -> tuple[Logged, ...]:
    """All that was changed after publication, with the article it was changed in, newest first."""
    changes = ((change, entry) for entry in entries for change in entry.changes)
    return tuple(sorted(changes, key=lambda logged: (logged[0].on, logged[1].slug), reverse=True))


def log_view(newest: Sequence[Logged], years: Sequence[tuple[str, int]], desk: Desk) -> CorrectionsView:
    """The first page of the log: the newest lines, and the way to all of each year."""
    title = label("list", "corrections")
    links = tuple(Link(desk.phrases.number(year), f"{URL}{year}/", count) for year, count in years)
    meta = _meta(title, URL, label("intro", "corrections"), ())
    return CorrectionsView(meta, None, tuple(_row(*logged, desk) for logged in newest), links)


def log_year_view(year: str, logged: Sequence[Logged], desk: Desk) -> CorrectionsView:
    """All that was changed in one year."""
    title = label("list", "corrections")
    shown = desk.phrases.number(year)
    words = phrase("describe", "month", title=title, month=shown)
    meta = _meta(words.rstrip("."), f"{URL}{year}/", words, (Link(title, URL),))
    return CorrectionsView(meta, shown, tuple(_row(*line, desk) for line in logged), ())


def years_of(logged: Iterable[Logged]) -> tuple[tuple[str, int], ...]:
    """The years of the log with the number of their lines, newest first."""
    return tuple(sorted(Counter(change.on[:4] for change, _ in logged).items(), reverse=True))


def _row(change: ChangeCard, entry: EntryCard, desk: Desk) -> ChangeRow:
    claim = Link(change.words, claim_url(change.claim)) if change.claim else None
    worded = (None, None) if change.is_ruling else (change.was or None, change.now or None)
    ruled = (desk.verdict(change.was), desk.verdict(change.now)) if change.is_ruling else (None, None)
    article = Link(entry.title, article_url(entry.slug))
    return ChangeRow(date.fromisoformat(change.on), change.text, article, claim, *worded, *ruled)


def _meta(title: str, url: str, description: str, way: tuple[Link, ...]) -> Meta:
    crumbs = (Link(label("page", "home"), "/"), *way, Link(title, url))
    return Meta(title, description, url, feed=f"{URL}feed.xml", crumbs=crumbs)

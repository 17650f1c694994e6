"""The plan of the site: every page, by which template, from which values, under a key that stands for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from factarchive.archive.cards import EntryCard
from factarchive.archive.entries import Entry, digest_of
from factarchive.archive.site import Listing, Site, list_url
from factarchive.publishing import feeds, list_views, search, search_check
from factarchive.publishing.article_views import article_view, claim_page_view
from factarchive.publishing.assets import Assets
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.desk import Desk

T = TypeVar("T")
INDEXED_KINDS = ("speakers", "topics", "outlets", "archive")


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """A value that need not be at hand yet, and the digest that stands for it."""

    digest: str
    load: Callable[[], T]


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site: its address, its template (None: raw bytes), the digest of what it shows, how to make it."""

    url: str
    template: str | None
    inputs: str
    make: Callable[[], object]
    indexed: bool = True

    @property
    def path(self) -> str:
        """Where it lies inside the site's folder."""
        return file_path(self.url)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the planner finds an entry when its page must be rendered: digests by path, and how to read each."""

    digests: Mapping[str, str]
    entry: Callable[[str], Entry]


def file_path(url: str) -> str:
    """The file of an address: /a/ is a/index.html; names are as written, not percent-encoded."""
    path = unquote(url).lstrip("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def plan_site(site: Site, shelf: Shelf, desk: Desk, assets: Assets) -> Iterator[Page]:
    """Every file of the site, the map of the site last."""
    indexed: list[str] = []
    for page in chain(_article_pages(site, shelf, desk), _list_pages(site, desk), _other_pages(site, shelf, desk)):
        if page.indexed:
            indexed.append(page.url)
        yield page
    urls = Held(digest_of(*sorted(indexed)), lambda: tuple(indexed))
    yield _unlisted(_page("/sitemap.xml", "sitemap.xml", lambda u: feeds.sitemap_view(u, desk), urls))
    yield _unlisted(_page("/robots.txt", "robots.txt", lambda: feeds.sitemap_view((), desk)))
    yield _raw("/.nojekyll", lambda: b"")
    for name, raw in sorted(assets.files.items()):
        yield _raw(assets.url(name), _constant(raw))


def _page(url: str, template: str | None, view: Callable[..., object], *held: Held[Any]) -> Page:
    """A page whose view is made of the held values and nothing else, so that their digests are its key."""
    inputs = digest_of(url, *(h.digest for h in held))
    return Page(url, template, inputs, lambda: view(*(h.load() for h in held)))


def _unlisted(page: Page) -> Page:
    """The page, left out of the map of the site."""
    return replace(page, indexed=False)


def _raw(url: str, make: Callable[..., bytes], *held: Held[Any]) -> Page:
    return _unlisted(_page(url, None, make, *held))


def _article_pages(site: Site, shelf: Shelf, desk: Desk) -> Iterator[Page]:
    for card in site.entries:
        entry = Held(shelf.digests[card.path], _loader(shelf.entry, card.path))
        url = article_url(card.slug)
        yield _page(url, "article.html", lambda e: article_view(e, desk), entry)
        for claim in card.claims:
            view = _claim_viewer(claim.id, desk)
            yield _page(claim_url(claim.id), "claim.html", view, entry, _held_card(card))


def _claim_viewer(claim_id: str, desk: Desk) -> Callable[[Entry, EntryCard], object]:
    return lambda entry, card: claim_page_view(entry, card, claim_id, desk)


def _list_pages(site: Site, desk: Desk) -> Iterator[Page]:
    for listing in site.listings:
        yield _page(listing.url, "list.html", lambda x: list_views.list_view(x, desk), _held_listing(listing))
        if listing.kind != "archive":
            yield from _month_pages(listing, desk)
    for kind in INDEXED_KINDS:
        items = tuple((x.key, x.title) for x in site.listings if x.kind == kind)
        held = Held(digest_of(*chain.from_iterable(items)), _constant(items))
        view = _index_viewer(kind, desk)
        yield _page(list_url(kind), "index.html", view, held)


def _month_pages(listing: Listing, desk: Desk) -> Iterator[Page]:
    for month, members in listing.months.items():
        part = Listing(listing.kind, listing.key, listing.title, {month: members})
        url = list_url(listing.kind, listing.key, month)
        yield _page(url, "month.html", _month_viewer(month, desk), _held_listing(part))


def _month_viewer(month: str, desk: Desk) -> Callable[[Listing], object]:
    return lambda listing: list_views.month_view(listing, month, desk)


def _index_viewer(kind: str, desk: Desk) -> Callable[[Sequence[tuple[str, str]]], object]:
    return lambda items: list_views.index_view(kind, items, desk)


def _other_pages(site: Site, shelf: Shelf, desk: Desk) -> Iterator[Page]:
    newest = site.entries[: list_views.NEWEST]
    yield _page("/", "home.html", lambda *e: list_views.home_view(e, desk), *map(_held_card, newest))
    yield _page(list_url("verdicts"), "verdicts.html", lambda: list_views.scale_view(desk))
    for prose in site.prose:
        held = Held(digest_of(prose.front.model_dump_json(), prose.body), _constant(prose))
        yield _page(f"/{prose.front.slug}/", "prose.html", lambda p: list_views.prose_view(p, desk), held)
    topics = tuple(dict.fromkeys(topic for e in newest for topic in e.topics))
    manifest = _manifest(site, desk)
    examples = Held(digest_of(*topics), _constant(topics))
    yield _page("/search/", "search.html", lambda m, t: list_views.search_view(m, t, desk), manifest, examples)
    yield _page(search_check.URL, "check.html", lambda m: search_check.check_view(m, desk), manifest)
    yield _unlisted(_page(search_check.WORKER, "worker.js", lambda m: search_check.check_view(m, desk), manifest))
    yield _raw(search_check.TABLES, search_check.tables)
    yield _unlisted(_page("/404.html", "404.html", lambda: list_views.not_found_view(desk)))
    fed = map(_held_card, islice((e for e in site.entries if e.is_ruled), feeds.NEWEST))
    yield _unlisted(_page("/feed.xml", "feed.xml", lambda *e: feeds.feed_view(e, desk), *fed))
    yield _raw(search.INDEX, lambda raw: raw, manifest)


def _manifest(site: Site, desk: Desk) -> Held[bytes]:
    scale = search.scale(site)
    return Held(str(scale), lambda: search.manifest(scale, desk))


def _held_card(card: EntryCard) -> Held[EntryCard]:
    return Held(card.digest, _constant(card))


def _held_listing(listing: Listing) -> Held[Listing]:
    parts: Iterable[str] = (
        part
        for month in listing.ordered_months
        for member in listing.months[month]
        for part in (month, member.entry.digest)
    )
    return Held(digest_of(listing.kind, listing.key, listing.title, *parts), _constant(listing))


def _constant(value: T) -> Callable[[], T]:
    return lambda: value


def _loader(load: Callable[[str], T], path: str) -> Callable[[], T]:
    return lambda: load(path)

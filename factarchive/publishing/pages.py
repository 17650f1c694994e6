"""The plan of the site: every page, by which template, from which values, under a key that stands for all of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from factarchive.arabic.letters import folded
from factarchive.archive.accountability import account_of
from factarchive.archive.beside import Beside
from factarchive.archive.cards import EntryCard
from factarchive.archive.entries import Entry, digest_of
from factarchive.archive.hints import Hints
from factarchive.archive.json_schema import content_schema
from factarchive.archive.site import OWN_STATES, Listing, Site, list_url
from factarchive.publishing import (
    data_views,
    datasets,
    feeds,
    list_views,
    log_views,
    search,
    search_check,
    submit_views,
    transparency_views,
)
from factarchive.publishing.article_views import Aside, article_view, claim_page_view
from factarchive.publishing.assets import Assets
from factarchive.publishing.card_pages import cards_of
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.colours import colours_of
from factarchive.publishing.dataset_store import DataStore
from factarchive.publishing.desk import Desk
from factarchive.publishing.embed_views import embed_url, embed_view
from factarchive.publishing.match_views import Besides
from factarchive.publishing.share_cards import can_draw, draw
from factarchive.publishing.views import FeedView

T = TypeVar("T")
INDEXED_KINDS = ("speakers", "topics", "outlets", "techniques", "archive")


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
    """Where the planner finds what a page shows: entries by path with their digests, what stands beside them, hints."""

    digests: Mapping[str, str]
    entry: Callable[[str], Entry]
    data: DataStore
    besides: Besides
    hints: Mapping[str, Hints] = field(default_factory=dict)


def file_path(url: str) -> str:
    """The file of an address: /a/ is a/index.html; names are as written, not percent-encoded."""
    path = unquote(url).lstrip("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


def plan_site(site: Site, shelf: Shelf, desk: Desk, assets: Assets) -> Iterator[Page]:
    """Every file of the site, the map of the site last."""
    indexed: list[str] = []
    if desk.draws("articles"):
        yield from _card_pages(site, desk, assets)
    yield from _data_pages(shelf.data, desk)
    own = (_article_pages(site, shelf, desk), _list_pages(site, desk), _log_pages(site, desk))
    for page in chain(*own, _other_pages(site, shelf, desk)):
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
        matched, hints = _held_matches(card, shelf.besides), shelf.hints.get(card.path, Hints())
        yield _page(url, "article.html", _article_viewer(desk), entry, matched, _held_hints(hints))
        for claim in card.claims:
            view = _claim_viewer(claim.id, desk)
            beside = Held(shelf.besides.digest(claim.id), _loader(shelf.besides.load, claim.id))
            mine = _held_hints(hints.of(claim.id))
            yield _page(claim_url(claim.id), "claim.html", view, entry, _held_card(card), beside, mine)
            shown = _embed_viewer(claim.id, desk)
            yield _unlisted(_page(embed_url(claim.id), "embed.html", shown, entry, _held_card(card)))


def _held_matches(card: EntryCard, besides: Besides) -> Held[Mapping[str, Beside]]:
    matched = besides.matched(claim.id for claim in card.claims)
    return Held(digest_of(*chain.from_iterable(matched.items())), lambda: {id_: besides.load(id_) for id_ in matched})


def _held_hints(hints: Hints) -> Held[Hints]:
    return Held(hints.digest, _constant(hints))


def _article_viewer(desk: Desk) -> Callable[[Entry, Mapping[str, Beside], Hints], object]:
    return lambda entry, matched, hints: article_view(entry, desk, Aside(matched, hints))


def _claim_viewer(claim_id: str, desk: Desk) -> Callable[[Entry, EntryCard, Beside, Hints], object]:
    return lambda entry, card, beside, hints: claim_page_view(
        (entry, card), claim_id, desk, Aside({claim_id: beside}, hints)
    )


def _embed_viewer(claim_id: str, desk: Desk) -> Callable[[Entry, EntryCard], object]:
    return lambda entry, card: embed_view(entry, card, claim_id, desk)


def _card_pages(site: Site, desk: Desk, assets: Assets) -> Iterator[Page]:
    found = colours_of(assets.files.get("style.css", b"").decode("utf-8", "replace"))
    colours = Held(digest_of(can_draw(), repr(sorted(found.items()))), _constant(found))
    for url, card in cards_of(site, desk):
        yield _raw(url, draw, Held(digest_of(*card.texts, card.verdict), _constant(card)), colours)


def _data_pages(store: DataStore, desk: Desk) -> Iterator[Page]:
    for file in store.files():
        yield _raw(file.url, lambda make: make(), Held(file.digest, _constant(file.make)))
    counts = store.counts()
    counted = Held(digest_of(repr(counts)), _constant(counts))
    yield _page(datasets.URL, "data.html", lambda c: data_views.data_view(c, desk), counted)
    schema = json.dumps(content_schema(), ensure_ascii=False, indent=1) + "\n"
    yield _raw(data_views.SCHEMA, lambda s: s.encode(), Held(digest_of(schema), _constant(schema)))
    yield _raw(data_views.CHECKSUMS, lambda s: s.checksums(), Held(store.digest, _constant(store)))


def _list_pages(site: Site, desk: Desk) -> Iterator[Page]:
    for listing in site.listings:
        yield _page(listing.url, "list.html", lambda x: list_views.list_view(x, desk), _held_listing(listing))
        if listing.kind != "archive":
            yield from _month_pages(listing, desk)
        if (listing.kind, listing.key) not in OWN_STATES:
            newest = _held_listing(feeds.newest_members(listing))
            yield from _feeds(listing.url, lambda x: list_views.list_feed_view(x, desk), desk, newest)
    for kind in INDEXED_KINDS:
        items = tuple(sorted(_named(site, kind), key=lambda item: (folded(item[1]), item)))
        held = Held(digest_of(*chain.from_iterable(items)), _constant(items))
        view = _index_viewer(kind, desk)
        yield _page(list_url(kind), "index.html", view, held)


def _feeds(url: str, view: Callable[..., FeedView], desk: Desk, *held: Held[Any]) -> Iterator[Page]:
    """The feed of a page in both formats."""
    yield _unlisted(_page(url + feeds.ATOM, "feed.xml", view, *held))
    yield _raw(url + feeds.JSON, lambda *values: feeds.json_feed(view(*values), desk), *held)


def _log_pages(site: Site, desk: Desk) -> Iterator[Page]:
    """The log of changes: its newest lines with their feeds, and each of its years."""
    logged = log_views.changes_of(site.entries)
    newest = _held_log(logged[: log_views.NEWEST])
    years = log_views.years_of(logged)
    counted = Held(digest_of(repr(years)), _constant(years))
    yield _page(log_views.URL, "corrections.html", lambda n, y: log_views.log_view(n, y, desk), newest, counted)
    yield from _feeds(log_views.URL, lambda n: feeds.corrections_feed(n, desk), desk, newest)
    for year, lines in groupby(logged, key=lambda line: line[0].on[:4]):
        view = _year_viewer(year, desk)
        yield _page(f"{log_views.URL}{year}/", "corrections.html", view, _held_log(tuple(lines)))


def _year_viewer(year: str, desk: Desk) -> Callable[[Sequence[log_views.Logged]], object]:
    return lambda lines: log_views.log_year_view(year, lines, desk)


def _held_log(lines: Sequence[log_views.Logged]) -> Held[Sequence[log_views.Logged]]:
    return Held(digest_of(*(f"{change.on} {entry.digest}" for change, entry in lines)), _constant(lines))


def _named(site: Site, kind: str) -> Iterator[tuple[str, str]]:
    """The key and title of every list of a kind."""
    return ((x.key, x.title) for x in site.listings if x.kind == kind)


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
    newest = site.own_entries[: list_views.NEWEST]
    yield _page("/", "home.html", lambda *e: list_views.home_view(e, desk), *map(_held_card, newest))
    yield _page(list_url("verdicts"), "verdicts.html", lambda: list_views.scale_view(desk))
    yield _page(submit_views.URL, "submit.html", lambda: submit_views.submit_view(desk))
    account = account_of(site)
    told = Held(digest_of(repr(account)), _constant(account))
    yield _page(
        transparency_views.URL, "transparency.html", lambda a: transparency_views.transparency_view(a, desk), told
    )
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
    yield from _feeds(
        "/", lambda *e: feeds.archive_feed(e, desk), desk, *map(_held_card, feeds.newest_ruled(site.entries))
    )
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

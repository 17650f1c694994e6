"""The page around the markup: one address everywhere, open to search engines, and showing what the markup says."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from factarchive.checking.markup.document import Cited
from factarchive.checking.markup.json_text import Node
from factarchive.checking.markup.rating import is_decisive, label_of
from factarchive.checking.markup.reviews import Page
from factarchive.checking.vocabulary import holds_any, listed, tokens
from factarchive.checking.wording import host
from factarchive.problems import Problem

_SEEN = 0.8  # of a claim's words; a page may inflect one or set a name apart
_EXPLAINED = 0.6
_SIDES = {"supports", "contradicts"}


def check_page(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with a page that has a ClaimReview."""
    for review in page.reviews:
        yield from _address(page, review)
    if page.reviews:
        yield from _blocked(page)
        yield from _content(page)
        label = label_of(page.reviews[0])
        if page.document.stances and not page.document.stances & _SIDES and is_decisive(label):
            yield page.find(page.reviews[0], "E47", label=label)


# ---------------------------------------------------------------- address


def _address(page: Page, review: Node) -> Iterator[Problem]:
    node = review.one("url")
    if node is None or not node.text:
        yield page.find(node or review, "E24")
        return
    url = node.text
    if not url.lower().startswith(("http://", "https://")) or not host(url):
        yield page.find(node, "E23", value=url)
        return
    if other := next(_other_addresses(page, url.partition("#")[0]), None):
        yield page.find(node, "E40", value=url, where=other[0], other=other[1])
    elif "#" in url or "?" in url:
        yield page.find(node, "E49", value=url)


def _other_addresses(page: Page, url: str) -> Iterator[tuple[str, str]]:
    """Where the page's address stands otherwise than in the review, and how."""
    for mark in page.document.canonical:
        if mark.text != url:
            yield "canonical", mark.text
    for mark in page.document.meta("og:url"):
        if mark.text != url:
            yield "og:url", mark.text
    if page.known.listed is not None and url not in page.known.listed:
        yield "sitemap.xml", "—"
    if not page.address and host(url) in listed("addresses", "shorteners"):
        yield "redirect", host(url)


def _blocked(page: Page) -> Iterator[Problem]:
    for name in ("robots", "googlebot", "bingbot"):
        for mark in page.document.meta(name):
            words = {word.strip().lower() for word in mark.text.split(",")}
            if words & {"noindex", "none"}:
                yield page.find(mark.at, "E41", value=mark.text)


# ---------------------------------------------------------------- what readers see


def _content(page: Page) -> Iterator[Problem]:
    if not page.document.visible:
        yield page.find(page.reviews[0], "I08")
        return
    for review in page.reviews:
        yield from _shown(page, review)
    yield from _sources(page)


def _shown(page: Page, review: Node) -> Iterator[Problem]:
    seen = frozenset(tokens(page.document.visible))
    claim, rating = review.texts("claimReviewed"), review.one("reviewRating")
    why = rating.texts("ratingExplanation") if rating else ""
    if _share(claim, seen) < _SEEN and "<" not in claim:
        yield page.find(review, "E42", what="claimReviewed")
    elif _share(why, seen) < _EXPLAINED:
        yield page.find(review, "E42", what="ratingExplanation")


def _share(text: str, seen: frozenset[str]) -> float:
    row = tokens(text)
    return sum(word in seen for word in row) / len(row) if row else 1.0


# ---------------------------------------------------------------- sources


def _sources(page: Page) -> Iterator[Problem]:
    cited, review = page.document.cited, page.reviews[0]
    outside = {host(a.href) for a in page.document.anchors if a.is_content and host(a.href) not in ("", page.host)}
    if not cited and not outside:
        yield page.find(review, "E43")
    if not cited:
        return
    voices = {_voice(source) for source in cited}
    if len(voices) < 2:
        yield page.find(cited[0].at, "W44", n=len(cited), voice=next(iter(voices)))
    if any(source.tier for source in cited) and not any(source.tier == "primary" for source in cited):
        yield page.find(cited[0].at, "W45")
    if bare := [source for source in cited if not _is_kept(source)]:
        yield page.find(bare[0].at, "W46", n=len(bare), first=bare[0].text[:80])


def _voice(source: Cited) -> str:
    """Whose word a source is: the host of its first link that is no copy of another, else its own text."""
    hosts = [host(href) for href, _ in source.links]
    own = [name for name in hosts if name and name not in listed("addresses", "archives")]
    return own[0] if own else source.text[:80]


def _is_kept(source: Cited) -> bool:
    """Whether a source has a kept copy, or says openly that it has none."""
    copies = any(_is_copy(href, text) for href, text in source.links)
    return copies or holds_any(source.text, "pages", "not_archived")


def _is_copy(href: str, text: str) -> bool:
    return host(href) in listed("addresses", "archives") or holds_any(text, "pages", "archived")


def path_of(url: str) -> str:
    """An address's path, as robots.txt speaks of it."""
    try:
        return urlsplit(url).path or "/"
    except ValueError:
        return "/"

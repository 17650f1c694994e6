"""Media: what is claimed with an image or a recording says so in a MediaReview, in schema.org's own categories."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.checking.markup.json_text import Node
from factarchive.checking.markup.reviews import Page
from factarchive.checking.vocabulary import listed, tokens
from factarchive.problems import Problem

CATEGORIES = (
    "DecontextualizedContent",
    "EditedOrCroppedContent",
    "OriginalMediaContent",
    "SatireOrParodyContent",
    "StagedContent",
    "TransformedContent",
)
_ORIGINAL = "OriginalMediaContent"
_CHANGED = {"TransformedContent", "EditedOrCroppedContent", "StagedContent"}


def check_media(page: Page) -> Iterator[Problem]:
    """Yield claims about media without a MediaReview, and categories that do not exist or cannot stand together."""
    for review in page.reviews:
        claim = review.one("claimReviewed")
        word = next((w for w in tokens(claim.text) if w in _words()), "") if claim else ""
        if claim and word and not page.media_reviews:
            yield page.find(claim, "W60", word=word)
    for media in page.media_reviews:
        yield from _categories(page, media)


def _categories(page: Page, media: Node) -> Iterator[Problem]:
    nodes = media.each("mediaAuthenticityCategory")
    given = {_category(node): node for node in nodes}
    for name, node in given.items():
        if name not in CATEGORIES:
            yield page.find(node, "E61", value=name or "—", known=" ".join(CATEGORIES))
    if not nodes:
        yield page.find(media, "E61", value="—", known=" ".join(CATEGORIES))
    if _ORIGINAL in given and (other := next((name for name in given if name in _CHANGED), "")):
        yield page.find(given[_ORIGINAL], "E62", other=other)


def _category(node: Node) -> str:
    return (node.text or node.texts("@id")).rpartition("/")[2]


def _words() -> frozenset[str]:
    return frozenset(prefix + word for word in listed("claims", "media") for prefix in ("", "\u0627\u0644"))

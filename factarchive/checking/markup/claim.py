"""The claim under review: its words, who made it, when and where it appeared, and who reviewed it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factarchive.archive.schema import CLAIM_MAX
from factarchive.checking.markup.json_text import Node
from factarchive.checking.markup.reviews import Page, day_of, kinds, name_of
from factarchive.checking.wording import host, is_platform, is_question, negation, same_words, verdict_word
from factarchive.problems import Problem

_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_URL = re.compile(r"https?://[^\s\u060c]+", re.IGNORECASE)
_MEEDAN = ("headline", "text", "identifier", "inLanguage", "keywords")
_POLITICAL = {"PoliticalParty", "GovernmentOrganization"}


def check_claim(page: Page) -> Iterator[Problem]:
    """Yield the faults of each review's claim, claimant, dates and reviewer."""
    for review in page.reviews:
        yield from _words(page, review)
        yield from _reviewer(page, review)
        yield from _item(page, review)
        yield from _dates(page, review)
        if missing := [key for key in _MEEDAN if review.get(key) is None]:
            yield page.find(review, "I26", keys=" ".join(missing))


def _words(page: Page, review: Node) -> Iterator[Problem]:
    node = review.one("claimReviewed")
    claim = node.text if node else ""
    if node is None or not claim:
        yield page.find(node or review, "E10", value="—")
        return
    if html := _HTML.search(claim):
        yield page.find(node, "E10", value=html[0])
        return
    if len(claim) > CLAIM_MAX:
        yield page.find(node, "W11", length=len(claim), most=CLAIM_MAX)
    if word := verdict_word(claim):
        yield page.find(node, "E12", word=word)
    elif word := negation(claim):
        yield page.find(node, "W27", word=word)
    headlines = (review.texts("headline"), review.texts("name"))
    if is_question(claim) or any(same_words(claim, headline) for headline in headlines):
        yield page.find(node, "W13", claim=claim)
    if page.document.title and same_words(claim, page.document.title.text):
        yield page.find(node, "W14", claim=claim)


def _reviewer(page: Page, review: Node) -> Iterator[Problem]:
    author = review.one("author")
    if author is None or not (name_of(author) or author.texts("url")):
        yield page.find(author or review, "E21")
    elif kinds(author) & _POLITICAL:
        yield page.find(author, "E55", name=name_of(author))


def _item(page: Page, review: Node) -> Iterator[Problem]:
    item = review.one("itemReviewed")
    if item is None or "Claim" not in kinds(item):
        given = " ".join(sorted(kinds(item))) if item else ""
        yield page.find(item or review, "W25", given=given or "—")
    if item is None or not item.is_object:
        return
    yield from _claimant(page, review, item)
    yield from _appearances(page, item)


def _claimant(page: Page, review: Node, item: Node) -> Iterator[Problem]:
    author = item.one("author")
    if author is None:
        return
    name = name_of(author)
    if not name:
        yield page.find(author, "E15")
    elif is_platform(name):
        yield page.find(author.one("name") or author, "W16", name=name)
    elif _is_own(page, review, author):
        yield page.find(author.one("name") or author, "E17", name=name)


def _is_own(page: Page, review: Node, author: Node) -> bool:
    """Whether the claimant is the fact-checker, by name or by address."""
    reviewer = review.one("author")
    named = reviewer is not None and same_words(name_of(author), name_of(reviewer))
    links = (node.text for key in ("sameAs", "url") for node in author.each(key))
    return named or (bool(page.host) and any(host(link) == page.host for link in links))


def _appearances(page: Page, item: Node) -> Iterator[Problem]:
    found = (*item.each("appearance"), *item.each("firstAppearance"))
    if not found:
        yield page.find(item, "W18")
    for node in found:
        where = node.one("url") or node.one("@id") or node
        value = where.text
        joined = value.count("://") > 1
        is_own = bool(page.host) and host(value) == page.host
        if joined or is_own or not _URL.fullmatch(value) or not host(value):
            yield page.find(where, "E19", value=value or "—")


def _dates(page: Page, review: Node) -> Iterator[Problem]:
    node = review.one("datePublished")
    reviewed = day_of(node.text) if node else None
    if node is None or reviewed is None:
        yield page.find(node or review, "E22", key="datePublished", value=node.text if node else "—")
    item = review.one("itemReviewed")
    if item is None or not item.is_object:
        return
    said = item.one("datePublished")
    if said is None:
        yield page.find(item, "W20", value="—")
    elif (day := day_of(said.text)) is None:
        yield page.find(said, "E22", key="itemReviewed.datePublished", value=said.text)
    elif reviewed and day > reviewed:
        yield page.find(said, "W20", value=said.text)

"""The site as a whole: what only all of its pages together can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.robotparser import RobotFileParser

from factarchive.arabic.letters import folded
from factarchive.checking.markup.document import Document
from factarchive.checking.markup.json_text import Node
from factarchive.checking.markup.page import path_of
from factarchive.checking.markup.rating import label_of, number_of
from factarchive.checking.markup.reviews import Page, Scale, day_of, kinds
from factarchive.checking.vocabulary import listed, phrase_at, tokens
from factarchive.problems import Place, Problem, problem

SEVERAL = 3
POLICIES = (
    "correctionsPolicy",
    "ethicsPolicy",
    "masthead",
    "ownershipFundingInfo",
    "unnamedSourcesPolicy",
    "verificationFactCheckingPolicy",
    "actionableFeedbackPolicy",
)
_KINDS = ("methodology", "funding", "team")
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a page for the rules on the whole site."""

    path: str
    address: str
    reviews: tuple[tuple[str, Place], ...]  # each review's own address, and where it stands
    labels: frozenset[tuple[str, float]]
    has_corrections: bool
    has_contact: bool
    links: frozenset[str]  # the kinds of pages that it links to or is
    own_kinds: frozenset[str]
    reviewed: date | None
    policies: tuple[Place, frozenset[str]] | None
    scale_text: str  # the words of a page that explains the scale

    @property
    def is_check(self) -> bool:
        """Whether the page is a fact-check."""
        return bool(self.reviews)


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site once all its pages were read."""

    place: str
    pages: tuple[Seen, ...]
    robots: str  # the text of its robots.txt
    declares_scale: bool


def seen_of(page: Page) -> Seen:
    """Keep of a page what the rules on its site ask for."""
    document = page.document
    links = folded("\n".join(f"{anchor.text} {anchor.href}" for anchor in document.anchors))
    publisher = next((node for root in page.roots for node in root.nodes() if _is_newsroom(node)), None)
    return Seen(
        path=document.path,
        address=page.address,
        reviews=tuple((review.texts("url"), document.place(review.at)) for review in page.reviews),
        labels=frozenset(_labels(page.reviews)),
        has_corrections=_links_to(links, "corrections"),
        has_contact=_links_to(links, "contact") or "mailto:" in links,
        links=frozenset(kind for kind in _KINDS if _links_to(links, kind)),
        own_kinds=frozenset(kind for kind in (*_KINDS, "scale") if _is_named(document, page.address, kind)),
        reviewed=_reviewed(page.tops),
        policies=(document.place(publisher.at), _given(publisher)) if publisher else None,
        scale_text=" ".join(tokens(document.visible)) if _is_named(document, page.address, "scale") else "",
    )


def declared_scale(page: Page) -> Scale | None:
    """The scale that a page declares as a DefinedTermSet, each term's number as its termCode; None for none."""
    for root in page.roots:
        for node in root.nodes():
            if "DefinedTermSet" in kinds(node) and (terms := node.each("hasDefinedTerm")):
                return {folded(term.texts("name")): number_of(term.one("termCode")) for term in terms}
    return None


def check_site(site: Site, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a site."""
    checks = [page for page in site.pages if page.is_check]
    yield from _twice(checks)
    yield from _closed(checks, site.robots)
    if len(checks) < SEVERAL:
        yield problem(site.place, "W53", n=len(checks))
    if checks:
        yield from _ways_to_report(checks)
        yield from _about(site, today)
        yield from _policies(site)
    if checks and not site.declares_scale:  # against a declared scale each label was checked already
        yield from _scale_page(site, checks)


def _labels(reviews: Iterable[Node]) -> Iterator[tuple[str, float]]:
    for review in reviews:
        rating = review.one("reviewRating")
        number = number_of(rating.one("ratingValue")) if rating else None
        if number is not None and (label := label_of(review)):
            yield label, number


def _links_to(links: str, kind: str) -> bool:
    return any(word in links for word in listed("pages", kind))


def _is_named(document: Document, address: str, kind: str) -> bool:
    title = document.title.text if document.title else ""
    names = (title, *document.headings[:1], path_of(address), document.path)
    return any(phrase_at(tokens(name), [" ".join(tokens(w)) for w in listed("pages", kind)]) for name in names)


def _reviewed(tops: Iterable[Node]) -> date | None:
    days = (day_of(node.texts(key)) for node in tops for key in ("lastReviewed", "dateModified"))
    return max((day for day in days if day), default=None)


def _is_newsroom(node: Node) -> bool:
    return "NewsMediaOrganization" in kinds(node)


def _given(node: Node) -> frozenset[str]:
    return frozenset(key for key in POLICIES if node.get(key) is not None)


# ---------------------------------------------------------------- rules


def _twice(checks: Sequence[Seen]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for page in checks:
        for url, place in page.reviews:
            other = first.setdefault(url, page.path) if url else page.path
            if other != page.path:
                yield problem(place, "E05", value=url, other=other)


def _closed(checks: Sequence[Seen], robots: str) -> Iterator[Problem]:
    rules = RobotFileParser()
    rules.parse(robots.splitlines())
    for page in checks:
        if robots and page.address and not rules.can_fetch("Googlebot", path_of(page.address)):
            yield problem(page.reviews[0][1], "E41", value=f"robots.txt: {path_of(page.address)}")


def _ways_to_report(checks: Sequence[Seen]) -> Iterator[Problem]:
    neither = [page for page in checks if not page.has_corrections and not page.has_contact]
    if neither:
        yield problem(neither[0].path, "E50", n=len(neither))
    for what, has in (("contact", "has_contact"), ("corrections", "has_corrections")):
        without = [page for page in checks if not getattr(page, has) and page not in neither]
        if without:
            yield problem(without[0].path, "W56", n=len(without), what=what)


def _scale_page(site: Site, checks: Sequence[Seen]) -> Iterator[Problem]:
    used = sorted({label for page in checks for label in page.labels})
    texts = [page.scale_text for page in site.pages if page.scale_text and not page.is_check]
    left = [[label for label in used if not _explains(text, label)] for text in texts]
    missing = min(left, key=len, default=used)
    if missing:
        yield problem(site.place, "E51", labels=", ".join(f"{label} {number:g}" for label, number in missing))


def _explains(text: str, label: tuple[str, float]) -> bool:
    return bool(phrase_at(text.split(), (" ".join(tokens(label[0])),)) and phrase_at(text.split(), (f"{label[1]:g}",)))


def _about(site: Site, today: date) -> Iterator[Problem]:
    known = frozenset(kind for page in site.pages for kind in (*page.links, *page.own_kinds))
    missing = [kind for kind in _KINDS if kind not in known]
    old = [p.path for p in site.pages if p.own_kinds & {*_KINDS} and p.reviewed and p.reviewed < today - _YEAR]
    if missing or old:
        yield problem(site.place, "W52", pages=", ".join((*missing, *old)))


def _policies(site: Site) -> Iterator[Problem]:
    found = [page.policies for page in site.pages if page.policies]
    at, given = max(found, key=lambda one: len(one[1]), default=(Place(site.place), frozenset()))
    missing = [key for key in POLICIES if key not in given]
    if missing:
        yield problem(at, "W54", keys=" ".join(missing))

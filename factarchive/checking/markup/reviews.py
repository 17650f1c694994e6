"""The ClaimReviews of a page as consumers find them, and what surrounds a check: the site, the scale, the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from factarchive.checking.markup.document import Document
from factarchive.checking.markup.json_text import BadJson, Node, read_json
from factarchive.checking.wording import host
from factarchive.problems import Problem, problem

KIND = "ClaimReview"
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
_PREFIXES = ("https://schema.org/", "http://schema.org/", "schema:")

Scale = Mapping[str, float | None]
"""A site's labels, folded, and their numbers; None is off the scale."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks of one page know beyond it."""

    scale: Scale | None = None
    listed: frozenset[str] | None = None  # the addresses in the site's map; None where there is none


@dataclass(frozen=True)
class Page:
    """A document with its markup read: the blocks that are JSON, those that are not, its reviews."""

    document: Document
    roots: tuple[Node, ...]
    broken: tuple[tuple[BadJson, str], ...]
    known: Known = Known()

    @cached_property
    def reviews(self) -> tuple[Node, ...]:
        """Every ClaimReview where consumers look: on top, in a list on top, in @graph."""
        return tuple(node for node in self.tops if KIND in kinds(node))

    @cached_property
    def tops(self) -> tuple[Node, ...]:
        """Every object on top, in a list on top, or in @graph."""
        return tuple(node for root in self.roots for node in _tops(root))

    @cached_property
    def media_reviews(self) -> tuple[Node, ...]:
        """Every MediaReview, wherever it stands."""
        return tuple(node for root in self.roots for node in root.nodes() if "MediaReview" in kinds(node))

    @cached_property
    def address(self) -> str:
        """The page's own address as it declares it; "" where it does not."""
        declared = (*self.document.canonical, *self.document.meta("og:url"))
        return next((mark.text for mark in declared if host(mark.text)), "")

    @property
    def host(self) -> str:
        """The host of the page's own address."""
        return host(self.address)

    def find(self, node: Node | int, rule: str, **values: object) -> Problem:
        """The Problem by this rule at a value of the markup, or at an offset."""
        at = node if isinstance(node, int) else node.at
        place = self.document.place(at)
        return problem(place, rule, excerpt=self.document.excerpt(at), **values)


def read_page(document: Document) -> Page:
    """Read a document's markup."""
    roots, broken = [], []
    for block in document.blocks:
        if not block.text.strip():
            continue
        try:
            roots.append(read_json(block.text, block.at))
        except BadJson as bad:
            broken.append((bad, block.text))
    return Page(document, tuple(roots), tuple(broken))


def kinds(node: Node) -> frozenset[str]:
    """The types of an object, as schema.org's own names."""
    return frozenset(kind.text.removeprefix(_prefix(kind.text)) for kind in node.each("@type") if kind.text)


def _prefix(kind: str) -> str:
    return next((prefix for prefix in _PREFIXES if kind.startswith(prefix)), "")


def _tops(root: Node) -> Iterator[Node]:
    listed: Iterable[Node] = root.value if isinstance(root.value, tuple) else (root,)
    for node in listed:
        if node.is_object:
            yield node
            yield from (inner for inner in node.each("@graph") if inner.is_object)


def name_of(node: Node) -> str:
    """The name of a person or an organization; a bare text is one."""
    return node.text or node.texts("name")


def day_of(text: str) -> date | None:
    """The day of an ISO 8601 date or time; None for anything else."""
    try:
        return date.fromisoformat(text[:10]) if _ISO.fullmatch(text) else None
    except ValueError:
        return None

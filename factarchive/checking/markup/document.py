"""A page as checks read it: its markup blocks, head, links, sources and visible words, each with its place.

justhtml (MIT, pure Python, no dependency) reads HTML by the standard's own algorithm, as browsers and search engines
do, with each tag's exact line and column (lxml: the line of a tag's end, up to 65535). Imported in this module only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from justhtml import JustHTML

from factarchive.arabic.letters import folded
from factarchive.checking.vocabulary import listed
from factarchive.problems import Place

_UNSEEN = {"script", "style", "template", "noscript", "title", "head", "#comment", "!doctype"}
_ASIDE = {"nav", "footer", "aside"}
_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small"}
_INLINE |= {"span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_JSON_LD = "application/ld+json"
_SHOWN = 160  # characters of a line that can be shown beneath a finding


@dataclass(frozen=True, slots=True)
class Mark:
    """A text of the page and the offset that it stands at."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: where it leads, what it says, whether it stands in the page's own content."""

    href: str
    text: str
    at: int
    is_content: bool


@dataclass(frozen=True, slots=True)
class Cited:
    """An item of the page's list of sources: its words, its links and, where the page tells, its tier."""

    text: str
    links: tuple[tuple[str, str], ...]
    tier: str
    at: int


@dataclass(frozen=True)
class Document:
    """One page of HTML."""

    path: str
    text: str
    blocks: tuple[Mark, ...] = ()
    title: Mark | None = None
    canonical: tuple[Mark, ...] = ()
    metas: tuple[tuple[str, Mark], ...] = ()
    headings: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    cited: tuple[Cited, ...] = ()
    stances: frozenset[str] = frozenset()
    embedded: tuple[Mark, ...] = ()  # ClaimReview as microdata or RDFa
    visible: str = ""

    def meta(self, name: str) -> tuple[Mark, ...]:
        """The contents of a meta element, by its name or property."""
        return tuple(mark for key, mark in self.metas if key == name)

    def place(self, at: int) -> Place:
        """Where an offset stands, as an editor counts."""
        line = bisect_right(self._starts, at)
        return Place(self.path, line, at - self._starts[line - 1] + 1)

    def excerpt(self, at: int) -> str:
        """The line that an offset stands on; nothing where it is too long to be shown."""
        line = bisect_right(self._starts, at)
        end = self.text.find("\n", self._starts[line - 1])
        found = self.text[self._starts[line - 1] : end if end >= 0 else len(self.text)]
        return found if len(found) <= _SHOWN else ""

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts


def read_document(path: str, text: str) -> Document:
    """Read a page; any text is one, as a browser has it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tree = JustHTML(text, track_node_locations=True, sanitize=False)
    reader = _Reader()
    for node, depth in _walk(tree.root):
        reader.take(node, depth)
    found = reader.found
    return Document(
        path,
        text,
        blocks=tuple(found["blocks"]),
        title=next(iter(found["titles"]), None),
        canonical=tuple(found["canonical"]),
        metas=tuple(found["metas"]),
        headings=tuple(found["headings"]),
        anchors=tuple(found["anchors"]),
        cited=tuple(found["cited"]),
        stances=frozenset(found["stances"]),
        embedded=tuple(found["embedded"]),
        visible=" ".join("".join(found["words"]).split()),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element stands in."""

    hidden: bool = False
    aside: bool = False


def _walk(root: Any) -> Iterator[tuple[Any, _Around]]:
    """Every node in document order; no recursion, since pages may be nested without end."""
    waiting = [(root, _Around())]
    while waiting:
        node, around = waiting.pop()
        yield node, around
        children = node.children or ()
        if children:
            within = _within(node, around)
            waiting += ((child, within) for child in reversed(children))


def _within(node: Any, around: _Around) -> _Around:
    attributes = node.attrs or {}
    hidden = around.hidden or node.name in _UNSEEN or "hidden" in attributes
    aside = around.aside or node.name in _ASIDE
    return around if (hidden, aside) == (around.hidden, around.aside) else _Around(hidden, aside)


@dataclass
class _Reader:
    """Gathers what a document holds, element by element."""

    found: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    heading: str = ""

    def take(self, node: Any, around: _Around) -> None:
        name = node.name
        if name == "#text":
            if not around.hidden:
                self.found["words"].append(node.data or "")
            return
        if name.startswith(("#", "!")):
            return
        attributes = {key.lower(): value or "" for key, value in (node.attrs or {}).items()}
        at = node.origin_offset or 0
        if name not in _INLINE:
            self.found["words"].append(" ")
        if name in _HEAD:
            _HEAD[name](self.found, node, attributes)
        elif name == "a" and "href" in attributes:
            self.found["anchors"].append(Anchor(attributes["href"].strip(), _text_of(node), at, not around.aside))
        elif name in _HEADINGS:
            self.heading = _text_of(node)
            self.found["headings"].append(self.heading)
        elif name in ("ol", "ul") and not around.aside and self._lists_sources(attributes):
            self.found["cited"] += [_cited(item) for item in node.children or () if item.name == "li"]
        self._marks(attributes, at)

    def _lists_sources(self, attributes: dict[str, str]) -> bool:
        tokens = folded(f"{attributes.get('class', '')} {attributes.get('id', '')}").split()
        heading = " ".join(folded(self.heading).split()).strip(" :")
        return heading in listed("pages", "sources") or any(t in listed("pages", "source_lists") for t in tokens)

    def _marks(self, attributes: dict[str, str], at: int) -> None:
        kinds = f"{attributes.get('itemtype', '')} {attributes.get('typeof', '')}"
        if "claimreview" in kinds.lower():
            self.found["embedded"].append(Mark(kinds.strip(), at))
        tokens = attributes.get("class", "").split()
        if "stance" in tokens:
            self.found["stances"] += tokens


def _script(found: dict[str, list[Any]], node: Any, attributes: dict[str, str]) -> None:
    if attributes.get("type", "").split(";")[0].strip().lower() == _JSON_LD:
        texts = [child for child in node.children or () if child.name == "#text"]
        at = texts[0].origin_offset if texts else node.origin_offset
        found["blocks"].append(Mark("".join(child.data or "" for child in texts), at or 0))


def _title(found: dict[str, list[Any]], node: Any, _attributes: dict[str, str]) -> None:
    if not found["headings"]:  # an SVG's title may stand anywhere in the body
        found["titles"].append(Mark(_text_of(node), node.origin_offset or 0))


def _link(found: dict[str, list[Any]], node: Any, attributes: dict[str, str]) -> None:
    if "canonical" in attributes.get("rel", "").lower().split():
        found["canonical"].append(Mark(attributes.get("href", "").strip(), node.origin_offset or 0))


def _meta(found: dict[str, list[Any]], node: Any, attributes: dict[str, str]) -> None:
    name = (attributes.get("property") or attributes.get("name", "")).strip().lower()
    found["metas"].append((name, Mark(attributes.get("content", "").strip(), node.origin_offset or 0)))


_HEAD = {"script": _script, "title": _title, "link": _link, "meta": _meta}


def _cited(item: Any) -> Cited:
    anchors = [node for node, _ in _walk(item) if node.name == "a" and node.attrs and node.attrs.get("href")]
    links = tuple((str(node.attrs["href"]).strip(), _text_of(node)) for node in anchors)
    return Cited(_text_of(item), links, (item.attrs or {}).get("data-tier") or "", item.origin_offset or 0)


def _text_of(node: Any) -> str:
    label = (node.attrs or {}).get("aria-label") or ""
    pieces = [child.data or "" for child, around in _walk(node) if child.name == "#text"]
    return " ".join(" ".join((*pieces, label)).split())

"""Markdown to HTML that is safe to publish, by either of two engines, and the text that a reader then sees.

Mistune (BSD, fast, no dependencies) and Python-Markdown (BSD, for newsrooms used to it) are imported here.
Neither is trusted: what it wrote is read again, and only known tags, attributes and link schemes go out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import quote

import markdown
import mistune
from mistune.util import safe_entity

Kind = Literal["text", "reference", "open", "close", "other"]
Attributes = Sequence[tuple[str, str | None]]

TOP_HEADING = 3  # a page has its own h1 and h2
INLINE_TAGS = frozenset({"a", "b", "bdi", "br", "code", "em", "i", "img", "mark", "span", "strong", "sub", "sup"})
_VOID_TAGS = frozenset({"br", "hr", "img"})
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "a": ("href", "title"),
    "img": ("src", "alt", "title"),
    "ol": ("start",),
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "li", "blockquote", "pre"), ()),
    **dict.fromkeys(("br", "code", "em", "strong"), ()),
}
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([^/?#]*?):")
# What browsers drop from a URL before they look at its scheme, and signs that hide one from a reader.
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
_HEADING = re.compile(r"<h([1-6])\b")


def render_prose(source: str, engine: str) -> str:
    """Render Markdown as safe HTML: raw HTML shown as text, no unsafe link, the highest heading an h3."""
    written = _ENGINES[engine](source)
    levels = [int(level) for level in _HEADING.findall(written)]
    cleaner = _Cleaner(TOP_HEADING - min(levels, default=TOP_HEADING))
    cleaner.feed(written)
    cleaner.close()
    return "".join(cleaner.parts).strip("\n") + "\n"


def plain_text(rendered: str) -> str:
    """Return what a reader sees of rendered HTML, one block a line."""
    return "".join(piece.text for piece in visible_pieces(rendered))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of visible text and where the HTML shows it; no tag parts the pieces of one `run`."""

    text: str
    start: int
    end: int
    run: int

    @property
    def literal(self) -> bool:
        """Whether the HTML holds the text as it is, character for character."""
        return len(self.text) == self.end - self.start


def visible_pieces(rendered: str) -> Iterator[Piece]:
    """Yield the visible text in reading order: a line end between blocks, a blank for each `<br>`."""
    parted = False
    for block in _blocks(rendered):
        shown = _trimmed(block)
        if shown and parted:
            yield Piece("\n", shown[0].start, shown[0].start, -1)
        parted = parted or bool(shown)
        yield from shown


@dataclass(frozen=True, slots=True)
class Token:
    """One lexical part of HTML: text, a character reference, or a tag with its name."""

    kind: Kind
    name: str
    start: int
    end: int


def tokens(rendered: str) -> list[Token]:
    """Cut HTML into its parts; together they cover every character of it."""
    scanner = _Scanner(rendered)
    scanner.feed(rendered)
    scanner.close()
    ends = [*(start for _, _, start in scanner.found[1:]), len(rendered)]
    return [Token(*part, end) for part, end in zip(scanner.found, ends, strict=True)]


# ---------------------------------------------------------------- engines


class _MistuneRenderer(mistune.HTMLRenderer):
    """Reads character references: mistune's own `escape` would show `&amp;` as it was typed."""

    def text(self, text: str) -> str:
        return safe_entity(text)


def _by_mistune(source: str) -> str:
    # Without its two rules for raw HTML `<` is an ordinary sign, as it is for the other engine below.
    rules = [rule for rule in mistune.BlockParser.DEFAULT_RULES if rule != "raw_html"]
    blocks = mistune.BlockParser(block_quote_rules=rules, list_rules=rules)
    blocks.rules = rules
    inline = mistune.InlineParser()
    inline.rules.remove("inline_html")
    # Links are judged by the cleaner, by one rule for both engines.
    rendered = mistune.Markdown(_MistuneRenderer(allow_harmful_protocols=True), blocks, inline)(source)
    assert isinstance(rendered, str)
    return rendered


def _by_python_markdown(source: str) -> str:
    engine = markdown.Markdown(output_format="html")
    engine.preprocessors.deregister("html_block")
    engine.inlinePatterns.deregister("html")
    return engine.convert(source)


_ENGINES: Mapping[str, Callable[[str], str]] = {"mistune": _by_mistune, "markdown": _by_python_markdown}


# ---------------------------------------------------------------- what may be published


class _Cleaner(HTMLParser):
    """Writes HTML out again with known tags and attributes only; headings go `shift` levels down."""

    def __init__(self, shift: int) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._shift = shift

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED:
            return
        kept = _safe_attributes(tag, attrs)
        if tag == "img" and "src" not in kept:
            self.handle_data(kept.get("alt", ""))
            return
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in kept.items())
        self.parts.append(f"<{self._shifted(tag)}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ALLOWED and tag not in _VOID_TAGS:
            self.parts.append(f"</{self._shifted(tag)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        after_break = bool(self.parts) and self.parts[-1] == "<br>"
        self.parts.append(html.escape(data.removeprefix("\n") if after_break else data, quote=False))

    def _shifted(self, tag: str) -> str:
        is_heading = tag[0] == "h" and tag[1:].isdigit()
        return f"h{min(6, int(tag[1:]) + self._shift)}" if is_heading else tag


def _safe_attributes(tag: str, attrs: Attributes) -> dict[str, str]:
    kept = {name: value or "" for name, value in attrs if name in _ALLOWED[tag]}
    for name in ("href", "src"):
        if name in kept and not _is_safe(kept[name]):
            del kept[name]
        elif name in kept:
            kept[name] = quote(kept[name].strip(), safe=":/?#@!$&()*+,;=%")
    if not kept.get("start", "1").isdecimal():
        del kept["start"]
    return kept


def _is_safe(url: str) -> bool:
    scheme = _SCHEME.match(_IGNORED_IN_URLS.sub("", url))
    return scheme is None or scheme.group(1).lower() in _SCHEMES


# ---------------------------------------------------------------- what a reader sees


class _Scanner(HTMLParser):
    """Notes where each part of the HTML begins."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[Kind, str, int]] = []
        self._lines = [0, *(m.end() for m in re.finditer("\n", source))]

    def _note(self, kind: Kind, name: str = "") -> None:
        line, column = self.getpos()
        self.found.append((kind, name, self._lines[line - 1] + column))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("open", tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note("open", tag)

    def handle_endtag(self, tag: str) -> None:
        self._note("close", tag)

    def handle_data(self, data: str) -> None:
        self._note("text")

    def handle_charref(self, name: str) -> None:
        self._note("reference")

    def handle_entityref(self, name: str) -> None:
        self._note("reference")

    def handle_comment(self, data: str) -> None:
        self._note("other")

    def handle_decl(self, decl: str) -> None:
        self._note("other")

    def handle_pi(self, data: str) -> None:
        self._note("other")

    def unknown_decl(self, data: str) -> None:
        self._note("other")


def _blocks(rendered: str) -> Iterator[list[Piece]]:
    block: list[Piece] = []
    run = 0
    for token in tokens(rendered):
        raw = rendered[token.start : token.end]
        if token.kind in ("text", "reference"):
            text = html.unescape(raw) if token.kind == "reference" else raw
            block.append(Piece(text, token.start, token.end, run))
            continue
        run += 1
        if token.name == "br":
            block.append(Piece(" ", token.end, token.end, -1))
        elif token.kind != "other" and token.name not in INLINE_TAGS:
            yield block
            block = []
    yield block


def _trimmed(block: list[Piece]) -> list[Piece]:
    """The pieces of a block without the line ends that only lay out the HTML around and inside it."""
    if not "".join(piece.text for piece in block).strip(" \t\n"):
        return []
    first = block[0]
    cut = len(first.text) - len(first.text.lstrip("\n")) if first.literal else 0
    block[0] = replace(first, text=first.text[cut:], start=first.start + cut)
    last = block[-1]
    cut = len(last.text) - len(last.text.rstrip("\n")) if last.literal else 0
    block[-1] = replace(last, text=last.text[: len(last.text) - cut], end=last.end - cut)
    return [replace(p, text=p.text.replace("\n", " ")) if "\n" in p.text else p for p in block if p.text]

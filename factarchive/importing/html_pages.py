"""HTML pages: the ClaimReview that their JSON-LD carries, with what the page itself says of its address and language.

The standard library's parser suffices: scripts are raw text by its rules too, and nothing else of a page is read.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from factarchive.importing.records import Record
from factarchive.importing.structured import Reader
from factarchive.problems import Place, Problem, problem

_JSON_LD = "application/ld+json"
_WRAPPERS = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>", "/*<![CDATA[*/", "/*]]>*/")


def read_page(text: str, path: str, reader: Reader) -> Iterator[Record | Problem]:
    """Every review that a page marks up; nothing where it marks up none."""
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except (AssertionError, RecursionError):  # the parser gives up on some declarations; what was read before stands
        pass
    for line, block in page.blocks:
        place = Place(path, line)
        try:
            value = parsed(block)
        except ValueError as error:
            yield problem(place, "import-bad-json", why=error)
            continue
        for found in reader.read(value, place, strange=False):
            yield _at_home(found, page.about) if isinstance(found, Record) else found


def parsed(text: str) -> Any:
    """The JSON of a text, forgiving line ends in strings and a page's wrappers; raises ValueError."""
    bare = text.strip().lstrip("\ufeff")
    for wrapper in _WRAPPERS:
        bare = bare.removeprefix(wrapper).removesuffix(wrapper).strip()
    try:
        return _loaded(bare)
    except ValueError:
        if "&quot;" not in bare:
            raise
    return _loaded(html.unescape(bare))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _at_home(record: Record, about: Mapping[str, str]) -> Record:
    """The record with the page's own address, title and language where the markup has none."""
    return replace(
        record,
        url=record.url or about.get("canonical", "") or about.get("og:url", ""),
        site=record.site or about.get("og:url", "") or about.get("canonical", ""),
        title=record.title or about.get("og:title", ""),
        lang=record.lang or about.get("lang", ""),
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[int, str]] = []
        self.about: dict[str, str] = {}
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and given.get("type", "").split(";")[0].strip().lower() == _JSON_LD:
            self._open, self._line = [], self.getpos()[0]
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.about.setdefault("canonical", given.get("href", "").strip())
        elif tag == "meta" and given.get("property", "").lower() in ("og:url", "og:title"):
            self.about.setdefault(given["property"].lower(), given.get("content", "").strip())
        elif tag == "html":
            self.about.setdefault("lang", given.get("lang", "").strip())

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.blocks.append((self._line, "".join(self._open)))
            self._open = None

    def close(self) -> None:
        super().close()
        self.handle_endtag("script")  # a page that ends inside of one

"""Structure: the markup can be read, it is schema.org's, and the page has one ClaimReview where readers look for it."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.checking.markup.json_text import BadJson
from factarchive.checking.markup.reviews import KIND, Page, kinds
from factarchive.problems import Problem

_CONTEXTS = frozenset(f"{scheme}://schema.org{end}" for scheme in ("https", "http") for end in ("", "/"))
_LINE_ENDS = ("\u2028", "\u2029")
_CLOSING = "</script"


def check_structure(page: Page) -> Iterator[Problem]:
    """Yield blocks that no strict reader accepts, foreign contexts, reviews out of place and more than one."""
    for bad, text in page.broken:
        if KIND in text or "MediaReview" in text:
            yield _broken(page, bad)
    yield from _line_ends(page)
    yield from _contexts(page)
    yield from _misplaced(page)
    for extra in page.reviews[1:]:
        yield page.find(extra, "E04", n=len(page.reviews))
    for mark in page.document.embedded:
        yield page.find(mark.at, "I07", kind=mark.text)


def _broken(page: Page, bad: BadJson) -> Problem:
    """What is cut off by its own text goes on behind the end tag that cut it."""
    source = page.document.text
    end = source.find(_CLOSING, bad.at)
    rest = source[end:].partition(">")[2].partition("<")[0] if bad.cut and end >= 0 else ""
    if '"' in rest or "}" in rest:
        return page.find(bad.at, "E06", what=_CLOSING)
    return page.find(bad.at, "E01", why=bad.why)


def _line_ends(page: Page) -> Iterator[Problem]:
    for block in page.document.blocks:
        found = next((char for char in _LINE_ENDS if char in block.text), None)
        if found and KIND in block.text:
            yield page.find(block.at + block.text.index(found), "E06", what=f"U+{ord(found):04X}")


def _contexts(page: Page) -> Iterator[Problem]:
    for root in page.roots:
        tops = root.value if isinstance(root.value, tuple) else (root,)
        for top in tops:
            reviewed = any(KIND in kinds(node) for node in (top, *top.each("@graph")))
            context = top.get("@context")
            if reviewed and (context is None or context.text not in _CONTEXTS):
                at = context or next((n for n in (top, *top.each("@graph")) if KIND in kinds(n)), top)
                yield page.find(at, "E02", value=context.text if context and context.text else "—")


def _misplaced(page: Page) -> Iterator[Problem]:
    found = {id(node) for node in page.reviews}
    for root in page.roots:
        for node in root.nodes():
            near = next((kind for kind in node.each("@type") if _is_near(kind.text)), None)
            if near is not None and id(node) not in found:
                yield page.find(near, "E03", value=near.text)


def _is_near(kind: str) -> bool:
    return kind.rpartition("/")[2].rpartition(":")[2].casefold().replace(" ", "") == KIND.casefold()

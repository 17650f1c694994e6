"""Any text survives the way into Markdown and out again, by both engines; ordinary prose is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factarchive.archive.escaping import as_markdown
from factarchive.publishing.prose import plain_text, render_prose

CASES = Path(__file__).parent / "cases" / "markdown_specials.txt"
SEED = Path(__file__).parents[1] / "seeds" / "000_3f472ee64d61d584.txt"
ENGINES = ("mistune", "markdown")

# Weighted to what an engine gives a meaning to; Arabic letters, a digit, tatweel, a vowel mark, bidi marks.
SPECIAL = list("*_`#><&\\[]()!~|=+-.:{}^\"' \t/?;@1٣aZسلـُ\u00a0\u200f\u2067\u2069\u3000\u2028")
WORDS = [
    "&amp;",
    "&lt",
    "&#65;",
    "<b>",
    "](",
    "]:",
    "](x)",
    "http://a.b",
    "<a@b.c>",
    "1. ",
    "- ",
    "  ",
    "```",
    "~~~",
]
ANY_CHARACTER = st.characters(exclude_categories=("Cc", "Cs", "Cn"))
LINES = st.lists(st.sampled_from(SPECIAL) | st.sampled_from(WORDS) | ANY_CHARACTER, min_size=1, max_size=16)
PARAGRAPHS = st.lists(LINES.map("".join).filter(str.strip), max_size=4)


def cases() -> list[tuple[str, str, str]]:
    found = re.findall(r"^## (.+)\n(.+)\n\.\n(.+)$", CASES.read_text("utf-8"), re.MULTILINE)
    signs = str.maketrans("␣→⍽", " \t\u00a0")
    return [(name, plain.translate(signs), written) for name, plain, written in found]


def test_every_case_of_the_file_is_read() -> None:
    assert len(cases()) == CASES.read_text("utf-8").count("\n## ")


@pytest.mark.parametrize(("plain", "written"), [pytest.param(p, w, id=name) for name, p, w in cases()])
def test_special_signs_are_escaped_as_little_as_keeps_them_right(plain: str, written: str) -> None:
    shown = [plain_text(render_prose(written, engine)) for engine in ENGINES]

    assert (as_markdown([plain]), shown) == (written, [plain, plain])


@settings(max_examples=1500, deadline=None)
@given(PARAGRAPHS)
@example(["\\`", "`\\"])
@example(["\u2028x\u2028"])
@example(["[", "*]:*"])
@example(["<\u00a0<a@b.c>"])
@example(["_a_", "a_", "__init__"])
def test_whatever_was_published_is_what_either_engine_shows(paragraphs: list[str]) -> None:
    written = as_markdown(paragraphs)
    shown = [plain_text(render_prose(written, engine)) for engine in ENGINES]

    assert shown == ["\n".join(paragraphs)] * 2


def test_a_real_article_needs_no_escapes() -> None:
    paragraphs = [line for line in SEED.read_text("utf-8").split("\n")[1:] if line.strip()]

    assert as_markdown(paragraphs) == "\n\n".join(paragraphs)


def test_no_paragraphs_are_no_markdown() -> None:
    assert as_markdown([]) == ""

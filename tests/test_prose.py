"""Both prose engines are safe and agree: same text, same links, nothing outside of the allowed tags."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.archive.escaping import as_markdown
from factarchive.publishing.bidi import is_arabic, readable
from factarchive.publishing.prose import plain_text, render_prose, tokens

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases" / "prose.txt"
SEED = ROOT / "seeds" / "000_3f472ee64d61d584.txt"
ENGINES = ("mistune", "markdown")
ALLOWED = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr"}
ALLOWED |= {"code", "em", "strong", "br", "a", "img"}
ATTRIBUTES = {"href", "src", "alt", "title", "start"}


class Reader(HTMLParser):
    """What a browser makes of the HTML: tags, attributes, and whether every tag is closed in its turn."""

    def __init__(self, rendered: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.balanced = True
        self.feed(rendered)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("br", "hr", "img"):
            self.balanced &= tag != "a" or "a" not in self.open
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced &= bool(self.open) and self.open.pop() == tag

    @property
    def links(self) -> set[str]:
        return {value for name, value in self.attributes if name == "href"}


def cases() -> list[tuple[str, str, str, set[str]]]:
    # A case may hold a Markdown heading itself: the next case begins after an answer only.
    blocks: list[str] = []
    for block in re.split(r"^## ", CASES.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        if blocks and "\n.\n" not in blocks[-1]:
            blocks[-1] += f"## {block}"
        else:
            blocks.append(block)
    return [_case(block) for block in blocks]


def _case(block: str) -> tuple[str, str, str, set[str]]:
    name, _, rest = block.partition("\n")
    source, shown, *links = re.split(r"^\.\n", rest, flags=re.MULTILINE)
    return name, source, shown.strip("\n"), set("".join(links).split())


def is_safe(rendered: str) -> bool:
    page = Reader(rendered)
    names = {name for name, _ in page.attributes}
    targets = [value for name, value in page.attributes if name in ("href", "src")]
    schemes = {m.group(1).lower() for url in targets if (m := re.match(r"\s*([^/?#]*?):", url))}
    closed = page.balanced and not page.open
    return page.tags <= ALLOWED and names <= ATTRIBUTES and schemes <= {"http", "https", "mailto"} and closed


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("source", "shown", "links"), [pytest.param(*c[1:], id=c[0]) for c in cases()])
def test_the_engines_show_the_same_text_and_links(source: str, shown: str, links: set[str], engine: str) -> None:
    rendered = render_prose(source, engine)

    assert (plain_text(rendered), Reader(rendered).links, is_safe(rendered)) == (shown, links, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_real_article_is_shown_paragraph_by_paragraph(engine: str) -> None:
    paragraphs = [line for line in SEED.read_text("utf-8").split("\n")[1:] if line.strip()]

    assert plain_text(render_prose(as_markdown(paragraphs), engine)) == "\n".join(paragraphs)


def test_a_real_article_is_the_same_html_by_either_engine() -> None:
    written = as_markdown(SEED.read_text("utf-8").split("\n"))
    mistune, markdown = (render_prose(written, engine) for engine in ENGINES)

    assert mistune == markdown


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# a\n\n## b", "h3 h4"),
        ("## a\n\n### b", "h3 h4"),
        ("### a", "h3"),
        ("##### a", "h3"),
        ("# a\n\n##### b", "h3 h6"),
    ],
)
def test_the_highest_heading_of_a_body_is_an_h3(source: str, tags: str, engine: str) -> None:
    found = re.findall(r"<(h[1-6])>", render_prose(source, engine))

    assert " ".join(found) == tags


@pytest.mark.parametrize("engine", ENGINES)
def test_an_unsafe_link_keeps_its_words_and_an_unsafe_image_its_description(engine: str) -> None:
    rendered = render_prose("[نص](javascript:x) ![صورة](data:x)", engine)

    assert rendered == "<p><a>نص</a> صورة</p>\n"


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(KeyError):
        render_prose("نص", "pandoc")


# ---------------------------------------------------------------- generated text

SIGNS = st.sampled_from([*"*_`#><&\\[]()!~=+-.:\"' \t\n\n/?;1٣aسـُ", "javascript:", "&colon;", "](", "<a ", "onx="])
ANYTHING = st.lists(SIGNS | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join)
WORD = st.text(st.sampled_from("سلامقعaB1٣،"), min_size=1, max_size=6)
WORDS = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
SPAN = WORD | WORD.map("*{}*".format) | WORD.map("**{}**".format) | WORD.map("[{}](https://a.b/)".format)
LINE = st.lists(SPAN, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map("## {}".format),
    LINE.map("> {}".format),
    st.lists(WORDS, min_size=1).map(lambda i: "* " + "\n* ".join(i)),
)
DOCUMENT = st.lists(BLOCK | st.just("---"), max_size=6)


@settings(max_examples=700, deadline=None)
@given(ANYTHING, st.sampled_from(ENGINES))
def test_nothing_that_is_written_can_be_unsafe(source: str, engine: str) -> None:
    assert is_safe(render_prose(source, engine))


@settings(max_examples=400, deadline=None)
@given(DOCUMENT)
def test_the_engines_agree_on_common_markdown(blocks: list[str]) -> None:
    # Two lists in a row are one list to both engines, but loose: the text stays the same.
    mistune, markdown = (render_prose("\n\n".join(blocks), engine) for engine in ENGINES)

    assert (plain_text(mistune), Reader(mistune).links) == (plain_text(markdown), Reader(markdown).links)


@settings(max_examples=300, deadline=None)
@given(ANYTHING, st.sampled_from(ENGINES))
def test_the_parts_of_html_cover_all_of_it(source: str, engine: str) -> None:
    rendered = render_prose(source, engine)
    parts = tokens(rendered)

    assert "".join(rendered[part.start : part.end] for part in parts) == rendered


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_text_is_the_same_bytes(engine: str) -> None:
    source = CASES.read_text("utf-8")

    assert render_prose(source, engine) == render_prose(source, engine)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.org/%D8%B5%D8%AF%D9%82/?q=1%262", "https://a.org/صدق/?q=1%262"),  # an ampersand stays what it is
        ("https://a.org/%D8/%20b", "https://a.org/%D8/%20b"),  # half a letter: as it came
    ],
)
def test_an_address_is_shown_in_letters_where_it_encodes_some(url, shown):
    assert readable(url) == shown


@pytest.mark.parametrize(("text", "arabic"), [("«قال»", True), ("NBC: قال", False), ("12", False)])
def test_a_quotation_is_arabic_where_its_first_letter_is(text, arabic):
    assert is_arabic(text) is arabic

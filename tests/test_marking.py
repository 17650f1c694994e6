"""Quotes are marked where a reader sees them, whatever tags stand in between, and the markup stays valid."""

from __future__ import annotations

import re
import time
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factarchive.archive.entries import read_entry
from factarchive.archive.frontmatter import dump
from factarchive.checking.quotes import check_quotes
from factarchive.publishing.marking import find_quote, mark_quotes
from factarchive.publishing.prose import plain_text, render_prose


def marked(rendered: str, *quotes: str) -> str:
    """The HTML with each quote in brackets: [1 opens quote 1, [1+ opens it again, {1} is its reference."""
    keyed = [(str(n), quote) for n, quote in enumerate(quotes, start=1)]
    references = {key: f"{{{key}}}" for key, _ in keyed}
    found = mark_quotes(rendered, keyed, references, lambda key, first: f"[{key}" if first else f"[{key}+")
    return found.html.replace("</mark>", "]")


@pytest.mark.parametrize(
    ("rendered", "quotes", "shown"),
    [
        ("<p>a bcd e</p>", ["bcd"], "<p>a [1bcd]{1} e</p>"),
        ("<p>a b<em>c</em>d e</p>", ["bcd"], "<p>a [1b]<em>[1+c]</em>[1+d]{1} e</p>"),
        ("<p>ab</p>\n<p>cd</p>", ["ab cd", "abcd", "b", "c"], "<p>a[3b]{3}</p>\n<p>[4c]{4}d</p>"),
        ("<p>a   b\nc</p>", ["a b c"], "<p>[1a   b\nc]{1}</p>"),
        ("<p>abc</p>", ["a\n b", " b "], "<p>a[2b]{2}c</p>"),
        ("<p>a &amp; &lt;script&gt;</p>", ["& <script>"], "<p>a [1&amp; &lt;script&gt;]{1}</p>"),
        ("<p>a &amp; b</p>", ["&amp;", "amp"], "<p>a &amp; b</p>"),
        ("<p><a href='x'>ab</a> c</p>", ["b"], "<p><a href='x'>a[1b]</a>{1} c</p>"),
        ("<p><a href='b'>a</a> b</p>", ["a b"], "<p><a href='b'>[1a]</a>[1+ b]{1}</p>"),
        ("<p>a<br>b</p>", ["a b"], "<p>[1a]<br>[1+b]{1}</p>"),
        ("<ul>\n<li>ab</li>\n<li>cd</li>\n</ul>", ["cd"], "<ul>\n<li>ab</li>\n<li>[1cd]{1}</li>\n</ul>"),
    ],
)
def test_a_quote_is_wrapped_where_it_stands(rendered: str, quotes: list[str], shown: str) -> None:
    assert marked(rendered, *quotes) == shown


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (["abcd", "bc"], "<p>[1a[2bc]{2}d]{1}e</p>"),
        (["bc", "abcd"], "<p>[2a[1bc]{1}d]{2}e</p>"),
        (["abc", "bcd"], "<p>[1a[2bc]]{1}[2+d]{2}e</p>"),
        (["abc", "abc", "ab"], "<p>[1[2[3ab]{3}c]]{1}{2}de</p>"),
        (["abc", "cde", "bcd"], "<p>[1a[3b[2c]]]{1}[2+[3+d]{3}e]{2}</p>"),
    ],
)
def test_quotes_may_nest_and_overlap(quotes: list[str], shown: str) -> None:
    assert marked("<p>abcde</p>", *quotes) == shown


def test_equal_quotes_take_one_occurrence_each_and_share_the_first_when_there_are_too_few() -> None:
    assert marked("<p>a b a</p>", "a", "a", "a") == "<p>[1[3a]]{1}{3} b [2a]{2}</p>"


def test_the_tags_that_are_written_by_default() -> None:
    found = mark_quotes("<p>a<em>b</em></p>", [("k7q2mx", "ab"), ("x", "z")], {"k7q2mx": "<sup>1</sup>"})

    assert (found.html, found.missing) == (
        '<p><mark class="q" id="q-k7q2mx" data-claim="k7q2mx">a</mark>'
        '<em><mark class="q" data-claim="k7q2mx">b</mark><sup>1</sup></em></p>',
        ("x",),
    )


def test_a_key_cannot_break_out_of_its_attribute() -> None:
    assert '"q-&quot;&gt;x"' in mark_quotes("<p>a</p>", [('">x', "a")], {}).html


def test_another_unicode_form_of_the_words_is_found_and_kept() -> None:
    # Alef and hamza above as two characters in the body, as one in the quote, and the other way round.
    apart, whole = unicodedata.normalize("NFD", "أحمد أمس"), "أحمد أمس"

    assert marked(f"<p>x {apart} y</p>", whole) == f"<p>x [1{apart}]{{1}} y</p>"
    assert marked(f"<p>x {whole} y</p>", apart) == f"<p>x [1{whole}]{{1}} y</p>"


def test_a_no_break_space_is_a_blank() -> None:
    assert find_quote("قال\u00a0فلان  كذا", "قال فلان كذا") == (0, 13)


def test_offsets_are_those_of_the_text_as_kept() -> None:
    text = "x  y " + unicodedata.normalize("NFD", "أب") + " z"
    span = find_quote(text, "أب z")

    assert span and text[slice(*span)] == text[5:]


@pytest.mark.parametrize("quote", ["", " ", "\n"])
def test_an_empty_quote_is_nowhere(quote: str) -> None:
    assert find_quote("نص", quote) is None


# ---------------------------------------------------------------- generated bodies


class Checker(HTMLParser):
    """Whether tags close in their turn, no mark holds a block, no link holds a link or a reference."""

    def __init__(self, rendered: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.claims: dict[str, str] = {}
        self.ids: list[str] = []
        self.feed(rendered)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        block = tag in ("p", "ul", "ol", "li", "blockquote", "h3", "h4", "pre", "hr")
        if (block and any(name.startswith("mark") for name in self.open)) or (tag in ("a", "sup") and "a" in self.open):
            self.faults.append(f"{tag} in {self.open}")
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in ("br", "hr", "img"):
            self.open.append(f"mark {dict(attrs)['data-claim']}" if tag == "mark" else tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().split()[0] != tag:
            self.faults.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            if tag.startswith("mark "):
                self.claims[tag[5:]] = self.claims.get(tag[5:], "") + data


SIGNS = st.sampled_from(["a", "b", "ب", "أ", "\u0627\u0654", " ", "  ", "&amp;", "&lt;", "\u00a0", "*a*", "**b**"])
LINKS = st.sampled_from(
    ["[ab](http://x/)", "[a *b*](http://x/)", "`a b`", "  \n", "\n", "\n\n", "\n\n* a\n\n", "\n\n> b"]
)
BODIES = st.lists(SIGNS | SIGNS | LINKS, min_size=1, max_size=25).map("".join)
QUOTES = st.lists(st.sampled_from([*"abبأ &<", "\u0627\u0654"]), min_size=1, max_size=5).map("".join)


@settings(max_examples=600, deadline=None)
@given(BODIES, st.lists(QUOTES, max_size=6), st.data())
def test_marks_are_valid_complete_and_agree_with_the_check(body: str, some: list[str], data: st.DataObject) -> None:
    rendered = render_prose(body, "mistune")
    text = plain_text(rendered)
    cuts = st.tuples(st.integers(0, len(text)), st.integers(1, 9)).map(lambda c: text[c[0] : c[0] + c[1]])
    quotes = [(f"k{n}", quote) for n, quote in enumerate(some + data.draw(st.lists(cuts, max_size=5)))]
    references = {key: '<sup class="ref"></sup>' for key, _ in quotes}
    found = mark_quotes(rendered, quotes, references)
    page = Checker(found.html)
    present = [key for key, quote in quotes if find_quote(text, quote)]

    assert (page.faults, page.open) == ([], [])
    assert sorted(page.ids) == sorted(f"q-{key}" for key in present)
    assert {key for key, _ in quotes} - set(found.missing) == set(present)
    assert re.sub(r'</?mark[^>]*>|<sup class="ref"></sup>', "", found.html) == rendered
    assert all(_same(page.claims[key], quote) for key, quote in quotes if key in present)


def _same(shown: str, quote: str) -> bool:
    # A hard line end is seen, but is no text of the HTML: blanks are left out of the comparison.
    return _bare(quote) in _bare(shown) and len(_bare(shown)) <= len(_bare(quote)) + 2


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))


# Words of Arabic letters with a mark, in composed and decomposed forms, and all kinds of blanks between them.
FORMS = ["\u0622", "\u0627\u0653", "كتب", "ك\u064fتب", "\u00e9", "e\u0301", "NHL", " ", "  ", "\u00a0", "\t"]
LINES = st.lists(st.sampled_from(FORMS), max_size=12)


@given(LINES, LINES)
def test_the_check_lets_pass_what_is_marked_and_nothing_else(before: list[str], words: list[str]) -> None:
    line, quote = "".join(before), "".join(words)
    assume(quote.strip())
    front = {"title": "-", "slug": "a", "claims": [{"id": "a1", "quote": quote, "source": "narrator"}]}
    entry = read_entry(f"---\n{dump(front)}---\n", "content/a.md")
    passed = not list(check_quotes(entry, line))

    assert passed == (find_quote(line, quote) is not None)


def test_a_body_of_five_megabytes_is_marked_in_seconds() -> None:
    paragraphs = [
        f"<p>فقرة رقم {n} &amp; فيها <em>كلام</em> كثير عن أمور شتى من أخبار اليوم وأمس.</p>" for n in range(50_000)
    ]
    rendered = "\n".join(paragraphs)
    quotes = [(str(n), f"فقرة رقم {n * 900} & فيها كلام كثير") for n in range(50)]
    began = time.process_time()
    found = mark_quotes(rendered, quotes, {})
    took = time.process_time() - began

    assert (len(rendered.encode()) > 5_000_000, found.missing) == (True, ())
    assert took < 10

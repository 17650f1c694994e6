"""YAML as editors write it: what is read, what is refused, and the place of everything."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.archive.frontmatter import DEEPEST, dump, load, split
from factarchive.problems import Place, Refused


def refused(text: str) -> tuple[str, ...]:
    """The rules by which a text is refused, with their places."""
    with pytest.raises(Refused) as caught:
        load(text, "x.yml")
    return tuple(f"{p.place.line}:{p.place.column} {p.rule}" for p in caught.value.problems)


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("2025-03-18", "2025-03-18"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1e5", "1e5"),
        ("12e03", "12e03"),
        ("=", "="),
        ("<<", "<<"),
        ("175", 175),
        ("-3", -3),
        ("2.5", 2.5),
        ("999999999999999999", 999999999999999999),
        ("True", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_plain_word_is_what_an_editor_means(written, value):
    document = load(f"k: {written}\n", "x.yml")

    assert document.data == {"k": value} and type(document.data["k"]) is type(value)


def test_a_key_is_the_word_as_written():
    document = load("true: a\non: b\n12: c\nnull: d\n", "x.yml")

    assert document.data == {"true": "a", "on": "b", "12": "c", "null": "d"}


def test_what_is_copied_from_a_message_comes_without_its_isolates():
    document = load("\u2068of\u2069: \u2068abc\u2069\nk: a \u2068b\u2069\n", "x.yml")

    assert document.data == {"of": "abc", "k": "a \u2068b\u2069"} and document.place("of") == Place("x.yml", 1, 7)


def test_an_empty_text_is_a_document_without_fields():
    assert load("", "x.yml").data == load("# a comment\n", "x.yml").data == {}


# ---------------------------------------------------------------- places


def test_every_value_has_its_place():
    document = load("a: نص\nb:\n  - x\n  - {c: d}\n", "x.yml", first_line=2)

    assert [
        document.place("a"),
        document.key_place("a"),
        document.place("b", 1, "c"),
        document.key_place("b", 1, "c"),
        document.place("b", 1, "missing"),
        document.place("b", 7),
    ] == [
        Place("x.yml", 2, 4),
        Place("x.yml", 2, 1),
        Place("x.yml", 5, 9),
        Place("x.yml", 5, 6),
        Place("x.yml", 5, 5),
        Place("x.yml", 4, 3),
    ]


def test_lines_are_counted_as_an_editor_counts_them():
    # YAML ends a line at U+0085 and U+2028 too; no editor does.
    document = load('a: "x\u2028 y\u0085 z"\nb: 😀\nc: d\n', "x.yml")

    assert document.place("c") == Place("x.yml", 3, 4) and document.excerpt(document.place("c")) == "c: d"


def test_an_endless_line_is_not_shown():
    document = load(f"a: {'x' * 5000}\n", "x.yml")

    assert document.excerpt(document.place("a")) == ""


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("size", [19, 4301, 10_000])
@pytest.mark.parametrize("fraction", ["", ".5"])
def test_a_huge_number_is_told_and_never_reckoned_with(size, fraction):
    rules = refused(f"a: {'9' * size}{fraction}\n")

    assert rules == ("1:4 yaml-number",)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: !!int xyz\n", "1:4 yaml-tag"),
        ("a: !!float xyz\n", "1:4 yaml-tag"),
        ("a: !!bool xyz\n", "1:4 yaml-tag"),
        ("a: !!timestamp xyz\n", "1:4 yaml-tag"),
        ("a: !!binary aGVsbG8=\n", "1:4 yaml-tag"),
        ("a: !!map x\n", "1:4 yaml-tag"),
        ("a: !!seq {b: c}\n", "1:4 yaml-tag"),
        ("a: !!set {b, c}\n", "1:4 yaml-tag"),
        ("a: !!omap [b: c]\n", "1:4 yaml-tag"),
        ("a: !!str 12\n", "1:4 yaml-tag"),
        ("a: ! 12\n", "1:4 yaml-tag"),
        ("a: !e!x y\n", "1:4 yaml-tag"),
        ("!!str a: b\n", "1:1 yaml-tag"),
        ("!!map [a]\n", "1:1 yaml-tag"),
        ("a: &x b\n", "1:4 yaml-alias"),
        ("a: &x [*x]\n", "1:4 yaml-alias"),
        ("&x a: b\n", "1:1 yaml-alias"),
        ("a: *x\n", "1:4 yaml-alias"),
        ("a: &كلمة b\n", "1:4 yaml-alias"),
        ("{a: b}: c\n", "1:1 yaml-key"),
        ("a: b\n'a': c\n", "2:1 yaml-duplicate"),
        ('a: "b\n', "1:4 yaml-syntax"),
        ("a: [b, {c: d\n", "1:8 yaml-syntax"),
        ("a: x\u0001y\n", "1:5 bad-character"),
        ("a: x\ud800y\n", "1:5 bad-character"),
        ("a: x\ufffey\n", "1:5 bad-character"),
        ("a:\n\tb: c\n", "2:1 yaml-tab"),
    ],
)
def test_what_has_no_use_in_front_matter_is_refused_where_it_stands(text, rule):
    assert refused(text) == (rule,)


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 5000, "{a: " * 5000, "? " * 5000])
def test_bottomless_nesting_is_refused(text):
    (rule,) = refused(f"a: {text}\n" if text[0] in "[{" else f"{text}\n")

    assert rule.split()[1] in ("yaml-too-deep", "yaml-syntax")


def test_nesting_is_read_down_to_its_limit():
    deepest = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    document = load(f"a: [{deepest}]\n", "x.yml")

    assert document.data and refused(f"a: [[{deepest}]]\n") == (f"1:{DEEPEST + 4} yaml-too-deep",)


# ---------------------------------------------------------------- fences


def test_the_body_begins_after_the_second_fence():
    front, body, line = split("---  \na: |\n  ---\n---\t\nنص\n---\n", "x.md")

    assert (front, body, line) == ("a: |\n  ---\n", "نص\n---\n", 5)


# ---------------------------------------------------------------- there and back


def kept(word: str) -> bool:
    return not re.fullmatch("\u2068[^\u2066-\u2069]*\u2069", word)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t \u0085:-#'\"[]{}&*!|>%@`0.e~")
).filter(kept)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_what_is_dumped_is_loaded_again(data):
    document = load(dump(data), "x.yml")

    assert document.data == data


def test_a_value_that_occurs_twice_is_written_twice():
    shared = ["نص"]
    text = dump({"a": shared, "b": shared})

    assert load(text, "x.yml").data == {"a": ["نص"], "b": ["نص"]}

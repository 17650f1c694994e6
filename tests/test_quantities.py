"""Quantities are read from digits and words, with the unit they count; labels and vague words are none."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.arabic.numerals import small_number
from factarchive.arabic.quantities import Quantity, find_quantities

CASES = Path(__file__).parent / "cases" / "quantities.txt"
VOCABULARY = """
3 1,500 ٢٫٥ 0.0.0 999999999999999999 ثلاثة وعشرون ومئة ألف مليون مليونا
دولار أسيرا يومين ونصف بالمئة % القرار من NHL ر
"""
WORDS = st.lists(
    st.sampled_from(VOCABULARY.split()),
    max_size=14,
).map(" ".join)


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    kept = (line.split(" => ") for line in lines if line.strip() and not line.startswith("#"))
    return [(text, wanted) for text, wanted in kept]


def read(wanted: str) -> list[tuple[str, float, str | None]]:
    if wanted == "-":
        return []
    parts = (part.split(" = ") for part in wanted.split("; "))
    return [(words, float(value.split()[0]), " ".join(value.split()[1:]) or None) for words, value in parts]


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_a_quantity_is_what_its_case_says(text: str, wanted: str) -> None:
    assert [(q.text, float(q.value), q.unit) for q in find_quantities(text)] == read(wanted)


@given(WORDS)
def test_quantities_are_exact_words_in_order_and_none_overlap(text: str) -> None:
    found = find_quantities(text)

    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(WORDS)
def test_numbers_inside_a_date_are_left_to_it(text: str) -> None:
    assert find_quantities(text, [(0, len(text))]) == ()


def test_whole_values_are_integers() -> None:
    # «2.5 million dinars»
    (found,) = find_quantities("قيمته 2.5 مليون دينار")

    assert found == Quantity(6, 21, "2.5 مليون دينار", 2_500_000, "دينار")
    assert isinstance(found.value, int)


def test_a_small_number_is_a_word_or_a_few_digits() -> None:
    assert [small_number(form) for form in ("ثلاثه", "12", "12345", "كتاب")] == [3, 12, None, None]

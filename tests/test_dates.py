"""Dated expressions are found in four month systems and resolved as far as they can honestly be."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.arabic.dates import Dated, find_dates
from factarchive.arabic.lexicon import table

CASES = Path(__file__).parent / "cases" / "dates.txt"
VOCABULARY = """
19 31 2025 مارس آذار تشرين الأول أكتوبر اليوم أمس غدا الثلاثاء
قبل منذ يومين ثلاثة أيام العام الماضي المقبل في / - عام
"""
WORDS = st.lists(
    st.sampled_from(VOCABULARY.split()),
    max_size=14,
).map(" ".join)
DAYS = st.one_of(st.none(), st.dates())


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    parted = ((*line.split(" | ", 1)[:1], *line.split(" | ", 1)[1].split(" => ")) for line in kept)
    return [(day, text, wanted) for day, text, wanted in parted]


def shown(found: tuple[Dated, ...]) -> str:
    return "; ".join(f"{d.text} = {d.value or '?'}" for d in found) or "-"


@pytest.mark.parametrize(("published", "text", "wanted"), cases())
def test_a_dated_expression_means_what_its_case_says(published: str, text: str, wanted: str) -> None:
    day = None if published == "none" else date.fromisoformat(published)

    assert shown(find_dates(text, day)) == wanted


@given(WORDS, DAYS)
def test_dates_are_exact_words_in_order_and_none_overlap(text: str, published: date | None) -> None:
    found = find_dates(text, published)

    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(WORDS)
def test_without_a_date_of_publication_nothing_relative_is_resolved(text: str) -> None:
    later, earlier = find_dates(text, date(2025, 3, 18)), find_dates(text, date(1999, 7, 1))
    unknown = find_dates(text)

    assert all(u.value in (None, a.value) for u, a in zip(unknown, later, strict=True))
    assert all(u.value in (None, b.value) for u, b in zip(unknown, earlier, strict=True))


def test_every_month_and_weekday_is_there() -> None:
    assert sorted(map(int, table("dates")["months"])) == list(range(1, 13))
    assert sorted(map(int, table("dates")["weekdays"])) == list(range(7))


def test_a_value_that_is_no_iso_date_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="ISO"):
        Dated(0, 1, "x", "yesterday")

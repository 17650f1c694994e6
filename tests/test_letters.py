"""Folding gives one spelling to a word however it was written, and finds the way back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.arabic.letters import Folded, fold, fold_table, folded, latin_runs

CASES = Path(__file__).parent / "cases" / "folding.txt"
# Arabic letters, marks, presentation forms and whatever else Unicode holds.
TEXT = st.text(st.one_of(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), st.characters()), max_size=60)


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    split = (line.split(" => ") for line in lines if line.strip() and not line.startswith("#"))
    return [(given_, wanted) for given_, wanted in split]


@pytest.mark.parametrize(("spelling", "wanted"), cases())
def test_a_spelling_folds_as_its_case_says(spelling: str, wanted: str) -> None:
    assert folded(spelling) == wanted


@given(TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXT)
def test_the_fast_path_and_the_mapped_one_agree(text: str) -> None:
    assert fold(text).text == folded(text)


@given(TEXT, st.data())
def test_a_folded_span_maps_to_letters_that_fold_to_it(text: str, data: st.DataObject) -> None:
    made = fold(text)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    low, high = made.span(start, end)

    assert 0 <= low <= high <= len(text)
    assert made.text[start:end] in folded(text[low:high])


def test_a_span_takes_the_marks_of_its_last_letter_along() -> None:
    # «qāla», fully vowelled
    made = fold("قَالَ نعم")

    assert made.text == "قال نعم"
    assert made.span(0, 3) == (0, 5)


def test_a_ligature_maps_both_its_letters_to_itself() -> None:
    made = fold("ﻻ")

    assert made.text == "لا"
    assert made.span(0, 1) == made.span(1, 2) == (0, 1)


def test_a_map_that_does_not_fit_its_text_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="one offset"):
        Folded("ab", (0, 1))


def test_the_table_for_the_browser_is_plain_data_and_complete() -> None:
    table = fold_table()
    letters, drop = table["letters"], table["drop"]
    assert isinstance(letters, dict) and isinstance(drop, list)

    assert all(len(letter) == 1 and isinstance(to, str) for letter, to in letters.items())
    assert all(low <= high for low, high in drop)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("دوري الهوكي (NHL) والدوري (KHL)", ["NHL", "KHL"]),
        ("منصة Truth Social، أمس", ["Truth Social"]),
        ("موقع kremlin.ru.", ["kremlin.ru"]),
        ("فيروس H7N9!", ["H7N9"]),
        ("شبكة 5G", ["5G"]),
        ("https://kremlin.ru/events هنا", ["https://kremlin.ru/events"]),
        ("لا شيء 2025", []),
        ("استعمل كلمة «недоговороспособность».", ["недоговороспособность"]),
    ],
)
def test_latin_runs_end_where_the_script_does(text: str, runs: list[str]) -> None:
    assert [text[start:end] for start, end in latin_runs(text)] == runs


@given(TEXT)
def test_latin_runs_are_in_order_and_end_in_a_letter_or_digit(text: str) -> None:
    spans = list(latin_runs(text))

    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[b - 1].isalnum() for _, b in spans)

"""Words become the same stems, keys and candidates in Python and in the browser, as tests/cases/stems.txt says."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.stems import (
    analysis_tables,
    candidates,
    family,
    index_stem,
    is_stop,
    lemma,
    plain,
    seatless,
    skeleton,
    spelled_alike,
    terms,
    variant,
)
from tests.needs import ROOT, node

CASES = Path(__file__).parent / "cases" / "stems.txt"
TEXT = st.text(st.one_of(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), st.characters()), max_size=60)
Case = tuple[str, str, list[str]]

ANSWERS: dict[str, Callable[[str], Any]] = {
    "fold": folded,
    "terms": lambda text: [form for form, _, _ in terms(text)],
    "places": lambda text: [[form, text[start:end]] for form, start, end in terms(text)],
    "plain": plain,
    "seatless": seatless,
    "alike": lambda text: spelled_alike(text.split()[0], text.split()[1:]),
    "candidates": candidates,
    "variant": variant,
    "skeleton": skeleton,
    "family": family,
    "stop": lambda form: "yes" if is_stop(form) else "no",
    "python-stem": index_stem,
    "python-lemma": lemma,
}


def cases() -> list[Case]:
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, _, rest = line.partition(": ")
            text, _, wanted = f"{rest} ".partition(" => ")
            found.append((kind, text, wanted.split()))
    return found


def listed(answer: Any) -> list[str]:
    """An answer as a case writes it."""
    if isinstance(answer, str):
        return [answer]
    return ["=".join(one) if isinstance(one, list) else one for one in answer]


@pytest.mark.parametrize(("kind", "text", "wanted"), cases())
def test_a_case_holds_in_python(kind: str, text: str, wanted: list[str]) -> None:
    answer = listed(ANSWERS[kind](text))

    assert (sorted(answer) if kind == "alike" else answer) == (sorted(wanted) if kind == "alike" else wanted)


@cache
def browser_answers(questions: tuple[tuple[str, str], ...]) -> list[Any]:
    lines = [json.dumps(line) for line in (analysis_tables(), *questions)]
    command = [node(), str(ROOT / "benchmarks" / "analysis.mjs")]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def test_each_case_holds_in_the_browsers_code() -> None:
    shared = [case for case in cases() if not case[0].startswith("python-")]
    answers = browser_answers(tuple((kind, text) for kind, text, _ in shared))
    wrong = [
        (kind, text, listed(answer), wanted)
        for (kind, text, wanted), answer in zip(shared, answers, strict=True)
        if sorted(listed(answer)) != sorted(wanted)
    ]

    assert wrong == []


def test_every_letter_is_the_same_term_in_the_browser() -> None:
    # Every code point of the first planes, in rows of a hundred; surrogates are no characters.
    points = [p for p in range(0x30000) if not 0xD800 <= p <= 0xDFFF]
    rows = [" ".join(map(chr, points[i : i + 100])) for i in range(0, len(points), 100)]
    answers = browser_answers(tuple(("places", row) for row in rows))
    wrong = [row for row, answer in zip(rows, answers, strict=True) if ANSWERS["places"](row) != answer]

    assert wrong == []


@given(TEXT)
def test_a_term_covers_letters_that_make_the_same_term(text: str) -> None:
    for form, start, end in terms(text):
        again = [f for f, _, _ in terms(text[start:end])]

        assert form in again


@given(TEXT)
def test_a_form_is_a_term_of_its_own(text: str) -> None:
    forms = [form for form, _, _ in terms(text)]

    assert [form for form, _, _ in terms(" ".join(forms))] == forms


HAMZA = table("stems")["hamza"]


def respelled(form: str) -> list[str]:
    """Every way to write the hamzas of a form: on any seat, and as its own seat alone."""
    choices = [(*HAMZA, HAMZA[c]) if c in HAMZA else (c,) for c in form]
    return ["".join(spelling) for spelling in product(*choices)]


@pytest.mark.parametrize(
    "word", ["مسؤول", "رئيس", "شؤون", "فائدة", "قراءة", "جزاء", "هيئات", "تساؤلات", "مبادئ", "شيء"]
)
def test_every_spelling_of_a_hamza_finds_the_same_stems_and_family(word: str) -> None:
    form = next(terms(word))[0]
    index = {form, plain(form), "سائل", "وزير"}
    found = {frozenset(spelled_alike(spelling, index)) for spelling in respelled(form)}

    assert (len(found), {family(spelling) for spelling in respelled(form)}) == (1, {family(form)})


def test_no_name_stands_in_two_sets_of_spellings() -> None:
    data = table("variants")
    rows = [{folded(word) for word in row} for row in (*data["names"], *data["places"])]
    counts = Counter(name for row in rows for name in row)

    assert (len(rows) >= 150, [name for name, count in counts.items() if count > 1]) == (True, [])


def test_the_first_spelling_of_a_name_is_its_own_variant() -> None:
    data = table("variants")
    firsts = [next(terms(row[0]))[0] for row in (*data["names"], *data["places"])]

    assert [name for name in firsts if variant(name) != name] == []

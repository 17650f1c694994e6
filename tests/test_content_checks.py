"""What one well-formed content file can tell: the cases of cases/bad_content/content.txt, and the rest."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from factarchive.archive.entries import BODY_MAX, Entry, read_entry
from factarchive.checking.content import check_entry
from factarchive.problems import Problem
from factarchive.publishing.prose import plain_text, render_prose
from tests.edits import changed

CASES = Path(__file__).parent / "cases" / "bad_content"
GOOD = (CASES / "good.md").read_text(encoding="utf-8")
SENTENCE = "وسينفذ القرار بعد شهر من نشره. "  # a sentence of good.md: "and the decision takes effect in a month"


def cases() -> list[tuple[str, str, list[str]]]:
    """Each case's name, its change to good.md, and the problems expected."""
    text = (CASES / "content.txt").read_text(encoding="utf-8")
    found = []
    for part in text.split("\n## ")[1:]:
        name, _, rest = part.partition("\n")
        change, _, expected = rest.partition("\n.\n")
        found.append((name, change, expected.split("\n")))
    return [(name, change, [line for line in lines if line.strip()]) for name, change, lines in found]


def checked(text: str) -> tuple[Problem, ...]:
    entry = read_entry(text, "x.md")
    return check_entry(entry, visible(entry))


def visible(entry: Entry) -> str:
    return plain_text(render_prose(entry.body, "mistune"))


def shown(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems]


# ---------------------------------------------------------------- the cases


def test_the_good_file_has_nothing_wrong_with_it():
    problems = checked(GOOD)

    assert problems == ()


@pytest.mark.parametrize(("name", "change", "expected"), cases(), ids=[name for name, _, _ in cases()])
def test_a_fault_is_found_at_its_place(name, change, expected):
    problems = checked(changed(GOOD, change))

    assert shown(problems) == expected


@pytest.mark.parametrize(("name", "change", "expected"), cases(), ids=[name for name, _, _ in cases()])
def test_every_fault_has_its_words_and_shows_its_line(name, change, expected):
    text = changed(GOOD, change)
    lines = text.split("\n")
    bare = [p for p in checked(text) if not (p.text and p.action) or p.excerpt != lines[p.place.line - 1]]

    assert bare == []


def test_every_rule_of_the_file_of_messages_has_a_case():
    reading = (CASES / "reading.txt").read_text(encoding="utf-8")
    messages = (CASES.parents[2] / "factarchive" / "messages" / "content.toml").read_text(encoding="utf-8")
    rules = set(re.findall(r"^\[(.+)\]$", messages, flags=re.MULTILINE))
    seen = {line.split()[1] for _, _, expected in cases() for line in expected}

    # The long body has a test of its own below, a document without text in test_hints.py.
    assert {rule for rule in rules - seen if f" {rule}\n" not in reading} == {"body-too-long", "evidence-empty"}


# ---------------------------------------------------------------- quotes


def found(quote: str, visible_text: str) -> list[str]:
    text = GOOD.replace("quote: وسينفذ القرار بعد شهر", f"quote: {quote}")
    entry = read_entry(text, "x.md")
    problems = check_entry(entry, f"{visible(entry)}\n{visible_text}")
    return [p.rule for p in problems if p.place == entry.document.place("claims", 2, "quote")]


@pytest.mark.parametrize(
    ("quote", "visible_text"),
    [
        ("قال كلمة", "ثم قال كلمة أخرى."),  # "said a word", inside a longer sentence
        ("قال كلمة", "قال \t كلمة"),
        ("قال\u00a0كلمة", "قال كلمة"),
        ("قرا\u0654ر", "قر\u0623ر"),  # alef and hamza above, in two letters and in one
    ],
)
def test_blanks_and_unicode_forms_are_no_difference(quote, visible_text):
    rules = found(quote, visible_text)

    assert rules == []


@pytest.mark.parametrize(
    ("quote", "visible_text", "rule"),
    [
        ("قال كلمه", "قال كلمة", "quote-other-spelling"),  # heh for teh marbuta
        ("قالَ كلمةً", "قال كلمة", "quote-other-spelling"),  # with vowel signs
        ("قال، كلمة", "قال كلمة", "quote-other-spelling"),  # a comma too many
        ("قال ٢٥ كلمة", "قال 25 كلمة", "quote-other-spelling"),  # other digits
        ("قال كلمة", "قال\nكلمة", "quote-across-paragraphs"),
        ("قال كلمتين", "قال كلمة", "quote-missing"),
        ("،،", "قال كلمة", "quote-missing"),
    ],
)
def test_any_other_difference_is_told_with_its_kind(quote, visible_text, rule):
    rules = found(quote, visible_text)

    assert rules == [rule]


def test_the_words_shown_for_another_spelling_can_be_pasted():
    wrong = GOOD.replace("quote: وسينفذ القرار بعد شهر", 'quote: "وسيُنفَّذ القرار، بعد شهر"')
    (problem,) = checked(wrong)
    words = problem.action.partition(": ")[2]
    mended = wrong.replace('"وسيُنفَّذ القرار، بعد شهر"', words)

    assert "\u2068" in words and checked(mended) == ()


def test_the_line_that_seals_a_ruling_can_be_pasted():
    wrong = GOOD.replace("of: 8e87a49a35c22507", "of: 0000000000000001")
    (problem,) = checked(wrong)
    line = problem.action.rpartition(": of: ")[2]
    mended = wrong.replace("0000000000000001", line)

    assert "\u2068" in line and checked(mended) == ()


# ---------------------------------------------------------------- sizes


def timed(entry: Entry, visible_text: str) -> tuple[list[str], float]:
    begun = time.perf_counter()
    problems = check_entry(entry, visible_text)
    return [p.rule for p in problems], time.perf_counter() - begun


def test_a_body_of_five_megabytes_is_refused_at_once():
    text = GOOD + "\n" + SENTENCE * (5_000_000 // len(SENTENCE))
    begun = time.perf_counter()
    entry = read_entry(text, "x.md")
    read = time.perf_counter() - begun
    rules, spent = timed(entry, entry.body)

    assert rules == ["body-too-long"] and read < 2 and spent < 2


def test_a_quote_missing_from_a_body_just_short_enough_is_found_out_in_time():
    body = SENTENCE * (BODY_MAX // len(SENTENCE))
    entry = replace(read_entry(GOOD, "x.md"), body=body)
    rules, spent = timed(entry, body)

    assert set(rules) == {"quote-missing"} and spent < 5


def test_a_file_of_a_thousand_claims_is_checked_in_time():
    claims = "".join(
        f"  - {{id: c{n}, quote: قول {n}, source: البلدية, ruling: {{verdict: true, evidence: "
        f"[{{source: s{n}, stance: supports}}]}}}}\n"
        for n in range(1000)
    )
    entry = read_entry(f"---\ntitle: عنوان\nslug: a\nclaims:\n{claims}---\nنص\n", "x.md")
    rules, spent = timed(entry, "نص")

    assert rules.count("quote-missing") == rules.count("unknown-source") == 1000 and spent < 10

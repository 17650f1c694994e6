"""Content files through the door: what is accepted, and that whatever is not is told, placed and worded."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factarchive.archive.entries import Entry, read_entry, read_prose, read_speakers, ruled_digest
from factarchive.archive.frontmatter import dump
from factarchive.archive.schema import Front
from factarchive.archive.verdicts import Verdict, scale
from factarchive.problems import Problem, Refused

CASES = Path(__file__).parent / "cases" / "bad_content"
GOOD = (CASES / "good.md").read_text(encoding="utf-8")
# A title, and a claim with its words and its source.
CLAIM = "---\ntitle: عنوان\nslug: a\nclaims:\n  - id: a\n    quote: قول\n    source: مصدر\n"
TAB = "␉"

# Every key that a content file may hold, each with a value that it accepts.
FULL: dict[str, Any] = {
    "draft": "0123456789abcdef",
    "title": "عنوان",
    "slug": "a-b",
    "seed": "seeds/a.txt",
    "published": "2025-03-18",
    "outlet": {"name": "صحيفة", "url": "https://a.org"},
    "url": "https://a.org/x",
    "author": "كاتب",
    "topics": ["نقل"],
    "summary": "نص",
    "review": "stored-copies-only",
    "claims": [
        {
            "id": "a1",
            "claim": "نص",
            "quote": "قول",
            "source": "مصدر",
            "speaker": ["قائل"],
            "via": ["وكالة"],
            "cue": "قال",
            "form": "mixed",
            "type": "event",
            "said_on": "2025-03-18",
            "about": "شيء",
            "numbers": [{"text": "خمسة", "value": 5, "unit": "كتاب"}],
            "dates": [{"text": "أمس", "value": "2025-03"}],
            "worth": {"score": 3, "because": ["رقم"]},
            "proposal": {
                "status": "needs-review",
                "confidence": "low",
                "because": [{"rule": "a", "text": "ب", "here": ["ج"], "there": [{"entry": "د", "quote": "ه"}]}],
                "passages": [{"source": "أ", "quote": "ب"}],
                "by": "rules/1",
            },
            "ruling": {
                "attribution": True,
                "verdict": "زائف",
                "technique": ["fabricated"],
                "of": "1234567812345678",
                "summary": "نص",
                "true": "نص",
                "false": "نص",
                "unknown": "نص",
                "as_of": "2025-03-19",
                "evidence": [{"source": "s", "stance": "supports", "quote": "نص", "note": "نص"}],
                "by": "هند",
                "on": "2025-03-20",
                "edited_by": "علي",
                "history": [{"on": "2025-03-20", "verdict": "true", "attribution": "true", "why": "سبب"}],
            },
            "media": {"url": "https://a.org", "category": "StagedContent"},
            "appearances": ["https://a.org"],
            "reply": {"asked": "2025-03-19", "until": "2025-03-20", "answer": "نص"},
            "polarity": "negative",
        }
    ],
    "findings": [
        {
            "kind": "omission",
            "title": "نص",
            "text": "نص",
            "verdict": "مضلل",
            "claims": ["a1"],
            "evidence": [{"source": "s", "stance": "context"}],
            "by": "هند",
            "on": "2025-03-20",
        }
    ],
    "sources": [
        {
            "id": "s",
            "title": "نص",
            "url": "https://a.org",
            "publisher": "ناشر",
            "published": "2025",
            "tier": "wire",
            "party": "طرف",
            "origin": "أصل",
            "archived": "https://a.org",
            "access": "live",
            "accessed": "2025-03-20",
            "lang": "ar",
            "note": "نص",
        }
    ],
    "timeline": [{"on": "2025-03", "text": "نص", "sources": ["s"]}],
    "corrections": [{"on": "2025-03-21", "claim": "a1", "text": "نص"}],
    "extra": {"free": [1, {"data": None}]},
}


def file_of(data: dict[str, Any], body: str = "نص") -> str:
    return f"---\n{dump(data)}---\n{body}\n"


def faults(text: str) -> tuple[Problem, ...]:
    """What is wrong with a file; each fault inside it, worded, and one at least where it is refused."""
    try:
        read_entry(text, "x.md")
    except Refused as refusal:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for p in refusal.problems:
            within = 1 <= p.place.line <= len(lines) and p.place.column <= len(lines[p.place.line - 1]) + 1
            assert within and p.text and p.action and len(p.text) < 500, p
        assert refusal.problems
        return refusal.problems
    return ()


def shown(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems]


def cases() -> list[tuple[str, str, list[str]]]:
    """Each case's name, its file, and the problems expected."""
    text = (CASES / "reading.txt").read_text(encoding="utf-8").replace(TAB, "\t")
    found = []
    for part in text.split("\n## ")[1:]:
        name, _, rest = part.partition("\n")
        file, _, expected = rest.partition("\n.\n")
        found.append((name, file + "\n", [line for line in expected.split("\n") if line]))
    return found


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(("name", "file", "expected"), cases(), ids=[name for name, _, _ in cases()])
def test_a_bad_file_is_refused_with_every_fault_of_it(name, file, expected):
    problems = faults(file)

    assert shown(problems) == expected


def test_an_empty_file_is_refused():
    assert shown(faults("")) == ["1:0 front-matter-missing"]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x9d", "\ud800", "\ufffe"])
def test_a_body_holds_no_character_that_html_may_not(character):
    problems = faults(f"---\ntitle: عنوان\nslug: a\n---\nنص\nنص{character}\n")

    assert shown(problems) == ["6:3 bad-character"]


def test_a_message_carries_nothing_that_steers_a_terminal():
    (problem,) = faults('---\ntitle: عنوان\nslug: "\\e[31m\\u2069\\u202ea"\n---\n')

    assert "\x1b" not in problem.text and "\u202e" not in problem.text and problem.text.count("\u2069") == 1


def test_a_file_of_faults_is_told_in_time():
    lines = "".join(f"k{n}: {n}\n" for n in range(20_000))
    begun = time.perf_counter()
    problems = faults(f"---\ntitle: عنوان\nslug: a\n{lines}---\n")

    assert len(problems) == 200 and time.perf_counter() - begun < 5


def test_a_key_as_long_as_a_book_is_told_in_time():
    begun = time.perf_counter()
    problems = faults(f"---\ntitle: عنوان\nslug: a\n? {'كلمة ' * 100_000}\n: نص\n---\n")

    assert [p.rule for p in problems] == ["unknown-key"] and time.perf_counter() - begun < 2


# ---------------------------------------------------------------- accepted


def test_a_file_with_every_key_is_read():
    entry = read_entry(file_of(FULL), "x.md")

    assert entry.front.model_fields_set == set(Front.model_fields) and entry.front.claims[0].ruling.so == "نص"


def test_a_byte_order_mark_and_other_line_ends_make_no_difference():
    plain = read_entry(GOOD, "x.md")
    marked = read_entry("\ufeff" + GOOD.replace("\n", "\r\n"), "x.md")
    old = read_entry(GOOD.replace("\n", "\r"), "x.md")

    assert plain == marked == old and marked.document.place("slug") == plain.document.place("slug")


@pytest.mark.parametrize("key", ["title", "summary", "author"])
def test_markup_in_a_field_is_text(key):
    entry = read_entry(file_of({"title": "عنوان", "slug": "a", key: "<script>alert(1)</script>"}), "x.md")

    assert getattr(entry.front, key) == "<script>alert(1)</script>"


def verdict(written: str) -> Verdict | None:
    return read_entry(f"{CLAIM}    ruling: {{verdict: {written}}}\n---\n", "x.md").front.claims[0].ruling.verdict


@pytest.mark.parametrize("rating", scale().values(), ids=lambda rating: str(rating.id))
def test_a_verdict_is_an_id_a_label_or_an_alias(rating):
    names = (rating.id, rating.label, *rating.aliases)

    assert [verdict(str(name)) for name in names] == [rating.id] * len(names)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", "true"),
        ("True", "true"),
        ("false", "false"),
        ('"true"', "true"),
        ("صَحيح", "true"),
        ("زائف جزئيا", "mixed"),
    ],
)
def test_a_verdict_may_be_bare_or_spelled_with_or_without_marks(written, expected):
    assert verdict(written) == expected


def test_a_digest_without_letters_is_a_text_all_the_same():
    entry = read_entry(f"{CLAIM}    ruling: {{of: 1234567812345678}}\n---\n", "x.md")

    assert entry.front.claims[0].ruling.of == "1234567812345678"


def test_the_digest_of_a_claim_changes_with_its_words_and_not_with_their_spelling():
    claim = read_entry(GOOD, "x.md").front.claims[0]
    respelled = claim.model_copy(update={"quote": claim.quote.replace("ة", "ه")})  # heh for teh marbuta
    changed = claim.model_copy(update={"quote": claim.quote.replace("10", "11")})

    assert ruled_digest(respelled) == ruled_digest(claim) != ruled_digest(changed)


def test_pages_and_speakers_go_through_the_same_door():
    prose = read_prose("\ufeff---\r\ntitle: عنوان\r\nslug: about\r\n---\r\nنص\r\n", "pages/about.md")
    speakers = read_speakers("\ufeffspeakers:\r\n  - {name: الكرملين, key: kremlin}\r\n", "speakers.yml")

    assert prose.body == "نص\n" and speakers[0].key == "kremlin"


# ---------------------------------------------------------------- whatever it is, it is read or told


WRONG: tuple[object, ...] = (
    None,
    True,
    5,
    -1,
    2.5,
    "",
    " ",
    "نص",
    "a",
    "\u200b",
    [],
    [None],
    ["نص"],
    [[]],
    {},
    {"نص": 1},
    {"a": {"b": []}},
    "x" * 5000,
    10**17,
)


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every key path of some data, its root aside."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in children:
        yield (*path, step)
        yield from paths(child, (*path, step))


def with_value(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    """A copy of some data with another value at that path."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_value(copy[path[0]], path[1:], new)
    return copy


@pytest.mark.parametrize("path", list(paths(FULL)), ids=lambda path: ".".join(map(str, path)))
def test_another_type_at_any_key_is_read_or_told_at_its_place(path):
    for wrong in WRONG:
        text = file_of(with_value(FULL, path, wrong))
        for problem in faults(text):
            assert problem.place.line > 1 and problem.excerpt in text


@pytest.mark.parametrize(
    "path",
    [p for p in paths(FULL) if isinstance(p[-1], str) and p[0] != "extra"],
    ids=lambda p: ".".join(map(str, p)),
)
def test_a_slip_in_any_key_is_told_with_the_key_that_was_meant(path):
    *parent, key = path
    inside: Any = FULL
    for step in parent:
        inside = inside[step]
    slipped = {(k + "x" if k == key else k): v for k, v in inside.items()}
    problems = faults(file_of(with_value(FULL, tuple(parent), slipped)))
    (unknown,) = [p for p in problems if p.rule == "unknown-key"]

    assert dict(unknown.values)["nearest"] == key and unknown.excerpt[unknown.place.column - 1 :].startswith(key + "x")


@given(st.text(st.characters() | st.sampled_from("-:\n\t \r\"'[]{}&*!|>%@`#,?\ufeff\u2028\x85")))
def test_any_text_is_read_or_told(text):
    faults(text)


@given(st.text(st.characters() | st.sampled_from("-:\n\t \r\"'[]{}&*!|>%@`#,?\\~<=0123.")))
def test_any_front_matter_is_read_or_told(text):
    faults(f"---\n{text}\n---\nنص\n")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_good_file_cut_or_changed_anywhere_is_read_or_told(data):
    whole = data.draw(st.sampled_from([GOOD, file_of(FULL)]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    put = data.draw(st.text(st.characters() | st.sampled_from("-:\n\t \"'[]{}&*!|>#,\\"), max_size=6))
    try:
        entry = read_entry(whole[:start] + put + whole[end:], "x.md")
    except Refused:
        faults(whole[:start] + put + whole[end:])
    else:
        assert isinstance(entry, Entry)

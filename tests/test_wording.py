"""A claim is worded to stand alone only where that says the same; else its quote stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.segments import Span
from factarchive.arabic.words import after_article, words
from factarchive.archive.entries import read_entry
from factarchive.archive.frontmatter import load, split
from factarchive.archive.ownership import is_untouched
from factarchive.archive.schema import CLAIM_MAX
from factarchive.checking.claims import check_claims
from factarchive.drafting.claims import find_claims
from factarchive.drafting.drafts import Known, draft_of
from factarchive.drafting.seeds import Article, Seed
from factarchive.drafting.wording import Wording, day_words, notes_on, worded
from factarchive.publishing.phrases import Phrases
from tests.test_claims import ANY, PROSE

CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "wording.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
DAY = date(2025, 3, 18)
WEEKDAYS = {folded(name) for names in table("dates")["weekdays"].values() for name in names}
# «said», «that he», «that she», «will visit», «yesterday», «last year», «on 19 March», «its intention», …
PARTS = """
قال قالت وأضاف أكدت إنه إنها أنه سيزور ستزور زارت قرر القاهرة أمس غدا اليوم الثلاثاء العام الماضي 19 مارس نيتها نيته
وزير الصحة سامي حداد وزارة مساء قبل يومين الجمعة المقبل ، . “ ” : 5 أن
"""
TOLD = st.lists(st.sampled_from(PARTS.split()), min_size=3, max_size=30).map(
    lambda parts: f"أخبار\n\n{' '.join(parts)}"
)


def article(text: str, published: date | None = DAY) -> Article:
    return Article(text=text, title=text.split("\n")[0], published=published)


def seed(text: str) -> Seed:
    return Seed("seeds/a.txt", article(text), "utf-8", "0" * 32)


def tokens(text: str) -> set[str]:
    """The folded words of a text, marks aside."""
    return {word.form for word in words(text, Span(0, len(text))) if word.kind in ("word", "number")}


@pytest.mark.parametrize("case", CASES)
def test_a_claim_is_worded_as_its_case_says(case: str) -> None:
    given_, wanted = case.split(" => ")
    day, told = given_.split(" | ")
    text = f"أخبار\n\n{told}"
    found = find_claims(article(text, None if day == "none" else date.fromisoformat(day)))
    made = [worded(text, claim) for claim in found]

    assert " ; ".join(f"{w.text} @ {' '.join(w.rules)}" for w in made) == wanted


@settings(max_examples=200, deadline=None)
@given(st.one_of(TOLD, ANY, PROSE))
def test_each_word_of_a_wording_is_the_claims_its_sources_or_a_dates(text: str) -> None:
    for claim in find_claims(article(text)):
        made = worded(text, claim)
        dates = {word for d in claim.dates if d.value for word in tokens(day_words(d.value))}
        known = tokens(claim.quote) | tokens(claim.source) | dates
        # «عام» for «العام», a weekday for a near day, «نية» for «نيتها».
        own = (
            {w for w in tokens(made.text) if w[:2] == folded(claim.quote)[:2]} if "wording-own" in made.rules else set()
        )
        bare = {after_article(word) for word in tokens(claim.quote)}

        assert made.text == claim.quote or made.rules != ("wording-quote",)
        assert tokens(made.text) <= known | bare | own | WEEKDAYS
        assert claim.quote == text[claim.start : claim.end]


@settings(max_examples=60, deadline=None)
@given(st.one_of(TOLD, ANY))
def test_a_draft_words_each_claim_and_marks_what_is_too_long(text: str) -> None:
    usable = "\n".join(line for line in text.split("\n") if line.isprintable()) or "أخبار"
    draft = draft_of(seed(usable), Known())
    front, _, _ = split(draft.text, "a.md")
    claims = load(front, "a.md").data.get("claims", [])
    marked = [line.strip() for line in front.split("\n")]

    assert all(claim["claim"] for claim in claims)
    assert is_untouched(draft.text)
    for claim in claims:
        at = marked.index(f"- id: {claim['id']}")

        assert len(claim["claim"]) <= CLAIM_MAX or marked[at + 1].startswith("# ")


def test_a_site_that_writes_levantine_months_gets_them() -> None:
    # «The bridge collapsed yesterday.»
    text = "أخبار\n\nانهار الجسر أمس وأصيب 3 عمال."
    (first, *_) = find_claims(article(text))

    assert "17 آذار 2025" in worded(text, first, Phrases("ar_SY").day).text
    assert day_words("2025-03-17") == Phrases().day("2025-03-17")


def test_the_editor_is_told_of_length_and_of_dates_left_relative() -> None:
    notes = list(notes_on(Wording("س" * 80, ("wording-quote",), ("أمس",)), CLAIM_MAX))

    assert "80" in notes[0]
    assert "أمس" in notes[1]
    assert not list(notes_on(Wording("س", ("wording-quote",)), CLAIM_MAX))
    with pytest.raises(ValueError, match="a rule"):
        Wording("س", ())


def test_a_wording_that_is_too_long_is_no_fault_of_a_draft_but_one_of_a_ruling() -> None:
    # «The minister Sami Haddad said that the roads of the capital … were opened yesterday after works that took years.»
    long = "طرق العاصمة كلها وجسورها الثلاثة وأنفاقها الخمسة افتتحت أمس بعد أعمال طويلة في نحو سبع سنوات"
    draft = draft_of(seed(f"أخبار\n\nقال وزير النقل سامي حداد إن {long}."), Known())
    entry = read_entry(draft.text, "content/a.md")
    (claim,) = entry.front.claims

    assert len(claim.words) > CLAIM_MAX
    assert "افتتحت الاثنين 17 مارس 2025 بعد" in claim.words
    assert "# الصياغة" in draft.text
    assert not list(check_claims(entry))

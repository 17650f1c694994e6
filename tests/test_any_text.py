"""Claims of any text whatever: exact spans, and never an exception.

A few hundred texts by default; FACTARCHIVE_TEXTS=10000 reads that many (CONTRIBUTING.md).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factarchive.archive.parties import Parties
from factarchive.drafting.claims import FoundClaim, find_claims
from factarchive.drafting.compare import Accounts
from factarchive.drafting.listing import Style, as_data, as_table
from factarchive.drafting.proposals import propose_all
from factarchive.drafting.seeds import Article
from factarchive.drafting.wording import worded
from tests.corpus import SIGNS, real_texts, spoilt
from tests.test_claims import VOCABULARY

TEXTS = int(os.environ.get("FACTARCHIVE_TEXTS", "300"))
REAL = real_texts()
STYLE = Style(lambda _, word: word, "5", 80)
DAYS = st.one_of(st.none(), st.just(date(2025, 3, 18)), st.dates())

made_of_words = st.lists(st.sampled_from([*VOCABULARY.split(), *SIGNS]), max_size=80).map(" ".join)
glued = st.lists(st.sampled_from([*VOCABULARY.split(), *SIGNS]), max_size=40).map("".join)
arabic = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=120)
forms = st.text(st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF), max_size=60)
anything = st.text(st.characters(), max_size=80)  # lone surrogates too
spoilt_real = st.builds(spoilt, st.sampled_from(REAL), st.integers(0, 1 << 30))
cut_real = st.builds(
    lambda text, a, n: text[a % len(text) :][:n], st.sampled_from(REAL), st.integers(0), st.integers(1, 400)
)
TEXT = st.one_of(made_of_words, glued, arabic, forms, anything, spoilt_real, cut_real)


ALONE = {"needs-review", "unattributed", "attributed-only", "not-checkable", "awaits-date"}


def check_proposals(article: Article, found: Sequence[FoundClaim]) -> None:
    """Every claim has a proposal with reasons; where no two parties speak, nothing that only a second account shows."""
    proposals = propose_all(Accounts(found, Parties(), article.published), [f"c{n}" for n in range(len(found))])
    sources = {claim.source for claim in found} - {"narrator", "unknown"}

    assert len(proposals) == len(found) and all(p.because for p in proposals)
    assert len(sources) > 1 or {p.status for p in proposals} <= ALONE


def check(text: str, day: date | None) -> None:
    article = Article(text=text, title=text.split("\n")[0], published=day)
    found = find_claims(article)

    assert all(text[c.start : c.end] == c.quote == c.quote.strip() for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all("\n" not in c.quote and c.source and c.speaker and c.rules for c in found)
    for claim in found:
        for part in (*claim.numbers, *claim.dates):
            assert claim.start <= part.start < part.end <= claim.end
            assert text[part.start : part.end] == part.text
    check_proposals(article, found)
    assert len(as_data(article, found)["claims"]) == len(found)
    assert all(
        worded(
            text,
            claim,
        ).text
        for claim in found
    )
    assert all(isinstance(line, str) for line in as_table(article, found, STYLE, why=True))


@settings(max_examples=TEXTS, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXT, DAYS)
@example("بحسب ـ", None)  # «according to» and a tatweel alone: a letter that folds to nothing
def test_spans_are_exact_whatever_text_comes_in(text: str, day: date | None) -> None:
    check(text, day)


def test_spans_are_exact_in_real_articles_spoilt_in_many_ways() -> None:
    for number in range(max(len(REAL), TEXTS // 4)):
        check(spoilt(REAL[number % len(REAL)], number), date(2025, 3, 18))

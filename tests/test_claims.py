"""Claims are exact words with somebody accountable, whatever text comes in."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.arabic.dates import Dated
from factarchive.arabic.quantities import Quantity
from factarchive.drafting.claims import EXTRACTOR_VERSION, FoundClaim, find_claims
from factarchive.drafting.seeds import Article
from factarchive.drafting.worth import Signs, Worth, weigh

VOCABULARY = """
قال وقال أكد وأضاف الرئيس الروسي فلاديمير بوتين وزير وزارة الصحة أن إن أنه بأن بحسب وفقا للكرملين على حد قوله
مؤكدا مشددا سيتم ارتفع استمر التي 175 أسيرا اليوم الثلاثاء 19 مارس كما حيث لو كان يجب نقلت عن وصل بـ و
، . .. … ! : « » “ ” " ( ) -
"""
PROSE = st.lists(st.sampled_from([*VOCABULARY.split(), "\n", " "]), max_size=60).map(" ".join)
ANY = st.one_of(PROSE, st.text(max_size=80), st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))


ARTICLES = sorted((Path(__file__).parent / "cases" / "articles").glob("*.txt"))


def article(text: str, published: date | None = date(2025, 3, 18)) -> Article:
    return Article(text=text, title=text.split("\n")[0], published=published)


def shown(claim: FoundClaim) -> str:
    return f"{claim.source} | {'، '.join(claim.speaker)} | {'، '.join(claim.via) or '-'} | {claim.quote}"


@pytest.mark.parametrize("path", ARTICLES, ids=[path.stem for path in ARTICLES])
def test_an_article_is_read_as_its_case_says(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    text, wanted = "\n".join(line for line in lines if not line.startswith("#")).split("\n.\n")

    assert [shown(claim) for claim in find_claims(article(text))] == wanted.strip().split("\n")


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_claims_are_exact_ordered_apart_and_within_a_paragraph(text: str) -> None:
    found = find_claims(article(text))

    assert all(text[c.start : c.end] == c.quote for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not any("\n" in c.quote for c in found)
    assert all(c.source and c.speaker and c.rules for c in found)


@settings(max_examples=200, deadline=None)
@given(PROSE)
def test_numbers_and_dates_lie_inside_their_claim(text: str) -> None:
    for claim in find_claims(article(text)):
        inside: list[Quantity | Dated] = [*claim.numbers, *claim.dates]

        assert all(claim.start <= part.start < part.end <= claim.end for part in inside)
        assert all(text[part.start : part.end] == part.text for part in inside)


@settings(max_examples=200, deadline=None)
@given(PROSE)
def test_no_claim_begins_with_a_complementiser_or_ends_in_a_stop(text: str) -> None:
    for claim in find_claims(article(text)):
        assert claim.quote.split()[0] not in ("أن", "إن", "بأن", "أنه")
        assert claim.quote[0] not in '«“"،.:!' and claim.quote[-1] not in "،.:!…"


@settings(max_examples=100, deadline=None)
@given(PROSE)
def test_the_narrator_is_never_quoted_and_the_others_always_are(text: str) -> None:
    assert all((c.form == "none") == (c.source == "narrator") for c in find_claims(article(text)))


def test_a_claim_may_lie_in_the_headline() -> None:
    # «Oil prices rose 5 percent»
    (claim,) = find_claims(article("ارتفعت أسعار النفط 5 بالمئة"))

    assert (claim.start, claim.source, claim.form) == (0, "narrator", "none")


def test_speakers_known_to_the_archive_give_the_name() -> None:
    text = "أخبار\n\nقال ترمب إن الاتفاق دخل حيز التنفيذ."
    (claim,) = find_claims(article(text), {"ترمب": "دونالد ترامب"})

    assert claim.source == "دونالد ترامب"


def test_a_platform_is_through_whom_it_came_and_no_source() -> None:
    # «Trump said, in a post on his platform "Truth Social": …»
    text = "أخبار\n\nوقال ترامب، في تدوينة على منصته “تروث سوشيال”: “وصلت الطائرة إلى جدة”."
    (claim,) = find_claims(article(text))

    assert (claim.source, claim.via) == ("ترامب", ("تروث سوشيال",))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        # «the call was good and fruitful», «this conflict should never have begun», «they agreed to form groups»
        ("الاتصال كان جيدا ومثمرا للغاية", "opinion"),
        ("الصراع كان يجب ألا يبدأ", "counterfactual"),
        ("روسيا اتفقت مع أوكرانيا على تشكيل لجنة", "commitment"),
        # «the prices will rise», «the prices rose»
        ("الأسعار سترتفع قريبا", "prediction"),
        ("الأسعار ارتفعت 5 بالمئة", "event"),
    ],
)
def test_the_kind_of_a_claim_follows_from_its_words(words: str, kind: str) -> None:
    (claim,) = find_claims(article(f"أخبار\n\nقال سامي حداد إن {words}."))

    assert claim.type == kind


KINDS = (Path(__file__).parent / "cases" / "kinds.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", [line for line in KINDS if line and not line.startswith("#")])
def test_a_claim_is_of_the_kind_and_worth_that_its_case_says(case: str) -> None:
    wanted, text = case.split(" | ")
    *_, claim = find_claims(article(f"صفقة السفن\n\n{text}"))

    assert f"{claim.type} {claim.worth.score}" == wanted


def test_what_is_demanded_is_an_opinion_and_what_is_promised_a_commitment() -> None:
    text = "أخبار\n\nدعا سامي حداد إلى فتح المعبر. وتعهد سامي حداد بإعادة الأموال."

    assert [c.type for c in find_claims(article(text))] == ["opinion", "commitment"]


def test_a_claim_without_its_exact_words_cannot_be_made() -> None:
    (claim,) = find_claims(article("ارتفعت أسعار النفط 5 بالمئة"))

    with pytest.raises(ValueError, match="exact words"):
        replace(claim, end=claim.end + 1)
    with pytest.raises(ValueError, match="a source"):
        replace(claim, speaker=())


def test_worth_is_nothing_for_an_opinion_and_most_for_figures_of_an_office() -> None:
    plain = Signs("event")

    assert weigh(replace(plain, kind="opinion", numbers=2)).score == 0
    assert weigh(replace(plain, numbers=1, official=True)).score == 3
    assert weigh(plain).score < weigh(replace(plain, dates=1)).score
    assert all(weigh(replace(plain, kind=kind)).because for kind in ("event", "commitment", "opinion", "prediction"))
    with pytest.raises(ValueError, match="between"):
        Worth(4, ())


@pytest.mark.parametrize(
    "line",
    [
        "“" * 60_000,
        "قال " * 20_000,
        "وقال الوزير إن " * 8_000,
        "الرئيس فلان الفلاني وزير " * 5_000,
        '"قال" ' * 15_000,
        ")" * 60_000,
    ],
    ids=["marks", "verbs", "cues", "titles", "quotes", "brackets"],
)
def test_time_grows_with_the_text_and_no_faster(line: str) -> None:
    def seconds(text: str) -> float:
        begun = time.process_time()
        find_claims(article(text))
        return time.process_time() - begun

    seconds(line[:1000])
    half, whole = seconds(line[: len(line) // 2]), seconds(line)

    assert whole < 5 * half + 0.5


def test_the_version_says_that_rules_made_the_draft() -> None:
    assert EXTRACTOR_VERSION.startswith("rules/")
    assert FoundClaim.__slots__

"""Who says what: the cases of cases/speech.txt, and the pieces that they rest on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from factarchive.arabic.names import name_at
from factarchive.arabic.segments import Span
from factarchive.arabic.verbs import is_ambiguous, is_finite, is_future, participle, saying_verb
from factarchive.arabic.words import after_conjunction, opens_complement, words
from factarchive.drafting.claims import FoundClaim, find_claims
from factarchive.drafting.seeds import Article

CASES = Path(__file__).parent / "cases" / "speech.txt"


def cases() -> list[tuple[str, str, str]]:
    blocks = CASES.read_text(encoding="utf-8").split("\n## ")[1:]
    named = (block.split("\n", 1) for block in blocks)
    parted = ((name, *rest.split("\n.\n", 1)) for name, rest in named)
    return [(name, text, wanted) for name, text, wanted in parted]


def shown(claim: FoundClaim) -> str:
    speaker = "=" if claim.speaker == (claim.source,) else "، ".join(claim.speaker)
    return f"{claim.source} | {speaker} | {claim.form} | {claim.quote}"


@pytest.mark.parametrize(("name", "text", "wanted"), cases(), ids=[name for name, _, _ in cases()])
def test_each_statement_has_the_voice_that_its_case_gives(name: str, text: str, wanted: str) -> None:
    article = Article(text=text, title=text.split("\n")[0], published=date(2025, 3, 18))

    assert [shown(claim) for claim in find_claims(article)] == wanted.strip().split("\n"), name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("الرئيس الروسي فلاديمير بوتين ونظيره", "فلاديمير بوتين"),
        ("وزير الخارجية الأميركي ماركو روبيو إن", "ماركو روبيو"),
        # «the head of the musicians' union, Mokdad Shili»
        ("نقيب الفنانين الموسيقيين، مقداد السهيلي أن", "مقداد السهيلي"),
        ("وزير التنمية والتعاون الدولي فاضل عبد الكافي عن", "فاضل عبد الكافي"),
        ("الناطق الرسمي باسم النيابة العمومية سفيان السليطي أن", "سفيان السليطي"),
        # an office without a name stays an office: «the governor of Tehran»
        ("محافظ طهران أن", "محافظ طهران"),
        ("منظمة الصحة العالمية جميع دول", "منظمة الصحة العالمية"),
        ("وسائل إعلام إيرانية إن", "وسائل إعلام إيرانية"),
    ],
)
def test_a_name_stands_without_its_title(phrase: str, name: str) -> None:
    row = words(phrase, Span(0, len(phrase)))
    found, _ = name_at(phrase, row, 0, len(row))

    assert found is not None and found.text == name


def test_verbs_are_known_in_their_forms() -> None:
    # he said, she called, they two confirmed, it will begin; «politics» begins like a future verb and is none
    forms = ("قال", "دعت", "اكدا", "ستبدا", "سياسه")

    assert [is_finite(form) for form in forms] == [True, True, True, True, False]
    assert [is_future(form) for form in forms] == [False, False, False, True, False]
    assert saying_verb("اكدت") is not None and participle("موكدا") is not None
    assert saying_verb("كتاب") is None and is_ambiguous("بين")


def test_a_conjunction_comes_off_and_a_root_letter_does_not() -> None:
    # «and he said» and «so he said»; «he arrived» and «minister» begin with a root letter
    assert [after_conjunction(form) for form in ("وقال", "فقال", "وصل", "وزير")] == ["قال", "قال", "وصل", "وزير"]


def test_a_complement_opens_with_that_in_all_its_shapes() -> None:
    assert all(opens_complement(form) for form in ("ان", "انه", "بان", "بانها", "انهم"))
    assert not opens_complement("لان")

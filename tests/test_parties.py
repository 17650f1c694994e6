"""Who speaks for whom: voices of one party count once."""

from __future__ import annotations

import pytest

from factarchive.archive.parties import Parties


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("البيت الأبيض", "دونالد ترامب"),  # a president and his office
        ("ترامب", "واشنطن"),  # a capital stands for its state
        ("الكرملين", "وزارة الخارجية الروسية"),  # an office with a state's adjective
        ("وزير الدفاع الإسرائيلي", "الجيش الإسرائيلي"),
        ("حركة حماس", "كتائب القسام"),
        ("كيم", "جيم يونغ كيم"),  # a name and its last word
        ("الكاتب العام لنقابة التعليم", "نقابة التعليم"),  # a union's secretary
        ("حبيب خذر", "الحبيب خذر"),
        ("عبد الله العبيدي", "عبدالله العبيدي"),
    ],
)
def test_voices_of_one_party_are_one(one: str, other: str) -> None:
    assert Parties().are_one(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("البيت الأبيض", "الكرملين"),
        ("وزارة الصحة", "وزارة الداخلية"),  # of which state nobody says
        ("المعارضة السورية", "الحكومة السورية"),  # of one land, of two parties
        ("وكالة الأنباء الفرنسية", "الحكومة الفرنسية"),
    ],
)
def test_others_are_two(one: str, other: str) -> None:
    assert not Parties().are_one(one, other)


def test_an_archives_own_links_go_on_into_the_shipped_table_and_win_over_it() -> None:
    # a spokeswoman of the White House; a newsroom that counts a president apart from his office
    parties = Parties({"سارة حداد": "البيت الأبيض", "دونالد ترامب": "حملة ترامب"})

    assert parties.are_one("سارة حداد", "واشنطن")
    assert not parties.are_one("دونالد ترامب", "البيت الأبيض")


def test_those_who_speak_for_each_other_are_one_and_end() -> None:
    parties = Parties({"أ": "ب", "ب": "ج", "ج": "ب"})

    assert parties.of("أ") == parties.of("ب") == parties.of("ج")

"""How two claims are kin: pairs of sentences with what is expected of them, and what holds for any pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.archive.kinship import Kin, kinship

# «Israel decides to cut the supply of electricity to Gaza.»
CUT = "إسرائيل تقرر خفض إمدادات الكهرباء إلى غزة"
PAIRS = [
    (CUT, "قررت إسرائيل خفض إمدادات الكهرباء إلى غزة", Kin.SAME),
    # «… by 8 megawatts», said of one alone
    (CUT, "قررت إسرائيل خفض إمدادات الكهرباء إلى غزة 8 ميغاواط", Kin.NEAR),
    # «Israel does not decide …»
    (CUT, "إسرائيل لم تقرر خفض إمدادات الكهرباء إلى غزة", Kin.VARIANT),
    # «The ministry opened 12 schools in Gaza» and 30
    ("افتتحت الوزارة 12 مدرسة في غزة", "افتتحت الوزارة 30 مدرسة في غزة", Kin.VARIANT),
    # The same on two days: «on 3 March 2025» and «on 9 May 2025»
    ("افتتحت الوزارة مدرسة في غزة في 3 مارس 2025", "افتتحت الوزارة مدرسة في غزة في 9 مايو 2025", Kin.RELATED),
    # News of one kind from two places: «A network of drug dealers was broken up», in Sousse and in Gabes
    ("تفكيك شبكة لترويج المخدرات", "تفكيك شبكة لترويج الأسلحة", None),
    (CUT, "ارتفع سعر الخبز في القاهرة 5 في المئة", None),
    ("", "", None),
]
WORDS = ["إسرائيل", "غزة", "خفض", "تخفيض", "الكهرباء", "12", "30", "مدرسة", "لم", "تقرر", "الوزارة", "مارس", "جميع"]
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)


@pytest.mark.parametrize(("one", "other", "kin"), PAIRS)
def test_two_claims_are_kin_as_a_reader_would_say(one: str, other: str, kin: Kin | None) -> None:
    found = kinship(one, other)

    assert (found.kin if found else None) == kin


@settings(deadline=None)  # the first comparison reads the lexicons
@given(texts, texts)
def test_kinship_is_the_same_either_way(one: str, other: str) -> None:
    assert kinship(one, other) == kinship(other, one)

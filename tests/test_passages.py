"""Passages are found by the words that they share with a text, whatever their form."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.archive.passages import Passage, Passages, find_passages

# «The city lowered the transport fees by 10 per cent.» · «The ministry opened 12 schools.» · «Transport fees rise.»
LOWERED = Passage("evidence/decision.md", "خفضت البلدية رسوم النقل 10 في المئة")
SCHOOLS = Passage("evidence/schools.md", "افتتحت الوزارة 12 مدرسة")
RISE = Passage("evidence/decision.md", "ترتفع رسوم النقل", 1)
WORDS = ["البلدية", "الوزارة", "رسوم", "النقل", "مدرسة", "مدارس", "خفضت", "تخفيض", "افتتحت", "10", "12", "غزة"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def test_the_passage_that_shares_most_comes_first_and_what_shares_nothing_is_left_out() -> None:
    # «A lowering of the city's fees for transport»
    found = find_passages(Passages([SCHOOLS, RISE, LOWERED]), "تخفيض رسوم النقل في البلدية")

    assert [one.passage for one in found] == [LOWERED, RISE]
    assert 0 < found[1].share < found[0].share <= 1


def test_no_passages_and_no_words_find_nothing() -> None:
    assert find_passages(Passages([]), "رسوم النقل") == ()
    assert find_passages(Passages([LOWERED]), "، و ؟") == ()


@settings(deadline=None)  # the first comparison reads the lexicons
@given(st.lists(texts, min_size=1, max_size=12), texts, st.randoms(use_true_random=False))
def test_the_order_of_the_passages_does_not_matter_and_a_text_finds_itself_whole(
    written: list[str], text: str, chance: random.Random
) -> None:
    passages = [Passage("a", one, place) for place, one in enumerate([*written, text])]
    found = find_passages(Passages(passages), text, 3)
    chance.shuffle(passages)

    assert find_passages(Passages(passages), text, 3) == found
    assert pytest.approx(1) in [
        one.share for one in find_passages(Passages(passages), text, 99) if one.passage.text == text
    ]

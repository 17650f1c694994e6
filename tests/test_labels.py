"""Other desks' words for their verdicts: the cases of cases/labels.txt, and what holds of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.archive.verdicts import RULED, Verdict, scale
from factarchive.importing.labels import Doubt, map_label

CASES = (Path(__file__).parent / "cases" / "labels.txt").read_text(encoding="utf-8")
TRUE_SIDE = {Verdict.TRUE, Verdict.MOSTLY_TRUE}


def cases() -> list[tuple[str, str, str]]:
    """Each label, the desk's host, and what is expected."""
    found = []
    for line in CASES.split("\n"):
        label, arrow, expected = line.rpartition(" → ")
        if arrow and not line.startswith("# "):
            label, _, site = label.partition(" @ ")
            found.append((label, site, expected))
    return found


@pytest.mark.parametrize(("label", "site", "expected"), cases(), ids=[label for label, *_ in cases()])
def test_a_label_is_mapped_by_the_table_or_told(label: str, site: str, expected: str) -> None:
    found = map_label(label, site.removeprefix("www."))

    assert f"{found.verdict or 'none'} {found.doubt or ''}".strip() == expected


@pytest.mark.parametrize("verdict", RULED)
def test_the_scales_own_labels_and_ids_come_back(verdict: Verdict) -> None:
    assert map_label(scale()[verdict].label).verdict == map_label(str(verdict)).verdict == verdict


def test_a_newsrooms_own_name_of_a_verdict_is_known() -> None:
    # «ليس كذلك» ("not so") is no word of the table.
    assert map_label("ليس كذلك").verdict is None
    assert map_label("ليس كذلك", own={"false": "ليس كذلك"}).verdict is Verdict.FALSE


# "not", "is not", "not", "never": before a word that the table maps, none of them may keep its verdict.
@pytest.mark.parametrize("negation", ["غير", "ليس", "ليست", "لا", "ما", "لم يكن", "not", "never"])
def test_a_negated_word_never_keeps_the_verdict_of_the_word(negation: str) -> None:
    kept = []
    for word in ("زائف", "مضلل", "كاذب", "صحيح", "حقيقي", "دقيق", "ساخر", "محرف", "true", "false", "misleading"):
        bare, found = map_label(word).verdict, map_label(f"{negation} {word}").verdict
        if found is not None and found == bare:
            kept.append(word)

    assert kept == []


WORDS = st.sampled_from(
    ["زائف", "صحيح", "غير", "ليس", "لكن", "الخبر", "مضلل", "أن", ":", "،", ".", "(", "False", "true", "جزئيا"]
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_row_of_words_raises_and_a_sentence_is_always_told(label: str) -> None:
    found = map_label(label)

    assert found.doubt in (None, *Doubt)
    assert found.verdict or found.doubt


@given(st.text(max_size=200))
def test_any_text_is_a_label(label: str) -> None:
    assert map_label(label, label, {"true": label}).doubt in (None, *Doubt)

"""Paragraphs, sentences and quotations are found at exact offsets, in prose and in what is no prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factarchive.arabic.segments import Quote, Span, paragraphs, quotes, sentences

PIECES = st.lists(
    st.sampled_from(
        ["قال ", "نعم", ". ", "..", "…", "! ", "؟ ", "«", "»", "“", "”", '"', "‹", "›", "،", " ", "3.5", "د. "]
    ),
    max_size=40,
).map("".join)


def whole(text: str) -> Span:
    return Span(0, len(text))


def cut(text: str) -> list[str]:
    return [s.of(text) for s in sentences(text, whole(text), quotes(text, whole(text)))]


def quoted(text: str) -> list[str]:
    return [q.inner.of(text) for q in quotes(text, whole(text))]


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    text = "عنوان\n\n  فقرة أولى \r\nفقرة ثانية\n"

    assert [p.of(text) for p in paragraphs(text)] == ["عنوان", "فقرة أولى", "فقرة ثانية"]


@given(PIECES)
def test_sentences_tile_their_paragraph(text: str) -> None:
    for paragraph in paragraphs(text):
        spans = sentences(text, paragraph, quotes(text, paragraph))

        assert "".join(s.of(text) for s in spans) == paragraph.of(text)
        assert spans[0].start == paragraph.start and spans[-1].end == paragraph.end


@given(PIECES)
def test_quotations_lie_in_their_paragraph_and_nest_or_stand_apart(text: str) -> None:
    found = quotes(text, whole(text))

    assert all(0 <= q.start < q.end <= len(text) for q in found)
    closed = [q for q in found if q.closed]
    for a in closed:
        for b in closed:
            assert a.end <= b.start or b.end <= a.start or (a.start <= b.start) == (a.end >= b.end) or a == b


def test_stops_inside_a_quotation_end_nothing_outside_it() -> None:
    # «He said: "Yes.. this! Good" and left. Then he came back.»
    assert cut("قال “نعم.. هذا! حسن” وغادر. ثم عاد.") == ["قال “نعم.. هذا! حسن” وغادر. ", "ثم عاد."]


def test_a_full_stop_before_the_closing_mark_ends_the_sentence() -> None:
    assert cut('قال "نعم." ثم عاد.') == ['قال "نعم." ', "ثم عاد."]


def test_an_abbreviation_a_number_and_an_address_end_nothing() -> None:
    # «Dr. Sami read 3.5 pages at kremlin.ru»
    assert len(cut("قرأ د. سامي 3.5 صفحات في kremlin.ru اليوم.")) == 1


def test_two_dots_between_words_end_a_sentence() -> None:
    # a headline of two halves: «lasted an hour..details of the call»
    assert cut("استمرت ساعة..تفاصيل المكالمة") == ["استمرت ساعة..", "تفاصيل المكالمة"]


@pytest.mark.parametrize("marks", ["«»", "“”", "‹›", '""', "”“", "»«", "““", "””"])
def test_quotation_marks_of_all_kinds_and_the_wrong_way_round(marks: str) -> None:
    text = f"قال {marks[0]}نعم هكذا{marks[1]} ثم عاد"

    assert quoted(text) == ["نعم هكذا"]


def test_a_quotation_inside_a_quotation() -> None:
    assert quoted("قال «إن “الاتفاق” قائم» أمس") == ["إن “الاتفاق” قائم", "الاتفاق"]


def test_an_unclosed_quotation_runs_to_the_end_and_says_so() -> None:
    text = "قال “نعم هكذا"
    (quote,) = quotes(text, whole(text))

    assert quote == Quote(4, len(text), False, 0)
    assert quote.inner.of(text) == "نعم هكذا"


def test_a_new_quotation_shows_that_the_one_before_was_never_closed() -> None:
    # straight marks: the first is never closed, the second pair is whole
    found = quotes('قال "نعم. ثم وقع "وثيقة قرطاج" وعاد', whole('قال "نعم. ثم وقع "وثيقة قرطاج" وعاد'))

    assert [q.closed for q in found] == [False, True]


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        Span(2, 1)

"""Extents: where what somebody said ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.cues import Cue, closing, cue_at, is_comma, joins, quotes_end
from factarchive.arabic.listed import folded_set
from factarchive.arabic.prepositions import preposition_at
from factarchive.arabic.rumours import rumour_end
from factarchive.arabic.words import Word, after_conjunction

__all__ = ["content_end"]

Row = Sequence[Word]


def content_end(row: Row, cue: Cue, last: int) -> int:
    """Where what was said ends: with its quotation, else before the next cue that belongs to the sentence."""
    if row[cue.said - 1].kind == "open" and cue.rule.endswith("quote"):
        return quotes_end(row, cue.said - 1, last)
    if cue.rule == "rumour":
        return rumour_end(row, cue.said, last)
    step = cue.said
    while step < last:
        if row[step].kind == "open":
            step = closing(row, step, last) + 1
            continue
        if step > cue.said and _begins_another(row, step, last):
            led = 2 * (row[step - 1].form in folded_set("marks", "while"))  # «…، في وقت أعلنت فيه»
            return step - (led or row[step - 1].form in folded_set("marks", "contrasts"))
        step += 1
    return last


@cache
def _led() -> frozenset[str]:
    """The words before a verb that joins the sentence's own."""
    return joins() | folded_set("marks", "while") | folded_set("marks", "contrasts")


def _begins_another(row: Row, step: int, last: int) -> bool:
    """Whether a cue of the same level begins here: «وأضاف أن», «مشددا على», «، بحسب»."""
    word = row[step]
    if word.kind != "word":
        return False
    cue = cue_at(row, step, last)
    if cue is not None and cue.rule == "rumour":
        return False
    if cue is not None:
        joined = after_conjunction(word.form) != word.form or row[step - 1].form in _led()
        return cue.verb.tense == "participle" or joined
    after_mark = is_comma(row[step - 1]) or row[step - 1].kind == "close"
    found = preposition_at(row, step)
    return found is not None and (after_mark or found.clause or found.own)

"""Stamps: paragraphs that only say when and where an article appeared."""

from __future__ import annotations

from collections.abc import Sequence

from factarchive.arabic.calendars import month_at
from factarchive.arabic.listed import folded_set
from factarchive.arabic.phrases import is_weekday
from factarchive.arabic.words import Word

__all__ = ["is_stamp"]

Row = Sequence[Word]

_LONGEST = 40  # words and marks of a stamp
_FIGURES = 2  # a date and a time have no fewer numbers
_STRANGE = 3  # words that name an outlet or a section


def is_stamp(row: Row) -> bool:
    """Whether a paragraph is a date with little else: «10 أغسطس 2020 03:37 مساء (يمن برس)»."""
    if not row or len(row) > _LONGEST or not (row[0].kind == "number" or _tells_when(row, 0)):
        return False
    figures = sum(word.kind == "number" for word in row)
    strange = sum(word.kind == "word" and not _tells_when(row, at) for at, word in enumerate(row))
    return figures >= _FIGURES and strange <= _STRANGE and strange <= figures


def _tells_when(row: Row, at: int) -> bool:
    form = row[at].form
    return form in folded_set("marks", "stamps") or is_weekday(form) or month_at(row, at) is not None

"""Hijri: days of the calendar of Umm al-Qura, as the papers of the Gulf date them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from hijridate import Hijri

from factarchive.arabic.calendars import day_at
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.numerals import small_number
from factarchive.arabic.periods import Found, Setting
from factarchive.arabic.words import Word, matches

__all__ = ["after_day", "from_hijri", "hijri_day", "hijri_mark", "hijri_month", "hijri_names"]

Row = Sequence[Word]
_HIJRI_YEARS = range(1343, 1501)  # what the tables of Umm al-Qura cover


def from_hijri(year: int, month: int, day: int) -> str | None:
    """The day of the calendar of Umm al-Qura in ISO form."""
    if year not in _HIJRI_YEARS:
        return None
    try:
        return Hijri(year, month, day).to_gregorian().isoformat()
    except ValueError:
        return None


def hijri_month(row: Row, at: int) -> tuple[int, int] | None:
    """A month of the Hijri calendar here; how many words, and which."""
    length = matches(row, at, hijri_names())
    return (length, _hijri()[tuple(w.form for w in row[at : at + length])]) if length else None


def hijri_mark(row: Row, at: int) -> int:
    """How many words say «هـ» here."""
    return 1 if at < len(row) and row[at].form in folded_set("dates", "words", "hijri_mark") else 0


def hijri_day(row: Row, at: int, setting: Setting) -> Found | None:
    """«15 رمضان 1446هـ», «رمضان 1446»: a month of that calendar without its year or a day may be a man's name."""
    day = day_at(row, at)
    after = after_day(row, at + day[0]) if day else at
    month = hijri_month(row, after)
    if month is None:
        return None
    end = after + month[0]
    step = end + (end < len(row) and row[end].form in folded_set("dates", "words", "year"))
    year = small_number(row[step].form) if step < len(row) and row[step].kind == "number" else None
    if year and 1300 <= year <= 1500:
        value = from_hijri(year, month[1], day[1]) if day else None
        return step + 1 + hijri_mark(row, step + 1) - at, value
    if not day:
        return None
    return end - at, _nearest_hijri(setting.published, (month[1], day[1]))


def _nearest_hijri(published: date | None, month_day: tuple[int, int]) -> str | None:
    if published is None:
        return None
    about = (published.year - 622) * 33 // 32
    days = (from_hijri(about + shift, *month_day) for shift in (-1, 0, 1, 2))
    return min((day for day in days if day), key=lambda day: abs(date.fromisoformat(day) - published), default=None)


def after_day(row: Row, at: int) -> int:
    """Past the «من» or «من شهر» between a day and its month."""
    at += at < len(row) and row[at].form in folded_set("dates", "words", "of")
    return at + (at < len(row) and row[at].form in folded_set("dates", "words", "month"))


@cache
def _hijri() -> Mapping[tuple[str, ...], int]:
    return {tuple(folded(w).split()): int(n) for n, listed in table("dates")["hijri"].items() for w in listed}


@cache
def hijri_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of months by first word, as `matches` reads them."""
    listed: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(_hijri(), key=len, reverse=True):
        listed.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(rest) for first, rest in listed.items()}

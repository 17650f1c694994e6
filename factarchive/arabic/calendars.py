"""Calendars: months in four systems, weekdays and years as words, and the arithmetic of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import Word, after_article, matches

__all__ = [
    "before",
    "by_first_word",
    "day_at",
    "glued_month",
    "is_year",
    "iso",
    "month_at",
    "month_triggers",
    "ordinals",
    "shifted",
    "turn_at",
    "unit_of",
    "weekday_near",
    "weekdays",
    "year_at",
]

Row = Sequence[Word]


def iso(year: int, month: int, day: int) -> str | None:
    """The day in ISO form; None for one that does not exist."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """The day so many days later; None past the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def weekday_near(published: date, weekday: int, turn: int) -> date | None:
    """The nearest such day on or before (0), before (-1) or after (1) publication."""
    if turn > 0:
        return shifted(published, (weekday - published.weekday() - 1) % 7 + 1)
    back = (published.weekday() - weekday) % 7
    return shifted(published, -(back or (7 if turn < 0 else 0)))


def before(published: date, count: int, unit: str) -> str | None:
    """So many days, weeks, months or years before publication, as precisely as the unit is."""
    if unit == "year":
        return f"{published.year - count:04}" if 0 < published.year - count <= date.max.year else None
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return f"{months // 12:04}-{months % 12 + 1:02}" if 12 <= months < date.max.year * 12 else None
    day = shifted(published, -count * (7 if unit == "week" else 1))
    return day.isoformat() if day else None


def is_year(form: str) -> bool:
    """Whether these digits are a year of the present or the last two centuries."""
    return form.isdecimal() and len(form) == 4 and 1800 <= int(form) <= 2100


def year_at(row: Row, at: int) -> tuple[int, int] | None:
    """A year right here, or after a word for year; how many words, and which."""
    step = at + (at < len(row) and row[at].form in folded_set("dates", "words", "of"))
    step += step < len(row) and row[step].form in folded_set("dates", "words", "year")
    if step < len(row) and is_year(row[step].form):
        return step + 1 - at, int(row[step].form)
    return None


def turn_at(row: Row, at: int) -> int | None:
    """-1 for «الماضي», 1 for «المقبل», 0 for «الجاري», None for neither."""
    return _turns().get(row[at].form) if at < len(row) else None


@cache
def _turns() -> Mapping[str, int]:
    groups = {"past": -1, "future": 1, "present": 0}
    return {form: turn for group, turn in groups.items() for form in folded_set("dates", "words", group)}


def unit_of(row: Row, at: int, group: str) -> str | None:
    """The unit of time named here, as one of a group of forms: duals, definite ones, those that a number governs."""
    return _unit_forms(group).get(row[at].form) if at < len(row) else None


@cache
def _unit_forms(group: str) -> Mapping[str, str]:
    return {folded(form): unit for unit, forms in table("dates")[group].items() for form in forms}


def month_at(row: Row, at: int) -> tuple[int, int] | None:
    """A month's name here, or the same month in two systems; how many words, and which."""
    length = matches(row, at, by_first_word())
    if not length:
        return None
    number = _months()[tuple(w.form for w in row[at : at + length])]
    return length + _second_name(row, at + length, number), number


def _second_name(row: Row, at: int, number: int) -> int:
    """How many words repeat the month in another system: «/أكتوبر», «(تشرين الأول)»."""
    if at >= len(row):
        return 0
    slash, bracket = row[at].form in folded_set("dates", "words", "slash"), row[at].form == "("
    again = matches(row, at + 1, by_first_word()) if slash or bracket else 0
    end = at + 1 + again
    if not again or _months()[tuple(w.form for w in row[at + 1 : end])] != number:
        return 0
    closed = bracket and end < len(row) and row[end].form == ")"
    return again + 1 + closed if slash or closed else 0


def glued_month(form: str) -> tuple[int, int] | None:
    """A month and its turn written as one word, «نوفمبرالماضي»: which, and where it lies."""
    return _glued().get(form)


@cache
def _glued() -> Mapping[str, tuple[int, int]]:
    single = {name[0]: number for name, number in _months().items() if len(name) == 1}
    return {m + turn: (number, way) for m, number in single.items() for turn, way in _turns().items()}


def day_at(row: Row, at: int) -> tuple[int, int] | None:
    """A day of the month here, in digits or as an ordinal («السابع والعشرين»); how many words, and which."""
    if at >= len(row):
        return None
    form = row[at].form
    if form.isdecimal():
        return (1, int(form)) if len(form) <= 2 and 1 <= int(form) <= 31 else None
    after = row[at + 1].form if at + 1 < len(row) else ""
    unit, ten = ordinals().get(form, 0), _tens().get(after[1:], 0) if after[:1] == _joiner() else 0
    if 0 < unit < 10 and ten and unit + ten <= 31:
        return 2, unit + ten
    if 0 < unit < 10 and after in folded_set("numbers", "words", "teens"):
        return 2, unit + 10
    day = unit or _tens().get(form, 0)
    return (1, day) if day else None


def _joiner() -> str:
    joiner: str = table("numbers")["words"]["joiner"]
    return joiner


@cache
def _tens() -> Mapping[str, int]:
    """«العشرين», «الثلاثين»."""
    forms = {folded(w): int(n) for n, listed in table("dates")["tens"].items() for w in listed}
    return {form: n for form, n in forms.items() if after_article(form) != form}


@cache
def ordinals() -> Mapping[str, int]:
    """«الأول» to «العاشر», and «غرة»."""
    return {folded(w): int(n) for n, listed in table("dates")["ordinals"].items() for w in listed}


@cache
def weekdays() -> Mapping[str, int]:
    """Weekdays by name, Monday is 0."""
    return {folded(w): int(n) for n, listed in table("dates")["weekdays"].items() for w in listed}


@cache
def _months() -> Mapping[tuple[str, ...], int]:
    return {tuple(folded(w).split()): int(n) for n, listed in table("dates")["months"].items() for w in listed}


@cache
def month_triggers() -> frozenset[str]:
    """The words that a month's name may begin with, and months written together with what follows them."""
    return frozenset({*by_first_word(), *_glued()})


@cache
def by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of months by first word, as `matches` reads them."""
    listed: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(_months(), key=len, reverse=True):
        listed.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(rest) for first, rest in listed.items()}

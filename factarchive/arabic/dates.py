"""Dates: the dated expressions of a text, resolved against the day of publication where that is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from factarchive.arabic.calendars import (
    before,
    day_at,
    glued_month,
    is_year,
    iso,
    month_at,
    month_triggers,
    ordinals,
    shifted,
    turn_at,
    unit_of,
    weekday_near,
    weekdays,
    year_at,
)
from factarchive.arabic.hijri import after_day, from_hijri, hijri_day, hijri_mark, hijri_month, hijri_names
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.numerals import small_number
from factarchive.arabic.periods import Found, Setting, period_at, period_triggers
from factarchive.arabic.segments import Span
from factarchive.arabic.units import unit
from factarchive.arabic.verbs import is_future
from factarchive.arabic.words import Word, after_conjunction, matches, words

__all__ = ["Dated", "dates_among", "find_dates"]

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")
_WINDOW = 12  # words: no dated expression is longer
_BACK = 30  # words before a weekday in which a verb may say that it is still to come


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated expression; its value is ISO, or an interval «a/b», at the precision known; None where unresolved."""

    start: int
    end: int
    text: str
    value: str | None

    def __post_init__(self) -> None:
        if self.value is not None and not _ISO.fullmatch(self.value):
            raise ValueError(f"not an ISO date: {self.value}")


Row = Sequence[Word]
Reader = Callable[[Row, int, Setting], Found | None]


def find_dates(text: str, published: date | None = None) -> tuple[Dated, ...]:
    """Every dated expression of a text, in reading order; none overlap."""
    return dates_among(text, words(text, Span(0, len(text))), published)


def dates_among(text: str, row: Row, published: date | None) -> tuple[Dated, ...]:
    """`find_dates` over words that are already cut."""
    return tuple(_dates(text, row, published))


def _dates(text: str, row: Row, published: date | None) -> Iterator[Dated]:
    at = 0
    year_ends = -1
    while at < len(row):
        if not _may_begin(row[at]):
            at += 1
            continue
        lead = next((n for name in ("day", "month") if (n := matches(row, at, phrases("dates", "words", name)))), 0)
        found = _read(row, at + lead, published) or (_read(row, at, published) if lead else None)
        found = found or _another_year(row, at, year_ends)
        length = found[0] + lead if found else 0
        if not found or not length:
            at += 1
            continue
        start, end = _first_letter(row[at]), row[at + length - 1].end
        yield Dated(start, end, text[start:end], found[1])
        at += length
        year_ends = at if is_year(row[at - 1].form) else -1


def _may_begin(word: Word) -> bool:
    """Whether a dated expression can begin with this word; nearly none can."""
    return word.kind == "number" or after_conjunction(word.form) in _beginnings()


def _first_letter(word: Word) -> int:
    return word.start + (1 if after_conjunction(word.form) != word.form else 0)


def _another_year(row: Row, at: int, year_ends: int) -> Found | None:
    """The second year of «في 2012 و2013»."""
    joined = at == year_ends + 1 > 0 and row[at - 1].form == table("numbers")["words"]["joiner"]
    return (1, row[at].form) if joined and is_year(row[at].form) else None


def _read(row: Row, at: int, published: date | None) -> Found | None:
    if at >= len(row):
        return None
    form = after_conjunction(row[at].form)
    if row[at].kind != "number" and form not in _triggers():
        return None
    window = [replace(row[at], form=form), *row[at + 1 : at + _WINDOW]]
    setting = Setting(published, row[at - 1].form if at else "", _is_ahead(row[max(0, at - _BACK) : at]))
    found = (reader(window, 0, setting) for reader in _READERS)
    return next((f for f in found if f), None)


def _is_ahead(row: Row) -> bool:
    """Whether a verb or an adjective before says that a day is still to come: «ستعقد», «المقرر»."""
    awaited = folded_set("dates", "words", "awaited")
    return any(is_future(form) or form in awaited for form in (after_conjunction(word.form) for word in row))


def _digital(row: Row, at: int, _setting: Setting) -> Found | None:
    """«18/3/2025», «2025-03-18», «12.5.2024», «15/3/1442هـ»."""
    parts = row[at].form.split(".")
    length = 1
    if len(parts) != 3:
        window, slashes = row[at : at + 5], folded_set("dates", "words", "slash")
        if len(window) < 5 or window[1].form not in slashes or window[3].form not in slashes:
            return None
        parts, length = [word.form for word in window[::2]], 5
    if not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    year, month, day = map(int, parts if len(parts[0]) == 4 else reversed(parts))
    value = (from_hijri(year, month, day) or iso(year, month, day)) if year > 31 else None
    return (length + hijri_mark(row, at + length), value) if value else None


def _in_two_calendars(row: Row, at: int, setting: Setting) -> Found | None:
    """«15 رمضان 1446 الموافق 15 مارس»: the second names the same day; the Gregorian one is its value."""
    first = hijri_day(row, at, setting) or _day_and_month(row, at, setting)
    if not first:
        return None
    step = at + first[0]
    step += step < len(row) and row[step].form in ("(", "،", "-")
    if step >= len(row) or row[step].form not in folded_set("dates", "words", "same_day"):
        return first
    step += 1
    step += step < len(row) and row[step].kind == "word" and not (day_at(row, step) or hijri_month(row, step))
    second = hijri_day(row, step, setting) or _day_and_month(row, step, setting) or _digital(row, step, setting)
    if not second:
        return first
    hijri = hijri_day(row, at, setting) is not None
    return step + second[0] - at, (second[1] or first[1]) if hijri else (first[1] or second[1])


def _day_and_month(row: Row, at: int, setting: Setting) -> Found | None:
    """«19 مارس», «7 تشرين الأول/أكتوبر 2023», «السابع من أكتوبر»."""
    day = day_at(row, at)
    if day is None:
        return None
    after = after_day(row, at + day[0])
    month = month_at(row, after)
    if month is None:
        return _day_of_turned_month(row, at, setting)
    end = after + month[0]
    year = year_at(row, end)
    if year:
        return end + year[0] - at, iso(year[1], month[1], day[1])
    length, value = _nearest(row, end, (month[1], day[1]), setting.published)
    return length - at, value


def _day_of_turned_month(row: Row, at: int, setting: Setting) -> Found | None:
    """«15 من الشهر الجاري»."""
    day = day_at(row, at)
    after = at + (day[0] if day else 0)
    after += after < len(row) and row[after].form in folded_set("dates", "words", "of")
    turn = turn_at(row, after + 1)
    if day is None or turn is None or unit_of(row, after, "definite") != "month":
        return None
    month = before(setting.published, -turn, "month") if setting.published else None
    return after + 2 - at, iso(int(month[:4]), int(month[5:]), day[1]) if month else None


def _nearest(row: Row, end: int, month_day: tuple[int, int], published: date | None) -> Found:
    """The day and month in the year that the words or the nearness to publication give."""
    turn = turn_at(row, end)
    length = end + (1 if turn is not None else 0)
    if published is None:
        return length, None
    turned = _turned_year(row, end)
    if turned:
        return end + turned[0], iso(published.year + turned[1], *month_day)
    made = [iso(published.year + shift, *month_day) for shift in (-1, 0, 1) if published.year + shift > 0]
    days = [date.fromisoformat(value) for value in made if value]
    if turn == 1:
        days = [day for day in days if day >= published]
    if turn == -1:
        days = [day for day in days if day <= published]
    best = min(days, key=lambda day: abs(day - published), default=None)
    return length, best.isoformat() if best else None


def _turned_year(row: Row, at: int) -> tuple[int, int] | None:
    """«من العام الماضي» after a month: how many words, and how many years away."""
    step = at + (at < len(row) and row[at].form in folded_set("dates", "words", "of"))
    turn = turn_at(row, step + 1)
    return (step + 2 - at, turn) if turn is not None and unit_of(row, step, "definite") == "year" else None


def _near_day(row: Row, at: int, setting: Setting) -> Found | None:
    """«اليوم الثلاثاء», «أمس», «غدا»: a weekday or a date beside it decides, since it is what the writer knew."""
    length = matches(row, at, phrases("dates", "days"))
    if not length or setting.before in folded_set("dates", "words", "not_days"):
        return None
    shift = _days()[" ".join(w.form for w in row[at : at + length])]
    if shift == 0 and at + 1 < len(row) and row[at + 1].form in folded_set("dates", "words", "not_today"):
        return None
    weekday = weekdays().get(row[at + length].form) if at + length < len(row) else None
    if shift == 0 and weekday is None and setting.before in folded_set("dates", "words", "until_now"):
        return None
    whole = length + (weekday is not None)
    exact = _in_two_calendars(row, at + whole, setting)
    if exact:
        return whole + exact[0], exact[1]
    published = setting.published
    if published is None:
        return whole, None
    day = shifted(published, shift)
    if weekday is not None and (day is None or day.weekday() != weekday):
        day = weekday_near(published, weekday, 1 if shift > 0 else 0)
    return whole, day.isoformat() if day else None


def _named_day(row: Row, at: int, setting: Setting) -> Found | None:
    """«الثلاثاء», «الجمعة المقبل», «الخميس 19 مارس»; after «ستعقد» the one to come."""
    weekday = weekdays().get(row[at].form)
    if weekday is None or setting.before in folded_set("dates", "words", "not_days"):
        return None
    exact = _in_two_calendars(row, at + 1, setting)
    if exact:
        return exact[0] + 1, exact[1]
    turn = turn_at(row, at + 1)
    length = 1 if turn is None else 2
    if setting.published is None:
        return length, None
    today = setting.published.weekday() == weekday
    way = turn if turn is not None else int(setting.ahead and not today)
    day = weekday_near(setting.published, weekday, way)
    return length, day.isoformat() if day else None


def _ago(row: Row, at: int, setting: Setting) -> Found | None:
    """«قبل يومين», «منذ ثلاثة أيام»; not «قبل يومين من الانتخابات», nor «منذ سنة 2005»."""
    if row[at].form not in folded_set("dates", "words", "ago") or at + 1 >= len(row):
        return None
    count, used = _counted(row, at + 1)
    unit = unit_of(row, at + 1 + used, "units") if count != 2 or used else unit_of(row, at + 1, "duals")
    if unit is None or not count:
        return None
    after = row[at + used + 2] if at + used + 2 < len(row) else None
    if after and (after.form in folded_set("dates", "words", "of") or (is_year(after.form) and not used)):
        return None
    return used + 2, before(setting.published, count, unit) if setting.published else None


def _counted(row: Row, at: int) -> tuple[int, int]:
    """How many, and in how many words: a dual or a bare unit is none of its own."""
    if unit_of(row, at, "duals"):
        return 2, 0
    if unit_of(row, at, "units"):
        return (0, 0) if unit_of(row, at, "units") == "day" else (1, 0)
    value = small_number(row[at].form)
    return (value, 1) if value else (0, 0)


def _turned_unit(row: Row, at: int, setting: Setting) -> Found | None:
    """«العام الماضي», «الشهر المقبل», «هذه السنة»; a week has no ISO value here."""
    this = row[at].form in folded_set("dates", "words", "this")
    unit = unit_of(row, at + this, "definite")
    turn = turn_at(row, at + 1 + this)
    if unit is None or (turn is None and not this):
        return None
    length = 1 + this + (turn is not None)
    if setting.published is None or unit == "week":
        return length, None
    return length, before(setting.published, -(turn or 0), unit)


def _year_alone(row: Row, at: int, setting: Setting) -> Found | None:
    """«عام 2015», «صيف 2018», and after a preposition «في 2015»."""
    if row[at].kind == "number":
        plain = is_year(row[at].form) and setting.before in folded_set("dates", "words", "year_before")
        return (1, row[at].form) if plain and not _counts(row, at + 1) else None
    named = row[at].form in folded_set("dates", "words", "year") | folded_set("dates", "words", "season")
    year = year_at(row, at + 1) if named else None
    return (1 + year[0], f"{year[1]:04}") if year else None


def _counts(row: Row, at: int) -> bool:
    """Whether the word after four digits is what they count: «في 2000 قرية»."""
    return at < len(row) and row[at].kind == "word" and unit(row[at].form) is not None


def _month_alone(row: Row, at: int, setting: Setting) -> Found | None:
    """«مارس 2015», «نوفمبر الماضي», «في مارس»: a bare month's name may mean something else."""
    glued = glued_month(row[at].form)
    month = (1, glued[0]) if glued else month_at(row, at)
    if month is None:
        return None
    end = at + month[0]
    year, turn = year_at(row, end), glued[1] if glued else turn_at(row, end)
    if year:
        return month[0] + year[0], f"{year[1]:04}-{month[1]:02}"
    turned = _turned_year(row, end)
    if turned:
        value = f"{setting.published.year + turned[1]:04}-{month[1]:02}" if setting.published else None
        return month[0] + turned[0], value
    if turn is None and setting.before not in folded_set("dates", "words", "month_before"):
        return None
    length = month[0] + (turn is not None and not glued)
    return length, _near_month(setting.published, month[1], turn)


def _near_month(published: date | None, month: int, turn: int | None) -> str | None:
    """The month last or next; without such a word the nearest one, as with a day and a month."""
    if published is None:
        return None
    ahead = (month - published.month) % 12
    past = ahead >= 6 if turn is None else turn == -1
    shift = 0 if turn == 0 else (ahead - 12 if past and ahead else ahead) + published.month - 1
    year = published.year + shift // 12
    return f"{year:04}-{month:02}" if 0 < year <= date.max.year else None


_READERS: tuple[Reader, ...] = (
    _digital,
    period_at,
    _in_two_calendars,
    _near_day,
    _named_day,
    _ago,
    _turned_unit,
    _year_alone,
    _month_alone,
)


@cache
def _triggers() -> frozenset[str]:
    """The words that a dated expression may begin with."""
    groups = ("ago", "year", "season", "this")
    alone = frozenset().union(*(folded_set("dates", "words", group) for group in groups))
    units = (folded(form) for forms in table("dates")["definite"].values() for form in forms)
    tens = (folded(form) for forms in table("dates")["tens"].values() for form in forms)
    named = {*ordinals(), *weekdays(), *phrases("dates", "days"), *month_triggers(), *hijri_names()}
    return frozenset(alone.union(named, units, tens, period_triggers()))


@cache
def _beginnings() -> frozenset[str]:
    leads = (phrases("dates", "words", name) for name in ("day", "month"))
    return frozenset(_triggers().union(*leads))


@cache
def _days() -> Mapping[str, int]:
    return {folded(phrase): shift for phrase, shift in table("dates")["days"].items()}

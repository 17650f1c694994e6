"""Dates: the dated expressions of a text, resolved against the day of publication where that is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.quantities import small_number
from factarchive.arabic.segments import Span
from factarchive.arabic.words import Word, after_conjunction, matches, words

__all__ = ["Dated", "dates_among", "find_dates"]

_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A dated expression; its value is ISO at the precision known, None where it cannot be resolved."""

    start: int
    end: int
    text: str
    value: str | None

    def __post_init__(self) -> None:
        if self.value is not None and not _ISO.fullmatch(self.value):
            raise ValueError(f"not an ISO date: {self.value}")


Row = Sequence[Word]
Found = tuple[int, str | None]  # how many words, and what they mean
Reader = Callable[[Row, int, date | None], Found | None]


def find_dates(text: str, published: date | None = None) -> tuple[Dated, ...]:
    """Every dated expression of a text, in reading order; none overlap."""
    return dates_among(text, words(text, Span(0, len(text))), published)


def dates_among(text: str, row: Row, published: date | None) -> tuple[Dated, ...]:
    """`find_dates` over words that are already cut."""
    return tuple(_dates(text, row, published))


def _dates(text: str, row: Row, published: date | None) -> Iterator[Dated]:
    at = 0
    while at < len(row):
        lead = matches(row, at, _listed("lead"))
        found = _read(row, at + lead, published) or (_read(row, at, published) if lead else None)
        length = found[0] + lead if found else 0
        if not found or not length:
            at += 1
            continue
        start, end = _first_letter(row[at]), row[at + length - 1].end
        yield Dated(start, end, text[start:end], found[1])
        at += length


def _first_letter(word: Word) -> int:
    return word.start + (1 if after_conjunction(word.form) != word.form else 0)


def _read(row: Row, at: int, published: date | None) -> Found | None:
    if at >= len(row):
        return None
    form = after_conjunction(row[at].form)
    if row[at].kind != "number" and form not in _triggers():
        return None
    window = [replace(row[at], form=form), *row[at + 1 : at + 10]]
    before = row[at - 1].form if at else ""
    found = (reader(window, 0, published) for reader in _READERS)
    return next((f for f in found if f), None) or _month_alone(window, before, published)


def _digital(row: Row, at: int, _published: date | None) -> Found | None:
    """«18/3/2025», «2025-03-18»."""
    parts = row[at : at + 5]
    slashes = folded_set("dates", "words", "slash")
    if len(parts) < 5 or parts[1].form not in slashes or parts[3].form not in slashes:
        return None
    if not all(p.form.isdecimal() and len(p.form) <= 4 for p in parts[::2]):
        return None
    numbers = [int(p.form) for p in parts[::2]]
    year, month, day = numbers if len(parts[0].form) == 4 else reversed(numbers)
    value = _iso(year, month, day) if year > 31 else None
    return (5, value) if value else None


def _day_and_month(row: Row, at: int, published: date | None) -> Found | None:
    """«19 مارس», «7 تشرين الأول/أكتوبر 2023», «السابع من أكتوبر»."""
    day = _day_number(row[at].form)
    after = at + 1 + (len(row) > at + 1 and row[at + 1].form in folded_set("dates", "words", "of"))
    month = _month(row, after)
    if day is None or month is None:
        return None
    end = after + month[0]
    year = _year(row, end)
    if year:
        return end + year[0] - at, _iso(year[1], month[1], day)
    length, value = _nearest(row, end, (month[1], day), published)
    return length - at, value


def _nearest(row: Row, end: int, month_day: tuple[int, int], published: date | None) -> Found:
    """The day and month in the year that the words or the nearness to publication give."""
    turn = _turn(row, end)
    length = end + (1 if turn is not None else 0)
    if published is None:
        return length, None
    made = [_iso(published.year + shift, *month_day) for shift in (-1, 0, 1)]
    days = [date.fromisoformat(value) for value in made if value]
    if turn == 1:
        days = [day for day in days if day >= published]
    if turn == -1:
        days = [day for day in days if day <= published]
    best = min(days, key=lambda day: abs(day - published), default=None)
    return length, best.isoformat() if best else None


def _near_day(row: Row, at: int, published: date | None) -> Found | None:
    """«اليوم الثلاثاء», «أمس», «غدا»: a weekday beside it decides, since it is what the writer knew."""
    length = matches(row, at, _listed("days"))
    if not length:
        return None
    shift = _days()[" ".join(w.form for w in row[at : at + length])]
    weekday = _weekdays().get(row[at + length].form) if at + length < len(row) else None
    whole = length + (weekday is not None)
    if published is None:
        return whole, None
    day = _shifted(published, shift)
    if weekday is not None and (day is None or day.weekday() != weekday):
        day = _weekday_near(published, weekday, 1 if shift > 0 else 0)
    return whole, day.isoformat() if day else None


def _named_day(row: Row, at: int, published: date | None) -> Found | None:
    """«الثلاثاء», «الجمعة المقبل», «الخميس 19 مارس»."""
    weekday = _weekdays().get(row[at].form)
    if weekday is None:
        return None
    exact = _day_and_month(row, at + 1, published) if at + 1 < len(row) else None
    if exact:
        return exact[0] + 1, exact[1]
    turn = _turn(row, at + 1)
    length = 1 if turn is None else 2
    if published is None:
        return length, None
    day = _weekday_near(published, weekday, turn or 0)
    return length, day.isoformat() if day else None


def _shifted(day: date, days: int) -> date | None:
    """The day so many days later; None past the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _weekday_near(published: date, weekday: int, turn: int) -> date | None:
    """The nearest such day on or before (0), before (-1) or after (1) publication."""
    if turn > 0:
        return _shifted(published, (weekday - published.weekday() - 1) % 7 + 1)
    back = (published.weekday() - weekday) % 7
    return _shifted(published, -(back or (7 if turn < 0 else 0)))


def _ago(row: Row, at: int, published: date | None) -> Found | None:
    """«قبل يومين», «منذ ثلاثة أيام»."""
    if row[at].form not in folded_set("dates", "words", "ago") or at + 1 >= len(row):
        return None
    count, used = _counted(row, at + 1)
    unit = _unit_of(row, at + 1 + used, "units") if count != 2 or used else _unit_of(row, at + 1, "duals")
    if unit is None or not count:
        return None
    return used + 2, _before(published, count, unit) if published else None


def _counted(row: Row, at: int) -> tuple[int, int]:
    """How many, and in how many words: a dual or a bare unit is none of its own."""
    if _unit_of(row, at, "duals"):
        return 2, 0
    if _unit_of(row, at, "units"):
        return (0, 0) if _unit_of(row, at, "units") == "day" else (1, 0)
    value = small_number(row[at].form)
    return (value, 1) if value else (0, 0)


def _unit_of(row: Row, at: int, group: str) -> str | None:
    if at >= len(row):
        return None
    return next((u for u in table("dates")[group] if row[at].form in folded_set("dates", group, u)), None)


def _before(published: date, count: int, unit: str) -> str | None:
    if unit == "year":
        return f"{published.year - count:04}" if count < published.year else None
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return f"{months // 12:04}-{months % 12 + 1:02}" if months >= 12 else None
    days = count * (7 if unit == "week" else 1)
    day = _shifted(published, -days)
    return day.isoformat() if day else None


def _turned_unit(row: Row, at: int, published: date | None) -> Found | None:
    """«العام الماضي», «الشهر المقبل»; a week has no ISO value here."""
    unit = _unit_of(row, at, "definite")
    turn = _turn(row, at + 1)
    if unit is None or turn is None:
        return None
    if published is None or unit == "week":
        return 2, None
    return 2, _before(published, -turn, unit)


def _year_alone(row: Row, at: int, _published: date | None) -> Found | None:
    """«عام 2015»."""
    if row[at].form not in folded_set("dates", "words", "year") or at + 1 >= len(row):
        return None
    form = row[at + 1].form
    return (2, form) if _is_year(form) else None


def _month_alone(row: Row, before: str, published: date | None) -> Found | None:
    """«مارس 2015», «نوفمبر الماضي», «في مارس»: a bare month's name may mean something else."""
    month = _month(row, 0)
    if month is None:
        return None
    year, turn = _year(row, month[0]), _turn(row, month[0])
    if year:
        return month[0] + year[0], f"{year[1]:04}-{month[1]:02}"
    if turn is None and before not in folded_set("dates", "words", "month_before"):
        return None
    length = month[0] + (turn is not None)
    if published is None:
        return length, None
    ahead = (month[1] - published.month) % 12
    # Without «last» or «next» it is the nearest one, as with a day and a month.
    past = ahead >= 6 if turn is None else turn == -1
    shift = (ahead - 12 if past and ahead else ahead) + published.month - 1
    shift = 0 if turn == 0 else shift
    return length, f"{published.year + shift // 12:04}-{month[1]:02}"


_READERS: tuple[Reader, ...] = (
    _digital,
    _day_and_month,
    _near_day,
    _named_day,
    _ago,
    _turned_unit,
    _year_alone,
)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _is_year(form: str) -> bool:
    return form.isdecimal() and len(form) == 4 and 1800 <= int(form) <= 2100


def _year(row: Row, at: int) -> tuple[int, int] | None:
    """A year right here, or after a word for year; how many words, and which."""
    step = at + (at < len(row) and row[at].form in folded_set("dates", "words", "year"))
    if step < len(row) and _is_year(row[step].form):
        return step + 1 - at, int(row[step].form)
    return None


def _turn(row: Row, at: int) -> int | None:
    """-1 for «الماضي», 1 for «المقبل», 0 for «الجاري», None for neither."""
    if at >= len(row):
        return None
    groups = {"past": -1, "future": 1, "present": 0}
    return next((v for k, v in groups.items() if row[at].form in folded_set("dates", "words", k)), None)


@cache
def _ordinals() -> Mapping[str, int]:
    return {folded(w): int(n) for n, listed in table("dates")["ordinals"].items() for w in listed}


def _day_number(form: str) -> int | None:
    value = int(form) if form.isdecimal() and len(form) <= 2 else _ordinals().get(form, 0)
    return value if 1 <= value <= 31 else None


@cache
def _triggers() -> frozenset[str]:
    """The words that a dated expression may begin with."""
    units = (folded_set("dates", "definite", unit) for unit in table("dates")["definite"])
    words_alone = folded_set("dates", "words", "ago") | folded_set("dates", "words", "year")
    named = {*_ordinals(), *_weekdays(), *_listed("days"), *_listed("months")}
    return words_alone.union(named, *units)


@cache
def _weekdays() -> Mapping[str, int]:
    return {folded(w): int(n) for n, listed in table("dates")["weekdays"].items() for w in listed}


@cache
def _days() -> Mapping[str, int]:
    return {folded(phrase): shift for phrase, shift in table("dates")["days"].items()}


@cache
def _months() -> Mapping[tuple[str, ...], int]:
    return {tuple(folded(w).split()): int(n) for n, listed in table("dates")["months"].items() for w in listed}


@cache
def _listed(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases by first word, as `matches` reads them: of near days, of months, or of what may lead a date."""
    units = (folded(w) for key in ("day", "month") for w in table("dates")["words"][key])
    keys: dict[str, list[tuple[str, ...]]] = {
        "days": [tuple(k.split()) for k in _days()],
        "months": list(_months()),
        "lead": [(word,) for word in units],
    }
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(keys[name], key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(rest) for first, rest in by_first.items()}


def _month(row: Row, at: int) -> tuple[int, int] | None:
    """A month's name here, or the same month in two systems; how many words, and which."""
    length = matches(row, at, _listed("months"))
    if not length:
        return None
    number = _months()[tuple(w.form for w in row[at : at + length])]
    slash = at + length
    if slash < len(row) and row[slash].form in folded_set("dates", "words", "slash"):
        again = matches(row, slash + 1, _listed("months"))
        same = again and _months()[tuple(w.form for w in row[slash + 1 : slash + 1 + again])] == number
        length += again + 1 if same else 0
    return length, number

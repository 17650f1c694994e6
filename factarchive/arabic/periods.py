"""Periods: dated expressions that last: from one day, month or year to another, quarters, the last so many days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from factarchive.arabic.calendars import (
    before,
    day_at,
    is_year,
    iso,
    month_at,
    ordinals,
    turn_at,
    unit_of,
    year_at,
)
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.numerals import small_number
from factarchive.arabic.words import Word, after_article

__all__ = ["Found", "Setting", "period_at", "period_triggers"]

Row = Sequence[Word]
Found = tuple[int, str | None]  # how many words, and what they mean


@dataclass(frozen=True, slots=True)
class Setting:
    """What a dated expression stands in: the day of publication, the word before, and what is still to come."""

    published: date | None
    before: str
    ahead: bool


def period_at(row: Row, at: int, setting: Setting) -> Found | None:
    """The period that begins here."""
    readers = (_days, _months, _years, _part_of_year, _last_so_many)
    return next((found for read in readers if (found := read(row, at, setting))), None)


def period_triggers() -> frozenset[str]:
    """The words that a period may begin with."""
    return _triggers()


@cache
def _triggers() -> frozenset[str]:
    pairs = ("pair_of_days", "pair_of_months", "pair_of_years")
    alone = frozenset().union(*(folded_set("dates", "words", pair) for pair in pairs))
    grouped = (folded(w) for group in ("parts", "plurals") for forms in table("dates")[group].values() for w in forms)
    return frozenset(alone.union(grouped, {table("marks")["article"]}))


def _joint(row: Row, at: int) -> int:
    """How many words join two ends here: «و», «إلى»."""
    if at >= len(row):
        return 0
    return 1 if row[at].form in folded_set("dates", "words", "to") or row[at].form == _joiner() else 0


def _joiner() -> str:
    joiner: str = table("numbers")["words"]["joiner"]
    return joiner


def _days(row: Row, at: int, setting: Setting) -> Found | None:
    """«يومي 5 و6 مارس», «22 إلى 27 ماي 2017»."""
    step = at + (row[at].form in folded_set("dates", "words", "pair_of_days"))
    first = day_at(row, step)
    joint = _joint(row, step + first[0]) if first else 0
    if not first or not joint:
        return None
    last = day_at(row, step + first[0] + joint)
    end = step + first[0] + joint + (last[0] if last else 0)
    end += end < len(row) and row[end].form in folded_set("dates", "words", "of")
    month = month_at(row, end)
    if not last or not month or last[1] <= first[1]:
        return None
    end += month[0]
    year = year_at(row, end)
    turn = turn_at(row, end)
    length = end + (year[0] if year else turn is not None) - at
    known = year[1] if year else _near_year(setting.published, (month[1], last[1]), turn)
    ends = [iso(known, month[1], day) for day in (first[1], last[1])] if known else []
    return length, "/".join(filter(None, ends)) if len(ends) == 2 and all(ends) else None


def _near_year(published: date | None, month_day: tuple[int, int], turn: int | None) -> int | None:
    """The year in which a day and month lie nearest to publication, or past it, or before it."""
    if published is None:
        return None
    days = [value for shift in (-1, 0, 1) if (value := iso(published.year + shift, *month_day))]
    days = [d for d in days if not turn or (date.fromisoformat(d) - published).days * turn >= 0]
    best = min(days, key=lambda day: abs(date.fromisoformat(day) - published), default=None)
    return int(best[:4]) if best else None


def _months(row: Row, at: int, setting: Setting) -> Found | None:
    """«شهري أكتوبر ونوفمبر 2016», «يناير إلى مارس 2024»; without a year only after «شهري»."""
    pair = row[at].form in folded_set("dates", "words", "pair_of_months")
    first = month_at(row, at + pair)
    if not first:
        return None
    end = at + pair + first[0]
    year = year_at(row, end)
    end += year[0] if year else 0
    last, length = _second_month(row, end)
    if not last:
        return None
    end += length
    final = year_at(row, end) or year
    end += final[0] if final and final is not year else 0
    if not final and not pair:
        return None
    known = final[1] if final else _near_year(setting.published, (last, 1), turn_at(row, end))
    end += not final and turn_at(row, end) is not None
    if not known:
        return end - at, None
    opens = year[1] if year else known - (first[1] > last)
    return end - at, f"{opens:04}-{first[1]:02}/{known:04}-{last:02}"


def _second_month(row: Row, at: int) -> tuple[int | None, int]:
    """The month that closes a period, and in how many words with what joins it: «ونوفمبر», «إلى مارس»."""
    joint = _joint(row, at)
    month = month_at(row, at + joint) if joint else None
    if month:
        return month[1], joint + month[0]
    form = row[at].form if at < len(row) else ""
    if not form.startswith(_joiner()):
        return None, 0
    bare = [Word(row[at].start, row[at].end, form[1:], "word"), *row[at + 1 : at + 4]]
    month = month_at(bare, 0)
    return (month[1], month[0]) if month else (None, 0)


def _years(row: Row, at: int, _setting: Setting) -> Found | None:
    """«عامي 1950 و1953»."""
    pair = folded_set("dates", "words", "pair_of_years")
    if row[at].form not in pair or at + 3 >= len(row) or not is_year(row[at + 1].form) or not _joint(row, at + 2):
        return None
    end = row[at + 3].form
    return (4, f"{row[at + 1].form}/{end}") if is_year(end) else None


def _part_of_year(row: Row, at: int, setting: Setting) -> Found | None:
    """«الربع الثالث من 2024», «النصف الأول من العام الجاري»."""
    months = next((int(n) for n, forms in _parts() if row[at].form in forms), 0)
    rank = ordinals().get(row[at + 1].form, 0) if at + 1 < len(row) else 0
    if not months or not 1 <= rank <= 12 // months:
        return None
    end = at + 2
    year = year_at(row, end)
    of = end < len(row) and row[end].form in folded_set("dates", "words", "of")
    turn = turn_at(row, end + of + 1) if unit_of(row, end + of, "definite") == "year" else None
    if not year and turn is None:
        return None
    length = end + (year[0] if year else of + 2) - at
    known = year[1] if year else setting.published.year + (turn or 0) if setting.published else None
    first, last = months * (rank - 1) + 1, months * rank
    return length, f"{known:04}-{first:02}/{known:04}-{last:02}" if known else None


@cache
def _parts() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((n, folded_set("dates", "parts", n)) for n in table("dates")["parts"])


def _last_so_many(row: Row, at: int, setting: Setting) -> Found | None:
    """«الـ 30 يوما الأخيرة», «السنوات الخمس الماضية», «الساعات الـ24 الأخيرة»: up to publication."""
    article: str = table("marks")["article"]
    unit, step = unit_of(row, at, "plurals"), at + 1
    step += bool(unit) and step < len(row) and row[step].form == article
    if not unit and row[at].form != article:
        return None
    count = small_number(after_article(row[step].form)) if step < len(row) else None
    step += 1
    if not unit:
        unit, step = unit_of(row, step, "units") or unit_of(row, step, "hours"), step + 1
    recent = step < len(row) and row[step].form in _recent()
    if not unit or not count or not recent:
        return None
    published = setting.published
    first = before(published, count, unit) if published and unit != "hour" else None
    last = before(published, 0, unit) if published and first else None
    return step + 1 - at, f"{first}/{last}" if first and last else None


def _recent() -> frozenset[str]:
    return folded_set("dates", "words", "recent") | folded_set("dates", "words", "past")

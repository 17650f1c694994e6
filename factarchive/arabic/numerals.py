"""Numerals: the value of written numbers, in digits of both scripts and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import Word, after_article, after_conjunction

__all__ = ["Number", "fractions", "halves", "number_at", "small_number", "spelling"]

Row = Sequence[Word]
Number = int | float


def number_at(row: Row, at: int) -> tuple[int, Number] | None:
    """The number that starts here: how many words, and its value."""
    if row[at].kind == "number":
        return _digits(row, at)
    part_of = fractions().get(after_conjunction(row[at].form))
    scale = _scales().get(row[at + 1].form) if at + 1 < len(row) else None
    if part_of and scale:
        return 2, _whole(part_of * scale)
    total: Number = 0
    step = at
    while step < len(row) and step < at + 12:
        part = _spelled(row, step, first=step == at)
        if part is None:
            break
        step, value = part
        total += value
    # «أحد» and «واحد» alone count nothing.
    if total < 2 and step < at + 2:
        return None
    scale = _scales().get(row[step - 1].form)
    after, more = _left_over(row, step, scale) if scale else (0, 0)
    whole = step + after - at, _whole(total + more)
    return whole if after else _half_a_scale(row, step, whole)


def _half_a_scale(row: Row, end: int, number: tuple[int, Number]) -> tuple[int, Number]:
    """«مليار ونصف», «ثلاثة ملايين ونصف المليون»: half of the scale that stands before."""
    scale, half = _scales().get(row[end - 1].form), halves().get(row[end].form) if end < len(row) else None
    if not scale or not half:
        return number
    again = end + 1 < len(row) and _scales().get(after_article(row[end + 1].form)) == scale
    alone = number == (1, 2 * scale)  # «مليارا ونصف»: the accusative of one, spelled like the dual
    return number[0] + 1 + again, _whole((scale if alone else number[1]) + half * scale)


def _digits(row: Row, at: int) -> tuple[int, Number] | None:
    value = _decimal(row[at].form)
    if value is None:
        return None
    length = 1
    point = at + 2 < len(row) and row[at + 1].form == table("numbers")["words"]["tap_point"]
    if point and row[at].form.isdecimal() and row[at + 2].form.isdecimal() and len(row[at].form) <= 3:
        value, length = float(f"{row[at + 2].form}.{row[at].form}"), 3
    if length == 1 and _comma_point(row, at):
        value, length = float(f"{row[at].form}.{row[at + 2].form}"), 3
    scale = _scales().get(row[at + length].form) if at + length < len(row) else None
    if not scale:
        return length, value
    after, more = _left_over(row, at + length + 1, scale)
    whole = length + 1 + after, _whole(value * scale + more)
    return whole if after else _half_a_scale(row, at + length + 1, whole)


def _comma_point(row: Row, at: int) -> bool:
    """Whether an Arabic comma, no blank around it, is a decimal point: «71،8»."""
    if at + 2 >= len(row) or row[at + 1].form != table("numbers")["words"]["comma_point"]:
        return False
    whole, comma, part = row[at : at + 3]
    return whole.form.isdecimal() and part.form.isdecimal() and part.start - whole.end == comma.end - comma.start


def _left_over(row: Row, at: int, scale: int) -> tuple[int, Number]:
    """What is joined to a number with a scale: «51 ألفا و65», «3 ملايين و600 ألف»."""
    joiner = table("numbers")["words"]["joiner"]
    if at + 1 >= len(row) or row[at].form != joiner or row[at].end != row[at + 1].start:
        return 0, 0
    more = _digits(row, at + 1) if row[at + 1].form.isdecimal() and len(row[at + 1].form) <= 3 else None
    return (more[0] + 1, more[1]) if more and more[1] < scale else (0, 0)


def _decimal(form: str) -> Number | None:
    """The value of written digits: «1,500» and «1.500» are thousands, «2.5» is not."""
    plain = form.replace("\u066c", ",").replace("\u066b", ".")
    parts = plain.replace(",", ".").split(".")
    if len("".join(parts)) > 15:
        return None
    grouped = len(parts) > 1 and 1 <= len(parts[0]) <= 3 and all(len(p) == 3 for p in parts[1:])
    if len(parts) == 1 or (grouped and parts[0] != "0" and "\u066b" not in form):
        return int("".join(parts))
    return float(".".join(parts)) if len(parts) == 2 else None


def _whole(value: Number) -> Number:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _spelled(row: Row, at: int, *, first: bool) -> tuple[int, Number] | None:
    """One addend in words, «ثلاثمئة» or «سبعة وأربعين مليون»: where it ends, and its value."""
    joined = table("numbers")["words"]["joiner"]
    form = row[at].form
    bare = form[1:] if form.startswith(joined) and form[1:] in spelling() else form
    if not first and bare == form:
        return None
    value: Number | None = spelling().get(bare)
    if value is None:
        return None
    at += 1
    if value < 11 and at < len(row) and row[at].form in folded_set("numbers", "ones", "10") and value != 10:
        at, value = at + 1, value + 10
    while value < 1000 and at < len(row):
        more = spelling().get(row[at].form[1:]) if row[at].form.startswith(joined) else None
        if more is None or more >= 1000 or not _fits(value, more):
            break
        at, value = at + 1, value + more
    scale = _scales().get(row[at].form) if at < len(row) and value < 1000 else None
    return (at + 1, value * scale) if scale else (at, value)


def _fits(value: Number, more: Number) -> bool:
    """Whether «… و…» adds up to one number: hundreds, then ones, then tens."""
    return (value >= 100 and value % 100 == 0) or (value % 100 < 10 and 20 <= more < 100)


def small_number(form: str) -> int | None:
    """The value of one number word or of up to four digits; None for anything else."""
    if form.isdecimal() and len(form) <= 4:
        return int(form)
    return spelling().get(form)


@cache
def spelling() -> Mapping[str, int]:
    """Every number word with its value; scales on their own count as one."""
    groups = [table("numbers")[g] for g in ("scale_alone", "ones", "tens", "hundreds", "scale_duals")]
    listed = {folded(w): int(n) for group in groups for n, forms in group.items() for w in forms}
    return {**listed, **{w: n for w, n in _scales().items() if w not in listed and w not in _plural_scales()}}


@cache
def _plural_scales() -> frozenset[str]:
    """«آلاف» and its like on their own name no number."""
    return frozenset(folded(forms[-1]) for forms in table("numbers")["scales"].values())


@cache
def _scales() -> Mapping[str, int]:
    return {folded(w): int(n) for n, forms in table("numbers")["scales"].items() for w in forms}


@cache
def halves() -> Mapping[str, float]:
    """What may be added after a unit or a scale: «ونصف»."""
    return {folded(form): float(n) for n, forms in table("numbers")["halves"].items() for form in forms}


@cache
def fractions() -> Mapping[str, float]:
    """The parts that stand before what they are part of: «نصف مليار»."""
    return {folded(form): float(n) for n, forms in table("numbers")["fractions"].items() for form in forms}

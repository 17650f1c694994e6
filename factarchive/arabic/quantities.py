"""Quantities: the numbers of a text with what they count, in digits and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factarchive.arabic.letters import folded, latin_runs
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.segments import Span
from factarchive.arabic.units import construct_dual, counts_one, dual, duals, unit
from factarchive.arabic.verbs import is_listed
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, words

__all__ = ["Quantity", "find_quantities", "quantities_among", "small_number"]

_LONGEST = 6  # digits in a row, ungrouped: more of them and no noun after them are a telephone or a file

Row = Sequence[Word]
Number = int | float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and the unit it counts, singular; None for a number that counts nothing named."""

    start: int
    end: int
    text: str
    value: Number
    unit: str | None


def find_quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """Every quantity of a text, in reading order; numbers inside the spans taken (dates) are left to them."""
    return quantities_among(text, words(text, Span(0, len(text))), taken)


def quantities_among(text: str, row: Row, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """`find_quantities` over words that are already cut."""
    if not row:
        return ()
    low, high = row[0].start, row[-1].end
    names = [(a + low, b + low) for a, b in latin_runs(text[low:high])]
    return tuple(_quantities(text, row, [*_positions(taken), *_positions(names)]))


def _positions(spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    return (offset for start, end in spans for offset in range(start, end))


def _quantities(text: str, row: Row, taken: Sequence[int]) -> Iterator[Quantity]:
    held = frozenset(taken)
    row = [_without_preposition(word) for word in row]
    at = 0
    while at < len(row):
        read = None if row[at].start in held else _read(text, row, at)
        if read is None:
            at += 1
            continue
        length, value, unit = read
        start = row[at].start + (_joined(row[at].form))
        yield Quantity(start, row[at + length - 1].end, text[start : row[at + length - 1].end], value, unit)
        at += length


def _without_preposition(word: Word) -> Word:
    """A number word less the preposition written on to it: «بهدفين», «لثلاثة»."""
    form = after_conjunction(word.form)
    if not form.startswith(_prepositions()) or form[1:] not in _countable():
        return word
    return replace(word, start=word.start + 1 + _joined(word.form), form=form[1:])


def _joined(form: str) -> int:
    """1 where a conjunction is written on to a number word."""
    return 1 if after_conjunction(form) != form else 0


Read = tuple[int, Number, str | None]  # how many words, the value, the unit


def _read(text: str, row: Row, at: int) -> Read | None:
    named = _named_count(row, at)
    if named:
        return named
    number = _number(row, at)
    if number is None:
        return _lower_bound(row, at)
    length, value = number
    percent = _percent(row, at + length)
    if percent:
        return length + percent, value, "%"
    if _is_label(row, at, length):
        return None
    counted = _unit(text, row, (at + length, value))
    return _with_half(row, at, (length + 1, value, counted)) if counted else (length, value, None)


def _named_count(row: Row, at: int) -> Read | None:
    """A count that the noun itself makes: «سفينتين», «ناقلتي نفط», «ساعة ونصف», «نصف ساعة», «شخص واحد»."""
    form = after_conjunction(row[at].form)
    two = dual(form) or (construct_dual(form) if _is_indefinite(row, at + 1) else None)
    if two:
        return _with_half(row, at, (1, 2, two))
    if at + 1 >= len(row):
        return None
    after = row[at + 1].form
    named, half = unit(form), _halves().get(after)
    if named and half:
        return 2, 1 + half, named
    if named and counts_one(form, after):
        return 2, 1, named
    part, whole = _fractions().get(form), unit(after)
    return (2, part, whole) if part and whole else None


def _is_indefinite(row: Row, at: int) -> bool:
    """Whether an indefinite noun or adjective can stand here."""
    if at >= len(row) or row[at].kind != "word":
        return False
    form = row[at].form
    return after_article(form) == form and form not in _not_units() and not is_listed(form)


def _lower_bound(row: Row, at: int) -> Read | None:
    """«آلاف الجنود» is at least a thousand, and «الأحزاب التسعة» nine."""
    form = after_conjunction(row[at].form)
    least = _lower_bounds().get(form)
    if least and at + 1 < len(row) and row[at + 1].kind == "word":
        counts = row[at + 1].form not in folded_set("marks", "particles") or row[at + 1].form in _of()
        return (1, least, None) if counts else None
    value = _spelling().get(after_article(form), 0) if after_article(form) != form else 0
    counted = at > 0 and after_article(row[at - 1].form) != row[at - 1].form and 3 <= value <= 10
    return (1, value, None) if counted and row[at - 1].form not in folded_set("numbers", "words", "clock") else None


def _of() -> frozenset[str]:
    return folded_set("numbers", "words", "of")


def _with_half(row: Row, at: int, read: Read) -> Read:
    """«ثلاث ساعات ونصف»."""
    length, value, unit = read
    half = _halves().get(row[at + length].form) if at + length < len(row) else None
    return (length + 1, value + half, unit) if half else read


def _number(row: Row, at: int) -> tuple[int, Number] | None:
    """The number that starts here: how many words, and its value."""
    if row[at].kind == "number":
        return _digits(row, at)
    part_of = _fractions().get(after_conjunction(row[at].form))
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
    return _half_a_scale(row, step, (step - at, total)) if total > 1 or step > at + 1 else None


def _half_a_scale(row: Row, end: int, number: tuple[int, Number]) -> tuple[int, Number]:
    """«مليار ونصف», «ثلاثة ملايين ونصف المليون»: half of the scale that stands before."""
    scale, half = _scales().get(row[end - 1].form), _halves().get(row[end].form) if end < len(row) else None
    if not scale or not half:
        return number
    again = end + 1 < len(row) and _scales().get(after_article(row[end + 1].form)) == scale
    return number[0] + 1 + again, _whole(number[1] + half * scale)


def _digits(row: Row, at: int) -> tuple[int, Number] | None:
    value = _decimal(row[at].form)
    if value is None:
        return None
    length = 1
    point = at + 2 < len(row) and row[at + 1].form == table("numbers")["words"]["tap_point"]
    if point and row[at].form.isdecimal() and row[at + 2].form.isdecimal() and len(row[at].form) <= 3:
        value, length = float(f"{row[at + 2].form}.{row[at].form}"), 3
    scale = _scales().get(row[at + length].form) if at + length < len(row) else None
    if not scale:
        return length, value
    after, more = _left_over(row, at + length + 1, scale)
    whole = length + 1 + after, _whole(value * scale + more)
    return whole if after else _half_a_scale(row, at + length + 1, whole)


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
    bare = form[1:] if form.startswith(joined) and form[1:] in _spelling() else form
    if not first and bare == form:
        return None
    value: Number | None = _spelling().get(bare)
    if value is None:
        return None
    at += 1
    if value < 11 and at < len(row) and row[at].form in folded_set("numbers", "ones", "10") and value != 10:
        at, value = at + 1, value + 10
    while value < 1000 and at < len(row):
        more = _spelling().get(row[at].form[1:]) if row[at].form.startswith(joined) else None
        if more is None or more >= 1000 or not _fits(value, more):
            break
        at, value = at + 1, value + more
    scale = _scales().get(row[at].form) if at < len(row) and value < 1000 else None
    return (at + 1, value * scale) if scale else (at, value)


def _fits(value: Number, more: Number) -> bool:
    """Whether «… و…» adds up to one number: hundreds, then ones, then tens."""
    return (value >= 100 and value % 100 == 0) or (value % 100 < 10 and 20 <= more < 100)


def _percent(row: Row, at: int) -> int:
    """How many words say percent here."""
    if at < len(row) and row[at].form in folded_set("numbers", "words", "percent"):
        return 1
    return matches(row, at, _percent_words())


@cache
def _percent_words() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in table("numbers")["words"]["percent_words"]:
        parts = tuple(folded(word) for word in phrase)
        by_first[parts[0]] = (*by_first.get(parts[0], ()), parts)
    return by_first


def _unit(text: str, row: Row, where: tuple[int, Number]) -> str | None:
    """What a number counts: the noun right after it, in the singular where that is known."""
    at, value = where
    if at >= len(row) or row[at].kind != "word" or not _touches(text, row, at):
        return None
    known = unit(row[at].form) or unit(after_article(row[at].form))
    if known or not _is_indefinite(row, at):
        return known
    if not 10 < value % 100 < 100:
        return None
    surface: str = text[row[at].start : row[at].end]
    # After 11 to 99 the noun is an accusative singular: its ending is no part of the unit.
    tanwin: str = table("numbers")["words"]["tanwin"]
    return surface.removesuffix(tanwin) if surface.endswith(tanwin) and len(surface) > 3 else None


def _touches(text: str, row: Row, at: int) -> bool:
    return at == 0 or text[row[at - 1].end : row[at].start].strip() == ""


def _is_label(row: Row, at: int, length: int) -> bool:
    """Whether a number names something («القرار 2254», a year, a time, a telephone) rather than counts it."""
    after = row[at + length].form if at + length < len(row) else ""
    before = row[at - 1].form if at else ""
    if before in folded_set("numbers", "words", "labels"):
        return True
    if row[at].kind != "number":
        return length == 1 and _is_no_count(row, at)
    if after == ":" or (before == ":" and at > 1 and row[at - 2].kind == "number"):
        return True
    form = row[at].form
    if length > 1 or not form.isdecimal() or _counts(row, at + 1):
        return False
    year = len(form) == 4 and 1800 <= int(form) <= 2100
    named = bool(before) and after_article(before) != before
    listed = not before and after in (".", ")", "-")
    tied = before == "-" and row[at - 1].end == row[at].start and (at < 2 or row[at - 2].kind != "number")
    return year or named or listed or tied or len(form) > _LONGEST


def _counts(row: Row, at: int) -> bool:
    """Whether a noun that a number can count stands right here."""
    return at < len(row) and row[at].start - row[at - 1].end <= 1 and (unit(row[at].form) is not None)


def _is_no_count(row: Row, at: int) -> bool:
    """Whether one number word counts nothing: «واحد من», «الثاني عشر», «ثلاثة» before a definite noun."""
    form = after_conjunction(row[at].form)
    before = row[at - 1].form if at else ""
    if form in folded_set("numbers", "words", "teens") and after_article(before) != before:
        return True
    value = _spelling().get(form, 0)
    if value > 10:
        return False
    definite = at + 1 < len(row) and after_article(row[at + 1].form) != row[at + 1].form
    return value < 3 or definite


def small_number(form: str) -> int | None:
    """The value of one number word or of up to four digits; None for anything else."""
    if form.isdecimal() and len(form) <= 4:
        return int(form)
    return _spelling().get(form)


@cache
def _spelling() -> Mapping[str, int]:
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
def _lower_bounds() -> Mapping[str, int]:
    return {folded(w): int(n) for n, forms in table("numbers")["lower_bounds"].items() for w in forms}


@cache
def _halves() -> Mapping[str, float]:
    return {folded(form): float(n) for n, forms in table("numbers")["halves"].items() for form in forms}


@cache
def _prepositions() -> tuple[str, ...]:
    return tuple(table("numbers")["words"]["prepositions"])


@cache
def _countable() -> frozenset[str]:
    """Every form that says how many by itself."""
    return frozenset({*_spelling(), *_lower_bounds(), *_fractions(), *duals()})


@cache
def _fractions() -> Mapping[str, float]:
    return {folded(form): float(n) for n, forms in table("numbers")["fractions"].items() for form in forms}


@cache
def _not_units() -> frozenset[str]:
    return folded_set("marks", "particles")

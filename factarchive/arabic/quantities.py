"""Quantities: the numbers of a text with what they count, in digits and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factarchive.arabic.letters import folded, latin_runs
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.numerals import Number, fractions, halves, number_at, small_number, spelling
from factarchive.arabic.segments import Span
from factarchive.arabic.units import construct_dual, counted, counts_one, dual, duals, unit
from factarchive.arabic.verbs import is_listed
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, words

__all__ = ["Quantity", "find_quantities", "quantities_among", "small_number"]

_LONGEST = 6  # digits in a row, ungrouped: more of them and no noun after them are a telephone or a file

Row = Sequence[Word]


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
        read = _read(text, row, at) if _may_begin(row[at]) and row[at].start not in held else None
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


def _may_begin(word: Word) -> bool:
    """Whether a quantity can begin with this word; few can."""
    return word.kind == "number" or after_conjunction(word.form) in _beginnings()


def _joined(form: str) -> int:
    """1 where a conjunction is written on to a number word."""
    return 1 if after_conjunction(form) != form else 0


Read = tuple[int, Number, str | None]  # how many words, the value, the unit


def _read(text: str, row: Row, at: int) -> Read | None:
    named = _named_count(row, at)
    if named:
        return named
    number = number_at(row, at)
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
    named, half = unit(form), halves().get(after)
    if named and half:
        return 2, 1 + half, named
    if named and counts_one(form, after):
        return 2, 1, named
    part, whole = fractions().get(form), unit(after)
    return (2, part, whole) if part and whole else None


def _is_indefinite(row: Row, at: int) -> bool:
    """Whether an indefinite noun or adjective can stand here."""
    if at >= len(row) or row[at].kind != "word":
        return False
    form = row[at].form
    quantifier = form in folded_set("marks", "any")  # «عائلتي كل شيء»
    return after_article(form) == form and form not in _not_units() and not is_listed(form) and not quantifier


def _lower_bound(row: Row, at: int) -> Read | None:
    """«آلاف الجنود» is at least a thousand, «مئات الآلاف» a hundred thousand, and «الأحزاب التسعة» nine."""
    form = after_conjunction(row[at].form)
    after = row[at + 1] if at + 1 < len(row) else None
    least, more = _lower_bounds().get(form), _lower_bounds().get(after.form) if after else None
    if more and more > 100 and (least or form in folded_set("numbers", "words", "dozens")):
        return 2, (least or 10) * more, None
    if least and after and after.kind == "word":
        counts = after.form not in folded_set("marks", "particles") or after.form in _of()
        return (1, least, None) if counts else None
    part = fractions().get(form)
    if part and after and after.kind == "word" and after.form not in folded_set("numbers", "words", "not_parted"):
        return 1, part, None
    value = spelling().get(after_article(form), 0) if after_article(form) != form else 0
    counted = at > 0 and after_article(row[at - 1].form) != row[at - 1].form and 3 <= value <= 10
    return (1, value, None) if counted and row[at - 1].form not in folded_set("numbers", "words", "clock") else None


def _of() -> frozenset[str]:
    return folded_set("numbers", "words", "of")


def _with_half(row: Row, at: int, read: Read) -> Read:
    """«ثلاث ساعات ونصف»."""
    length, value, unit = read
    half = halves().get(row[at + length].form) if at + length < len(row) else None
    return (length + 1, value + half, unit) if half else read


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
    if after_conjunction(before) in folded_set("numbers", "words", "labels") or _joined_label(row, at):
        return True
    if row[at].kind != "number":
        return length == 1 and _is_no_count(row, at)
    form = row[at].form
    if length > 1 or not form.isdecimal() or _counts(row, at + 1) or _is_score(row, at):
        return False
    if _is_clock(row, at) or _is_glued(row, at):
        return True
    year = len(form) == 4 and 1800 <= int(form) <= 2100
    named = bool(before) and after_article(before) != before
    listed = not before and after in (".", ")", "-")
    tied = before in ("-", "+") and row[at - 1].end == row[at].start
    return year or named or listed or tied or len(form) > _LONGEST


def _joined_label(row: Row, at: int) -> bool:
    """The second of two labels: «الفصلين 227 و239»."""
    joined = at > 2 and row[at - 1].form == table("numbers")["words"]["joiner"] and row[at - 2].kind == "number"
    return joined and row[at - 3].form in folded_set("numbers", "words", "labels")


def _is_clock(row: Row, at: int) -> bool:
    """«19:45», «21: 00»: digits on both sides of a colon."""
    hour = at + 2 < len(row) and row[at + 1].form == ":" and row[at + 2].start - row[at].end < 3
    minute = at > 1 and row[at - 1].form == ":" and row[at].start - row[at - 2].end < 3
    return (hour and row[at + 2].kind == "number") or (minute and row[at - 2].kind == "number")


def _is_glued(row: Row, at: int) -> bool:
    """Whether digits are written on to a word that is no particle: «بي1»."""
    touches = at > 0 and row[at - 1].end == row[at].start and row[at - 1].kind == "word"
    return touches and row[at - 1].form not in folded_set("numbers", "words", "written_on")


def _is_score(row: Row, at: int) -> bool:
    """«2-1», «2 – 0», a range: short numbers on both sides of a dash."""
    dashes = folded_set("numbers", "words", "dashes")
    first = at + 2 < len(row) and row[at + 1].form in dashes and row[at + 2].kind == "number"
    second = at > 1 and row[at - 1].form in dashes and row[at - 2].kind == "number"
    other = row[at + 2].form if first else row[at - 2].form if second else ""
    return 0 < len(other) <= 3 and len(row[at].form) <= 3


def _counts(row: Row, at: int) -> bool:
    """Whether a noun that a number can count stands right here: a known one, or «طابقا» after 11 to 99."""
    if at >= len(row) or row[at].start - row[at - 1].end > 1:
        return False
    digits, form = row[at - 1].form, row[at].form
    tanwin: str = table("numbers")["words"]["tanwin"]
    accusative = form.endswith(tanwin) and _is_indefinite(row, at) and len(form) > 3
    return unit(form) is not None or (accusative and digits.isdecimal() and 10 < int(digits[-4:]) % 100 < 100)


def _is_no_count(row: Row, at: int) -> bool:
    """Whether one number word counts nothing: «واحد من», «الثاني عشر», «ثلاثة» before a definite noun."""
    form = after_conjunction(row[at].form)
    before = row[at - 1].form if at else ""
    counts = at + 1 < len(row) and unit(row[at + 1].form) is not None
    if form in folded_set("numbers", "words", "teens") and after_article(before) != before and not counts:
        return True
    value = spelling().get(form, 0)
    if value > 10:
        return False
    definite = at + 1 < len(row) and after_article(row[at + 1].form) != row[at + 1].form
    return value < 3 or definite


@cache
def _lower_bounds() -> Mapping[str, int]:
    return {folded(w): int(n) for n, forms in table("numbers")["lower_bounds"].items() for w in forms}


@cache
def _prepositions() -> tuple[str, ...]:
    return tuple(table("numbers")["words"]["prepositions"])


@cache
def _countable() -> frozenset[str]:
    """Every form that says how many by itself."""
    return frozenset({*spelling(), *_lower_bounds(), *fractions(), *duals()})


@cache
def _beginnings() -> frozenset[str]:
    article: str = table("marks")["article"]
    definite = (article + form for form in spelling())
    return frozenset(_countable().union(definite, counted(), folded_set("numbers", "words", "dozens")))


@cache
def _not_units() -> frozenset[str]:
    return folded_set("marks", "particles")

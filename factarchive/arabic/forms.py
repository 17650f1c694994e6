"""Forms: the words and numbers of a text as a search compares them, and which of them are one word spelled in two ways.

A form is a folded word that keeps ء ؤ ئ, because a text tells where a hamza is and a reader may write another seat or
none. The browser's analysis.js does the same; tests/cases/stems.txt holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table

__all__ = ["form_of", "plain", "seatless", "spelled_alike", "terms", "written_spans"]

# ---------------------------------------------------------------- letters

# What can stand in a word; all else parts words. Named by blocks, since Unicode's own classes differ from one
# version to the next, and so between Python and a browser.
_WRITTEN = (
    (0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2AF), (0x300, 0x36F),
    (0x386, 0x386), (0x388, 0x3FF), (0x400, 0x481), (0x48A, 0x52F), (0x5D0, 0x5EA), (0x610, 0x61A), (0x61C, 0x61C),
    (0x620, 0x669), (0x66E, 0x6D3), (0x6D5, 0x6DC), (0x6DF, 0x6E8), (0x6EA, 0x6FC), (0x750, 0x77F),
    (0x1E00, 0x1EFF), (0x1F00, 0x1FBC), (0x2C60, 0x2C7F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069),
    (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFB06),
    (0xFB50, 0xFBB1), (0xFBD3, 0xFD3D), (0xFD50, 0xFDFB), (0xFE70, 0xFEFC), (0xFEFF, 0xFEFF),
    (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A),
)  # fmt: skip
_MARKS = ".,\u066b\u066c-"
_ARABIC = "\u0620-\u065f\u066e-\u06ff\u0750-\u077f"
_OTHER = rf"[^{_ARABIC}0-9 .,\u066b\u066c-]"
_TERM = re.compile(rf"[0-9]*{_OTHER}(?:[0-9]|{_OTHER}|-(?=[0-9]))*|[0-9]+(?:[.,\u066b\u066c][0-9]+)*|[{_ARABIC}]+")


class _Spelled(dict[int, str]):
    """Each letter as a form has it: folded, with its hamza; a blank for what parts words."""

    def __init__(self) -> None:
        self._hamza = frozenset(table("stems")["hamza"])

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        whole = unicodedata.normalize("NFKC", letter)
        if whole in self._hamza or letter in _MARKS:
            value = whole
        elif any(low <= code <= high for low, high in _WRITTEN):
            value = folded(letter)
        else:
            value = " "
        self[code] = value
        return value


@cache
def _spelled() -> _Spelled:
    return _Spelled()


def form_of(word: str) -> str:
    """The form of a single word."""
    return word.translate(_spelled())


def written_spans() -> list[list[int]]:
    """The spans of code points that can stand in a word."""
    return [list(span) for span in _WRITTEN]


# ---------------------------------------------------------------- terms


def terms(text: str) -> Iterator[tuple[str, int, int]]:
    """The words and numbers of a text in order, as forms, each with its offsets in the text."""
    letters = _spelled()
    made = text.translate(letters)
    if all(len(letters[ord(c)]) == 1 for c in set(text)):
        for match in _TERM.finditer(made):
            yield from _terms_of(match.group(), match.start())
        return
    source = [offset for offset, c in enumerate(text) for _ in letters[ord(c)]]
    for match in _TERM.finditer(made):
        for form, start, end in _terms_of(match.group(), match.start()):
            last = source[end - 1] + 1
            while last < len(text) and not letters[ord(text[last])]:
                last += 1  # the marks of its last letter belong to it
            yield form, source[start], last


def _terms_of(word: str, at: int) -> Iterator[tuple[str, int, int]]:
    """One term, or the numbers of a row that is no one number: «18.3.2025»."""
    if not _DIGITS.fullmatch(word):
        yield word.replace("-", ""), at, at + len(word)
        return
    whole = _number(word)
    if whole:
        yield whole, at, at + len(word)
        return
    for match in re.finditer("[0-9]+", word):
        yield _whole(match.group()), at + match.start(), at + match.end()


_DIGITS = re.compile("[0-9.,\u066b\u066c]+")
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2})((?:[,\u066c][0-9]{3})+|(?:\.[0-9]{3}){2,}|\.[0-9]{3}(?=,)|\.[0-9]00)(?:([.,\u066b])([0-9]+))?"
)
_DECIMAL = re.compile(r"([0-9]+)[.,\u066b]([0-9]+)")


def _number(word: str) -> str:
    """The number that this is, written plainly: 2500, 2.5; nothing for a row of several."""
    grouped = _GROUPED.fullmatch(word)
    if grouped and (grouped[3] is None or grouped[3] not in grouped[2]):
        return _with_fraction(grouped[1] + re.sub("[^0-9]", "", grouped[2]), grouped[4] or "")
    decimal = _DECIMAL.fullmatch(word)
    if decimal:
        return _with_fraction(decimal[1], decimal[2])
    return "" if re.search("[^0-9]", word) else _whole(word)


def _with_fraction(whole: str, fraction: str) -> str:
    rest = fraction.rstrip("0")
    return _whole(whole) + ("." + rest if rest else "")


def _whole(digits: str) -> str:
    return digits.lstrip("0") or "0"


# ---------------------------------------------------------------- spellings


@lru_cache(1 << 16)
def plain(form: str) -> str:
    """The form as one writes it who leaves hamzas out: «مسوول» for «مسؤول», «جزا» for «جزاء»."""
    return form.translate(_unwritten())


@lru_cache(1 << 16)
def seatless(form: str) -> str:
    """The form with each hamza on no seat, so that «مسؤول» and «مسئول» are the same."""
    return form.translate(_on_no_seat())


@cache
def _unwritten() -> dict[int, str]:
    return str.maketrans(table("stems")["hamza"])


@cache
def _on_no_seat() -> dict[int, str]:
    hamza = list(table("stems")["hamza"])
    return {ord(letter): hamza[0] for letter in hamza}


def spelled_alike(form: str, stems: Iterable[str]) -> set[str]:
    """Those of a family's stems that are this form in some spelling of its hamzas; every such spelling finds the same.

    A hamza that is written tells its place, so its seat is free; where none is written, the letters decide. What is
    found so brings along what is spelled like itself in either way.
    """
    listed = list(stems)
    bare, free = plain(form), seatless(form)
    found = {stem for stem in listed if seatless(stem) == free} if form != bare else set()
    found = found or {stem for stem in listed if plain(stem) == bare}
    while True:
        plains, frees = {plain(stem) for stem in found}, {seatless(stem) for stem in found}
        wider = {stem for stem in listed if plain(stem) in plains or seatless(stem) in frees}
        if wider == found:
            return found
        found = wider

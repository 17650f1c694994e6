"""Segments: the paragraphs, sentences and quotations of a text, by exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from factarchive.arabic.lexicon import table

__all__ = ["Quote", "Span", "paragraphs", "quotes", "sentences"]

_BRACKETS = "()"  # some papers quote in them, right after a colon or «that»
_CLAUSE = 400  # characters of a bracket that are looked through
_ASIDE = 3  # words of a bracket that quotes nobody
_DEEPEST = 8  # no prose nests deeper; keeps a line of quote marks linear


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Characters [start, end) of a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forwards: {self.start}–{self.end}")

    def of(self, text: str) -> str:
        """The words of the text that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, order=True, slots=True)
class Quote:
    """A quotation with its marks; one never closed runs to its paragraph's end and has no closing mark."""

    start: int
    end: int
    closed: bool
    depth: int

    @property
    def inner(self) -> Span:
        """What stands between the marks."""
        return Span(self.start + 1, self.end - 1 if self.closed else self.end)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Every line that holds more than blanks, without the blanks at its ends."""
    return tuple(Span(*m.span()) for m in re.finditer(r"[^\s](?:[^\n\r\u2028\u2029]*[^\s])?", text))


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    """Each quote mark and its pair."""
    return {mark: (pair[0], pair[1]) for pair in (*table("marks")["quotes"], _BRACKETS) for mark in pair}


@cache
def _quote_pattern() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_pairs())) + "]")


def quotes(text: str, within: Span) -> tuple[Quote, ...]:
    """The quotations of one paragraph in order, nested ones too; marks the wrong way round are understood."""
    found: list[Quote] = []
    opened: list[tuple[int, str]] = []
    quoting = _bracket_quote().search(text, within.start, within.end) is not None
    for match in _quote_pattern().finditer(text, within.start, within.end):
        at, mark = match.start(), match.group()
        if mark in _BRACKETS and not _quotes_in_brackets(text, at, (opened, within, quoting)):
            continue
        closes = _closes(mark, opened, text, at)
        if closes is not None:
            found.append(Quote(opened[closes][0], at + 1, True, closes))
            del opened[closes:]
        elif len(opened) < _DEEPEST and _opens(text, at, within):
            opened.append((at, mark))
    found += [Quote(start, within.end, False, depth) for depth, (start, _) in enumerate(opened)]
    return tuple(sorted(found))


def _quotes_in_brackets(text: str, at: int, around: tuple[list[tuple[int, str]], Span, bool]) -> bool:
    """Whether a bracket opens or closes words that somebody says: «قال إن (الخزانة فارغة)»."""
    opened, within, quoting = around
    if text[at] == _BRACKETS[1]:
        return bool(opened) and opened[-1][1] == _BRACKETS[0]
    if opened:
        return False
    before = text[max(within.start, at - 8) : at]
    return bool(_before_bracket().search(before)) or (quoting and _holds_clause(text, at, within))


def _holds_clause(text: str, at: int, within: Span) -> bool:
    """Whether a bracket that opens here holds several words, and no aside of one or two."""
    end = text.find(_BRACKETS[1], at, min(within.end, at + _CLAUSE))
    return end == -1 or len(text[at:end].split()) > _ASIDE


@cache
def _before_bracket() -> re.Pattern[str]:
    return re.compile(table("marks")["before_bracket"])


@cache
def _bracket_quote() -> re.Pattern[str]:
    """A quotation in brackets, which shows that a paper quotes so: «إن (»."""
    return re.compile(table("marks")["before_bracket"].removesuffix("$") + re.escape(_BRACKETS[0]))


def _closes(mark: str, opened: list[tuple[int, str]], text: str, at: int) -> int | None:
    """Which open quotation this mark closes, if any."""
    opening, closing = _pairs()[mark]
    for depth in range(len(opened) - 1, -1, -1):
        other = opened[depth][1]
        if _pairs()[other] != (opening, closing):
            continue
        if opening == closing:
            return None if _clearly_opens(text, at) else depth
        if other != mark:
            return depth
        # The same shape again: «“…“» as some wires write it, unless it opens one inside the other.
        return None if _opens(text, at, Span(0, len(text))) else depth
    return None


def _clearly_opens(text: str, at: int) -> bool:
    """Whether a mark has a blank before it and a letter after it, so that an earlier one was never closed."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isspace() and after.isalnum()


def _opens(text: str, at: int, within: Span) -> bool:
    """Whether a mark stands where a quotation begins: after a blank, or before a letter."""
    if at + 1 >= within.end:
        return False
    before = text[at - 1] if at > within.start else " "
    return before.isspace() or before in table("marks")["before_opening"] or not text[at + 1].isspace()


@cache
def _stop_pattern() -> re.Pattern[str]:
    return re.compile("[" + re.escape(table("marks")["stops"]) + "]+")


def sentences(text: str, within: Span, marks: Iterable[Quote] = ()) -> tuple[Span, ...]:
    """Spans that tile the paragraph, one a sentence; stops inside a quotation end nothing outside it."""
    cuts = [within.start, *_cuts(text, within, _outermost(marks, within)), within.end]
    return tuple(Span(a, b) for a, b in pairwise(cuts) if a < b)


def _outermost(marks: Iterable[Quote], within: Span) -> list[Quote]:
    """The closed quotations in the span that lie in no other."""
    kept: list[Quote] = []
    for quote in sorted(marks):
        inside = within.start <= quote.start and quote.end <= within.end
        if quote.closed and inside and (not kept or quote.start >= kept[-1].end):
            kept.append(quote)
    return kept


def _cuts(text: str, within: Span, shields: list[Quote]) -> Iterator[int]:
    waiting = iter([*shields, Quote(within.end, within.end, False, 0)])
    shield = next(waiting)
    for match in _stop_pattern().finditer(text, within.start, within.end):
        while shield.end <= match.start() and shield.start < within.end:
            shield = next(waiting)
        end = match.end()
        if shield.start < match.start():
            # A full stop right before the closing mark ends the sentence outside too.
            if end != shield.end - 1 or match.group() != ".":
                continue
            end = shield.end
        if _ends_sentence(text, match, end):
            yield _after_blanks(text, end, within.end)


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether this run of stops ends a sentence, and is no abbreviation, decimal point or address."""
    if stop.start() == 0 or len(stop.group()) > 1 or not stop.group().isascii():
        return True
    if end < len(text) and not text[end].isspace():
        return bool(_glued().match(text, max(0, stop.start() - 3), end + 5))
    if stop.group() != ".":
        return True
    before = text[max(0, stop.start() - 2) : stop.start()]
    return not (before[-1:].isalpha() and not before[:-1].isalnum())


@cache
def _glued() -> re.Pattern[str]:
    """A stop with no blank after it, between whole words: «في أربعة أسابيع.وقالت», and no «سي.إن.إن»."""
    return re.compile(table("marks")["glued_stop"])


def _after_blanks(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at

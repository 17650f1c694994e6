"""Quotes: a claim's exact words stand in the article, inside one paragraph, letter for letter."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from factarchive.arabic.letters import fold, folded
from factarchive.archive.entries import Entry
from factarchive.checking.fault import Loc, fault
from factarchive.problems import Problem

_NO_LETTER = re.compile(r"[\W_]+")
_SHOWN = 200


def check_quotes(entry: Entry, visible_text: str) -> Iterator[Problem]:
    """Yield the claims whose quote no paragraph holds, with the words that were probably meant.

    The title counts as a paragraph; only blanks and Unicode forms (NFC) may differ.
    """
    article = _Article(entry, visible_text)
    for number, claim in enumerate(entry.front.claims):
        quote = _plain(claim.quote)
        if quote not in article.text:
            yield _missing(article, ("claims", number, "quote"), quote)


def _missing(article: _Article, loc: Loc, quote: str) -> Problem:
    entry, letters = article.entry, _letters(quote)
    shown = _shortened(quote)
    if not letters or letters not in "".join(article.letters):
        return fault(entry, loc, "quote-missing", quote=shown)
    within = next((n for n, held in enumerate(article.letters) if letters in held), None)
    if within is None:
        line = article.line_of(letters)
        return fault(entry, loc, "quote-across-paragraphs", quote=shown, line=line)
    start = article.letters[within].index(letters)
    words = _shortened(_words(article.paragraphs[within], start, len(letters)))
    line = article.line_of(letters) if within else entry.document.place("title").line
    return fault(entry, loc, "quote-other-spelling", quote=shown, words=words, line=line)


class _Article:
    """The title and the paragraphs as a reader sees them; their bare letters only when asked for."""

    def __init__(self, entry: Entry, visible_text: str) -> None:
        self.entry = entry
        self.paragraphs = [_plain(line) for line in (entry.front.title, *visible_text.split("\n"))]
        # A quote has no line end in it: what is found here is inside one paragraph.
        self.text = "\n".join(self.paragraphs)

    @cached_property
    def letters(self) -> list[str]:
        """Each paragraph's letters and digits in their one spelling."""
        return [_letters(paragraph) for paragraph in self.paragraphs]

    def line_of(self, letters: str) -> int:
        """The line of the file where these letters begin; the body's first where Markdown hides them."""
        at = "".join(self._lines).find(letters)
        return self.entry.body_line + (bisect_right(self._ends, at) if at >= 0 else 0)

    @cached_property
    def _lines(self) -> list[str]:
        return [_letters(line) for line in self.entry.body.split("\n")]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(line) for line in self._lines))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", folded(text))


def _words(paragraph: str, start: int, length: int) -> str:
    """The stretch of a paragraph that holds its letters from `start` on."""
    spelled = fold(paragraph)
    places = [n for n, letter in enumerate(spelled.text) if not _NO_LETTER.match(letter)]
    first, end = spelled.span(places[start], places[start + length - 1] + 1)
    return paragraph[first:end]


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

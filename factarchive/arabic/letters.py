"""Letters: one spelling for the many ways to write a word, with the way back to the text as it was kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from factarchive.arabic.lexicon import table

__all__ = ["LATIN_RUN", "Folded", "fold", "fold_table", "folded", "latin_runs"]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its letters and for its end, the offset in the original."""

    text: str
    source: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.source) != len(self.text) + 1:
            raise ValueError("one offset for each folded letter, and one for the end")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded letters [start, end) stand in the original, with the marks that belong to them."""
        if start >= end:
            return self.source[start], self.source[start]
        return self.source[start], max(self.source[end], self.source[end - 1] + 1)


class _Letters(dict[int, str]):
    """Each letter's folded form, worked out when it is first met."""

    def __init__(self) -> None:
        data = table("folding")
        self._letters: dict[str, str] = data["letters"]
        self._dropped: list[tuple[int, int]] = [(low, high) for low, high in data["drop"]]

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).lower()
        kept = (self._letters.get(c, c) for c in decomposed if not self._drops(ord(c)))
        self[code] = value = unicodedata.normalize("NFKC", "".join(kept))
        return value

    def _drops(self, code: int) -> bool:
        return any(low <= code <= high for low, high in self._dropped)


@cache
def _letters() -> _Letters:
    return _Letters()


def folded(text: str) -> str:
    """The text in its one spelling: no marks, one alef, one yeh, Western digits, small letters."""
    return text.translate(_letters())


def fold(text: str) -> Folded:
    """`folded(text)` with a map back to the text."""
    letters = _letters()
    pieces = [letters[ord(c)] for c in text]
    source = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), (*source, len(text)))


def fold_table() -> dict[str, object]:
    """The same rules as plain data, so that a browser folds alike."""
    data = table("folding")
    return {"drop": [list(r) for r in data["drop"]], "letters": dict(data["letters"])}


# Latin, and with it Greek and Cyrillic: what is written from left to right in an Arabic text.
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0391-\u03a1\u03a3-\u03f5\u0400-\u0481\u048a-\u052f"
LATIN_RUN = (
    rf"(?:[0-9]{{1,9}}(?=[{_LATIN}]))?[{_LATIN}][{_LATIN}0-9]*"
    rf"(?:(?:://|[ .\-_'’&/@:+=?%#]| [&–-] )[{_LATIN}0-9]+)*"
)
"""The pattern of a run, in the syntax that Python and JavaScript share."""
_RUN = re.compile(LATIN_RUN)


def latin_runs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of Latin, Greek or Cyrillic script, as a template isolates them; punctuation after a run is left out."""
    return (match.span() for match in _RUN.finditer(text))

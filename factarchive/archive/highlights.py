"""Found words in a text: where they stand, whether a phrase stands there, and the lines around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from factarchive.arabic.stems import candidates, terms

__all__ = ["Excerpt", "Span", "excerpt", "highlight", "holds"]

Span = tuple[int, int]

SIZE = 220  # letters of an excerpt


class Excerpt(NamedTuple):
    """A piece of a text and the spans of the found words in it."""

    text: str
    marks: list[Span]


def highlight(text: str, words: Iterable[str]) -> list[Span]:
    """Where words stand that may have one of these stems: whole words, with their clitics and marks."""
    wanted = set(words)
    return [(start, end) for form, start, end in terms(text) if not wanted.isdisjoint(candidates(form))]


def holds(text: str, phrase: Sequence[str]) -> bool:
    """Whether these forms stand in a text one after the other; the first may have clitics and an article."""
    forms = [form for form, _, _ in terms(text)]
    rest = list(phrase[1:])
    return any(
        phrase[0] in candidates(form) and forms[at + 1 : at + len(phrase)] == rest for at, form in enumerate(forms)
    )


def excerpt(text: str, marks: Sequence[Span], size: int = SIZE) -> Excerpt:
    """About `size` letters of a text, where most of the marked words stand together."""
    if len(text) <= size:
        return Excerpt(text, list(marks))
    best = most = 0
    for i, (start, _) in enumerate(marks):
        inside = {text[a:b] for a, b in marks[i:] if b <= start + size * 0.7}
        if len(inside) > most:
            best, most = start, len(inside)
    begin = 0 if best < size / 3 else text.rfind(" ", 0, best - size // 5 + 1) + 1
    cut = text.rfind(" ", 0, begin + size + 1)
    end = len(text) if begin + size >= len(text) else cut if cut > begin else begin + size
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    shift = len(before) - begin
    kept = [(a + shift, b + shift) for a, b in marks if a >= begin and b <= end]
    return Excerpt(before + text[begin:end] + after, kept)

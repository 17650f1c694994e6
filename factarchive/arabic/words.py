"""Words: a text cut into words, numbers and marks, each with its folded form and its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.segments import Quote, Span
from factarchive.arabic.verbs import is_listed

__all__ = [
    "Word",
    "after_and",
    "after_article",
    "after_conjunction",
    "matches",
    "opens_complement",
    "words",
]

Kind = Literal["word", "number", "mark", "open", "close", "loose"]  # loose: opens and is never closed

_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u061c"
_LETTERS = rf"[^\W\d_][{_MARKS}]*(?:[^\W\d_A-Za-z][{_MARKS}]*)*"
_WORD = re.compile(
    rf"(?P<number>[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*)"
    rf"|(?P<word>[A-Za-z][A-Za-z0-9]*|{_LETTERS}(?:-{_LETTERS})*)"
    r"|(?P<mark>\.\.+|\S)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a mark: its folded form, its offsets, and how many quotations it stands in."""

    start: int
    end: int
    form: str
    kind: Kind
    depth: int = 0


def words(text: str, within: Span, marks: Iterable[Quote] = ()) -> tuple[Word, ...]:
    """The words of a span in order; quote marks that open or close a quotation say so."""
    ends: dict[int, Kind] = {}
    for quote in marks:
        ends[quote.start] = "open" if quote.closed else "loose"
        if quote.closed:
            ends[quote.end - 1] = "close"
    depth = 0
    found: list[Word] = []
    for match in _WORD.finditer(text, within.start, within.end):
        kind = ends.get(match.start()) or _kind(match)
        depth += {"open": 1, "close": -1}.get(kind, 0)
        form = match.group() if kind == "mark" else _form(match.group())
        if not form:  # a tatweel alone is a letter to Unicode, and no word
            kind, form = "mark", match.group()
        found.append(Word(match.start(), match.end(), form, kind, depth))
    return tuple(found)


def _form(surface: str) -> str:
    """The folded word, with a mark on what folding would mix up: «إنهاء» and «أنها», «علي» and «على»."""
    form = folded(surface)
    hamza: str = table("marks")["hamza"]
    kept = surface.endswith(hamza) and (form in _complementisers() or form[1:] in _complementisers())
    return form + hamza if kept or surface in table("marks")["like_particles"] else form


def _kind(match: re.Match[str]) -> Kind:
    return "word" if match["word"] else "number" if match["number"] else "mark"


def matches(row: Sequence[Word], at: int, listed: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """How many words from `at` on make one of the listed phrases; 0 for none."""
    if at >= len(row) or row[at].form not in listed:
        return 0
    for phrase in listed[row[at].form]:
        if len(phrase) == 1 or tuple(word.form for word in row[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def after_and(row: Sequence[Word], at: int) -> list[Word]:
    """The words from `at` on as far as a phrase goes, the first without a joined conjunction."""
    return [replace(row[at], form=after_conjunction(row[at].form)), *row[at + 1 : at + 6]]


def opens_complement(form: str) -> bool:
    """Whether this form is أن or إن, bare or with what is written on to it."""
    return form in _complementisers()


@cache
def _complementisers() -> frozenset[str]:
    data = table("marks")
    stems = [word for word in data["that"] if word not in data["not_that"]]
    return frozenset(folded(stem + pronoun) for stem in stems for pronoun in data["that_pronouns"])


@cache
def _conjunctions() -> tuple[str, ...]:
    return tuple(table("marks")["conjunctions"])


@lru_cache(maxsize=1 << 16)
def after_conjunction(form: str) -> str:
    """The form without a joined و or ف; itself when it has none or is a word that begins so."""
    if len(form) < 3 or not form.startswith(_conjunctions()) or form in _whole():
        return form
    rest = form[1:]
    if form[0] == _conjunctions()[0]:
        return rest
    # ف joins clauses only, and many names begin with it: «فاضل», «فادي».
    opens_clause = is_listed(rest) or opens_complement(rest) or after_article(rest) != rest
    return rest if opens_clause or rest in folded_set("marks", "particles") else form


@cache
def _whole() -> frozenset[str]:
    """Words whose first letter is their own: names and nouns of a list, and verbs such as «وصل» and «فاز»."""
    data = table("verbs")
    lines = [*data["speech"]["verbs"].split("\n"), *data["other"]["verbs"].split("\n")]
    lemmas = {line.split()[0] for line in lines if line.strip()}
    own = {lemma for lemma in lemmas if folded(lemma).startswith(_conjunctions())}
    endings = [ending for ending, _ in data["perfect"][-1]["forms"]]
    return folded_set("names", "not_clitic") | {folded(lemma + ending) for lemma in own for ending in endings}


@lru_cache(maxsize=1 << 16)
def after_article(form: str) -> str:
    """The form without the article."""
    article: str = table("marks")["article"]
    return form[len(article) :] if form.startswith(article) and len(form) > len(article) + 1 else form

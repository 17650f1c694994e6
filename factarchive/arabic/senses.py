"""Senses: what a word stands for wherever it is written: its stem and root, the place it names, what it opposes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from factarchive.arabic.heads import known
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.oppositions import Pole, poles
from factarchive.arabic.persons import is_given
from factarchive.arabic.skeletons import consonants, light_stem, readings, split_clitics
from factarchive.arabic.words import Word, after_article, matches

__all__ = ["Sense", "named_phrases", "sense_of"]

Row = Sequence[Word]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, since `sense_of` makes one of a form
class Sense:
    """A folded form and what it stands for; `light` words a paraphrase adds or drops, `proper` ones name somebody."""

    form: str
    stem: str
    readings: frozenset[str]
    root: str
    light: bool
    place: str | None
    named: bool
    proper: bool
    poles: frozenset[Pole]
    letters: frozenset[str]


@lru_cache(1 << 16)
def sense_of(form: str) -> Sense:
    """The sense of a folded word, of a number in digits, or of a listed name of several words."""
    if " " in form or form[:1].isdigit():
        name = _names().get(form)
        one = frozenset((form,))
        return Sense(form, form, one, form, False, name, bool(name), bool(name), frozenset(), _trigrams(form))
    bare, stem = split_clitics(form)[1], light_stem(form)
    light = form in folded_set("oppositions", "light", "words")
    place = next((_places()[key] for key in (form, bare, stem) if key in _places()), None)
    named = place is not None or is_given(form) or is_given(bare) or bare in _spellings()
    proper = named and (place is None or form in _proper() or bare in _proper())
    letters = _trigrams(bare)
    return Sense(form, stem, readings(form), consonants(stem), light, place, named, proper, poles(form), letters)


def _trigrams(word: str) -> frozenset[str]:
    edged = f"_{word}_"
    return frozenset(edged[k : k + 3] for k in range(max(1, len(edged) - 2)))


def named_phrases(row: Row) -> Iterator[tuple[int, int, str]]:
    """Names of several words: where each begins, how many words it has, and the folded name."""
    for at, word in enumerate(row):
        for key in (word.form, split_clitics(word.form)[1], _definite(word.form)):
            listed = _phrases().get(key)
            window = [Word(word.start, word.end, key, "word"), *row[at + 1 : at + 5]] if listed else ()
            length = matches(window, 0, _phrases()) if window else 0
            if length:
                yield at, length, " ".join(w.form for w in window[:length])
                break


def _definite(form: str) -> str:
    """The form with its article alone: «للأمم» as «الأمم»."""
    return str(table("marks")["article"]) + split_clitics(form)[1]


@cache
def _names() -> dict[str, str]:
    states = {folded(name): row[0][0] for row in table("states")["states"] for name in row[0]}
    listed = {folded(name): row[0] for row in table("names")["known"] for name in row}
    return {name: one for name, one in {**listed, **states}.items() if " " in name}


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of several words by their first, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(_names(), key=len, reverse=True):
        found.setdefault(name.split()[0], []).append(tuple(name.split()))
    return {first: tuple(rest) for first, rest in found.items()}


@cache
def _places() -> dict[str, str]:
    """Names, capitals and adjectives of states, each with the state it stands for."""
    found: dict[str, str] = {}
    article: str = table("marks")["article"]
    for names, capitals, adjectives in table("states")["states"]:
        bare = [name.removeprefix(article) for name in names]
        for name in (*names, *bare, *capitals, *adjectives):
            if " " not in name:
                found.setdefault(folded(name), names[0])
                found.setdefault(light_stem(folded(name)), names[0])
    return found


@cache
def _proper() -> frozenset[str]:
    """The names of states and capitals, with and without their article; no adjectives."""
    names = {folded(name) for row in table("states")["states"] for name in (*row[0], *row[1])}
    return frozenset(names | {after_article(name) for name in names})


@cache
def _spellings() -> frozenset[str]:
    """Names of people and places that have several spellings, and institutions that stand with no title."""
    data = table("variants")
    listed = {folded(name) for key in ("names", "places") for row in data[key] for name in row}
    return frozenset(listed | {name for name in known() if " " not in name})

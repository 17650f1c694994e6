"""Oppositions: which words speak alike and which against each other, by the axes of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.skeletons import light_stem, split_clitics

__all__ = ["Pole", "alike", "denies", "families", "opposed", "poles"]

_SHORT = 4  # letters of a word whose first may be a preposition

Pole = tuple[int, int]
"""A side of an axis: the number of its line, and 0 or 1."""


@lru_cache(1 << 16)
def poles(form: str) -> frozenset[Pole]:
    """The sides of the axes that a folded form speaks for; most words speak for none."""
    found = _listed(form)
    attached: list[str] = table("marks")["prepositions_attached"]
    if not found and len(form) == _SHORT and form.startswith(tuple(attached)):
        return _listed(form[1:])  # «برفع»: split_clitics leaves so short a word whole
    return found


def _listed(form: str) -> frozenset[Pole]:
    found: set[Pole] = set()
    for key in _keys(form):
        found |= _index().get(key, frozenset())
    return frozenset(found)


def opposed(here: frozenset[Pole], there: frozenset[Pole]) -> bool:
    """Whether two words stand on the two sides of an axis."""
    return any((axis, 1 - side) in there for axis, side in here)


def alike(here: frozenset[Pole], there: frozenset[Pole]) -> bool:
    """Whether two words stand on one side of an axis."""
    return bool(here & there)


def denies(form: str) -> bool:
    """Whether this is a verb, or its noun, after which something was not done or is not so: «نفى», «فشل»."""
    if form in folded_set("oppositions", "negations", "not_verbs"):
        return False
    return any(key in _denials() for key in _keys(form))


def families() -> Iterator[tuple[Pole, tuple[str, ...]]]:
    """Every word family of the axes with its side; its first two words are a verb's perfect and imperfect."""
    for axis, line in enumerate(_lines(table("oppositions")["opposites"])):
        for side, families_of in enumerate(line.split("|")):
            yield from (((axis, side), family) for family in _split(families_of))


@cache
def _index() -> Mapping[str, frozenset[Pole]]:
    found: dict[str, set[Pole]] = {}
    alone = (((-1 - n, 0), f) for n, line in enumerate(_lines(table("oppositions")["synonyms"])) for f in _split(line))
    for pole, family in (*families(), *alone):
        for key in _keys_of(family):
            found.setdefault(key, set()).add(pole)
    return {key: frozenset(sides) for key, sides in found.items()}


@cache
def _denials() -> frozenset[str]:
    lines = _lines(table("oppositions")["negations"]["verbs"])
    return frozenset(key for line in lines for family in _split(line) for key in _keys_of(family))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _split(line: str) -> Iterator[tuple[str, ...]]:
    for family in line.split(","):
        yield tuple(word for word in family.split() if word != "-")


def _keys_of(family: tuple[str, ...]) -> Iterator[str]:
    for word in family:
        yield from _keys(folded(word))
    if family and family[0].endswith(tuple(table("wording")["verbs"]["weak"])):
        yield folded(family[0][:-1] + table("wording")["pronouns"]["fs"]["perfect"])  # «نفت», of «نفى»


def _keys(form: str) -> Iterator[str]:
    """What a form is found by: its stem; of a likely imperfect the stem of its third person too."""
    persons: str = table("oppositions")["patterns"]["persons"]
    future: str = table("stems")["future"]
    if len(form) >= 5 and form.startswith(future) and form[1] in persons:
        yield persons[0] + light_stem(form[1:])[1:]
    stem = light_stem(form)
    if len(stem) < 3:
        stem = split_clitics(form)[1]
    yield stem
    if len(stem) >= 3 and stem[0] in persons:
        yield persons[0] + stem[1:]

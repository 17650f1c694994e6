"""Oppositions: which words speak alike and which against each other, by the axes of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.skeletons import light_stem, split_clitics

__all__ = ["Pole", "alike", "families", "opposed", "poles"]

Pole = tuple[int, int]
"""A side of an axis: the number of its line, and 0 or 1."""


@lru_cache(1 << 16)
def poles(form: str) -> frozenset[Pole]:
    """The sides of the axes that a folded form speaks for; most words speak for none."""
    found: set[Pole] = set()
    for key in _keys(form):
        found |= _index().get(key, frozenset())
    return frozenset(found)


def opposed(here: frozenset[Pole], there: frozenset[Pole]) -> bool:
    """Whether two words stand on the two sides of one axis, and together on none."""
    return not here & there and any((axis, 1 - side) in there for axis, side in here)


def alike(here: frozenset[Pole], there: frozenset[Pole]) -> bool:
    """Whether two words stand on one side of an axis."""
    return bool(here & there)


def families() -> Iterator[tuple[Pole, tuple[str, ...]]]:
    """Every word family of the lexicon with its side; its first two words are a verb's perfect and imperfect."""
    lines = (line for line in table("oppositions")["opposites"].split("\n") if line.strip())
    for axis, line in enumerate(lines):
        for side, families_of in enumerate(line.split("|")):
            for family in families_of.split(","):
                yield (axis, side), tuple(word for word in family.split() if word != "-")


@cache
def _index() -> Mapping[str, frozenset[Pole]]:
    found: dict[str, set[Pole]] = {}
    for pole, family in families():
        for word in family:
            for key in _keys(folded(word)):
                found.setdefault(key, set()).add(pole)
    return {key: frozenset(sides) for key, sides in found.items()}


def _keys(form: str) -> Iterator[str]:
    """What a form is found by: its stem; of a likely imperfect the stem of its third person too."""
    persons: str = table("oppositions")["patterns"]["persons"]
    stem = light_stem(form)
    if len(stem) < 3:
        stem = split_clitics(form)[1]
    yield stem
    if len(stem) >= 3 and stem[0] in persons:
        yield persons[0] + stem[1:]

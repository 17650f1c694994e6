"""Lists: the lexicon's words and phrases in folded form, as the rest of the language compares them."""

from __future__ import annotations

from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table

__all__ = ["folded_set", "phrases"]


@cache
def folded_set(name: str, *keys: str) -> frozenset[str]:
    """The words of one list of a lexicon file, folded."""
    entry = table(name)
    for key in keys:
        entry = entry[key]
    return frozenset(folded(word) for word in entry)


@cache
def phrases(name: str, *keys: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of one list of a lexicon file by their first word, longest first, folded."""
    entry = table(name)
    for key in keys:
        entry = entry[key]
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in entry:
        parts = tuple(folded(phrase).split())
        by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in by_first.items()}

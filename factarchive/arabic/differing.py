"""What a browser needs to see where two sentences part: numbers, negations, quantifiers and opposites as plain data.

`templates/static/check/differences.js` reads it: a small twin of `differences`, for those four kinds only, and without
its dictionaries. tests/cases/differing.txt holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.oppositions import families
from factarchive.arabic.skeletons import light_stem, split_clitics

__all__ = ["difference_tables"]


@cache
def difference_tables() -> dict[str, Any]:
    """The lists by their names in the lexicon; every word folded, a phrase as its words with blanks between."""
    data, stems, numbers = table("oppositions"), table("stems"), table("numbers")
    return {
        "numbers": {w: int(n) for part in ("ones", "tens", "hundreds", "scale_duals") for n, w in _rows(numbers[part])},
        "scales": {w: int(n) for n, w in _rows(numbers["scales"])},
        "months": sorted(
            {folded(name) for row in table("dates")["months"].values() for name in row if " " not in name}
        ),
        "bounds": {name: _folded(words) for name, words in data["bounds"].items()},
        "quantifiers": {name: _folded(words) for name, words in data["quantifiers"].items()},
        "negations": {name: _folded(data["negations"][name]) for name in ("clause", "word", "not_denials")},
        "denials": sorted({key for line in data["negations"]["verbs"].split("\n") for key in _keys(line.split())}),
        "opposites": _opposites(),
        "speech": _folded(data["speech"]["words"]),
        "prepositions": stems["prepositions"],
        "persons": data["patterns"]["persons"],
        "endings": [folded(ending) for ending in data["patterns"]["after"]],
    }


def _rows(part: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(number, folded(word)) for number, words in part.items() for word in words]


def _folded(words: Iterable[str]) -> list[str]:
    return sorted({folded(word) for word in words})


def _keys(words: list[str]) -> set[str]:
    return {key for word in words if word != "-" for key in _stems(folded(word))}


def _stems(form: str) -> tuple[str, ...]:
    """What a form is found by: its stem; of a likely imperfect the stem of its third person too."""
    persons: str = table("oppositions")["patterns"]["persons"]
    stem = light_stem(form)
    stem = stem if len(stem) > 2 else split_clitics(form)[1]
    return (stem, persons[0] + stem[1:]) if len(stem) > 2 and stem[0] in persons else (stem,)


def _opposites() -> list[list[str]]:
    """For each axis its two sides, a side's stems parted by blanks."""
    axes: defaultdict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for (axis, side), family in families():
        axes[axis][side].update(_keys(list(family)))
    return [[" ".join(sorted(one - other)), " ".join(sorted(other - one))] for one, other in axes.values()]

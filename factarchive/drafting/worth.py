"""Worth: how much a claim deserves an editor's time, and why, in words that the editor can dispute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from factarchive.arabic.kinds import Kind
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.verbs import is_past
from factarchive.arabic.words import Word, after_article, after_conjunction

__all__ = ["Signs", "Worth", "is_central", "is_told", "official", "topic", "weigh"]

_MOST = 3
_SHORT = 3  # letters: shorter words are particles, or too common to tell what an article is about
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Worth:
    """A score from 0 (nothing to check) to 3 (central and specific), with the reasons as Arabic words."""

    score: int
    because: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.score <= _MOST:
            raise ValueError(f"a worth lies between 0 and {_MOST}: {self.score}")


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen of a claim without judging it."""

    kind: Kind
    numbers: int = 0
    dates: int = 0
    official: bool = False
    central: bool = False
    told: bool = False
    """A deed that a record could settle: reported, announced, denied, or narrated in the perfect."""
    vague: bool = False
    detailed: bool = False
    """A promise that names its terms, as one of ten words and more does."""


def weigh(signs: Signs) -> Worth:
    """A claim's worth by what can be seen of it; an opinion has none, whatever else it holds."""
    reasons = table("worth")["reasons"]
    if signs.kind == "opinion":
        return Worth(0, (reasons["judgement"],))
    if signs.kind == "counterfactual":
        return Worth(0, (reasons["counterfactual"],))
    seen = {
        "number": signs.numbers > 0,
        "date": signs.dates > 0,
        "official": signs.official,
        "central": signs.central,
        "deed": signs.kind == "event" and signs.told,
        "commitment": signs.kind == "commitment",
        "prediction": signs.kind == "prediction",
        "detailed": signs.kind == "commitment" and signs.detailed,
        "vague": signs.vague,
    }
    held = tuple(reasons[name] for name, holds in seen.items() if holds)
    return Worth(_score(signs), held or (reasons["routine"],))


def _score(signs: Signs) -> int:
    """2 for what is specific or central, 3 for both, 1 for the rest; a figure is specific enough even if rounded."""
    figure = signs.numbers > 0 or signs.dates > 0
    deed = signs.kind == "event" and (signs.told or signs.official) and not signs.vague
    specific = figure or deed or (signs.kind == "commitment" and signs.detailed)
    weighty = signs.central or (figure and (signs.official or signs.kind != "event"))
    return min(_MOST, 1 + specific + weighty)


def topic(title: str) -> frozenset[str]:
    """The words of a headline that an article can be about, without particles and what is written on to them."""
    return frozenset(stems(folded(title).split()))


def stems(forms: Iterable[str]) -> Iterator[str]:
    """Folded words of four letters and more, less their article and joined particles."""
    for form in forms:
        if len(form) > _SHORT:
            yield after_article(_prefixes().sub("", form))


def is_central(about: frozenset[str], forms: Iterable[str]) -> bool:
    """Whether a claim names at least two of the things that the headline names."""
    return len(about.intersection(stems(forms))) >= _SHARED


def is_told(saying: str, form: str, clause: Sequence[Word]) -> bool:
    """Whether a claim reports a deed: announced or denied, retold in others' words, or narrated in the perfect."""
    if saying in folded_set("worth", "told"):
        return True
    perfect = any(is_past(after_conjunction(word.form)) for word in clause)
    if form in ("direct", "none") or saying in folded_set("worth", "adds"):
        return perfect and form != "direct"
    return True


@cache
def _prefixes() -> re.Pattern[str]:
    return re.compile(table("worth")["prefixes"])


def official(names: Sequence[str]) -> bool:
    """Whether one of these names is an office or an institution of a kind that answers for its figures."""
    listed = folded_set("names", "official")
    return any(after_article(word) in listed for name in names for word in folded(name).split()[:2])

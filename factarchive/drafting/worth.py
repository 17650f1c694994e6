"""Worth: how much a claim deserves an editor's time, and why, in words that the editor can dispute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factarchive.arabic.kinds import Kind
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import after_article

__all__ = ["Signs", "Worth", "official", "weigh"]

_MOST = 3


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
    numbers: int
    dates: int
    official: bool
    headline: bool
    hedged: bool


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
        "headline": signs.headline,
        "deed": signs.kind == "event",
        "commitment": signs.kind == "commitment",
    }
    held = tuple(name for name, holds in seen.items() if holds)
    score = min(_MOST, 1 + len(held) - (1 if signs.hedged else 0)) if held else 1
    vague = (reasons["vague"],) if signs.hedged else ()
    return Worth(max(1, score), tuple(reasons[name] for name in held) + vague)


def official(names: Sequence[str]) -> bool:
    """Whether one of these names is an office or an institution of a kind that answers for its figures."""
    listed = folded_set("names", "official")
    return any(after_article(word) in listed for name in names for word in folded(name).split()[:2])

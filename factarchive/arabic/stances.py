"""Stances: how likely two texts agree, disagree or speak of other things; a small linear model over named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from factarchive.arabic.alignments import Alignment
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import Proposition

__all__ = ["STANCES", "Stance", "features_of", "stance_of"]

STANCES = ("agree", "disagree", "other")
KINDS = ("number", "date", "scope", "quantifier", "negation", "antonym", "modality", "condition", "name")


@dataclass(frozen=True, slots=True)
class Stance:
    """The probabilities of the three stances; they add up to one."""

    agree: float
    disagree: float
    other: float


def features_of(here: Proposition, there: Proposition, pairs: Alignment, kinds: Sequence[str]) -> dict[str, float]:
    """Each feature by its name; every one can be told to an editor."""
    least = min(len(here.terms), len(there.terms)) or 1
    most = max(len(here.terms), len(there.terms)) or 1
    shared = sum(near for *_, near in pairs.pairs)
    found = {
        "always": 1.0,
        "covered-short": shared / least,
        "covered-long": shared / most,
        "substituted": min(len(pairs.here), len(pairs.there)) / 4,
        "added": abs(len(pairs.here) - len(pairs.there)) / 4,
    }
    return found | {f"differs-{kind}": float(kind in kinds) for kind in KINDS}


def stance_of(features: Mapping[str, float]) -> Stance:
    """The model's probabilities for these features."""
    weights = table("stance")["weights"]
    scores = [sum(weights[s].get(name, 0.0) * value for name, value in features.items()) for s in STANCES]
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    return Stance(*(power / sum(powers) for power in powers))

"""Stances: how likely two texts agree, disagree or speak of other things; a small linear model over named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import exp

from factarchive.arabic.alignments import Alignment
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import Proposition, Term

__all__ = ["STANCES", "Stance", "features_of", "stance_of", "weighed"]

STANCES = ("agree", "disagree", "other")
_LIGHT = 0.3  # the weight of a word that a paraphrase adds or drops freely
KINDS = ("number", "date", "scope", "quantifier", "negation", "antonym", "modality", "condition", "name")


@dataclass(frozen=True, slots=True)
class Stance:
    """The probabilities of the three stances; they add up to one."""

    agree: float
    disagree: float
    other: float


def features_of(here: Proposition, there: Proposition, pairs: Alignment, kinds: Sequence[str]) -> dict[str, float]:
    """Each feature by its name; every one can be told to an editor."""
    alone = _weight(here, pairs.here), _weight(there, pairs.there)
    shared = sum(near * min(_heft(here.terms[a]), _heft(there.terms[b])) for a, b, near in pairs.pairs)
    whole = [shared + weight for weight in alone]
    at = {a: b for a, b, _ in pairs.pairs}
    found = {
        "always": 1.0,
        "covered-short": shared / (min(whole) or 1.0),
        "covered-long": shared / (max(whole) or 1.0),
        "alone-both": min(alone) / 4,
        "alone-one": (max(alone) - min(alone)) / 4,
        "nothing-alone": float(not min(alone)),
        "only-exchanged": float(max(alone) <= 1 and _exchanged(here, there, pairs)),
        "near": sum(near for *_, near in pairs.pairs) / (len(pairs.pairs) or 1),
        "in-order": _in_order(pairs),
        "neighbours": _neighbours(at, here, there),
        "names-turned": float(_names_turned(here, there, at)),
        "differs": float(bool(kinds)),
        "denies-alone": float(_denies(here) != _denies(there)),
        "names-alone": float(_has_name(here, pairs.here)) + float(_has_name(there, pairs.there)),
        "names-exchanged": float(_has_name(here, pairs.here) and _has_name(there, pairs.there)),
    }
    return found | {f"differs-{kind}": float(kind in kinds) for kind in KINDS}


def _heft(term: Term) -> float:
    return _LIGHT if term.sense.light else 1.0


def _weight(text: Proposition, indexes: frozenset[int]) -> float:
    return sum(_heft(text.terms[k]) for k in indexes)


def _exchanged(here: Proposition, there: Proposition, pairs: Alignment) -> bool:
    """Whether an unmatched word of one text stands where one of the other stands: between the same neighbours."""
    at = {a: b for a, b, _ in pairs.pairs}
    theirs = [b for b in pairs.there if not there.terms[b].sense.light]
    ours = [a for a in pairs.here if not here.terms[a].sense.light]
    return any(_framed(pair, at, (here, there)) for pair in product(ours, theirs))


def _framed(pair: tuple[int, int], at: Mapping[int, int], texts: tuple[Proposition, Proposition]) -> bool:
    """Whether two unmatched words have matched neighbours, or the edge of both texts, on either side."""
    a, b = pair
    before = at.get(a - 1) == b - 1 if a else not b
    last = a == len(texts[0].terms) - 1, b == len(texts[1].terms) - 1
    return before and (at.get(a + 1) == b + 1 if not last[0] else last[1])


def _in_order(pairs: Alignment) -> float:
    """The share of matched neighbours that stand in one order, read from either side."""
    ways = [b for _, b, _ in pairs.pairs], [a for _, a in sorted((b, a) for a, b, _ in pairs.pairs)]
    return sum(x < y for way in ways for x, y in pairwise(way)) / (2 * max(1, len(pairs.pairs) - 1))


def _neighbours(at: Mapping[int, int], here: Proposition, there: Proposition) -> float:
    """The share of neighbouring words that are neighbours in the other text too."""
    places = len(here.terms) + len(there.terms) - 2
    return 2 * sum(at.get(a + 1) == b + 1 for a, b in at.items()) / max(1, places)


def _names_turned(here: Proposition, there: Proposition, at: Mapping[int, int]) -> bool:
    """Whether two names stand in the other order."""
    order = [b for a, b in sorted(at.items()) if here.terms[a].sense.named and there.terms[b].sense.named]
    return any(x > y for x, y in pairwise(order))


def _denies(text: Proposition) -> bool:
    return any(cue.kind == "negation" for cue in text.cues)


def _has_name(text: Proposition, alone: frozenset[int]) -> bool:
    return any(text.terms[k].sense.named for k in alone)


def stance_of(features: Mapping[str, float]) -> Stance:
    """The model's probabilities for these features."""
    return weighed(features, table("stance")["weights"])


def weighed(features: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> Stance:
    """The probabilities of a softmax whose weights are told by stance and feature."""
    scores = [sum(weights[s].get(name, 0.0) * value for name, value in features.items()) for s in STANCES]
    top = max(scores)
    powers = [exp(score - top) for score in scores]
    return Stance(*(power / sum(powers) for power in powers))

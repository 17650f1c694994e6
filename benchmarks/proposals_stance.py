"""The stance of pairs of headlines: weights from one split, figures on another, and how far the probabilities hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from math import exp, log

from factarchive.arabic.differences import compare
from factarchive.arabic.propositions import proposition
from factarchive.arabic.stances import STANCES, weighed

Row = Mapping[str, str]
Weights = dict[str, dict[str, float]]

ROUNDS, RATE, PENALTY = 400, 0.5, 1.0


def features(rows: Sequence[Row]) -> list[dict[str, float]]:
    return [compare(proposition(row["s1"]), proposition(row["s2"])).features for row in rows]


def trained(made: Sequence[Mapping[str, float]], stances: Sequence[str]) -> Weights:
    """Weights of a softmax over the features: accelerated gradient descent, each weight held small."""
    names = list(made[0])
    rows = [[(k, row[name]) for k, name in enumerate(names) if row[name]] for row in made]
    labels = [STANCES.index(stance) for stance in stances]
    weights = [[0.0] * len(names) for _ in STANCES]
    moved = [row[:] for row in weights]
    for turn in range(ROUNDS):
        slope = _slope(rows, labels, moved)
        ahead = [[w - RATE * g for w, g in zip(*lines, strict=True)] for lines in zip(moved, slope, strict=True)]
        push = turn / (turn + 3)
        moved = [
            [new + push * (new - old) for new, old in zip(*lines, strict=True)]
            for lines in zip(ahead, weights, strict=True)
        ]
        weights = ahead
    return {
        stance: {name: round(value, 2) for name, value in zip(names, line, strict=True)}
        for stance, line in zip(STANCES, weights, strict=True)
    }


def _slope(
    rows: Sequence[Sequence[tuple[int, float]]],
    labels: Sequence[int],
    weights: Sequence[Sequence[float]],
) -> list[list[float]]:
    count = len(rows)
    slope = [[PENALTY * value / count for value in line] for line in weights]
    for row, label in zip(rows, labels, strict=True):
        scores = [sum(line[k] * value for k, value in row) for line in weights]
        top = max(scores)
        powers = [exp(score - top) for score in scores]
        total = sum(powers)
        for stance, line in enumerate(slope):
            error = (powers[stance] / total - (stance == label)) / count
            for k, value in row:
                line[k] += error * value
    return slope


def written(weights: Weights) -> str:
    """The weights as the lexicon's file."""
    lines = [
        "# How the features of two compared texts (stances.py) speak for each stance: weights of a softmax.",
        "# Trained by benchmarks/proposals.py --train on the training split of ANS, 2,652 pairs of headlines with",
        "# their stance; nothing of those texts is here. Each sum is told as probabilities; none says what is true.",
    ]
    for stance in STANCES:
        lines += ["", f"[weights.{stance}]", *(f"{name} = {value}" for name, value in weights[stance].items())]
    return "\n".join(lines) + "\n"


def figures(made: Sequence[Mapping[str, float]], stances: Sequence[str], weights: Weights) -> dict[str, float]:
    """F1 of each stance, their mean, the share that is right, the mean log loss."""
    guesses = [astuple(weighed(row, weights)) for row in made]
    chosen = [STANCES[max(range(3), key=guess.__getitem__)] for guess in guesses]
    found = {f"F1 {stance}": _f1(stance, stances, chosen) for stance in STANCES}
    right = sum(want == got for want, got in zip(stances, chosen, strict=True)) / len(stances)
    loss = -sum(log(max(g[STANCES.index(s)], 1e-9)) for g, s in zip(guesses, stances, strict=True)) / len(stances)
    return {**found, "macro-F1": sum(found.values()) / 3, "accuracy": right, "log loss": loss}


def _f1(stance: str, wanted: Sequence[str], got: Sequence[str]) -> float:
    both = sum(w == g == stance for w, g in zip(wanted, got, strict=True))
    return 2 * both / ((wanted.count(stance) + got.count(stance)) or 1)


def reliability(
    made: Sequence[Mapping[str, float]], stances: Sequence[str], weights: Weights, stance: str
) -> list[tuple[str, int, float, float]]:
    """For each tenth of a stance's probability: how many pairs, the mean probability, the share that has it."""
    told = [(getattr(weighed(row, weights), stance), want == stance) for row, want in zip(made, stances, strict=True)]
    found = []
    for tenth in range(10):
        here = [(p, is_so) for p, is_so in told if min(int(p * 10), 9) == tenth]
        if here:
            mean = sum(p for p, _ in here) / len(here)
            share = sum(is_so for _, is_so in here) / len(here)
            found.append((f".{tenth}–", len(here), mean, share))
    return found


def without(made: Sequence[Mapping[str, float]], dropped: Sequence[str]) -> list[dict[str, float]]:
    """The features with some left out, and nothing said to differ because of them."""
    left = [{name: 0.0 if name in dropped else value for name, value in row.items()} for row in made]
    differ = [any(value for name, value in row.items() if name.startswith("differs-")) for row in left]
    return [{**row, "differs": float(some)} for row, some in zip(left, differ, strict=True)]

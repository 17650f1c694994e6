"""Pairs of accounts with what is expected of them, and how well a comparison meets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factarchive.arabic.differences import Comparison, compare
from factarchive.arabic.letters import folded
from factarchive.arabic.propositions import proposition
from factarchive.arabic.segments import Span

CASES = Path(__file__).parent / "cases" / "differences"
DAY = date(2025, 3, 18)

Shown = tuple[str, str, str]  # a kind, and the words of both texts; «-» for none


@dataclass(frozen=True, slots=True)
class Case:
    """Two accounts, their relation and their differences."""

    here: str
    there: str
    relation: str
    differences: tuple[Shown, ...]
    missed: bool


def cases(name: str) -> list[Case]:
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [_case(line) for line in lines if line.strip() and not line.startswith("#")]


def _case(line: str) -> Case:
    pair, wanted = line.removeprefix("!").split(" => ")
    here, there = pair.strip().split(" | ")
    relation, _, listed = wanted.partition(" @ ")
    return Case(here, there, relation.strip(), tuple(map(_shown, filter(None, listed.split(" ; ")))), line[0] == "!")


def _shown(text: str) -> Shown:
    kind, words = text.strip().split(": ")
    here, there = words.split(" = ")
    return kind, here, there


def compared(case: Case) -> Comparison:
    return compare(proposition(case.here, DAY), proposition(case.there, DAY))


def found(case: Case, comparison: Comparison) -> list[Shown]:
    """The differences as a case writes them."""
    return [(str(d.kind), _words(d.here, case.here), _words(d.there, case.there)) for d in comparison.differences]


def _words(spans: Iterable[Span], text: str) -> str:
    return " ".join(span.of(text) for span in spans) or "-"


def meets(wanted: Shown, shown: Shown) -> bool:
    """Whether a difference is of the kind that is wanted and shows words of those that are."""
    return wanted[0] == shown[0] and all(map(_touch, wanted[1:], shown[1:]))


def _touch(one: str, other: str) -> bool:
    first, second = set(folded(one).split()), set(folded(other).split())
    return bool(first & second) or folded(one) in folded(other) or folded(other) in folded(one)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of conflicts found and right, and the same of differences."""

    precision: float
    recall: float
    accuracy: float
    shown_right: float
    wanted_shown: float


def score(pairs: Iterable[Case]) -> Score:
    table: Counter[tuple[str, str]] = Counter()
    shown: Counter[str] = Counter()
    for case in pairs:
        comparison = compared(case)
        table[case.relation, str(comparison.relation)] += 1
        shown.update(_counted(case, found(case, comparison)))
    hits = table["conflict", "conflict"]
    return Score(
        hits / (sum(n for (_, got), n in table.items() if got == "conflict") or 1),
        hits / (sum(n for (want, _), n in table.items() if want == "conflict") or 1),
        sum(n for (want, got), n in table.items() if want == got) / (table.total() or 1),
        shown["right"] / (shown["shown"] or 1),
        shown["met"] / (shown["wanted"] or 1),
    )


def _counted(case: Case, shown: list[Shown]) -> Iterator[str]:
    yield from ["shown"] * len(shown) + ["wanted"] * len(case.differences)
    yield from ("right" for one in shown if any(meets(want, one) for want in case.differences))
    yield from ("met" for want in case.differences if any(meets(want, one) for one in shown))

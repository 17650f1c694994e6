"""Filters of a search: which documents pass, and how many would pass with another choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.arabic.stems import terms
from factarchive.archive.index import Facets
from factarchive.archive.queries import Filter

__all__ = ["FACETS", "VERDICT", "Doc", "Tally", "tallied", "tests_of"]

VERDICT = "verdict"
FACETS = ("speaker", "topic", "outlet", "year", "technique")
PARTLY = {"speaker", "outlet"}  # «ترامب» is enough for «دونالد ترامب»


_NONE = Facets()


@dataclass(slots=True)
class Doc:
    """A document that words have found; its facets are read only where they matter."""

    number: int
    verdict: int
    score: int = 0
    facets: Facets = _NONE

    @property
    def day(self) -> str:
        """Its day as YYYYMMDD, or nothing."""
        return self.facets.day.replace("-", "")

    def values(self, key: str) -> tuple[str, ...]:
        """Its values of a facet."""
        found = {
            "speaker": self.facets.speakers,
            "topic": self.facets.topics,
            "outlet": (self.facets.outlet,),
            "year": (self.facets.day[:4],),
            "technique": self.facets.techniques,
        }[key]
        return tuple(value for value in found if value)


Test = Callable[[Doc], bool]


def tests_of(filters: Iterable[Filter], manifest: Mapping[str, Any]) -> dict[str, Test]:
    """For each key a test of documents: one of its wanted values, and none of its unwanted."""
    wanted: dict[str, list[Test]] = {}
    unwanted: dict[str, list[Test]] = {}
    for one in filters:
        wanted.setdefault(one.key, [])
        unwanted.setdefault(one.key, [])
        (unwanted if one.negated else wanted)[one.key].append(_test(one, manifest))
    return {key: _both(wanted[key], unwanted[key]) for key in wanted}


def _both(wanted: Sequence[Test], unwanted: Sequence[Test]) -> Test:
    return lambda doc: (not wanted or any(test(doc) for test in wanted)) and not any(test(doc) for test in unwanted)


def _test(one: Filter, manifest: Mapping[str, Any]) -> Test:
    if one.key == VERDICT:
        codes = {v["code"] for v in manifest["verdicts"] if one.value in _names(v)}
        return lambda doc: doc.verdict in codes
    if one.key == "from":
        first = one.value.ljust(8, "0")
        return lambda doc: bool(doc.day) and doc.day >= first
    if one.key == "to":
        last = one.value.ljust(8, "9")
        return lambda doc: bool(doc.day) and doc.day <= last
    forms = _forms(one.value)
    return lambda doc: any(_is_named(_forms(name), forms, one.key) for name in doc.values(one.key))


def _is_named(name: Sequence[str], forms: Sequence[str], key: str) -> bool:
    return bool(forms) and set(forms) <= set(name) and (key in PARTLY or len(forms) == len(name))


def _names(verdict: Mapping[str, Any]) -> set[str]:
    return {folded(name) for name in (verdict["id"], verdict["label"], *verdict.get("names", ()))}


def _forms(text: str) -> list[str]:
    return [form for form, _, _ in terms(text)]


@dataclass
class Tally:
    """What passes; how many documents each value of a facet would leave; and how many more without one filter."""

    kept: list[Doc] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    drops: dict[str, int] = field(default_factory=dict)


def tallied(docs: Iterable[Doc], tests: Mapping[str, Test], keys: Sequence[str], verdicts: Mapping[int, str]) -> Tally:
    """Documents put to the tests; one that fails a single test counts for that test's facet only."""
    tally = Tally(counts={key: {} for key in keys})
    for doc in docs:
        failed = {key for key, test in tests.items() if not test(doc)}
        if not failed:
            tally.kept.append(doc)
        elif len(failed) == 1:
            only = next(iter(failed))
            tally.drops[only] = tally.drops.get(only, 0) + 1
        for key in keys:
            if failed <= {key}:
                _count(tally.counts[key], (verdicts.get(doc.verdict, ""),) if key == VERDICT else doc.values(key))
    return tally


def _count(counts: dict[str, int], values: Iterable[str]) -> None:
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1

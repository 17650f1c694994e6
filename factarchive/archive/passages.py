"""Passages of documents that speak of what a text speaks of: paragraphs of evidence, claims of other entries.

    store = Passages([Passage("evidence/report.md", paragraph) for paragraph in paragraphs])
    find_passages(store, "خفضت البلدية رسوم النقل", limit=5)

A pure function of the passages that it is given, whatever order they come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from factarchive.archive.claim_terms import found_by, rarity, saturated

__all__ = ["Found", "Passage", "Passages", "find_passages"]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Some words of a document; `source` names the document and `place` tells its passages apart."""

    source: str
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the share of what the text is found by that it has too, from 0 to 1."""

    passage: Passage
    share: float


class Passages:
    """Passages by their terms."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._passages = tuple(sorted(set(passages)))
        self._lengths = [len(found_by(one.text)) for one in self._passages]
        self._postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self._passages):
            for term in found_by(one.text):
                self._postings[term].append(number)

    def __len__(self) -> int:
        return len(self._passages)

    def find(self, text: str, limit: int) -> tuple[Found, ...]:
        """The passages that share most with a text, the best first."""
        mean = sum(self._lengths) / (len(self._lengths) or 1)
        parts: defaultdict[int, list[float]] = defaultdict(list)
        shared: defaultdict[int, list[float]] = defaultdict(list)
        wanted = []
        for term, weight in found_by(text).items():
            postings = self._postings.get(term, [])
            told = weight * rarity(len(postings), len(self._passages))
            wanted.append(told)
            for number in postings:
                parts[number].append(saturated(told, self._lengths[number], mean))
                shared[number].append(told)
        best = sorted(parts, key=lambda n: (-fsum(parts[n]), n))[:limit]
        whole = fsum(wanted)
        return tuple(Found(self._passages[n], fsum(shared[n]) / whole) for n in best)


def find_passages(store: Passages, text: str, limit: int = 5) -> tuple[Found, ...]:
    """The passages of a store that share most with a text, the best first; none that shares nothing."""
    return store.find(text, limit)

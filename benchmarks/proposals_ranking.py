"""The other headline of an agreeing pair found among many: by words that weigh what they tell, then by relatedness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log, sqrt

from factarchive.arabic.letters import folded
from factarchive.arabic.propositions import Proposition, proposition
from factarchive.arabic.relatedness import keys, relatedness

Row = Mapping[str, str]
Ranker = Callable[[int], list[int]]
NEAREST = 40  # how many are ranked anew


def partners(rows: Iterable[Row], number: Mapping[str, int]) -> dict[int, set[int]]:
    """For each headline of an agreeing pair those that agree with it, itself in another spelling left out."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row["stance"] == "agree" and folded(row["s1"]) != folded(row["s2"]):
            found[number[row["s1"]]].add(number[row["s2"]])
            found[number[row["s2"]]].add(number[row["s1"]])
    return dict(found)


def ranked_well(wanted: Mapping[int, set[int]], rank: Ranker) -> tuple[float, float]:
    """The mean reciprocal rank of the first partner, and the share that has one among the first ten."""
    places = [
        next((place for place, doc in enumerate(rank(query), 1) if doc in docs), None) for query, docs in wanted.items()
    ]
    return (
        sum(1 / place for place in places if place) / len(places),
        sum(place is not None and place <= 10 for place in places) / len(places),
    )


class Index:
    """Documents by what they hold, weighed by how few hold it."""

    def __init__(self, documents: Sequence[Proposition], parts: Callable[[Proposition], Iterable[str]]) -> None:
        held = [Counter(parts(document)) for document in documents]
        self._count = len(documents)
        self._in = Counter(part for counts in held for part in counts)
        self._vectors = [self._vector(counts) for counts in held]
        self._rows: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, vector in enumerate(self._vectors):
            for part, value in vector.items():
                self._rows[part].append((number, value))

    def weight(self, part: str) -> float:
        return log(1 + (self._count - self._in[part] + 0.5) / (self._in[part] + 0.5))

    def _vector(self, counts: Mapping[str, int]) -> dict[str, float]:
        made = {part: (1 + log(n)) * self.weight(part) for part, n in counts.items()}
        length = sqrt(sum(value * value for value in made.values())) or 1.0
        return {part: value / length for part, value in made.items()}

    def scores(self, document: int) -> Counter[int]:
        """The cosine of each document that shares something with this one, itself left out."""
        found: Counter[int] = Counter()
        for part, value in self._vectors[document].items():
            for number, other in self._rows[part]:
                found[number] += value * other  # type: ignore[assignment]
        del found[document]
        return found


def rankers(texts: Sequence[str]) -> dict[str, Ranker]:
    """The ways that are compared: by words alone, by words and letters, and these ranked anew."""
    documents = [proposition(text) for text in texts]
    roots = Index(documents, keys)
    letters = Index(documents, lambda document: document.letters)

    def by_words(query: int) -> list[int]:
        return [number for number, _ in roots.scores(query).most_common()]

    def by_both(query: int) -> list[int]:
        return [number for number, _ in (roots.scores(query) + letters.scores(query)).most_common()]

    def anew(query: int) -> list[int]:
        nearest = by_both(query)
        first = sorted(nearest[:NEAREST], key=lambda n: -relatedness(documents[query], documents[n], roots.weight))
        return first + nearest[NEAREST:]

    return {"roots": by_words, "roots and trigrams": by_both, "relatedness of the first 40": anew}

"""The archive's claims by their words, kept from build to build: who is kin to whom, and what a text finds.

Two claims are candidates where they share a pair of words and stand among the first few of it; whether they are kin
then depends on the two alone (`kinship`). So a change touches the claims that share pairs with it and no others, and
the result is the one that a new store would have.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from sqlite3 import DatabaseError
from typing import Any

from factarchive.archive.beside import Beside, Kindred, beside
from factarchive.archive.cards import EntryCard
from factarchive.archive.claim_memory import ClaimMemory
from factarchive.archive.claim_postings import Postings, scale_for
from factarchive.archive.claim_terms import found_by, rarity, saturated
from factarchive.archive.entries import digest_of
from factarchive.archive.kinship import Kin, kinship
from factarchive.archive.known_claims import (
    KnownClaim,
    is_ruled,
    keys_of,
    known_claims,
    length_of,
    loaded_claim,
    number_of,
    term_key,
)

__all__ = ["ClaimStore", "refreshed_claims", "remembered_claims"]

RowOf = Callable[[int], Mapping[str, Any]]
WINDOW = 64
"""So many claims of a pair of words are candidates to one another."""
_WORK = 60_000  # postings that a text may go through, the rarest terms first
_LISTED = 24  # kin of a claim that a page may show


class ClaimStore:
    """The claims as remembered."""

    def __init__(self, memory: ClaimMemory, facts: Mapping[str, Any]) -> None:
        self._memory = memory
        self._postings = Postings(memory, facts["scale"])
        self._count: int = facts["count"]
        self._mean: float = facts["length"] / (facts["count"] or 1)

    @cached_property
    def shown(self) -> Mapping[str, str]:
        """What stands for the kin that the page of each claim shows; nothing for a claim without."""
        return self._memory.shown()[0]

    def claim(self, number: int) -> KnownClaim:
        """A claim by its number."""
        return loaded_claim(self._memory.row(number))

    def beside(self, id_: str) -> Beside:
        """What the page of a claim shows of others."""
        if id_ not in self.shown:
            return Beside()
        row = self._memory.row(self._memory.number(id_))
        return _beside(row, self._memory.row)

    def find(self, text: str, limit: int) -> tuple[tuple[KnownClaim, float], ...]:
        """The ruled claims that share most with a text, the best first, each with the share, from 0 to 1."""
        scores: dict[int, float] = {}
        whole = 0.0
        own = min(len(found_by(text)), 63)
        lists = [(self._postings.claims_of(term_key(term)), weight) for term, weight in sorted(found_by(text).items())]
        work = 0
        for numbers, weight in sorted(lists, key=lambda one: len(one[0])):
            work += len(numbers)
            told = weight * rarity(len(numbers), self._count)
            parts = [saturated(told, length, self._mean) for length in range(64)]
            whole += parts[own]
            if work > _WORK and scores:
                continue
            for number in numbers:
                if not is_ruled(number):
                    break
                scores[number] = scores.get(number, 0.0) + parts[length_of(number)]
        best = nsmallest(limit, scores, key=lambda number: (-round(scores[number], 9), number))
        return tuple((self.claim(number), min(1.0, scores[number] / whole)) for number in best)


def refreshed_claims(memory: ClaimMemory, entries: Iterable[EntryCard], key: str) -> ClaimStore:
    """The store of these entries; what is remembered under another key, made by other code, is not trusted."""
    listed = {entry.path: (_digest(entry, claims), claims) for entry, claims in known_claims(entries)}
    facts = memory.facts()
    if facts.get("key") != key:
        facts = _forgotten(memory, key)
    known, total = memory.articles()
    if (facts["articles"], facts["shown"]) != (total, memory.shown()[1]):
        raise DatabaseError("an article of the memory of claims is lost")
    count = sum(len(claims) for _, claims in listed.values())
    if facts["scale"] != scale_for(count):
        facts, known = _forgotten(memory, key) | {"scale": scale_for(count)}, {}
    changed = [path for path, (digest, _) in listed.items() if path not in known or known[path][0] != digest]
    changed += [path for path in known if path not in listed]
    if changed or not known:
        _Refresh(memory, facts, known, listed).work(changed)
    return ClaimStore(memory, facts)


def remembered_claims(memory: ClaimMemory, key: str) -> ClaimStore | None:
    """The store as it was last refreshed; None where it is lost or was made by other code."""
    facts = memory.facts()
    return ClaimStore(memory, facts) if facts.get("key") == key else None


def _forgotten(memory: ClaimMemory, key: str) -> dict[str, Any]:
    memory.forget()
    return {"key": key, "scale": 0, "count": 0, "length": 0, "articles": 0, "shown": 0}


def _digest(entry: EntryCard, claims: Sequence[KnownClaim]) -> str:
    return digest_of(entry.digest, *(claim.id for claim in claims))


def _beside(row: Mapping[str, Any], row_of: RowOf) -> Beside:
    nearest = sorted(row["kin"], key=lambda kin: (-kin[2], kin[0]))[:_LISTED]
    found = (Kindred(loaded_claim(row_of(number)), Kin(kin), likeness) for number, kin, likeness in nearest)
    return beside(loaded_claim(row), found)


Listed = Mapping[str, tuple[str, Sequence[KnownClaim]]]


@dataclass
class _Refresh:
    """One build's work on the memory of claims."""

    memory: ClaimMemory
    facts: dict[str, Any]
    known: Mapping[str, tuple[str, list[int]]]
    listed: Listed
    _rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    _dirty: set[int] = field(default_factory=set)
    _gone: set[int] = field(default_factory=set)
    _keys: dict[int, array[int]] = field(default_factory=dict)
    _numbers: dict[str, list[int]] = field(default_factory=dict)

    def work(self, changed: Sequence[str]) -> None:
        postings = Postings(self.memory, self.facts["scale"], is_new=not self.known)
        before = {number: self._row(number) for path in changed for number in self.known.get(path, ("", []))[1]}
        now = {number: claim for path in changed for number, claim in self._numbered(path)}
        gone = {n for n in before if n not in now or now[n].words != before[n]["words"]}
        new = {n for n in now if n not in before or n in gone}
        shown_before = {row["id"] for row in before.values()}
        for number in gone:
            self._part(number)
        for number, claim in now.items():
            kin = [] if number in new else self._row(number)["kin"]
            self._put(number, {**claim.as_data(), "kin": kin})
        self._gone = gone - new
        words = {n: before[n]["words"] for n in gone}
        moved = self._change(postings, words, new)
        self._meet(postings, (new | moved) - self._gone)
        postings.keep()
        self._keep(changed, shown_before)

    def _numbered(self, path: str) -> Iterator[tuple[int, KnownClaim]]:
        """The claims of an article with their numbers; their texts are analysed here, once."""
        self._numbers[path] = []
        for claim in self.listed[path][1] if path in self.listed else ():
            number = number_of(claim)
            self._numbers[path].append(number)
            self._keys[number] = array("Q", sorted(keys_of(claim.words)))
            yield number, claim

    def _change(self, postings: Postings, gone: Mapping[int, str], new: Iterable[int]) -> set[int]:
        """Change the postings; return the claims that came to stand among the first of a pair, or no longer do."""
        out = [(key, number) for number, words in gone.items() for key in keys_of(words)]
        into = [(key, number) for number in new for key in self._keys_of(number)]
        pairs = set() if postings.is_new else {key for key, _ in (*out, *into) if key & 1}
        before = {key: set(postings.claims_of(key)[:WINDOW]) for key in pairs}
        postings.change(out, into)
        return set().union(*(before[key] ^ set(postings.claims_of(key)[:WINDOW]) for key in pairs))

    def _meet(self, postings: Postings, numbers: set[int]) -> None:
        """Find the kin of these claims anew."""
        for number in sorted(numbers):
            row = self._row(number)
            near: set[int] = set()
            for key in self._keys_of(number):
                first = postings.claims_of(key)[:WINDOW] if key & 1 else ()
                near.update(first if number in first else ())
            kin = {n: k for n, k, _ in row["kin"]}
            for other in (kin.keys() - near) - {number}:
                self._unrelate(number, other)
            for other in sorted(near - kin.keys() - {number}):
                self._relate(number, other)

    def _relate(self, number: int, other: int) -> None:
        one, two = self._row(number), self._row(other)
        found = kinship(one["words"], two["words"])
        if found:
            self._put(number, {**one, "kin": [*one["kin"], [other, found.kin, found.likeness]]})
            self._put(other, {**two, "kin": [*two["kin"], [number, found.kin, found.likeness]]})

    def _unrelate(self, number: int, other: int) -> None:
        for one, two in ((number, other), (other, number)):
            row = self._row(one)
            self._put(one, {**row, "kin": [kin for kin in row["kin"] if kin[0] != two]})

    def _part(self, number: int) -> None:
        """Take a claim out of the kin of all others."""
        for other, *_ in self._row(number)["kin"]:
            self._unrelate(number, other)

    def _row(self, number: int) -> dict[str, Any]:
        if number not in self._rows:
            self._rows[number] = self.memory.row(number)
        return self._rows[number]

    def _put(self, number: int, row: dict[str, Any]) -> None:
        self._rows[number] = row
        self._dirty.add(number)

    def _keys_of(self, number: int) -> array[int]:
        if number not in self._keys:
            self._keys[number] = array("Q", keys_of(self._row(number)["words"]))
        return self._keys[number]

    # ------------------------------------------------------------ keeping
    def _keep(self, changed: Sequence[str], shown_before: set[str]) -> None:
        memory, facts = self.memory, self.facts
        dirty = self._dirty - self._gone
        neighbours = {n for number in dirty for n, *_ in self._rows[number]["kin"]}
        memory.keep_rows(((n, self._rows[n]) for n in sorted(dirty)), self._gone)
        shown = {self._row(n)["id"]: self._shown(n) for n in sorted(dirty | neighbours)}
        facts["shown"] ^= memory.keep_shown({**dict.fromkeys(sorted(shown_before), ""), **shown}.items())
        kept = [(path, self.listed[path][0], self._numbers[path]) for path in changed if path in self.listed]
        facts["articles"] ^= memory.keep_articles(kept, [path for path in changed if path not in self.listed])
        self._count(changed)
        memory.keep_facts(facts)

    def _count(self, changed: Sequence[str]) -> None:
        for path in changed:
            before = self.known[path][1] if path in self.known else []
            now = self._numbers[path]
            self.facts["count"] += len(now) - len(before)
            self.facts["length"] += sum(map(length_of, now)) - sum(map(length_of, before))

    def _shown(self, number: int) -> str:
        """What stands for all that the page of a claim shows of others; nothing where it shows none."""
        return _beside(self._row(number), self._row).digest

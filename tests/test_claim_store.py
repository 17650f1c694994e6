"""The store of claims: a store that was changed step by step is the one that a new store would be."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest

from factarchive.archive import claim_store
from factarchive.archive.beside import Beside
from factarchive.archive.cards import ClaimCard, EntryCard
from factarchive.archive.claim_memory import ClaimMemory
from factarchive.archive.claim_store import ClaimStore, refreshed_claims
from factarchive.archive.entries import digest_of

# Words that make claims such as «Cairo opened 12 schools in Gaza», so that many share pairs of words.
WHO = ["القاهرة", "دمشق", "بغداد", "الرياض"]
DID = ["افتتحت", "أغلقت", "وعدت بفتح", "تنفي إغلاق"]
WHAT = ["12 مدرسة", "20 مدرسة", "مستشفى غزة", "سد النهضة", "معبر رفح"]
WHEN = ["في مارس", "قبل رمضان", "بعد الحرب"]


def claim(id_: str, words: str, ruled: bool) -> ClaimCard:
    """A claim's card."""
    state, day = ("false", "2025-03-20") if ruled else ("pending", "")
    return ClaimCard(id_, words, words, "narrator", (), state, False, "", "", day)


def entry(name: str, claims: Iterable[ClaimCard], published: str = "2025-03-18", outlet: str = "صحيفة") -> EntryCard:
    """An entry's card."""
    made = EntryCard(f"content/{name}.md", "", name, name, "", published, outlet, "", (), tuple(claims), "")
    return replace(made, digest=digest_of(made.dumped()))


def stored(entries: Iterable[EntryCard], memory: ClaimMemory | None = None) -> ClaimStore:
    """The store of these entries, made anew or of what is remembered."""
    return refreshed_claims(memory or ClaimMemory(sqlite3.connect(":memory:")), entries, "key")


def shown(store: ClaimStore) -> Mapping[str, Beside]:
    """All that the pages of claims show of others."""
    return {id_: store.beside(id_) for id_ in store.shown}


def random_entry(name: str, chance: random.Random) -> EntryCard:
    """An entry of a few claims."""
    claims = [
        claim(f"{name}{n}", " ".join(chance.choice(part) for part in (DID, WHO, WHAT, WHEN)), chance.random() < 0.6)
        for n in range(chance.randrange(4))
    ]
    return entry(name, claims, chance.choice(["2025-03-18", "2025-04-01", ""]), chance.choice(["صحيفة", "وكالة"]))


@pytest.mark.parametrize(("seed", "window"), [(1, 2), (2, 3), (3, 64), (4, 5)])
def test_a_store_that_was_changed_is_the_one_that_a_new_store_would_be(
    seed: int, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_store, "WINDOW", window)  # small, so that claims come to stand among the first and leave
    chance = random.Random(seed)
    memory = ClaimMemory(sqlite3.connect(":memory:"))
    entries: dict[str, EntryCard] = {}
    for _ in range(60):
        for _ in range(chance.randrange(1, 4)):
            name = f"e{chance.randrange(30)}"
            if chance.random() < 0.25:
                entries.pop(name, None)
            else:
                entries[name] = random_entry(name, chance)
        text = " ".join(chance.choice(part) for part in (DID, WHO, WHAT))
        step, new = stored(entries.values(), memory), stored(entries.values())

        assert shown(step) == shown(new)
        assert step.find(text, 9) == new.find(text, 9)
        assert all(step.shown[id_] == beside.digest for id_, beside in shown(step).items())


def test_the_order_of_entries_does_not_matter() -> None:
    chance = random.Random(7)
    entries = [random_entry(f"e{n}", chance) for n in range(40)]
    whole = shown(stored(entries))
    chance.shuffle(entries)

    assert shown(stored(entries)) == whole
    assert whole


def test_what_a_page_shows_keeps_its_digest_until_that_changes() -> None:
    said = "افتتحت القاهرة 12 مدرسة في غزة"  # «Cairo opened 12 schools in Gaza»
    one, other = entry("one", [claim("a", said, True)]), entry("other", [claim("b", said, False)], outlet="وكالة")
    memory = ClaimMemory(sqlite3.connect(":memory:"))
    steps = [
        [one, other],
        [replace(one, summary="آخر", digest="1"), other],  # nothing that is shown beside
        [one, entry("other", [claim("b", said, False)], outlet="إذاعة")],
        [one],
    ]
    digests = [dict(stored(entries, memory).shown) for entries in steps]

    assert [sorted(d) for d in digests] == [["a", "b"], ["a", "b"], ["a", "b"], []]
    assert digests[0] == digests[1]
    assert [{id_ for id_ in "ab" if x[id_] != y[id_]} for x, y in pairwise(digests[1:3])] == [{"a"}]


def test_of_claims_with_one_id_the_first_counts_and_the_other_when_it_is_alone() -> None:
    memory = ClaimMemory(sqlite3.connect(":memory:"))
    first, second = entry("a", [claim("x", "افتتحت القاهرة 12 مدرسة", True)]), entry("b", [claim("x", "غزة", True)])
    found = [stored(entries, memory).find("غزة", 5) for entries in ([first, second], [second], [second, first])]

    assert [[one.path for one, _ in each] for each in found] == [[], ["content/b.md"], ["content/b.md"]]


@pytest.mark.parametrize("table", ["claim_rows", "claim_buckets", "claim_articles", "claim_shown"])
def test_a_damaged_or_lost_row_is_never_taken_for_what_it_was(table: str) -> None:
    chance = random.Random(5)
    entries = [random_entry(f"e{n}", chance) for n in range(40)]
    column = {"claim_articles": "article", "claim_shown": "claim"}.get(table, "number")
    for change in (f"delete from {table} where", f"update {table} set data = substr(data, 2) where"):
        database = sqlite3.connect(":memory:")
        stored(entries, ClaimMemory(database))
        database.execute(f"{change} {column} in (select {column} from {table} order by {column} limit 9)")
        edited = [random_entry(f"e{n}", chance) for n in range(40)]

        with pytest.raises((sqlite3.DatabaseError, ValueError)):
            shown(stored(edited, ClaimMemory(database)))

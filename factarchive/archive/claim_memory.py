"""What is remembered of the archive's claims between builds, in the build's own memory: rows with a sum each.

Like all of that memory it may be lost at any time. A row that does not fit its sum, or that should be there and is
not, raises sqlite3.DatabaseError, and the build begins anew with an empty memory. Standard library only.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

_TABLES = """
create table if not exists claim_facts (name text primary key, data text, sum int) without rowid;
create table if not exists claim_rows (number int primary key, claim text, data text, sum int);
create index if not exists claim_numbers on claim_rows (claim);
create table if not exists claim_buckets (number int primary key, data blob, sum int);
create table if not exists claim_articles (article text primary key, data text, sum int) without rowid;
create table if not exists claim_shown (claim text primary key, data text, sum int) without rowid;
"""
_NAMES = ("claim_facts", "claim_rows", "claim_buckets", "claim_articles", "claim_shown")


class ClaimMemory:
    """Rows of claims by number, buckets of postings, articles by path, digests of what pages show by claim."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        for statement in _TABLES.strip().split("\n"):
            self._db.execute(statement)

    def forget(self) -> None:
        """Forget everything."""
        for table in _NAMES:
            self._db.execute(f"delete from {table}")

    # ------------------------------------------------------------ facts
    def facts(self) -> dict[str, Any]:
        """The facts of the whole; empty where there are none yet."""
        row = self._db.execute("select data, sum from claim_facts where name = 'facts'").fetchone()
        return _parsed("facts", row) if row else {}

    def keep_facts(self, facts: Mapping[str, Any]) -> None:
        """Remember the facts of the whole."""
        self._keep("claim_facts", [("facts", json.dumps(facts, sort_keys=True))])

    # ------------------------------------------------------------ claims
    def row(self, number: int) -> dict[str, Any]:
        """What is remembered of a claim."""
        row = self._db.execute("select data, sum from claim_rows where number = ?", (number,)).fetchone()
        return _parsed(number, row)

    def keep_rows(self, rows: Iterable[tuple[int, Mapping[str, Any]]], gone: Iterable[int]) -> None:
        """Remember these claims, and forget those."""
        self._db.executemany("delete from claim_rows where number = ?", ((number,) for number in gone))
        kept = ((n, row["id"], json.dumps(row, ensure_ascii=False, sort_keys=True)) for n, row in rows)
        summed = ((n, claim, data, sum_of(n, data)) for n, claim, data in kept)
        self._db.executemany("replace into claim_rows values (?, ?, ?, ?)", summed)

    def number(self, claim: str) -> int:
        """The number of a claim by its id."""
        row = self._db.execute("select number from claim_rows where claim = ?", (claim,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("a claim of the memory of claims is lost")
        return int(row[0])

    # ------------------------------------------------------------ postings
    def bucket(self, number: int) -> array[int]:
        """A bucket of postings: key, number of a claim, key, number…"""
        row = self._db.execute("select data, sum from claim_buckets where number = ?", (number,)).fetchone()
        if row is None or sum_of(number, row[0]) != row[1]:
            raise sqlite3.DatabaseError("a part of the memory of claims is lost or damaged")
        return array("Q", row[0])

    def keep_buckets(self, buckets: Iterable[tuple[int, array[int]]]) -> None:
        """Remember buckets."""
        self._keep("claim_buckets", ((number, bucket.tobytes()) for number, bucket in buckets))

    # ------------------------------------------------------------ articles
    def articles(self) -> tuple[dict[str, tuple[str, list[int]]], int]:
        """Each article's digest and the numbers of its claims, and one sum that stands for all of them."""
        found: dict[str, tuple[str, list[int]]] = {}
        total = 0
        for article, data in self._db.execute("select article, data from claim_articles"):
            digest, *numbers = data.split(" ")
            found[article] = digest, [int(number) for number in numbers]
            total ^= sum_of(article, data)
        return found, total

    def keep_articles(self, articles: Iterable[tuple[str, str, Iterable[int]]], gone: Iterable[str]) -> int:
        """Remember these articles, and forget those; return by what the sum of all changes."""
        total = 0
        for article in gone:
            total ^= self._sum("claim_articles", "article", article)
            self._db.execute("delete from claim_articles where article = ?", (article,))
        for article, digest, numbers in articles:
            data = " ".join((digest, *map(str, numbers)))
            total ^= self._sum("claim_articles", "article", article) ^ sum_of(article, data)
            self._keep("claim_articles", [(article, data)])
        return total

    # ------------------------------------------------------------ what pages show
    def shown(self) -> tuple[dict[str, str], int]:
        """The digest of what the page of each claim shows of others, where it shows any; and one sum."""
        found: dict[str, str] = {}
        total = 0
        for claim, digest in self._db.execute("select claim, data from claim_shown"):
            found[claim] = digest
            total ^= sum_of(claim, digest)
        return found, total

    def keep_shown(self, shown: Iterable[tuple[str, str]]) -> int:
        """Remember what pages show, an empty digest for nothing; return by what the sum of all changes."""
        total = 0
        for claim, digest in shown:
            total ^= self._sum("claim_shown", "claim", claim)
            if digest:
                total ^= sum_of(claim, digest)
                self._keep("claim_shown", [(claim, digest)])
            else:
                self._db.execute("delete from claim_shown where claim = ?", (claim,))
        return total

    def _sum(self, table: str, column: str, key: str) -> int:
        row = self._db.execute(f"select sum from {table} where {column} = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def _keep(self, table: str, rows: Iterable[tuple[str | int, str | bytes]]) -> None:
        summed = ((key, data, sum_of(key, data)) for key, data in rows)
        self._db.executemany(f"replace into {table} values (?, ?, ?)", summed)


def sum_of(key: str | int, data: str | bytes) -> int:
    """A number that stands for a row."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    made = blake2b(f"{key}\0".encode("utf-8", "surrogatepass"), digest_size=7)
    made.update(raw)
    return int.from_bytes(made.digest(), "big")


def _parsed(key: str | int, row: tuple[str, int] | None) -> dict[str, Any]:
    if row is None or sum_of(key, row[0]) != row[1]:
        raise sqlite3.DatabaseError("a part of the memory of claims is lost or damaged")
    return dict(json.loads(row[0]))

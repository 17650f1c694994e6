"""What the search index remembers between builds, in the build's own memory: blobs with a sum each.

Like all of that memory it may be lost at any time. A blob that does not fit its sum, or that is not there, raises
sqlite3.DatabaseError, and the build begins anew with an empty memory. Standard library only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

_TABLES = """
create table if not exists search_blobs (kind text, number int, data blob, sum int, primary key (kind, number));
create table if not exists search_articles (article text primary key, digest text, sum int) without rowid;
create table if not exists search_counted (article text primary key, data blob);
create table if not exists search_stale (path text primary key) without rowid;
"""
# A table of its own for the digests: every build reads them all, and few of the rest.
_COUNTED = "select article, digest, data, sum from search_counted left join search_articles using (article)"
EVERYTHING = "*"


class SearchMemory:
    """Numbered blobs by kind, one row for each article, and the files that are not yet as the blobs would have them."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database
        for statement in _TABLES.strip().split("\n"):
            self._db.execute(statement)

    def forget(self) -> None:
        """Forget everything; all files are stale."""
        for table in ("search_blobs", "search_articles", "search_counted", "search_stale"):
            self._db.execute(f"delete from {table}")
        self.mark_stale([EVERYTHING])

    # ------------------------------------------------------------ blobs
    def blob(self, kind: str, number: int) -> bytes:
        """A blob, checked."""
        row = self._db.execute("select data, sum from search_blobs where kind = ? and number = ?", (kind, number))
        data, total = row.fetchone() or (None, None)
        if data is None or sum_of(kind, str(number), data) != total:
            raise sqlite3.DatabaseError("a part of the search's memory is lost or damaged")
        return bytes(data)

    def keep(self, kind: str, blobs: Iterable[tuple[int, bytes]]) -> None:
        """Remember blobs of a kind."""
        rows = ((kind, number, data, sum_of(kind, str(number), data)) for number, data in blobs)
        self._db.executemany("replace into search_blobs values (?, ?, ?, ?)", rows)

    def clear(self) -> None:
        """Forget all blobs."""
        self._db.execute("delete from search_blobs")

    def facts(self) -> dict[str, Any]:
        """The facts of the whole index; empty where there is none yet."""
        if self._db.execute("select 1 from search_blobs where kind = 'facts'").fetchone() is None:
            return {}
        return dict(json.loads(self.blob("facts", 0)))

    def keep_facts(self, facts: dict[str, Any]) -> None:
        """Remember the facts of the whole index."""
        self.keep("facts", [(0, json.dumps(facts, sort_keys=True).encode())])

    # ------------------------------------------------------------ articles
    def articles(self) -> tuple[dict[str, str], int]:
        """Each article's digest, and one sum that stands for all rows."""
        found: dict[str, str] = {}
        total = 0
        for article, digest, one in self._db.execute("select article, digest, sum from search_articles"):
            found[article] = digest
            total ^= one
        return found, total

    def article(self, article: str) -> tuple[bytes, int]:
        """What is remembered of an article, checked, and its sum."""
        row = self._db.execute(f"{_COUNTED} where article = ?", (article,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("an article of the search's memory is lost")
        return _checked(*row), row[3]

    def every_article(self) -> Iterator[tuple[str, bytes]]:
        """All that is remembered of the articles, checked."""
        for row in self._db.execute(_COUNTED):
            yield row[0], _checked(*row)

    def keep_article(self, article: str, digest: str, data: bytes) -> int:
        """Remember an article; return its sum."""
        total = sum_of(article, digest, data)
        self._db.execute("replace into search_articles values (?, ?, ?)", (article, digest, total))
        self._db.execute("replace into search_counted values (?, ?)", (article, data))
        return total

    def drop_article(self, article: str) -> None:
        """Forget an article."""
        for table in ("search_articles", "search_counted"):
            self._db.execute(f"delete from {table} where article = ?", (article,))

    # ------------------------------------------------------------ stale files
    def stale(self) -> set[str]:
        """The paths of files that may not be as the memory would have them; `EVERYTHING` for all."""
        return {row[0] for row in self._db.execute("select path from search_stale")}

    def mark_stale(self, paths: Iterable[str]) -> None:
        """Distrust these files until they are written."""
        self._db.executemany("replace into search_stale values (?)", ((path,) for path in paths))

    def settle(self) -> None:
        """All files are as they should be."""
        self._db.execute("delete from search_stale")


def sum_of(one: str, other: str, data: bytes) -> int:
    """A number that stands for a row."""
    made = blake2b(f"{one}\0{other}\0".encode("utf-8", "surrogatepass"), digest_size=7)
    made.update(data)
    return int.from_bytes(made.digest(), "big")


def _checked(article: str, digest: str | None, data: bytes, total: int) -> bytes:
    if digest is None or sum_of(article, digest, data) != total:
        raise sqlite3.DatabaseError("an article of the search's memory is damaged")
    return bytes(data)

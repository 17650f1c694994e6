"""The rows of the data files as the build remembers them, so that an edit makes the rows of its own entry only.

Kept in the build's memory, which may be lost at any time; a row that does not fit its sum raises
sqlite3.DatabaseError, and the build begins anew with an empty memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Any

from factarchive.archive.cards import EntryCard
from factarchive.archive.entries import Entry, digest_of
from factarchive.publishing import datasets
from factarchive.publishing.datasets import DATASETS, Dataset, Part, parted, rows_of, whole
from factarchive.publishing.desk import Desk

_TABLES = (
    "create table if not exists data_rows"
    " (path text primary key, key text, sizes text, mark text, rows text, sum text)",
    "create table if not exists data_parts (url text primary key, key text, size int, sum text, mark text)",
)


Sizes = Mapping[str, tuple[int, int, str]]
"""Of an entry's rows, by file: how many, how many bytes, the digest that stands for them."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file to publish: its address, the digest that stands for its bytes, and how to make them."""

    url: str
    digest: str
    make: Callable[[], bytes]


@dataclass
class DataStore:
    """The rows of every entry; `refresh` first. `program` stands for the code that makes them."""

    database: sqlite3.Connection
    desk: Desk
    program: str = ""
    _entries: list[tuple[EntryCard, Sizes]] = field(default_factory=list)

    def refresh(
        self, entries: Iterable[EntryCard], digests: Callable[[str], str], load: Callable[[str], Entry]
    ) -> None:
        """Make the rows of what is new or changed among these entries, newest first, and forget what is gone."""
        for statement in _TABLES:
            self.database.execute(statement)
        known = {row[0]: _checked(*row)[1:] for row in self._db("select path, key, sizes, mark from data_rows")}
        self._entries = []
        for card in entries:
            key = digest_of(digests(card.path), self._base)
            found = known.pop(card.path, None)
            sizes = json.loads(found[1]) if found and found[0] == key else self._made(card.path, key, load)
            self._entries.append((card, sizes))
        self.database.executemany("delete from data_rows where path = ?", [(path,) for path in known])

    def files(self) -> Iterator[DataFile]:
        """Every data file: whole, or in parts under a list of them."""
        for dataset in DATASETS:
            yield from self._whole(dataset) if self._is_small(dataset) else self._parted(dataset)

    def checksums(self) -> bytes:
        """A line for each data file as `sha256sum --check` reads it, in a folder that holds the site."""
        made = sorted((file.url.lstrip("/"), sha256(file.make()).hexdigest()) for file in self.files())
        return "".join(f"{total}  {name}\n" for name, total in made).encode()

    def counts(self) -> tuple[tuple[Dataset, int, int], ...]:
        """Each data file with the number of its rows and of its parts."""
        return tuple(
            (d, sum(s[d.name][0] for _, s in self._entries), 0 if self._is_small(d) else len(list(self._months(d))))
            for d in DATASETS
        )

    @property
    def digest(self) -> str:
        """What stands for all of it."""
        return digest_of(*(self._digest(dataset, self._entries) for dataset in DATASETS))

    @cached_property
    def _base(self) -> str:
        """What rows and files depend on beside the entries."""
        return digest_of(self.program, repr(self.desk.settings.words()), self.desk.registry.digest)

    def _is_small(self, dataset: Dataset) -> bool:
        return sum(s[dataset.name][1] for _, s in self._entries) <= datasets.WHOLE_MAX

    def _whole(self, dataset: Dataset) -> Iterator[DataFile]:
        paths = [card.path for card, *_ in self._entries]
        yield DataFile(dataset.url, self._digest(dataset, self._entries), self._maker(dataset, paths))

    def _parted(self, dataset: Dataset) -> Iterator[DataFile]:
        months = list(self._months(dataset))
        for month, paths, digest in months:
            yield DataFile(dataset.part_url(month), digest, self._maker(dataset, paths))
        yield DataFile(dataset.url, self._digest(dataset, self._entries), lambda: self._listed(dataset, months))

    def _listed(self, dataset: Dataset, months: Sequence[tuple[str, Sequence[str], str]]) -> bytes:
        return parted(dataset, [self._part(dataset, *month) for month in months], self.desk)

    def _part(self, dataset: Dataset, month: str, paths: Sequence[str], digest: str) -> Part:
        """A part with its checksum, remembered for as long as its entries stay what they are."""
        url, key = dataset.part_url(month), digest_of(digest, self._base)
        chosen = set(paths)
        rows = sum(s[dataset.name][0] for card, s in self._entries if card.path in chosen)
        found = [_checked(*row) for row in self._db("select * from data_parts where url = ? and key = ?", url, key)]
        if not found:
            raw = self._maker(dataset, paths)()
            found = [(url, key, len(raw), sha256(raw).hexdigest())]
            self._keep("data_parts", (*found[0], digest_of(*map(str, found[0]))))
        return Part(month, url, rows, *found[0][2:])

    def _digest(self, dataset: Dataset, entries: Iterable[tuple[EntryCard, Sizes]]) -> str:
        """What stands for the rows of these entries in a file."""
        return digest_of(*(sizes[dataset.name][2] for _, sizes in entries))

    def _months(self, dataset: Dataset) -> Iterator[tuple[str, Sequence[str], str]]:
        """The months of the articles with the paths of their entries and what stands for those."""
        for month, members in groupby(self._entries, key=lambda e: e[0].month):
            listed = list(members)
            yield month, [card.path for card, _ in listed], self._digest(dataset, listed)

    def _maker(self, dataset: Dataset, paths: Sequence[str]) -> Callable[[], bytes]:
        return lambda: whole(dataset, self._rows(dataset, paths), self.desk)

    def _rows(self, dataset: Dataset, paths: Sequence[str]) -> list[str]:
        return [row for path in paths for row in self._remembered(path)[dataset.name]]

    def _remembered(self, path: str) -> dict[str, list[str]]:
        found = list(self._db("select rows, sum from data_rows where path = ?", path))
        if not found or digest_of(found[0][0]) != found[0][1]:
            raise sqlite3.DatabaseError("a row of the data files is lost or damaged")
        rows: dict[str, list[str]] = json.loads(found[0][0])
        return rows

    def _made(self, path: str, key: str, load: Callable[[str], Entry]) -> Sizes:
        rows = rows_of(load(path), self.desk)
        sizes = {name: (len(m), sum(len(row.encode()) for row in m), digest_of(*m)) for name, m in rows.items()}
        line = json.dumps(rows, ensure_ascii=False)
        kept = (path, key, json.dumps(sizes))
        self._keep("data_rows", (*kept, digest_of(*kept), line, digest_of(line)))
        return sizes

    def _keep(self, name: str, row: tuple[Any, ...]) -> None:
        self.database.execute(f"replace into {name} values ({', '.join('?' * len(row))})", row)

    def _db(self, statement: str, *values: str) -> Iterable[tuple[Any, ...]]:
        return self.database.execute(statement, values)


def _checked(*row: Any) -> tuple[Any, ...]:
    """A remembered row without its mark, which must fit the rest."""
    *values, mark = row
    if digest_of(*map(str, values)) != mark:
        raise sqlite3.DatabaseError("what is remembered of the data files is damaged")
    return tuple(values)

"""The build's memory: what was read, what was made of it, what was published by which key.

One SQLite file that may be deleted at any time; on any doubt it is thrown away and made again, and it never
decides who owns a file in the site (the manifest inside the site does). Standard library only.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from factarchive.problems import Problem, Refused, as_record, from_record, problem

T = TypeVar("T")
VERSION = "3"
FILE = "state.sqlite"
_RACY_NS = 100_000_000  # a file touched this shortly before it was read may change again within one clock tick
_TABLES = """
create table if not exists facts (name text primary key, value text) without rowid;
create table if not exists inputs (path text primary key, stamp text, digest text) without rowid;
create table if not exists memos (
  path text primary key, digest text, card text, warnings text, sum text, text text, textsum text
) without rowid;
create table if not exists sizes (path text primary key, size int) without rowid;
create table if not exists compiled (name text primary key, code blob, sum text) without rowid;
create table if not exists outputs (url text primary key, key text, path text) without rowid;
create table if not exists derived (
  kind text, name text, key text, value text, sum text, primary key (kind, name)
) without rowid;
"""


DAMAGE = (sqlite3.DatabaseError, ValueError, TypeError, LookupError, OverflowError)
"""What reading a damaged state can raise: SQLite notices some damage only when a value is used."""


class Busy(Exception):
    """Another build holds the state."""


class Input(NamedTuple):
    """A file that the build reads: where it is, its stamp (times and size), the digest of its bytes."""

    path: Path
    stamp: str
    digest: str


class Output(NamedTuple):
    """A published file: its address, the key of all that it shows, its path inside the site."""

    url: str
    key: str
    path: str


class Memo(NamedTuple):
    """What reading one content file came to: its digest, its card and warnings as JSON, its body as readers see it."""

    path: str
    digest: str
    card: str
    warnings: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: addresses built and removed, how many were kept, files written, drafts made, problems."""

    built: tuple[str, ...] = ()
    kept: int = 0
    removed: tuple[str, ...] = ()
    written: int = 0
    drafted: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    published: bool = True
    rooms: tuple[tuple[str, int, int], ...] = ()  # of the site, by folder: its files and their bytes; the largest first


def with_state(folder: Path, work: Callable[[State], T]) -> T:
    """Do work with the memory of a folder; where the memory is damaged, once more with an empty one.

    Raises Refused where another build holds it or the folder cannot be written. If the memory was not to blame
    for an error, the same error comes again and is raised.
    """
    try:
        with State(folder) as state:
            try:
                return work(state)
            except DAMAGE:
                state.reset()
                return work(state)
    except Busy:
        raise Refused(problem(str(folder), "build-running")) from None
    except OSError as error:
        place = str(error.filename or folder)
        raise Refused(problem(place, "cannot-write", why=error.strerror or error)) from None
    except sqlite3.OperationalError as error:
        raise Refused(problem(str(folder), "cannot-write", why=error)) from None


def digest_bytes(raw: bytes) -> str:
    """Thirty-two hex digits that stand for these bytes."""
    return blake2b(raw, digest_size=16).hexdigest()


def stamp_of(path: Path) -> str:
    """Times and size of a file as one word; its change time too, since a moved file keeps its old modification time."""
    s = path.stat()
    return f"{s.st_mtime_ns}:{s.st_ctime_ns}:{s.st_size}"


class State:
    """The memory of one build folder; use as a context, which keeps other builds out and saves at the end."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connected(self._path)
        except DAMAGE as error:
            if "locked" in str(error):
                raise Busy from None
            return self._renewed()

    def _renewed(self) -> sqlite3.Connection:
        for name in (FILE, FILE + "-journal"):
            self._path.with_name(name).unlink(missing_ok=True)
        return _connected(self._path)

    def __enter__(self) -> State:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            if kind is None:
                self._db.commit()
        self._db.close()

    def reset(self) -> None:
        """Forget everything."""
        self._db.close()
        self._db = self._renewed()

    @property
    def database(self) -> sqlite3.Connection:
        """Where the parts of the build that keep tables of their own keep them: one memory, whole or lost."""
        return self._db

    # ------------------------------------------------------------ facts
    def fact(self, name: str) -> str | None:
        """A single remembered value."""
        row = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: str) -> None:
        """Keep a single value."""
        self._db.execute("replace into facts values (?, ?)", (name, value))

    def known_closures(self, theme: str) -> dict[str, str]:
        """The digest of each template with all that it includes, as remembered for this very theme."""
        known = _parsed(self.fact("closures") or "{}")
        return dict(known.get("closures", {})) if known.get("theme") == theme else {}

    def keep_closures(self, theme: str, closures: Mapping[str, str]) -> None:
        """Remember them, so that the next build parses only the templates that it renders."""
        self.remember("closures", json.dumps({"theme": theme, "closures": dict(closures)}))

    def compiled(self, name: str) -> bytes | None:
        """Code that was made of a template under this name; None where there is none, or it does not fit its sum."""
        row = self._db.execute("select code, sum from compiled where name = ?", (name,)).fetchone()
        return bytes(row[0]) if row and digest_bytes(bytes(row[0])) == row[1] else None

    def keep_compiled(self, name: str, code: bytes) -> None:
        """Remember the code of a template."""
        self._db.execute("replace into compiled values (?, ?, ?)", (name, code, digest_bytes(code)))

    # ------------------------------------------------------------ inputs
    def read(self, files: Mapping[str, Path]) -> dict[str, Input]:
        """Every file's digest by its shown name; one whose stamp is known is not opened, an unreadable one left out."""
        known = {p: (s, d) for p, s, d in self._db.execute("select path, stamp, digest from inputs")}
        started = time.time_ns()
        found: dict[str, Input] = {}
        changed: list[tuple[str, str, str]] = []
        for name, path in files.items():
            with contextlib.suppress(OSError):
                stamp = stamp_of(path)
                old = known.get(name)
                digest = old[1] if old and old[0] == stamp else digest_bytes(path.read_bytes())
                found[name] = Input(path, stamp, digest)
                if not old or old != (stamp, digest):
                    changed.append((name, _trusted(stamp, started), digest))
        self._db.executemany("replace into inputs values (?, ?, ?)", changed)
        self._db.executemany("delete from inputs where path = ?", ((n,) for n in known.keys() - found.keys()))
        return found

    # ------------------------------------------------------------ memos
    def memos(self) -> dict[str, Memo]:
        """What is remembered of every content file, texts left out; a record that does not fit its sum is dropped."""
        rows = self._db.execute("select path, digest, card, warnings, sum from memos")
        return {row[0]: Memo(*row[:4]) for row in rows if _sum(row[:4]) == row[4]}

    def text(self, path: str) -> str:
        """The body of one content file as readers see it, as remembered."""
        row = self._db.execute("select text, textsum from memos where path = ?", (path,)).fetchone()
        if row is None or _sum(row[:1]) != row[1]:
            raise sqlite3.DatabaseError("a remembered text is lost or damaged")
        return str(row[0])

    def keep_memos(self, memos: Iterable[Memo], gone: Iterable[str]) -> None:
        """Remember these content files, and forget those."""
        rows = ((*m[:4], _sum(m[:4]), m.text, _sum((m.text,))) for m in memos)
        self._db.executemany("replace into memos values (?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("delete from memos where path = ?", ((p,) for p in gone))

    # ------------------------------------------------------------ what is derived from files
    def derived(self, kind: str) -> dict[str, tuple[str, str]]:
        """What was made of this kind: by name, the key of all that it was made of and the value; sums are checked."""
        rows = self._db.execute("select name, key, value, sum from derived where kind = ?", (kind,))
        return {row[0]: row[1:3] for row in rows if _sum((kind, *row[:3])) == row[3]}

    def keep_derived(self, kind: str, made: Mapping[str, tuple[str, str]], gone: Iterable[str] = ()) -> None:
        """Remember these values under their keys, and forget those."""
        rows = ((kind, name, *kept, _sum((kind, name, *kept))) for name, kept in made.items())
        self._db.executemany("replace into derived values (?, ?, ?, ?, ?)", rows)
        self._db.executemany("delete from derived where kind = ? and name = ?", ((kind, name) for name in gone))

    # ------------------------------------------------------------ outputs
    def outputs(self) -> dict[str, Output]:
        """What was published, by address."""
        return {row[0]: Output(*row) for row in self._db.execute("select url, key, path from outputs")}

    def keep_sizes(self, sizes: Iterable[tuple[str, int]], gone: Iterable[str]) -> None:
        """Remember how many bytes each of these files has, and forget those."""
        self._db.executemany("replace into sizes values (?, ?)", sizes)
        self._db.executemany("delete from sizes where path = ?", ((path,) for path in gone))

    def rooms(self) -> tuple[tuple[str, int, int], ...]:
        """The folders of the site with the number and the bytes of their files, the largest first."""
        folder = "substr(path, 1, instr(path, '/'))"
        rows = self._db.execute(f"select {folder}, count(*), sum(size) from sizes group by 1 order by 3 desc, 1")
        return tuple((str(name) or "/", int(files), int(size)) for name, files, size in rows)

    def keep_outputs(self, made: Iterable[Output], gone: Iterable[str]) -> None:
        """Remember these as published, and forget those."""
        self._db.executemany("replace into outputs values (?, ?, ?)", made)
        self._db.executemany("delete from outputs where url = ?", ((u,) for u in gone))

    def distrust(self, urls: Iterable[str]) -> None:
        """Forget these outputs and the last report at once, before their files are touched: no kill may hide that."""
        self._db.executemany("delete from outputs where url = ?", ((u,) for u in urls))
        self.remember("world", "")
        self._db.execute("commit")
        self._db.execute("begin exclusive")

    # ------------------------------------------------------------ the last report
    def keep_report(self, report: Report, world: str) -> None:
        """Remember how the last build ended, and the digest of everything that it depended on."""
        data = {"kept": report.kept + len(report.built), "problems": [as_record(p) for p in report.problems]}
        self.remember("report", json.dumps(data, ensure_ascii=False))
        self.remember("world", world)

    def standing_report(self, world: str) -> Report | None:
        """The report of a build that has nothing to do; None where something changed or the last build failed."""
        if self.fact("world") != world:
            return None
        data = _parsed(self.fact("report") or "{}")
        if "problems" not in data:
            return None
        problems = tuple(from_record(record) for record in data["problems"])
        return Report(kept=data["kept"], problems=problems)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5, isolation_level=None)
    # A lost state is only time; the journal still keeps a killed build from leaving half a state.
    db.execute("pragma synchronous = off")
    db.execute("begin exclusive")
    for statement in _TABLES.split(";"):
        db.execute(statement)
    row = db.execute("select value from facts where name = 'version'").fetchone()
    if row is None:
        db.execute("insert into facts values ('version', ?)", (VERSION,))
    elif row[0] != VERSION:
        db.close()
        raise sqlite3.DatabaseError("another version")
    return db


def _parsed(line: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(line)
    except ValueError:
        raise sqlite3.DatabaseError("a remembered value is damaged") from None
    return data


def _sum(row: Iterable[str]) -> str:
    return digest_bytes("\0".join(row).encode("utf-8", "surrogatepass"))


def _trusted(stamp: str, started: int) -> str:
    newest = max(int(part) for part in stamp.split(":")[:2])
    return "racy" if newest > started - _RACY_NS else stamp


def walk(folder: Path, suffixes: tuple[str, ...], shown: str, faults: list[Problem]) -> Iterator[tuple[str, Path]]:
    """The files below a folder with one of these endings, sorted; hidden ones and linked folders are left out.

    A missing folder is an empty one; one that cannot be read, and a name that no page could bear, go to `faults`.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except FileNotFoundError:
        return
    except OSError as error:
        faults.append(problem(shown, "unreadable-file", why=error.strerror or error))
        return
    for entry in entries:
        name = f"{shown}/{entry.name}"
        if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
            continue
        if not entry.name.isprintable():
            faults.append(problem(f"{shown}/{entry.name!a}", "bad-file-name"))
        elif entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), suffixes, name, faults)
        elif entry.name.endswith(suffixes):
            yield name, Path(entry.path)

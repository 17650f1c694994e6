"""Tables: CSV by the names of its columns (columns.toml), whichever sign parts them; our own claims.csv is one."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.importing.records import Record
from factarchive.problems import Place, Problem, problem

_SEPARATORS = (",", ";", "\t", "|")
_MANY = ("keywords", "via")
_BETWEEN = re.compile(r"\s*[|,;\u060c\u061b]\s*")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")
_LONGEST = 10_000_000  # characters of a cell
_WAITING = "pending"  # our own table lists what nobody has ruled on


def read_table(text: str, path: str) -> Iterator[Record | Problem]:
    """A Record for each row of a table that has a column of claims; a Problem where it has none or breaks off."""
    separator = max(_SEPARATORS, key=lambda sign: len(_columns(_head(text, sign))))
    columns = _columns(_head(text, separator))
    if "claim" not in columns:
        yield problem(path, "import-unknown-format")
        return
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        next(rows)
        for number, (line, cells) in enumerate(_filled(rows), start=1):
            if not _waits(cells, columns):
                found = {name: _cell(cells, places) for name, places in columns.items()}
                yield Record(Place(path, line), number, **_fields(found))
    except csv.Error as error:
        yield problem(Place(path, rows.line_num), "import-bad-row", why=error)


def looks_like_table(text: str) -> bool:
    """Whether the first line names a column of claims."""
    return any("claim" in _columns(_head(text, sign)) for sign in _SEPARATORS)


def _filled(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it begins."""
    line = rows.line_num + 1
    for cells in rows:
        if any(cells):
            yield line, cells
        line = rows.line_num + 1


def _fields(found: Mapping[str, str]) -> dict[str, Any]:
    return {
        name: tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part)) if name in _MANY else text
        for name, text in found.items()
    }


def _waits(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> bool:
    """Whether this is a row of ours that nobody has ruled on."""
    return any(cells[at].strip() == _WAITING for at in columns.get("rating", ()) if at < len(cells))


def _cell(cells: Sequence[str], places: Sequence[int]) -> str:
    filled = (_GUARDED.sub("", cells[at]).strip() for at in places if at < len(cells))
    return next((text for text in filled if text), "")


def _head(text: str, separator: str) -> list[str]:
    line = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _columns(head: Sequence[str]) -> dict[str, list[int]]:
    """The places of each field's columns, the preferred first."""
    at = {_key(name): n for n, name in reversed(tuple(enumerate(head)))}
    found = {field: [at[name] for name in names if name in at] for field, names in _names().items()}
    return {field: places for field, places in found.items() if places}


def _key(name: str) -> str:
    return "_".join(re.split(r"[\s_-]+", folded(name).strip()))


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    table = tomllib.loads((files("factarchive.importing") / "columns.toml").read_text(encoding="utf-8"))
    return {field: tuple(_key(name) for name in names) for field, names in table.items()}

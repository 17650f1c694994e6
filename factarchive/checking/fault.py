"""A fault of a content file, at its place and with the line that it stands on."""

from __future__ import annotations

from factarchive.archive.entries import Entry
from factarchive.problems import Problem, problem

Loc = tuple[str | int, ...]


def fault(entry: Entry, loc: Loc, rule: str, **values: object) -> Problem:
    """The Problem at this key path of the front matter; at its nearest parent where the key is missing."""
    place = entry.document.place(*loc)
    return problem(place, rule, excerpt=entry.document.excerpt(place), **values)

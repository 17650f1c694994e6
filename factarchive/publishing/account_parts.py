"""What the pages are made of on which the archive accounts for its work: changes, criteria, data files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from factarchive.publishing.parts import Link, VerdictView


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A line of the log of changes: a correction with the replaced words, or a ruling that replaced another."""

    on: date
    text: str
    article: Link
    claim: Link | None
    was: str | None
    now: str | None
    verdict_was: VerdictView | None
    verdict_now: VerdictView | None


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """What a fact-checkers' code asks, what this archive shows for it, and whether that meets it."""

    code: str
    text: str
    figure: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class PageAgeView:
    """One of the archive's own pages and when it was last looked through."""

    page: Link
    reviewed: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a data file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DatasetView:
    """A data file, what it is, how many rows and parts it has, and its fields."""

    name: str
    url: str
    text: str
    counts: tuple[str, ...]
    fields: tuple[FieldView, ...]

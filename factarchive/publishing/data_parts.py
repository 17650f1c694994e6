"""What the page of open data shows of each file."""

from __future__ import annotations

from dataclasses import dataclass


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

"""The page that documents the data files: what each is, how many rows it has, and what every field means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from factarchive.publishing.data_parts import DatasetView, FieldView
from factarchive.publishing.datasets import URL, Dataset
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, Meta
from factarchive.publishing.phrases import label
from factarchive.publishing.views import DataView

SCHEMA, CHECKSUMS = URL + "schema.json", URL + "checksums.txt"
Counted = Sequence[tuple[Dataset, int, int]]


@cache
def described() -> Mapping[str, Mapping[str, Any]]:
    """What each file and each field is, by the file's name."""
    return tomllib.loads((files("factarchive.publishing") / "datasets.toml").read_text(encoding="utf-8"))


def data_view(counted: Counted, desk: Desk) -> DataView:
    """The page of the data files."""
    title = label("page", "data")
    crumbs = (Link(label("page", "home"), "/"), Link(title, URL))
    return DataView(
        meta=Meta(title, label("intro", "data"), URL, crumbs=crumbs),
        files=tuple(_file(*one, desk) for one in counted),
        license=desk.settings.license or None,
    )


def _file(dataset: Dataset, rows: int, parts: int, desk: Desk) -> DatasetView:
    told = described()[dataset.name]
    counts = [desk.phrases.count(rows, "rows")]
    if parts:
        counts.append(desk.phrases.count(parts, "parts"))
    fields = tuple(FieldView(name, text) for name, text in told["fields"].items())
    return DatasetView(dataset.name, dataset.url, told["text"], tuple(counts), fields)

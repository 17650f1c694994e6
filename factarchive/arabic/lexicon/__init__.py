"""The words themselves: Arabic lists as TOML files that a linguist can edit; logic holds no literals."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["table"]


@cache
def table(name: str) -> Mapping[str, Any]:
    """The lexicon file of that name, read once and only when first asked for."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))

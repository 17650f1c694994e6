"""The words that checks look for, from words.toml, folded as the language compares them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from factarchive.arabic.letters import folded

_WORD = re.compile(r"[^\W_]+")


@cache
def listed(section: str, name: str) -> tuple[str, ...]:
    """One list of words.toml, folded, in its order."""
    return tuple(folded(word) for word in _table()[section][name])


def holds_any(text: str, section: str, name: str) -> bool:
    """Whether a text holds any of a list's words or phrases, wherever it stands."""
    plain = folded(text)
    return any(word in plain for word in listed(section, name))


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, without marks."""
    return tuple(_WORD.findall(folded(text)))


def phrase_at(row: Iterable[str], phrases: Iterable[str]) -> str:
    """The first of these phrases that a row of tokens holds as whole words; "" for none."""
    line = f" {' '.join(row)} "
    return next((phrase for phrase in phrases if f" {phrase} " in line), "")


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads((files("factarchive.checking") / "words.toml").read_text(encoding="utf-8"))

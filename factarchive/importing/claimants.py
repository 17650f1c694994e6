"""Who said it, as feeds tell it: a name, or a platform, which nobody is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.archive.cards import UNKNOWN
from factarchive.importing.addresses import host_of

_BETWEEN = re.compile(r"\s*[,;|/+&\u060c\u061b\n]\s*|\s+[-–—]\s+")
_AND, _THE = "\u0648", "\u0627\u0644"  # both written to the word that they belong to
_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who is accountable for a claim, and through what it came."""

    source: str
    via: tuple[str, ...] = ()


def claimant_of(name: str) -> Claimant:
    """The claimant whom a name means; unknown where it names platforms and posts alone."""
    if address := _by_host(name):
        return Claimant(UNKNOWN, (address,))
    parts = [part for part in _BETWEEN.split(name) if part]
    platforms = tuple(dict.fromkeys(found for part in (name, *parts) for found in _platforms_of(part)))
    people = [part for part in parts if not _platforms_of(part) and not _is_anybody(part)]
    if people and not _is_anybody(name):
        # A list of names stays as it was given, without the platforms in it.
        return Claimant(name if len(people) == len(parts) else " - ".join(people), platforms)
    return Claimant(UNKNOWN, platforms)


def _platforms_of(part: str) -> tuple[str, ...]:
    """The platforms that these words are, or that posts are said to stand on; none where anybody else is named."""
    if host := _by_host(part):
        return (host,)
    plain = f" {_plain(part)} "
    named = sorted((plain.find(f" {words} "), name) for words, name in _platforms().items() if f" {words} " in plain)
    return tuple(dict.fromkeys(name for _, name in named)) if _is_anybody(part) else ()


def _by_host(part: str) -> str | None:
    """The platform whose address this is."""
    host = host_of(part)
    while host.count(".") and host not in _platforms():
        host = host.partition(".")[2]
    return _platforms().get(host) if host.count(".") else None


def _is_anybody(part: str) -> bool:
    """Whether nothing of it is a name: platforms, posts, users."""
    plain = f" {_plain(part)} "
    for words in _longest():
        plain = plain.replace(f" {words} ", " ")
    return all(word in _anybody() for word in plain.split())


def _plain(part: str) -> str:
    """The folded words, «and» and the article taken from those that name nobody."""
    return " ".join(map(_stripped, _bare(part).split()))


def _stripped(word: str) -> str:
    for sign in (_AND + _THE, _AND, _THE):
        if word.startswith(sign) and word.removeprefix(sign) in _nobodies() and word not in _nobodies():
            return word.removeprefix(sign)
    return word


def _bare(part: str) -> str:
    return " ".join(_WORD.findall(folded(part)))


@cache
def _platforms() -> Mapping[str, str]:
    rows = _table()["platforms"].items()
    return {(word if host_of(word) else _bare(word)): name for name, words in rows for word in words}


@cache
def _longest() -> tuple[str, ...]:
    return tuple(sorted((w for w in _platforms() if "." not in w), key=len, reverse=True))


@cache
def _anybody() -> frozenset[str]:
    return frozenset(part for word in _table()["posts"]["words"] for part in _bare(word).split())


@cache
def _nobodies() -> frozenset[str]:
    return _anybody() | {word for name in _longest() for word in name.split()}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("factarchive.importing") / "platforms.toml").read_text(encoding="utf-8"))

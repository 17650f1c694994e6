"""Other desks' words for their verdicts, and which verdict of the scale each stands for: by a table, never by guess."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.archive.verdicts import RULED, Verdict, scale

_INSIDE = re.compile(r"(?<=[^\W\d_])[-_‐’'](?=[^\W\d_])")
_MARKS = re.compile(r"[^\w\s]+|\n|_")
_SCRIPTS = re.compile(r"(?<=[\u0621-\u064a])\s+(?=[a-z])|(?<=[a-z])\s+(?=[\u0621-\u064a])")
_AND = re.compile(r"\s+(?=\u0648[\u0621-\u064a]{3})")
_LONG = 6  # words; more is a sentence, not a label
_MARKED_DOWN = (Verdict.TRUE, Verdict.MOSTLY_TRUE)


class Doubt(StrEnum):
    """Why a label needs a person's eye."""

    UNKNOWN = "unknown"  # no word of the table
    SENTENCE = "sentence"  # a sentence where a word should stand; its verdict word was taken
    UNREAD = "unread"  # a sentence with no verdict word where one can be relied on
    SEVERAL = "several"  # words for verdicts that differ


@dataclass(frozen=True, slots=True)
class Mapped:
    """The verdict that a label stands for, if any, and what is doubtful about it."""

    verdict: Verdict | None
    doubt: Doubt | None = None


def map_label(label: str, site: str = "", own: Mapping[str, str] | None = None) -> Mapped:
    """The verdict of the scale that a desk means by a label.

    `site` is the desk's host, for words with a sense of its own; `own` are a newsroom's names of the scale's verdicts.
    """
    words = _Words(_names(site) | {_plain(name): Verdict(key) for key, name in (own or {}).items()})
    parts = _parts(label)
    # «Claim: false»: what only names the thing judged is no part of the judgement.
    parts = [part for part in parts if not _is_frame(part)] or parts
    listed = [words.read(part) for part in parts]
    if parts and all(listed):
        return _joined(found for found in listed if found)
    flat = [word for part in parts for word in part.split()]
    pieces = [words.read(piece) for part in parts for piece in _split(part)]
    if flat and len(flat) <= _LONG and all(pieces):
        return _joined(found for found in pieces if found)
    found = words.announced(parts) or words.opened(parts) or words.told(label)
    if found:
        return Mapped(found, Doubt.SENTENCE)
    return Mapped(None, Doubt.UNREAD if len(flat) > _LONG else Doubt.UNKNOWN)


@dataclass(frozen=True)
class _Words:
    names: Mapping[str, Verdict]

    def read(self, part: str) -> Verdict | None:
        """The verdict that these words name, whatever harmless words stand around it."""
        bare = _without_degrees(part)
        for noun in ("", *_fitting(bare, "media")):
            rest = bare[len(noun) :].strip()
            sense = _of_media().get(rest) if noun else None
            if found := sense or self.names.get(rest):
                return found
        rest = bare
        while head := max(_fitting(rest, "heads", "media", "signs"), key=len, default=""):
            rest = rest[len(head) :].strip()
            if found := self.names.get(rest):
                return found
        return None

    def announced(self, parts: list[str]) -> Verdict | None:
        """The verdict that follows a sign such as «result:», wherever it stands."""
        for sign, verdict in pairwise(parts):
            is_sign = any(sign == s or sign.endswith(" " + s) for s in _around("signs"))
            if is_sign and (found := self.read(verdict)):
                return found
        return None

    def opened(self, parts: list[str]) -> Verdict | None:
        """The verdict with which a sentence opens, set off by a mark or by being no possible subject."""
        if not parts:
            return None
        found, rest = self.read(parts[0]), " ".join(parts[1:]).split()
        if found is None:
            found, rest = self._leading(parts[0])
        is_turned = found in _MARKED_DOWN and any(word in _around("turns") for word in rest)
        return None if is_turned else found

    def told(self, label: str) -> Verdict | None:
        """The verdict of a sentence that tells what was found of the claim; never one of true."""
        pattern = _finding()
        for part in _MARKS.split(folded(label)):
            found = pattern.search(" ".join(part.split()))
            words = found[1].split() if found else []
            until = next((n for n, word in enumerate(words) if word in _listed("found", "reasons")), len(words))
            verdict = self.names.get(" ".join(words[:until]))
            if verdict and verdict not in _MARKED_DOWN:
                return verdict
        return None

    def _leading(self, part: str) -> tuple[Verdict | None, list[str]]:
        for opening in sorted(_listed("opening", "words"), key=len, reverse=True):
            if part.startswith(opening + " "):
                rest = part[len(opening) :].split()
                named = next((v for name, v in self.names.items() if name == opening), Verdict.FALSE)
                is_open = rest[0] in _listed("opening", "denied") or rest[0] in _around("degrees")
                return (None if is_open else named), rest
        return None, []


def _joined(found: Iterable[Verdict]) -> Mapped:
    verdicts = {*found}
    if len(verdicts) == 1:
        return Mapped(verdicts.pop())
    for row in _table()["together"]:
        if verdicts == {*row["both"]}:
            return Mapped(Verdict(row["is"]))
    return Mapped(None, Doubt.SEVERAL)


def _parts(label: str) -> list[str]:
    """What stands between marks, folded, the scripts apart."""
    text = _SCRIPTS.sub("\n", _INSIDE.sub(" ", folded(label)))
    return [words for part in _MARKS.split(text) if (words := " ".join(part.split()))]


def _split(part: str) -> list[str]:
    """The members of a row that is joined by «and», which Arabic writes to the word."""
    first, *others = _AND.split(part)
    return [first, *(other[1:] for other in others)]


def _plain(name: str) -> str:
    return " ".join(_MARKS.sub(" ", _INSIDE.sub(" ", folded(name))).split())


def _without_degrees(part: str) -> str:
    if part.startswith(tuple(f"{word} " for word in _around("negations"))):
        return part
    for degree in _around("degrees"):
        if part.endswith(" " + degree) or part.startswith(degree + " "):
            return part.removesuffix(degree).removeprefix(degree).strip()
    return part


def _is_frame(part: str) -> bool:
    return any(part in _around(kind) for kind in ("heads", "media"))


def _fitting(part: str, *kinds: str) -> Iterator[str]:
    return (noun for kind in kinds for noun in _around(kind) if part.startswith(noun + " "))


@cache
def _around(kind: str) -> tuple[str, ...]:
    return _listed("around", kind)


@cache
def _listed(section: str, name: str) -> tuple[str, ...]:
    return tuple(_plain(word) for word in _table()[section][name])


@cache
def _finding() -> re.Pattern[str]:
    """Found, within a few words «that», the claim or a pronoun for it, and then what it was found to be."""
    verbs, claims = ("|".join(sorted(_listed("found", name), key=len, reverse=True)) for name in ("verbs", "claims"))
    return re.compile(rf"(?<!\w)(?:{verbs})(?: \w+){{0,4}}? \u0627\u0646(?:\u0647\u0627? | (?:{claims}) )(.+)")


@cache
def _of_media() -> Mapping[str, Verdict]:
    return {_plain(word): Verdict(key) for key, words in _table()["of_media"].items() for word in words}


@cache
def _names(site: str) -> dict[str, Verdict]:
    """Every name of a verdict: the scale's own, then the table's, then those of this desk."""
    shipped = {_plain(name): v for v in RULED for name in (str(v), scale()[v].label, *scale()[v].aliases)}
    listed = {_plain(name): Verdict(key) for key, names in _table()["verdicts"].items() for name in names}
    desks = _table()["outlets"]
    desk: Mapping[str, str] = next((desks[host] for host in desks if site == host or site.endswith("." + host)), {})
    return shipped | listed | {_plain(name): Verdict(key) for name, key in desk.items()}


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("factarchive.importing") / "labels.toml").read_text(encoding="utf-8"))

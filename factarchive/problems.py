"""What can be wrong with what a person gave us: a place, a fact and an action, in Arabic with a technical id.

Messages are Arabic data in `messages/*.toml`, keyed by rule id, one file a room; code names rules only.
Standard library only, since a build with nothing to do reports its standing warnings too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
PROFILES = ("google", "bing", "meedan", "explorer")
"""The readers of markup to whom a rule on it may matter: search engines, Meedan Check, the Fact Check Explorer."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a problem stands: a path as the user knows it, a line and a column from 1 (0: the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = (self.path, *(str(n) for n in (self.line, self.column) if n))
        return ":".join(parts)


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, where, and by which rule; `values` fill the rule's Arabic message."""

    place: Place
    rule: str
    values: tuple[tuple[str, str], ...] = ()
    excerpt: str = field(default="", compare=False)

    @property
    def severity(self) -> Severity:
        """error (stops a publication, exit 1), warning or note, as the rule's entry in messages/ says."""
        severity: Severity = messages()[self.rule]["severity"]
        return severity

    @property
    def text(self) -> str:
        """What is wrong, in Arabic; every value stands in bidi isolates."""
        return _filled(messages()[self.rule]["text"], self.values)

    @property
    def action(self) -> str:
        """What to do about it, in Arabic."""
        return _filled(messages()[self.rule]["action"], self.values)

    @property
    def text_en(self) -> str:
        """What is wrong, in English; "" where the rule speaks Arabic only."""
        return _filled(messages()[self.rule].get("text_en", ""), self.values)

    @property
    def action_en(self) -> str:
        """What to do about it, in English; "" where the rule speaks Arabic only."""
        return _filled(messages()[self.rule].get("action_en", ""), self.values)


class Refused(Exception):
    """Raised at the door of a file that cannot be read on; carries its Problems."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def problem(place: Place | str, rule: str, *, excerpt: str = "", **values: object) -> Problem:
    """Make a Problem by rule id; raises KeyError for a rule that messages/ does not list."""
    messages()[rule]
    where = place if isinstance(place, Place) else Place(place)
    return Problem(where, rule, tuple((k, str(v)) for k, v in values.items()), excerpt)


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """Every rule id with its severity, Arabic text and action; rules on markup say it in English too."""
    folder = files("factarchive") / "messages"
    rooms = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {rule: entry for room in rooms for rule, entry in tomllib.loads(room.read_text("utf-8")).items()}


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of these stops a publication."""
    return any(p.severity == "error" for p in problems)


def as_record(p: Problem) -> dict[str, object]:
    """The problem as plain data, for the state file and for --json."""
    return asdict(p)


def from_record(record: Mapping[str, object]) -> Problem:
    """The inverse of `as_record`."""
    place, values = record["place"], record["values"]
    assert isinstance(place, dict) and isinstance(values, list | tuple)
    return Problem(Place(**place), str(record["rule"]), tuple((k, v) for k, v in values), str(record["excerpt"]))


def _filled(template: str, values: tuple[tuple[str, str], ...]) -> str:
    isolated = {k: f"\u2068{v}\u2069" for k, v in values}
    return template.format_map(isolated)

"""The scale: ten verdicts and the state of waiting for one; its labels, numbers and definitions are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.words import after_article


class Verdict(StrEnum):
    """What a person has ruled; `pending` is no verdict but its absence. Ids are stable and public."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly-true"
    MIXED = "mixed"
    MISLEADING = "misleading"
    OUT_OF_CONTEXT = "out-of-context"
    ALTERED = "altered"
    FALSE = "false"
    UNPROVEN = "unproven"
    SATIRE = "satire"
    OPINION = "opinion"
    PENDING = "pending"


RULED = tuple(v for v in Verdict if v is not Verdict.PENDING)
DECISIVE = tuple(v for v in RULED if v not in (Verdict.UNPROVEN, Verdict.OPINION, Verdict.SATIRE))
"""Verdicts that say something is so or not so, and that must rest on a usable source."""

BEST, WORST = 5, 1
"""The ends of the numbered scale; Google's ClaimReview table asks for worstRating of at least 1."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A verdict as readers and machines see it: Arabic label, number (None: off the scale), definition."""

    id: Verdict
    label: str
    value: int | None
    definition: str
    markup: bool
    aliases: tuple[str, ...]


@cache
def scale() -> Mapping[Verdict, Rating]:
    """The whole scale in its shipped order and wording."""
    table = tomllib.loads((files("factarchive.archive") / "verdicts.toml").read_text(encoding="utf-8"))
    return {
        Verdict(key): Rating(
            id=Verdict(key),
            label=row["label"],
            value=row.get("value"),
            definition=row["definition"],
            markup=row.get("markup", True),
            aliases=tuple(row["aliases"]),
        )
        for key, row in table.items()
    }


def verdict_of(word: object) -> Verdict | None:
    """The verdict that an id, a bare YAML true/false, an Arabic label or an alias of it names; else None."""
    if isinstance(word, bool):
        return Verdict.TRUE if word else Verdict.FALSE
    return _names().get(folded(word).strip()) if isinstance(word, str) else None


def names() -> tuple[str, ...]:
    """Every id and label an editor may write, for «did you mean»."""
    return tuple(str(v) for v in Verdict) + tuple(r.label for r in scale().values())


def speaks_like_a_verdict(text: str) -> bool:
    """Whether a text holds a word of the scale, in either language, as a machine's words may not."""
    words = _bare(text)
    return any(_bare(name) in words for name in _names())


def _bare(text: str) -> str:
    """Its words between blanks, less articles and feminine endings: «الادعاء زائفة» speaks like «زائف»."""
    feminine = folded(table("marks")["feminine"])
    words = (after_article(word) for word in re.findall(r"\w+", folded(text)))
    return f" {' '.join(word.removesuffix(feminine) for word in words)} "


@cache
def _names() -> Mapping[str, Verdict]:
    return {
        folded(name): rating.id
        for rating in scale().values()
        for name in (str(rating.id), rating.label, *rating.aliases)
    }

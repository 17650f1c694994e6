"""Kinds: what sort of proposition a clause is, by the words in it and by how it was said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.verbs import is_future
from factarchive.arabic.words import Word, after_conjunction

__all__ = ["Kind", "is_hedged", "kind_of"]

Kind = Literal["event", "commitment", "prediction", "opinion", "counterfactual"]

_BY_WORDS: tuple[Kind, ...] = ("counterfactual", "opinion", "prediction", "commitment")


def kind_of(clause: Sequence[Word], saying: str, *, by_office: bool) -> tuple[Kind, str]:
    """The clause's kind and the rule that decided; an office that says «سيتم» says what it will do itself."""
    line = _line(clause)
    if _holds(line, "counterfactual"):
        return "counterfactual", "kind-counterfactual"
    stance: Kind | None = table("kinds")["stance"].get(saying)
    if stance:
        return stance, f"kind-{saying}"
    by_words = next((kind for kind in _BY_WORDS if _holds(line, kind)), None)
    if by_words:
        return by_words, f"kind-{by_words}"
    ahead = [form for form in (after_conjunction(word.form) for word in clause) if is_future(form)]
    if ahead:
        return ("commitment" if saying and _own_act(ahead[0], by_office) else "prediction"), "kind-future"
    said: Kind = table("kinds")["by_saying"].get(saying, "event")
    return said, f"kind-{saying or 'narration'}"


def _own_act(form: str, by_office: bool) -> bool:
    """Whether a future verb says what its speaker will do."""
    future = table("verbs")["future"]
    if form.startswith(tuple(folded(prefix) for prefix in future["first_person"])):
        return True
    return by_office and form in folded_set("verbs", "future", "passive")


def is_hedged(clause: Sequence[Word]) -> bool:
    """Whether the clause hedges: «نحو», «بعض», «عددا من»."""
    return _holds(_line(clause), "hedges")


def _line(clause: Sequence[Word]) -> tuple[str, ...]:
    return tuple(after_conjunction(word.form) for word in clause if word.kind == "word")


def _holds(line: tuple[str, ...], name: str) -> bool:
    listed = _phrases(name)
    return any(line[at : at + len(p)] == p for at, form in enumerate(line) for p in listed.get(form, ()))


@cache
def _phrases(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in table("kinds")[name]:
        parts = tuple(folded(phrase).split())
        by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(rest) for first, rest in by_first.items()}

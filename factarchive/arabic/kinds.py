"""Kinds: what sort of proposition a clause is, by the words in it and by how it was said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.verbs import is_future, is_past
from factarchive.arabic.words import Word, after_article, after_conjunction

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
    if saying == "accuse":
        return "event", "kind-accuse"
    if saying == "announce" and line[:1] and _bare(line[0]) in folded_set("kinds", "plans"):
        return "commitment", "kind-plan"
    if saying == "warn" and not any(map(is_past, line)):
        return "prediction", "kind-warn"
    by_words = next((kind for kind in _BY_WORDS if _holds(line, kind)), None)
    if by_words:
        return by_words, f"kind-{by_words}"
    ahead = [form for form in (after_conjunction(word.form) for word in clause) if is_future(form)]
    if ahead:
        own = saying and (_own_act(ahead[0], by_office) or _of_speaker(line, ahead[0]))
        return ("commitment" if own else "prediction"), "kind-future"
    said: Kind = table("kinds")["by_saying"].get(saying, "event")
    return said, f"kind-{saying or 'narration'}"


def _bare(form: str) -> str:
    """A verbal noun without its pronoun or article: «عزمها», «الانسحاب»."""
    for pronoun in table("kinds")["pronouns"]:
        if form.endswith(pronoun) and len(form) > len(pronoun) + 2:
            return form[: -len(pronoun)]
    return after_article(form)


def _own_act(form: str, by_office: bool) -> bool:
    """Whether a future verb says what its speaker will do."""
    future = table("verbs")["future"]
    if form.startswith(tuple(folded(prefix) for prefix in future["first_person"])):
        return True
    return by_office and form in folded_set("verbs", "future", "passive")


def _of_speaker(line: tuple[str, ...], verb: str) -> bool:
    """Whether a future verb opens the clause after «إنه», or its subject is the speaker's own: «حزبه سيجتمع»."""
    at = next((k for k, form in enumerate(line) if form == verb), len(line))
    return any(form in folded_set("kinds", "own") for form in line[:at][:3])


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

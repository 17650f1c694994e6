"""Prepositions of saying: «بحسب الكرملين», «وفقا لوزارة …», «على حد قوله», «كما ذكرت …», «…، يقول X»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from factarchive.arabic.cues import cue_at, is_comma
from factarchive.arabic.heads import without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.verbs import Saying, is_ambiguous, saying_verb
from factarchive.arabic.words import Word, after_conjunction, matches

__all__ = ["Preposition", "postposed_verb", "preposition_at"]

Row = Sequence[Word]


@dataclass(frozen=True, slots=True)
class Preposition:
    """A prepositional cue: its words [at, after), where the name begins, and whether a clause of saying follows."""

    at: int
    after: int
    to_the: bool
    clause: bool
    own: bool = False


def preposition_at(row: Row, at: int) -> Preposition | None:
    """«بحسب الكرملين», «وفقا لوزارة …», «حسبما أفادت …» or «على حد قوله» at this word."""
    if row[at].kind != "word":
        return None
    own = _matched(row, at, _own())
    if own:
        return Preposition(at, at + own, False, False, own=True)
    clause = _matched(row, at, _clause_openings())
    if clause and at + clause < len(row) and _said_it(row[at + clause].form) and not _only_joins(row, at, clause):
        return Preposition(at, at + clause, False, True)
    opening = _matched(row, at, _openings())
    if opening:
        return Preposition(at, at + opening, False, False) if _may_speak(row, at + opening) else None
    form = after_conjunction(row[at].form)
    if form in folded_set("verbs", "prepositions", "for_openings") and at + 1 < len(row):
        return Preposition(at, at + 1, True, False) if _may_speak(row, at + 1) else None
    return None


def _only_joins(row: Row, at: int, length: int) -> bool:
    """«فيما قال X إن …»: the conjunction before a verb of saying that has its own clause."""
    if length > 1 or after_conjunction(row[at].form) not in folded_set("marks", "also") | folded_set(
        "marks", "joiners"
    ):
        return False
    cue = cue_at(row, at + 1, len(row))
    return cue is not None and cue.rule in ("verb-that", "verb-quote")


def _may_speak(row: Row, at: int) -> bool:
    """Whether what «according to» governs can be a source: no custom, no plan, no clause."""
    if at >= len(row) or row[at].kind not in ("word", "open"):
        return False
    listed = folded_set("verbs", "prepositions", "no_source") | folded_set("marks", "particles")
    form = row[at].form
    return form not in listed and without_preposition(form) not in listed


def postposed_verb(row: Row, at: int, limit: int) -> Preposition | None:
    """«…، يقول X.»: a bare verb of saying after a comma, with nothing after its subject."""
    verb = saying_verb(row[at].form) if row[at].kind == "word" else None
    after_mark = at > 0 and (is_comma(row[at - 1]) or row[at - 1].kind == "close")
    if verb is None or not after_mark or "quote" not in verb.frames or is_ambiguous(row[at].form):
        return None
    return Preposition(at, at, False, True) if at + 1 < limit else None


def _matched(row: Row, at: int, listed: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """`matches`, with or without a conjunction on the first word."""
    length = matches(row, at, listed)
    bare = after_conjunction(row[at].form)
    if length or bare == row[at].form or bare not in listed:
        return length
    first = Word(row[at].start, row[at].end, bare, "word")
    return matches([first, *row[at + 1 : at + 5]], 0, listed)


def _said_it(form: str) -> Saying | None:
    """The verb of saying here, with or without an object pronoun: «نقلته»."""
    for pronoun in table("marks")["that_pronouns"][:2]:
        if form.endswith(folded(pronoun)):
            verb = saying_verb(form.removesuffix(folded(pronoun)) if pronoun else form)
            if verb:
                return verb
    return None


@cache
def _own() -> dict[str, tuple[tuple[str, ...], ...]]:
    return phrases("verbs", "prepositions", "own_words")


@cache
def _openings() -> dict[str, tuple[tuple[str, ...], ...]]:
    return phrases("verbs", "prepositions", "openings")


@cache
def _clause_openings() -> dict[str, tuple[tuple[str, ...], ...]]:
    return phrases("verbs", "prepositions", "clause_openings")

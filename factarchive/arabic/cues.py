"""Cues: the words that say that somebody said something, and where what was said begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.verbs import Saying, is_ambiguous, participle, saying_verb
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, opens_complement

__all__ = ["Cue", "closing", "cue_at", "is_comma", "preposition_at"]

Row = Sequence[Word]

_REACH = 32  # words from a verb to its complement; news puts place, time and medium between them
_NEAR = 12
_SUBJECT = 4  # words of a subject before a colon


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its words [at, after), the words between it and the complement, and where the complement begins."""

    at: int
    after: int
    gap_end: int
    said: int
    verb: Saying
    rule: str


@dataclass(frozen=True, slots=True)
class _Complement:
    gap_end: int
    said: int
    rule: str


def is_comma(word: Word) -> bool:
    """Whether the word is a comma or a semicolon."""
    return word.form in table("marks")["commas"]


def closing(row: Row, opened: int, limit: int) -> int:
    """The index of the mark that closes the quotation opened here; `limit` where none does."""
    depth = 0
    for step in range(opened, limit):
        depth += {"open": 1, "close": -1}.get(row[step].kind, 0)
        if depth == 0:
            return step
    return limit


def cue_at(row: Row, at: int, limit: int) -> Cue | None:
    """The verb or participle of saying at this word with its complement; None where either is missing."""
    if row[at].kind != "word":
        return None
    form = after_conjunction(row[at].form)
    verb = saying_verb(form) or participle(form)
    if verb is None:
        return None
    after = at + 1
    if after < limit and row[after].form in folded_set("verbs", "speech", "by_saying"):
        after += 1
    found = _complement(row, after, (min(limit, after + _REACH), verb))
    if found is None or (is_ambiguous(form) and found.rule not in ("that", "quote", "colon", "unclosed")):
        return None
    rule = "participle" if verb.tense == "participle" else "verb"
    return Cue(at, after, found.gap_end, found.said, verb, f"{rule}-{found.rule}")


def _complement(row: Row, at: int, what: tuple[int, Saying]) -> _Complement | None:
    """Where the complement begins: the first clause or quotation that the verb can govern, else a noun phrase."""
    limit, verb = what
    later: _Complement | None = None
    step = at
    while step < limit:
        word = row[step]
        if word.kind == "loose" and "quote" in verb.frames:
            return _Complement(step, step + 1, "unclosed")
        if word.kind == "open":
            if "quote" in verb.frames and _is_long(row, step, limit):
                return _Complement(step, step + 1, "quote")
            step = _past_short_quote(row, step, limit)
            continue
        found = _clause(row, step, (at, verb)) or later
        if found is not later and found is not None:
            return found
        if _ends_search(row, step, at):
            break
        if later is None and step - at <= _NEAR:
            later = _phrase(row, step, (at, verb))
            if later and not _prefers_clause(verb, later):
                return later
        step += 1
    return later


def _past_short_quote(row: Row, step: int, limit: int) -> int:
    end = closing(row, step, limit)
    return end + 1 if end < limit else step + 1


def _is_long(row: Row, opened: int, limit: int) -> bool:
    """Whether a quotation is more than a quoted name, or stands right after a colon."""
    if opened and row[opened - 1].form == table("marks")["colons"]:
        return True
    return closing(row, opened, min(limit, opened + 5)) >= min(limit, opened + 5)


def _clause(row: Row, step: int, what: tuple[int, Saying]) -> _Complement | None:
    """A complement clause («أن …») or a colon at this word."""
    word = row[step]
    at, verb = what
    if opens_complement(word.form):
        governed = step > 0 and row[step - 1].form in verb.frames
        if "that" in verb.frames or governed or table("marks")["by_attached"] in verb.frames:
            return _Complement(step - governed, step + 1, "that")
    if word.form == table("marks")["colons"] and ("quote" in verb.frames or step - at < _SUBJECT):
        quoted = step + 1 < len(row) and row[step + 1].kind in ("open", "loose")
        return _Complement(step, step + 1 + quoted, "quote" if quoted else "colon")
    return None


def _phrase(row: Row, step: int, what: tuple[int, Saying]) -> _Complement | None:
    """A noun phrase that the verb governs by a preposition, or a verbal noun as its object."""
    _, verb = what
    word = row[step]
    if word.kind != "word":
        return None
    if word.form in verb.frames:
        if step + 1 < len(row) and opens_complement(row[step + 1].form):
            return _Complement(step, step + 2, "that")
        return _Complement(step, step + 1, "preposition")
    by = table("marks")["by_attached"]
    if (
        by in verb.frames
        and word.form.startswith(by)
        and _governs(word.form[1:], step > what[0] or verb.agreement[1:] in ("d", "p"))
    ):
        return _Complement(step, step, "preposition-attached")
    if "object" in verb.frames and word.form in folded_set("nouns", "events"):
        return _Complement(step, step, "object")
    return None


def _governs(noun: str, has_subject: bool) -> bool:
    """Whether what follows a ب is its noun, so that «بوتين» is no object."""
    by = table("marks")["by_attached"]
    if len(noun) < 3 or by + noun in folded_set("marks", "particles"):
        return False
    if after_article(noun) != noun or noun in folded_set("nouns", "events"):
        return True
    return has_subject and len(noun) > 4


def _prefers_clause(verb: Saying, found: _Complement) -> bool:
    """Whether a clause further on outranks this phrase: «أكد على هامش … أن»."""
    if found.rule == "that":
        return False
    return found.rule.startswith("preposition") and verb.frames[0] == "that"


def _ends_search(row: Row, step: int, first: int) -> bool:
    """Another verb of saying, joined on, or a stop: the complement of this one will not come."""
    word = row[step]
    if word.kind == "mark" and word.form[0] in table("marks")["stops"]:
        return True
    bare = after_conjunction(word.form)
    if step == first or saying_verb(bare) is None or is_ambiguous(bare):
        return False
    return bare != word.form or row[step - 1].form not in folded_set("marks", "relatives")


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
    if clause and at + clause < len(row) and _said_it(row[at + clause].form):
        return Preposition(at, at + clause, False, True)
    opening = _matched(row, at, _openings())
    if opening:
        return Preposition(at, at + opening, False, False)
    form = after_conjunction(row[at].form)
    if form in folded_set("verbs", "prepositions", "for_openings") and at + 1 < len(row):
        return Preposition(at, at + 1, True, False)
    return None


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

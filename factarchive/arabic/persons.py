"""Persons: the given names that show where a person's name begins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.heads import body, definite, role
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import Word

__all__ = ["first_given", "is_compound_end", "is_given", "is_relation", "may_be_given"]


def is_given(form: str) -> bool:
    """Whether a form is a given name and hardly anything else."""
    return form in _given()


def may_be_given(form: str) -> bool:
    """Whether a form is a given name where a title or a verb of saying stands before it."""
    return form in _given() or form in _after_title()


def is_compound_end(form: str) -> bool:
    """Whether a form ends a given name of two words: «نور الدين»."""
    return form in folded_set("persons", "compound_ends")


def is_relation(form: str) -> bool:
    """Whether a form says what somebody is to another: «شقيق», «محامي»."""
    return form in folded_set("persons", "relations")


def first_given(line: Sequence[Word], first: int) -> int:
    """Where the first given name from `first` on stands that no institution is named after; 0 for none."""
    for step in range(first, len(line)):
        form, before = line[step].form, line[step - 1].form
        governed = step > 1 and body(before) and not role(before)
        compound = step + 1 < len(line) and is_compound_end(line[step + 1].form) and may_be_given(form)
        linked = step + 1 < len(line) and form in folded_set("persons", "kunya")
        closed = step > 1 and definite(before) and may_be_given(form) and step + 1 < len(line)
        if not governed and (is_given(form) or compound or linked or closed):
            return _with_before(line, step, first)
    return 0


def _with_before(line: Sequence[Word], at: int, first: int) -> int:
    """Where the name begins whose given name at `at` may be its second: «عادل مرزوق»."""
    while at > first and (may_be_given(line[at - 1].form) or _is_surname(line, at)):
        at -= 1
    return at


def _is_surname(line: Sequence[Word], at: int) -> bool:
    """Whether a name with the article follows a given name that no list has: «المربي سامر الهادي»."""
    before = line[at - 1].form
    title = role(before) or body(before) or not definite(line[at - 2].form)
    surname = definite(line[at].form) or line[at].form in folded_set("persons", "kunya")
    placed = before.startswith(table("marks")["by_attached"]) and definite(before[1:])  # «بالمهدية الحبيب …»
    return at > 1 and not placed and surname and not definite(before) and not title


@cache
def _given() -> frozenset[str]:
    data = table("persons")
    listed = frozenset(folded(word) for word in f"{data['given']} {data['given_definite']}".split())
    marks = table("marks")
    return listed | {folded(word) + marks["hamza"] for word in marks["like_particles"]}


@cache
def _after_title() -> frozenset[str]:
    return frozenset(folded(word) for word in table("persons")["after_title"].split())

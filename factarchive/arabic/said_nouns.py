"""Nouns of saying: «القول إن», «التأكيد أن» after a verb's preposition, where the clause is what was said."""

from __future__ import annotations

from collections.abc import Sequence

from factarchive.arabic.listed import folded_set
from factarchive.arabic.rumours import rumour_at
from factarchive.arabic.words import Word, opens_complement

__all__ = ["clause_of_noun", "owned_noun"]

_REACH = 5  # words from the noun to its clause


def clause_of_noun(row: Sequence[Word], at: int) -> int:
    """The «إن» right here or after a noun of saying: «شدد على القول من جديد إن»; 0 for none."""
    if at < len(row) and opens_complement(row[at].form):
        return at
    if at >= len(row) or row[at].form not in folded_set("marks", "said_nouns"):
        return 0
    near = range(at + 1, min(len(row), at + _REACH))
    return next((step for step in near if opens_complement(row[step].form)), 0)


def owned_noun(row: Sequence[Word], at: int) -> int:
    """Where what «نقلت الوكالة عن X تأكيده على …» or «… نفيه …» reports begins; 0 for no such noun here."""
    if row[at].form in folded_set("marks", "owned_feelings"):
        return at  # «شكه في …»: what he feels is all that is reported
    if row[at].form not in folded_set("marks", "owned_nouns") or at + 1 >= len(row):
        return 0
    following = row[at + 1]
    if opens_complement(following.form):
        return 0  # a clause, which the verb itself finds
    if following.form in folded_set("marks", "owned_frames"):
        return at + 2 if at + 2 < len(row) else 0
    return rumour_at(row, at + 1, denied=True) or (at + 1 if following.kind == "word" else 0)

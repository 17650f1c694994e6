"""Rumours: words that nobody in particular is said to have spoken, «ما يتردد عن …», «مزاعم بأن …»."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.events import is_event
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.verbs import is_finite
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, opens_complement

__all__ = ["rumour_at", "rumour_end"]

Row = Sequence[Word]

_DESCRIBED = 3  # words between «أنباء» and what they tell: «أنباء غير مؤكدة عن»


def rumour_at(row: Row, at: int, *, denied: bool = False) -> int:
    """Where what a rumour at this word tells begins; 0 for none. Whoever denies one may name it right away."""
    if row[at].form not in _openings():
        return 0
    start = at + (denied and row[at].form in folded_set("names", "truth"))
    told = matches(row, start, phrases("names", "rumoured"))
    after = start + told
    if not told and start < len(row) and after_article(row[start].form) in folded_set("names", "rumours"):
        if start and row[start - 1].form in folded_set("names", "media"):
            return 0  # «وكالة أنباء …»
        after = start + 1
        while after < min(len(row), start + _DESCRIBED) and row[after].kind == "word" and not _leads(row, after):
            after += 1
        after = after if after < len(row) and _leads(row, after) else start + 1
        told = after - start
    if not told or after >= len(row):
        return 0
    if opens_complement(row[after].form):
        return after + 1
    led = row[after].form in folded_set("names", "rumour_leads")
    content = after + led
    named = content < len(row) and is_event(after_article(row[content].form))
    return content if named and (led or denied or row[after - 1].form in folded_set("names", "rumour_leads")) else 0


@cache
def _openings() -> frozenset[str]:
    """The words that a rumour may begin with; few do."""
    nouns = folded_set("names", "rumours")
    article = folded(table("marks")["article"])
    return (
        nouns | {article + noun for noun in nouns} | folded_set("names", "truth") | phrases("names", "rumoured").keys()
    )


def _leads(row: Row, at: int) -> bool:
    return row[at].form in folded_set("names", "rumour_leads") or opens_complement(row[at].form)


def rumour_end(row: Row, said: int, last: int) -> int:
    """Where what a rumour tells ends: before a comma, or before the verb of the sentence that answers it."""
    clause = opens_complement(row[said - 1].form)
    relatives = folded_set("marks", "relatives") | folded_set("marks", "governs_verb")
    for step in range(said + 1, last):
        if row[step].form in table("marks")["commas"]:
            return step
        verb = is_finite(after_conjunction(row[step].form)) and row[step - 1].form not in relatives
        if verb and not clause:
            return step
    return last

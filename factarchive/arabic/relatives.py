"""Relatives: clauses that describe a noun or tell a result, claims apart where they carry a figure or a date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.calendars import is_year, month_at
from factarchive.arabic.cues import is_comma
from factarchive.arabic.heads import definite
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.quantities import small_number
from factarchive.arabic.verbs import is_finite
from factarchive.arabic.words import Word, after_conjunction, opens_complement

__all__ = ["amount_in", "describes_before", "figured", "tells_result"]

Row = Sequence[Word]

_REACH = 12  # words of a relative clause within which its figure stands
_ASIDE = 20  # words of an aside between dashes
_SHORTEST = 3  # letters of a word that a verb can describe


def figured(row: Row, step: int, last: int) -> bool:
    """Whether a relative clause that begins here carries a number or a date of its own."""
    for word in row[step : min(last, step + _REACH)]:
        if is_comma(word):
            return False
        if word.kind == "number" or small_number(word.form) or word.form in folded_set("marks", "when"):
            return True
    return False


def amount_in(row: Row, first: int, last: int) -> bool:
    """Whether a number stands here that is no year and no day of a month: «مقارنة بعام 2022» has none."""
    return any(_is_amount(row, at) for at in range(first, last))


def _is_amount(row: Row, at: int) -> bool:
    word = row[at]
    if word.kind != "number":
        return small_number(word.form) is not None and not definite(word.form)
    return not is_year(word.form) and month_at(row, at + 1) is None


def describes_before(row: Row, step: int, last: int) -> bool:
    """A relative with no pronoun: «مطاردة استمرت أربعة أشهر», «البالغ عددهم مئة»: after a noun, with a figure."""
    word = row[step]
    if word.form in folded_set("marks", "amounts"):
        return is_comma(row[step - 1]) and figured(row, step + 1, last)
    amount = word.form in folded_set("marks", "amount_verbs")  # «معدلا بلغ 18%» is one figure with its noun
    if amount or not is_finite(word.form) or word.form in folded_set("verbs", "other", "particles"):
        return False
    return _indefinite(row, step - 1) and figured(row, step + 1, last) and not _between_dashes(row, step)


def _between_dashes(row: Row, step: int) -> bool:
    """Whether an aside was opened and not yet closed before this word: «سافر - بعد رحلة … - إلى»."""
    before = row[max(0, step - _ASIDE) : step]
    return sum(word.form in table("marks")["dashes"] for word in before) % 2 == 1


def _indefinite(row: Row, at: int) -> bool:
    """Whether this word is a noun that a clause right after it can describe."""
    word = row[at]
    if word.kind != "word" or len(word.form) < _SHORTEST or definite(word.form) or is_finite(word.form):
        return False
    bare = after_conjunction(word.form)
    if bare in _no_nouns() or word.form in _no_nouns() or opens_complement(bare):
        return False
    return word.form.endswith(_endings())


@cache
def _no_nouns() -> frozenset[str]:
    lists = ("particles", "joiners", "governs_verb", "conditions", "relatives", "subjects")
    return frozenset().union(*(folded_set("marks", name) for name in lists))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(map(folded, table("marks")["indefinite_endings"]))


def tells_result(row: Row, step: int) -> bool:
    """«، ليغلق عند 9676 نقطة»: what came of it, with a figure of its own."""
    to: str = table("marks")["for_attached"]
    verb = row[step].form.removeprefix(to)
    result = step > 0 and is_comma(row[step - 1]) and verb != row[step].form
    return result and verb in folded_set("marks", "results") and figured(row, step + 1, len(row))

"""Qualities: a word or two in quotation marks that describe something, and are no name and no term."""

from __future__ import annotations

from collections.abc import Sequence

from factarchive.arabic.heads import body, definite
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import Word

__all__ = ["quotes_quality"]

Row = Sequence[Word]

_SHORTEST = 4  # letters of a word that a preposition is written on to


def quotes_quality(clause: Row) -> bool:
    """Whether somebody's own word is quoted: «مستعدة “للغاية”», «يتقدمون “بسرعة”», «معلومات “سيادية”»."""
    return any(_is_quality(clause, at) for at in range(1, len(clause) - 1) if clause[at].kind == "open")


def _is_quality(clause: Row, opened: int) -> bool:
    before, word = clause[opened - 1], clause[opened + 1]
    if definite(word.form) or body(before.form) or word.kind != "word":
        return False
    if before.form.startswith(table("marks")["for_attached"]) or word.form in folded_set("marks", "any"):
        return word.form in folded_set("marks", "any")
    feminine = folded(table("marks")["feminine"])
    plural = tuple(table("marks")["feminine_ends"])
    agrees = word.form.endswith(feminine) and before.form.endswith((feminine, *plural))
    manner = word.form.startswith(table("marks")["by_attached"]) and word.form.endswith(feminine)
    return agrees or (manner and len(word.form) >= _SHORTEST)

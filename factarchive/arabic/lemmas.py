"""Lemmas: which word a form belongs to, by simplemma's Arabic table (MIT; no network, no model)."""

from __future__ import annotations

from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from factarchive.arabic.forms import form_of
from factarchive.arabic.letters import folded

__all__ = ["lemma_of"]


def lemma_of(form: str) -> str | None:
    """The folded lemma of a form, with or without its hamzas; None where the table does not know it.

    The first call reads the table.
    """
    return _table().get(form)


@cache
def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for word, lemma in map(_texts, DefaultDictionaryFactory().get_dictionary("ar").items()):
        bare = folded(word)
        found.setdefault(bare, lemma)
        if (form := form_of(word)) != bare:
            found.setdefault(form, lemma)
    return found


def _texts(entry: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    word, lemma = (part.decode() if isinstance(part, bytes) else part for part in entry)
    return word, folded(lemma)

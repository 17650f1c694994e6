"""What a claim is found by when another text is laid beside it: its words, whatever their form.

A word counts twice, by its lemma and, for less, by the family of its consonants, so that «انتقام» meets «تنتقم».
Nothing here depends on an archive: the same text has the same terms everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import log

from factarchive.arabic.stems import family, index_stem, is_stop, lemma, terms

__all__ = ["FAMILY", "content_words", "found_by", "rarity", "saturated"]

FAMILY = 0.3
"""What a word's family weighs beside its lemma; chosen on the development half of headline pairs."""
_FAMILY_MARK = "#"
_K, _B = 1.2, 0.75  # of BM25


@lru_cache(1 << 12)
def content_words(text: str) -> tuple[str, ...]:
    """The lemmas of a text's words and numbers in order, those that are too common to tell anything left out."""
    return tuple(lemma(index_stem(form)) for form, _, _ in terms(text) if not is_stop(form))


@lru_cache(1 << 12)
def found_by(text: str) -> Mapping[str, float]:
    """All that a text is found by, each with what it weighs."""
    stems = [index_stem(form) for form, _, _ in terms(text) if not is_stop(form)]
    return {lemma(s): 1.0 for s in stems} | {_FAMILY_MARK + family(s): FAMILY for s in stems}


def rarity(df: int, documents: int) -> float:
    """How much a term tells that so many of the documents have."""
    return log(1 + (documents - df + 0.5) / (df + 0.5))


def saturated(weight: float, length: int, mean: float) -> float:
    """What a term adds to a document of this length."""
    return weight / (1 + _K * (1 - _B + _B * length / (mean or 1)))

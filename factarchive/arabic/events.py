"""Events: the verbal nouns that open the object of a verb of saying, and assert by themselves in a headline."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set

__all__ = ["is_event", "is_owned_event"]


@lru_cache(maxsize=1 << 14)
def is_event(form: str) -> bool:
    """Whether this folded form is a verbal noun, bare or with a pronoun: «توقيع», «رفضها», «استهداف»."""
    listed = folded_set("nouns", "events")
    form = folded(form)
    if form in listed:
        return True
    bare = _pronoun().sub("", form)
    if form in folded_set("nouns", "not_events") or bare in folded_set("nouns", "not_events"):
        return False
    tied, feminine = table("nouns")["tied"]
    if bare != form and bare.endswith(tied) and bare[:-1] + folded(feminine) in listed:
        return True
    return bare in listed or bool(_shapes().fullmatch(bare))


@lru_cache(maxsize=1 << 14)
def is_owned_event(form: str) -> bool:
    """Whether this is a verbal noun with a pronoun: «موافقتها», «افتراضهم»."""
    return len(form) > 4 and form.endswith(tuple(table("nouns")["owners"])) and is_event(form)


@cache
def _pronoun() -> re.Pattern[str]:
    return re.compile(table("nouns")["pronoun"])


@cache
def _shapes() -> re.Pattern[str]:
    return re.compile("|".join(table("nouns")["shapes"]))

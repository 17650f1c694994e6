"""Skeletons: what words of one family have in common, without a dictionary: a light stem, and its consonants."""

from __future__ import annotations

from functools import cache, lru_cache

from factarchive.arabic.forms import plain
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import after_conjunction

__all__ = ["consonants", "light_stem", "readings", "split_clitics"]

_STEM = 3  # letters that an ending must leave
_ROOT = 3  # letters of most roots


@lru_cache(1 << 17)
def split_clitics(form: str) -> tuple[str, str]:
    """What is written on before a folded word, article included, and the word."""
    data = table("stems")
    if _is_own(form):
        return "", form
    if form.startswith(tuple(data["clitics"])) and len(form) > _STEM and _is_own(form[1:]):
        return form[0], form[1:]
    for prefix in data["articles"]:
        if form.startswith(prefix) and len(form) - len(prefix) >= 2:
            return prefix, form[len(prefix) :]
    joined = form[:1] if len(form) >= 4 and after_conjunction(form) != form else ""
    rest = form[len(joined) :]
    if joined and _is_own(rest):
        return joined, rest
    if rest.startswith(data["future"]) and len(rest) >= 5 and rest[1] in data["future_before"] and not _no_future(rest):
        return joined + rest[0], rest[1:]
    if rest.startswith(tuple(data["prepositions"])) and len(rest) >= 5:
        return joined + rest[0], rest[1:]
    return joined, rest


@lru_cache(1 << 17)
def light_stem(form: str) -> str:
    """A folded word without clitics, article and ending; words of one noun or verb mostly share it."""
    return _without_endings(split_clitics(form)[1])


@lru_cache(1 << 17)
def readings(form: str) -> frozenset[str]:
    """The light stems that a form may have, since its first letters may be clitics or its own: «لمدة», «للغة»."""
    data = table("stems")
    found = {light_stem(form)}
    if len(form) > _STEM + 1 and not _is_own(form):
        rests = [form[len(p) :] for p in (*data["clitics"], *data["articles"]) if form.startswith(p)]
        found.update(_without_endings(rest) for rest in (form, *rests) if len(rest) >= _STEM)
    return frozenset(found)


def _without_endings(stem: str) -> str:
    for _ in range(2):
        for suffix in _suffixes():
            if stem.endswith(suffix) and len(stem) - len(suffix) >= _STEM:
                stem = stem[: -len(suffix)]
                break
        else:
            break
    return stem


@lru_cache(1 << 17)
def consonants(stem: str) -> str:
    """The likely root of a light stem: what is left without long vowels and the letters that patterns add."""
    augments = table("oppositions")["patterns"]
    for prefix in augments["before"]:
        if stem.startswith(prefix) and len(_strong(stem[len(prefix) :])) >= _ROOT:
            stem = stem[len(prefix) :]
            break
    second: str = augments["second"]
    if len(stem) > _ROOT and stem[1] == second and stem[0] != second and len(_strong(stem[0] + stem[2:])) >= _ROOT:
        stem = stem[0] + stem[2:]
    return _strong(stem) or stem


def _strong(stem: str) -> str:
    return "".join(letter for letter in stem if letter not in _weak())


@cache
def _weak() -> frozenset[str]:
    return frozenset(table("stems")["weak"])


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(folded(suffix) for suffix in table("oppositions")["patterns"]["after"])


@cache
def _own() -> frozenset[str]:
    return frozenset(plain(w) for name in ("own", "own_article_words") for w in folded_set("stems", name))


@cache
def _own_starts(name: str) -> tuple[str, ...]:
    return tuple(sorted(folded_set("stems", name)))


def _is_own(form: str) -> bool:
    return form in _own() or form.startswith(_own_starts("own_article"))


def _no_future(form: str) -> bool:
    return form.startswith(_own_starts("not_future"))

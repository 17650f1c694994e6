"""Stems: what a search engine makes of words, once for the index and once, without a dictionary, for the browser.

`terms` cuts a text into forms (see `forms`). A text's form becomes one stem (`index_stem`, with dictionary knowledge);
a query's form becomes `candidates`, without any. Each candidate stands for all stems of its family that are the same
word in another spelling (`spelled_alike`): the index must be asked for those, each as good as the candidate itself,
and what is like them (trigrams, prefixes) is measured from the `plain` forms of those and not of the candidate.
`templates/static/search/analysis.js` does the same as all but `index_stem` and `lemma`; tests/cases/stems.txt holds
the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from factarchive.arabic.forms import form_of, plain, seatless, spelled_alike, terms, written_spans
from factarchive.arabic.lemmas import lemma_of
from factarchive.arabic.letters import fold_table
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set

__all__ = [
    "analysis_tables",
    "candidates",
    "family",
    "index_stem",
    "is_stop",
    "lemma",
    "plain",
    "seatless",
    "skeleton",
    "spelled_alike",
    "terms",
    "variant",
]

# ---------------------------------------------------------------- stems


@lru_cache(1 << 16)
def candidates(form: str) -> tuple[str, ...]:
    """The stems that a query's form may have: itself, then what stands behind each possible article or clitic."""
    found = [form, *(form[len(p) :] for p in _prefixes(form))]
    return tuple(dict.fromkeys(variant(stem) for stem in found))


def _prefixes(form: str) -> Iterator[str]:
    """The clitics and articles that a form may begin with, so that enough is left; none of a listed word."""
    data = table("stems")
    bare = plain(form)
    if _is_own(bare):
        return
    for prefix in data["articles"]:
        if form.startswith(prefix) and len(bare) - len(prefix) >= 2:
            yield prefix
    for prefix in data["clitics"]:
        if form.startswith(prefix) and len(bare) - len(prefix) >= 3 and not (len(prefix) > 1 and _is_own(bare[1:])):
            yield prefix
    for prefix in _futures():
        if form.startswith(prefix) and _is_future(bare[len(prefix) - 1 :]):
            yield prefix


@cache
def _futures() -> tuple[str, ...]:
    data = table("stems")
    return tuple(before + data["future"] for before in ("", *data["conjunctions"]))


def _is_future(bare: str) -> bool:
    """Whether this is س and what may be a verb: it has four letters or more."""
    data = table("stems")
    return len(bare) >= 5 and bare[1] in data["future_before"] and not bare.startswith(_own_starts("not_future"))


@cache
def _own_starts(name: str) -> tuple[str, ...]:
    return tuple(sorted({plain(form) for form in folded_set("stems", name)}))


def _is_own(bare: str) -> bool:
    """Whether a form without its hamzas is a listed word that begins like a clitic or an article."""
    return bare in _own_words() or bare.startswith(_own_starts("own_article"))


@cache
def _own_words() -> frozenset[str]:
    return frozenset(_own_starts("own") + _own_starts("own_article_words"))


@lru_cache(1 << 18)
def index_stem(form: str) -> str:
    """The stem of a text's form: without clitics and article where the dictionary knows what is left.

    It is always among the form's `candidates`.
    """
    bare = plain(form)
    cut = _cut(bare) if len(bare) > 2 else 0
    return variant(form[cut:])


def _cut(bare: str) -> int:
    """How many letters of a form are clitics and article."""
    is_joined = bare[0] in table("stems")["conjunctions"] and len(bare) >= 4
    if is_joined and _is_own(bare[1:]) and not _is_own(bare):
        return 1
    cut = _future(bare) or _before_noun(bare)
    if cut is not None or not is_joined:
        return cut or 0
    after = _before_noun(bare[1:])
    return 0 if after is None else 1 + after


def _future(bare: str) -> int | None:
    """The length of a future's prefix, where the dictionary knows the verb; None without."""
    for prefix in _futures():
        rest = bare[len(prefix) :]
        if bare.startswith(prefix) and _is_future(bare[len(prefix) - 1 :]) and lemma_of(rest) not in (None, rest):
            return len(prefix)
    return None


def _before_noun(bare: str) -> int | None:
    """The length of article and preposition before a noun, conjunctions aside; None for a form that nobody knows."""
    data = table("stems")
    if _is_own(bare):
        return 0
    for prefix in (*data["of_the"], data["to_the"], data["the"]):
        if bare.startswith(prefix) and (cut := _article(bare, prefix)):
            return cut
    if _is_known(bare):
        return 0
    return 1 if bare[0] in data["prepositions"] and len(bare) >= 4 and _is_known(bare[1:]) else None


def _article(bare: str, prefix: str) -> int:
    """How much to cut of a form that begins like an article; 0 where it is none."""
    data = table("stems")
    rest, joined = bare[len(prefix) :], prefix != data["the"]
    if joined and (_is_own(bare[1:]) or (prefix == data["to_the"] and not _is_known(rest) and _is_known(bare[1:]))):
        return 1  # «بالتزام», «للاعبين»: the clitic and a word that begins so
    if len(rest) == 2:
        return len(prefix) if rest in folded_set("stems", "short") else 0
    is_word = _is_known(bare) or (joined and _is_known(bare[1:]))
    return len(prefix) if len(rest) >= 3 and (_is_known(rest) or not is_word) else 0


@lru_cache(1 << 18)
def _is_known(bare: str) -> bool:
    """Whether the dictionary or the lists know a form, or what it is without a pronoun."""
    if lemma_of(bare) is not None or _is_own(bare) or bare in _variants()[0]:
        return True
    return any(lemma_of(rest) is not None for rest in _without_pronoun(bare))


@lru_cache(1 << 18)
def lemma(stem: str) -> str:
    """The word that a stem is a form of, folded; the stem itself where nothing tells."""
    bare = plain(stem)
    for rest in (bare, *_without_pronoun(bare)):
        found = _singulars().get(rest) or (lemma_of(stem) if rest == bare else None) or lemma_of(rest)
        if found is not None:
            return found
    return bare


@cache
def _singulars() -> dict[str, str]:
    """The lemma of each listed plural, and of its singular."""
    rows = [[plain(form_of(word)) for word in row.split()] for row in table("stems")["plurals"]]
    return {word: row[0] for row in rows for word in row}


def _without_pronoun(bare: str) -> Iterator[str]:
    """What a pronoun may be written on to: «مدرستهم» is «مدرسه» and «هم»."""
    data = table("stems")
    for pronoun in data["pronouns"]:
        rest = bare.removesuffix(pronoun)
        if rest != bare and len(rest) >= 2:
            yield rest
            if rest.endswith(data["joined"]["before"]):
                yield rest[:-1] + data["joined"]["alone"]


@lru_cache(1 << 18)
def family(stem: str) -> str:
    """The key of the stems that may be forms of one word: the first three of its skeleton."""
    return skeleton(stem)[:3]


@lru_cache(1 << 18)
def skeleton(stem: str) -> str:
    """A stem's consonants without an ending, sounds merged: what «مدارس» and «مدرسة» have in common."""
    bare = plain(stem)
    for suffix in table("stems")["suffixes"]:
        kept = bare[: -len(suffix)].translate(_consonants()) if bare.endswith(suffix) else ""
        if len(kept) >= 2:
            return kept
    return bare.translate(_consonants()) or bare


@cache
def _consonants() -> dict[int, str | None]:
    data = table("stems")
    merged: dict[int, str | None] = {ord(letter): row[0] for row in data["classes"] for letter in row}
    return merged | {ord(letter): None for letter in data["weak"]}


# ---------------------------------------------------------------- lists


def is_stop(form: str) -> bool:
    """Whether a form is too common to look for."""
    return plain(form) in _stops()


@cache
def _stops() -> frozenset[str]:
    return frozenset(plain(form) for form in folded_set("stems", "stop", "words"))


@lru_cache(1 << 16)
def variant(form: str) -> str:
    """The spelling that the index holds of a name; the form itself where it is no listed one."""
    names, places = _variants()
    key = _key(form)
    if key in names:
        return names[key]
    endings: list[str] = table("variants")["nisba"]
    for ending in endings:
        base = places.get(key.removesuffix(ending)) if key.endswith(ending) else None
        if base:
            return base + ending
    return form


def _key(form: str) -> str:
    """What spellings of a name are looked up by: a hamza that is written may stand on any seat."""
    return form if form == plain(form) else seatless(form)


@cache
def _variants() -> tuple[dict[str, str], dict[str, str]]:
    """Each spelling's first one; and the same for places, cut to what the nisba is joined to."""
    names, places = _rows("names") + _rows("places"), _rows("places")
    return _firsts(names), _firsts([[_joined(form) for form in row] for row in places])


def _rows(name: str) -> list[list[str]]:
    return [[form_of(word) for word in row] for row in table("variants")[name]]


def _firsts(rows: Iterable[list[str]]) -> dict[str, str]:
    return {key: row[0] for row in rows for form in row for key in (plain(form), seatless(form))}


def _joined(place: str) -> str:
    endings: str = table("variants")["dropped_before_nisba"]
    return place[:-1] if place[-1] in endings and len(place) > 3 else place


@cache
def analysis_tables() -> dict[str, Any]:
    """All that the browser needs to do the same, as plain data."""
    data = table("stems")
    keep = ("articles", "clitics", "conjunctions", "future", "future_before", "suffixes", "weak", "classes", "hamza")
    return {
        "fold": fold_table(),
        "written": written_spans(),
        **{key: data[key] for key in keep},
        "stop": sorted(_stops()),
        "own": sorted(_own_words()),
        "own_article": _own_starts("own_article"),
        "not_future": _own_starts("not_future"),
        "names": sorted(" ".join(row) for row in _rows("names")),
        "places": sorted(" ".join(row) for row in _rows("places")),
        "nisba": [table("variants")["dropped_before_nisba"], *table("variants")["nisba"]],
    }

"""Verbs: the finite forms of the verbs of the news, and which of them report what somebody said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set

__all__ = [
    "Saying",
    "is_ambiguous",
    "is_doubtful",
    "is_finite",
    "is_future",
    "is_listed",
    "is_past",
    "participle",
    "saying_to",
    "saying_verb",
]

Tense = Literal["perfect", "imperfect", "future", "participle"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A form of a verb of saying: what kind of saying it is and what may follow it."""

    lemma: str
    kind: str
    frames: tuple[str, ...]
    tense: Tense
    agreement: str


def saying_verb(form: str) -> Saying | None:
    """The verb of saying that has this folded form."""
    return _sayings().get(form)


@lru_cache(maxsize=1 << 14)
def saying_to(form: str) -> Saying | None:
    """The verb of saying with the pronoun of whom it is said to or of: «أبلغه أن», «اتهمتهم بـ»."""
    bare = _person().sub("", form)
    verb = saying_verb(bare) if bare != form and not is_ambiguous(bare) else None
    return verb if verb and verb.kind in table("verbs")["objects"]["takes_person"] else None


@cache
def _person() -> re.Pattern[str]:
    return re.compile(table("verbs")["objects"]["person"])


def participle(form: str) -> Saying | None:
    """The participle of saying that has this folded form: «مؤكدا», «مشددين»."""
    return _participles().get(form)


def is_doubtful(form: str) -> bool:
    """Whether a saying's form is also a verb of doing."""
    return form in folded_set("verbs", "speech", "doubtful")


def is_ambiguous(form: str) -> bool:
    """Whether a saying's form is also a common noun, adjective or preposition, or a verb of doing."""
    speech = folded_set("verbs", "speech", "ambiguous") | folded_set("verbs", "speech", "doubtful")
    return form in speech or form in folded_set("verbs", "participles", "ambiguous")


@lru_cache(maxsize=1 << 16)
def is_finite(form: str) -> bool:
    """Whether this folded form is a finite verb and hardly anything else, bare or with an object's pronoun."""
    return is_listed(form) or _looks_finite(form) or _has_object(form)


def _has_object(form: str) -> bool:
    """«أعلنها», «تواجهها»: a listed verb with a pronoun, of more letters than a noun with one has."""
    bare = _object_pronoun().sub("", form)
    if bare == form or form in folded_set("verbs", "shapes", "not_finite"):
        return False
    data = table("verbs")["objects"]
    if bare.endswith(data["plural"][0]):
        return bare + data["plural"][1] in _with_objects()
    if bare.endswith(data["she"]) and not (bare[0] == data["vowel"] != bare[-3:-2]):
        return False  # «رغبتها», «إصابتها» are nouns
    return len(bare) >= 4 and bare in _with_objects()


@cache
def _object_pronoun() -> re.Pattern[str]:
    return re.compile(table("verbs")["objects"]["pronoun"])


@cache
def _with_objects() -> frozenset[str]:
    """The finite forms that are no verbal noun when a pronoun follows: «تجاوزها» may be one."""
    nouns: str = table("verbs")["objects"]["nouns"]
    return frozenset(f for f in _finite() if not (f.startswith(nouns) and _others().get(f) == "perfect"))


def is_past(form: str) -> bool:
    """Whether a list holds this form as a perfect."""
    return _others().get(form) == "perfect"


def is_listed(form: str) -> bool:
    """Whether a list holds this form as a verb, or it is marked as future."""
    return form in _finite() or is_future(form)


def _looks_finite(form: str) -> bool:
    """Whether a form that no list holds has the shape of a verb: «يستعد», «انطلقت»."""
    return bool(_shapes().fullmatch(form)) and form not in _known_nouns()


@cache
def _shapes() -> re.Pattern[str]:
    return re.compile("|".join(table("verbs")["shapes"]["finite"]))


@cache
def _known_nouns() -> frozenset[str]:
    unclear = folded_set("verbs", "other", "ambiguous") | folded_set("verbs", "speech", "ambiguous")
    return unclear | folded_set("verbs", "shapes", "not_finite")


def is_future(form: str) -> bool:
    """Whether this form is marked as future: «ستبدأ», «سيتم», or the particle before one."""
    future = table("verbs")["future"]
    if form in folded_set("verbs", "future", "not_future"):
        return False
    if form in folded_set("verbs", "future", "particle") or _others().get(form) == "future":
        return True
    if len(form) < future["shortest"]:
        return False
    prefix: str = future["prefix"]
    return form.startswith(tuple(prefix + letter for letter in future["follows"])) and _looks_imperfect(form)


def _looks_imperfect(form: str) -> bool:
    """A future verb never ends like a noun of this shape: in ة or in ات."""
    ends = (folded(table("marks")["feminine"]), *table("verbs")["future"]["noun_endings"])
    return not form.endswith(ends) or form[1:] in _imperfects()


@cache
def _sayings() -> Mapping[str, Saying]:
    found: dict[str, Saying] = {}
    for line in table("verbs")["speech"]["verbs"].split("\n"):
        if not line.strip():
            continue
        perfect, imperfect, kind, frames = line.split()
        for form, tense, agreement in _forms(perfect, imperfect):
            made = Saying(perfect, kind, tuple(map(folded, frames.split(","))), tense, agreement)
            found.setdefault(form, made)
    return {form: made for form, made in found.items() if form not in folded_set("verbs", "speech", "never")}


@cache
def _participles() -> Mapping[str, Saying]:
    data = table("verbs")["participles"]
    found: dict[str, Saying] = {}
    for line in data["stems"].split("\n"):
        if not line.strip():
            continue
        stem, kind, frames = line.split()
        frame = tuple(map(folded, frames.split(",")))
        for ending in data["endings"]:
            form = stem + ending
            found[folded(form)] = Saying(form, kind, frame, "participle", "")
    return found


@cache
def _imperfects() -> frozenset[str]:
    return frozenset(form for form, tense in _others().items() if tense == "imperfect")


@cache
def _others() -> Mapping[str, Tense]:
    found: dict[str, Tense] = {}
    for line in table("verbs")["other"]["verbs"].split("\n"):
        if line.strip():
            perfect, imperfect = line.split()
            found.update({form: tense for form, tense, _ in _forms(perfect, imperfect)})
    return found


@cache
def _finite() -> frozenset[str]:
    """Forms that split a clause: every verb's, less those spelled like nouns."""
    unclear = folded_set("verbs", "other", "ambiguous") | folded_set("verbs", "speech", "ambiguous")
    unclear |= folded_set("verbs", "future", "not_future")
    return frozenset({*_others(), *_sayings(), *folded_set("verbs", "other", "particles")} - unclear)


def _forms(perfect: str, imperfect: str) -> Iterator[tuple[str, Tense, str]]:
    """Every form of a verb, folded, with its tense and agreement."""
    data = table("verbs")
    table_of = next(row for row in data["perfect"] if perfect.endswith(row["ending"]))
    stem = perfect[: len(perfect) - len(table_of["ending"])]
    for suffix, agreement in table_of["forms"]:
        yield folded(stem + suffix), "perfect", agreement
    hollow = data["hollow"]
    if len(perfect) > 2 and perfect[-2] == hollow["vowel"]:
        for suffix, agreement in hollow["forms"]:
            yield folded(perfect[:-2] + perfect[-1] + suffix), "perfect", agreement
    table_of = next(row for row in data["imperfect"] if imperfect.endswith(row["ending"]))
    stem = imperfect[1 : len(imperfect) - len(table_of["ending"])]
    future: str = data["future"]["prefix"]
    for prefix, suffix, agreement in table_of["forms"]:
        yield folded(prefix + stem + suffix), "imperfect", agreement
        yield folded(future + prefix + stem + suffix), "future", agreement

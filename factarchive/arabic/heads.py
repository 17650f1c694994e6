"""Heads: the nouns that show what a phrase names: a title before a person, the first word of an institution."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import after_article

__all__ = [
    "body",
    "definite",
    "describes",
    "known",
    "possessed",
    "role",
    "titled_word",
    "titles",
    "without_preposition",
]


def without_preposition(form: str) -> str:
    """The form without an attached ل, with its article given back."""
    data = table("marks")
    to, to_the, article = data["for_attached"], data["for_the"], data["article"]
    if form.startswith(to_the) and len(form) > 4:
        return str(article) + form[len(to_the) :]
    return form[len(to) :] if form.startswith(to) and len(form) > 3 else form


@cache
def titles() -> frozenset[str]:
    """Every title without its article, in both genders."""
    feminine = folded(table("marks")["feminine"])
    listed = folded_set("names", "titles")
    return listed | {title + feminine for title in listed}


@lru_cache(maxsize=1 << 15)
def role(form: str) -> str:
    """The title that a form is, without its article; empty for none."""
    bare = after_article(form)
    return bare if bare in titles() else ""


@lru_cache(maxsize=1 << 15)
def titled_word(form: str) -> str:
    """The title that a form is, or the form itself where it is one with a pronoun: «نظيره»."""
    return form if possessed(form) else role(form)


def possessed(form: str) -> bool:
    """Whether a title stands here with the pronoun of those it serves: «نظيره», «مديرها»."""
    ends = tuple(table("names")["possessors"])
    listed = form in folded_set("names", "possessed_titles")
    return listed or (form.endswith(ends) and any(form.removesuffix(end) in titles() for end in ends))


@lru_cache(maxsize=1 << 15)
def body(form: str) -> str:
    """The institution's head noun that a form is, without its article; empty for none."""
    bare = after_article(form)
    listed = bare in folded_set("names", "bodies") or bare in folded_set("names", "crowds_and_papers")
    return bare if listed else ""


def definite(form: str) -> bool:
    """Whether a form has the article, alone or after ل."""
    return after_article(form) != form or form.startswith(table("marks")["for_the"])


def describes(form: str) -> bool:
    """Whether a definite form may describe a title or an institution: a nisba, or a listed adjective."""
    if form in folded_set("names", "title_adjectives"):
        return True
    return definite(form) and form.endswith(tuple(folded(end) for end in table("names")["nisba_endings"]))


@cache
def known() -> Mapping[str, str]:
    """States, capitals and institutions that may stand with no title: folded alias to canonical name."""
    places = {folded(name): name for row in table("states")["states"] for name in (*row[0], *row[1])}
    return places | {folded(alias): row[0] for row in table("names")["known"] for alias in row}

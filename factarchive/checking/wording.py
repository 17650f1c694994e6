"""A claim's wording, wherever it was written: what is the checker's own word in it, and who is no claimant."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from factarchive.arabic.letters import folded
from factarchive.arabic.verbs import saying_verb
from factarchive.archive.verdicts import RULED, scale
from factarchive.checking.vocabulary import listed, phrase_at, tokens

_APART = re.compile(r"[:()\[\]|،,.!«»\"“”–—]|\s-\s")
_PREFIX = re.compile("^[\u0648\u0641]?(?:\u0627\u0644)?")  # and, so; the article
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:/.*)?")


def verdict_word(claim: str) -> str:
    """The word of judgement that a claim holds; "" for none. A word that also has a plain sense must stand apart."""
    row = tokens(claim)
    is_said = bool(row) and saying_verb(row[0]) is not None
    bare = [_PREFIX.sub("", word) for word in row]
    strong = listed("claims", "strong")
    if not is_said and (found := phrase_at(row, strong) or phrase_at(bare, strong)):
        return found
    line = " ".join(row) + " "
    for phrase in listed("claims", "opening"):
        if line.startswith(f"{phrase} "):
            return phrase
    parts = [" ".join(tokens(part)) for part in _APART.split(claim)]
    return next((part for part in parts if len(parts) > 1 and part in _alone()), "")


def negation(claim: str) -> str:
    """The negation that opens a claim; "" for none."""
    return next((word for word in tokens(claim)[:1] if word in listed("claims", "negations")), "")


def relative_date(claim: str) -> str:
    """The words that mean another day on another day: «أمس»; "" for none, and where the year stands beside them."""
    row = tokens(claim)
    if any(_YEAR.fullmatch(word) for word in row):
        return ""
    today, papers, after = (listed("claims", name) for name in ("today", "papers", "after_today"))
    for before, word, next_ in zip(("", *row), row, (*row[1:], ""), strict=False):
        if word in today and before not in papers and next_ not in after:
            return word
    return phrase_at(row, listed("claims", "relative"))


def dangling_pronoun(claim: str) -> str:
    """The pronoun, or the verb without a subject, that opens a claim and points to what it does not hold."""
    row = tokens(claim)
    if not row:
        return ""
    says_who = row[1:2] and saying_verb(row[0]) and row[1] in listed("claims", "complements")
    return row[0] if says_who or row[0] in listed("claims", "pronouns") else ""


def is_question(claim: str) -> bool:
    """Whether a claim asks."""
    line = " ".join(tokens(claim)) + " "
    asks = any(line.startswith(f"{word} ") for word in listed("claims", "questions"))
    return asks or folded(claim).rstrip(" \"»”'").endswith(listed("claims", "question_marks"))


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for marks and spelling."""
    return bool(tokens(one)) and tokens(one) == tokens(other)


def is_platform(name: str) -> bool:
    """Whether a claimant's name is that of a platform or its address: it carries posts, and says nothing."""
    plain = " ".join(folded(name).split()).strip(" .")
    return plain in listed("platforms", "names") or host_of(plain) in listed("platforms", "hosts")


def host_of(name: str) -> str:
    """The host that a text is or begins with, as «x.com» or «https://x.com/a»; "" for none."""
    found = _HOST.fullmatch(name.strip().lower())
    return found[1] if found else ""


def host(url: str) -> str:
    """An address's host without www.; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _alone() -> frozenset[str]:
    names = [name for v in RULED for name in (scale()[v].label, *scale()[v].aliases)]
    return frozenset(" ".join(tokens(name)) for name in names) | frozenset(listed("claims", "alone"))

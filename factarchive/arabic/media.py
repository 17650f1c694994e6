"""Media: the agency, channel or platform through which somebody's words came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factarchive.arabic.heads import without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.names import phrase_end
from factarchive.arabic.words import Word, after_article, matches

__all__ = ["medium_between", "without_to"]

Row = Sequence[Word]

_LONGEST = 5  # words of a medium's name


def medium_between(text: str, row: Row, first: int, last: int) -> tuple[str, ...]:
    """The agency or platform named in words [first, last), between a verb and what was said; empty for none."""
    for step in range(first, last):
        word = row[step]
        bare = without_preposition(word.form)
        leader = row[step - 2 if row[step - 1].kind == "open" else step - 1]
        led = bare != word.form or leader.form in folded_set("names", "relays")
        line = [replace(word, form=bare), *row[step + 1 : step + 4]]
        if led and (_relays(bare) or matches(line, 0, phrases("names", "media_names"))):
            return _medium(text, row[step:last], bare)
    return ()


def _relays(form: str) -> bool:
    """Whether this head noun names what relays others' words: an agency, a channel, a site."""
    return after_article(form) in folded_set("names", "media") or form in folded_set("names", "media")


def _medium(text: str, row: Row, bare: str) -> tuple[str, ...]:
    """The name of the medium that the row begins with: the quoted one after «منصته», else the whole phrase."""
    if len(row) > 1 and row[1].kind == "open":
        row, bare = row[1:], ""
    line = [word for word in row[: phrase_end(row, 1, len(row))] if word.kind == "word"]
    if not line or (len(line) == 1 and bare in folded_set("names", "own_media")):
        return ()
    spelled = [text[word.start : word.end] for word in line]
    if bare and line[0].form != bare:
        spelled[0] = without_to(spelled[0])
    return (" ".join(spelled[:_LONGEST]),)


def without_to(text: str) -> str:
    """The word without an attached ل, its article given back, in the article's own spelling."""
    data = table("marks")
    if folded(text).startswith(data["for_the"]):
        return str(data["article"]) + text[2:]
    return text[1:] if text.startswith(data["for_attached"]) else text

"""Media: the agency, channel or platform through which somebody's words came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factarchive.arabic.heads import definite, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.names import Name
from factarchive.arabic.phrases import phrase_end
from factarchive.arabic.words import Word, after_article, matches

__all__ = ["is_medium", "media_between", "media_named", "without_to"]

Row = Sequence[Word]

_LONGEST = 5  # words of a medium's name
_MOST = 3  # a programme, its station and a paper


def is_medium(name: Name) -> bool:
    """Whether a name is that of something that relays others' words."""
    forms = name.form.split()
    broadcasts = len(forms) > 1 and forms[1] in folded_set("names", "broadcasts")  # «هيئة الإذاعة والتلفزيون»
    return _relays(forms[0]) or broadcasts or " ".join(forms) in _media_names()


def _media_names() -> frozenset[str]:
    return folded_set("names", "media_names")


def media_between(text: str, row: Row, first: int, last: int) -> tuple[str, ...]:
    """The agencies, stations and platforms named in words [first, last), in order; empty for none."""
    found: list[str] = []
    step = first
    while step < last and len(found) < _MOST:
        length, name = _medium_at(text, row, (step, last))
        if name and name not in found:
            found.append(name)
        step += max(length, 1)
    pages = [name for name in found if folded(name).split()[0] in folded_set("names", "pages")]
    return tuple(name for name in found if name not in pages or len(pages) == len(found))


def media_named(text: str, row: Row, first: int, last: int) -> tuple[str, ...]:
    """The listed medium that stands at `first` with nothing before it: «أفاد به الجوهرة أف أم»."""
    length = matches(row, first, phrases("names", "media_names"))
    return (text[row[first].start : row[first + length - 1].end],) if length and first + length <= last else ()


def _medium_at(text: str, row: Row, where: tuple[int, int]) -> tuple[int, str]:
    """How many words name a medium here, and the name; 0 for none."""
    step, last = where
    word = row[step]
    if word.kind not in ("word", "open"):
        return 0, ""
    bare = without_preposition(word.form)
    by: str = table("marks")["by_attached"]
    if bare.startswith(by) and _relays(bare[len(by) :]):
        bare = bare[len(by) :]
    leader = row[step - 1].form if step else ""
    led = bare != word.form or leader in folded_set("names", "relays")
    if word.kind == "open":
        return _quoted(text, row, where) if leader in folded_set("names", "quoted_relays") else (0, "")
    if led and word.kind == "word" and _talked_to(row, step, bare):
        return 1, _first_word(text, word, bare) + _latin_tail(text, row, where)
    near = [near for near in row[step + 1 : min(last, step + 6)] if near.kind == "word"]
    line = [replace(word, form=bare), *near]
    if not led or not (_relays(bare) or matches(line, 0, phrases("names", "media_names"))):
        return 0, ""
    return _medium(text, row[step:last], bare)


def _talked_to(row: Row, step: int, bare: str) -> bool:
    """«في حديث مع CNBC», «في تصريح للصباح»: what names a medium only behind a talk."""
    listed = bare in folded_set("names", "outlets") or bare.isascii()
    return listed and any(word.form in folded_set("names", "talks") for word in row[max(0, step - 4) : step])


def _latin_tail(text: str, row: Row, where: tuple[int, int]) -> str:
    """« عربية» behind a Latin name: an adjective that belongs to it."""
    step, last = where
    after = row[step + 1] if step + 1 < last else None
    described = row[step].form.isascii() and after is not None and after.form in folded_set("names", "edition")
    return " " + text[after.start : after.end] if after is not None and described else ""


def _quoted(text: str, row: Row, where: tuple[int, int]) -> tuple[int, str]:
    """«لـ"الجوهرة أف أم"», «عبر "صباح الورد"»."""
    step, last = where
    end = next((k for k in range(step + 1, min(last, step + _LONGEST + 2)) if row[k].kind == "close"), 0)
    if not end or end == step + 1:
        return 0, ""
    return end - step, text[row[step + 1].start : row[end - 1].end]


def _relays(form: str) -> bool:
    """Whether this head noun names what relays others' words: an agency, a channel, a site."""
    return after_article(form) in folded_set("names", "media") or form in folded_set("names", "media")


def _medium(text: str, row: Row, bare: str) -> tuple[int, str]:
    """The medium that the row begins with: the quoted one after «منصته», else the whole phrase."""
    length = phrase_end(row, 1, len(row))
    opened = next((k for k in range(1, min(length, len(row)) + 1) if k < len(row) and row[k].kind == "open"), 0)
    if opened:
        quoted, name = _quoted(text, row, (opened, len(row)))
        own = "" if _relays(bare) or not name else " ".join(text[word.start : word.end] for word in row[1:opened])
        head = "" if _relays(bare) or not name else _first_word(text, row[0], bare)
        return quoted + opened, " ".join(filter(None, (head, own, name)))  # «الجوهرة "أف أم"»
    named = matches([replace(row[0], form=bare), *row[1 : _LONGEST + 1]], 0, phrases("names", "media_names"))
    length = named if named and not _relays(bare) else length
    line = [word for word in row[:length] if word.kind == "word"]
    if not line or (bare in folded_set("names", "own_media") and all(definite(word.form) for word in line[1:])):
        return length, ""
    spelled = [text[word.start : word.end] for word in line]
    spelled[0] = _first_word(text, line[0], bare)
    return length, " ".join(spelled[:_LONGEST])


def _first_word(text: str, word: Word, bare: str) -> str:
    spelled = text[word.start : word.end]
    by: str = table("marks")["by_attached"]
    attached = spelled.startswith(by) and word.form == by + bare
    return spelled[len(by) :] if attached else without_to(spelled) if word.form != bare else spelled


def without_to(text: str) -> str:
    """The word without an attached ل, its article given back, in the article's own spelling."""
    data = table("marks")
    if folded(text).startswith(data["for_the"]):
        return str(data["article"]) + text[2:]
    return text[1:] if text.startswith(data["for_attached"]) else text

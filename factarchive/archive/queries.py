"""The language of queries: words, "phrases", -without and filters such as «حكم:زائف»; the browser parses alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from factarchive.arabic.letters import folded
from factarchive.arabic.stems import is_stop, terms

BOUNDS = ("from", "to")

_QUOTES = '"«»“”„‟'
_PART = re.compile(
    rf"([-−]?)(?:([^\s:：{_QUOTES}]+)[:：]\s*)?(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s{_QUOTES}]*))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for: as typed, in its one spelling, and where in the text it stands first."""

    typed: str
    form: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """A value that a facet must have, or with `-` before it must not have; `typed` is all of it, as written."""

    key: str
    value: str
    negated: bool = False
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. `open` says that its last word may be unfinished; `unread` are days that are none yet."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    filters: tuple[Filter, ...] = ()
    unread: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What a page asks for besides the text; days are ISO days or the beginning of one, both inclusive."""

    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "relevance"  # or "date": newest first
    since: str = ""
    until: str = ""
    limit: int = 10
    offset: int = 0
    live: bool = False  # the last word may be unfinished
    columns: bool = False  # count all facets
    pasted: bool = False  # the text is somebody else's, however short: all of it is words


def filter_names() -> dict[str, str]:
    """Each folded name that a filter may have in a query, with the key that it stands for."""
    table = tomllib.loads((files("factarchive.archive") / "queries.toml").read_text(encoding="utf-8"))
    return {folded(name): key for key, names in table.items() for name in (key, *names)}


def day_bound(value: str) -> str:
    """A day, month or year as the beginning of YYYYMMDD, in either order of its parts; nothing where it is none yet."""
    parts = [part for part in re.split("[^0-9]+", value) if part][:3]
    if len(parts) > 1 and len(parts[-1]) == 4:
        parts.reverse()  # «18/3/2025»
    if not parts or len(parts[0]) not in ((4,) if parts[1:] else (4, 6, 8)):
        return ""
    return "".join(part.rjust(2, "0") for part in parts)


def parse(text: str, names: Mapping[str, str], pasted: int) -> Query:
    """The query that a text states; `names` are the names of filters, as `filter_names` gives them.

    Stop words count only where there are no others; what has an unknown name before a colon is plain words, and of a
    text of more than `pasted` words, which is somebody else's, all is.
    """
    asked = _parsed(text, names)
    return asked if len(asked.words) <= pasted else only_words(text)


def only_words(text: str) -> Query:
    """The query of a text that is all words, whatever it looks like."""
    said = _telling(_first_of_each(_words(text, 0)))
    return _query(said, text, said[-1].form if said else "")


def _parsed(text: str, names: Mapping[str, str]) -> Query:
    words: list[Word] = []
    phrases, without, filters, unread = [], [], [], []
    last = ""
    for match in _PART.finditer(text):
        minus, name, quoted, plain = match.groups()
        key, value = names.get(folded(name or "")), folded(quoted or plain or "").strip()
        if key in BOUNDS and not "0" <= value[:1] <= "9":
            key = None
        at = match.start() + len(minus)
        found = _words(text[at : match.end()], at)
        forms = tuple(word.form for word in found)
        if key and value:
            value = day_bound(value) if key in BOUNDS else value
            filters += [Filter(key, value, bool(minus), match.group())] if value else []
            unread += [] if value else [match.group()]
        elif key or not forms:  # a filter that has no value yet
            continue
        elif minus:
            without.append(forms)
        else:
            words += found
            last = forms[-1] if quoted is None else ""
            phrases += [forms] if quoted is not None else []
    asked = _query(_first_of_each(words), text, last)
    return replace(asked, phrases=tuple(phrases), without=tuple(without), filters=tuple(filters), unread=tuple(unread))


def _words(text: str, at: int) -> list[Word]:
    """The words of a part of a text that begins at an offset."""
    return [Word(text[start:end], form, at + start) for form, start, end in terms(text)]


def _first_of_each(words: Sequence[Word]) -> list[Word]:
    found: dict[str, Word] = {}
    for word in words:
        found.setdefault(word.form, word)
    return list(found.values())


def _telling(words: Sequence[Word]) -> Sequence[Word]:
    return [word for word in words if not is_stop(word.form)] or words


def _query(words: Sequence[Word], text: str, last: str) -> Query:
    """The words to look for; the last one may be unfinished where the text ends with it."""
    said = _telling(words)
    is_open = bool(said) and said[-1].form == last and text.endswith(said[-1].typed)
    return Query(tuple(said), open=is_open)

"""The language of queries: words, "phrases", -without and filters such as «حكم:زائف»; the browser parses alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """A word to look for: as typed, and in its one spelling."""

    typed: str
    form: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A value that a facet must have, or with `-` before it must not have."""

    key: str
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. `open` says that its last word may be unfinished."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    filters: tuple[Filter, ...] = ()
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


def filter_names() -> dict[str, str]:
    """Each folded name that a filter may have in a query, with the key that it stands for."""
    table = tomllib.loads((files("factarchive.archive") / "queries.toml").read_text(encoding="utf-8"))
    return {folded(name): key for key, names in table.items() for name in (key, *names)}


def parse(text: str, names: Mapping[str, str]) -> Query:
    """The query that a text states; `names` are the names of filters, as `filter_names` gives them.

    Stop words count only where there are no others; what has an unknown name before a colon is plain words.
    """
    words: dict[str, Word] = {}
    phrases, without, filters = [], [], []
    last = ""
    for match in _PART.finditer(text):
        minus, name, quoted, plain = match.groups()
        key, value = names.get(folded(name or "")), folded(quoted or plain or "").strip()
        if key in BOUNDS and not "0" <= value[:1] <= "9":
            key = None
        whole = match.group()[len(minus) :]
        found = [Word(whole[start:end], form) for form, start, end in terms(whole)]
        forms = tuple(word.form for word in found)
        if key and value:
            filters.append(Filter(key, value, bool(minus)))
        elif key or not forms:  # a filter that has no value yet
            continue
        elif minus:
            without.append(forms)
        else:
            words |= {word.form: word for word in found if word.form not in words}
            last = forms[-1] if quoted is None and text.endswith(found[-1].typed) else ""
            phrases += [forms] if quoted is not None else []
    said = [word for word in words.values() if not is_stop(word.form)] or list(words.values())
    is_open = bool(said) and said[-1].form == last
    return Query(tuple(said), tuple(phrases), tuple(without), tuple(filters), is_open)

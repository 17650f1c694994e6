"""Names: who a noun phrase names, without titles, in the fullest spelling that the article gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.verbs import is_finite, participle
from factarchive.arabic.words import (
    Word,
    after_article,
    after_conjunction,
    folded_set,
    matches,
    opens_complement,
)

__all__ = ["Name", "Names", "find_names", "name_at", "phrase_end", "read_name", "without_preposition"]

Row = Sequence[Word]
NameKind = Literal["person", "body", "role", "plain"]

_LONGEST = 14  # words of a noun phrase
_LONGEST_PERSON = 4
_CROWD = 50  # so many namesakes that a short form says nothing


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the article spells it, the folded words of its title or its head noun, and where it stands."""

    text: str
    kind: NameKind
    title: tuple[str, ...]
    start: int

    @property
    def form(self) -> str:
        """The folded name, for comparing."""
        return folded(self.text)


def phrase_end(row: Row, at: int, limit: int) -> int:
    """Where the noun phrase that starts at `at` ends: before a particle, a verb, a mark or a complement."""
    end = min(limit, at + _LONGEST)
    step = at
    while step < end and not _stops(row, step, at):
        step += 1
    return step


def _stops(row: Row, step: int, first: int) -> bool:
    word = row[step]
    if word.kind == "open":
        return not any(w.kind == "close" for w in row[step + 1 : step + 5])
    if word.kind == "close":
        return False
    if word.kind != "word" or opens_complement(word.form) or participle(word.form):
        return True
    if word.form in folded_set("marks", "particles") or word.form in _weekdays():
        return True
    if step == first:
        by = table("marks")["by_attached"]
        governed = word.form.startswith(by) and after_article(word.form[1:]) != word.form[1:]
        return governed or word.form.startswith(table("marks")["for_the"])
    return is_finite(word.form) or _joins(row, step, first) or _goes_to(word.form)


def _joins(row: Row, step: int, first: int) -> bool:
    """Whether a conjunction ends the phrase: it does not in «وزير التنمية والاستثمار»."""
    bare = after_conjunction(row[step].form)
    if bare == row[step].form:
        return False
    head = after_conjunction(row[first].form)
    goes_on = _definite(bare) and not _role(bare) and _definite(row[step - 1].form)
    return not (goes_on and (_role(head) or _body(head)))


def _goes_to(form: str) -> bool:
    """Whether the word is «لوكالة» or «لنظيره»: to whom it was said, not who said it."""
    bare = without_preposition(form)
    if bare == form:
        return False
    return after_article(bare) in folded_set("names", "media") or bool(_titled_word(bare))


def without_preposition(form: str) -> str:
    """The form without an attached ل, with its article given back."""
    data = table("marks")
    to, to_the, article = data["for_attached"], data["for_the"], data["article"]
    if form.startswith(to_the) and len(form) > 4:
        return str(article) + form[len(to_the) :]
    return form[len(to) :] if form.startswith(to) and len(form) > 3 else form


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(folded(w) for listed in table("dates")["weekdays"].values() for w in listed)


@cache
def _titles() -> frozenset[str]:
    """Every title without its article, in both genders."""
    feminine = folded(table("marks")["feminine"])
    listed = folded_set("names", "titles")
    return listed | {title + feminine for title in listed}


def _role(form: str) -> str:
    """The title that a form is, without its article; empty for none."""
    bare = after_article(form)
    return bare if bare in _titles() else ""


def _titled_word(form: str) -> str:
    """The title that a form is, or the form itself where it is one with a pronoun: «نظيره»."""
    return form if form in folded_set("names", "possessed_titles") else _role(form)


def _body(form: str) -> str:
    bare = after_article(form)
    return bare if bare in folded_set("names", "bodies") else ""


def _definite(form: str) -> bool:
    return after_article(form) != form or form.startswith(table("marks")["for_the"])


def read_name(text: str, row: Row, at: int, end: int) -> Name | None:
    """Who the words [at, end) name; None when there are none."""
    line = [word for word in row[at:end] if word.kind == "word"]
    if not line:
        return None
    first = line[0].form
    known = matches(line, 0, _known_phrases())
    if known and known == len(line):
        return Name(_spelled(text, line), "body", _head(first), line[0].start)
    if _titled_word(first):
        return _titled(text, line)
    if _body(first):
        length = _body_length(line)
        return Name(_spelled(text, line[:length]), "body", _head(first), line[0].start)
    if _definite(first):
        return Name(_spelled(text, line), "plain" if len(line) == 1 else "body", (), line[0].start)
    length = _person_length(line)
    return Name(_spelled(text, line[:length]), "person" if length > 1 else "plain", (), line[0].start)


def _head(form: str) -> tuple[str, ...]:
    return (_body(form),) if _body(form) else ()


def _titled(text: str, line: Sequence[Word]) -> Name:
    """The name after a title; the whole phrase where only the role is named."""
    length = _title_length(line)
    head, rest = _title(line[:length]), line[length:]
    if not rest:
        return Name(_spelled(text, line), "role", head, line[0].start)
    return Name(_spelled(text, rest[: _person_length(rest)]), "person", head, rest[0].start)


def _title(line: Sequence[Word]) -> tuple[str, ...]:
    """The words of a title without articles, for comparing: «نقيب الموسيقيين» is in «نقيب الفنانين الموسيقيين»."""
    return tuple(after_article(after_conjunction(word.form)) for word in line)


def _title_length(line: Sequence[Word]) -> int:
    """How many words are the title and what it governs: «وزير الخارجية الأميركي» is three."""
    forms = [line[0].form, *(after_conjunction(word.form) for word in line[1:])]
    possessed = forms[0] in folded_set("names", "possessed_titles")
    length, wants = 1, not _definite(forms[0]) and not possessed
    for form in forms[1:]:
        more = form in folded_set("names", "title_more") or _role(form) or _body(without_preposition(form))
        if _definite(form):
            wants = False
        elif more:
            wants = True
        elif wants:
            wants = False
        else:
            break
        length += 1
    return length


def _body_length(line: Sequence[Word]) -> int:
    """How many words an institution's name has: its head, what it governs, and what describes that."""
    length, bare = 1, 0
    for word in line[1:]:
        if _role(word.form):
            break
        if not _definite(word.form):
            bare += 1
            if bare > 2 or _definite(line[length - 1].form):
                break
        length += 1
    return length


def _person_length(line: Sequence[Word]) -> int:
    """How many words a person's name has."""
    if len(line) <= _LONGEST_PERSON and not any(_role(word.form) for word in line[1:]):
        return len(line)
    return _short_person_length(line)


def _short_person_length(line: Sequence[Word]) -> int:
    """Two words, and more only where a link («بن», «عبد») or an article says so."""
    length, links = 0, folded_set("names", "links")
    for word in line[:6]:
        if length and _role(word.form):
            break
        if length >= 2 and not _definite(word.form) and line[length - 1].form not in links:
            break
        if length >= 3 and _definite(line[length - 1].form):
            break
        length += 1
    return length


def _spelled(text: str, line: Sequence[Word]) -> str:
    """The words as the article spells them, one blank between them."""
    return " ".join(text[word.start : word.end] for word in line)


@cache
def _known_phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in _known():
        by_first.setdefault(form.split()[0], []).append(tuple(form.split()))
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}


@cache
def _known() -> Mapping[str, str]:
    """Institutions that may stand with no title: folded alias to canonical name."""
    return {folded(alias): row[0] for row in table("names")["known"] for alias in row}


def name_at(text: str, row: Row, at: int, limit: int) -> tuple[Name | None, int]:
    """The name that starts at `at`, and where it ends; «نقيب الفنانين، مقداد السهيلي» is one."""
    while at < limit and (row[at].form in folded_set("dates", "days") or row[at].form in _weekdays()):
        at += 1
    end = phrase_end(row, at, limit)
    name = read_name(text, row, at, end)
    if name is None or name.kind != "role" or end + 2 >= limit or row[end].form not in _commas():
        return name, end
    second = phrase_end(row, end + 1, limit)
    person = read_name(text, row, end + 1, second)
    if person and person.kind == "person" and second - end - 1 <= _LONGEST_PERSON:
        return Name(person.text, "person", name.title, person.start), second
    return name, end


@cache
def _commas() -> frozenset[str]:
    return frozenset(table("marks")["commas"])


def find_names(text: str, row: Row) -> Iterator[Name]:
    """Names that announce themselves by a title or an institution's head noun, anywhere in a row of words."""
    for at, word in enumerate(row):
        bare = _free(word.form)
        if word.kind != "word" or not (_titled_word(bare) or _body(bare)):
            continue
        line = [w for w in row[at : phrase_end(row, at, len(row))] if w.kind == "word"]
        cut = len(word.form) - len(bare)
        line[:1] = [replace(word, start=word.start + max(cut, 0), form=bare)]
        name = _found(text, line, titled=bool(_titled_word(bare))) or _apposed(text, row, at, bare)
        if name is not None:
            yield name


def _apposed(text: str, row: Row, at: int, title: str) -> Name | None:
    """«الرئيس السابق للاتحاد، جوزيف بلاتر»."""
    window = [replace(row[at], form=title), *row[at + 1 : at + 2 * _LONGEST]]
    name, _ = name_at(text, window, 0, len(window)) if _titled_word(title) else (None, 0)
    return name if name and name.kind == "person" else None


def _free(form: str) -> str:
    """The form without the conjunction and the preposition written on to a title or a head noun."""
    bare = after_conjunction(form)
    for shorter in (bare, without_preposition(bare), bare[1:]):
        attached = shorter == bare or bare[0] in table("marks")["prepositions_attached"]
        if attached and (_titled_word(shorter) or _body(shorter)):
            return shorter
    return bare


def _found(text: str, line: list[Word], *, titled: bool) -> Name | None:
    if not titled:
        body = line[: _body_length(line)]
        return Name(_spelled(text, body), "body", _head(line[0].form), line[0].start)
    length = _title_length(line)
    rest = line[length:]
    person = rest[: _short_person_length(rest)]
    if len(person) < 2 or any(_body(word.form) for word in person):
        return None
    return Name(_spelled(text, person), "person", _title(line[:length]), person[0].start)


class Names:
    """The names of one article, by which short forms and pointing words are resolved."""

    def __init__(self, found: Iterable[Name], speakers: Mapping[str, str]) -> None:
        self._speakers = {folded(alias): name for alias, name in speakers.items()}
        self._found = tuple(sorted(found, key=lambda name: name.start))
        full: dict[str, str] = {}
        for name in self._found:
            if name.kind in ("person", "body") and " " in name.form:
                full.setdefault(name.form, name.text)
        self._full = full
        self._by_head: dict[str, list[Name]] = {}
        for name in self._found:
            if " " in name.form and name.title and name.kind != "role":
                self._by_head.setdefault(name.title[0], []).append(name)
        self._by_part: dict[str, list[str]] = {}
        for form in full:
            for part in {*form.split(), *map(after_article, form.split())}:
                self._by_part.setdefault(part, []).append(form)

    def resolve(self, name: Name, *, before: int) -> str | None:
        """The canonical name; None where the words only point and nothing says at whom."""
        forms = name.form.split()
        if name.form in folded_set("names", "joint"):
            return None
        listed = self._speakers.get(name.form)
        if listed:
            return listed
        if name.kind == "role" or (len(forms) == 1 and self._points(forms[0])):
            bearer = self._bearer(tuple(map(after_article, forms)), before)
            return bearer or (name.text if len(forms) > 1 else None)
        for length in range(len(forms), 0, -1):
            longer = self._longer(forms[:length])
            if longer:
                return longer
        return self._listed(name.form) or name.text

    def full(self, name: Name) -> bool:
        """Whether the article or the archive has this as a full name."""
        return name.form in self._full or name.form in self._speakers

    def _listed(self, form: str) -> str | None:
        return self._speakers.get(form) or _known().get(form)

    def _points(self, form: str) -> bool:
        pointing = form in folded_set("names", "pointing")
        return pointing or (_definite(form) and bool(_role(form) or _body(form)))

    def _bearer(self, title: tuple[str, ...], before: int) -> str | None:
        """The name that last stood with this title or head noun, or, in a headline, that first will."""
        held = self._by_head.get(title[0], [])
        at = bisect_left(held, before, key=lambda name: name.start)
        near = [*held[max(0, at - 20) : at][::-1], *held[at : at + 20]]
        wanted = set(title)
        found = next((name for name in near if wanted <= set(name.title)), None)
        return self._full_text(found.form) if found else None

    def _longer(self, forms: list[str]) -> str | None:
        """The one full name of the article that holds these words in this order; None for none or for two."""
        if forms[0] in _titles() or forms[0] in folded_set("marks", "particles"):
            return None
        if len(forms) == 1 and _body(forms[0]):
            return None
        candidates = self._by_part.get(forms[-1], [])
        if len(candidates) > _CROWD:
            return None
        short = " ".join(forms)
        holding = {self._full_text(c) for c in candidates if _holds(c, short)}
        return holding.pop() if len(holding) == 1 else None

    def _full_text(self, form: str) -> str:
        """The longest name of the article that begins with this one."""
        namesakes = self._by_part.get(form.split()[0], [])
        longer = [f for f in namesakes[:_CROWD] if f.startswith(form + " ")]
        best = max(longer, key=len, default=form)
        return self._listed(best) or self._full.get(best, best)


def _holds(full: str, short: str) -> bool:
    return f" {short} " in f" {full} "

"""Propositions: one short text analysed once, so that it can be compared with many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from factarchive.arabic.dates import Dated, dates_among
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.oppositions import denies
from factarchive.arabic.quantities import Quantity, quantities_among
from factarchive.arabic.segments import Span
from factarchive.arabic.senses import Sense, named_phrases, sense_of
from factarchive.arabic.skeletons import split_clitics
from factarchive.arabic.verbs import is_future, is_past
from factarchive.arabic.words import Word, matches, words

__all__ = ["Cue", "Measure", "Proposition", "Term", "proposition"]

Row = Sequence[Word]

_OVER = "over"
_LABEL, _ORDINAL = "#", "#th"  # the units of numbers that count nothing


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a name of several, in its place, with what is written on before it."""

    span: Span
    clitics: str
    sense: Sense

    @property
    def form(self) -> str:
        """The folded word as it is written, or the folded name."""
        return self.sense.form

    @property
    def stem(self) -> str:
        """The word without clitics and endings."""
        return self.sense.stem

    @property
    def root(self) -> str:
        """The consonants that its family shares."""
        return self.sense.root

    @property
    def place(self) -> str | None:
        """The state, or the institution of the lists, that it names."""
        return self.sense.place

    @property
    def named(self) -> bool:
        """Whether it is a name, or the adjective of one."""
        return self.sense.named


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in the smallest unit of its measure, with its bound: «over», «under», «about», or none.

    «#» is the unit of a number that only names.
    """

    span: Span
    value: float
    unit: str | None
    bound: str | None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that turn a sentence: their kind, the list they are of, and the term that follows, by its index."""

    kind: str
    value: str
    span: Span
    target: int


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one short text says, as far as its words show it; no word of it is judged."""

    text: str
    published: date | None
    terms: tuple[Term, ...]
    measures: tuple[Measure, ...]
    dates: tuple[Dated, ...]
    cues: tuple[Cue, ...]
    letters: frozenset[str]


def proposition(text: str, published: date | None = None) -> Proposition:
    """The text analysed; dates are resolved where the day of publication is given."""
    row = words(text, Span(0, len(text)))
    dates = dates_among(text, row, published)
    quantities = quantities_among(text, row, [(d.start, d.end) for d in dates])
    cues, used = _cues(row)
    counted = tuple(_measures(row, quantities))
    spans = [Span(d.start, d.end) for d in dates] + [m.span for m in counted]
    taken = {at for span in spans for at in range(span.start, span.end)}
    labels = tuple(_labels(row, taken))
    # What a number counts is a word of its own: «20 قتيلا» beside «سقوط قتلى».
    nouns = {word.start for m in counted if m.unit and m.unit != "%" for word in row if word.end == m.span.end}
    cues = [cue for cue in cues if cue[0] != "negation" or cue[2].start not in taken]  # «دون 70 دولارا» is a bound
    used |= {k for k, word in enumerate(row) if word.start in taken - nouns}
    terms = tuple(_terms(row, used))
    return Proposition(
        text=text,
        published=published,
        terms=terms,
        measures=(*counted, *labels),
        dates=dates,
        cues=tuple(_aimed(cues, terms)),
        letters=frozenset().union(*(term.sense.letters for term in terms)),
    )


# ---------------------------------------------------------------- terms


def _terms(row: Row, used: frozenset[int]) -> Iterator[Term]:
    """What is left of the words, each name of several words as one."""
    phrases_at = {at: (length, name) for at, length, name in named_phrases(row)}
    at = 0
    while at < len(row):
        length, name = phrases_at.get(at, (1, ""))
        word = row[at]
        if name or (word.kind in ("word", "number") and word.form not in _stops() and at not in used):
            before = row[at - 1].form if at else ""
            joined = before if before in _conjunctions() else ""  # «و» that stands alone counts as written on
            span = Span(word.start, row[at + length - 1].end)
            yield Term(span, joined + split_clitics(word.form)[0], sense_of(name or word.form))
        at += length


@cache
def _conjunctions() -> frozenset[str]:
    return frozenset(table("marks")["conjunctions"])


@cache
def _stops() -> frozenset[str]:
    data = table("oppositions")
    return folded_set("stems", "stop", "words") | frozenset(folded(w) for w in data["speech"]["words"])


# ---------------------------------------------------------------- quantities


def _measures(row: Row, quantities: Sequence[Quantity]) -> Iterator[Measure]:
    for found in quantities:
        first = next((at for at, word in enumerate(row) if word.end > found.start), 0)
        after = next((at for at, word in enumerate(row) if word.start >= found.end), len(row))
        bound, start = _bound(row, first, after)
        unit = folded(found.unit) if found.unit else None
        bound = bound or (_OVER if row[first].kind == "word" and _is_lower(row, first, after) else None)
        measure, scale = _units().get(unit or "", (unit, 1.0))
        yield Measure(Span(min(start, found.start), found.end), float(found.value) * scale, measure, bound)


@cache
def _units() -> dict[str, tuple[str, float]]:
    """The measure of each unit that has one, and how much of it the unit is."""
    listed = table("oppositions")["measures"].items()
    return {folded(unit): (measure, float(scale)) for measure, units in listed for unit, scale in units.items()}


def _is_lower(row: Row, first: int, after: int) -> bool:
    """Whether only words such as «آلاف» make this number: at least so many."""
    lower = {folded(form) for forms in table("numbers")["lower_bounds"].values() for form in forms}
    return split_clitics(row[first].form)[1] in lower or (after - first > 1 and row[first + 1].form in lower)


def _labels(row: Row, taken: set[int]) -> Iterator[Measure]:
    """Numbers that name and do not count: a year beside a title, «الثاني»."""
    for word in row:
        if word.start in taken or not (word.kind == "number" or _ordinals().get(split_clitics(word.form)[1])):
            continue
        digits = word.kind == "number"
        value = word.form if digits and word.form.isdecimal() else _ordinals().get(split_clitics(word.form)[1])
        if value is not None:
            yield Measure(Span(word.start, word.end), float(value), _LABEL if digits else _ORDINAL, None)


@cache
def _ordinals() -> dict[str, str]:
    return {folded(w): n for n, listed in table("oppositions")["ordinals"].items() for w in listed}


def _bound(row: Row, first: int, after: int) -> tuple[str | None, int]:
    """The bound that stands right before a number, or right after it, and where its words begin."""
    for name in table("oppositions")["bounds"]:
        listed = phrases("oppositions", "bounds", name)
        for length in (3, 2, 1):
            if first >= length and matches(row, first - length, listed) == length:
                return name, row[first - length].start
        if after < len(row) and matches(row, after, listed) and name == "about":
            return name, row[first].start
    return None, row[first].start if first < len(row) else 0


# ---------------------------------------------------------------- cues


def _cues(row: Row) -> tuple[list[tuple[str, str, Span]], frozenset[int]]:
    """The turning words of a text with their lists, and the positions of the small ones, which are no terms."""
    found: list[tuple[str, str, Span]] = []
    used: set[int] = set()
    at = 0
    while at < len(row):
        if row[at].kind != "word":
            at += 1
            continue
        passed = matches(row, at, phrases("oppositions", "negations", "not_denials"))
        if passed:
            used.update(range(at, at + passed))
            at += passed
            continue
        length, listed = _cue_at(row, at)
        for kind, value in listed:
            found.append((kind, value, Span(row[at].start, row[at + length - 1].end)))
            if kind in ("quantifier", "condition") or value in ("clause", "word", "may", "must"):
                used.update(range(at, at + length))
        at += max(length, 1)
    return found, frozenset(used)


_QUANTIFIERS = ("all", "most", "many", "dozens", "hundreds", "thousands", "millions", "some", "few", "only", "none")
_CUES = (
    *(("quantifier", "quantifiers", name) for name in _QUANTIFIERS),
    *(("negation", "negations", name) for name in ("clause", "word")),
    *(("modality", "modalities", name) for name in ("must", "may", "want", "will")),
    ("condition", "conditions", "words"),
)  # the kind of a cue, its table and its list


def _cue_at(row: Row, at: int) -> tuple[int, list[tuple[str, str]]]:
    """The longest listed phrase that starts here, and the lists it is on."""
    found = list(_phrases_at(row, at))
    best = max((length for length, *_ in found), default=0)
    if found:
        return best, list(dict.fromkeys((kind, value) for length, kind, value in found if length == best))
    if denies(row[at].form):
        return 1, [("negation", "verb")]
    if is_future(row[at].form):
        return 1, [("modality", "will")]
    return (1, [("modality", "did")]) if is_past(row[at].form) else (0, [])


def _phrases_at(row: Row, at: int) -> Iterator[tuple[int, str, str]]:
    for key in _cue_keys(row[at].form):
        window = [Word(row[at].start, row[at].end, key, "word"), *row[at + 1 : at + 4]]
        for kind, name, value in _CUES:
            length = matches(window, 0, phrases("oppositions", name, value))
            if length:
                yield length, kind, value


@lru_cache(1 << 15)
def _cue_keys(form: str) -> tuple[str, ...]:
    """A form, and it without a conjunction, where a listed phrase may begin so."""
    _, bare = split_clitics(form)
    joined = form[1:] if form[:1] in table("stems")["conjunctions"] and len(form) > 2 else form
    return tuple(dict.fromkeys(key for key in (form, joined, bare) if key in _cue_beginnings()))


@cache
def _cue_beginnings() -> frozenset[str]:
    return frozenset(first for _, name, value in _CUES for first in phrases("oppositions", name, value))


def _aimed(cues: Sequence[tuple[str, str, Span]], terms: Sequence[Term]) -> Iterator[Cue]:
    """Each cue with the first term at it or after it."""
    for kind, value, span in cues:
        low = span.end if value == "verb" else span.start
        target = next((k for k, term in enumerate(terms) if term.span.start >= low), len(terms))
        yield Cue(kind, value, span, target)

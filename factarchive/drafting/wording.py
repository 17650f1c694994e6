"""Wordings: a claim in words that stand alone, by rules that never change what it says; else its quote as it is.

Two things are resolved: dates that mean something only on the article's day, and a pronoun in front that can only
be the one who speaks. Words in quotation marks keep their grammar, so that nobody is quoted with words of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from factarchive.arabic.dates import Dated
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.quantities import small_number
from factarchive.arabic.segments import Span
from factarchive.arabic.verbs import is_future, is_past, saying_verb
from factarchive.arabic.voices import NARRATOR, UNKNOWN
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, opens_complement, words
from factarchive.drafting.claims import FoundClaim

__all__ = ["DayWords", "Wording", "day_words", "notes_on", "worded"]

DayWords = Callable[[str], str]  # «17 مارس 2025» for 2025-03-17, as precisely as it is known

_NEAR = 200  # characters before a claim within which its cue is looked for
_PHRASE = 6  # words of a plain subject: a title and a name
_YEAR = 4
_MONTH = len("2025-03")
_DAY = len("2025-03-17")


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's words as they stand alone, the rules that made them, and the relative dates left as they were."""

    text: str
    rules: tuple[str, ...]
    unresolved: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text or not self.rules:
            raise ValueError("a wording has words, and a rule that gave them")


def day_words(value: str) -> str:
    """A day, a month or a year in the words of plain Arabic; a site may write months otherwise."""
    year, *rest = value.split("-")
    months = table("dates")["months"]
    month = [months[str(int(rest[0]))][0]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join((*day, *month, year))


def worded(text: str, claim: FoundClaim, day: DayWords = day_words) -> Wording:
    """The claim's self-contained wording; `text` is its whole article."""
    context = _Context(text, claim)
    rules: list[str] = []
    unresolved: list[str] = []
    front, at = _front(context)
    if front:
        rules.append(front[0])
    pieces = [front[1]] if front else []
    for dated in claim.dates:
        said = _resolved(context, dated, day) if dated.start >= at else None
        if said is not None:
            pieces += [text[at : dated.start], said]
            at = dated.end
            rules.append("wording-date")
        elif _is_relative(text, dated):
            unresolved.append(dated.text)
    pieces.append(text[at : claim.end])
    return Wording("".join(pieces), tuple(dict.fromkeys(rules)) or ("wording-quote",), tuple(unresolved))


@dataclass(frozen=True, slots=True)
class _Context:
    """A claim and what stands before it in its paragraph."""

    text: str
    claim: FoundClaim

    @property
    def before(self) -> tuple[Word, ...]:
        """The words before the claim, a few and within its paragraph."""
        return _before(self.text, self.claim.start, _NEAR)

    @property
    def row(self) -> tuple[Word, ...]:
        """The claim's own words."""
        return words(self.text, Span(self.claim.start, self.claim.end))

    @property
    def spoken(self) -> bool:
        """Whether words of the claim are somebody's own."""
        return self.claim.form in ("direct", "mixed")


def _before(text: str, end: int, most: int) -> tuple[Word, ...]:
    """The words right before an offset: so many characters of its paragraph at most."""
    low = max(0, end - most)
    return words(text, Span(max(low, text.rfind("\n", low, end) + 1), end))


# ---------------------------------------------------------------- who


def _front(context: _Context) -> tuple[tuple[str, str] | None, int]:
    """The rule and the words that replace the claim's first ones, and where its text goes on."""
    claim, start = context.claim, context.claim.start
    if context.spoken or claim.speaker != (claim.source,) or claim.source in (NARRATOR.source, UNKNOWN):
        return None, start
    before, row = context.before, context.row
    gap, agreement = _after_cue(context, before)
    pronoun = table("wording")["pronouns"].get(agreement)
    if gap is None or pronoun is None or not row:
        return None, start
    if gap and opens_complement(gap[-1].form):
        own = gap[-1].form.endswith(folded(pronoun["suffix"])) and not _is_bare(gap[-1].form)
        # «وأضاف أنه»: without its subject beside the verb, «he» may be whom the sentence before spoke of.
        if own and len(gap) > 1 and _is_plain(gap[:-1], claim.source) and _is_personal(row, agreement):
            return ("wording-subject", f"{claim.source} "), start
        return None, start
    linked = gap[:-1] if gap and gap[-1].form in folded_set("wording", "dates", "links") else gap
    noun = _own_noun(row[0].form, pronoun["suffix"])
    if noun and _is_plain(linked, claim.source):
        return ("wording-own", f"{noun} {claim.source}"), row[0].end
    return None, start


def _after_cue(context: _Context, before: Sequence[Word]) -> tuple[Sequence[Word] | None, str]:
    """The words between the claim's cue and the claim, and how the cue's verb agrees with its subject."""
    cue = folded(context.claim.cue or "").split()
    at = next((k for k in range(len(before) - 1, -1, -1) if cue and after_conjunction(before[k].form) == cue[0]), None)
    verb = saying_verb(cue[0]) if cue else None
    if at is None or verb is None or verb.kind in ("tell", "accuse"):
        return None, ""
    listeners = folded_set("names", "takes_person") | folded_set("names", "needs_person")
    return (None, "") if folded(verb.lemma) in listeners else (before[at + len(cue) :], verb.agreement)


def _is_bare(form: str) -> bool:
    """Whether a complementiser carries no pronoun."""
    return form in {folded(word) for word in table("marks")["that"]}


def _is_plain(gap: Sequence[Word], source: str) -> bool:
    """Whether these words are one short subject or none: no second person, no place, no aside."""
    others = [word for word in gap if word.form not in folded(source).split()]
    apart = folded_set("marks", "particles")
    attached: str = table("marks")["for_attached"]
    plain = all(w.kind == "word" and w.form not in apart and not w.form.startswith(attached) for w in others)
    return plain and len(gap) <= _PHRASE and all(after_conjunction(w.form) == w.form for w in others)


def _is_personal(row: Sequence[Word], agreement: str) -> bool:
    """Whether the first verb has somebody as its subject, and agrees with the pronoun."""
    at = int(row[0].form in folded_set("wording", "verbs", "before"))
    # «إنه زار 5000 سائح المتحف»: the number is the subject.
    counted = len(row) > at + 1 and (row[at + 1].kind == "number" or small_number(row[at + 1].form))
    return len(row) > at and row[at].form in _personal(agreement) and not counted


@cache
def _personal(agreement: str) -> frozenset[str]:
    pronoun, weak = table("wording")["pronouns"][agreement], tuple(table("wording")["verbs"]["weak"])
    future: str = table("verbs")["future"]["prefix"]
    forms = set()
    for line in table("wording")["verbs"]["personal"].split("\n"):
        if line.strip():
            perfect, imperfect = line.split()
            stem = perfect[:-1] if pronoun["perfect"] and perfect.endswith(weak) else perfect
            present = pronoun["imperfect"] + imperfect[1:]
            forms |= {stem + pronoun["perfect"], present, future + present}
    return frozenset(map(folded, forms))


def _own_noun(form: str, suffix: str) -> str | None:
    """«نية» for «نيتها»: the noun without its pronoun."""
    return _own_nouns(suffix).get(form)


@cache
def _own_nouns(suffix: str) -> Mapping[str, str]:
    own = table("wording")["own"]
    closed, opened = own["closed_end"], own["open_end"]
    stems = {noun: noun[:-1] + opened if noun.endswith(closed) else noun for noun in own["nouns"]}
    return {folded(stem + suffix): noun for noun, stem in stems.items()}


# ---------------------------------------------------------------- when


def _resolved(context: _Context, dated: Dated, day: DayWords) -> str | None:
    """A dated expression in words that mean the same on any day; None where they would or might not."""
    row = words(context.text, Span(dated.start, dated.end))
    if dated.value is None or not row or _has_year(row) or _is_blocked(context, dated):
        return None
    turn = _is_turn(row[-1].form)
    if _is_month_named(row):
        return _with_year(context, dated, row[:-1] if turn else row)
    lead = 0
    while lead < len(row) - 1 and row[lead].form in folded_set("dates", "words", "day"):
        lead += 1
    written = context.text[dated.start : row[lead].start]
    if len(dated.value) < _DAY:
        return _unit(context.text, row, dated.value, day) if turn and not lead else None
    named = _weekday_in(row[lead:])
    if lead and row[lead - 1].form in folded_set("wording", "dates", "nights"):
        return None  # «ليلة السبت» is the night before Saturday, «ليلة أمس» the night after that day
    if not _is_certain(context, row[lead:], dated.value):
        return None
    weekday = context.text[named.start : named.end] if named else _weekday_of(dated.value)
    return f"{written}{weekday} {day(dated.value)}"


def _is_relative(text: str, dated: Dated) -> bool:
    """Whether these words mean another date on another day."""
    return not _has_year(words(text, Span(dated.start, dated.end)))


def _has_year(row: Sequence[Word]) -> bool:
    return any(word.form.isdecimal() and len(word.form) == _YEAR for word in row)


def _is_turn(form: str) -> bool:
    return any(form in folded_set("dates", "words", key) for key in ("past", "future", "present"))


def _is_blocked(context: _Context, dated: Dated) -> bool:
    """Whether its neighbours make it another date: «أمس الأول», «قبل يومين من», «إلى اليوم», a channel's name."""
    before = _before(context.text, dated.start, _NEAR // 4)
    after = words(context.text, Span(dated.end, min(context.claim.end + 1, dated.end + _NEAR // 4)))
    blocked = after and (after[0].kind == "number" or after[0].form in folded_set("wording", "dates", "blocked_after"))
    if blocked or not before:
        return bool(blocked)
    first = folded(dated.text).split()[0]
    today = first in folded_set("wording", "dates", "today")
    until = today and before[-1].form in folded_set("wording", "dates", "blocked_today")
    return until or before[-1].form in folded_set("wording", "dates", "blocked_before")


def _is_month_named(row: Sequence[Word]) -> bool:
    return any(matches(row, at, _months()) for at in range(len(row)))


@cache
def _months() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for listed in table("dates")["months"].values():
        for name in listed:
            parts = tuple(folded(name).split())
            by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(rest) for first, rest in by_first.items()}


def _with_year(context: _Context, dated: Dated, row: Sequence[Word]) -> str | None:
    """A day and month as written, with the year; not after another year, since it may be of that one."""
    year = (dated.value or "")[:_YEAR]
    earlier = _before(context.text, dated.start, 2 * _NEAR)
    if any(_has_year([word]) and word.form != year for word in earlier):
        return None
    return f"{context.text[dated.start : row[-1].end]} {year}"


def _unit(text: str, row: Sequence[Word], value: str, day: DayWords) -> str | None:
    """«عام 2024» for «العام الماضي», «فبراير 2025» for «الشهر الماضي»."""
    if len(value) == _MONTH:
        return day(value)
    if len(value) != _YEAR or len(row) != 2 or after_article(row[0].form) == row[0].form:
        return None
    unit = text[row[0].start : row[0].end]
    bare = unit[len(table("marks")["article"]) :]
    return f"{bare} {day(value)}" if folded(unit[:2]) == unit[:2] else None


def _is_certain(context: _Context, row: Sequence[Word], value: str) -> bool:
    """Whether a day is told from the article's day, and means no other."""
    near = any(matches(row[at:], 0, _near_days()) for at in range(len(row)))
    weekday = _weekday_in(row)
    if weekday and (near or _is_turn(row[-1].form)):
        return True
    # Said by somebody, or told of an earlier saying, «today» may be another day than the article's.
    if context.spoken or any(w.form in folded_set("wording", "dates", "pluperfect") for w in context.before[-8:]):
        return False
    if row[0].form == folded(table("wording")["dates"]["before"]):
        return len(row) > 1 and row[-1].form in (
            folded_set("dates", "units", "day") | folded_set("dates", "duals", "day")
        )
    if near and not any(word.form in folded_set("wording", "dates", "today") for word in row):
        return True
    # «اليوم» also means these days, and a bare weekday may be the one past or the one to come: the verb tells.
    clause = context.row
    past = any(is_past(word.form) for word in clause) and not any(is_future(word.form) for word in clause)
    verbal = is_past(clause[0].form) or is_future(clause[0].form)
    return verbal if near else bool(weekday) and past and bool(value)


@cache
def _near_days() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in table("dates")["days"]:
        parts = tuple(folded(phrase).split())
        by_first.setdefault(parts[0], []).append(parts)
    return {first: tuple(rest) for first, rest in by_first.items()}


def _weekday_in(row: Sequence[Word]) -> Word | None:
    return next((word for word in row if word.form in _weekdays()), None)


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(folded(word) for listed in table("dates")["weekdays"].values() for word in listed)


def _weekday_of(value: str) -> str:
    name: str = table("dates")["weekdays"][str(date.fromisoformat(value).weekday())][0]
    return name


def notes_on(wording: Wording, most: int) -> Iterator[str]:
    """What a draft tells its editor of a wording: that it is too long, or still leans on the article's day."""
    notes = table("wording")["notes"]
    if len(wording.text) > most:
        yield notes["long"].format(length=len(wording.text), most=most)
    if wording.unresolved:
        yield notes["open"].format(text="; ".join(" ".join(text.split()) for text in wording.unresolved))

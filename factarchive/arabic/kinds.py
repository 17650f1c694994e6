"""Kinds: what sort of proposition a clause is, by the words in it and by how it was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.persons import may_be_given
from factarchive.arabic.units import dual
from factarchive.arabic.verbs import is_finite, is_future, is_listed, is_past
from factarchive.arabic.words import Word, after_article, after_conjunction

__all__ = ["Kind", "Manner", "asserting", "is_hedged", "is_personal", "kind_of"]

Kind = Literal["event", "commitment", "prediction", "opinion", "counterfactual"]
Line = Sequence[Word]
Ruling = tuple[Kind, str]

_BY_WORDS: tuple[Kind, ...] = ("counterfactual", "opinion", "prediction", "commitment")
_OPENING = 4  # words of a clause in which its verb or its subject stands
_SUBJECT = 6  # words within which its verb comes
_NARRATION = ""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a clause was said: with what kind of verb, by whom, as a fact («شدد على أن»), of a day still to come."""

    saying: str = _NARRATION
    speaker: tuple[str, ...] = ()
    asserted: bool = False
    ahead: bool = False


def kind_of(clause: Sequence[Word], manner: Manner) -> Ruling:
    """The clause's kind and the rule that decided; what an actor says it will do itself is a commitment."""
    line = _line(clause)
    readers = (_unreal, _by_stance, _by_judgement, _by_words, _by_future, _by_day)
    return next((found for read in readers if (found := read(line, manner))), None) or _by_saying(manner)


def _line(clause: Sequence[Word]) -> Line:
    return tuple(
        Word(w.start, w.end, after_conjunction(w.form), w.kind) for w in clause if w.kind in ("word", "number")
    )


def _unreal(line: Line, _manner: Manner) -> Ruling | None:
    return ("counterfactual", "kind-counterfactual") if _holds(line, "counterfactual") else None


def _by_stance(line: Line, manner: Manner) -> Ruling | None:
    """What a verb of demanding, promising, accusing, announcing or warning makes of what follows it."""
    saying = manner.saying
    stance: Kind | None = table("kinds")["stance"].get(saying)
    done = saying in folded_set("kinds", "past_after") and line[:1] and is_past(line[0].form)
    if stance and not manner.asserted and not done:
        return stance, f"kind-{saying}"
    if saying == "accuse":
        return "event", "kind-accuse"
    if saying == "announce" and line and _plan(line):
        return "commitment", "kind-plan"
    if saying == "warn" and not _tells_of_past(line, _SUBJECT):
        return "prediction", "kind-warn"
    return None


def _tells_of_past(line: Line, within: int) -> bool:
    """Whether a perfect stands within the first words of the clause."""
    return any(_is_perfect(word.form) for word in line[:within])


def _plan(line: Line) -> bool:
    """A verbal noun that announces a plan, without its pronoun or article: «عزمها», «موافقتها», «الانسحاب»."""
    form = line[0].form
    if len(line) > 1 and line[1].form in folded_set("kinds", "not_plans"):
        return False
    plans = folded_set("kinds", "plans")
    tied: str = folded(table("marks")["feminine"])
    for pronoun in table("kinds")["pronouns"]:
        bare = form.removesuffix(pronoun)
        if bare != form and len(bare) > 2 and (bare in plans or bare[:-1] + tied in plans):
            return True
    return after_article(form) in plans


def _by_judgement(line: Line, manner: Manner) -> Ruling | None:
    """«من غير المقبول», «خطير جدا», «الاختلاف مقبول», «هل يعقل», «ليحكم المجلس»: a judgement or a question."""
    if not line:
        return None
    if line[0].form in folded_set("kinds", "questions"):
        return "opinion", "kind-question"
    if _lays_down(line):
        return "opinion", "kind-duty"
    if manner.saying != _NARRATION and _weighs(line):
        return "opinion", "kind-weighed"
    # An adjective in the article's own words is no reason to pass over what it reports.
    if manner.saying != _NARRATION and any(_judges(line, at) for at in range(len(line))):
        return "opinion", "kind-judgement"
    return None


def _weighs(line: Line) -> bool:
    """«إسرائيل تدفع المنطقة إلى الحرب», «هذا يختلف عن …», «المشكلة هي …»: a judgement with no figure in it."""
    if any(word.kind == "number" for word in line):
        return False
    first, second = line[0].form, line[1].form if len(line) > 1 else ""
    if first in folded_set("kinds", "themes"):
        return True
    if first in folded_set("kinds", "these") and second and after_article(second) == second:
        return not is_finite(second) or second in _judging()
    judging = _judging()
    return any(
        word.form in judging and (at == 0 or line[at - 1].form not in _led()) for at, word in enumerate(line[:_SUBJECT])
    )


@cache
def _led() -> frozenset[str]:
    """The words behind which a verb is not the clause's own."""
    return frozenset().union(*(folded_set("marks", name) for name in ("relatives", "governs_verb", "particles")))


@cache
def _judging() -> frozenset[str]:
    """The forms of the verbs that judge."""
    data = table("kinds")
    he, she = data["persons"][:2]
    forms = (
        folded(person + verb[1:] + end)
        for verb in data["judging"]
        for person in (he, she)
        for end in ("", *data["verb_endings"])
    )
    return frozenset(forms) | folded_set("kinds", "judged")


def _lays_down(line: Line) -> bool:
    """«على الحكام أن يروا», «على المنظمة التكفل بهم»: what somebody ought to do."""
    if len(line) < 3 or line[0].form not in folded_set("kinds", "upon"):
        return False
    whom = line[1].form
    return after_article(whom) != whom and whom not in folded_set("kinds", "not_upon")


def _is_denied_noun(form: str) -> bool:
    """After «ليس»: what somebody or something is said not to be, unless it is the truth of a report."""
    nominal = form.endswith(tuple(table("kinds")["predicate_endings"])) and after_article(form) == form
    return nominal and form not in folded_set("marks", "particles") and form[:-1] not in folded_set("kinds", "truths")


def _judges(line: Line, at: int) -> bool:
    """Whether an evaluative adjective here is what the clause says of its subject, not of some noun in it."""
    form = line[at].form
    if at and line[at - 1].form in folded_set("kinds", "is_not"):
        return _is_denied_noun(form)
    bare = after_article(form)
    after = line[at + 1].form if at + 1 < len(line) else ""
    if bare not in _evaluative():
        return False
    at -= at > 0 and line[at - 1].form in folded_set("kinds", "unlike")
    before = line[at - 1].form if at else ""
    if bare != form:
        return before in folded_set("kinds", "impersonal")
    if not before or after in folded_set("kinds", "very"):
        return True
    known = is_listed(before) or before in folded_set("marks", "particles") | folded_set("kinds", "not")
    return known or after_article(before) != before


@cache
def _evaluative() -> frozenset[str]:
    """Every evaluative adjective in its genders and cases, folded."""
    stems, endings = table("kinds")["evaluative"], table("kinds")["adjective_endings"]
    return frozenset(folded(stem + ending) for stem in stems for ending in endings)


def _by_words(line: Line, _manner: Manner) -> Ruling | None:
    held = _holds(line, *_BY_WORDS)
    kind: Kind | None = next((kind for kind in _BY_WORDS if kind == held), None)
    if kind == "commitment" and any(
        word.form in folded_set("verbs", "auxiliaries", "before") for word in line[:_OPENING]
    ):
        return None  # «كان ينوي»: what somebody meant to do
    return (kind, f"kind-{kind}") if kind else None


def _by_future(line: Line, manner: Manner) -> Ruling | None:
    """A future verb: what its speaker will do is a commitment, what will come about by itself a prediction."""
    at = next((k for k, word in enumerate(line) if _is_ahead(line, k, word.form)), None)
    if at is None:
        return None
    own = manner.saying != _NARRATION and _own_act(line, at, manner)
    return ("commitment" if own else "prediction"), "kind-future"


def _is_ahead(line: Line, at: int, form: str) -> bool:
    """Whether the clause's own verb is a future one, not a name of that shape nor the verb of «الذي سيقوم»."""
    if form in folded_set("kinds", "never"):
        return at + 1 < len(line) and not any(w.form in folded_set("kinds", "not_yet") for w in line[:at])
    if not is_future(form) or dual(form) or form in folded_set("kinds", "not_ahead"):
        return False
    before = line[at - 1].form if at else ""
    if before in folded_set("kinds", "before_nouns") or before in folded_set("marks", "relatives"):
        return False
    if may_be_given(before):
        return False  # «مارك سيدويل»
    # «سأعمل» and «ساحل» are spelled alike once folded.
    return form[1:2] != table("kinds")["first_person"][1] or is_listed(form[1:])


def _own_act(line: Line, at: int, manner: Manner) -> bool:
    """Whether a future verb says what its speaker, or those he speaks for, will do."""
    form = line[at].form
    never = form in folded_set("kinds", "never")
    verb = line[at + 1].form[1:] if never else form[2:]
    person = line[at + 1].form[:1] if never else form[1:2]
    if _comes_about(verb):
        return False
    if at == 0 or person in table("kinds")["first_person"]:
        return True
    subject = [word.form for word in line[:at][:_OPENING]]
    return any(form in folded_set("kinds", "own") or after_article(form) in _names(manner) for form in subject)


def _comes_about(verb: str) -> bool:
    """Whether a verb, less its person, says what happens rather than what is done: «يكون», «يصل», «تنطلق»."""
    return verb in _outcomes()


@cache
def _outcomes() -> frozenset[str]:
    endings = table("kinds")["verb_endings"]
    return frozenset(folded(verb)[1:] + ending for verb in table("kinds")["outcomes"] for ending in endings)


def _names(manner: Manner) -> frozenset[str]:
    return frozenset(after_article(word) for name in manner.speaker for word in folded(name).split() if len(word) > 2)


def _by_day(line: Line, manner: Manner) -> Ruling | None:
    """«يواجه ريال مدريد … يوم 8 غشت»: a day after publication, and the first verb no perfect."""
    if not (manner.ahead or _holds(line, "later")):
        return None
    at = next((k for k, word in enumerate(line) if _is_perfect(word.form) or _is_imperfect(word.form)), -1)
    verb = line[at].form if at >= 0 else ""
    denied = at > 0 and line[at - 1].form in folded_set("kinds", "not_yet")
    if _is_perfect(verb) or denied:
        return None
    if not verb:
        return ("commitment", "kind-day-ahead") if manner.saying == "announce" else None
    own = manner.saying != _NARRATION and verb[:1] == table("kinds")["first_person"][0]
    return ("commitment" if own else "prediction"), "kind-day-ahead"


def _is_perfect(form: str) -> bool:
    return is_past(form) and form not in folded_set("kinds", "not_past")


def _is_imperfect(form: str) -> bool:
    return form[:1] in table("kinds")["persons"] and is_finite(form)


def _by_saying(manner: Manner) -> Ruling:
    asserted = manner.asserted and manner.saying in table("kinds")["stance"]
    said: Kind = "event" if asserted else table("kinds")["by_saying"].get(manner.saying, "event")
    return said, f"kind-{manner.saying or 'narration'}"


def asserting() -> frozenset[str]:
    """The prepositions that make a fact of what is demanded after them: «شدد على أن», but «دعا إلى أن»."""
    return folded_set("kinds", "asserting")


def is_hedged(clause: Sequence[Word]) -> bool:
    """Whether the clause hedges: «نحو», «بعض», «عددا من»."""
    return bool(_holds(_line(clause), "hedges"))


def is_personal(clause: Sequence[Word]) -> bool:
    """Whether it tells of the speaker's own experience or feeling: «لدينا», «كنا نلعب»."""
    return bool(_holds(_line(clause), "personal"))


def _holds(line: Line, *names: str) -> str:
    """The first of the named lists of phrases that has one in this clause; empty for none."""
    held = _held(tuple(word.form for word in line))
    return next((name for name in names if name in held), "")


@lru_cache(maxsize=16)  # a clause is asked about many lists in a row
def _held(forms: tuple[str, ...]) -> frozenset[str]:
    index = _index()
    return frozenset(
        name
        for at, form in enumerate(forms)
        for name, phrase in index.get(form, ())
        if len(phrase) == 1 or forms[at : at + len(phrase)] == phrase
    )


@cache
def _index() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Every phrase with the list that it stands in, by its first word."""
    by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name in (*_BY_WORDS, "later", "hedges", "personal"):
        for first, listed in phrases("kinds", name).items():
            by_first.setdefault(first, []).extend((name, phrase) for phrase in listed)
    return by_first

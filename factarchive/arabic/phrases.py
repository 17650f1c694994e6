"""Phrases: where a noun phrase ends that may name somebody."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.events import is_event, is_owned_event
from factarchive.arabic.heads import body, definite, known, role, titled_word, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.persons import is_given, may_be_given
from factarchive.arabic.verbs import is_ambiguous, is_finite, participle, saying_verb
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, opens_complement

__all__ = ["comma_after", "free", "is_weekday", "phrase_end"]

Row = Sequence[Word]

_LONGEST = 14  # words of a noun phrase
_OFFICE = 7  # words of an office before its bearer's name


def phrase_end(row: Row, at: int, limit: int) -> int:
    """Where the noun phrase that starts at `at` ends: before a particle, a verb, a mark or a complement."""
    end = min(limit, at + _LONGEST, len(row))
    step = at
    media, each_of = phrases("names", "media_names"), phrases("names", "each_of")
    while step < end:
        medium = matches(row, step, media) if row[step].form in media else 0
        each = matches(row, step, each_of) if row[step].form in each_of and step > at and body(row[at].form) else 0
        if medium < 2 and not each and _stops(row, step, at):
            break
        step += max(medium, each, 1)  # «الجوهرة أف أم» holds a particle
    return min(step, end)


def _stops(row: Row, step: int, first: int) -> bool:
    word = row[step]
    if word.kind == "open":
        quoted = step == first + 1 and bool(body(row[first].form))  # «شبكة "سي بي إس"»
        if quoted and any(w.kind == "close" for w in row[step + 1 : step + 7]):
            return False
        empty = step == first and step + 1 < len(row) and _begins_no_name(row[step + 1].form)
        return empty or not any(w.kind == "close" for w in row[step + 1 : step + 5])
    if word.kind == "close":
        return False
    if _is_hyphen(row, step):
        return False
    if word.kind == "number":
        return not (step == first + 1 and body(row[first].form))  # «القناة 12», «الفرقة 16»
    if word.kind != "word" or opens_complement(word.form) or _says(word.form):
        return True
    if word.form in folded_set("marks", "particles") or is_weekday(word.form):
        return True
    if after_conjunction(word.form) in folded_set("marks", "relatives"):
        return True
    if step == first:
        return _begins_no_name(word.form)
    if is_given(word.form) and role(row[step - 1].form):
        return False
    if word.form in folded_set("names", "possessed_titles") and not any(is_given(w.form) for w in row[first:step]):
        return True  # «أبلغ الوزير نظيره»
    if _does(row, step, first) or _tells(row, step, first):
        return True
    if is_finite(word.form) or _with_object(word.form) or _joins(row, step, first) or _goes_to(word.form):
        return True
    # «الهيئة العليا للانتخابات» goes on; «دونالد ترامب للسعودية» does not.
    head = free(row[first].form)
    return word.form.startswith(table("marks")["for_the"]) and not (role(head) or body(head) or definite(head))


def _does(row: Row, step: int, first: int) -> bool:
    """Whether what somebody does begins here, no part of who he is: «حماس موافقتها», «الهيئة للقيام»."""
    form = row[step].form
    if is_owned_event(form):
        return not is_given(form)
    begins = step == first + 1 and definite(row[first].form) and form.startswith(table("marks")["for_the"])
    return begins and is_event(without_preposition(form)) and not is_event(after_article(row[first].form))


def _tells(row: Row, step: int, first: int) -> bool:
    """Whether, behind somebody, his verb, whom he tells it, or what he denies begins: «الشركة مزاعم بأن …»."""
    form, head = row[step].form, row[first].form
    if form in _not_named():
        return True  # «نشرت الصحيفة تحقيقا»
    if form in folded_set("names", "rumours") and row[step - 1].form not in folded_set("names", "media"):
        return True
    if form in folded_set("names", "reporters") and head in folded_set("names", "source_heads"):
        return True
    speaks = step > first + 1 and saying_verb(form) is not None and not may_be_given(form)
    return speaks and head in folded_set("names", "source_heads")


@cache
def _not_named() -> frozenset[str]:
    """What stands behind a name and is no part of it: what he issued, how he spoke, what is reported of him."""
    reported = folded_set("marks", "owned_nouns") | folded_set("marks", "owned_feelings")
    return reported | folded_set("names", "issued") | folded_set("names", "moods")


def _begins_no_name(form: str) -> bool:
    """Whether no name begins so: «بانفعال», «لمراسل», «خلالها», a verbal noun, a conjunction."""
    if is_given(form):
        return False
    if is_event(form) and not may_be_given(form):
        return True
    listed = folded_set("names", "no_subjects") if body(form) or role(form) else _no_subjects()
    circumstance = not definite(form) and form.endswith(table("names")["accusative"]) and is_event(form[:-1])
    bare = after_conjunction(form)
    joined = bare != form and bare in folded_set("marks", "particles")
    if circumstance or joined or form in folded_set("marks", "conjunctions") or form in listed or is_finite(bare):
        return True
    if len(form) > 4 and form.endswith(tuple(table("names")["possessed_endings"])) and not titled_word(form):
        return True
    data = table("marks")
    if form.startswith(data["by_attached"]) and form not in folded_set("names", "by_names") and not body(form):
        return _is_noun(form[1:])
    if form.startswith(data["for_attached"]) and form not in folded_set("names", "for_names"):
        return form.startswith(data["for_the"]) or _goes_to(form) or _is_noun(form[1:])
    return False


def _no_subjects() -> frozenset[str]:
    return folded_set("names", "no_subjects") | folded_set("names", "people")


def _is_noun(form: str) -> bool:
    """Whether this, after a letter that may be a preposition, is a noun, so that the letter is one."""
    ends = tuple(folded(end) for end in table("names")["noun_endings"])
    if after_article(form) != form or bool(body(form)) or is_event(form) or role(form):
        return True
    plain = form in folded_set("names", "manners") or opens_complement(form)
    return plain or (len(form) > 4 and form.endswith((*ends, *table("names")["pronoun_endings"])))


def _with_object(form: str) -> bool:
    """Whether this is a verb with its object written on to it: «بيان تلقته …»."""
    ends = tuple(table("names")["object_endings"])
    return form.endswith(ends) and any(is_finite(form.removesuffix(end)) for end in ends if form.endswith(end))


def _says(form: str) -> bool:
    """Whether this is a participle of saying and nothing else."""
    return participle(form) is not None and not is_ambiguous(form)


def _is_hyphen(row: Row, step: int) -> bool:
    """Whether this mark stands inside a name, with no blank on either side: «ليو-أمبروز»."""
    if not 0 < step < len(row) - 1 or row[step].form not in table("names")["hyphens"]:
        return False
    touches = row[step - 1].end == row[step].start and row[step].end == row[step + 1].start
    return touches and row[step - 1].kind == row[step + 1].kind == "word"


def _joins(row: Row, step: int, first: int) -> bool:
    """Whether a conjunction ends the phrase: it does not in «وزير التنمية والاستثمار»."""
    bare = after_conjunction(row[step].form)
    if bare in folded_set("marks", "conjunctions") and step + 1 < len(row):
        bare = row[step + 1].form
    elif bare == row[step].form:
        return False
    head = after_conjunction(row[first].form)
    plural = tuple(table("names")["plural_endings"])
    if head.endswith(plural) and bare.endswith(plural) and bare == after_conjunction(row[step].form):
        return body(bare) != "" or role(bare) != ""  # «مسؤولون أمنيون وقضائيون»
    before = without_preposition(row[step - 1].form)
    if (role(head) or body(head)) and is_event(bare) and is_event(before) and not definite(before):
        return False  # «مؤسسة نقل وتوزيع الكهرباء»
    after = row[step + 1].form if step + 1 < len(row) else ""
    shared = definite(after) and not definite(before) and not definite(bare) and not is_finite(bare)
    if shared and (role(head) or body(head)) and bare == after_conjunction(row[step].form) and not is_given(bare):
        return False  # «غرفة صانعي ومحولي البلاستيك»
    if role(head) and role(bare) and bare == after_conjunction(row[step].form):
        return not _names_bearer(row, step, first)
    states = {after_conjunction(row[step - 1].form), bare} <= known().keys()
    if states and body(head) and head in folded_set("names", "crowds_and_papers"):
        return False  # «وزراء خارجية مصر والأردن»
    goes_on = definite(bare) and not role(bare) and definite(after_conjunction(row[step - 1].form))
    return not (goes_on and (role(head) or body(head)))


def _names_bearer(row: Row, step: int, first: int) -> bool:
    """Whether two offices have one bearer, named after the second: «مدير المهرجان والمنتج … فلان»."""
    near = [word.form for word in row[step + 1 : step + _OFFICE] if word.kind == "word"]
    named = next((k for k, form in enumerate(near) if is_given(form)), -1)
    between = near[: max(named, 0)]
    unnamed = not any(is_given(word.form) for word in row[first:step])
    return named >= 0 and unnamed and not any(is_finite(form) or opens_complement(form) for form in between)


def _goes_to(form: str) -> bool:
    """Whether the word is «لوكالة» or «لنظيره»: to whom it was said, not who said it."""
    bare = without_preposition(form)
    if bare == form:
        return False
    listed = folded_set("names", "media") | folded_set("names", "reporters") | folded_set("names", "own_media")
    reporter = after_article(bare) in listed or bare in phrases("names", "media_names")
    return reporter or (bool(titled_word(bare)) and not body(bare))


def comma_after(row: Row, at: int, limit: int) -> int:
    """The comma that ends «وفقا لوزارة الصحة في غزة،»; 0 for none before a verb."""
    for step in range(at, limit):
        if row[step].form in table("marks")["commas"]:
            return step
        if row[step].kind != "word" or is_finite(row[step].form):
            return 0
    return 0


def free(form: str) -> str:
    """The form without the conjunction and the preposition written on to a title or a head noun."""
    bare = after_conjunction(form)
    for shorter in (bare, without_preposition(bare), bare[1:]):
        attached = shorter == bare or bare[0] in table("marks")["prepositions_attached"]
        if attached and (titled_word(shorter) or body(shorter)):
            return shorter
    return bare


def is_weekday(form: str) -> bool:
    """Whether the form is a day of the week: a time may stand before a name."""
    return form in _weekdays()


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(folded(w) for listed in table("dates")["weekdays"].values() for w in listed)

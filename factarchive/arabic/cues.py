"""Cues: the words that say that somebody said something, and where what was said begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factarchive.arabic.events import is_event, is_owned_event
from factarchive.arabic.heads import body, definite, known, role, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.persons import may_be_given
from factarchive.arabic.rumours import rumour_at
from factarchive.arabic.said_nouns import clause_of_noun, owned_noun
from factarchive.arabic.verbs import Saying, is_ambiguous, is_doubtful, is_finite, participle, saying_to, saying_verb
from factarchive.arabic.words import Word, after_article, after_conjunction, matches, opens_complement

__all__ = [
    "Cue",
    "closing",
    "cue_at",
    "is_comma",
    "joins",
    "only_agrees",
    "quotes_end",
]

Row = Sequence[Word]

_REACH = 32  # words from a verb to its complement; news puts place, time and medium between them
_NEAR = 20
_NAME = 8  # words and marks of a name in quotation marks
_SUBJECT = 4  # words of a subject before a colon
_RUMOUR = Saying("", "doubt", (), "participle", "")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its words [at, after), the words between it and the complement, and where the complement begins."""

    at: int
    after: int
    gap_end: int
    said: int
    verb: Saying
    rule: str


@dataclass(frozen=True, slots=True)
class _Complement:
    gap_end: int
    said: int
    rule: str


def is_comma(word: Word) -> bool:
    """Whether the word is a comma or a semicolon."""
    return word.form in table("marks")["commas"]


def closing(row: Row, opened: int, limit: int) -> int:
    """The index of the mark that closes the quotation opened here; `limit` where none does."""
    depth = 0
    for step in range(opened, limit):
        depth += {"open": 1, "close": -1}.get(row[step].kind, 0)
        if depth == 0:
            return step
    return limit


def joins() -> frozenset[str]:
    """The words that join one cue or quotation to another."""
    return folded_set("marks", "also") | folded_set("marks", "conjunctions") | folded_set("marks", "joiners")


def quotes_end(row: Row, opened: int, last: int) -> int:
    """The end of a quotation and of those joined to it: «“…”، كما “…”»."""
    end = closing(row, opened, last)
    step = end + 1
    while step < last and step < end + 4:
        if row[step].kind == "open":
            end = closing(row, step, last)
            step = end
        elif not (is_comma(row[step]) or row[step].form in joins()):
            break
        step += 1
    return min(end + 1, last)


def cue_at(row: Row, at: int, limit: int) -> Cue | None:
    """The verb or participle of saying at this word with its complement; None where either is missing."""
    if row[at].kind != "word":
        return None
    form = after_conjunction(row[at].form)
    verb = saying_verb(form) or participle(form) or saying_to(form)
    joined = verb is None and row[at].form in folded_set("verbs", "speech", "hidden")
    hidden = saying_verb(row[at].form[1:]) if joined else None
    verb = verb or hidden
    if verb is None:
        said = rumour_at(row, at)
        return Cue(at, at + 1, said, said, _RUMOUR, "rumour") if 0 < said < limit else None
    after = at + 1
    if after < limit and row[after].form in folded_set("verbs", "speech", "by_saying"):
        after += 1
    helper = after_conjunction(row[at - 1].form) if at else ""
    if is_ambiguous(form) and helper in folded_set("verbs", "passive_helpers"):
        return None  # «تم نقل المصابين»: the noun
    if verb.tense == "imperfect" and at and row[at - 1].form in folded_set("marks", "governs_verb"):
        return None
    found = _complement(row, after, (min(limit, after + _REACH), verb))
    found = found or _headline_object(row, at, (min(limit, after + _REACH), verb))
    if found is None or (is_ambiguous(form) and not _certain(row, at, found)):
        return None
    if hidden and found.rule not in ("that", "quote"):
        return None  # «ورد في التقرير», but «ورد الوزير بأن …»
    if _impersonal(row, at, (found, verb)):
        return None
    rule = "participle" if verb.tense == "participle" else "verb"
    return Cue(at, after, found.gap_end, found.said, verb, f"{rule}-{found.rule}")


def only_agrees(cue: Cue, row: Row) -> bool:
    """Whether what two agreed on is told here, which is no speech inside speech."""
    return folded(cue.verb.lemma) in folded_set("names", "agrees") and is_doubtful(after_conjunction(row[cue.at].form))


def _impersonal(row: Row, at: int, what: tuple[_Complement, Saying]) -> bool:
    """«ويتوقع وصول الوفد»: a verb in the passive, whose object follows at once; nobody is named who says it."""
    found, verb = what
    bare = found.rule == "object" and found.said == at + 1
    begins = at == 0 or row[at - 1].kind != "word" or after_conjunction(row[at].form) != row[at].form
    return bare and begins and verb.kind == "predict" and (verb.tense, verb.agreement) == ("imperfect", "ms")


def _headline_object(row: Row, at: int, what: tuple[int, Saying]) -> _Complement | None:
    """«فلان يرفض التشويش على …»: in a headline the subject comes first, and the next noun is the object."""
    limit, verb = what
    named = 0 < at < _NAME and row[0].start == 0 and row[at - 1].kind in ("word", "close")
    if not named or verb.tense != "imperfect" or "object" not in verb.frames or at + 2 >= limit:
        return None
    form = row[at + 1].form
    apart = {row[at - 1].form, form} & folded_set("marks", "particles") or row[at + 1].kind != "word"
    if apart or is_finite(form) or role(form) or opens_complement(form):
        return None
    return _Complement(at + 1, at + 1, "object-headline")


def _certain(row: Row, at: int, found: _Complement) -> bool:
    """Whether an ambiguous form is a verb of saying here: before a clause, or where a sentence begins."""
    if after_conjunction(row[at].form) in folded_set("verbs", "speech", "between"):
        return _tells_between(row, at, found)
    if found.rule in ("that", "quote", "colon", "unclosed", "object-headline"):
        return True
    begins = at == 0 or row[at - 1].form in table("marks")["stops"] or is_comma(row[at - 1])
    opens = begins or after_conjunction(row[at].form) != row[at].form
    owned = found.rule == "object" and row[found.said].form in folded_set("marks", "owned_feelings")
    if opens and found.rule == "object" and (owned or is_owned_event(row[found.said].form)):
        return True  # «أبدى X سعادته بـ…»
    if found.rule == "preposition" and row[found.said - 1].form in folded_set("marks", "responsibility"):
        return True
    return opens and found.rule.startswith("preposition") and row[at].form not in folded_set("marks", "conjunctions")


def _tells_between(row: Row, at: int, found: _Complement) -> bool:
    """«وبين الوزير أن …», and not «بين الوزير والنائب»."""
    opens = (
        at == 0 or after_conjunction(row[at].form) != row[at].form or row[at - 1].form in folded_set("marks", "also")
    )
    gap = row[at + 1 : found.gap_end]
    return opens and found.rule == "that" and not any(after_conjunction(word.form) != word.form for word in gap)


def _complement(row: Row, at: int, what: tuple[int, Saying]) -> _Complement | None:
    """Where the complement begins: the first clause or quotation that the verb can govern, else a noun phrase."""
    limit, verb = what
    later: _Complement | None = None
    media = phrases("names", "media_names")
    step = at
    while step < limit:
        word = row[step]
        medium = matches(row, step, media) if word.form in media else 0
        if medium > 1:
            step += medium  # «سي إن إن» holds a particle
            continue
        if word.kind == "loose" and "quote" in verb.frames:
            return _Complement(step, step + 1, "unclosed")
        if word.kind == "open" and "quote" in verb.frames:
            if step == at and verb.tense == "participle" and _is_whole(row, step, limit):
                return _Complement(step, step + 1, "quote")
            if _is_long(row, step, limit) and not (later and row[step - 1].kind == "word"):
                return _Complement(step, step + 1, "quote")
            # «قال رئيس البحوث لدى «…» إن …»: perhaps a name, unless nothing follows it.
            later = later or (_Complement(step, step + 1, "quote") if _is_phrase(row, step, limit) else None)
            step = _past_short_quote(row, step, limit)
            continue
        if word.kind == "open" and not _governs_inside(row, step, (limit, verb)):
            step = _past_short_quote(row, step, limit)
            continue
        found = _clause(row, step, (at, verb)) or later
        if found is not later and found is not None:
            return found
        if _ends_search(row, step, at):
            break
        if later is None and step - at <= _NEAR:
            later = _phrase(row, step, (at, verb))
            if later and not _prefers_clause(verb, later):
                return later
        step += 1
    return later


def _past_short_quote(row: Row, step: int, limit: int) -> int:
    end = closing(row, step, limit)
    return end + 1 if end < limit else step + 1


def _is_long(row: Row, opened: int, limit: int) -> bool:
    """Whether a quotation is more than a quoted name, or stands right after a colon."""
    if opened and row[opened - 1].form == table("marks")["colons"]:
        return True
    end = closing(row, opened, min(limit, opened + _NAME))
    return end >= min(limit, opened + _NAME) or any(is_finite(word.form) for word in row[opened + 1 : end])


def _is_whole(row: Row, opened: int, limit: int) -> bool:
    """«قائلا "نحن مع الوحدة".»: a short quotation right behind the verb, and nothing after it."""
    end = closing(row, opened, min(limit, opened + _NAME))
    ends = end + 1 >= len(row) or row[end + 1].kind == "mark"
    return opened + 2 < end < min(limit, opened + _NAME) and ends


def _is_phrase(row: Row, opened: int, limit: int) -> bool:
    """Whether a quotation holds more words than a nickname."""
    return closing(row, opened, min(limit, opened + 5)) >= min(limit, opened + 5)


def _governs_inside(row: Row, opened: int, what: tuple[int, Saying]) -> bool:
    """«دعا X "المجتمع كله إلى …"»: whether the verb's preposition stands inside this quotation."""
    limit, verb = what
    if "object" in verb.frames and opened + 1 < limit and is_event(row[opened + 1].form):
        return True
    if not _is_phrase(row, opened, limit):
        return False
    return any(word.form in verb.frames for word in row[opened + 1 : closing(row, opened, limit)])


def _clause(row: Row, step: int, what: tuple[int, Saying]) -> _Complement | None:
    """A complement clause («أن …») or a colon at this word."""
    word = row[step]
    at, verb = what
    if opens_complement(word.form) and not _after_subordinator(row, step):
        governed = step > 0 and row[step - 1].form in verb.frames
        towards = "to-that" in verb.frames and _leads_to(row[step - 1].form)
        if "that" in verb.frames or governed or towards or table("marks")["by_attached"] in verb.frames:
            return _Complement(step - governed, step + 1, "that")
    if word.form == table("marks")["colons"] and ("quote" in verb.frames or step - at < _SUBJECT):
        quoted = step + 1 < len(row) and row[step + 1].kind in ("open", "loose")
        return _Complement(step, step + 1 + quoted, "quote" if quoted else "colon")
    return None


def _leads_to(form: str) -> bool:
    return form == folded(table("marks")["to"]) or form in folded_set("marks", "said_nouns")


def _after_subordinator(row: Row, step: int) -> bool:
    """«بعد أن»: whether a conjunction governs this «أن», and no verb of saying."""
    return step > 0 and after_conjunction(row[step - 1].form) in folded_set("marks", "subordinators")


def _phrase(row: Row, step: int, what: tuple[int, Saying]) -> _Complement | None:
    """A noun phrase that the verb governs by a preposition, or a verbal noun as its object."""
    _, verb = what
    word = row[step]
    if word.kind != "word":
        return None
    denied = rumour_at(row, step, denied=True) if verb.kind == "deny" else 0
    if denied:
        return _Complement(step, denied, "object")
    owned = owned_noun(row, step) if verb.kind == "transmit" and step > what[0] else 0
    if owned:
        return _Complement(step, owned, "object")
    if word.form == table("marks")["by_attached"] and word.form in verb.frames and row[step + 1 : step + 2]:
        return _Complement(step, step + 1, "preposition") if row[step + 1].kind in ("open", "number") else None
    cited = step > what[0] and row[step - 1].form in folded_set("names", "cites")  # «كشفت الصحيفة، نقلا عن …، أن»
    if word.form in verb.frames and step + 1 < len(row) and _is_medium(row[step + 1].form):
        return None  # «شدد … على حسابه»
    if word.form in verb.frames and not cited:
        that = clause_of_noun(row, step + 1)
        return _Complement(step, that + 1, "that") if that else _Complement(step, step + 1, "preposition")
    to = table("marks")["for_attached"]
    if to in verb.frames and word.form.startswith(to) and is_event(after_article(without_preposition(word.form))):
        return _Complement(step, step, "preposition-attached")
    by = table("marks")["by_attached"]
    inside = step > what[0] or _subject_inside(row, what)
    short = verb.kind == "accuse" and step > what[0] and len(word.form) == 3  # «اتهمه بشق الصف»
    if by in verb.frames and word.form.startswith(by) and (_governs(word.form[1:], inside) or short):
        return _Complement(step, step, "preposition-attached")
    before = row[step - 1].form if step > what[0] else ""
    free = folded_set("names", "resumed") | folded_set("marks", "times")  # «أكد فيه رفضه», «أعلن اليوم مقتل …»
    governed = before in folded_set("marks", "particles") - free  # «خلال ظهوره»
    feeling = step > what[0] and word.form in folded_set("marks", "owned_feelings")
    told = (feeling or is_event(word.form)) and not governed
    if "object" in verb.frames and told and not _in_name(row, step, what[0]):
        return _Complement(step, step, "object")
    if "object" in verb.frames and step > what[0] and _is_deed(row, step) and not _in_name(row, step, what[0]):
        return _Complement(step, step, "object")
    return None


def _is_medium(form: str) -> bool:
    return form in folded_set("names", "own_media") or form in folded_set("names", "media_names")


def _subject_inside(row: Row, what: tuple[int, Saying]) -> bool:
    """Whether the verb's form shows its subject or has its object's pronoun: «طالبا», «اتهمها»."""
    at, verb = what
    return verb.agreement[1:] in ("d", "p") or saying_verb(after_conjunction(row[at - 1].form)) is None


def _is_deed(row: Row, step: int) -> bool:
    """A definite verbal noun with its own preposition, or described by a clause: «العدوان الأخير على …»."""
    noun = after_article(row[step].form)
    if noun == row[step].form or not (is_event(noun) or noun in folded_set("nouns", "deeds")):
        return False
    after = next((k for k in range(step + 1, min(len(row), step + 4)) if not definite(row[k].form)), step + 1)
    led = folded_set("marks", "deed_prepositions") | folded_set("marks", "relatives")
    return after < len(row) and row[after].form in led


def _in_name(row: Row, step: int, at: int) -> bool:
    """Whether this noun belongs to the head right before it: «لجنة تنظيم المسابقة»."""
    before = row[step - 1].form
    return step > at and not definite(before) and bool(role(before) or body(before))


def _governs(noun: str, has_subject: bool) -> bool:
    """Whether what follows a ب is its noun, so that «بوتين» is no object."""
    by = table("marks")["by_attached"]
    if len(noun) < 3 or by + noun in folded_set("marks", "particles") or by + noun in known():
        return False
    if after_article(noun) != noun or is_event(noun):
        return True
    named = by + noun in folded_set("names", "by_names") or may_be_given(by + noun)
    return has_subject and len(noun) > (4 if named else 3)


def _prefers_clause(verb: Saying, found: _Complement) -> bool:
    """Whether a clause further on outranks this phrase: «أكد على هامش … أن»."""
    if found.rule == "that":
        return False
    return found.rule.startswith("preposition") and verb.frames[0] == "that"


def _ends_search(row: Row, step: int, first: int) -> bool:
    """Another verb of saying, joined on, or a stop: the complement of this one will not come."""
    word = row[step]
    if word.kind == "mark" and word.form[0] in table("marks")["stops"]:
        return not _abbreviates(row, step)
    bare = after_conjunction(word.form)
    verb = saying_verb(bare)
    if step == first or verb is None or (is_ambiguous(bare) and verb.tense != "imperfect"):
        return False
    return bare != word.form or row[step - 1].form in folded_set("marks", "clause_joiners")


def _abbreviates(row: Row, step: int) -> bool:
    """Whether this full stop stands inside or after an abbreviation: «د. نادر», «سي.إن.إن»."""
    if row[step].form != "." or not 0 < step < len(row) - 1:
        return False
    return row[step + 1].start == row[step].end or len(row[step - 1].form) == 1

"""Voices: whom the words beside a cue make accountable, who speaks, and through what it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factarchive.arabic.cues import Cue
from factarchive.arabic.events import is_event
from factarchive.arabic.heads import body, role, titled_word, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.media import is_medium, media_between, without_to
from factarchive.arabic.names import Name, name_at
from factarchive.arabic.persons import is_given, may_be_given
from factarchive.arabic.phrases import phrase_end
from factarchive.arabic.references import Names
from factarchive.arabic.verbs import is_ambiguous, is_finite, saying_verb
from factarchive.arabic.words import Word, after_conjunction, matches

__all__ = ["NARRATOR", "NOBODY", "UNKNOWN", "Subject", "Voice", "Voices"]

Row = Sequence[Word]

UNKNOWN = "unknown"
_MARKED = 5  # letters and marks in which a passive shows itself
_WINDOW = 32  # words within which a name ends
_FAR = 9  # words between an office and the name of who holds it: «وزير الخارجية في حكومة الوحدة …»


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the accountable source, the innermost speakers, and through whom it came."""

    source: str
    speaker: tuple[str, ...]
    via: tuple[str, ...] = ()


NARRATOR = Voice("narrator", ("narrator",))
NOBODY = Voice(UNKNOWN, (UNKNOWN,))


@dataclass(frozen=True, slots=True)
class Subject:
    """The names that one verb has as its subject, and where their words end."""

    names: tuple[Name, ...]
    end: int


class Voices:
    """Resolves the words of one paragraph to the names of its article."""

    def __init__(self, text: str, row: Row, names: Names) -> None:
        self._text, self._row, self._names = text, row, names

    def subject(self, at: int, limit: int) -> Subject | None:
        """Who stands at `at`, one or joined by «و»; an office may stand well before its holder's name."""
        length = matches(self._row, at, phrases("names", "each_of"))
        name, end = name_at(self._text, self._row, at + length, limit)
        if name is None:
            return None
        owner = self._issuer(at + length, limit)
        if owner is not None:
            return owner
        far = self.holder(end, limit) if name.kind == "role" else None
        name, end = far or self.placed(name, end, limit)
        if name.kind == "role" and end < limit and self._row[end].form in table("marks")["commas"]:
            name, end = self._named(end + 1, limit) or (name, end)
        second = self._second(end, limit)
        return Subject((name, second[0]), second[1]) if second else Subject((name,), end)

    def _issuer(self, at: int, limit: int) -> Subject | None:
        """«قال تقرير لمنظمة X»: whose paper it is."""
        papers = folded_set("verbs", "prepositions", "documents")
        form = self._row[at + 1].form if at + 1 < limit else ""
        bare = without_preposition(form)
        if self._row[at].form not in papers or bare == form or not body(bare):
            return None
        window = [replace(self._row[at + 1], form=bare), *self._row[at + 2 : min(limit, at + _WINDOW)]]
        name, length = name_at(self._text, window, 0, len(window))
        if name is None or name.start != self._row[at + 1].start:
            return None
        return Subject((replace(name, text=without_to(name.text)),), at + 1 + length)

    def placed(self, name: Name, at: int, limit: int) -> tuple[Name, int]:
        """«مصدر في الشرطة», «مصدر قريب من التحقيقات»: what an unnamed source belongs to is all its name."""
        heads = folded_set("names", "source_heads")
        linked = at < limit and self._row[at].form in folded_set("names", "source_links")
        end = phrase_end(self._row, at + 1, limit) if linked and name.form.split()[0] in heads else at
        if end <= at + 1:
            return name, at
        return replace(name, text=f"{name.text} {self._text[self._row[at].start : self._row[end - 1].end]}"), end

    def holder(self, at: int, limit: int) -> tuple[Name, int] | None:
        """«المتحدث باسم النيابة في العاصمة القاضي بسام الدوري»: the person after a place."""
        leads = folded_set("names", "place_leads") | folded_set("names", "descriptions")
        if at >= limit or self._row[at].form not in leads:
            return None
        for step in range(at + 1, min(limit - 1, at + _FAR)):
            word = self._row[step]
            if word.form in table("marks")["commas"]:
                return self._apposed(step + 1, limit)
            if word.kind != "word" or is_finite(word.form):
                return None
            name, end = name_at(self._text, self._row, step, limit)
            later = any(is_given(near.form) for near in self._row[step + 1 : end - 1])
            if name is None or name.kind != "person" or (later and not may_be_given(word.form)):
                continue
            begins = may_be_given(word.form) or word.form in folded_set("names", "links")
            placed = step > at + 1 and (self._names.full(name) or end >= limit or begins)
            if role(word.form) or placed:
                return name, end
        return None

    def _named(self, at: int, limit: int) -> tuple[Name, int] | None:
        """«خبير في القانون الدولي، سعد جبار لقناة …»: the person whom a described office announces."""
        name, end = name_at(self._text, self._row, at, limit)
        given = name is not None and name.kind == "person" and is_given(self._row[at].form)
        return (name, end) if name is not None and given and end - at <= 4 else None

    def _apposed(self, at: int, limit: int) -> tuple[Name, int] | None:
        """«النائبة عن حركة …، زهرة إدريس، …»: a person between commas."""
        name, end = name_at(self._text, self._row, at, limit)
        if name is None or name.kind != "person" or end - at > 4:
            return None
        return (name, end) if end >= limit or self._row[end].form in table("marks")["commas"] else None

    def _second(self, at: int, limit: int) -> tuple[Name, int] | None:
        """«… ونظيره الأمريكي دونالد ترامب», «… وأوكرانيا»."""
        if at >= limit:
            return None
        bare = after_conjunction(self._row[at].form)
        if bare == self._row[at].form:
            return None
        cut = len(self._row[at].form) - len(bare)
        window = [replace(self._row[at], form=bare, start=self._row[at].start + cut), *self._row[at + 1 : limit]]
        name, length = name_at(self._text, window[:_WINDOW], 0, min(len(window), _WINDOW))
        listed = titled_word(bare) or body(bare) or is_given(bare)
        if name is None or not (listed or self._names.full(name) or self._names.known(name)):
            return None
        return name, at + length

    def of(self, subject: Subject) -> Voice:
        """The voice of a subject: the first named is accountable, all of them speak."""
        found = [name for one in subject.names for name in self.resolved(one)]
        return Voice(found[0], tuple(dict.fromkeys(found)))

    def resolved(self, name: Name) -> tuple[str, ...]:
        """The canonical names that a name stands for: two for «الرئيسان», the unknown one where nothing tells."""
        if name.form in folded_set("names", "joint"):
            return self._names.pair(name.form, name.start) or (UNKNOWN,)
        return (self._names.resolve(name, before=name.start) or UNKNOWN,)

    def spoken(self, cue: Cue, before: Subject | None, held: Voice | None) -> Voice | None:
        """The voice that a cue's own words name; `held` is who spoke last; None where they name none."""
        verb = cue.verb
        if verb.kind == "transmit" and before is None and (cited := self._of_whom(cue)):
            return self._passed_on(cue, cited, held)
        if verb.tense == "perfect" and table("marks")["passive"] in self._text[self._row[cue.at].start :][:_MARKED]:
            return NOBODY  # «اتُّهم فلان بـ»
        # A dual or plural verb has its subject before it or in it, never after it.
        limit = cue.gap_end if verb.agreement in ("ms", "fs", "") or self._to_us(cue) else cue.after
        first = self._row[cue.after].form if cue.after < limit else ""
        if before is None and first in folded_set("names", "another"):
            return NOBODY  # «وقال آخر إن …»
        told = first in folded_set("names", "told_to")
        subject = before or self.subject(cue.after + told, limit)  # «أكد لنا السيد …»
        subject = None if subject and before is None and self.is_thing(subject) else subject
        via = media_between(self._text, self._row, cue.after, cue.gap_end)
        if subject is None and verb.agreement in ("md", "fd"):
            both = self._names.pair("", self._row[cue.at].start)
            return self._under(held, Voice(both[0], both), cue) if both else held
        quoted = self._cited(cue) if subject is None and verb.kind == "transmit" else None
        if quoted is not None:
            media = held.via or ((held.source,) if self._names.is_medium(held.source) else ()) if held else ()
            return replace(self.of(quoted), via=media)
        if subject is None or self._is_object(cue, (before, subject), held):
            return replace(self._resumed(held, verb.agreement), via=via or held.via) if held else None
        relayed = self._relayed_by(subject, cue)
        if relayed is not None:
            return self._retold(relayed, subject, held) if verb.kind == "transmit" else relayed
        name = subject.names[0]
        if held and set(name.form.split()) <= folded_set("names", "pointing"):
            return replace(held, via=via or held.via)
        voice = self._paper(name, held) or self.of(subject)
        if self._may_be_two(cue, name, voice):
            return NOBODY
        if held and cue.verb.kind == "add" and name.kind == "role" and voice.source == name.text:
            return replace(held, via=via or held.via)  # «وأضاف مدرب الأهلي»: an office nobody else is named with
        if held and held.source == voice.source and before is None:
            via = via or held.via
        via = tuple(medium for medium in via if medium not in voice.source)
        return replace(self._under(held, voice, cue), via=via)

    def _to_us(self, cue: Cue) -> bool:
        """«أفادنا رئيس الجمعية»: spelled like «we reported», and who told us stands behind it."""
        after = self._row[cue.after].form if cue.after < cue.gap_end else ""
        return (cue.verb.tense, cue.verb.agreement) == ("perfect", "1p") and bool(titled_word(after) or is_given(after))

    def _of_whom(self, cue: Cue) -> int:
        """Where «عنه» stands in «نقل عنه موقع X قوله»; 0 for nowhere."""
        listed = folded_set("names", "of_whom")
        return next((k for k in range(cue.after, cue.gap_end) if self._row[k].form in listed), 0)

    def _retold(self, relayed: Voice, subject: Subject, held: Voice | None) -> Voice:
        """«ونقل البيان عن الوزير قوله»: who is no medium stays accountable for what he retells."""
        name = subject.names[0]
        if is_medium(name) or self._names.is_medium(self.of(subject).source):
            return relayed
        by = self._paper(name, held) or self.of(subject)
        return relayed if by.source == UNKNOWN else Voice(by.source, relayed.speaker, by.via)

    def _cited(self, cue: Cue) -> Subject | None:
        """«ونقل عن القبطان قوله»: whose words somebody unnamed passes on."""
        length = matches(self._row, cue.after, phrases("names", "citing"))
        subject = self.subject(cue.after + length, cue.gap_end + 1) if length else None
        return None if subject is None or self.is_thing(subject) else subject

    def _passed_on(self, cue: Cue, cited: int, held: Voice | None) -> Voice:
        """«ونقل عنه موقع X قوله», «ونقل مكتب الرئيس عنه قوله»: who spoke last, through a medium or under an office."""
        spoke = held or NOBODY
        relay = self.subject(cited + 1, cue.gap_end) if cited == cue.after else self.subject(cue.after, cited)
        if relay is None:
            return spoke
        by = self.of(relay)
        return replace(spoke, via=by.speaker) if is_medium(relay.names[0]) else Voice(by.source, spoke.speaker)

    def _paper(self, name: Name, held: Voice | None) -> Voice | None:
        """«وأضاف التقرير»: whoever spoke last, unless a person did; a paper that nobody issued speaks for itself."""
        paper = name.form in folded_set("verbs", "prepositions", "documents")
        if paper and held and held.source != UNKNOWN and not self._names.is_person(held.source):
            return held
        nobody = paper and self._names.resolve(name, before=name.start) is None
        return Voice(name.text, (name.text,)) if nobody else None

    def _resumed(self, held: Voice, agreement: str) -> Voice:
        """Who goes on speaking: after the joint words of two, a verb in the singular is the office's own."""
        joint = len(held.speaker) > 1 and agreement in ("ms", "fs") and self.is_office(held.source)
        return replace(held, speaker=(held.source,)) if joint else held

    def _may_be_two(self, cue: Cue, name: Name, voice: Voice) -> bool:
        """«أبلغ زيد عمرا»: one name or two, nobody can tell."""
        lemma = folded(cue.verb.lemma)
        takes = folded_set("names", "takes_person") | folded_set("names", "needs_person")
        plain = name.kind == "person" and not name.title and " " in name.text and voice.source == name.text
        return plain and (cue.verb.kind == "tell" or lemma in takes) and not self._names.full(name)

    def _is_object(self, cue: Cue, subjects: tuple[Subject | None, Subject], held: Voice | None) -> bool:
        """Whether the one noun phrase after «طالب» or «دعا» is whom it is said to, not who says it."""
        before, subject = subjects
        if held is None and subject.names[0].kind != "plain":
            return False
        if before is not None or cue.verb.tense == "participle":
            return False
        if phrase_end(self._row, subject.end, cue.gap_end) > subject.end:
            return False
        named = subject.names[0]
        if self._row[subject.end - 1].form not in named.form.split():
            return False  # «طالبت المنظمة السلطات»: whom it asks stands behind its name
        lemma = folded(cue.verb.lemma)
        if lemma in folded_set("names", "needs_person"):
            return True
        speaks = subject.names[0].kind in ("person", "role") or self._names.speaks(subject.names[0])
        return lemma in folded_set("names", "takes_person") and not speaks

    def _relayed_by(self, subject: Subject, cue: Cue) -> Voice | None:
        """«نقلت الوكالة عن X أن», «ذكرت الصحيفة نقلا عن X أن»: X is accountable, the medium passes it on."""
        at, cited = self._citing(subject, cue)
        source = self.subject(at + cited, cue.gap_end + 1) if cited else None
        if source is None or self.is_thing(source):
            return None
        unnamed = source.names[0].form.split()[0] in folded_set("names", "source_heads")
        if cue.verb.kind != "transmit" and not unnamed and not is_medium(subject.names[0]):
            return None
        medium = self.resolved(subject.names[0])[0]
        return replace(self.of(source), via=(medium,) if medium != UNKNOWN else ())

    def _citing(self, subject: Subject, cue: Cue) -> tuple[int, int]:
        """Where «عن», or after «نسبت» «إلى», stands behind who relays, and how many words it has; 0 for none."""
        ascribes = folded(cue.verb.lemma) in folded_set("names", "ascribes")
        listed = phrases("names", "ascribing" if ascribes else "citing")
        last = cue.gap_end if cue.verb.kind == "transmit" else subject.end + 1
        comma = subject.end < cue.gap_end and self._row[subject.end].form in table("marks")["commas"]
        steps = ((at, matches(self._row, at, listed)) for at in range(subject.end, last + comma))
        return next((found for found in steps if found[1]), (subject.end, 0))

    def _under(self, held: Voice | None, voice: Voice, cue: Cue) -> Voice:
        """Under an office that tells what its principal said, that office stays accountable."""
        if held is None or not self.is_office(held.source) or voice.source in (held.source, UNKNOWN):
            return voice
        stage = folded_set("names", "own_stage")
        alone = any(word.form in stage for word in self._row[cue.after : cue.gap_end])
        if alone or not self._names.is_person(voice.source) or not self._names.may_preside(voice.source):
            return voice
        return Voice(held.source, voice.speaker)

    def is_thing(self, subject: Subject) -> bool:
        """Whether a subject is nobody: «ضعف الإدراك يشير إلى»."""
        name = subject.names[0]
        return name.kind == "thing" and self._names.resolve(name, before=name.start) == name.text

    def nobody_says(self, cue: Cue) -> bool:
        """Whether what stands behind the verb says nothing: «يشير ضعف الإدراك إلى»."""
        can = folded(cue.verb.lemma) in folded_set("names", "things_can")
        single = can and cue.verb.tense != "participle" and cue.verb.agreement in ("ms", "fs")
        first = self._row[cue.after].form if single and cue.after < cue.gap_end and "object" not in cue.rule else ""
        if first and is_event(first) and not may_be_given(first):
            return True
        subject = self.subject(cue.after, cue.gap_end) if single else None
        return subject is not None and self.is_thing(subject)

    def acted(self, first: int, last: int) -> Voice | None:
        """Whom a sentence begins with as the one who does what it tells; None for nobody certain."""
        subject = self.subject(first + 1, last) or self.subject(first, last)
        if subject is None or not self._names.certain(subject.names[0]):
            return None
        voice = self.of(subject)
        return voice if self._names.speaks_for_itself(voice.source) else None

    def relayed(self, first: int, last: int) -> Voice | None:
        """Whom a medium quotes where what he said is no clause: «نقلت الصحيفة عن مسؤول … شكه في …»."""
        for step in range(first, min(last, first + 4)):
            verb = saying_verb(after_conjunction(self._row[step].form))
            if verb is None or verb.kind != "transmit":
                continue
            name, end = name_at(self._text, self._row, step + 1, last)
            cited = matches(self._row, end, phrases("names", "citing"))
            source = self.subject(end + cited, last) if name and cited else None
            if name is None or source is None or not (is_medium(name) or self._names.certain(name)):
                return None
            medium = self.resolved(name)[0]
            return replace(self.of(source), via=(medium,) if medium != UNKNOWN else ())
        return None

    def called(self, first: int, last: int, acted: Voice | None) -> Voice | None:
        """A person whom a sentence has as the subject of a verb of saying, though it gives no words of his."""
        if acted is None or not self._names.is_person(acted.source):
            return None
        near = (after_conjunction(word.form) for word in self._row[first : min(last, first + _WINDOW // 2)])
        return acted if any(saying_verb(form) and not is_ambiguous(form) for form in near) else None

    def issued(self, first: int, last: int) -> Voice | None:
        """Whose paper it is: «أصدرت منظمة X تقريرا عن …»; None for nobody's."""
        verbs, papers = folded_set("names", "issuing"), folded_set("names", "issued")
        if after_conjunction(self._row[first].form) not in verbs:
            return None
        subject = self.subject(first + 1, last)
        if subject is None or subject.end >= last or self._row[subject.end].form not in papers:
            return None
        return None if self.is_thing(subject) else self.of(subject)

    def doer(self, start: int, cue: Cue, held: Voice | None) -> Voice | None:
        """Who did what the sentence tells before a cue; the held voice where its verb names nobody."""
        step = start
        while step < min(cue.at, start + 3) and not is_finite(after_conjunction(self._row[step].form)):
            step += 1
        found = step < cue.at and is_finite(after_conjunction(self._row[step].form))
        step = step if found else start
        doer = self.subject(step + 1, cue.at)
        before = self.subject(start, step)
        doer = doer if before is None or not self._names.certain(before.names[0]) else before
        if doer is None or not (found or self._names.certain(doer.names[0])):
            return held
        confesses = folded(cue.verb.lemma) in folded_set("names", "confesses")
        if confesses and not self._names.is_person(self.of(doer).source):
            return NOBODY  # «أوقفت الشرطة شابا … واعترف»: whom it arrested
        name = self.resolved(doer.names[0])[0]
        return Voice(name, (name,)) if self._names.certain(doer.names[0]) else NOBODY

    def is_office(self, name: str) -> bool:
        """Whether this is an office that retells its principal's words: a presidency, a palace."""
        form = folded(name)
        return not {form, form.split()[0]}.isdisjoint(folded_set("names", "offices"))

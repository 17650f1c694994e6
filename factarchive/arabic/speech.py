"""Speech: who says what in a paragraph, by which words, and what the article says in its own voice."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from factarchive.arabic.according import According
from factarchive.arabic.cues import Cue, closing, cue_at, is_comma
from factarchive.arabic.extents import content_end
from factarchive.arabic.headlines import dateline_end, is_byline, labelled
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.media import media_between
from factarchive.arabic.names import read_name
from factarchive.arabic.nested import Nested
from factarchive.arabic.phrases import comma_after, is_weekday, phrase_end
from factarchive.arabic.prepositions import Preposition, postposed_verb, preposition_at
from factarchive.arabic.references import Names
from factarchive.arabic.stamps import is_stamp
from factarchive.arabic.verbs import Saying, is_ambiguous, is_finite, saying_verb
from factarchive.arabic.voices import NARRATOR, NOBODY, UNKNOWN, Subject, Voice, Voices
from factarchive.arabic.words import Word, after_conjunction, matches, opens_complement

__all__ = ["Sentence", "Statement", "statements"]

Row = Sequence[Word]
Sentence = tuple[int, int]  # words [first, last) of a paragraph's row
Outer = tuple[Voice, tuple[int, int]] | None  # the voice over a whole sentence, with its cue

_CITING = 3  # words of «في بيان أصدرته»
_BEFORE = 8  # voices looked back over
_PLACE = 6  # words of a place between a source and its comma
_COLON = Saying("", "say", ("quote",), "perfect", "")


@dataclass(frozen=True, slots=True)
class Statement:
    """Words [first, last) that one voice says; the cue as written, the kind of saying, and the rules that fired."""

    first: int
    last: int
    voice: Voice
    cue: tuple[int, int] | None
    kind: str
    rules: tuple[str, ...]


def statements(
    text: str, paragraphs: Iterable[tuple[Row, Sequence[Sentence]]], names: Names
) -> Iterator[tuple[Row, Statement]]:
    """What an article's paragraphs say, in reading order, each statement with its paragraph's words."""
    held: Voice | None = None
    actor: Voice | None = None
    past: list[Voice] = []
    for number, (row, sentences) in enumerate(paragraphs):
        if is_byline(row) or is_stamp(row):
            continue
        reader = _Reader(text, row, names, held)
        reader.actor, reader.past = actor, past
        for first, last in sentences:
            start = max(first, dateline_end(row)) if number and not first else first
            yield from ((row, statement) for statement in reader.sentence(min(start, last), last))
        held, actor, past = reader.held, reader.actor, reader.past


class _Reader:
    """Reads one paragraph; remembers who spoke last, since «وأضاف» does not repeat it."""

    def __init__(self, text: str, row: Row, names: Names, held: Voice | None) -> None:
        self._text, self._row, self._names = text, row, names
        self._voices = Voices(text, row, names)
        self._according = According(text, row, names)
        self._inner = Nested(row, names, self._voices)
        self._also = False
        self._said = False
        self._label: Outer = None  # whose words a headline's later sentences are
        self.held = held
        self.past: list[Voice] = []  # who spoke before
        self.actor: Voice | None = None  # who did what the last sentence told, where nobody has spoken yet

    def sentence(self, first: int, last: int) -> Iterator[Statement]:
        """The statements of one sentence."""
        self._also = first < last and after_conjunction(self._row[first].form) in folded_set("marks", "also")
        self._said = False
        label = self._later_label(first, last)
        if label:
            yield from self.sentence(first, label)
            first = label + 1
        first = self._after_openers(first, last)
        if first >= last:
            return
        headline = self._colon(first, last)
        if headline is not None:
            voice, said = headline
            if voice == NARRATOR:
                yield from self._scan(said, last, None)
                return
            self._label = (voice, (first, said - 1))
            yield from self._within(Cue(first, said - 1, said, said, _COLON, "colon"), last, voice)
            return
        if self._label is not None:
            yield from self._scan(first, last, self._label)
            return
        opening = preposition_at(self._row, first)
        voice_end = self._preposed(opening, last) if opening else None
        if opening and voice_end:
            voice, end = voice_end
            self.held = voice
            yield from self._scan(end, last, (voice, (opening.at, opening.after)))
            return
        after = yield from self._quoted_first(first, last)
        yield from self._scan(after, last, None)
        if not self._said:
            acted = self._voices.acted(first, last)
            if acted and self.held and acted.source not in (self.held.source, *self.held.speaker):
                self.held = None  # somebody else has done something: «وأضاف» may be his
            self.actor = acted or self.actor
            told = self._voices.relayed(first, last) or self._voices.called(first, last, acted)
            self.held = told or self._voices.issued(first, last) or self.held

    def _later_label(self, first: int, last: int) -> int:
        """The «..» in «نتيجة الأزمة.. رئيس الوزراء: …», after which a label stands; 0 for none."""
        dots = (k for k in range(first + 1, last - 2) if self._row[k].form.startswith(".."))
        at = next(dots, 0) if first == 0 else 0
        return at if at and self._colon(at + 1, last) not in (None, (NARRATOR, at + 1)) else 0

    def _after_openers(self, first: int, last: int) -> int:
        """Past «من جهته،» and the like; a change of side ends the voice held."""
        moved = True
        while moved and first < last and not self._cites(first):
            moved = False
            word = self._row[first]
            bare = replace(word, form=after_conjunction(word.form))
            line = [bare, *self._row[first + 1 : min(last, first + 6)]]
            told = matches(line, 0, phrases("marks", "narrator_openers"))
            if told or matches(line, 0, phrases("marks", "resets")):
                self.held = None
            length = told or matches(line, 0, phrases("marks", "openers"))
            if length or is_comma(word) or word.form in table("marks")["dashes"]:
                first += max(length, 1)
                moved = True
        return first

    def _cites(self, at: int) -> bool:
        """«في بيان صادر عن X»: an opening that names whose words follow."""
        found = preposition_at(self._row, at)
        return found is not None and found.after - at >= _CITING

    def _colon(self, first: int, last: int) -> tuple[Voice, int] | None:
        """«فلان: …»: a name, known from elsewhere in the article, and a colon."""
        if cue_at(self._row, first, last) is not None or preposition_at(self._row, first) is not None:
            return None
        end, after = labelled(self._row, first, last)
        if not after:
            return None
        name = read_name(self._text, self._row, first, end)
        source = self._names.labelled(name, self._row[after - 1].end) if name else None
        opened = after < last and self._row[after].kind == "open"
        if source is None:
            # A place or a time before the colon: the headline is the article's own.
            return (NARRATOR, after) if first == 0 and after <= 5 else None
        return Voice(source, (source,)), after + opened

    def _quoted_first(self, first: int, last: int) -> Generator[Statement, None, int]:
        """«“…”، قال X»: the quotation and where the rest begins."""
        row = self._row
        if row[first].kind != "open":
            return first
        end = closing(row, first, last)
        at = end + 1
        while at < last and (is_comma(row[at]) or row[at].form in table("marks")["dashes"]):
            at += 1
        verb = saying_verb(row[at].form) if at < last else None
        if end - first < 4 or verb is None or "quote" not in verb.frames:
            return first
        subject = self._voices.subject(at + 1, last)
        voice = self._voices.of(subject) if subject else self.held or Voice(UNKNOWN, (UNKNOWN,))
        self.held, self._said = voice, True
        yield Statement(first + 1, end, voice, (at, at + 1), verb.kind, ("quote-first",))
        at = subject.end if subject else at + 1
        while at < last and (is_comma(row[at]) or row[at].form in (":", ".")):
            at += 1
        if at < last and row[at].kind == "open":
            end = closing(row, at, last)
            yield Statement(at + 1, end, voice, None, verb.kind, ("quote-resumed",))
            return end + 1
        return at

    def _preposed(self, cue: Preposition, last: int) -> tuple[Voice, int] | None:
        """The voice of «بحسب X، …» and where its clause begins."""
        voice, end = self._according.voice(cue, last, self.held)
        if voice is None or end >= last:
            return None
        bare = after_conjunction(self._row[end].form)
        colon = self._row[end].form == table("marks")["colons"]
        if colon or self._row[end].kind in ("open", "loose") or opens_complement(bare):
            return voice, end + 1
        if not is_comma(self._row[end]):
            if end > cue.after and is_finite(bare):
                return voice, end
            end = comma_after(self._row, end, min(last, end + _PLACE))
        if not end:
            return None
        return voice, self._after_openers(end + 1, last)

    def _scan(self, at: int, last: int, outer: Outer) -> Iterator[Statement]:
        """The statements of words [at, last); `outer` is the voice over all of them, with its cue."""
        start = at
        while at < last:
            cue = self._next(at, last)
            if cue is None:
                yield from self._own(at, last, outer)
                return
            if isinstance(cue, Preposition):
                voice, end = self._according.voice(cue, last, self.held)
                yield from self._attributed(at, cue, (voice, outer))
                at = max(end, cue.after)
                continue
            before = self._inner.subject_before(start, cue) if at == start else None
            talk = [after_conjunction(word.form) for word in self._row[at : at + 2]]
            fronted = talk[0] in folded_set("names", "fronted_leads") and talk[1] in folded_set("names", "talks")
            if cue.at > at and before is None and not fronted:
                yield from self._own(at, cue.at, outer)
            end = content_end(self._row, cue, last)
            voice = self._fronted(start, cue, self._voice(cue, before, (start, outer)))
            voice, after = self._through(voice, end, last)
            yield from self._within(self._accused(cue, before, voice), end, voice)
            self._said = True
            if outer is None and cue.rule != "rumour":
                self.held = voice
                self.past = [*self.past[-_BEFORE:], voice]
            at = max(after, cue.said)

    def _fronted(self, start: int, cue: Cue, voice: Voice) -> Voice:
        """«وفي تصريحات للتلفزيون السوري، قال X»: the voice with the medium that the sentence begins with."""
        leads = folded_set("names", "fronted_leads")
        before = [after_conjunction(word.form) for word in self._row[start : cue.at]]
        if voice.via or voice == NARRATOR or len(before) < 2 or before[0] not in leads:
            return voice
        if before[1] not in folded_set("names", "talks") and any(map(is_finite, before)):
            return voice
        return replace(voice, via=media_between(self._text, self._row, start + 1, cue.at))

    def _through(self, voice: Voice, end: int, last: int) -> tuple[Voice, int]:
        """The voice under the one that a closing «…، بحسب رويترز» names, and where the rest goes on."""
        at = end + (end < last and is_comma(self._row[end]))
        cue = preposition_at(self._row, at) if at < last else None
        if cue is None or cue.own or voice.via:
            return (voice, cue.after) if cue and cue.own else (voice, end)
        relay, after = self._according.voice(cue, last, self.held)
        if relay is None or UNKNOWN in (relay.source, voice.source):
            return voice, end
        if self._names.is_medium(relay.source):
            return replace(voice, via=(relay.source,)), after
        if self._row[cue.at].form in folded_set("names", "cites"):
            return replace(voice, speaker=relay.speaker), after
        return Voice(relay.source, voice.speaker, relay.via), after

    def _next(self, at: int, last: int) -> Cue | Preposition | None:
        """The next cue outside quotations."""
        step = at
        while step < last:
            if self._row[step].kind == "open":
                step = closing(self._row, step, last) + 1
                continue
            cue = cue_at(self._row, step, last)
            if cue is not None and self._voices.nobody_says(cue):
                cue = None
            later = preposition_at(self._row, step) or postposed_verb(self._row, step, last) if step > at else None
            noun = cue is not None and is_ambiguous(self._row[step].form)
            found = later or cue if noun else cue or later
            if found is not None:
                return found
            step += 1
        return None

    def _own(self, at: int, last: int, outer: Outer) -> Iterator[Statement]:
        """Words with no cue of their own: the outer voice's, or the article's."""
        if outer is not None:
            yield Statement(at, last, outer[0], outer[1], "say", ("preposed",))
            return
        row = self._row
        alone = row[at].kind == "open" and closing(row, at, last) >= last - 2 and last - at > 5
        joined = after_conjunction(row[at].form)
        goes_on = joined != row[at].form and opens_complement(joined)  # «وأن …» after a full stop
        if self.held is not None and (alone or goes_on or (self._also and not self._said)):
            yield Statement(at, last, self.held, None, "say", ("carried",))
            return
        yield Statement(at, last, NARRATOR, None, "", ("narration",))

    def _attributed(self, at: int, cue: Preposition, voices: tuple[Voice | None, Outer]) -> Iterator[Statement]:
        """The words before «…، بحسب X»."""
        voice, outer = voices
        if cue.at <= at:
            return
        if outer is not None or voice is None:
            yield from self._own(at, cue.at, outer)
            return
        self.held, self._said = voice, True
        yield Statement(at, cue.at, voice, (cue.at, cue.after), "say", ("postposed",))

    def _voice(self, cue: Cue, before: Subject | None, around: tuple[int, Outer]) -> Voice:
        """Who says it: the verb's subject, else who spoke last; under an outer voice, that voice's speaker."""
        start, outer = around
        if cue.rule == "rumour":
            return NOBODY
        if cue.verb.tense == "participle":
            inner = self._participle_voice(start, cue, outer)
        elif before is None and self._relative(cue):
            inner = Voice(UNKNOWN, (UNKNOWN,))
        else:
            inner = self._voices.spoken(cue, before, self._did(start, cue) or self._agreeing(cue) or self.actor)
        if outer is None:
            return inner or self.held or self.actor or Voice(UNKNOWN, (UNKNOWN,))
        if inner is None:
            return outer[0]
        if self._names.is_medium(inner.source) and outer[0].source != UNKNOWN:
            return replace(outer[0], via=(inner.source,))  # «نقلا عن مصادر، ذكرت صحيفة X أن …»
        if self._names.is_medium(outer[0].source):
            return replace(inner, via=(outer[0].source,))  # «بحسب رويترز، قال X إن …»
        return Voice(outer[0].source, inner.speaker, outer[0].via)

    def _agreeing(self, cue: Cue) -> Voice | None:
        """Who spoke last, if the verb's gender lets him; else who of those before may be meant."""
        if self.held is None or self._names.may_be(self.held.source, cue.verb.agreement):
            return self.held
        if self._voices.subject(cue.after, cue.gap_end) is not None:
            return self.held
        fits = (v for v in self.past[::-1] if self._names.must_be(v.source, cue.verb.agreement))
        return next(fits, Voice(UNKNOWN, (UNKNOWN,)))

    def _did(self, start: int, cue: Cue) -> Voice | None:
        """Who did what the sentence tells before «وأكد»: he says it too."""
        doer = self._voices.doer(start, cue, None) if cue.at > start and not self._said else None
        return doer if doer and doer.source != UNKNOWN and cue.verb.agreement in ("ms", "fs") else None

    def _relative(self, cue: Cue) -> bool:
        """«تصريحات … التي قال فيها»: who spoke stands far before, and is not who spoke last."""
        bare = after_conjunction(self._row[cue.at - 1].form) if cue.at else ""
        led = bare in folded_set("marks", "relatives") and not self._said
        return led and phrase_end(self._row, cue.after, cue.gap_end) == cue.after

    def _participle_voice(self, start: int, cue: Cue, outer: Outer) -> Voice | None:
        """A participle's subject: who spoke in this sentence, else who did what it tells."""
        if outer is not None:
            return None
        if self._said and self.held is not None:
            plural = self._row[cue.at].form.endswith(tuple(table("verbs")["participles"]["plural"]))
            both = self._names.pair("", self._row[cue.at].start) if plural else ()
            alone = len(self.held.speaker) == 1 and self._voices.is_office(self.held.source)
            return replace(self.held, speaker=both) if both and alone else self.held
        return self._voices.doer(start, cue, self.held)

    def _accused(self, cue: Cue, before: Subject | None, voice: Voice) -> Cue:
        """«اتهم X المعارضة بـ…»: whom it accuses is part of the claim."""
        governs = folded(cue.verb.lemma) in folded_set("names", "object_too") and "preposition" in cue.rule
        if not governs:
            return cue
        subject = None if before else self._voices.subject(cue.after, cue.gap_end)
        alone = subject is not None and subject.end >= cue.gap_end
        first = cue.after if before or alone or subject is None else subject.end
        while first < cue.said and (is_comma(self._row[first]) or is_weekday(self._row[first].form)):
            first += 1
        if alone and subject is not None and self._voices.of(subject) == voice:
            return cue
        return replace(cue, said=first, rule="accusation") if first < cue.said else cue

    def _within(self, cue: Cue, end: int, voice: Voice) -> Iterator[Statement]:
        """What was said, or, where it reports somebody else's words, those."""
        if cue.said >= end:
            return
        inner = self._inner.nested(cue.said, end)
        if inner is None:
            yield Statement(cue.said, end, voice, (cue.at, cue.after), cue.verb.kind, (cue.rule,))
            return
        nested, subject = inner
        if nested.at > cue.said and is_finite(self._row[cue.said].form):
            yield Statement(cue.said, nested.at, voice, (cue.at, cue.after), cue.verb.kind, (cue.rule,))
        spoken = self._inner.inside(voice, nested, subject)
        rules = (cue.rule, "nested", nested.rule)
        yield Statement(nested.said, end, spoken, (nested.at, nested.after), nested.verb.kind, rules)

"""Speech: who says what in a paragraph, by which words, and what the article says in its own voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from factarchive.arabic.cues import Cue, Preposition, closing, cue_at, is_comma, preposition_at
from factarchive.arabic.heads import without_preposition
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.media import medium_between, without_to
from factarchive.arabic.names import Name, find_names, name_at, phrase_end, read_name
from factarchive.arabic.references import Names
from factarchive.arabic.verbs import Saying, is_finite
from factarchive.arabic.words import Word, after_conjunction, matches

__all__ = ["NARRATOR", "UNKNOWN", "Sentence", "Statement", "Voice", "names_of", "statements"]

Row = Sequence[Word]
Sentence = tuple[int, int]  # words [first, last) of a paragraph's row

UNKNOWN = "unknown"
_SUBJECT = 8  # words of a subject before its verb
_WINDOW = 32  # words within which a name ends


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the accountable source, the innermost speakers, and through whom it came."""

    source: str
    speaker: tuple[str, ...]
    via: tuple[str, ...] = ()


NARRATOR = Voice("narrator", ("narrator",))
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


def names_of(text: str, rows: Iterable[Row], speakers: Mapping[str, str]) -> Names:
    """Every name of an article: those with a title or head noun, and every subject of a verb of saying."""
    found: list[Name] = []
    for row in rows:
        found.extend(find_names(text, row))
        for at in range(len(row)):
            cue = cue_at(row, at, len(row))
            if cue and cue.verb.kind == "tell":
                continue  # «أبلغ بوتين ترامب»: two names side by side
            name = name_at(text, row, cue.after, cue.gap_end)[0] if cue else None
            if name is not None:
                found.append(name)
    return Names(found, speakers)


def statements(
    text: str, paragraphs: Iterable[tuple[Row, Sequence[Sentence]]], names: Names
) -> Iterator[tuple[Row, Statement]]:
    """What an article's paragraphs say, in reading order, each statement with its paragraph's words."""
    held: Voice | None = None
    for row, sentences in paragraphs:
        reader = _Reader(text, row, names, held)
        for first, last in sentences:
            yield from ((row, statement) for statement in reader.sentence(first, last))
        held = reader.held


class _Reader:
    """Reads one paragraph; remembers who spoke last, since «وأضاف» does not repeat it."""

    def __init__(self, text: str, row: Row, names: Names, held: Voice | None) -> None:
        self._text, self._row, self._names = text, row, names
        self._also = False
        self.held = held

    def sentence(self, first: int, last: int) -> Iterator[Statement]:
        """The statements of one sentence."""
        self._also = first < last and after_conjunction(self._row[first].form) in folded_set("marks", "also")
        first = self._after_openers(first, last)
        if first >= last:
            return
        headline = self._colon(first, last)
        if headline is not None:
            voice, said = headline
            if voice == NARRATOR:
                yield from self._scan(said, last, None)
                return
            yield from self._within(Cue(first, said - 1, said, said, _COLON, "colon"), last, voice)
            return
        opening = preposition_at(self._row, first)
        voice_end = self._preposed(opening, last) if opening else None
        if opening and voice_end:
            voice, end = voice_end
            self.held = voice
            yield from self._scan(end, last, (voice, (opening.at, opening.after)))
            return
        yield from self._scan(first, last, None)

    def _after_openers(self, first: int, last: int) -> int:
        """Past «من جهته،» and the like; a change of side ends the voice held."""
        moved = True
        while moved and first < last:
            moved = False
            word = self._row[first]
            line = [
                replace(word, form=after_conjunction(word.form)),
                *self._row[first + 1 : min(last, first + 6)],
            ]
            told = matches(line, 0, phrases("marks", "narrator_openers"))
            if told or matches(line, 0, phrases("marks", "resets")):
                self.held = None
            length = told or matches(line, 0, phrases("marks", "openers"))
            if length or is_comma(word) or word.form in "-–—•*":
                first += max(length, 1)
                moved = True
        return first

    def _colon(self, first: int, last: int) -> tuple[Voice, int] | None:
        """«فلان: …»: a name, known from elsewhere in the article, and a colon."""
        if cue_at(self._row, first, last) is not None:
            return None
        end = phrase_end(self._row, first, min(last, first + 8))
        if end == first or end >= last or self._row[end].form != table("marks")["colons"]:
            return None
        name = read_name(self._text, self._row, first, end)
        source = self._names.resolve(name, before=self._row[end].end) if name else None
        opened = end + 1 < last and self._row[end + 1].kind == "open"
        if name is None or source is None or (name.kind == "plain" and source == name.text):
            # A place or a time before the colon: the headline is the article's own.
            return (NARRATOR, end + 1) if first == 0 and end <= 4 else None
        return Voice(source, (source,)), end + 1 + opened

    def _preposed(self, cue: Preposition, last: int) -> tuple[Voice, int] | None:
        """The voice of «بحسب X، …» and where its clause begins."""
        voice, end = self._prepositional(cue, last)
        if voice is None or end >= last or not is_comma(self._row[end]):
            return None
        return voice, self._after_openers(end + 1, last)

    def _prepositional(self, cue: Preposition, last: int) -> tuple[Voice | None, int]:
        """Whom a prepositional cue names, and where the name ends."""
        if cue.own:
            return self.held, cue.after
        at = cue.after + (1 if cue.clause else 0)
        if at >= last:
            return None, cue.after
        first = self._row[at]
        free = replace(first, form=without_preposition(first.form)) if cue.to_the else first
        window = [free, *self._row[at + 1 : min(last, at + _WINDOW)]]
        name, length = name_at(self._text, window, 0, len(window))
        end = at + length
        relayed = self._relayed(end, last) if cue.clause else None
        if name is not None and relayed is not None:
            medium = self._names.resolve(name, before=name.start) or name.text
            return replace(relayed[0], via=(medium,)), relayed[1]
        return (self._voice_of(name, cue.to_the), end) if name else (None, end)

    def _relayed(self, at: int, last: int) -> tuple[Voice, int] | None:
        """«… عن X» after a medium."""
        about = self._row[at].form == table("verbs")["relay"]["from"] if at + 1 < last else False
        name, end = name_at(self._text, self._row, at + 1, last) if about else (None, at)
        return (self._voice_of(name, False), end) if name else None

    def _voice_of(self, name: Name, to_the: bool) -> Voice:
        if to_the:
            name = replace(name, text=without_to(name.text))
        source = self._names.resolve(name, before=name.start)
        return Voice(source, (source,)) if source else Voice(UNKNOWN, (UNKNOWN,))

    def _scan(self, at: int, last: int, outer: tuple[Voice, tuple[int, int]] | None) -> Iterator[Statement]:
        """The statements of words [at, last); `outer` is the voice over all of them, with its cue."""
        start = at
        while at < last:
            cue = self._next(at, last)
            if cue is None:
                yield from self._own(at, last, outer)
                return
            if isinstance(cue, Preposition):
                voice, end = self._prepositional(cue, last)
                yield from self._attributed(at, cue, (voice, outer))
                at = max(end, cue.after)
                continue
            before = self._subject_before(start, cue) if at == start else None
            if cue.at > at and before is None:
                yield from self._own(at, cue.at, outer)
            end = self._content_end(cue, last)
            voice = self._voice(cue, before, outer)
            yield from self._within(cue, end, voice)
            if outer is None:
                self.held = voice
            at = max(end, cue.said)

    def _next(self, at: int, last: int) -> Cue | Preposition | None:
        """The next cue outside quotations."""
        step = at
        while step < last:
            if self._row[step].kind == "open":
                step = closing(self._row, step, last) + 1
                continue
            cue = cue_at(self._row, step, last)
            found = cue or (preposition_at(self._row, step) if step > at else None)
            if found is not None:
                return found
            step += 1
        return None

    def _own(self, at: int, last: int, outer: tuple[Voice, tuple[int, int]] | None) -> Iterator[Statement]:
        """Words with no cue of their own: the outer voice's, or the article's."""
        if outer is not None:
            yield Statement(at, last, outer[0], outer[1], "say", ("preposed",))
            return
        if self._also and self.held is not None:
            yield Statement(at, last, self.held, None, "say", ("carried",))
            return
        yield Statement(at, last, NARRATOR, None, "", ("narration",))

    def _attributed(
        self, at: int, cue: Preposition, voices: tuple[Voice | None, tuple[Voice, tuple[int, int]] | None]
    ) -> Iterator[Statement]:
        """The words before «…، بحسب X»."""
        voice, outer = voices
        if cue.at <= at:
            return
        if outer is not None or voice is None:
            yield from self._own(at, cue.at, outer)
            return
        self.held = voice
        yield Statement(at, cue.at, voice, (cue.at, cue.after), "say", ("postposed",))

    def _subject_before(self, start: int, cue: Cue) -> Name | None:
        """The subject of «X تعلن …» and of «كان X قد أعلن …»: the words before the verb, where none follow it."""
        if cue.gap_end > cue.after and phrase_end(self._row, cue.after, cue.gap_end) > cue.after:
            return None
        row, end = self._row, cue.at
        start += after_conjunction(row[start].form) in folded_set("verbs", "auxiliaries", "before")
        end -= end > start and row[end - 1].form in folded_set("verbs", "auxiliaries", "after")
        if not 0 < end - start <= _SUBJECT or after_conjunction(row[cue.at].form) != row[cue.at].form:
            return None
        if is_finite(after_conjunction(row[start].form)) or phrase_end(row, start, end) != end:
            return None
        return read_name(self._text, row, start, end)

    def _voice(self, cue: Cue, before: Name | None, outer: tuple[Voice, tuple[int, int]] | None) -> Voice:
        """Who says it: the verb's subject, else who spoke last; under an outer voice, that voice's speaker."""
        inner = self._spoken(cue, before)
        if outer is None:
            return inner or self.held or Voice(UNKNOWN, (UNKNOWN,))
        if inner is None:
            return outer[0]
        return Voice(outer[0].source, inner.speaker, outer[0].via)

    def _spoken(self, cue: Cue, before: Name | None) -> Voice | None:
        """The voice that the cue's own words name; None where they name none."""
        if cue.verb.tense == "participle":
            return None
        # A dual or plural verb has its subject before it or in it, never after it.
        after = cue.gap_end if cue.verb.agreement in ("ms", "fs", "") else cue.after
        name = before or name_at(self._text, self._row, cue.after, after)[0]
        via = medium_between(self._text, self._row, cue.after, cue.gap_end)
        if name is None:
            return replace(self.held, via=via or self.held.via) if self.held else None
        if cue.verb.kind == "transmit":
            relayed = self._relayed(phrase_end(self._row, cue.after, cue.gap_end), cue.gap_end + 1)
            medium = self._names.resolve(name, before=name.start) or name.text
            return replace(relayed[0], via=(medium,)) if relayed else Voice(medium, (medium,))
        if self.held and set(name.form.split()) <= folded_set("names", "pointing"):
            return replace(self.held, via=via or self.held.via)
        source = self._names.resolve(name, before=name.start) or UNKNOWN
        if cue.verb.kind == "tell" and " " in source and source == name.text and not self._names.full(name):
            source = UNKNOWN  # «أبلغ زيد عمرا»: one name or two, nobody can tell
        if self.held and self.held.source == source:
            via = via or self.held.via
        return Voice(source, (source,), via)

    def _content_end(self, cue: Cue, last: int) -> int:
        """Where what was said ends: with its quotation, else before the next cue that belongs to the sentence."""
        row = self._row
        if row[cue.said - 1].kind == "open" and cue.rule.endswith("quote"):
            return self._quotes_end(cue.said - 1, last)
        step = cue.said
        while step < last:
            if row[step].kind == "open":
                step = closing(row, step, last) + 1
                continue
            if step > cue.said and self._begins_another(step, last):
                return step
            step += 1
        return last

    def _quotes_end(self, opened: int, last: int) -> int:
        """The end of a quotation and of those joined to it: «“…”، كما “…”»."""
        row = self._row
        end = closing(row, opened, last)
        step = end + 1
        while step < last and step < end + 4:
            if row[step].kind == "open":
                end = closing(row, step, last)
                step = end
            elif not (is_comma(row[step]) or row[step].form in _joins()):
                break
            step += 1
        return min(end + 1, last)

    def _begins_another(self, step: int, last: int) -> bool:
        """Whether a cue of the same level begins here: «وأضاف أن», «مشددا على», «، بحسب»."""
        word = self._row[step]
        if word.kind != "word":
            return False
        cue = cue_at(self._row, step, last)
        if cue is not None:
            joined = after_conjunction(word.form) != word.form or self._row[step - 1].form in _joins()
            return cue.verb.tense == "participle" or joined
        after_mark = is_comma(self._row[step - 1]) or self._row[step - 1].kind == "close"
        return after_mark and preposition_at(self._row, step) is not None

    def _within(self, cue: Cue, end: int, voice: Voice) -> Iterator[Statement]:
        """What was said, or, where it reports somebody else's words, those."""
        if cue.said >= end:
            return
        inner = self._nested(cue.said, end)
        if inner is None:
            yield Statement(cue.said, end, voice, (cue.at, cue.after), cue.verb.kind, (cue.rule,))
            return
        nested, name = inner
        if nested.at > cue.said and is_finite(self._row[cue.said].form):
            yield Statement(cue.said, nested.at, voice, (cue.at, cue.after), cue.verb.kind, (cue.rule,))
        speaker = self._names.resolve(name, before=name.start) or UNKNOWN
        spoken = Voice(voice.source, (speaker,), voice.via)
        rules = (cue.rule, "nested", nested.rule)
        yield Statement(nested.said, end, spoken, (nested.at, nested.after), nested.verb.kind, rules)

    def _nested(self, at: int, end: int) -> tuple[Cue, Name] | None:
        """A cue inside what was said, with a subject of its own right before or after it."""
        for step in range(at, min(end, at + 10)):
            cue = cue_at(self._row, step, end)
            if cue is None or cue.verb.tense == "participle" or cue.said >= end:
                continue
            before = self._subject_before(at, cue)
            after = name_at(self._text, self._row, cue.after, cue.gap_end)[0] if step == at else None
            name = before or after
            return (cue, name) if name else None
        return None


def _joins() -> frozenset[str]:
    return folded_set("marks", "also") | folded_set("marks", "conjunctions") | folded_set("marks", "joiners")

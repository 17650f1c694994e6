"""Nested speech: whose words stand inside what somebody said, and whose subject stands before its verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factarchive.arabic.cues import Cue, cue_at, only_agrees
from factarchive.arabic.letters import folded
from factarchive.arabic.listed import folded_set
from factarchive.arabic.phrases import phrase_end
from factarchive.arabic.references import Names
from factarchive.arabic.verbs import is_finite
from factarchive.arabic.voices import UNKNOWN, Subject, Voice, Voices
from factarchive.arabic.words import Word, after_conjunction

__all__ = ["Nested"]

Row = Sequence[Word]

_SUBJECT = 12  # words of a subject before its verb
_NEAR = 10  # words within which the inner verb stands


class Nested:
    """Reads the verbs of one paragraph that have their subject before them."""

    def __init__(self, row: Row, names: Names, voices: Voices) -> None:
        self._row, self._names, self._voices = row, names, voices

    def subject_before(self, start: int, cue: Cue) -> Subject | None:
        """The subject of «X تعلن …» and of «كان X قد أعلن …»: the words before the verb."""
        row, end = self._row, cue.at
        auxiliary = after_conjunction(row[start].form) in folded_set("verbs", "auxiliaries", "before")
        start += auxiliary
        done = end > start and row[end - 1].form in folded_set("verbs", "auxiliaries", "after")
        end -= done
        follows = cue.gap_end > cue.after and phrase_end(row, cue.after, cue.gap_end) > cue.after
        asks = folded(cue.verb.lemma) in folded_set("names", "takes_person") | folded_set("names", "needs_person")
        if follows and not (auxiliary or done or (asks and start == 0)):
            return None
        if not 0 < end - start <= _SUBJECT or after_conjunction(row[cue.at].form) != row[cue.at].form:
            return None
        if is_finite(after_conjunction(row[start].form)):
            return None
        subject = self._voices.subject(start, end)
        complete = subject is not None and subject.end == end
        return subject if complete or auxiliary or phrase_end(row, start, end) == end else None

    def _telling(self, at: int, cue: Cue) -> Subject | None:
        """«إن أردوغان أبلغ نظيره أن …»: who tells stands before the verb, whom he tells behind it."""
        tells = cue.verb.kind in ("tell", "warn", "demand") and cue.at > at
        subject = self._voices.subject(at, cue.at) if tells else None
        named = subject is not None and subject.end == cue.at and not self._voices.is_thing(subject)
        return subject if named else None

    def inside(self, voice: Voice, nested: Cue, subject: Subject) -> Voice:
        """Who speaks inside another's words: a medium that passes words on is accountable for none of them."""
        inner = self._voices.of(subject)
        if self._names.is_medium(voice.source) and nested.verb.kind != "opine" and inner.source != UNKNOWN:
            return replace(inner, via=(voice.source,))
        return Voice(voice.source, inner.speaker, voice.via)

    def nested(self, at: int, end: int) -> tuple[Cue, Subject] | None:
        """A cue inside what was said, with a subject of its own right before or after it."""
        for step in range(at, min(end, at + _NEAR)):
            cue = cue_at(self._row, step, end)
            if cue is None or cue.verb.tense == "participle" or cue.said >= end or only_agrees(cue, self._row):
                continue
            before = self.subject_before(at, cue) or self._telling(at, cue)
            after = self._voices.subject(cue.after, cue.gap_end) if step == at else None
            subject = before or after
            return (cue, subject) if subject else None
        return None

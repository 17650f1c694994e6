"""According to whom: the voice that a preposition of saying names, and where its words end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factarchive.arabic.events import is_event
from factarchive.arabic.heads import body, definite, titled_word, without_preposition
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.media import media_between, media_named, without_to
from factarchive.arabic.names import Name, name_at
from factarchive.arabic.phrases import phrase_end
from factarchive.arabic.prepositions import Preposition
from factarchive.arabic.references import Names
from factarchive.arabic.voices import NOBODY, Subject, Voice, Voices
from factarchive.arabic.words import Word, after_article, matches

__all__ = ["According"]

Row = Sequence[Word]

_WINDOW = 32  # words within which a name ends
_FAR = 9  # words between a medium and whom it quotes


class According:
    """Reads what stands after «according to» in one paragraph."""

    def __init__(self, text: str, row: Row, names: Names) -> None:
        self._text, self._row, self._names = text, row, names
        self._voices = Voices(text, row, names)

    def voice(self, cue: Preposition, last: int, held: Voice | None) -> tuple[Voice | None, int]:
        """Whom a prepositional cue names, and where its words end."""
        if cue.own:
            return held, cue.after
        at = cue.after + (1 if cue.clause else 0)
        at += cue.clause and at < last and self._row[at].form in folded_set("names", "resumed")
        if at >= last:
            return None, cue.after
        told, at = self._told_to(at, last) if cue.clause else ((), at)
        if at >= last:
            return None, cue.after
        if told:
            voice, end = self._named_at(cue, at, (last, held))
            return (replace(voice, via=told) if voice and voice != held else voice), end
        return self._named_at(cue, at, (last, held))

    def _told_to(self, at: int, last: int) -> tuple[tuple[str, ...], int]:
        """«بحسب ما أكده للجوهرة أف أم، X»: the medium before the name, and where the name stands."""
        to: str = table("marks")["for_attached"]
        line = self._row[at : at + 5]
        if not (self._row[at].form.startswith(to) or matches(line, 0, phrases("names", "media_names"))):
            return (), at
        stop = self._stop(at, min(last, at + _FAR))
        via = media_between(self._text, self._row, at - 1, stop) or media_named(self._text, self._row, at, stop)
        if not via:
            return (), at
        if stop < last:
            return via, stop + 1
        listed = phrases("names", "media_names")
        window = [replace(self._row[at], form=without_preposition(self._row[at].form)), *self._row[at + 1 : at + 5]]
        length = matches(window, 0, listed) or matches(self._row, at, listed)
        return (via, at + length) if length and at + length < last else ((), at)

    def _named_at(self, cue: Preposition, at: int, around: tuple[int, Voice | None]) -> tuple[Voice | None, int]:
        last, held = around
        free = self._row[at]
        if cue.to_the:
            free = replace(free, form=without_preposition(free.form))
        if free.form in folded_set("verbs", "prepositions", "documents"):
            return self._document(at, last, held)
        window = [free, *self._row[at + 1 : min(last, at + _WINDOW)]]
        name, length = name_at(self._text, window, 0, len(window))
        if name is None:
            return None, at + length
        far = self._voices.holder(at + length, last) if name.kind == "role" else None
        if far:
            return self._voiced(cue, far, (last, held))
        if not self._may_be_source(name, window[0].form):
            return None, at + length
        if cue.to_the and name.start == free.start:
            name = replace(name, text=without_to(name.text))
        return self._voiced(cue, (name, at + length), (last, held))

    def _may_be_source(self, name: Name, first: str) -> bool:
        """Whether what «according to» governs is somebody: no «الراتب», no «الاحتمالات القائمة»."""
        if is_event(after_article(first)) and name.kind != "person":
            return False
        somebody = name.kind in ("person", "role") or titled_word(first) or body(first) or self._names.known(name)
        somebody = somebody or self._names.certain(name) or name.form in folded_set("names", "offices")
        return bool(somebody) or not definite(first) or name.form in folded_set("names", "media_names")

    def _voiced(self, cue: Preposition, named: tuple[Name, int], around: tuple[int, Voice | None]) -> tuple[Voice, int]:
        last, held = around
        name, end = self._voices.placed(*named, last)
        cited = matches(self._row, end, phrases("names", "citing")) if cue.clause else 0
        source = self._voices.subject(end + cited, last) if cited else None
        if source is not None:
            medium = self._voices.resolved(name)[0]
            return replace(self._voices.of(source), via=(medium,)), source.end
        if held and set(name.form.split()) <= folded_set("names", "pointing"):
            return held, end
        stop = self._stop(end, last)
        via = media_between(self._text, self._row, end, stop)
        voice = Voice(self._voices.resolved(name)[0], self._voices.resolved(name), via)
        return voice, stop if via else end

    def _stop(self, at: int, last: int) -> int:
        commas = table("marks")["commas"]
        return next((k for k in range(at, last) if self._row[k].form in commas), last)

    def _document(self, at: int, last: int, held: Voice | None) -> tuple[Voice | None, int]:
        """«وفقا لبيان صادر عن وزارة الزراعة», «بحسب بيانات البنك»: whose document it is."""
        end = phrase_end(self._row, at + 1, last)
        for step in range(at + 1, min(last, at + 5)):
            linked = matches(self._row, step, phrases("verbs", "prepositions", "document_links"))
            owner = self._voices.subject(step + linked, last) if linked else None
            if owner is not None:
                return self._voices.of(owner), owner.end
        owner = self._owner(at + 1, last)
        if owner is not None:
            return self._voices.of(owner), owner.end
        if held is not None and after_article(self._row[at].form) in folded_set("names", "pointing"):
            return held, max(end, at + 1)
        name, end = name_at(self._text, self._row, at, last)
        if name is None:
            return NOBODY, at + 1
        return Voice(name.text, (name.text,)), end

    def _owner(self, at: int, last: int) -> Subject | None:
        """The body or person right after a document, with or without an attached ل."""
        if at >= last or self._row[at].kind != "word":
            return None
        bare = without_preposition(self._row[at].form)
        window = [replace(self._row[at], form=bare), *self._row[at + 1 : min(last, at + _WINDOW)]]
        name, length = name_at(self._text, window, 0, len(window))
        if name is None or not (titled_word(bare) or body(bare) or self._names.full(name) or self._names.known(name)):
            return None
        if bare != self._row[at].form and name.start == self._row[at].start:
            name = replace(name, text=without_to(name.text))
        return Subject((name,), at + length)

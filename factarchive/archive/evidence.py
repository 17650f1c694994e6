"""Evidence at hand: documents that editors dropped in, cut into sentences and found by their words."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from factarchive.arabic.segments import Span, paragraphs, quotes, sentences
from factarchive.arabic.stems import index_stem, is_stop
from factarchive.arabic.words import words
from factarchive.archive.entries import Paper, digest_of
from factarchive.archive.schema import Document

__all__ = ["Exhibit", "Exhibits", "Near", "exhibit_of", "loaded_exhibit"]

_COVERED = 0.4  # of a claim's words by weight; passages that share less speak of something else
_LONGEST = 600  # characters; a longer sentence is a list or a table, and aligning it would say nothing


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document: its id (its path below the folder), whose it is, and its sentences as they stand."""

    id: str
    front: Document
    sentences: tuple[str, ...]

    def dumped(self) -> str:
        """As one line of JSON, the same for the same document."""
        data = {"id": self.id, "front": self.front.model_dump(mode="json"), "sentences": self.sentences}
        return json.dumps(data, ensure_ascii=False, sort_keys=True)


def exhibit_of(paper: Paper, id_: str, text: str) -> Exhibit:
    """A document of this visible text, each paragraph in one line."""
    spans = [s for p in paragraphs(text) for s in sentences(text, p, quotes(text, p))]
    cut = (text[s.start : s.end].strip() for s in spans)
    return Exhibit(id_, paper.front, tuple(sentence for sentence in cut if 0 < len(sentence) <= _LONGEST))


def loaded_exhibit(line: str) -> Exhibit:
    """The inverse of `Exhibit.dumped`."""
    data = json.loads(line)
    return Exhibit(data["id"], Document.model_validate(data["front"]), tuple(data["sentences"]))


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence of a document, and the share of a claim's words that it holds, by weight."""

    exhibit: Exhibit
    sentence: str
    covered: float


@dataclass(frozen=True)
class Exhibits:
    """Every document at hand; asked for what is near a text it answers from an index made when first asked."""

    held: Mapping[str, Exhibit]

    @cached_property
    def digest(self) -> str:
        """What stands for all of them."""
        return digest_of(*(exhibit.dumped() for _, exhibit in sorted(self.held.items())))

    def near(self, text: str, most: int = 6) -> Sequence[Near]:
        """The sentences that share most with a text, best first; fewer where few share enough."""
        index, weights = self._index
        wanted = {stem: weights[stem] for stem in _stems(text)}
        total = sum(wanted.values())
        found: Counter[tuple[str, int]] = Counter()
        for stem, weight in wanted.items():
            for place in index.get(stem, ()):
                found[place] += weight  # type: ignore[assignment]  # a Counter counts in fractions too
        ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:most]
        near = (Near(self.held[id_], self.held[id_].sentences[n], score / total) for (id_, n), score in ranked)
        return [one for one in near if one.covered >= _COVERED]

    @cached_property
    def _index(self) -> tuple[Mapping[str, Sequence[tuple[str, int]]], Mapping[str, float]]:
        index: dict[str, list[tuple[str, int]]] = defaultdict(list)
        count = 0
        for id_, exhibit in sorted(self.held.items()):
            for n, sentence in enumerate(exhibit.sentences):
                count += 1
                for stem in _stems(sentence):
                    index[stem].append((id_, n))
        rare = math.log(count + 1) + 1
        weights = defaultdict(lambda: rare, {s: math.log((count + 1) / len(p)) + 1 for s, p in index.items()})
        return index, weights


def _stems(text: str) -> set[str]:
    row = words(text, Span(0, len(text)))
    return {index_stem(word.form) for word in row if word.kind in ("word", "number") and not is_stop(word.form)}

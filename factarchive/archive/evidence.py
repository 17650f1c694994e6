"""Evidence at hand: documents that editors dropped in, cut into sentences and found by their words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from factarchive.arabic.segments import paragraphs, quotes, sentences
from factarchive.archive.entries import Paper, digest_of
from factarchive.archive.passages import Passage, Passages, find_passages
from factarchive.archive.schema import Document

__all__ = ["Exhibit", "Exhibits", "Near", "exhibit_of", "loaded_exhibit"]

_SHARED = 0.4  # of what a claim is found by; passages that share less speak of something else
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
    """A sentence of a document, and the share of what a text is found by that it has too."""

    exhibit: Exhibit
    sentence: str
    share: float


@dataclass(frozen=True)
class Exhibits:
    """Every document at hand; asked for what is near a text it answers from an index made when first asked."""

    held: Mapping[str, Exhibit]

    @cached_property
    def digest(self) -> str:
        """What stands for all of them."""
        return digest_of(*(exhibit.dumped() for _, exhibit in sorted(self.held.items())))

    def near(self, text: str, most: int = 6) -> tuple[Near, ...]:
        """The sentences that share most with a text, best first; fewer where few share enough."""
        found = find_passages(self._sentences, text, most)
        near = (Near(self.held[one.passage.source], one.passage.text, one.share) for one in found)
        return tuple(one for one in near if one.share >= _SHARED)

    @cached_property
    def _sentences(self) -> Passages:
        return Passages(
            Passage(id_, sentence, n)
            for id_, exhibit in self.held.items()
            for n, sentence in enumerate(exhibit.sentences)
        )

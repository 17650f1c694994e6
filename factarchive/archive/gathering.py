"""From ranked documents to results: cards are read, phrases looked up in texts, hits put together by article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factarchive.archive.filtering import Doc
from factarchive.archive.highlights import highlight, holds
from factarchive.archive.index import Posting
from factarchive.archive.index_reading import Files

__all__ = ["Expanded", "Found", "Gathered", "Group", "Hit", "Used"]

HITS = 3  # of one article
NEARBY = 500  # so many more documents are looked through for hits of the same articles
FIRST = 10  # groups for which PARAMETERS.tried documents may be read


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document: its card, its score, and the stems of the query that it has."""

    card: Mapping[str, Any]
    score: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """What was found of one article, the best first."""

    article: str
    score: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Used:
    """What a word was taken for; `kind` is exact, family, slip, completion or none."""

    typed: str
    kind: str
    used: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A stem that a word found, how like it is, and its postings."""

    stem: str
    df: int
    likeness: float
    postings: Sequence[Posting]


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word and all that it found."""

    said: Used
    found: Sequence[Found]


@dataclass(slots=True)
class Gathered:
    """Results by article. `count` is of the documents that were read, and matters only where `reads`."""

    files: Files
    words: Sequence[Expanded]
    phrases: Sequence[Sequence[str]]
    banned: Sequence[Sequence[str]]
    groups: dict[str, Group] = field(default_factory=dict)
    count: int = 0

    @property
    def reads(self) -> bool:
        """Whether texts must be read to know."""
        return bool(self.phrases or self.banned)

    def take(self, kept: Sequence[Doc], most: int) -> bool:
        """Take documents in their order until there are `most` groups; say whether that was all of them."""
        layout = self.files.layout
        tried = self.files.manifest["params"]["tried"] * -(-most // FIRST)
        last = min(len(kept), tried) if self.reads else len(kept)
        at = 0
        pages: set[int] = set()
        while at < last and len(self.groups) < most:
            # As many pages of cards as groups are missing: an article's documents stand on one page.
            batch: dict[int, None] = {}
            begin = at
            while at < last and (len(batch) < most - len(self.groups) or layout.card_page(kept[at].number) in batch):
                batch[layout.card_page(kept[at].number)] = None
                at += 1
            pages |= batch.keys()
            for hit in (hit for doc in kept[begin:at] for hit in self._hits(doc)):
                self.count += 1
                self._add(hit, is_new=True)
        for doc in () if self.reads else kept[at : at + NEARBY]:
            if layout.card_page(doc.number) in pages:  # its card is at hand
                for hit in self._hits(doc):
                    self._add(hit, is_new=False)
        return at >= last and len(self.groups) <= most

    def _add(self, hit: Hit, is_new: bool) -> None:
        article = str(hit.card["a"])
        group = self.groups.get(article)
        if group is None and is_new:
            self.groups[article] = Group(article, hit.score, [hit])
        elif group is not None and len(group.hits) < HITS:
            group.hits.append(hit)

    def _hits(self, doc: Doc) -> Iterator[Hit]:
        words = tuple(self._words_in(doc.number))
        cards = self.files.cards(doc.number)
        if len(cards) > 1:
            cards = [card for card in cards if any(highlight(text, words) for text in _shown(card))] or cards
        for card in cards:
            if not self.reads or self._passes(card):
                yield Hit(card, doc.score, words)

    def _words_in(self, number: int) -> Iterator[str]:
        """The stems of each word that a document has: those that are like it, else the one that is least unlike."""
        for word in self.words:
            here = [one for one in word.found if _has(one.postings, number)]
            here.sort(key=lambda one: -one.likeness)
            like = [one for one in here if one.stem in word.said.used]
            yield from (one.stem for one in like or here[:1])

    def _passes(self, card: dict[str, Any]) -> bool:
        texts = _shown(card)
        if self.banned or not all(any(holds(text, phrase) for text in texts) for phrase in self.phrases):
            texts.append(self.files.text(card))
        if any(holds(text, phrase) for text in texts for phrase in self.banned):
            return False
        return all(any(holds(text, phrase) for text in texts) for phrase in self.phrases)


def _shown(card: Mapping[str, Any]) -> list[str]:
    return [str(card[name]) for name in "tqs" if card.get(name)]


def _has(postings: Sequence[Posting], number: int) -> bool:
    place = bisect_left(postings, (number, 0, 0))
    return place < len(postings) and postings[place][0] == number

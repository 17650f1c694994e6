"""Making the index: documents are analysed, their postings gathered and cut to the best, and the files encoded.

`build_index` does all of it in memory. The publisher keeps what it needs for a small change (`publishing/search_store`)
and calls the same parts.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain
from math import log2
from typing import Any, NamedTuple

from factarchive.arabic.stems import family, index_stem, lemma, terms
from factarchive.archive.index import (
    ARTICLE,
    CLAIM,
    LEVELS,
    PARAMETERS,
    Document,
    Facets,
    Layout,
    Posting,
    Term,
    encode_facets,
    encode_json,
    encode_terms,
    encode_words,
    level_of,
    path_of,
    scale_of,
    text_path,
)
from factarchive.archive.index_files import pack_postings, rank_of

KEPT = 1536
"""How many postings of a term are remembered: some beyond those that are published, to stand in for removed ones."""

STEM_MAX = 64
"""Letters; longer terms are not indexed."""

_UNPRUNED = 6_000_000  # postings; eight bytes each


class Analysed(NamedTuple):
    """A document as the index counts it: its words are stems parted by blanks, each with its weight in one byte."""

    id: str
    article: str
    kind: str
    verdict: int
    length: int
    stems: str
    weights: bytes


class Averages(NamedTuple):
    """The average length of articles and of claims, as steps of the square root of two."""

    article: int
    claim: int

    def of(self, kind: str) -> float:
        """The average length of a kind."""
        step = self.claim if kind == CLAIM else self.article
        return float(2.0 ** (step // 2) * (1.5 if step % 2 else 1.0))


def analysed(document: Document) -> Analysed:
    """Count a document's stems by the weights of the fields that they stand in."""
    weights = PARAMETERS.weights[document.kind]
    counts: Counter[str] = Counter()
    for name, text in document.fields.items():
        found = list(chain.from_iterable(map(_stems, text.split())))
        counts.update(found * weights[name])
        if name == "body":
            counts.update(found[: PARAMETERS.lead])
    length = counts.total()
    packed = bytes(counts.values() if length < 256 else [n if n < 256 else 255 for n in counts.values()])
    return Analysed(
        document.id, document.article, document.kind, document.facets.verdict, length, " ".join(counts), packed
    )


@lru_cache(1 << 18)
def _stems(word: str) -> tuple[str, ...]:
    """The stems of what stands between two blanks; no term reaches over a blank, and none so long is a word."""
    return tuple(index_stem(form) for form, _, _ in terms(word) if len(form) <= STEM_MAX)


def averages(total: Mapping[str, int], count: Mapping[str, int]) -> Averages:
    """Averages of the lengths that sum up to `total`, for each kind; coarse, so that they seldom change."""
    steps = {kind: round(2 * log2(total[kind] / count[kind])) for kind in count if total[kind]}
    return Averages(steps.get("article", 0), steps.get(CLAIM, 0))


# ---------------------------------------------------------------- postings


class Ranks:
    """A document's postings as whole numbers of which the smallest is the best: by level, then number, then verdict."""

    def __init__(self, layout: Layout, means: Averages) -> None:
        self._layout = layout
        self._means = means
        self._low = layout.bits + 4

    def of(self, document: Analysed) -> dict[int, int]:
        """The rank of a posting for each weight that a stem has in the document."""
        b = PARAMETERS.b
        norm = 1 - b + b * document.length / self._means.of(document.kind)
        number = self._layout.number_of(document.article, document.id) << 4 | 15 - document.verdict
        return {w: (LEVELS - 1 - level_of(w / norm)) << self._low | number for w in set(document.weights)}

    def shown(self, ranks: Sequence[int]) -> Sequence[int]:
        """Those of sorted ranks that are published, duplicates of numbers among them."""
        seen: set[int] = set()
        for place, rank in enumerate(ranks):
            seen.add(rank >> 4 & (1 << self._layout.bits) - 1)
            if len(seen) == PARAMETERS.postings:
                return ranks[: place + 1]
        return ranks

    def best(self, ranks: Iterable[int], most: int) -> list[Posting]:
        """The best postings of sorted ranks, one a number, by number."""
        numbers = (1 << self._layout.bits) - 1
        found: dict[int, int] = {}
        for rank in ranks:
            if found.setdefault(rank >> 4 & numbers, rank) == rank and len(found) == most:
                break
        low, worst = self._low, LEVELS - 1
        return [(number, worst - (rank >> low), 15 - (rank & 15)) for number, rank in sorted(found.items())]


class Heads:
    """The best postings of every term, gathered document by document in little memory."""

    def __init__(self, ranks: Ranks) -> None:
        self._ranks = ranks
        self._heads: defaultdict[str, array[int]] = defaultdict(partial(array, "Q"))
        self._counts: Counter[str] = Counter()
        self._added = 0

    def add(self, document: Analysed) -> None:
        """Count in a document."""
        if not document.weights:
            return
        heads, stems = self._heads, document.stems.split(" ")
        for stem, rank in zip(stems, map(self._ranks.of(document).__getitem__, document.weights), strict=True):
            heads[stem].append(rank)
        self._counts.update(stems)
        self._added += len(stems)
        if self._added > _UNPRUNED:
            self._prune()

    def _prune(self) -> None:
        for stem, head in self._heads.items():
            if len(head) > 2 * KEPT:
                self._heads[stem] = array("Q", sorted(head)[:KEPT])
        self._added = 0

    @property
    def stems(self) -> Iterable[str]:
        """Every stem that was met."""
        return self._heads

    def df(self, stem: str) -> int:
        """In how many documents a stem stands."""
        return self._counts[stem]

    def best(self, stem: str) -> list[int]:
        """A stem's best ranks, sorted."""
        return sorted(self._heads[stem])[:KEPT]


# ---------------------------------------------------------------- files


class Row(NamedTuple):
    """A term as its shard is made from it: its lemma, in how many documents it stands, its postings in the shard."""

    stem: str
    lemma: str
    df: int
    packed: bytes


@dataclass(frozen=True)
class Words:
    """The terms of an index by the files that hold them."""

    layout: Layout
    ranks: Ranks
    heads: Heads

    @cached_property
    def _shards(self) -> Mapping[int, Sequence[str]]:
        return _grouped((self.layout.shard_of(family(stem)), stem) for stem in self.heads.stems)

    @cached_property
    def _long(self) -> Mapping[int, Sequence[str]]:
        return _grouped((self.layout.long_of(s), s) for s in self.heads.stems if self.is_long(self.heads.df(s)))

    @cached_property
    def _lexicon(self) -> Mapping[int, Sequence[str]]:
        return _grouped((bucket, s) for s in self.heads.stems for bucket in set(self.layout.lexicon_of(s)))

    def is_long(self, df: int) -> bool:
        """Whether a term of so many documents has a long list."""
        return bool(self.layout.long) and df > self.layout.inline

    def shard(self, number: int) -> Iterator[tuple[str, int, list[int]]]:
        """The terms of a shard: stem, document frequency, best ranks."""
        yield from ((stem, self.heads.df(stem), self.heads.best(stem)) for stem in self._shards.get(number, ()))

    def long(self, number: int) -> Iterator[tuple[str, int, list[int]]]:
        """The terms of a bucket of long lists."""
        yield from ((stem, self.heads.df(stem), self.heads.best(stem)) for stem in self._long.get(number, ()))

    def lexicon(self, number: int) -> Iterator[tuple[str, int]]:
        """The stems of a bucket of the lexicon, with the classes of their frequencies."""
        yield from ((stem, rank_of(self.heads.df(stem))) for stem in self._lexicon.get(number, ()))


def row_of(term: tuple[str, int, Sequence[int]], layout: Layout, ranks: Ranks) -> Row:
    """The row of a term: stem, document frequency, sorted ranks."""
    stem, df, best = term
    return Row(stem, lemma(stem), df, pack_postings(ranks.best(best, layout.inline)))


def shard_bytes(scale: int, rows: Iterable[Row]) -> bytes:
    """A shard of words."""
    ordered = sorted(rows, key=lambda row: row.stem.encode())
    mates: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(ordered, 1):
        mates[row.lemma].append(place)
    groups = {name: places[0] if len(places) > 1 else 0 for name, places in mates.items()}
    return encode_terms(scale, (Term(r.stem, groups[r.lemma], r.df, r.packed) for r in ordered))


def long_bytes(scale: int, terms: Iterable[tuple[str, int, Sequence[int]]], ranks: Ranks) -> bytes:
    """A bucket of long posting lists."""
    most = PARAMETERS.postings
    return encode_terms(scale, (Term(stem, 0, df, pack_postings(ranks.best(best, most))) for stem, df, best in terms))


def cards_bytes(scale: int, cards: Iterable[tuple[int, str, Mapping[str, Any]]]) -> bytes:
    """A page of cards, each with its document's number and id."""
    page: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for number, _, card in sorted(cards, key=lambda c: c[:2]):
        page[str(number)].append(card)
    return encode_json(scale, page)


def build_index(documents: Iterable[Document], scale: int = 0) -> Iterator[tuple[str, bytes]]:
    """Every file of an index but its manifest, by path; the scale is `scale_of` the documents' count, or a larger."""
    listed = list(documents)
    layout = Layout(max(scale, scale_of(len(listed))))
    counted = [analysed(document) for document in listed]
    total: Counter[str] = Counter()
    for one in counted:
        total[one.kind] += one.length
    ranks = Ranks(layout, averages(total, Counter(one.kind for one in counted)))
    heads = Heads(ranks)
    for one in counted:
        heads.add(one)
    yield from _word_files(Words(layout, ranks, heads))
    yield from _document_files(layout, listed)


def _word_files(words: Words) -> Iterator[tuple[str, bytes]]:
    layout, ranks = words.layout, words.ranks
    for n in range(layout.shards):
        yield path_of("w", n), shard_bytes(layout.scale, (row_of(term, layout, ranks) for term in words.shard(n)))
    for n in range(layout.long):
        yield path_of("p", n), long_bytes(layout.scale, words.long(n), ranks)
    for n in range(layout.lexicon):
        yield path_of("l", n), encode_words(layout.scale, words.lexicon(n))


def _document_files(layout: Layout, documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    cards: dict[int, list[tuple[int, str, Mapping[str, Any]]]] = defaultdict(list)
    facets: dict[int, list[tuple[int, Facets]]] = defaultdict(list)
    for document in documents:
        number = layout.number_of(document.article, document.id)
        page = layout.card_page(number)
        cards[page].append((number, document.id, document.card))
        facets[layout.facet_page(page)].append((number, document.facets))
        if document.kind == ARTICLE:
            yield text_path(document.article), encode_json(layout.scale, document.text)
    for page, held in sorted(cards.items()):
        yield path_of("c", page), cards_bytes(layout.scale, held)
    for page, rows in sorted(facets.items()):
        yield path_of("f", page), encode_facets(layout.scale, rows)


def _grouped(pairs: Iterable[tuple[int, str]]) -> Mapping[int, Sequence[str]]:
    groups: dict[int, list[str]] = defaultdict(list)
    for number, stem in pairs:
        groups[number].append(stem)
    return groups

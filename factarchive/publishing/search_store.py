"""The search index kept from build to build, so that a small change costs what it touches.

Remembered are: of every article, how the index counts it; of every shard of words its rows, and of every term some
best ranks beyond those published; of every page its documents. From these each file follows, by the same code as in
`archive/indexing`. A changed article's old postings are taken out and its new ones put in (`search_patch`), and the
files that this touches are stale. Where the scale or an average changes, where much is new or the memory is lost, all
is gathered anew: the files are the same either way.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from sqlite3 import DatabaseError
from typing import Any, Protocol

from factarchive.archive.index import (
    Document,
    Layout,
    encode_facets,
    encode_json,
    path_of,
    scale_of,
    text_path,
)
from factarchive.archive.index_files import encode_words
from factarchive.archive.indexing import (
    Analysed,
    Averages,
    Heads,
    Ranks,
    Words,
    analysed,
    averages,
    cards_bytes,
    long_bytes,
    row_of,
    shard_bytes,
)
from factarchive.publishing.search_blobs import (
    Held,
    Ranked,
    Spent,
    Standing,
    article_blob,
    article_rows,
    long_blob,
    long_rows,
    page_blob,
    page_rows,
    shard_blob,
    shard_rows,
)
from factarchive.publishing.search_memory import EVERYTHING, SearchMemory
from factarchive.publishing.search_patch import Change, Patch

_PATCHED = 64
"""So many changed articles, or a thirtieth of all, are worked in one by one; more are a new index."""


class Source(Protocol):
    """An article and its claims, as the index asks for them."""

    @property
    def digest(self) -> str:
        """What stands for all that its documents are made of."""

    def documents(self) -> Sequence[Document]:
        """The article and its claims, with all that they are found by."""

    def document(self, id_: str) -> Document:
        """One of them, for its card and facets; its fields and text may be empty."""

    def text(self) -> str:
        """The article's text."""


@dataclass
class SearchIndex:
    """The files of the index as they should be; `stale` are those that may be otherwise on disk."""

    sources: Mapping[str, Source]
    memory: SearchMemory
    layout: Layout
    means: Averages

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file of the index but its manifest."""
        return _paths(self.sources, self.layout, self._counts)

    @property
    def stale(self) -> tuple[str, ...]:
        """The files to be written, sorted."""
        marked = self.memory.stale()
        return tuple(sorted(self.paths if EVERYTHING in marked else self.paths & marked))

    def bytes_of(self, path: str) -> bytes:
        """A file of the index."""
        kind, name = path.removesuffix(".bin").split("/")
        scale = self.layout.scale
        if kind == "t":
            return encode_json(scale, self.sources[self._articles[path]].text())
        number = int(name, 16)
        if kind == "w":
            return shard_bytes(scale, (held.row for held in shard_rows(self.memory.blob("w", number)).values()))
        if kind == "p":
            terms = ((stem, r.df, r.best) for stem, r in long_rows(self.memory.blob("p", number)).items())
            return long_bytes(scale, terms, Ranks(self.layout, self.means))
        if kind == "l":
            return self.memory.blob("l", number)
        if kind == "c":
            rows = self._page(number)
            return cards_bytes(scale, ((n, id_, self.sources[a].document(id_).card) for n, id_, a in rows))
        pages = range(number << 6, min((number + 1) << 6, len(self._counts)))
        rows = [row for page in pages if self._counts[page] for row in self._page(page)]
        return encode_facets(scale, [(n, self.sources[a].document(id_).facets) for n, id_, a in rows])

    @cached_property
    def _counts(self) -> Sequence[int]:
        return _counts(self.memory)

    @cached_property
    def _articles(self) -> Mapping[str, str]:
        return {text_path(article): article for article in self.sources}

    def _page(self, page: int) -> list[Standing]:
        rows = page_rows(self.memory.blob("c", page))
        if len(rows) != self._counts[page]:
            raise DatabaseError("a page of the search's memory is lost")
        return rows


def refreshed(memory: SearchMemory, sources: Mapping[str, Source], key: str) -> SearchIndex:
    """The index of these articles; what is remembered under another key, made by other code, is not trusted."""
    return _Refresh(memory, sources, key).done()


def remembered(memory: SearchMemory) -> frozenset[str]:
    """The files that the memory knows to be the index's; none where it is lost."""
    facts = memory.facts()
    if not facts:
        return frozenset()
    return _paths(memory.articles()[0], Layout(facts["layout"][0]), _counts(memory))


def _counts(memory: SearchMemory) -> Sequence[int]:
    """How many documents each page of cards has."""
    return array("H", memory.blob("facts", 1))


def _paths(articles: Iterable[str], layout: Layout, counts: Sequence[int]) -> frozenset[str]:
    found = {path_of("w", n) for n in range(layout.shards)}
    found |= {path_of("p", n) for n in range(layout.long)} | {path_of("l", n) for n in range(layout.lexicon)}
    pages = [page for page, count in enumerate(counts) if count]
    found |= {path_of("c", page) for page in pages} | {path_of("f", layout.facet_page(page)) for page in pages}
    return frozenset(found | {text_path(article) for article in articles})


@dataclass
class _Refresh:
    """One build's work on the memory of the index."""

    memory: SearchMemory
    sources: Mapping[str, Source]
    key: str
    facts: dict[str, Any] = field(default_factory=dict)

    def done(self) -> SearchIndex:
        self.facts = self.memory.facts()
        known, total = self.memory.articles()
        if self.facts.get("key") != self.key:
            self.memory.forget()
            self.facts = {"key": self.key, "total": {}, "count": {}, "sum": 0, "layout": None}
            known, total = {}, 0
        if self.facts["sum"] != total:
            raise DatabaseError("an article of the search's memory is lost")
        changed = [a for a, source in self.sources.items() if known.get(a) != source.digest]
        changed += [a for a in known if a not in self.sources]
        if changed or self.facts["layout"] is None:
            self._change(changed, known)
        scale, *means = self.facts["layout"]
        return SearchIndex(self.sources, self.memory, Layout(scale), Averages(*means))

    def _change(self, changed: Sequence[str], known: Mapping[str, str]) -> None:
        is_small = self.facts["layout"] is not None and len(changed) <= max(_PATCHED, len(self.sources) // 30)
        changes = []
        for article in changed:
            change = self._counted(article, article in known)
            if is_small:
                changes.append(change)
        count = self.facts["count"]
        means = averages(self.facts["total"], count)
        layout = Layout(scale_of(sum(count.values())))
        if self.facts["layout"] != [layout.scale, *means]:
            is_small = False
        self.facts["layout"] = [layout.scale, *means]
        ranks = Ranks(layout, means)
        with suppress(Spent):
            if is_small:
                patch = Patch(self.memory, layout, ranks)
                patch.apply(changes)
                self.memory.mark_stale(patch.stale)
                self.memory.keep_facts(self.facts)
                return
        self._gather(layout, ranks)

    def _counted(self, article: str, is_known: bool) -> Change:
        """Count an article anew, or out."""
        before: list[Analysed] = []
        if is_known:
            blob, total = self.memory.article(article)
            before = article_rows(blob)
            self.facts["sum"] ^= total
        source = self.sources.get(article)
        now = [analysed(document) for document in source.documents()] if source else []
        if source:
            self.facts["sum"] ^= self.memory.keep_article(article, source.digest, article_blob(now))
        else:
            self.memory.drop_article(article)
        for sign, documents in ((-1, before), (1, now)):
            for one in documents:
                for name, step in (("total", one.length), ("count", 1)):
                    self.facts[name][one.kind] = self.facts[name].get(one.kind, 0) + sign * step
        return Change(article, tuple(before), tuple(now))

    # ------------------------------------------------------------ all of it
    def _gather(self, layout: Layout, ranks: Ranks) -> None:
        """Make all blobs anew from the articles' rows."""
        memory = self.memory
        memory.clear()
        heads = Heads(ranks)
        pages: defaultdict[int, list[Standing]] = defaultdict(list)
        rows = 0
        for article, blob in memory.every_article():
            rows += 1
            for one in article_rows(blob):
                heads.add(one)
                number = layout.number_of(one.article, one.id)
                pages[layout.card_page(number)].append((number, one.id, article))
        if rows != len(self.sources):
            raise DatabaseError("an article of the search's memory is lost")
        counts = array("H", (len(pages.get(page, ())) for page in range(layout.card_pages)))
        memory.keep("c", ((page, page_blob(pages.pop(page, ()))) for page in range(len(counts))))
        words = Words(layout, ranks, heads)
        memory.keep("w", ((n, shard_blob(_held(words, n))) for n in range(layout.shards)))
        memory.keep("p", ((n, long_blob(_long(words, n))) for n in range(layout.long)))
        memory.keep("l", ((n, encode_words(layout.scale, words.lexicon(n))) for n in range(layout.lexicon)))
        memory.keep("facts", [(1, counts.tobytes())])
        memory.keep_facts(self.facts)
        memory.mark_stale([EVERYTHING])


def _held(words: Words, shard: int) -> Iterator[Held]:
    for stem, df, best in words.shard(shard):
        row = row_of((stem, df, best), words.layout, words.ranks)
        yield Held(row, None if words.is_long(df) else Ranked(df, best))


def _long(words: Words, bucket: int) -> dict[str, Ranked]:
    return {stem: Ranked(df, best) for stem, df, best in words.long(bucket)}

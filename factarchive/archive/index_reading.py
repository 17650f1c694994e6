"""Reading the index as a search needs it: each file once, a file of another scale as one that is absent."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from factarchive.arabic.stems import family
from factarchive.archive.index import (
    MANIFEST,
    Facets,
    Layout,
    Posting,
    Reader,
    Term,
    decode_facets,
    decode_json,
    decode_terms,
    decode_words,
    path_of,
)

__all__ = ["Files", "Shard"]

KEPT = 4096  # files


@dataclass(frozen=True)
class Shard:
    """The terms of a shard in their order."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def families(self) -> dict[str, list[Term]]:
        """The terms by the key of their family."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            found.setdefault(family(term.stem), []).append(term)
        return found

    def get(self, stem: str) -> Term | None:
        """The term of that stem."""
        return next((term for term in self.terms if term.stem == stem), None)


@dataclass
class Files:
    """The files of an index and its manifest; `is_stale` once a file was met that is of another scale."""

    reader: Reader
    manifest: dict[str, Any] = field(default_factory=dict)
    is_stale: bool = False
    _known: OrderedDict[str, Any] = field(default_factory=OrderedDict, repr=False)

    def __post_init__(self) -> None:
        self.manifest = self.manifest or self._read_manifest()

    @property
    def scale(self) -> int:
        """The scale of the manifest."""
        return int(self.manifest["scale"])

    @cached_property
    def layout(self) -> Layout:
        """Where things stand."""
        return Layout(self.scale)

    def renewed(self) -> Files:
        """The same index with a manifest that is read anew."""
        return Files(self.reader)

    def shard(self, key: str) -> Shard:
        """The shard that has the stems of a family."""
        found: Shard | None = self._load(path_of("w", self.layout.shard_of(key)), _shard)
        return found or Shard()

    def postings(self, term: Term, in_full: bool) -> list[Posting]:
        """The postings of a term: all, if that matters, else the best of them."""
        if in_full and self.layout.long and term.df > self.layout.inline:
            bucket: Shard | None = self._load(path_of("p", self.layout.long_of(term.stem)), _shard)
            term = (bucket and bucket.get(term.stem)) or term
        return term.postings

    def lexicon(self, key: str) -> list[tuple[str, int]]:
        """The stems of a bucket of the lexicon, with the class of their frequency."""
        return self._load(path_of("l", self.layout.lexicon_at(key)), decode_words) or []

    def cards(self, number: int) -> list[dict[str, Any]]:
        """The cards of the documents that have this number."""
        page = self._load(path_of("c", self.layout.card_page(number)), decode_json) or {}
        return list(page.get(str(number), ()))

    def facets(self, page: int) -> dict[int, Facets]:
        """The facets of a page, by document number."""
        return self._load(path_of("f", page), _facets) or {}

    def facets_of(self, number: int) -> Facets | None:
        """The facets of the document of a number."""
        return self.facets(self.layout.facet_page(self.layout.card_page(number))).get(number)

    def text(self, card: dict[str, Any]) -> str:
        """The text of a card's article; nothing for a card without."""
        return (self._load(card["x"], decode_json) or "") if card.get("x") else ""

    def _read_manifest(self) -> dict[str, Any]:
        raw = self.reader.get(MANIFEST)
        if raw is None:
            raise FileNotFoundError(MANIFEST)
        found: dict[str, Any] = json.loads(raw)
        return found

    def _load(self, path: str, decode: Callable[[bytes, int], Any]) -> Any:
        if path in self._known:
            self._known.move_to_end(path)
            return self._known[path]
        raw = self.reader.get(path)
        value = None if raw is None else decode(raw, self.scale)
        self.is_stale |= raw is not None and value is None
        self._known[path] = value
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return value


def _shard(raw: bytes, scale: int) -> Shard | None:
    terms = decode_terms(raw, scale)
    return None if terms is None else Shard(tuple(terms))


def _facets(raw: bytes, scale: int) -> dict[int, Facets] | None:
    rows = decode_facets(raw, scale)
    return None if rows is None else dict(rows)

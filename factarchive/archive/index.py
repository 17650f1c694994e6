"""The search index: what is a document, where each thing stands, and by which parameters it is made and read.

The index is static files in one folder, a pure function of the documents. All paths here are relative to that folder.

| file | what it holds |
|---|---|
| index.json | the manifest: all that a reader needs to begin; its scale is the one that the other files must have |
| w/<hex>.bin | a shard of words: all stems of some families, each with its best postings (see `Layout.inline`) |
| p/<hex>.bin | a bucket of long posting lists, in full; only where the scale has them (`Layout.long`) |
| l/<hex>.bin | a bucket of the lexicon: the stems that begin, or end, with some two letters |
| c/<hex>.bin | a page of cards: {number: [card, …]}, all that a result shows |
| f/<hex>.bin | a page of facets, in columns: what a filter or a sort by date needs |
| t/<name>.bin | the text of an article, for excerpts: a JSON string |

w/, p/ and l/ are all there; a page of cards or facets without a document is not. Each .bin begins with its scale, so
that files of two scales are never taken together. A document's number is the beginnings of two hashes, of its article's
key and of its own id: what belongs to one article stands together, and a new document moves no other, until their count
doubles and with it the scale. Two documents may share a number: then a page of cards has both under it, and a posting
is the better one of theirs. The JSON of c/, f/ and t/ is in windows-1256 (with escapes where that has no letter).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from factarchive.arabic.stems import analysis_tables, plain
from factarchive.archive.index_files import (
    Posting,
    Term,
    decode_json,
    decode_terms,
    decode_words,
    encode_json,
    encode_terms,
    encode_words,
    unpack_postings,
)
from factarchive.archive.queries import filter_names

__all__ = [
    "ARTICLE",
    "CLAIM",
    "MANIFEST",
    "PARAMETERS",
    "Document",
    "Facets",
    "Layout",
    "Parameters",
    "Posting",
    "Reader",
    "Term",
    "decode_facets",
    "decode_json",
    "decode_terms",
    "decode_words",
    "encode_facets",
    "encode_json",
    "encode_terms",
    "encode_words",
    "level_of",
    "levels",
    "manifest",
    "scale_of",
    "text_path",
    "unpack_postings",
]

VERSION = 1
MANIFEST = "index.json"
ARTICLE, CLAIM = "article", "claim"
LEVELS = 16
_PLACE = 12  # bits of a number that tell documents of one page of cards apart


@dataclass(frozen=True, slots=True)
class Parameters:
    """What documents are weighed and found by; it goes out in the manifest, and a browser has none of its own."""

    weights: Mapping[str, Mapping[str, int]] = field(
        default_factory=lambda: {
            ARTICLE: {"title": 5, "summary": 2, "body": 1, "names": 1},
            CLAIM: {"claim": 5, "quote": 2, "speaker": 3, "summary": 1},
        }
    )
    lead: int = 50  # so many words of a body count once more
    b: float = 0.75  # how much the length of a document counts
    pivot: float = 0.7  # the term frequency that stands in the middle of the levels
    postings: int = 1024  # of one term, at most
    inline: int = 64  # of them beside the term, where there are also files of long lists
    k1: float = 0.8
    rest: float = 0.3  # how much the less frequent stems of a word add to its document frequency
    dice: float = 0.3  # the least likeness of stems by trigrams
    lemma: float = 0.25  # the least likeness of stems of one lemma
    skeleton: float = 0.1  # the likeness of stems of the same consonants, for a word that is not in the index
    slip: float = 0.7
    slip_min: int = 4  # letters
    completion: float = 0.8
    far: int = 12  # at most so many stems of other families, found by the lexicon
    marked: float = 0.4  # stems at least so like a word are read in full, shown as found and highlighted
    pasted: int = 8  # words; quotation marks in a longer query ask for no phrase
    tried: int = 60  # at most so many documents are read for a phrase


PARAMETERS = Parameters()


@dataclass(frozen=True, slots=True)
class Facets:
    """What a document can be filtered and sorted by; `day` is an ISO day or empty."""

    day: str = ""
    verdict: int = 0
    speakers: tuple[str, ...] = ()
    outlet: str = ""
    topics: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: an article or a claim, with its words by field.

    `article` is the key of the article that it belongs to (its own for an article); `card` is all that a result
    shows: k kind, u url, t title or claim, q quote or summary, s speaker, v verdict code (0 none), d day, a article's
    key, n article's title, x name of the article's text file or "". `text` is given for articles only.
    """

    id: str
    article: str
    kind: str
    fields: Mapping[str, str]
    card: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    facets: Facets = Facets()


class Reader(Protocol):
    """Where files of the index are read from."""

    def get(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""


# ---------------------------------------------------------------- places


def scale_of(documents: int) -> int:
    """The scale of an index of so many documents: they number less than two to the power of it."""
    return max(10, documents.bit_length())


@dataclass(frozen=True)
class Layout:
    """Where things stand in an index of one scale."""

    scale: int

    @property
    def bits(self) -> int:
        """The bits of a document's number."""
        return self.scale + 8

    @property
    def shards(self) -> int:
        """How many shards of words there are; a power of two, as of all files."""
        return 1 << min(self.scale - 4, 14)

    @property
    def long(self) -> int:
        """How many buckets of long posting lists; 0 where every shard holds its lists in full."""
        return 1 << min(self.scale - 4, 14) if self.scale >= 15 else 0

    @property
    def inline(self) -> int:
        """How many postings of a term stand in its shard; one with more documents has all in its long list."""
        return PARAMETERS.inline if self.long else PARAMETERS.postings

    @property
    def lexicon(self) -> int:
        """How many buckets of the lexicon there are."""
        return 1 << min(self.scale - 6, 10)

    def number_of(self, article: str, id_: str) -> int:
        """The number of a document: its article's page, and its own place there."""
        # Another hash for the place: an article's id is its key, and equal bits in both parts would waste them.
        return _hash(article, self.bits - _PLACE) << _PLACE | _hash(f"#{id_}", _PLACE)

    def shard_of(self, family: str) -> int:
        """The shard of a family's stems."""
        return fnv1a(family) & (self.shards - 1)

    def long_of(self, stem: str) -> int:
        """The bucket of a stem's long posting list."""
        return fnv1a(stem) & (self.long - 1)

    def lexicon_of(self, stem: str) -> tuple[int, int]:
        """The buckets of the lexicon that list a stem: of its first two letters, and of its last two."""
        bare = plain(stem)
        return self.lexicon_at("^" + bare[:2]), self.lexicon_at(bare[-2:] + "$")

    def lexicon_at(self, key: str) -> int:
        """The bucket of `^ab` (stems that begin so) or `yz$` (stems that end so)."""
        return fnv1a(key) & (self.lexicon - 1)

    def card_page(self, number: int) -> int:
        """The page of a document's card: some eight to sixteen documents share one."""
        return number >> _PLACE

    @property
    def card_pages(self) -> int:
        """How many pages of cards there may be."""
        return 1 << (self.bits - _PLACE)

    def facet_page(self, card_page: int) -> int:
        """The page of the facets of 64 pages of cards: some five hundred to a thousand documents."""
        return card_page >> 6


def path_of(kind: str, number: int) -> str:
    """The path of a shard (w), bucket (p, l) or page (c, f)."""
    return f"{kind}/{number:x}.bin"


def text_path(article: str) -> str:
    """The path of an article's text; its name is the article's key where that is fit for one."""
    name = article if re.fullmatch("[a-z0-9-]{1,80}", article) else sha256(article.encode()).hexdigest()[:20]
    return f"t/{name}.bin"


def _hash(text: str, bits: int) -> int:
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> (64 - bits)


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash of a text's UTF-8 bytes."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8", "replace"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


# ---------------------------------------------------------------- levels


def level_of(weight: float) -> int:
    """The level of a term frequency: sixteen equal steps of what it is worth."""
    return min(LEVELS - 1, int(LEVELS * weight / (weight + PARAMETERS.pivot)))


def levels() -> list[float]:
    """The term frequency that each level stands for, in the middle of its step."""
    shares = [(2 * level + 1) / (2 * LEVELS) for level in range(LEVELS)]
    return [round(PARAMETERS.pivot * share / (1 - share), 4) for share in shares]


# ---------------------------------------------------------------- facets and the manifest


def encode_facets(scale: int, rows: Sequence[tuple[int, Facets]]) -> bytes:
    """A page of facets, a column for each, ordered by number: n numbers, d days (YYYYMMDD, 0 none), v verdicts,
    o outlet, s speakers, p topics, q techniques; names are places in `names`, -1 for none."""
    ordered = sorted(rows, key=lambda row: (row[0], repr(row[1])))
    named = {n for _, f in ordered for n in (f.outlet, *f.speakers, *f.topics, *f.techniques)} - {""}
    names = sorted(named)
    place = {name: i for i, name in enumerate(names)} | {"": -1}
    columns = {
        "names": names,
        "n": [number for number, _ in ordered],
        "d": [int(f.day.replace("-", "") or 0) for _, f in ordered],
        "v": [f.verdict for _, f in ordered],
        "o": [place[f.outlet] for _, f in ordered],
        "s": [[place[n] for n in f.speakers] for _, f in ordered],
        "p": [[place[n] for n in f.topics] for _, f in ordered],
        "q": [[place[n] for n in f.techniques] for _, f in ordered],
    }
    return encode_json(scale, columns)


def decode_facets(raw: bytes, scale: int) -> list[tuple[int, Facets]] | None:
    """The inverse of `encode_facets`; None where the page was made for another scale."""
    data = decode_json(raw, scale)
    if data is None:
        return None
    names = [*data["names"], ""]
    columns = zip(*(data[name] for name in "ndvospq"), strict=True)
    return [
        (number, Facets(_day(day), verdict, _named(names, s), names[outlet], _named(names, p), _named(names, q)))
        for number, day, verdict, outlet, s, p, q in columns
    ]


def _named(names: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(names[i] for i in places)


def _day(day: int) -> str:
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}" if day else ""


def manifest(scale: int, verdicts: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    """The manifest as plain data. `verdicts` are {code, id, label}; `more` is for the page, such as labels."""
    layout = Layout(scale)
    counts = {"shards": layout.shards, "long": layout.long, "lexicon": layout.lexicon, "inline": layout.inline}
    return {
        "version": VERSION,
        "scale": scale,
        "bits": layout.bits,
        **counts,
        "params": asdict(PARAMETERS),
        "levels": levels(),
        "kinds": [ARTICLE, CLAIM],
        "verdicts": [dict(v) for v in verdicts],
        "names": filter_names(),
        "analysis": analysis_tables(),
        **more,
    }

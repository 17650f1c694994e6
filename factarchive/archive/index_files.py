"""The bytes of the search index's files: how terms, words, cards, facets and texts are written and read back.

Every file is the raw deflate of a payload whose first byte is the scale that it was made for (see `archive/index`).
Numbers are varints: seven bits a byte, lowest first, the top bit set where more follow.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Posting = tuple[int, int, int]
"""Document number, level, verdict code."""


class Term(NamedTuple):
    """A stem of a shard: the group of its lemma, in how many documents it stands (coarse), its postings packed.

    `lemma` is 0, or the place (from 1) of the first term of this shard that shares its lemma.
    """

    stem: str
    lemma: int
    df: int
    packed: bytes

    @property
    def postings(self) -> list[Posting]:
        """Its postings, by number."""
        return unpack_postings(self.packed)


def encode_terms(scale: int, terms: Iterable[Term]) -> bytes:
    """A shard of words (w/) or a bucket of long posting lists (p/); the terms may come in any order."""
    out = bytearray([scale])
    before = b""
    for term in sorted(terms, key=lambda t: t.stem.encode()):
        before = _front_coded(out, before, term.stem)
        out += varint(term.lemma) + varint(df_code(term.df)) + varint(len(term.packed)) + term.packed
    return deflated(out)


def decode_terms(raw: bytes, scale: int) -> list[Term] | None:
    """The terms of a shard or bucket; None where it was made for another scale."""
    payload = inflated(raw, scale)
    if payload is None:
        return None
    found: list[Term] = []
    at, before = 1, b""
    while at < len(payload):
        before, at = _front_decoded(payload, at, before)
        lemma, at = read_varint(payload, at)
        code, at = read_varint(payload, at)
        size, at = read_varint(payload, at)
        found.append(Term(before.decode(), lemma, df_of(code), payload[at : at + size]))
        at += size
    return found


def pack_postings(postings: Sequence[Posting]) -> bytes:
    """Postings in the order of their numbers, all different: how many, every number's step, every byte of marks.

    A number's step is a varint, from the number before it, the first one from 0; a mark is level<<4 | verdict.
    """
    deltas = bytearray()
    append, before = deltas.append, 0
    for number, _, _ in postings:
        step, before = number - before, number
        while step > 127:
            append(step & 127 | 128)
            step >>= 7
        append(step)
    return varint(len(postings)) + bytes(deltas) + bytes([level << 4 | verdict for _, level, verdict in postings])


def unpack_postings(packed: bytes) -> list[Posting]:
    """The inverse of `pack_postings`."""
    count, at = read_varint(packed, 0)
    marks = packed[len(packed) - count :]
    found: list[Posting] = []
    number = 0
    for mark in marks:
        step, at = read_varint(packed, at)
        number += step
        found.append((number, mark >> 4, mark & 15))
    return found


def df_code(df: int) -> int:
    """How often a term occurs, coarsely: exact below 16, then eight steps from each power of two to the next."""
    if df < 16:
        return df
    exponent = df.bit_length() - 1
    return 16 + (exponent - 4) * 8 + ((df >> (exponent - 3)) & 7)


def df_of(code: int) -> int:
    """The least number of documents with this code."""
    if code < 16:
        return code
    exponent, step = divmod(code - 16, 8)
    return (8 + step) << (exponent + 1)


# ---------------------------------------------------------------- words


def encode_words(scale: int, words: Iterable[tuple[str, int]]) -> bytes:
    """A bucket of the lexicon (l/): each stem and the class of its frequency, one byte."""
    out = bytearray([scale])
    before = b""
    for stem, rank in sorted(words, key=lambda w: w[0].encode()):
        before = _front_coded(out, before, stem)
        out.append(rank)
    return deflated(out)


def decode_words(raw: bytes, scale: int) -> list[tuple[str, int]] | None:
    """The stems of a bucket of the lexicon; None where it was made for another scale."""
    payload = inflated(raw, scale)
    if payload is None:
        return None
    found: list[tuple[str, int]] = []
    at, before = 1, b""
    while at < len(payload):
        before, at = _front_decoded(payload, at, before)
        found.append((before.decode(), payload[at]))
        at += 1
    return found


# ---------------------------------------------------------------- JSON

_LETTERS = "cp1256"  # one byte for an Arabic letter: a fifth smaller, deflated, than UTF-8
_FOREIGN = re.compile("[^" + re.escape(bytes(range(256)).decode(_LETTERS)) + "]")


def encode_json(scale: int, value: Any) -> bytes:
    """A page of cards (c/) or facets (f/), or a text (t/, a string): JSON, its letters in windows-1256.

    What that has no letter for is escaped as JSON does.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return deflated(bytes([scale]) + _FOREIGN.sub(_escaped, text).encode(_LETTERS))


def decode_json(raw: bytes, scale: int) -> Any:
    """The inverse of `encode_json`; None where it was made for another scale."""
    payload = inflated(raw, scale)
    return None if payload is None else json.loads(payload[1:].decode(_LETTERS))


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


# ---------------------------------------------------------------- bytes


def deflated(payload: bytes | bytearray) -> bytes:
    """Raw deflate, as `DecompressionStream("deflate-raw")` reads it; the same bytes for the same payload."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(payload) + packer.flush()


def inflated(raw: bytes, scale: int) -> bytes | None:
    """The payload, its scale byte still in front; None where that is another one or the bytes are damaged."""
    try:
        payload = zlib.decompress(raw, -15)
    except zlib.error:
        return None
    return payload if payload[:1] == bytes([scale]) else None


def varint(number: int) -> bytes:
    """A number of at least 0 as a varint."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_varint(raw: bytes, at: int) -> tuple[int, int]:
    """The varint at an offset, and the offset behind it."""
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _front_coded(out: bytearray, before: bytes, stem: str) -> bytes:
    """Append a stem as the bytes that it shares with the one before and the rest; return its bytes."""
    raw = stem.encode()
    shared = _shared(before, raw)
    rest = raw[shared:]
    out += varint(shared) + varint(len(rest)) + rest
    return raw


def _shared(one: bytes, other: bytes) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _front_decoded(payload: bytes, at: int, before: bytes) -> tuple[bytes, int]:
    shared, at = read_varint(payload, at)
    size, at = read_varint(payload, at)
    return before[:shared] + payload[at : at + size], at + size


def rank_of(df: int) -> int:
    """The class of a frequency: 0 for one to three documents, one more for each factor of four."""
    return (df.bit_length() - 1) // 2

"""Texts as feeds give them, put right: entities, tags, hidden marks, and letters that were decoded wrongly."""

from __future__ import annotations

import html
import re

from factarchive.archive.shapes import is_visible

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_HIDDEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_ARABIC = re.compile("[\u0621-\u064a]")
# Arabic's UTF-8 bytes (D8–DB, then 80–BF) read as Windows-1252 and as Windows-1256.
_WRONG = (("cp1252", re.compile("[\u00d8-\u00db].")), ("cp1256", re.compile("[\u0637\u0638\u06ba\u063a].")))
_ENOUGH = 0.6  # of a text's letters; in Arabic itself those four come nowhere near it
_ROUNDS = 2  # entities of entities


def clean(text: str) -> str:
    """The text in one line as its author meant it; empty where a reader would see nothing."""
    for _ in range(_ROUNDS):
        text = html.unescape(text)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    text = _HIDDEN.sub("", _decoded_rightly(_TAG.sub(" ", text)))
    flat = " ".join(text.split())
    return flat if is_visible(flat) else ""


def as_given(text: str) -> str:
    """A label in its own letters: nothing but entities, hidden marks and blanks is put right."""
    flat = " ".join(_HIDDEN.sub("", _decoded_rightly(html.unescape(text))).split())
    return flat if is_visible(flat) else ""


def _decoded_rightly(text: str) -> str:
    for name, sign in _WRONG:
        pairs = len(sign.findall(text))
        if pairs >= 3 and 2 * pairs >= _ENOUGH * sum(not c.isspace() and not c.isascii() for c in text):
            raw = _bytes(text, name)
            try:
                found = raw.decode("utf-8") if raw else ""
            except UnicodeDecodeError:
                continue
            if _ARABIC.search(found):
                return found
    return text


def _bytes(text: str, name: str) -> bytes | None:
    """The bytes that a text was wrongly made of; five that the code page lacks come through as controls."""
    try:
        return b"".join(c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode(name) for c in text)
    except UnicodeEncodeError:
        return None

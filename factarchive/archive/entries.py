"""A content file as a value: what the front matter says, the body, and the place of every word of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import cast

from factarchive.arabic.letters import folded
from factarchive.archive.companions import PageFront, Speaker, Speakers
from factarchive.archive.faults import validated
from factarchive.archive.frontmatter import Document as Parsed
from factarchive.archive.frontmatter import bad_character, load, split
from factarchive.archive.schema import Claim, Document, Front
from factarchive.problems import Refused

BODY_MAX = 4_000_000
"""Characters; a longer body is a mistake (a whole archive pasted into one file), not an article."""


@dataclass(frozen=True)
class Entry:
    """One checked article: its fields, its text in Markdown, and where each stands in the file."""

    path: str
    front: Front
    body: str
    body_line: int
    document: Parsed = field(compare=False, repr=False)


@dataclass(frozen=True)
class Prose:
    """A page of the archive's own: methodology, about and their like."""

    path: str
    front: PageFront
    body: str


@dataclass(frozen=True)
class Paper:
    """A document that editors dropped into content/evidence/: whose it is, and its text in Markdown."""

    path: str
    front: Document
    body: str


def read_entry(text: str, path: str) -> Entry:
    """Read a content file's text; raise Refused with every fault of its shape."""
    document, body, body_line = parted(text, path)
    return Entry(path, cast(Front, validated(Front, document)), body, body_line, document)


def read_prose(text: str, path: str) -> Prose:
    """Read a page of the archive's own; raise Refused with every fault of its shape."""
    document, body, _ = parted(text, path)
    return Prose(path, cast(PageFront, validated(PageFront, document)), body)


def read_paper(text: str, path: str) -> Paper:
    """Read a document of content/evidence/; raise Refused with every fault of its shape."""
    document, body, _ = parted(text, path)
    return Paper(path, cast(Document, validated(Document, document)), body)


def read_speakers(text: str, path: str) -> tuple[Speaker, ...]:
    """Read content/speakers.yml; raise Refused with every fault of its shape."""
    return cast(Speakers, validated(Speakers, load(_lined(text), path))).speakers


def parted(text: str, path: str) -> tuple[Parsed, str, int]:
    """A content file as front matter, body, and the body's first line; raise Refused where it cannot be parted."""
    front, body, body_line = split(_lined(text), path)
    document = load(front, path, first_line=2)
    fault = bad_character(body, path, body_line)
    if fault:
        raise Refused(fault)
    return document, body, body_line


def _lined(text: str) -> str:
    """The text without a byte order mark, its lines ended as everywhere here."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def digest_of(*parts: str) -> str:
    """Sixteen hex digits that stand for these texts: the same texts in the same order, the same digits."""
    hashed = blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        hashed.update(len(raw).to_bytes(8, "big") + raw)
    return hashed.hexdigest()


def ruled_digest(claim: Claim) -> str:
    """What `ruling.of` must hold: the digest of the words that a person ruled on."""
    return digest_of(*(folded(part) for part in (claim.claim or "", claim.quote, claim.source)))

"""The rule of ownership: a content file that a person touched is that person's, and no machine writes it again."""

from __future__ import annotations

import re
from enum import Enum

from factarchive.archive.entries import digest_of
from factarchive.archive.frontmatter import FENCE

_DRAFT_LINE = re.compile(rf"\A{FENCE}\ndraft: ([0-9a-f]{{16}})\n")


class Fate(Enum):
    """What becomes of a draft."""

    NEW = "new"  # no file stands there yet
    REFRESHED = "refreshed"  # the file is the machine's own and says something else now
    SAME = "same"  # the machine would write what stands there, or wrote it before the editor took over
    EDITED = "edited"  # the file is the editor's, and the machine would now say something else


def fate_of(text: str, present: str | None) -> Fate:
    """What to do with a text that a machine would write, given that of the file that stands where it would go."""
    if present is None:
        return Fate.NEW
    if present == text:
        return Fate.SAME
    if is_untouched(present):
        return Fate.REFRESHED
    seal = _DRAFT_LINE.match(present)
    return Fate.EDITED if seal and seal[1] != draft_digest(text) else Fate.SAME


def is_untouched(text: str) -> bool:
    """Whether a file is still, byte for byte, what the machine wrote."""
    seal = _DRAFT_LINE.match(text)
    return seal is not None and seal[1] == draft_digest(text)


def draft_digest(text: str) -> str:
    """The digest of a file without its `draft:` line."""
    return digest_of(_DRAFT_LINE.sub(f"{FENCE}\n", text))


def signed(rest: str) -> str:
    """A content file that a machine wrote: this text, under a digest of it."""
    text = f"{FENCE}\n{rest}"
    return f"{FENCE}\ndraft: {digest_of(text)}\n{rest}"

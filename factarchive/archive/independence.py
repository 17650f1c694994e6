"""How many independent voices speak in a list of sources: copies of one text and one party's outlets are one voice."""

from __future__ import annotations

from collections.abc import Iterable

from factarchive.arabic.letters import folded
from factarchive.archive.schema import Source

__all__ = ["parties", "voices"]


def voices(sources: Iterable[Source]) -> int:
    """How many of these are independent: one publisher, one origin or one party speaks with one voice."""
    found: list[set[str]] = []
    for source in sources:
        given = (source.publisher, source.origin, source.party)
        names = {source.id, *(folded(name).strip() for name in given if name)}
        same = [voice for voice in found if voice & names]
        found = [voice for voice in found if not voice & names] + [names.union(*same)]
    return len(found)


def parties(sources: Iterable[Source]) -> int:
    """How many parties to the matter speak in these sources."""
    return len({folded(source.party).strip() for source in sources if source.party})

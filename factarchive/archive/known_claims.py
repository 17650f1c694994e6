"""A claim as other pages and a match show it, and the number that stands for it among postings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

from factarchive.archive.cards import ClaimCard, EntryCard
from factarchive.archive.claim_terms import found_by, key_of, pair_keys
from factarchive.archive.verdicts import Verdict

__all__ = [
    "KEY_BITS",
    "KnownClaim",
    "is_ruled",
    "keys_of",
    "known_claims",
    "length_of",
    "loaded_claim",
    "number_of",
    "term_key",
]

KEY_BITS = 41
_LENGTH_BITS, _UNRULED = 6, 1 << 62


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim of the archive: its words, its state and day, and the article that it stands in."""

    id: str
    words: str
    state: str
    summary: str
    said_on: str
    ruled_on: str
    source: str
    path: str
    slug: str
    title: str
    outlet: str
    published: str

    @property
    def is_ruled(self) -> bool:
        """Whether a person has ruled on it."""
        return bool(self.ruled_on) and self.state != Verdict.PENDING

    @property
    def day(self) -> str:
        """When it was said, or published; empty where neither is known."""
        return self.said_on or self.published

    def as_data(self) -> dict[str, str]:
        """Its fields by name."""
        return {name: getattr(self, name) for name in _FIELDS}


_FIELDS = tuple(field.name for field in fields(KnownClaim))


def loaded_claim(data: Mapping[str, Any]) -> KnownClaim:
    """The inverse of `KnownClaim.as_data`; what else the data has is left out."""
    return KnownClaim(**{name: data[name] for name in _FIELDS})


def known_claims(entries: Iterable[EntryCard]) -> Iterator[tuple[EntryCard, list[KnownClaim]]]:
    """Each entry with its claims; of claims with one id, which only a broken archive has, the first."""
    seen: set[str] = set()
    for entry in entries:
        claims = []
        for card in entry.claims:
            if card.id not in seen:
                seen.add(card.id)
                claims.append(_known(card, entry))
        yield entry, claims


def _known(card: ClaimCard, entry: EntryCard) -> KnownClaim:
    return KnownClaim(
        id=card.id,
        words=card.words,
        state=card.state,
        summary=card.summary,
        said_on=card.said_on,
        ruled_on=card.ruled_on,
        source=card.source,
        path=entry.path,
        slug=entry.slug,
        title=entry.title,
        outlet=entry.outlet,
        published=entry.published,
    )


def number_of(claim: KnownClaim) -> int:
    """What stands for a claim among postings, whatever else is in the archive; ruled ones are the smaller."""
    digest = int.from_bytes(blake2b(claim.id.encode(), digest_size=7).digest(), "big")
    length = min(len(found_by(claim.words)), (1 << _LENGTH_BITS) - 1)
    return (0 if claim.is_ruled else _UNRULED) | digest << _LENGTH_BITS & _UNRULED - 1 | length


def length_of(number: int) -> int:
    """How many terms the claim has."""
    return number & (1 << _LENGTH_BITS) - 1


def is_ruled(number: int) -> bool:
    """Whether it is the number of a ruled claim."""
    return number < _UNRULED


def keys_of(words: str) -> frozenset[int]:
    """The keys of a claim's postings: even ones of its terms, odd ones of its pairs."""
    return frozenset(term_key(term) for term in found_by(words)) | {key << 1 | 1 for key in pair_keys(words)}


def term_key(term: str) -> int:
    """The key of the postings of a term."""
    return key_of(term) << 1

"""Other claims as a claim's page and an article's page show them: recurrences, related rulings, and what matches.

A match is the machine's: it is shown in the machine's own block, with the ruling named as the other claim's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from factarchive.arabic.differences import Difference, compare
from factarchive.archive.beside import Beside
from factarchive.archive.claim_terms import read
from factarchive.archive.known_claims import KnownClaim
from factarchive.publishing.claim_views import claim_url
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, VerdictView
from factarchive.publishing.phrases import label

__all__ = ["BesideView", "Besides", "DifferenceView", "MatchView", "OtherClaim", "beside_view", "match_views"]


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """A claim of another entry, or of this one."""

    url: str
    words: str
    state: VerdictView
    day: date | None
    outlet: Link | None


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What two claims differ in, with the words of each; none where one has no word for it."""

    kind_label: str
    here: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchView:
    """The ruled claim that one which nobody has ruled on matches, when it was ruled on, and what differs."""

    claim: OtherClaim
    ruled_on: date
    differences: tuple[DifferenceView, ...]


@dataclass(frozen=True, slots=True)
class BesideView:
    """What stands beside a claim; each list may be empty."""

    recurs: tuple[OtherClaim, ...]
    related: tuple[OtherClaim, ...]
    matches: tuple[MatchView, ...]


@dataclass(frozen=True, slots=True)
class Besides:
    """What stands beside the claims of the archive: a digest for each that has any, and how to load it."""

    shown: Mapping[str, str]
    load: Callable[[str], Beside]

    def digest(self, claim_id: str) -> str:
        """What stands for all that the claim's page shows of others."""
        return self.shown.get(claim_id, "")

    def matched(self, claim_ids: Iterable[str]) -> dict[str, str]:
        """Those of these claims that match a ruled one, each with what stands for the match."""
        parts = ((id_, self.digest(id_).partition(" ")[2]) for id_ in claim_ids)
        return {id_: digest for id_, digest in parts if digest}


def beside_view(words: str, found: Beside, desk: Desk) -> BesideView:
    """What to show beside a claim of these words."""
    return BesideView(
        recurs=tuple(_other(claim, desk) for claim in found.recurs),
        related=tuple(_other(claim, desk) for claim in found.related),
        matches=match_views(words, found, desk),
    )


def match_views(words: str, found: Beside, desk: Desk) -> tuple[MatchView, ...]:
    """The ruled claims that a claim of these words matches."""
    return tuple(_match(words, claim, desk) for claim in found.matches)


def _match(words: str, claim: KnownClaim, desk: Desk) -> MatchView:
    differences = compare(read(words), read(claim.words)).differences
    told = tuple(_difference(words, claim.words, difference) for difference in differences)
    return MatchView(_other(claim, desk), date.fromisoformat(claim.ruled_on), told)


def _difference(here: str, there: str, found: Difference) -> DifferenceView:
    return DifferenceView(
        kind_label=label("difference", found.kind),
        here=tuple(here[span.start : span.end] for span in found.here),
        there=tuple(there[span.start : span.end] for span in found.there),
    )


def _other(claim: KnownClaim, desk: Desk) -> OtherClaim:
    day = date.fromisoformat(claim.day) if claim.day else None
    return OtherClaim(claim_url(claim.id), claim.words, desk.verdict(claim.state), day, desk.outlet(claim.outlet))

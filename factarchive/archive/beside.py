"""What a claim's page shows of other claims: where it recurs, what is related to it, which ruled claim it matches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from factarchive.archive.entries import digest_of
from factarchive.archive.kinship import Kin
from factarchive.archive.known_claims import KnownClaim

__all__ = ["Beside", "Kindred", "beside"]

RECURRENCES, RELATED, MATCHES = 12, 5, 1
_DAYS = 45  # that a claim may be away from one that it matches but for some words: later it is other news of that kind


@dataclass(frozen=True, slots=True)
class Kindred:
    """A claim that is kin to another."""

    claim: KnownClaim
    kin: Kin
    likeness: float


@dataclass(frozen=True, slots=True)
class Beside:
    """`recurs`: the same claim in other entries, the oldest first; `related`: ruled claims of the same matter;
    `matches`: the ruled claim that one which nobody has ruled on says again, or nearly."""

    recurs: tuple[KnownClaim, ...] = ()
    related: tuple[KnownClaim, ...] = ()
    matches: tuple[KnownClaim, ...] = ()

    @property
    def digest(self) -> str:
        """What stands for all that is shown, and behind a blank for the matches; nothing where there is nothing."""
        parts = (_sum(self.recurs, self.related), _sum(self.matches))
        return " ".join(parts) if any(parts) else ""


def beside(claim: KnownClaim, kindred: Iterable[Kindred]) -> Beside:
    """What to show beside a claim of all that is kin to it."""
    nearest = sorted(kindred, key=lambda one: (-one.likeness, one.claim.id))
    recurs = [one.claim for one in nearest if one.kin is Kin.SAME and one.claim.path != claim.path][:RECURRENCES]
    ruled = [one for one in nearest if one.claim.is_ruled]
    matches = () if claim.is_ruled else [one.claim for one in ruled if _is_match(claim, one)][:MATCHES]
    related = [one.claim for one in ruled if one.claim not in (*recurs, *matches)][:RELATED]
    return Beside(tuple(sorted(recurs, key=lambda one: (one.day or "9", one.id))), tuple(related), tuple(matches))


def _is_match(claim: KnownClaim, other: Kindred) -> bool:
    if other.kin in (Kin.SAME, Kin.RELATED):
        return other.kin is Kin.SAME
    days = [date.fromisoformat(one.day) for one in (claim, other.claim) if one.day]
    return len(days) < 2 or abs((days[0] - days[1]).days) <= _DAYS


def _sum(*lists: Iterable[KnownClaim]) -> str:
    rows = ["\n".join("\t".join(_shown(claim)) for claim in listed) for listed in lists]
    return digest_of(*rows) if any(rows) else ""


def _shown(claim: KnownClaim) -> tuple[str, ...]:
    return claim.id, claim.words, claim.state, claim.day, claim.ruled_on, claim.outlet

"""The archive's account of its own work, in figures taken from its files: what a reader or an assessor may ask for.

No clock: «now» is the newest day that a person wrote into the archive, so that the same files give the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from factarchive.archive.cards import Backing, ClaimCard, EntryCard
from factarchive.archive.site import Site, speakers_of
from factarchive.archive.verdicts import Verdict

WEEKS = 26
"""The weeks over which IFCN counts the checks of an applicant: six months."""
YEAR = timedelta(days=366)
_MOST = 10  # claimants that are named


@dataclass(frozen=True, slots=True)
class PageAge:
    """One of the archive's own pages, the day when it was last looked through, and whether that is over a year ago."""

    slug: str
    title: str
    reviewed: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The figures of the whole archive; `parts` are (how many, of how many)."""

    as_of: date | None
    articles: int
    ruled: int
    pending: int
    opinions: int
    weeks: int  # of the last 26, those in which a ruling was made
    months: int
    topics: int
    speakers: int
    sources: int  # cited by rulings, counted once a ruling
    archived: int
    decisive: int
    with_primary: int  # decisive rulings that cite a primary source
    with_two_voices: int
    both_sides: int  # rulings whose evidence both supports and contradicts
    asked: int
    reviewed: int  # rulings that a second person looked through
    corrections: int
    replaced: int
    verdicts: tuple[tuple[str, int], ...]
    claimants: tuple[tuple[str, int], ...]  # the most frequent, with their ruled claims
    pages: tuple[PageAge, ...]


def account_of(site: Site) -> Account:
    """The figures of an archive, from its cards."""
    entries = site.own_entries
    claims = [c for e in entries for c in e.claims if not c.elsewhere]
    ruled = [c for c in claims if c.ruled_on]
    backings = [c.backing for c in ruled if c.backing]
    decisive = [b for b in backings if b.is_decisive]
    as_of = max((date.fromisoformat(e.updated) for e in entries if e.is_ruled), default=None)
    changes = [c for e in entries for c in e.changes]
    states = Counter(c.state for c in ruled)
    return Account(
        as_of=as_of,
        articles=len(entries),
        ruled=len(ruled),
        pending=len(claims) - len(ruled),
        opinions=states[Verdict.OPINION],
        weeks=_active_weeks(ruled, as_of),
        months=len({e.month for e in entries}),
        topics=len({t for e in entries for t in e.topics}),
        speakers=len({s for c in claims for s in speakers_of(c, site.registry)}),
        sources=sum(b.sources for b in backings),
        archived=sum(b.archived for b in backings),
        decisive=len(decisive),
        with_primary=sum(b.primary > 0 for b in decisive),
        with_two_voices=sum(b.voices > 1 for b in decisive),
        both_sides=_both_sides(backings),
        asked=sum(b.is_asked for b in backings),
        reviewed=sum(b.is_reviewed for b in backings),
        corrections=sum(not c.is_ruling for c in changes),
        replaced=sum(c.is_ruling for c in changes),
        verdicts=tuple((str(v), states[v]) for v in Verdict if states[v] and v is not Verdict.PENDING),
        claimants=_claimants(entries, site),
        pages=tuple(_page_age(p.front.slug, p.front.title, p.front.reviewed, as_of) for p in site.prose),
    )


def _active_weeks(ruled: Iterable[ClaimCard], as_of: date | None) -> int:
    """In how many of the last weeks a ruling was made, the week that ends with `as_of` the last."""
    if as_of is None:
        return 0
    ages = {(as_of - date.fromisoformat(c.ruled_on)).days // 7 for c in ruled}
    return sum(0 <= age < WEEKS for age in ages)


def _both_sides(backings: Iterable[Backing]) -> int:
    return sum(b.supports > 0 and b.contradicts > 0 for b in backings)


def _claimants(entries: Iterable[EntryCard], site: Site) -> tuple[tuple[str, int], ...]:
    """Who is accountable for most of the ruled claims; what was wrongly laid to somebody is not counted as theirs."""
    known = site.registry
    told = ((c, speakers_of(c, known)) for e in entries for c in e.claims if c.ruled_on and not c.misattributed)
    counted = Counter(names[0] for _, names in told if names)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST])


def _page_age(slug: str, title: str, reviewed: date | None, as_of: date | None) -> PageAge:
    is_stale = reviewed is None or (as_of is not None and as_of - reviewed > YEAR)
    return PageAge(slug, title, reviewed, is_stale)

"""Evidence: a decisive ruling rests on a source that takes a side, and on more than one voice."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.arabic.letters import folded
from factarchive.archive.entries import Entry
from factarchive.archive.independence import voices
from factarchive.archive.schema import Ruling, Source
from factarchive.archive.terms import Stance, Tier
from factarchive.archive.verdicts import DECISIVE
from factarchive.checking.fault import Loc, fault
from factarchive.problems import Problem


def check_evidence(entry: Entry) -> Iterator[Problem]:
    """Yield the rulings that rest on no usable source, on weak ones, on one party's or on a single voice."""
    listed = {source.id: source for source in reversed(entry.front.sources)}
    for number, claim in enumerate(entry.front.claims):
        ruling = claim.ruling
        if not ruling.evidence or not {ruling.verdict, ruling.attribution} & {*DECISIVE}:
            continue
        loc = ("claims", number, "ruling", "evidence")
        if all(evidence.stance is Stance.CONTEXT for evidence in ruling.evidence):
            yield fault(entry, loc, "evidence-takes-no-side")
        elif all(evidence.source in listed for evidence in ruling.evidence):
            # An unlisted source is told elsewhere; what it would have brought is not known here.
            yield from _strength(entry, loc, ruling, listed)


def _strength(entry: Entry, loc: Loc, ruling: Ruling, listed: dict[str, Source]) -> Iterator[Problem]:
    cited = [listed[evidence.source] for evidence in ruling.evidence]
    usable = [listed[e.source] for e in ruling.evidence if e.stance is not Stance.CONTEXT]
    if all(source.tier is Tier.BLOG for source in usable):
        yield fault(entry, loc, "evidence-weak")
    if ruling.verdict not in DECISIVE:
        return  # That a party said it, the party's own page shows best.
    if cited[0].party and len({folded(source.party or "").strip() for source in cited}) == 1:
        yield fault(entry, loc, "evidence-one-party", party=cited[0].party)
    elif voices(usable) < 2:
        yield fault(entry, loc, "evidence-one-voice")

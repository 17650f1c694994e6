"""«مقارنة الروايات»: what each accountable party says of each matter, the words marked in which they part."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from factarchive.arabic.propositions import Proposition, proposition
from factarchive.arabic.segments import Span
from factarchive.archive.parties import Parties
from factarchive.archive.relations import differences_of
from factarchive.archive.schema import Claim, Front
from factarchive.publishing.bidi import isolate_html
from factarchive.publishing.parts import AccountCell, AccountRow, Accounts, ClaimView, Link

__all__ = ["accounts_view"]

_ALL = ("all", "none", "only")
_DIFFERS, _ALONE = "differs", "alone"


def accounts_view(front: Front, views: Sequence[ClaimView], parties: Parties) -> Accounts | None:
    """What each party says of each matter that two of them speak of; the narrator is no account.

    A matter is what an editor named in `about`, else what the machine did in its proposal; the row says which.
    """
    paired = zip(front.claims, views, strict=True)
    told = [_Told(c, v, front.published) for c, v in paired if v.source and not v.misattributed]
    matters = dict.fromkeys(t.matter for t in told if t.matter)
    shared = [m for m in matters if len({t.view.source for t in told if t.matter == m}) > 1]
    sources = tuple(dict.fromkeys(t.view.source for t in told if t.matter in shared and t.view.source))
    rows = tuple(_row(matter, [t for t in told if t.matter == matter], sources) for matter in shared)
    return Accounts(sources, rows, tuple(_together(sources, parties))) if rows else None


def _together(sources: Sequence[Link], parties: Parties) -> Iterator[tuple[Link, ...]]:
    """Those of the sources that speak for one party, where they are several."""
    by_party: dict[str, list[Link]] = {}
    for source in sources:
        by_party.setdefault(parties.of(source.text), []).append(source)
    yield from (tuple(voices) for voices in by_party.values() if len(voices) > 1)


@dataclass(frozen=True)
class _Told:
    """A claim with its view."""

    claim: Claim
    view: ClaimView
    published: date | None

    @property
    def by_machine(self) -> bool:
        return self.claim.about is None

    @property
    def matter(self) -> str | None:
        """What it is about: by its editor, else, while nobody has ruled on it, by the machine."""
        proposal = None if self.claim.ruling.is_made else self.claim.proposal
        return self.claim.about or (proposal.about if proposal else None)

    @property
    def said(self) -> Proposition:
        return proposition(self.claim.quote, self.claim.said_on or self.published)


def _row(matter: str, told: Sequence[_Told], sources: Sequence[Link]) -> AccountRow:
    said = {t.claim.id: t.said for t in told}
    of = {t.claim.id: t.view.source for t in told}
    marks = {id_: list(_marks(text, [said[o] for o in said if of[o] != of[id_]])) for id_, text in said.items()}
    cells = tuple(
        tuple(AccountCell(t.view, _marked(t.claim.quote, marks[t.claim.id])) for t in told if t.view.source == source)
        for source in sources
    )
    kinds = {kind for found in marks.values() for kind, _ in found}
    return AccountRow(matter, cells, any(t.by_machine for t in told), _DIFFERS in kinds, _ALONE in kinds)


def _marks(here: Proposition, others: Sequence[Proposition]) -> Iterator[tuple[str, Span]]:
    """The words that part from another account, and the figures, dates and generalities that no other account has."""
    found = (difference for there in others for difference in differences_of(here, there))
    yield from ((_DIFFERS, span) for difference in found if difference.there for span in difference.here)
    figures = {(m.value, m.unit) for there in others for m in there.measures}
    days = {d.value for there in others for d in there.dates}
    yield from ((_ALONE, m.span) for m in here.measures if (m.value, m.unit) not in figures)
    general = {c.value for there in others for c in there.cues if c.kind == "quantifier"}
    yield from (
        (_ALONE, c.span) for c in here.cues if c.kind == "quantifier" and c.value in _ALL and c.value not in general
    )
    yield from ((_ALONE, Span(d.start, d.end)) for d in here.dates if d.value not in days)


def _marked(quote: str, marks: Sequence[tuple[str, Span]]) -> Markup:
    """The quote with these words marked; where marks overlap the first one that begins stands."""
    made, at = [], 0
    order: Mapping[str, int] = {_DIFFERS: 0, _ALONE: 1}
    for kind, span in sorted(marks, key=lambda m: (m[1].start, order[m[0]], -m[1].end)):
        if span.start >= at:
            made.append(html.escape(quote[at : span.start]))
            made.append(f'<mark class="{kind}">{html.escape(quote[span.start : span.end])}</mark>')
            at = span.end
    return Markup(isolate_html("".join((*made, html.escape(quote[at:])))))

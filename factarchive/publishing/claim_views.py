"""Claims, rulings, proposals and their sources as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from factarchive.archive.cards import UNKNOWN, ClaimCard, EntryCard, is_misattributed, shown_state
from factarchive.archive.independence import parties, voices
from factarchive.archive.schema import Claim, Evidence, Finding, Front, Moment, Ruling, Source
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.borrowed import ReviewView, review_of, review_view
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import (
    ChangeView,
    ClaimRow,
    ClaimView,
    EntryRow,
    EvidenceView,
    FindingView,
    Link,
    MomentView,
    ReplyView,
    RulingView,
    SourceView,
    VerdictView,
)
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.proposal_views import proposal_view, source_view


class SourceBook:
    """The sources of one page, numbered in the order in which it first cites them."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._listed = {source.id: source for source in sources}
        self._cited: dict[str, SourceView] = {}

    def cite(self, id_: str) -> SourceView:
        """The source of this id with its number on the page; raises KeyError for one that is not listed."""
        if id_ not in self._cited:
            self._cited[id_] = source_view(self._listed[id_], id_, len(self._cited) + 1)
        return self._cited[id_]

    @property
    def listed(self) -> Mapping[str, Source]:
        """Every source of the file by its id, cited or not."""
        return self._listed

    def cite_all(self) -> None:
        """Number what nothing on the page has cited too."""
        for id_ in self._listed:
            self.cite(id_)

    @property
    def cited(self) -> tuple[SourceView, ...]:
        """What was cited so far, by number."""
        return tuple(self._cited.values())


def claim_view(claim: Claim, number: int, book: SourceBook, desk: Desk) -> ClaimView:
    """A claim in full; its evidence takes its numbers from the page's book."""
    speakers = [link for name in claim.speaker if (link := desk.speaker(name))]
    source = desk.speaker(claim.source)
    ruling = _ruling_view(claim.ruling, book, desk) if claim.ruling.is_made else None
    state, elsewhere = desk.verdict(shown_state(claim)), _elsewhere(claim, desk)
    return ClaimView(
        number=number,
        id=claim.id,
        url=claim_url(claim.id),
        words=claim.words,
        quote=claim.quote,
        source=source,
        unknown_source=claim.source == UNKNOWN,
        misattributed=is_misattributed(claim),
        speakers=tuple(s for s in speakers if s != source),
        via=claim.via,
        form=str(claim.form),
        form_label=label("form", claim.form),
        type_label=label("type", claim.type),
        said_on=claim.said_on,
        about=claim.about,
        state=state,
        ruling=ruling,
        elsewhere=elsewhere,
        proposal=proposal_view(claim.proposal, book.listed) if claim.proposal else None,
        hints=(),
        worth=claim.worth.score if claim.worth else None,
        worth_reasons=claim.worth.because if claim.worth else (),
        appearances=claim.appearances,
        reply=ReplyView(claim.reply.asked, claim.reply.until, claim.reply.answer) if claim.reply else None,
        share_text=_share_text(claim.words, state, ruling or elsewhere),
    )


def claim_url(id_: str) -> str:
    """The path of a claim's own page."""
    return f"/claims/{id_}/"


def article_url(slug: str) -> str:
    """The path of an article's page."""
    return f"/articles/{slug}/"


def finding_view(finding: Finding, front: Front, book: SourceBook, desk: Desk) -> FindingView:
    """A finding about the article as a whole."""
    numbers = {claim.id: n for n, claim in enumerate(front.claims, start=1)}
    links = (Link(_claim_number(numbers[id_], desk), f"#c-{id_}") for id_ in finding.claims)
    return FindingView(
        kind=finding.kind,
        kind_label=label("finding", finding.kind),
        title=finding.title,
        text=finding.text,
        verdict=desk.verdict(finding.verdict) if finding.verdict else None,
        claims=tuple(links),
        evidence=_evidence_views(finding.evidence, book),
        by=finding.by,
        on=finding.on,
    )


def moment_view(moment: Moment, book: SourceBook) -> MomentView:
    """A line of what happened next."""
    return MomentView(moment.on, moment.text, tuple(book.cite(id_) for id_ in moment.sources))


def claim_row(claim: ClaimCard, entry: EntryCard, desk: Desk) -> ClaimRow:
    """A claim in a list."""
    return ClaimRow(
        id=claim.id,
        url=claim_url(claim.id),
        words=claim.words,
        state=desk.verdict(claim.state),
        source=desk.speaker(claim.source),
        misattributed=claim.misattributed,
        said_on=_day(claim.said_on),
        summary=claim.summary or None,
        article=Link(entry.title, article_url(entry.slug)),
        elsewhere=review_of(claim.elsewhere),
    )


def entry_row(entry: EntryCard, desk: Desk) -> EntryRow:
    """An article in a list."""
    states = [claim.state for claim in entry.claims]
    return EntryRow(
        url=article_url(entry.slug),
        title=entry.title,
        summary=entry.summary or None,
        published=_day(entry.published),
        outlet=desk.outlet(entry.outlet),
        topics=desk.topics(entry.topics),
        tally=desk.tally(states),
        pending=states.count(Verdict.PENDING),
        elsewhere=tuple(view for claim in entry.claims if (view := review_of(claim.elsewhere))),
    )


def _claim_number(number: int, desk: Desk) -> str:
    return phrase("page", "claim-number", n=desk.phrases.number(number))


def _ruling_view(ruling: Ruling, book: SourceBook, desk: Desk) -> RulingView:
    cited = [book.listed[id_] for id_ in dict.fromkeys(e.source for e in ruling.evidence)]
    assert ruling.as_of and ruling.on and ruling.by and ruling.summary, "checked before any view is made"
    return RulingView(
        attribution=_layer(ruling.attribution, desk),
        verdict=_layer(ruling.verdict, desk),
        techniques=tuple(desk.technique(t) for t in ruling.technique),
        summary=ruling.summary,
        so=ruling.so,
        not_so=ruling.not_so,
        unknown=ruling.unknown,
        as_of=ruling.as_of,
        by=ruling.by,
        on=ruling.on,
        edited_by=ruling.edited_by,
        evidence=_evidence_views(ruling.evidence, book),
        independent=voices(s for s in cited if not s.party),
        parties=parties(cited),
        history=tuple(
            ChangeView(c.on, _layer(c.verdict, desk), _layer(c.attribution, desk), c.why) for c in ruling.history
        ),
    )


def _layer(verdict: Verdict | None, desk: Desk) -> VerdictView | None:
    return None if verdict in (None, Verdict.PENDING) else desk.verdict(verdict)


def _evidence_views(evidence: Iterable[Evidence], book: SourceBook) -> tuple[EvidenceView, ...]:
    return tuple(
        EvidenceView(str(e.stance), label("stance", e.stance), e.quote, e.note, book.cite(e.source)) for e in evidence
    )


def _elsewhere(claim: Claim, desk: Desk) -> ReviewView | None:
    review = claim.reviewed_elsewhere
    return review_view(review, desk.rating(review.verdict) if review.verdict else None) if review else None


def _share_text(words: str, state: VerdictView, told: RulingView | ReviewView | None) -> str:
    if told is None:
        return phrase("share", "pending", words=words, verdict=state.label)
    if isinstance(told, ReviewView):
        return phrase("share", "elsewhere", words=words, publisher=told.publisher, label=told.word)
    return phrase("share", "ruled", words=words, verdict=state.label, summary=told.summary)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None

"""The pages of one article: the article itself, and each of its claims."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from markupsafe import Markup

from factarchive.archive.beside import Beside
from factarchive.archive.cards import ClaimCard, EntryCard, card_of
from factarchive.archive.entries import Entry
from factarchive.archive.hints import Hints
from factarchive.archive.schema import Claim, Correction, Front
from factarchive.archive.site import list_url
from factarchive.publishing.account_views import accounts_view
from factarchive.publishing.bidi import isolate_html
from factarchive.publishing.card_pages import article_card, article_card_url, claim_card, claim_card_url
from factarchive.publishing.citation import citation
from factarchive.publishing.claim_views import (
    SourceBook,
    article_url,
    claim_row,
    claim_url,
    claim_view,
    finding_view,
    moment_view,
)
from factarchive.publishing.claimreview import claim_review
from factarchive.publishing.desk import Desk
from factarchive.publishing.embed_views import embed_code
from factarchive.publishing.marking import find_quote, mark_quotes
from factarchive.publishing.match_views import beside_view, match_views
from factarchive.publishing.parts import ClaimView, CorrectionView, Link, Meta, TallyItem
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.proposal_views import proposal_view
from factarchive.publishing.prose import plain_text, render_prose
from factarchive.publishing.reports import report_url
from factarchive.publishing.structured import article_nodes
from factarchive.publishing.views import ArticleView, ClaimPageView

_DESCRIPTION_MAX = 200


@dataclass(frozen=True, slots=True)
class Aside:
    """What the archive as it is now adds to an entry's pages: what stands beside its claims, and hints for them."""

    beside: Mapping[str, Beside] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)


def article_view(entry: Entry, desk: Desk, aside: Aside) -> ArticleView:
    """The page of an article: conclusion, claims in two layers, findings, accounts, aftermath, sources, its text."""
    front, found = entry.front, aside.beside
    book = SourceBook(front.sources)
    claims = [_hinted(claim_view(claim, n, book, desk), aside.hints) for n, claim in enumerate(front.claims, start=1)]
    findings = tuple(finding_view(finding, front, book, desk) for finding in front.findings)
    timeline = tuple(moment_view(moment, book) for moment in front.timeline)
    book.cite_all()
    ruled = tuple(claim for claim in claims if claim.ruling)
    return ArticleView(
        meta=_article_meta(card_of(entry), front, desk),
        title=front.title,
        outlet=_outlet(front, desk),
        author=front.author,
        published=front.published,
        original_url=front.url,
        topics=desk.topics(front.topics),
        stored_copies_only=front.review == "stored-copies-only",
        checked_on=_checked_on(front),
        summary=front.summary,
        tally=_tally(ruled, desk),
        ruled=ruled,
        pending=tuple(claim for claim in claims if not claim.ruling and not claim.elsewhere),
        elsewhere=tuple(claim for claim in claims if claim.elsewhere),
        findings=findings,
        accounts=accounts_view(front, claims, desk.registry.parties),
        matches={c.id: match_views(c.words, found[c.id], desk) for c in claims if c.id in found and not c.ruling},
        timeline=timeline,
        timeline_title=_timeline_title(front),
        sources=book.cited,
        corrections=_corrections(front, front.corrections),
        body=_marked_body(entry, claims, desk),
    )


def claim_page_view(own: tuple[Entry, EntryCard], claim_id: str, desk: Desk, aside: Aside) -> ClaimPageView:
    """The page of one claim, with its one ClaimReview where it is ruled, and the paragraph that it stands in."""
    entry, card = own
    front = entry.front
    number, claim = next((n, c) for n, c in enumerate(front.claims, start=1) if c.id == claim_id)
    book = SourceBook(front.sources)
    view = _hinted(claim_view(claim, number, book, desk), aside.hints)
    mine = tuple(c for c in front.corrections if c.claim == claim_id)
    meta = _claim_meta(claim, entry, view, desk)
    return ClaimPageView(
        meta=meta,
        claim=view,
        article=Link(front.title, article_url(front.slug)),
        published=front.published,
        outlet=_outlet(front, desk),
        stored_copies_only=front.review == "stored-copies-only",
        context=_context(entry, claim, view, desk),
        sources=book.cited,
        beside=beside_view(claim.words, aside.beside.get(claim_id, Beside()), desk),
        siblings=tuple(claim_row(c, card, desk) for c in _siblings(card.claims, claim_id)),
        corrections=_corrections(front, mine),
        citation=citation(f"claim-{claim_id}", meta, claim.ruling.on or front.published, desk),
        embed=embed_code(view, desk),
        report=report_url(
            desk.settings.contact, phrase("report", "error", id=claim_id), desk.settings.base_url + meta.url
        ),
    )


def body_html(entry: Entry, desk: Desk) -> str:
    """The article's text as HTML, hostile markup escaped."""
    return render_prose(entry.body, desk.settings.prose)


def paragraph_of(text: str, quote: str) -> str:
    """The paragraph of the body's visible text that holds a quote; the quote itself where none does."""
    return next((line for line in text.split("\n") if find_quote(line, quote)), quote)


def _article_meta(card: EntryCard, front: Front, desk: Desk) -> Meta:
    url = article_url(front.slug)
    count = desk.phrases.count(len(front.claims), "claims")
    described = front.summary or phrase("describe", "article", claims=count, title=front.title)
    crumbs = (Link(label("page", "home"), "/"), Link(label("list", "archive"), list_url("archive")))
    return Meta(
        title=front.title,
        description=shortened(described),
        url=url,
        kind="article",
        crumbs=(*crumbs, Link(front.title, url)),
        nodes=article_nodes(front, url, desk),
        published=front.published,
        image=article_card_url(front.slug) if article_card(card, desk) else None,
    )


def _claim_meta(claim: Claim, entry: Entry, view: ClaimView, desk: Desk) -> Meta:
    front = entry.front
    card = next(c for c in card_of(entry).claims if c.id == claim.id)
    url = claim_url(claim.id)
    crumbs = (
        Link(label("page", "home"), "/"),
        Link(front.title, article_url(front.slug)),
        Link(phrase("page", "claim-number", n=desk.phrases.number(view.number)), url),
    )
    return Meta(
        title=claim.words,
        description=shortened(_described(view)),
        url=url,
        kind="article",
        crumbs=crumbs,
        json_ld=claim_review(claim, entry, desk.settings.base_url + url, desk),
        published=claim.ruling.on if view.ruling else None,
        image=claim_card_url(claim.id) if claim_card(card, desk) else None,
    )


def _described(view: ClaimView) -> str:
    if it := view.elsewhere:
        return phrase("describe", "elsewhere", words=view.words, publisher=it.publisher, label=it.word)
    if view.ruling is None:
        return phrase("describe", "pending", words=view.words)
    return phrase("describe", "claim", verdict=view.state.label, words=view.words, summary=view.ruling.summary)


def shortened(text: str, limit: int = _DESCRIPTION_MAX) -> str:
    """A text cut at a word, for a description."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + "…"


def _outlet(front: Front, desk: Desk) -> Link | None:
    return desk.outlet(front.outlet.name) if front.outlet else None


def _checked_on(front: Front) -> date | None:
    return max((c.ruling.on for c in front.claims if c.ruling.is_made and c.ruling.on), default=None)


def _tally(ruled: Sequence[ClaimView], desk: Desk) -> tuple[TallyItem, ...]:
    items = desk.tally(claim.state.id for claim in ruled)
    return tuple(
        TallyItem(
            item.verdict,
            item.count,
            tuple(Link(c.words, f"#c-{c.id}", c.number) for c in ruled if c.state.id == item.verdict.id),
        )
        for item in items
    )


def _timeline_title(front: Front) -> str:
    day = front.published.isoformat() if front.published else ""
    return "events" if any(moment.on < day[: len(moment.on)] for moment in front.timeline) else "afterwards"


def _hinted(view: ClaimView, hints: Hints) -> ClaimView:
    """The claim with what the archive as it is now has to say of it; a person's ruling needs none of that."""
    if view.ruling:
        return view
    return replace(view, hints=tuple(proposal_view(p, hints.documents) for p in hints.proposals.get(view.id, ())))


def _corrections(front: Front, corrections: Sequence[Correction]) -> tuple[CorrectionView, ...]:
    words = {claim.id: claim.words for claim in front.claims}
    newest = sorted(corrections, key=lambda c: c.on, reverse=True)
    return tuple(
        CorrectionView(c.on, c.text, Link(words[c.claim], claim_url(c.claim)) if c.claim else None, c.was, c.now)
        for c in newest
    )


def _marked_body(entry: Entry, claims: Sequence[ClaimView], desk: Desk) -> Markup:
    quotes = [(claim.id, claim.quote) for claim in claims]
    states = {claim.id: claim.state.id for claim in claims}
    references = {
        claim.id: f'<sup class="ref v-{claim.state.id}"><a href="#c-{claim.id}" aria-label="'
        f'{html.escape(phrase("page", "claim-number", n=str(claim.number)))}">'
        f"{desk.phrases.number(claim.number)}</a></sup>"
        for claim in claims
    }

    def opening(key: str, first: bool) -> str:
        return _mark(key, states[key], first)

    body = mark_quotes(body_html(entry, desk), quotes, references, opening)
    # A claim that the headline alone makes is marked there.
    headline = f'<p class="headline">{html.escape(entry.front.title)}</p>'
    rest = [(key, quote) for key, quote in quotes if key in body.missing]
    return Markup(isolate_html(mark_quotes(headline, rest, references, opening).html + body.html))


def _context(entry: Entry, claim: Claim, view: ClaimView, desk: Desk) -> Markup:
    text = "\n".join((plain_text(body_html(entry, desk)), entry.front.title))
    paragraph = f"<p>{html.escape(paragraph_of(text, claim.quote))}</p>"
    state = view.state.id
    marked = mark_quotes(paragraph, [(claim.id, claim.quote)], {}, lambda key, first: _mark(key, state, first))
    return Markup(isolate_html(marked.html))


def _mark(key: str, state: str, first: bool) -> str:
    anchor = f' id="q-{key}"' if first else ""
    return f'<mark class="q v-{state}"{anchor}>'


def _siblings(claims: Sequence[ClaimCard], claim_id: str) -> tuple[ClaimCard, ...]:
    return tuple(claim for claim in claims if claim.id != claim_id)

"""The pages of one article: the article itself, and each of its claims."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from factarchive.archive.cards import ClaimCard, EntryCard
from factarchive.archive.entries import Entry
from factarchive.archive.schema import Claim, Correction, Front
from factarchive.archive.site import list_url
from factarchive.publishing.bidi import isolate_html
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
from factarchive.publishing.marking import find_quote, mark_quotes
from factarchive.publishing.parts import AccountRow, Accounts, ClaimView, CorrectionView, Link, Meta, TallyItem
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.prose import plain_text, render_prose
from factarchive.publishing.structured import article_nodes
from factarchive.publishing.views import ArticleView, ClaimPageView

_DESCRIPTION_MAX = 200


def article_view(entry: Entry, desk: Desk) -> ArticleView:
    """The page of an article: conclusion, claims in two layers, findings, accounts, aftermath, sources, its text."""
    front = entry.front
    book = SourceBook(front.sources)
    claims = [claim_view(claim, n, book, desk) for n, claim in enumerate(front.claims, start=1)]
    findings = tuple(finding_view(finding, front, book, desk) for finding in front.findings)
    timeline = tuple(moment_view(moment, book) for moment in front.timeline)
    book.cite_all()
    ruled = tuple(claim for claim in claims if claim.ruling)
    return ArticleView(
        meta=_article_meta(front, desk),
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
        pending=tuple(claim for claim in claims if not claim.ruling),
        findings=findings,
        accounts=_accounts(claims),
        timeline=timeline,
        sources=book.cited,
        corrections=_corrections(front, front.corrections),
        body=_marked_body(entry, claims, desk),
    )


def claim_page_view(entry: Entry, card: EntryCard, claim_id: str, desk: Desk) -> ClaimPageView:
    """The page of one claim, with its one ClaimReview where it is ruled, and the paragraph that it stands in."""
    front = entry.front
    number, claim = next((n, c) for n, c in enumerate(front.claims, start=1) if c.id == claim_id)
    book = SourceBook(front.sources)
    view = claim_view(claim, number, book, desk)
    mine = tuple(c for c in front.corrections if c.claim == claim_id)
    return ClaimPageView(
        meta=_claim_meta(claim, entry, view, desk),
        claim=view,
        article=Link(front.title, article_url(front.slug)),
        published=front.published,
        outlet=_outlet(front, desk),
        stored_copies_only=front.review == "stored-copies-only",
        context=_context(entry, claim, view, desk),
        sources=book.cited,
        siblings=tuple(claim_row(c, card, desk) for c in _siblings(card.claims, claim_id)),
        corrections=_corrections(front, mine),
    )


def body_html(entry: Entry, desk: Desk) -> str:
    """The article's text as HTML, hostile markup escaped."""
    return render_prose(entry.body, desk.settings.prose)


def paragraph_of(text: str, quote: str) -> str:
    """The paragraph of the body's visible text that holds a quote; the quote itself where none does."""
    return next((line for line in text.split("\n") if find_quote(line, quote)), quote)


def _article_meta(front: Front, desk: Desk) -> Meta:
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
    )


def _claim_meta(claim: Claim, entry: Entry, view: ClaimView, desk: Desk) -> Meta:
    front = entry.front
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
    )


def _described(view: ClaimView) -> str:
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


def _accounts(claims: Sequence[ClaimView]) -> Accounts | None:
    """What each accountable party says of each matter that two of them speak of; the narrator is no account."""
    told = [c for c in claims if c.about and c.source and not c.misattributed]
    matters = {c.about: {d.source for d in told if d.about == c.about} for c in told}
    shared = [about for about, sources in matters.items() if about and len(sources) > 1]
    sources = tuple(dict.fromkeys(c.source for c in told if c.about in shared and c.source))
    rows = tuple(
        AccountRow(about, tuple(tuple(c for c in told if (c.about, c.source) == (about, s)) for s in sources))
        for about in shared
    )
    return Accounts(sources, rows) if rows else None


def _corrections(front: Front, corrections: Sequence[Correction]) -> tuple[CorrectionView, ...]:
    words = {claim.id: claim.words for claim in front.claims}
    newest = sorted(corrections, key=lambda c: c.on, reverse=True)
    return tuple(
        CorrectionView(c.on, c.text, Link(words[c.claim], claim_url(c.claim)) if c.claim else None) for c in newest
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

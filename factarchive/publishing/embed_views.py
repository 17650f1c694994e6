"""A claim's card for other people's pages, and the words by which they put it there."""

from __future__ import annotations

import html

from factarchive.archive.cards import EntryCard
from factarchive.archive.entries import Entry
from factarchive.publishing.claim_views import SourceBook, article_url, claim_url, claim_view
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import ClaimView, Link, Meta
from factarchive.publishing.views import EmbedView

_HEIGHT = 360  # pixels that a card of ordinary length takes on a phone


def embed_url(id_: str) -> str:
    """The path of a claim's card."""
    return f"/embed/{id_}/"


def embed_view(entry: Entry, card: EntryCard, claim_id: str, desk: Desk) -> EmbedView:
    """The card of one claim: its words, who said them, the verdict and why, and the way to its page."""
    front = entry.front
    number, claim = next((n, c) for n, c in enumerate(front.claims, start=1) if c.id == claim_id)
    view = claim_view(claim, number, SourceBook(front.sources), desk)
    meta = Meta(claim.words, claim.words, claim_url(claim_id), indexed=False)
    return EmbedView(meta, view, Link(card.title, article_url(card.slug)))


def embed_code(claim: ClaimView, desk: Desk) -> str:
    """The HTML that shows the card on another site, without a script."""
    address = html.escape(desk.settings.base_url + embed_url(claim.id))
    title = html.escape(f"{claim.words}: {claim.state.label}")
    style = "border:0;inline-size:100%"
    return f'<iframe src="{address}" title="{title}" height="{_HEIGHT}" loading="lazy" style="{style}"></iframe>'

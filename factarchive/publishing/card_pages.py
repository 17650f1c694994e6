"""Which share cards there are: one a ruled claim and one an article with rulings; for the rest one that all share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factarchive.archive.cards import UNKNOWN, ClaimCard, EntryCard
from factarchive.archive.site import Site
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.desk import Desk
from factarchive.publishing.phrases import label
from factarchive.publishing.share_cards import Card, is_drawable


def claim_card_url(id_: str) -> str:
    """The address of a claim's card."""
    return f"/cards/{id_}.png"


def article_card_url(slug: str) -> str:
    """The address of an article's card."""
    return f"/cards/articles/{slug}.png"


def claim_card(claim: ClaimCard, desk: Desk) -> Card | None:
    """A ruled claim's card; None where none may be drawn: no ruling, no means, or letters that the fonts lack."""
    if not claim.ruled_on or claim.state == Verdict.PENDING or not desk.draws("claims"):
        return None
    said = desk.phrases.day(date.fromisoformat(claim.said_on)) if claim.said_on else ""
    foot = " · ".join(part for part in (_claimant(claim, desk), said) if part)
    return _drawable(Card(f"«{claim.words}»", claim.state, desk.verdict(claim.state).label, foot, desk.settings.title))


def article_card(entry: EntryCard, desk: Desk) -> Card | None:
    """An article's card, with the number of its claims that were ruled on; None where none may be drawn."""
    ruled = sum(bool(claim.ruled_on) for claim in entry.claims)
    if not ruled or not desk.draws("articles"):
        return None
    return _drawable(Card(entry.title, "", "", desk.phrases.count(ruled, "rulings"), desk.settings.title))


def cards_of(site: Site, desk: Desk) -> Iterable[tuple[str, Card]]:
    """Every card of the site with its address."""
    for entry in site.entries:
        if card := article_card(entry, desk):
            yield article_card_url(entry.slug), card
        for claim in entry.claims:
            if card := claim_card(claim, desk):
                yield claim_card_url(claim.id), card


def _claimant(claim: ClaimCard, desk: Desk) -> str:
    """Who said it; nobody where a person ruled that the one named did not."""
    source = desk.speaker(claim.source)
    if claim.misattributed or claim.source == UNKNOWN:
        return ""
    return source.text if source else label("page", "article-itself")


def _drawable(card: Card) -> Card | None:
    return card if is_drawable(card) else None

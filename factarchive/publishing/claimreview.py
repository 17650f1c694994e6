"""ClaimReview markup of a ruled claim, as its readers take it (schema.org; Google's table of December 2025; Bing).

Exactly one a claim page, none for an opinion or an unruled claim. No number is ever made up for a verdict that
is off the scale: Google's table wants worstRating of at least 1, so such a rating carries its name only.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from factarchive.arabic.letters import folded
from factarchive.arabic.verbs import saying_verb
from factarchive.archive.cards import NARRATOR, UNKNOWN, is_misattributed, rated_layer
from factarchive.archive.entries import Entry
from factarchive.archive.schema import Claim, Ruling
from factarchive.archive.site import Registry
from factarchive.archive.verdicts import BEST, WORST, Rating
from factarchive.publishing.desk import Desk
from factarchive.publishing.phrases import phrase
from factarchive.publishing.structured import (
    CONTEXT,
    LANGUAGE,
    as_json_ld,
    corrections,
    filled,
    media_review,
    publisher,
)


def claim_review(claim: Claim, entry: Entry, canonical: str, desk: Desk) -> Markup | None:
    """The claim's one ClaimReview as JSON for a script element; None where nothing may be marked up."""
    rated = rated_layer(claim)
    if rated is None:
        return None
    layer, verdict = rated
    review = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "url": canonical,
        "identifier": claim.id,
        "headline": phrase("markup", "headline", words=claim.words, verdict=desk.rating(verdict).label),
        "text": claim.ruling.summary,
        "inLanguage": LANGUAGE,
        "keywords": ", ".join(entry.front.topics),
        "claimReviewed": _reviewed(claim, layer, desk),
        "datePublished": claim.ruling.on.isoformat() if claim.ruling.on else None,
        "author": publisher(desk),
        "reviewRating": _rating(desk.rating(verdict), claim.ruling),
        "itemReviewed": _item(claim, entry, layer, desk),
        "associatedMediaReview": media_review(claim, canonical, desk),
        "correction": corrections(item for item in entry.front.corrections if item.claim == claim.id),
        "sdPublisher": publisher(desk),
        "sdLicense": desk.settings.license or None,
    }
    return as_json_ld(filled(review))


def _reviewed(claim: Claim, layer: str, desk: Desk) -> str:
    """The words under review; what rates an attribution must say who is said to have said them."""
    if layer == "verdict" or claim.source in (NARRATOR, UNKNOWN) or says_who_said_it(claim, desk.registry):
        return claim.words
    return phrase("claim", "attributed", source=desk.registry.canonical(claim.source), words=claim.words)


def says_who_said_it(claim: Claim, registry: Registry) -> bool:
    """Whether a claim is worded as an attribution: a verb of saying, and its source in a spelling that is known."""
    first = next(iter(folded(claim.words).split()), "")  # marks alone fold to nothing
    if not saying_verb(first):
        return False
    known = registry.known(claim.source)
    spellings = (claim.source, known.name, *known.aliases) if known else (claim.source,)
    words = folded(claim.words)
    return any(word in words for spelling in spellings for word in folded(spelling).split() if len(word) > 3)


def _rating(rating: Rating, ruling: Ruling) -> dict[str, Any]:
    numbers = {"ratingValue": rating.value, "bestRating": BEST, "worstRating": WORST} if rating.value else {}
    return {
        "@type": "Rating",
        "alternateName": rating.label,
        **numbers,
        "ratingExplanation": ruling.summary,
    }


def _item(claim: Claim, entry: Entry, layer: str, desk: Desk) -> dict[str, Any]:
    """The claim under review; its author is who said it, or for an attribution the outlet that said who did."""
    said = claim.said_on or (entry.front.published if layer == "attribution" else None)
    return {
        "@type": "Claim",
        "author": _outlet(entry) if layer == "attribution" else _claimant(claim, entry, desk),
        "datePublished": said.isoformat() if said else None,
        "appearance": [{"@type": "CreativeWork", "url": url} for url in _appearances(claim, entry)],
    }


def _claimant(claim: Claim, entry: Entry, desk: Desk) -> dict[str, Any] | None:
    if claim.source == NARRATOR or is_misattributed(claim):
        return _outlet(entry)  # nobody is marked up as the author of what they did not say
    if claim.source == UNKNOWN:
        return None
    known = desk.registry.known(claim.source)
    kind = "Person" if known and known.kind == "person" else "Organization"
    name = desk.registry.canonical(claim.source)
    return {"@type": kind, "name": name, "sameAs": known.url if known else None}


def _outlet(entry: Entry) -> dict[str, Any] | None:
    outlet = entry.front.outlet
    return {"@type": "Organization", "name": outlet.name, "sameAs": outlet.url} if outlet else None


def _appearances(claim: Claim, entry: Entry) -> tuple[str, ...]:
    return claim.appearances or ((entry.front.url,) if entry.front.url else ())

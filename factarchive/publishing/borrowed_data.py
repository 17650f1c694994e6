"""Another desk's review in the data files: under its own publisher, address and word, whatever is made of it here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from factarchive.archive.cards import NARRATOR, UNKNOWN
from factarchive.archive.entries import Entry
from factarchive.archive.schema import Claim, ReviewedElsewhere


def borrowed_review(claim: Claim, review: ReviewedElsewhere, entry: Entry) -> dict[str, Any]:
    """The review as schema.org's ClaimReview of its publisher; it has no number, since none came with its word."""
    return {
        "@type": "ClaimReview",
        "url": review.url,
        "identifier": claim.id,
        "headline": entry.front.title,
        "text": review.summary,
        "inLanguage": review.lang,
        "keywords": ", ".join(entry.front.topics) or None,
        "claimReviewed": claim.words,
        "datePublished": review.on.isoformat() if review.on else None,
        "author": {"@type": "Organization", "name": review.publisher, "url": _home(review.url)},
        "reviewRating": {"@type": "Rating", "alternateName": review.label},
        "itemReviewed": _item(claim),
    }


def borrowed_result(claim: Claim, review: ReviewedElsewhere, entry: Entry) -> dict[str, Any]:
    """The review as the Fact Check Tools API's claims:search gives it."""
    told = {
        "publisher": {"name": review.publisher, "site": urlsplit(review.url).hostname},
        "url": review.url,
        "title": entry.front.title,
        "reviewDate": f"{review.on}T00:00:00Z" if review.on else None,
        "textualRating": review.label,
        "languageCode": review.lang,
    }
    return {
        "text": claim.words,
        "claimant": _claimant(claim),
        "claimDate": f"{claim.said_on}T00:00:00Z" if claim.said_on else None,
        "claimReview": [{name: value for name, value in told.items() if value}],
    }


def _item(claim: Claim) -> dict[str, Any]:
    name = _claimant(claim)
    found = {
        "author": {"@type": "Organization", "name": name} if name else None,
        "datePublished": claim.said_on.isoformat() if claim.said_on else None,
        "appearance": [{"@type": "CreativeWork", "url": url} for url in claim.appearances],
    }
    return {"@type": "Claim", **{name: value for name, value in found.items() if value}}


def _claimant(claim: Claim) -> str | None:
    return None if claim.source in (NARRATOR, UNKNOWN) else claim.source


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"

"""A review as a content file: the claim's text as its body, the review as its publisher's, signed as a machine's."""

from __future__ import annotations

from factarchive.archive.escaping import as_markdown
from factarchive.archive.frontmatter import FENCE, dump, filled
from factarchive.archive.ownership import signed
from factarchive.importing.reviews import Review

FOLDER = "imported"
"""Where imported reviews stand in content/."""


def path_of(review: Review) -> str:
    """The path of a review's file in content/, the same on every import."""
    return f"{FOLDER}/{_slug(review)}.md"


def file_of(review: Review) -> str:
    """The content file of a review."""
    front = {
        "title": review.title,
        "slug": _slug(review),
        "published": review.on,
        "url": review.url,
        "topics": list(review.topics),
        "claims": [
            {
                "id": f"r{review.key}",  # begins with a letter, so that it is an anchor
                "quote": review.claim,
                "source": review.source,
                "via": list(review.via),
                "said_on": review.said_on,
                "reviewed_elsewhere": {
                    "publisher": review.publisher,
                    "url": review.url,
                    "label": review.label,
                    "verdict": str(review.verdict) if review.verdict else None,
                    "on": review.on,
                    "summary": review.summary or None,
                    "lang": review.lang or None,
                },
                "appearances": list(review.appearances),
            }
        ],
    }
    return signed(f"{dump(filled(front))}{FENCE}\n{as_markdown([review.claim])}\n")


def _slug(review: Review) -> str:
    return f"review-{review.key}"

"""Another desk's review as pages show it: its publisher's, in its own word, with the way to it; no verdict of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from factarchive.archive.cards import ElsewhereCard
from factarchive.archive.schema import ReviewedElsewhere
from factarchive.archive.verdicts import Rating

_WORD_MAX = 60


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Who reviewed it, in which word, where and when; what that word stands for on the scale here, in words only."""

    publisher: str
    label: str
    url: str
    on: date | None
    counterpart: str | None = None
    summary: str | None = None
    lang: str | None = None

    @property
    def word(self) -> str:
        """The label in a line: some desks write a paragraph for it."""
        return shortened_label(self.label)


def shortened_label(label: str) -> str:
    """A label that a list has room for."""
    return label if len(label) <= _WORD_MAX else label[:_WORD_MAX].rpartition(" ")[0] + "…"


def review_view(review: ReviewedElsewhere, rating: Rating | None) -> ReviewView:
    """A review in full; `rating` is what its word stands for, where that is known."""
    counterpart = rating.label if rating and rating.label != review.label else None
    return ReviewView(review.publisher, review.label, review.url, review.on, counterpart, review.summary, review.lang)


def review_of(card: ElsewhereCard | None) -> ReviewView | None:
    """A review as lists show it."""
    if card is None:
        return None
    return ReviewView(card.publisher, card.label, card.url, date.fromisoformat(card.on) if card.on else None)

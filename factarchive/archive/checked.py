"""Already checked? The ruled claims that a text says again, or nearly, and where its words part from theirs.

for match in find_matches(store, "خفضت البلدية رسوم النقل 20 في المئة"):
    print(match.confidence, match.claim.state, match.claim.words)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from factarchive.arabic.differences import Comparison, Difference, compare
from factarchive.arabic.segments import Span, paragraphs, sentences
from factarchive.archive.claim_terms import matters, read
from factarchive.archive.known_claims import KnownClaim

__all__ = ["Claims", "Confidence", "Match", "find_matches"]

CANDIDATES = 60
"""So many claims are compared word by word with each sentence."""
_SENTENCES = 200  # of a pasted text; more is no message
_FEW = 3  # words; fewer tell too little for a high confidence


class Confidence(StrEnum):
    """How sure it is that a claim is of the same matter."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


# The least score of each. Of 2,000 headlines of another country's radio against 2,570 claims, nothing of which they
# speak, none reached the first, 0.9 % the second and 4.5 % the third.
_LEAST = ((Confidence.HIGH, 0.75), (Confidence.MEDIUM, 0.55), (Confidence.LOW, 0.4))


@dataclass(frozen=True, slots=True)
class Match:
    """A ruled claim, the sentence of the text that it matches, how surely, and where their words part.

    `here` of a difference is in the text, `there` in the claim's words.
    """

    claim: KnownClaim
    sentence: Span
    confidence: Confidence
    score: float
    differences: tuple[Difference, ...]


class Claims(Protocol):
    """Where ruled claims are found."""

    def find(self, text: str, limit: int) -> tuple[tuple[KnownClaim, float], ...]:
        """The ruled claims that share most with a text, each with the share, from 0 to 1."""


def find_matches(claims: Claims, text: str, limit: int = 10) -> tuple[Match, ...]:
    """The ruled claims that a sentence of the text matches, each once, the best first."""
    best: dict[str, Match] = {}
    for sentence in _sentences(text):
        for match in _matches(claims, text, sentence):
            if match.score > best.get(match.claim.id, match).score or match.claim.id not in best:
                best[match.claim.id] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.claim.id))[:limit])


def score_of(found: Comparison, share: float) -> float:
    """How surely two texts speak of the same thing, from 0 to 1: what each has of the other, and of what tells."""
    covered = found.features["covered-short"] + found.features["covered-long"]
    return round((covered + 2 * share) / 4, 4)


def _sentences(text: str) -> Sequence[Span]:
    found = (sentence for paragraph in paragraphs(text) for sentence in sentences(text, paragraph))
    return [sentence for sentence, _ in zip(found, range(_SENTENCES), strict=False)]


def _matches(claims: Claims, text: str, sentence: Span) -> Iterator[Match]:
    said = text[sentence.start : sentence.end]
    here = read(said)
    for claim, share in claims.find(said, CANDIDATES):
        found = compare(here, read(claim.words))
        score = score_of(found, share)
        grades = _LEAST if min(len(matters(said)), len(matters(claim.words))) >= _FEW else _LEAST[1:]
        confidence = next((name for name, least in grades if score >= least), None)
        if confidence:
            yield Match(claim, sentence, confidence, score, tuple(_placed(d, sentence) for d in found.differences))


def _placed(difference: Difference, sentence: Span) -> Difference:
    """The difference with its words here counted from the beginning of the whole text."""
    at = sentence.start
    here = tuple(Span(span.start + at, span.end + at) for span in difference.here)
    return Difference(difference.kind, here, difference.there)

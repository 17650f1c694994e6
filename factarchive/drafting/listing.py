"""What the machine finds in one article, as plain data for programs and as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from factarchive.drafting.claims import FoundClaim
from factarchive.drafting.seeds import Article

_QUOTE_WIDTH = 60


def as_data(article: Article, claims: Iterable[FoundClaim]) -> dict[str, Any]:
    """Title, day, text and claims; offsets count characters of `text`, and text[start:end] is the quote."""
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
        "claims": [_claim(claim) for claim in claims],
    }


def as_table(claims: Iterable[FoundClaim], why: bool = False) -> Iterator[str]:
    """A line a claim: its worth, who says it, in which form, its words; with `why` its span and rules below."""
    for number, claim in enumerate(claims, start=1):
        who = " > ".join(dict.fromkeys((claim.source, *claim.speaker)))
        via = f" ({', '.join(claim.via)})" if claim.via else ""
        yield f"{number:3}. [{claim.worth.score}] {who}{via} · {claim.form} · {claim.type}"
        yield f"     {_shortened(claim.quote)}"
        if why:
            yield f"     {claim.start}-{claim.end} {claim.cue or '-'} {' '.join(claim.rules)}"
            yield f"     {', '.join(claim.worth.because) or '-'}"


def _claim(claim: FoundClaim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "source": claim.source,
        "speaker": list(claim.speaker),
        "via": list(claim.via),
        "cue": claim.cue,
        "form": claim.form,
        "type": claim.type,
        "numbers": [{"text": n.text, "value": n.value, "unit": n.unit} for n in claim.numbers],
        "dates": [{"text": d.text, "value": d.value} for d in claim.dates],
        "worth": asdict(claim.worth),
        "rules": list(claim.rules),
    }


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTE_WIDTH else text[:_QUOTE_WIDTH].rsplit(" ", 1)[0] + "…"

"""The machine's draft of a content file for a seed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from factarchive.arabic.dates import Dated
from factarchive.arabic.letters import folded
from factarchive.archive.entries import digest_of
from factarchive.archive.escaping import as_markdown
from factarchive.archive.frontmatter import FENCE, dump, filled
from factarchive.archive.ownership import signed
from factarchive.archive.parties import Parties
from factarchive.archive.schema import CLAIM_MAX
from factarchive.drafting.claims import EXTRACTOR_VERSION, FoundClaim, find_claims
from factarchive.drafting.compare import Accounts
from factarchive.drafting.proposals import Proposal, Reason, propose_all
from factarchive.drafting.seeds import Article, Seed
from factarchive.drafting.wording import DayWords, Wording, day_words, notes_on, worded

_SEED_LINE = re.compile(r"^seed: *['\"]?([^'\"\n]+?)['\"]? *$", re.MULTILINE)
_ID_LINE = re.compile(r"( *)- id: ([a-z0-9]+)")
_ID_LETTERS = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """What the machine would write for a seed: the slug, and the whole text of the file."""

    seed: str
    slug: str
    text: str


@dataclass(frozen=True)
class Known:
    """What the archive knows: spellings of its speakers with the names they stand for, and who speaks for whom."""

    speakers: Mapping[str, str] = field(default_factory=dict)
    parties: Parties = field(default_factory=Parties)


def draft_of(seed: Seed, known: Known, day: DayWords = day_words) -> Draft:
    """The content file that the machine proposes for a seed; `day` writes dates as the site does."""
    article = seed.article
    claims = find_claims(article, known.speakers)
    wordings = [worded(article.text, claim, day) for claim in claims]
    slug = article.slug or _default_slug(article)
    told = Accounts(claims, known.parties, article.published, len(article.title))
    front = {
        "title": article.title.strip(),
        "slug": slug,
        "seed": seed.path,
        **_about(article),
        "claims": _claims(slug, list(zip(claims, wordings, strict=True)), told),
    }
    body = as_markdown(article.paragraphs)
    shown = _marked(dump(filled(front)), [c["id"] for c in front["claims"]], wordings)
    return Draft(seed.path, slug, signed(f"{shown}{FENCE}\n{body}"))


def extraction_key(seed: Seed) -> str:
    """What a draft depends on: the seed and the extractor's version; never on what was ruled elsewhere."""
    return digest_of(seed.digest, EXTRACTOR_VERSION)


def seed_named_in(text: str) -> str | None:
    """Which seed a content file says it comes from, read even where the file has faults."""
    found = _SEED_LINE.search(text)
    return found[1] if found else None


def _default_slug(article: Article) -> str:
    day = article.published.isoformat() if article.published else "undated"
    return f"{day}-{digest_of(article.text)[:6]}"


def _about(article: Article) -> dict[str, Any]:
    return {
        "published": article.published,
        "outlet": {"name": article.outlet, "url": article.outlet_url} if article.outlet else None,
        "url": article.url,
        "author": article.author,
        "topics": list(article.topics),
    }


def _marked(front: str, ids: Sequence[str], wordings: Sequence[Wording]) -> str:
    """The front matter with a comment above each wording that its editor has to see to."""
    told = dict(zip(ids, wordings, strict=True))
    lines = []
    for line in front.split("\n"):
        lines.append(line)
        opened = _ID_LINE.fullmatch(line)
        if opened and opened[2] in told:
            lines += [f"{opened[1]}  # {note}" for note in notes_on(told.pop(opened[2]), CLAIM_MAX)]
    return "\n".join(lines)


def _claims(slug: str, worded_claims: Sequence[tuple[FoundClaim, Wording]], told: Accounts) -> list[dict[str, Any]]:
    ids = _minted(slug, told.claims)
    proposals = propose_all(told, ids)
    return [
        {
            "id": id_,
            "claim": wording.text,
            "quote": claim.quote,
            "source": claim.source,
            "speaker": [] if claim.speaker == (claim.source,) else list(claim.speaker),
            "via": list(claim.via),
            "cue": claim.cue,
            "form": claim.form,
            "type": claim.type,
            "said_on": told.published,
            "numbers": [{"text": n.text, "value": n.value, "unit": n.unit} for n in claim.numbers],
            "dates": [_dated(d) for d in claim.dates],
            "worth": {"score": claim.worth.score, "because": list(claim.worth.because)},
            "proposal": _proposal(proposal),
            "ruling": {"verdict": "pending"},
        }
        for id_, (claim, wording), proposal in zip(ids, worded_claims, proposals, strict=True)
    ]


def _dated(dated: Dated) -> dict[str, Any]:
    whole = dated.value is not None and len(dated.value) == len("2025-03-18")
    return {"text": dated.text, "value": date.fromisoformat(dated.value) if whole and dated.value else dated.value}


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "status": proposal.status,
        "confidence": proposal.confidence,
        "because": [_reason(reason) for reason in proposal.because],
        "about": proposal.about,
        "by": proposal.by,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    there = [{"claim": t.claim, "quote": t.quote} for t in reason.there]
    return {"rule": reason.rule, "text": reason.text, "here": list(reason.here), "there": there}


def _minted(slug: str, claims: Iterable[FoundClaim]) -> list[str]:
    """An id for each claim: six letters of a digest of article, words and source; longer where two would be equal."""
    ids: list[str] = []
    for claim in claims:
        parts = "\0".join((slug, folded(claim.quote), folded(claim.source)))
        letters = base64.b32encode(blake2b(parts.encode(), digest_size=20).digest()).decode().lower()
        # An id begins with a letter, so that it is an anchor and never looks like a number.
        letters = letters.lstrip("234567")
        length = next(n for n in range(_ID_LETTERS, len(letters) + 1) if letters[:n] not in ids)
        ids.append(letters[:length])
    return ids

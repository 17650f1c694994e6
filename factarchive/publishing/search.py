"""Search data, first form: one file a month of articles and claims with their folded text, and a manifest of them.

Texts are folded here, once, so that a browser only folds what is typed; the fold's table goes along with the
manifest, so that both fold alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from factarchive.arabic.letters import fold_table, folded
from factarchive.archive.cards import NARRATOR, UNKNOWN, ClaimCard, EntryCard
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.desk import Desk

INDEX = "/search/index.json"


def shard_url(month: str) -> str:
    """The path of one month's search data."""
    return f"/search/{month}.json"


def search_index(months: Iterable[str], desk: Desk) -> bytes:
    """The manifest: the fold's table, the shards newest first, the verdicts to filter by."""
    verdicts = [{"id": str(v), "label": desk.rating(v).label} for v in Verdict]
    shards = [shard_url(month).rsplit("/", 1)[1] for month in months]
    return _dumped({"fold": fold_table(), "shards": shards, "verdicts": verdicts})


def search_shard(entries: Sequence[tuple[EntryCard, str]], desk: Desk) -> bytes:
    """One month's articles, each with its body's text, and their claims."""
    docs: list[dict[str, str]] = []
    for entry, body in entries:
        docs.append(_article(entry, body))
        docs += [_claim(claim, entry, desk) for claim in entry.claims]
    return _dumped({"docs": docs})


def _article(entry: EntryCard, body: str) -> dict[str, str]:
    return _doc(
        k="article",
        u=article_url(entry.slug),
        t=entry.title,
        q=entry.summary,
        b=body,
        s=entry.outlet,
        v="",
        d=entry.published,
    )


def _claim(claim: ClaimCard, entry: EntryCard, desk: Desk) -> dict[str, str]:
    speaker = "" if claim.source in (NARRATOR, UNKNOWN) else desk.registry.canonical(claim.source)
    return _doc(
        k="claim",
        u=claim_url(claim.id),
        t=claim.words,
        q=claim.quote if claim.quote != claim.words else "",
        b=claim.summary,
        s=speaker,
        v=claim.state,
        d=claim.said_on or entry.published,
    )


def _doc(**fields: str) -> dict[str, str]:
    text = "\n".join(fields[name] for name in "tqbs")
    return {**fields, "u": fields["u"].lstrip("/"), "f": folded(text)}


def _dumped(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

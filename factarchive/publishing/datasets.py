"""Open data: the archive's rulings as files that researchers and fact-check services read, all from this one place.

Each file is the rows of the entries, in the archive's order, between a head and a tail. A file above WHOLE_MAX is
parted by the month of the article, and its stable address then holds a list of the parts with a checksum each, so
that an edit writes its own part only. A machine's proposals are in none of them; what another desk has reviewed is
there as that desk's, under its own publisher, address and word.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from factarchive.archive.cards import shown_state, state_of
from factarchive.archive.entries import Entry
from factarchive.archive.schema import Claim
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.borrowed_data import borrowed_result, borrowed_review
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.claimreview import claim_review
from factarchive.publishing.desk import Desk
from factarchive.publishing.structured import CONTEXT, LANGUAGE

URL = "/data/"
WHOLE_MAX = 20_000_000
"""Bytes up to which a file is published whole."""
COLUMNS = (
    "id",
    "url",
    "claim",
    "quote",
    "source",
    "speaker",
    "via",
    "said_on",
    "type",
    "verdict",
    "verdict_label",
    "rating",
    "attribution",
    "summary",
    "techniques",
    "as_of",
    "ruled_by",
    "ruled_on",
    "evidence_urls",
    "article_title",
    "article_url",
    "article_published",
    "outlet",
    "topics",
    "publisher",
    "review_url",
    "review_label",
    "review_verdict",
    "review_date",
    "language",
)
"""The columns of claims.csv."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file that is published in parts."""

    name: str
    url: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data file: its name, its format, and what stands between its rows."""

    name: str
    media_type: str
    between: str

    @property
    def url(self) -> str:
        """Its stable address."""
        return URL + self.name

    def part_url(self, part: str) -> str:
        """The address of one of its parts."""
        stem, dot, ending = self.name.partition(".")
        return f"{URL}{stem}/{part}{dot}{ending}"


ARCHIVE = Dataset("archive.jsonl", "application/jsonl", "\n")
CSV = Dataset("claims.csv", "text/csv", "\r\n")
REVIEWS = Dataset("claimreview.json", "application/ld+json", ",\n")
CLAIMS = Dataset("claims.json", "application/json", ",\n")
DATASETS = (ARCHIVE, CSV, REVIEWS, CLAIMS)


def rows_of(entry: Entry, desk: Desk) -> dict[str, list[str]]:
    """The rows that an entry adds to each file, by the file's name."""
    front = entry.front
    return {
        ARCHIVE.name: [_archive_row(entry)],
        CSV.name: [_csv_row(entry, claim, desk) for claim in front.claims],
        REVIEWS.name: [row for claim in front.claims if (row := _review_row(claim, entry, desk))],
        CLAIMS.name: [row for claim in front.claims if (row := _search_row(claim, entry, desk))],
    }


def whole(dataset: Dataset, rows: Sequence[str], desk: Desk) -> bytes:
    """A file, or a part of it, with these rows."""
    head, tail = _ends(dataset, desk)
    body = dataset.between.join(rows)
    ending = dataset.between if rows and dataset in (ARCHIVE, CSV) else ""
    return f"{head}{body}{ending}{tail}".encode()


def parted(dataset: Dataset, parts: Sequence[Part], desk: Desk) -> bytes:
    """What stands at a file's stable address where it is published in parts: their list, in the file's own format."""
    listed = [
        {"url": desk.settings.base_url + p.url, "rows": p.rows, "bytes": p.size, "sha256": p.sha256} for p in parts
    ]
    if dataset is CSV:
        lines = [_line(("url", "rows", "bytes", "sha256")), *(_line(tuple(map(str, p.values()))) for p in listed)]
        return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()
    if dataset is REVIEWS:
        shown = [{"@type": "DataDownload", "contentUrl": p["url"], "sha256": p["sha256"]} for p in listed]
        return _json({**_feed_head(desk), "hasPart": shown, "dataFeedElement": []})
    return _json({"claims": [], "parts": listed} if dataset is CLAIMS else {"parts": listed})


def _ends(dataset: Dataset, desk: Desk) -> tuple[str, str]:
    if dataset is CSV:
        return "\ufeff" + _line(COLUMNS) + "\r\n", ""  # Excel takes a file for UTF-8 by this sign only
    if dataset is CLAIMS:
        return '{"claims":[\n', "\n]}\n"
    if dataset is REVIEWS:
        return _json(_feed_head(desk)).decode().rstrip("}\n") + ',"dataFeedElement":[\n', "\n]}\n"
    return "", ""


def _feed_head(desk: Desk) -> dict[str, Any]:
    settings = desk.settings
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": settings.title,
        "description": settings.description or None,
        "url": settings.base_url + REVIEWS.url,
        "license": settings.license or None,
    }
    return {name: value for name, value in head.items() if value}


def _archive_row(entry: Entry) -> str:
    """The whole entry by the schema of content files, with its text as `body`; without what the machine proposes."""
    front = entry.front.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    front.pop("draft", None)
    for claim in front.get("claims", ()):
        claim.pop("proposal", None)
    return _json({**front, "body": entry.body}).decode().rstrip("\n")


def _csv_row(entry: Entry, claim: Claim, desk: Desk) -> str:
    front, ruling = entry.front, claim.ruling
    is_made = ruling.is_made
    urls = {source.id: source.url for source in front.sources}
    base = desk.settings.base_url
    cells = (
        claim.id,
        base + claim_url(claim.id),
        claim.words,
        claim.quote,
        claim.source,
        " | ".join(claim.speaker),
        " | ".join(claim.via),
        str(claim.said_on or ""),
        str(claim.type),
        str(ruling.verdict or "") if is_made else shown_state(claim),
        desk.verdict(shown_state(claim)).label,
        str(desk.rating(state_of(ruling)).value or "") if is_made else "",
        str(ruling.attribution or "") if is_made else "",
        (ruling.summary or "") if is_made else "",
        " | ".join(ruling.technique),
        str(ruling.as_of or ""),
        ruling.by or "",
        str(ruling.on or ""),
        " | ".join(urls[e.source] for e in ruling.evidence if e.source in urls),
        front.title,
        base + article_url(front.slug),
        str(front.published or ""),
        front.outlet.name if front.outlet else "",
        " | ".join(front.topics),
        *_review_cells(claim, desk),
    )
    return _line(cells)


def _review_cells(claim: Claim, desk: Desk) -> tuple[str, ...]:
    """Whose review a row is, where it stands, its word, what that stands for, its day and language."""
    settings, ruling = desk.settings, claim.ruling
    if it := claim.reviewed_elsewhere:
        return it.publisher, it.url, it.label, str(it.verdict or ""), str(it.on or ""), it.lang or ""
    state = state_of(ruling)
    if not ruling.is_made or state is Verdict.PENDING:
        return ("",) * 6
    publisher = settings.publisher.name or settings.title
    url = settings.base_url + claim_url(claim.id)
    return publisher, url, desk.verdict(state).label, str(state), str(ruling.on or ""), LANGUAGE


def _line(cells: Sequence[str]) -> str:
    """A line of CSV (RFC 4180) without its end; what a spreadsheet would take for a formula is kept a text."""
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerow(["'" + c if c.startswith(_FORMULA) else c for c in cells])
    return held.getvalue().removesuffix("\r\n")  # a writer that ends lines with nothing quotes no line break


def _review_row(claim: Claim, entry: Entry, desk: Desk) -> str | None:
    """A DataFeedItem with the claim's ClaimReview, as its own page carries it; with another desk's, as that desk's."""
    if it := claim.reviewed_elsewhere:
        borrowed = {name: value for name, value in borrowed_review(claim, it, entry).items() if value}
        return _json({"@type": "DataFeedItem", "item": [borrowed]}).decode().rstrip("\n")
    markup = claim_review(claim, entry, desk.settings.base_url + claim_url(claim.id), desk)
    if markup is None:
        return None
    dates = [claim.ruling.on, *(change.on for change in claim.ruling.history)]
    days = sorted(day.isoformat() for day in dates if day)
    item = {
        "@type": "DataFeedItem",
        "dateCreated": days[0] if days else None,
        "dateModified": days[-1] if days else None,
        "item": [dict(_reviews(json.loads(markup), desk))],
    }
    return _json({name: value for name, value in item.items() if value}).decode().rstrip("\n")


def _reviews(markup: Any, desk: Desk) -> Iterator[tuple[str, Any]]:
    """The ClaimReview among what a page marks up, with the licence of the data."""
    found = [markup, *(markup.get("@graph", ()) if isinstance(markup, dict) else markup)]
    review = next(m for m in found if isinstance(m, dict) and m.get("@type") == "ClaimReview")
    yield from ((name, value) for name, value in review.items() if name != "@context")
    if desk.settings.license and "sdLicense" not in review:
        yield "sdLicense", desk.settings.license


def _search_row(claim: Claim, entry: Entry, desk: Desk) -> str | None:
    """The claim's ClaimReview as the Fact Check Tools API's claims:search tells it; None where it has none."""
    if it := claim.reviewed_elsewhere:
        return _json({k: v for k, v in borrowed_result(claim, it, entry).items() if v}).decode().rstrip("\n")
    settings = desk.settings
    markup = claim_review(claim, entry, settings.base_url + claim_url(claim.id), desk)
    if markup is None:
        return None  # no ruling, or an opinion: what is not marked up is no rating here either
    marked = dict(_reviews(json.loads(markup), desk))
    item = marked["itemReviewed"]
    review = {
        "publisher": {"name": settings.publisher.name or settings.title, "site": settings.base_url.split("/")[2]},
        "url": marked["url"],
        "title": claim.words,
        "reviewDate": _moment(marked.get("datePublished", "")[:10]),
        "textualRating": marked["reviewRating"]["alternateName"],
        "languageCode": LANGUAGE,
    }
    row = {
        "text": marked["claimReviewed"],
        "claimant": item.get("author", {}).get("name"),
        "claimDate": _moment(item.get("datePublished", "")[:10]),
        "claimReview": [{name: value for name, value in review.items() if value}],
    }
    return _json({name: value for name, value in row.items() if value}).decode().rstrip("\n")


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z" if day else ""


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")

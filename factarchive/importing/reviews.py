"""A record read: its texts put right, dates and addresses understood, its word mapped, and what is doubtful told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from factarchive.arabic.letters import folded
from factarchive.archive.cards import UNKNOWN
from factarchive.archive.entries import digest_of
from factarchive.archive.verdicts import Verdict
from factarchive.importing.addresses import address_of, host_of
from factarchive.importing.claimants import claimant_of
from factarchive.importing.days import day_of
from factarchive.importing.labels import Doubt, Mapped, map_label
from factarchive.importing.records import Record
from factarchive.importing.texts import as_given, clean
from factarchive.problems import Place, Problem, problem

_DOUBTS: Mapping[Doubt, str] = {
    Doubt.UNKNOWN: "import-label-unknown",
    Doubt.SENTENCE: "import-label-sentence",
    Doubt.UNREAD: "import-label-unread",
    Doubt.SEVERAL: "import-label-several",
}
_SHOWN = 80
_LONG_NAME = 120  # characters; more is no name


@dataclass(frozen=True, slots=True)
class Review:
    """Another desk's review, ready to be kept."""

    place: Place
    number: int
    claim: str
    source: str
    via: tuple[str, ...]
    said_on: date | None
    publisher: str
    url: str
    label: str
    verdict: Verdict | None
    on: date | None
    title: str
    lang: str
    summary: str
    topics: tuple[str, ...]
    appearances: tuple[str, ...]

    @property
    def key(self) -> str:
        """What this review is known by: where it stands and what it is about; the same on every import."""
        return digest_of(self.url, folded(self.claim))[:12]


def read_reviews(found: Iterable[Record | Problem], own: Mapping[str, str] | None = None) -> Iterator[Review | Problem]:
    """Each review once, in its order, and a Problem for whatever is left out or doubtful.

    `own` are a newsroom's names of the scale's verdicts.
    """
    seen: dict[str, Review] = {}
    for item in found:
        if isinstance(item, Problem):
            yield item
            continue
        for read in _read(item, own or {}):
            first = seen.setdefault(read.key, read) if isinstance(read, Review) else None
            if first is not None and first is not read:
                rule = "import-duplicate" if first.label == read.label else "import-contradiction"  # type: ignore[union-attr]
                yield problem(item.place, rule, n=item.number, first=first.number)
            else:
                yield read


def _read(record: Record, own: Mapping[str, str]) -> Iterator[Review | Problem]:
    claim, label = clean(record.claim), as_given(record.rating)
    url = address_of(record.url, record.site)
    lacks = [rule for rule, value in zip(_NEEDED, (claim, url, label), strict=True) if not value]
    if lacks or url is None:
        yield from (_told(record, rule, value=record.url) for rule in lacks)
        return
    site = host_of(record.site) or host_of(url)
    mapped = map_label(label, site, own)
    publisher = clean(record.publisher) or site
    claimant = claimant_of(clean(record.claimant))
    said_on, on = day_of(record.claim_date), day_of(record.review_date)
    is_late = bool(said_on and on and said_on > on)
    is_own = folded(claimant.source) == folded(publisher) or host_of(claimant.source) == site != ""
    yield Review(
        place=record.place,
        number=record.number,
        claim=claim,
        source=UNKNOWN if is_own else claimant.source,
        via=tuple(dict.fromkeys((*claimant.via, *(name for text in record.via if (name := clean(text)))))),
        said_on=None if is_late else said_on,
        publisher=publisher,
        url=url,
        label=label,
        verdict=mapped.verdict,
        on=on,
        title=clean(record.title) or claim,
        lang=_language(record.lang),
        summary=clean(record.summary),
        topics=tuple(dict.fromkeys(topic for text in record.keywords if (topic := clean(text)))),
        appearances=tuple(dict.fromkeys(at for text in record.appearances if (at := address_of(text)))),
    )
    yield from _doubts(record, label, mapped)
    yield from _oddities(record, claimant.source, is_late=is_late, is_own=is_own)


_NEEDED = ("import-no-claim", "import-no-address", "import-no-rating")


def _doubts(record: Record, label: str, mapped: Mapped) -> Iterator[Problem]:
    if mapped.doubt:
        yield _told(record, _DOUBTS[mapped.doubt], label=_shown(label), verdict=mapped.verdict or "—")


def _oddities(record: Record, claimant: str, *, is_late: bool, is_own: bool) -> Iterator[Problem]:
    for text in (record.claim_date, record.review_date):
        if text.strip() and day_of(text) is None:
            yield _told(record, "import-bad-date", value=_shown(text))
    if is_late:
        yield _told(record, "import-claim-after-review")
    if is_own:
        yield _told(record, "import-own-claimant", name=_shown(claimant))
    if len(claimant) > _LONG_NAME:
        yield _told(record, "import-long-claimant", name=_shown(claimant))


def _told(record: Record, rule: str, **values: str | Verdict) -> Problem:
    return problem(record.place, rule, n=record.number, **values)


def _language(text: str) -> str:
    code = text.strip().replace("_", "-")
    parts = code.split("-")
    is_code = parts[0].isascii() and parts[0].isalpha() and 2 <= len(parts[0]) <= 3
    fits = all(part.isascii() and part.isalnum() for part in parts)
    return "-".join([parts[0].lower(), *parts[1:]]) if is_code and fits else ""


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…"

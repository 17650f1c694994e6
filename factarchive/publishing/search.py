"""What the search finds: each article and each claim as a document, and the manifest of the index of them.

What waits for a person is found too and says so: its verdict code is that of `pending`; so is what another desk has
reviewed, under a code of its own. A machine's proposal is no part of a document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from factarchive.archive import index
from factarchive.archive.cards import ELSEWHERE, NARRATOR, UNKNOWN, ClaimCard, EntryCard
from factarchive.archive.entries import digest_of
from factarchive.archive.index import ARTICLE, CLAIM, Document, Facets
from factarchive.archive.queries import filter_names
from factarchive.archive.site import Site, speakers_of
from factarchive.archive.terms import Technique
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.borrowed import shortened_label
from factarchive.publishing.claim_views import article_url, claim_url
from factarchive.publishing.desk import Desk
from factarchive.publishing.phrases import phrase

FOLDER = "search/"
"""Where the index stands in the site; the paths that the index itself speaks of begin there."""
INDEX = f"/{FOLDER}{index.MANIFEST}"

_CODES = {state: code for code, state in enumerate([*map(str, Verdict), ELSEWHERE], 1)}
_SHOWN = 200  # letters of a quote or summary on a card


@dataclass(frozen=True)
class EntrySource:
    """An entry as the index asks for it."""

    entry: EntryCard
    digest: str
    desk: Desk
    body: Callable[[], str]

    def documents(self) -> list[Document]:
        """The article, then its claims, with all that they are found by."""
        article = _article(self.entry, self.desk, self.body())
        return [article, *(_claim(claim, self.entry, self.desk) for claim in self.entry.claims)]

    def document(self, id_: str) -> Document:
        """One of them; the article without its text."""
        claim = next((c for c in self.entry.claims if _claim_key(c) == id_), None)
        return _claim(claim, self.entry, self.desk) if claim else _article(self.entry, self.desk, "")

    def text(self) -> str:
        """The article's text."""
        return self.body()


def sources(site: Site, desk: Desk, digests: Mapping[str, str], text: Callable[[str], str]) -> dict[str, EntrySource]:
    """The entries by slug, each under a digest of all that its documents show: its file and its speakers' names."""
    known = desk.registry.canonical
    found: dict[str, EntrySource] = {}
    for entry in site.entries:
        names = dict.fromkeys(name for claim in entry.claims for name in (claim.source, *claim.speakers))
        digest = digest_of(digests[entry.path], *(known(name) for name in names))
        found.setdefault(entry.slug, EntrySource(entry, digest, desk, _reader(text, entry.path)))
    return found


def scale(site: Site) -> int:
    """The scale of the index of a site."""
    counts = {entry.slug: 1 + len(entry.claims) for entry in reversed(site.entries)}
    return index.scale_of(sum(counts.values()))


def manifest(site_scale: int, desk: Desk) -> bytes:
    """The manifest of the index, with the names that verdicts and filters have."""
    names = {str(verdict): list(desk.rating(verdict).aliases) for verdict in Verdict}
    verdicts = [
        {"code": code, "id": state, "label": desk.verdict(state).label, "names": names.get(state, [])}
        for state, code in _CODES.items()
    ]
    data = index.manifest(site_scale, verdicts, names=filter_names())
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _reader(text: Callable[[str], str], path: str) -> Callable[[], str]:
    return lambda: text(path)


# ---------------------------------------------------------------- documents


def _article(entry: EntryCard, desk: Desk, body: str) -> Document:
    speakers = tuple(dict.fromkeys(name for claim in entry.claims for name in speakers_of(claim, desk.registry)))
    fields = {
        "title": entry.title,
        "summary": entry.summary,
        "body": body,
        "names": _joined((entry.outlet, *speakers, *entry.topics)),
    }
    facets = Facets(entry.published, 0, speakers, entry.outlet, entry.topics)
    url = article_url(entry.slug)
    card = _card(entry, k=ARTICLE, u=url, t=entry.title, q=entry.summary, s=entry.outlet, d=entry.published)
    return Document(entry.slug, entry.slug, ARTICLE, fields, card, body, facets)


def _claim(claim: ClaimCard, entry: EntryCard, desk: Desk) -> Document:
    registry = desk.registry
    speakers = speakers_of(claim, registry)
    # In the spelling of the article too: who knows it by that finds it.
    spelled = (name for name in (claim.source, *claim.speakers) if name not in (NARRATOR, UNKNOWN))
    quote = claim.quote if claim.quote != claim.words else ""
    fields = {
        "claim": claim.words,
        "quote": quote,
        "speaker": _joined((*speakers, *spelled)),
        "summary": _told(claim),
    }
    code, day = _CODES[claim.state], claim.said_on or entry.published
    techniques = tuple(desk.technique(Technique(name)).label for name in claim.techniques)
    speaker = "" if claim.source in (NARRATOR, UNKNOWN) else registry.canonical(claim.source)
    about = _told(claim) if claim.elsewhere else quote or claim.summary
    card = _card(entry, k=CLAIM, u=claim_url(claim.id), t=claim.words, q=about, s=speaker, d=day) | {"v": code}
    facets = Facets(day, code, speakers, entry.outlet, entry.topics, techniques)
    return Document(_claim_key(claim), entry.slug, CLAIM, fields, card, "", facets)


def _told(claim: ClaimCard) -> str:
    """Why it was so ruled; of another desk's review, whose it is and its word."""
    it = claim.elsewhere
    if it is None:
        return claim.summary
    return phrase("describe", "reviewed", publisher=it.publisher, label=shortened_label(it.label))


def _claim_key(claim: ClaimCard) -> str:
    """A claim among documents: an article's slug may be a claim's id."""
    return f"#{claim.id}"


def _card(entry: EntryCard, **shown: str) -> dict[str, str | int]:
    """What a result shows; addresses are relative to the site's own."""
    shown |= {"u": shown["u"].lstrip("/"), "q": _clipped(shown["q"])}
    title = entry.title if shown["k"] == CLAIM else ""
    return {**shown, "v": 0, "a": entry.slug, "n": title, "x": index.text_path(entry.slug)}


def _clipped(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    return text[: text.rfind(" ", _SHOWN // 2, _SHOWN)] + " …"


def _joined(names: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(name for name in names if name))

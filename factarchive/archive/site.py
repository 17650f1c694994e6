"""The archive as a whole: its entries in order, its speakers, its lists, each parted by month of the article."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from factarchive.archive.cards import ELSEWHERE, NARRATOR, UNKNOWN, ClaimCard, EntryCard
from factarchive.archive.companions import Speaker
from factarchive.archive.entries import Prose, digest_of
from factarchive.archive.parties import Parties
from factarchive.archive.terms import Technique
from factarchive.archive.verdicts import RULED, Verdict
from factarchive.problems import Place, Problem, problem

Locate = Callable[[str, tuple[str | int, ...]], Place]
_OWN_FOLDERS = """
articles claims embed cards verdicts speakers topics outlets archive search check submit data pending techniques
corrections transparency elsewhere static 404 feed sitemap robots
"""
RESERVED = frozenset(_OWN_FOLDERS.split())
"""Slugs that a page of the archive's own may not take."""
OWN_STATES = ((str(Verdict.PENDING), ""), (ELSEWHERE, ""))
"""Lists, by kind and key, of what nobody here has ruled on: what waits for it, and what another desk has reviewed."""
_NAME_MAX = 60


@dataclass(frozen=True)
class Registry:
    """The speakers that content/speakers.yml knows: spelling → entry."""

    speakers: tuple[Speaker, ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, Speaker]:
        return {_nfc(name): s for s in reversed(self.speakers) for name in (*s.aliases, s.name)}

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Every known spelling, and the canonical name it stands for."""
        return {spelling: speaker.name for spelling, speaker in self._by_name.items()}

    @cached_property
    def parties(self) -> Parties:
        """Who speaks for whom, every known spelling of each."""
        return Parties({name: s.affiliation for name, s in self._by_name.items() if s.affiliation})

    def known(self, name: str) -> Speaker | None:
        """The speaker whom this spelling means."""
        return self._by_name.get(_nfc(name))

    def canonical(self, name: str) -> str:
        """The canonical spelling of a name; the name itself where it is not listed."""
        known = self.known(name)
        return known.name if known else name

    def key(self, name: str) -> str:
        """The name's part of a path: its ASCII key, else the Arabic name made fit for one."""
        known = self.known(name)
        return known.key if known and known.key else path_key(self.canonical(name))

    @cached_property
    def digest(self) -> str:
        """What stands for the registry in the keys of pages."""
        return digest_of(*(s.model_dump_json() for s in self.speakers))


@dataclass(frozen=True)
class Listing:
    """One list: what it is of, its title, and its members by month of the article."""

    kind: str
    key: str
    title: str
    months: Mapping[str, tuple[Member, ...]]

    @property
    def url(self) -> str:
        """The address of its first page."""
        return list_url(self.kind, self.key)

    @property
    def members(self) -> tuple[Member, ...]:
        """All of it, newest first."""
        return tuple(m for month in self.ordered_months for m in self.months[month])

    @property
    def ordered_months(self) -> tuple[str, ...]:
        """Its months, newest first, the undated last."""
        return tuple(sorted(self.months, key=lambda m: (m[:1].isdigit(), m), reverse=True))


@dataclass(frozen=True, slots=True)
class Member:
    """What a list holds: an article, or some claims of it."""

    entry: EntryCard
    claims: tuple[ClaimCard, ...] = ()


@dataclass(frozen=True)
class Site:
    """Every entry newest first, the archive's own pages, the speakers known."""

    entries: tuple[EntryCard, ...]
    prose: tuple[Prose, ...] = ()
    registry: Registry = field(default_factory=Registry)

    @cached_property
    def own_entries(self) -> tuple[EntryCard, ...]:
        """The entries without those that only hold other desks' reviews."""
        return tuple(entry for entry in self.entries if not entry.is_borrowed)

    @cached_property
    def listings(self) -> tuple[Listing, ...]:
        """Every list of the archive, by kind and key; of the scale and the techniques even the empty."""
        found: dict[tuple[str, str], dict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
        titles: dict[tuple[str, str], str] = {("verdicts", str(v)): str(v) for v in RULED}
        titles |= {("techniques", str(t)): str(t) for t in Technique}
        titles |= dict.fromkeys(OWN_STATES, "")
        for entry in self.entries:
            for kind, key, title, member in _memberships(entry, self.registry):
                titles.setdefault((kind, key), title)
                found[kind, key][entry.month].append(member)
        return tuple(
            Listing(kind, key, titles[kind, key], {m: tuple(v) for m, v in found[kind, key].items()})
            for kind, key in sorted(titles)
        )


def gather(entries: Iterable[EntryCard], prose: Iterable[Prose], registry: Registry) -> Site:
    """The site of these parts, in the one order that it has whatever order they come in."""
    ordered = sorted(sorted(entries, key=lambda e: e.path), key=lambda e: e.order, reverse=True)
    return Site(tuple(ordered), tuple(sorted(prose, key=lambda p: p.front.slug)), registry)


def check_site(site: Site, locate: Locate) -> tuple[Problem, ...]:
    """What is wrong between files: a slug, a claim's id, a speaker's key or spelling that two of them claim."""
    found = [*_clashes(_slugs(site), "duplicate-slug", locate)]
    found += _clashes(_claim_ids(site), "duplicate-claim-id", locate)
    found += _clashes(_speaker_names(site.registry), "duplicate-speaker", locate)
    for prose in site.prose:
        if prose.front.slug in RESERVED:
            found.append(problem(locate(prose.path, ("slug",)), "reserved-slug", slug=prose.front.slug))
    return tuple(found)


def list_url(kind: str, key: str = "", month: str = "") -> str:
    """The path of a list's first page, of one month of it, or of the index of its kind; percent-encoded once."""
    parts = [kind, key, month]
    if kind == "archive" and key[:4].isdigit():
        parts = [kind, *key.split("-")]
    return "/" + "".join(quote(part) + "/" for part in parts if part)


def path_key(name: str) -> str:
    """A name as one safe part of a path: NFC, hyphens for spaces; a digest is added where anything else was lost."""
    # Small letters: one page, and one file on disks that do not tell capitals from small letters.
    text = _nfc(" ".join(name.split())).lower()
    kept = re.sub(r"[^\w\s]", " ", text).replace("_", " ")
    key = "-".join(kept.split())[:_NAME_MAX].strip("-")
    return key if key.replace("-", " ") == text else f"{key}-{digest_of(text)[:6]}".strip("-")


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _memberships(entry: EntryCard, registry: Registry) -> Iterable[tuple[str, str, str, Member]]:
    whole = Member(entry)
    if entry.outlet:
        yield "outlets", path_key(entry.outlet), entry.outlet, whole
    for topic in dict.fromkeys(entry.topics):
        yield "topics", path_key(topic), topic, whole
    yield "archive", entry.month, entry.month, whole
    for state in dict.fromkeys(c.state for c in entry.claims):
        claims = tuple(c for c in entry.claims if c.state == state)
        if (state, "") in OWN_STATES:
            yield state, "", "", Member(entry, claims)
        else:
            yield "verdicts", state, state, Member(entry, claims)
    for technique in dict.fromkeys(t for c in entry.claims for t in c.techniques):
        claims = tuple(c for c in entry.claims if technique in c.techniques)
        yield "techniques", technique, technique, Member(entry, claims)
    for name in dict.fromkeys(n for c in entry.claims for n in speakers_of(c, registry)):
        claims = tuple(c for c in entry.claims if name in speakers_of(c, registry))
        yield "speakers", registry.key(name), name, Member(entry, claims)


def speakers_of(claim: ClaimCard, registry: Registry) -> tuple[str, ...]:
    """Under whose names a claim is listed: its source and speakers, canonical; never the unknown or the narrator."""
    named = (registry.canonical(n) for n in (claim.source, *claim.speakers) if n not in (NARRATOR, UNKNOWN))
    return tuple(dict.fromkeys(named))


Owner = tuple[str, tuple[str | int, ...]]


def _slugs(site: Site) -> Iterable[tuple[str, Owner]]:
    yield from ((f"articles/{e.slug}", (e.path, ("slug",))) for e in site.entries)
    yield from ((p.front.slug, (p.path, ("slug",))) for p in site.prose)


def _claim_ids(site: Site) -> Iterable[tuple[str, Owner]]:
    for entry in site.entries:
        # Two claims with one id inside one file are that file's own fault, found when it is read.
        first = {claim.id: i for i, claim in reversed(tuple(enumerate(entry.claims)))}
        yield from ((id_, (entry.path, ("claims", i, "id"))) for id_, i in first.items())


def _speaker_names(registry: Registry) -> Iterable[tuple[str, Owner]]:
    for i, speaker in enumerate(registry.speakers):
        for name in dict.fromkeys((speaker.name, *speaker.aliases, registry.key(speaker.name))):
            yield name, ("content/speakers.yml", ("speakers", i, "name"))


def _clashes(named: Iterable[tuple[str, Owner]], rule: str, locate: Locate) -> Iterable[Problem]:
    owners: dict[str, list[Owner]] = defaultdict(list)
    for name, owner in named:
        owners[name].append(owner)
    for name, (first, *others) in sorted(owners.items()):
        for other in others:
            yield problem(locate(*other), rule, name=name, other=locate(*first))

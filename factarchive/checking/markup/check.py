"""Check pages and sites: ours, or anyone's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from factarchive.arabic.letters import folded
from factarchive.archive.verdicts import scale
from factarchive.checking.markup.claim import check_claim
from factarchive.checking.markup.document import read_document
from factarchive.checking.markup.files import Found, find_pages, read_bytes, read_page_text, robots, shown, site_map
from factarchive.checking.markup.media import check_media
from factarchive.checking.markup.page import check_page
from factarchive.checking.markup.rating import check_rating
from factarchive.checking.markup.reviews import Known, Page, Scale, read_page
from factarchive.checking.markup.site import Seen, Site, check_site, declared_scale, seen_of
from factarchive.checking.markup.structure import check_structure
from factarchive.config import Settings
from factarchive.problems import PROFILES, Problem, Refused, messages

_CHECKS = (check_structure, check_claim, check_rating, check_page, check_media)
_DECLARES = b"DefinedTermSet"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a check is asked for: the readers that matter (None: all of them), today, and our own site's scale."""

    today: date
    profile: str | None = None
    base_url: str = ""  # pages under it are ours
    scale: Scale | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and in how many pages."""

    problems: tuple[Problem, ...]
    pages: int = 0
    reviews: int = 0


def wanted(settings: Settings, profile: str | None, today: date) -> Wanted:
    """A check by these settings, whose labels and numbers are the scale of our own pages."""
    rated = [r for r in scale().values() if r.markup]
    labels = {folded(settings.labels.get(r.id, r.label)): None if r.value is None else float(r.value) for r in rated}
    return Wanted(today, profile, settings.base_url, labels)


def check_paths(paths: Iterable[Path], wanted: Wanted) -> Checked:
    """Check every page at these paths, and each folder as a site; the findings are sorted by place."""
    found: list[Problem] = []
    pages = reviews = 0
    for path in paths:
        try:
            one = _check_path(path, find_pages(path), wanted)
        except Refused as refused:
            one = Checked(refused.problems)
        found += one.problems
        pages, reviews = pages + one.pages, reviews + one.reviews
    kept = {problem for problem in found if _matters(problem.rule, wanted.profile)}
    return Checked(tuple(sorted(kept)), pages, reviews)


def faults_of(page: Page) -> tuple[Problem, ...]:
    """Everything wrong with a page that has been read."""
    return tuple(chain.from_iterable(check(page) for check in _CHECKS))


def _check_path(path: Path, found: Found, wanted: Wanted) -> Checked:
    declared = _declared(found) if found.is_site else None
    listed = site_map(path) if found.is_site else None
    problems: list[Problem] = []
    seen: list[Seen] = []
    for file in found.pages:
        try:
            page = _read(file)
        except Refused as refused:
            problems += refused.problems
            continue
        page = replace(page, known=Known(declared or _own_scale(page, wanted), listed))
        problems += faults_of(page)
        seen.append(seen_of(page))
    if found.is_site:
        problems += check_site(Site(found.place, tuple(seen), robots(path), declared is not None), wanted.today)
    return Checked(tuple(problems), len(seen), sum(len(page.reviews) for page in seen))


def _own_scale(page: Page, wanted: Wanted) -> Scale | None:
    return wanted.scale if wanted.base_url and page.address.startswith(wanted.base_url + "/") else None


def _declared(found: Found) -> Scale | None:
    """The scale that one of the site's pages declares."""
    for file in found.pages:
        try:
            if _DECLARES in read_bytes(file) and (held := declared_scale(_read(file))):
                return held
        except Refused:
            continue
    return None


def _read(file: Path) -> Page:
    return read_page(read_document(shown(file), read_page_text(file)))


def _matters(rule: str, profile: str | None) -> bool:
    """Whether a rule is told: each to all its readers, and some only where a reader is asked for by name."""
    entry = messages()[rule]
    if profile is None:
        return not entry.get("asked", False)
    return profile in entry.get("profiles", PROFILES)

"""The archive's account of itself: each criterion of the fact-checkers' codes, met or not, and the figure behind it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from factarchive.archive.accountability import WEEKS, Account
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.account_parts import CriterionRow, PageAgeView
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, Meta
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.views import TransparencyView

URL = "/transparency/"
Part = tuple[int, int]
"""How many, of how many."""


def transparency_view(account: Account, desk: Desk) -> TransparencyView:
    """The page of the archive's account."""
    title = label("page", "transparency")
    crumbs = (Link(label("page", "home"), "/"), Link(title, URL))
    rows = tuple(_row(key, criterion, account, desk) for key, criterion in criteria().items())
    return TransparencyView(
        meta=Meta(title, label("intro", "transparency"), URL, crumbs=crumbs),
        as_of=account.as_of,
        met=sum(row.is_met for row in rows),
        criteria=rows,
        tally=desk.tally(v for v, n in account.verdicts for _ in range(n)),
        claimants=tuple(_claimant(name, count, desk) for name, count in account.claimants),
        pages=tuple(PageAgeView(Link(p.title, f"/{p.slug}/"), p.reviewed, p.is_stale) for p in account.pages),
        archived=desk.phrases.percent(account.archived, account.sources),
    )


@cache
def criteria() -> Mapping[str, Mapping[str, Any]]:
    """What the codes ask, by our short names, in their order."""
    return tomllib.loads((files("factarchive.publishing") / "criteria.toml").read_text(encoding="utf-8"))


def _row(key: str, criterion: Mapping[str, Any], account: Account, desk: Desk) -> CriterionRow:
    part = _PARTS[key](account) if key in _PARTS else (0, 0)
    words = _words(account, desk) | _part_words(part, desk) | _page_words(criterion.get("page"), account, desk)
    words |= {"verdict": desk.verdict(Verdict.TRUE).label, "contact": label("page", "no")}
    if address := _address(key, desk):
        words["contact"] = address
    is_met = _is_met(key, criterion, account, desk)
    return CriterionRow(criterion["code"], criterion["text"], criterion["figure"].format(**words), is_met)


def _is_met(key: str, criterion: Mapping[str, Any], account: Account, desk: Desk) -> bool:
    publisher = desk.settings.publisher
    if key in ("contact", "invited", "complaints"):
        return bool(_address(key, desk))
    if page := criterion.get("page"):
        is_named = bool(publisher.legal_name) or key != "identity"
        return is_named and any(p.slug == page and not p.is_stale for p in account.pages)
    return _is_enough(criterion, _PARTS[key](account)) if key in _PARTS else account.ruled > 0


def _is_enough(criterion: Mapping[str, Any], part: Part) -> bool:
    """Whether a share is within what the criterion asks; any at all is enough where it names no share."""
    count, whole = part
    if "at_least" in criterion:
        return whole > 0 and count >= float(criterion["at_least"]) * whole
    return 0 < count <= float(criterion.get("at_most", 1)) * whole


def _address(key: str, desk: Desk) -> str:
    settings = desk.settings
    return settings.publisher.complaints if key == "complaints" else settings.contact.removeprefix("mailto:")


_PARTS: Mapping[str, Callable[[Account], Part]] = {
    "cadence": lambda a: (a.weeks, WEEKS),
    "balance": lambda a: (a.claimants[0][1] if a.claimants else 0, a.ruled),
    "linked": lambda a: (a.archived, a.sources),
    "primary": lambda a: (a.with_primary, a.decisive),
    "two-voices": lambda a: (a.with_two_voices, a.decisive),
    "both-sides": lambda a: (a.both_sides, a.ruled),
    "reply": lambda a: (a.asked, a.ruled),
    "true-ones": lambda a: (dict(a.verdicts).get(str(Verdict.TRUE), 0), a.ruled),
    "signed-off": lambda a: (a.reviewed, a.ruled),
}


def _words(account: Account, desk: Desk) -> dict[str, str]:
    number, count = desk.phrases.number, desk.phrases.count
    return {
        "publisher": desk.settings.publisher.legal_name or desk.settings.publisher.name or desk.settings.title,
        "day": desk.phrases.day(account.as_of) if account.as_of else label("page", "undated"),
        "weeks": number(account.weeks),
        "articles": count(account.articles, "articles"),
        "months": number(account.months),
        "topics": number(account.topics),
        "speakers": number(account.speakers),
        "sources": count(account.sources, "sources"),
        "ruled": count(account.ruled, "rulings"),
        "archived": number(account.archived),
        "name": account.claimants[0][0] if account.claimants else "—",
        "opinions": count(account.opinions, "claims"),
        "pending": count(account.pending, "claims"),
        "corrections": count(account.corrections, "corrections"),
        "replaced": count(account.replaced, "replaced"),
    }


def _part_words(part: Part, desk: Desk) -> dict[str, str]:
    number = desk.phrases.number
    return {"count": number(part[0]), "of": number(part[1]), "share": desk.phrases.percent(*part)}


def _page_words(slug: str | None, account: Account, desk: Desk) -> dict[str, str]:
    page = next((p for p in account.pages if p.slug == slug), None)
    if page is None:
        return {"page": label("policy", slug) if slug else "", "reviewed": label("page", "missing")}
    if page.reviewed is None:
        return {"page": page.title, "reviewed": label("page", "never-reviewed")}
    return {"page": page.title, "reviewed": phrase("page", "reviewed", day=desk.phrases.day(page.reviewed))}


def _claimant(name: str, count: int, desk: Desk) -> Link:
    link = desk.speaker(name)
    return Link(name, link.url if link else "", count)

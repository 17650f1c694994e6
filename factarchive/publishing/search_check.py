"""The page where a reader pastes a message: what it shows, and the lists by which it sees where two sentences part."""

from __future__ import annotations

import json

from factarchive.arabic.differing import difference_tables
from factarchive.arabic.letters import LATIN_RUN
from factarchive.archive.verdicts import Verdict
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, Meta
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.structured import as_json_ld
from factarchive.publishing.views import CheckView

URL = "/check/"
WORKER = f"{URL}worker.js"
"""Beside the page, since a service worker serves what stands beside it or below."""
TABLES = f"{URL}words.json"


def check_view(manifest: bytes, desk: Desk) -> CheckView:
    """The page, with the manifest of the search data."""
    title = label("page", "check")
    crumbs = (Link(label("page", "home"), "/"), Link(title, URL))
    return CheckView(
        meta=Meta(title, phrase("describe", "check"), URL, crumbs=crumbs),
        manifest=as_json_ld(json.loads(manifest)),
        verdicts=tuple(desk.verdict(v) for v in Verdict if v is not Verdict.PENDING),
        locale=desk.browser_locale,
        latin=LATIN_RUN,
    )


def tables() -> bytes:
    """The lists, as JSON."""
    return json.dumps(difference_tables(), ensure_ascii=False, separators=(",", ":")).encode()

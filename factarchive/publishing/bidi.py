"""Latin words kept together inside Arabic text: each run in a bdi element, so that brackets and dots stay in place."""

from __future__ import annotations

import html
import re

from markupsafe import Markup, escape

from factarchive.arabic.letters import latin_runs

_TAG = re.compile(r"(<[^>]*>)")
_ROOTED = re.compile(r'(<(?:a|img)\b[^>]*?\b(?:href|src)=")/(?!/)')


def isolated(text: str) -> Markup:
    """A plain text as HTML, escaped, with every Latin run isolated."""
    parts: list[Markup] = []
    at = 0
    for start, end in latin_runs(text):
        parts += [escape(text[at:start]), Markup("<bdi>{}</bdi>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def isolate_html(rendered: str) -> str:
    """The same HTML with every Latin run of its texts isolated; tags and their attributes are left alone."""
    pieces = _TAG.split(rendered)
    return "".join(p if p.startswith("<") else str(isolated(html.unescape(p))) for p in pieces)


def rooted(rendered: str, base_path: str) -> str:
    """The same HTML with links from the site's root (/verdicts/) leading below the path that the site stands under."""
    return _ROOTED.sub(lambda m: m[1] + base_path, rendered)

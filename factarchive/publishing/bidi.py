"""Latin words kept together inside Arabic text: each run in a bdi element, so that brackets and dots stay in place."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from markupsafe import Markup, escape

from factarchive.arabic.letters import latin_runs

_TAG = re.compile(r"(<[^>]*>)")
_LETTER = re.compile(r"[^\W\d_]")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # bytes beyond ASCII only: the others may part an address
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


def is_arabic(text: str) -> bool:
    """Whether a text begins with an Arabic letter, and so takes Arabic quotation marks."""
    first = _LETTER.search(text)
    return first is not None and "\u0600" <= first[0] <= "\u08ff"


def readable(url: str) -> str:
    """An address as people read it: percent signs that stand for letters of any script are those letters."""
    try:
        return _ENCODED.sub(lambda run: unquote(run[0], errors="strict"), url)
    except UnicodeDecodeError:
        return url


def rooted(rendered: str, base_path: str) -> str:
    """The same HTML with links from the site's root (/verdicts/) leading below the path that the site stands under."""
    return _ROOTED.sub(lambda m: m[1] + base_path, rendered)

"""Addresses of reviews: absolute, percent-encoded once, and the host that stands for a desk."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urljoin, urlsplit

from factarchive.archive.shapes import is_address

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOSTLIKE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)
_KEPT = "%/:?#[]@!$&'()*+,;=~"
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def address_of(text: str, site: str = "") -> str | None:
    """The absolute address that a text means; a path is one of the desk's site; None where it means none."""
    bare = _MARKS.sub("", html.unescape(text)).strip()
    if not bare:
        return None
    home = f"https://{host_of(site)}/" if host_of(site) else ""
    try:
        if bare.startswith("//"):
            bare = "https:" + bare
        elif not _SCHEME.match(bare) or _HOSTLIKE.fullmatch(bare):
            bare = "https://" + bare if _HOSTLIKE.fullmatch(bare) else urljoin(home, bare)
        url = quote(bare, safe=_KEPT)
    except ValueError:
        return None
    return url if is_address(url) else None


def host_of(text: str) -> str:
    """The host of an address or of a bare domain, without «www.»; empty where there is none."""
    bare = _MARKS.sub("", text).strip().lower()
    if "//" not in bare:
        bare = "//" + bare
    try:
        host = urlsplit(bare).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if _HOSTLIKE.fullmatch(host) else ""

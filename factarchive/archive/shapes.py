"""What a text and an address must be for a page to show them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["has_control", "is_address", "is_visible"]

# What neither HTML nor XML may hold; escapes such as "\u0007" bring it past the YAML reader.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_VISIBLE = re.compile(r"[^\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_URL = re.compile(
    r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+",
    re.IGNORECASE,
)


def has_control(text: str) -> bool:
    """Whether it holds what neither HTML nor XML may."""
    return bool(_CONTROL.search(text))


def is_visible(text: str) -> bool:
    """Whether a reader would see anything of it."""
    return bool(_VISIBLE.search(text))


def is_address(url: str) -> bool:
    """Whether this is an absolute http(s) address with a host."""
    if not _URL.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False

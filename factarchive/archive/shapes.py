"""What texts and addresses look like, for whatever must tell a fit one from another."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What neither HTML nor XML may hold; escapes such as "\\u0007" bring it past the YAML reader."""
VISIBLE = re.compile(r"[^\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""A letter, figure or mark: what a text that is not empty holds."""
_URL = re.compile(
    r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f-\xa0\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+",
    re.IGNORECASE,
)


def is_url(value: str) -> bool:
    """Whether this is an absolute http(s) address without blanks or hidden marks."""
    return bool(_URL.fullmatch(value)) and _has_host(value)


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False

"""The day that a date of a feed means: ISO with or without time and zone, or as mail writes it; no other is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from factarchive.arabic.letters import folded

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(?:[ t].*)?")
_FIRST, _LAST = 1990, 2100


def day_of(text: str) -> date | None:
    """The day as written in its own zone; None where it is no date, or none that a review could have."""
    plain = folded(text).strip()
    found = _ISO.fullmatch(plain)
    try:
        day = date(*map(int, found.groups())) if found else _mailed(plain)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day and _FIRST <= day.year <= _LAST else None


def _mailed(text: str) -> date | None:
    moment: datetime = parsedate_to_datetime(text)
    return moment.date()

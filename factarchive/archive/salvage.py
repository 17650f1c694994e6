"""The sound rest of a file that has faults of shape, so that its other faults are told in the same run.

What is faulty is taken out, or replaced by a harmless stand-in where the places of its neighbours would shift.
The result is for looking only: a file with faults is never published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from factarchive.archive.entries import Entry, parted
from factarchive.archive.schema import Front, read_model
from factarchive.problems import Refused

_STAND_INS: Mapping[str, Mapping[str, Any]] = {
    "claims": {"source": "narrator", "ruling": {"verdict": "pending"}},
    "findings": {"kind": "other", "text": "-", "by": "-", "on": "2000-01-01"},
    "timeline": {"on": "2000", "text": "-"},
    "corrections": {"on": "2000-01-01", "text": "-"},
}


def salvaged(text: str, path: str) -> Entry | None:
    """The entry without its faulty parts; None where what is faulty cannot be spared."""
    try:
        document, body, body_line = parted(text, path)
    except Refused:
        return None
    data = dict(document.data)
    for fault in read_model(Front, data)[1]:
        loc = fault["loc"]
        if loc[0] == "sources" or (fault["type"] == "missing" and len(loc) == 1):
            return None
        if loc[0] in _STAND_INS and len(loc) > 1 and isinstance(data.get(loc[0]), list):
            data[loc[0]] = _replaced(data[loc[0]], loc[1], _stand_in(loc[0], loc[1], data, body))
        else:
            data.pop(loc[0], None)
    front, faults = read_model(Front, data)
    return None if faults else Entry(path, cast(Front, front), body, body_line, document)


def _stand_in(part: str, index: int, data: Mapping[str, Any], body: str) -> dict[str, Any]:
    made = dict(_STAND_INS[part])
    if part == "claims":
        item = data[part][index]
        named = item.get("id") if isinstance(item, dict) else None
        word = re.search(r"\w+", body)
        # Others may refer to its id; its quote is a word of the body, which is certainly there.
        made["id"] = named if isinstance(named, str) else f"faulty-{index}"
        made["quote"] = word[0] if word else "-"
    return made


def _replaced(items: list[Any], index: int, stand_in: Mapping[str, Any]) -> list[Any]:
    return [stand_in if i == index else item for i, item in enumerate(items)]

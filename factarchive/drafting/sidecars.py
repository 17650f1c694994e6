"""The .yml beside a seed: what a newsroom knows of the article, each fault of it told at its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from factarchive.archive.frontmatter import Document, load
from factarchive.drafting.decoding import file_bytes, place_after, with_plain_line_ends
from factarchive.problems import Problem, Refused, problem

Location = tuple[str | int, ...]

KNOWN_KEYS = ("published", "outlet", "url", "author", "topics", "slug")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_sidecar(path: Path, shown: str) -> tuple[str, dict[str, Any], list[Problem]]:
    """A sidecar's text, the fields of an Article that it gives, and what is wrong with it."""
    try:
        text = _sidecar_text(path, shown)
        document = load(text, shown)
    except Refused as refused:
        return "", {}, list(refused.problems)
    return text, *_about(document)


def _sidecar_text(path: Path, shown: str) -> str:
    data = file_bytes(path, shown)
    try:
        return with_plain_line_ends(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        raise Refused(problem(place_after(shown, before), "seed-sidecar-encoding")) from None


def _about(document: Document) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of an Article that the file gives, and all that is wrong with the others."""
    about: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in document.data.items():
        try:
            about |= _field(document, key, value)
        except Refused as refused:
            problems += refused.problems
    return about, problems


def _field(document: Document, key: str, value: Any) -> dict[str, Any]:
    if key not in _READERS:
        raise Refused(_unknown(document, (key,), KNOWN_KEYS))
    # A field left empty in a form is a field not given.
    return {} if value is None else _READERS[key](document, value)


def _published(document: Document, value: Any) -> dict[str, Any]:
    try:
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            return {"published": date.fromisoformat(value)}
    except ValueError:
        pass  # a date of the right form that no calendar has, such as 2025-02-30
    raise Refused(_fault(document, ("published",), "seed-bad-date", value=value))


def _outlet(document: Document, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {"outlet": _line(document, ("outlet",), value)}
    for key in value:
        if key not in ("name", "url"):
            raise Refused(_unknown(document, ("outlet", key), ("name", "url")))
    if "name" not in value:
        raise Refused(_fault(document, ("outlet",), "seed-bad-outlet"))
    about: dict[str, Any] = {"outlet": _line(document, ("outlet", "name"), value["name"])}
    if value.get("url") is not None:
        about["outlet_url"] = _address(document, ("outlet", "url"), value["url"])
    return about


def _topics(document: Document, value: Any) -> dict[str, Any]:
    if not isinstance(value, list):
        raise Refused(_fault(document, ("topics",), "seed-bad-topics"))
    lines = [_line(document, ("topics", n), topic) for n, topic in enumerate(value)]
    return {"topics": tuple(dict.fromkeys(lines))}


def _slug(document: Document, value: Any) -> dict[str, Any]:
    if isinstance(value, str) and SLUG.fullmatch(value):
        return {"slug": value}
    raise Refused(_fault(document, ("slug",), "seed-bad-slug", value=value))


_READERS: Mapping[str, Callable[[Document, Any], dict[str, Any]]] = {
    "published": _published,
    "outlet": _outlet,
    "url": lambda document, value: {"url": _address(document, ("url",), value)},
    "author": lambda document, value: {"author": _line(document, ("author",), value)},
    "topics": _topics,
    "slug": _slug,
}


def _line(document: Document, loc: Location, value: Any) -> str:
    if isinstance(value, str) and value.strip() and "\n" not in value.strip():
        return value.strip()
    raise Refused(_fault(document, loc, "seed-bad-text", key=loc[0]))


def _address(document: Document, loc: Location, value: Any) -> str:
    try:
        parts = urlsplit(_line(document, loc, value))
        if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", value.strip()):
            return str(value).strip()
    except ValueError:
        pass  # urlsplit refuses a host that cannot be one, such as http://[
    raise Refused(_fault(document, loc, "seed-bad-url", value=value))


def _unknown(document: Document, loc: tuple[str, ...], known: tuple[str, ...]) -> Problem:
    place, key = document.key_place(*loc), loc[-1]
    values = {"excerpt": document.excerpt(place), "key": key, "known": ", ".join(known)}
    nearest = get_close_matches(key.lower(), known, n=1)
    if nearest:
        return problem(place, "seed-misspelt-key", nearest=nearest[0], **values)
    return problem(place, "seed-unknown-key", **values)


def _fault(document: Document, loc: Location, rule: str, **values: object) -> Problem:
    place = document.place(*loc)
    return problem(place, rule, excerpt=document.excerpt(place), **values)

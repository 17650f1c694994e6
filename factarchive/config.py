"""The site's settings: `[tool.factarchive]` in pyproject.toml, with what the command line overrides.

Unknown keys and unusable values are Problems, all listed at once. Standard library only: every build reads them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from factarchive.problems import Place, Problem, Refused, problem

FILE = "pyproject.toml"
NUMERALS = ("latn", "arab")
ENGINES = ("mistune", "markdown")
TABLES = ("publisher", "labels", "colors", "navigation", "social")
COLORS = {"accent", "accent_dark"}
CARDS = ("claims", "articles", "none")
_LANDS = "001 AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN YE"
LOCALES = ("ar", *(f"ar_{land}" for land in _LANDS.split()))
"""The Arabic locales that CLDR describes."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the archive, as markup and pages name it."""

    name: str = "factarchive"
    url: str = ""
    logo: str = ""
    legal_name: str = ""
    complaints: str = ""  # where readers complain who are not content with an answer


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a project's parts lie; relative paths are taken from the project's root."""

    root: Path
    seeds: Path
    content: Path
    templates: Path
    output: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a newsroom may set, and the folders of this run.

    base_url: where the site will stand, no slash at its end; locale: ar or ar_EG and the like, for dates;
    numerals: latn or arab; prose: mistune or markdown; contact: a mail or web address for reports of errors;
    cards: which share cards are drawn: `claims` (and articles), `articles`, or `none`;
    license: the address of the licence of the texts and data;
    labels: a newsroom's own words for verdicts, by id; colors: accent and accent_dark; navigation: links over
    every page, by their texts; social: the newsroom's accounts elsewhere; verifier: module:callable that may propose.
    """

    folders: Folders
    title: str = "factarchive"
    tagline: str = ""
    description: str = ""
    base_url: str = "http://localhost:8000"
    locale: str = "ar"
    numerals: str = "latn"
    prose: str = "mistune"
    contact: str = ""
    cards: str = "claims"
    license: str = ""
    publisher: Publisher = Publisher()
    labels: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    navigation: Mapping[str, str] = field(default_factory=dict)
    social: Mapping[str, str] = field(default_factory=dict)
    verifier: str = ""

    @property
    def base_path(self) -> str:
        """The path under which the site stands, with a slash at both ends: / or /my-repo/."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"

    def words(self) -> tuple[tuple[str, str], ...]:
        """Every setting that all pages depend on, by name; folders are none, and a verifier's answers are inputs."""
        named = ((f.name, getattr(self, f.name)) for f in fields(self) if f.name not in ("folders", "verifier"))
        return tuple((name, repr(_plain(value))) for name, value in named)


SETTINGS = tuple(f.name for f in fields(Settings) if f.name != "folders")


def read_settings(root: Path, overrides: Mapping[str, str] | None = None) -> Settings:
    """Read the project's settings; raise Refused with every fault of them. Overrides win: base_url and folder names."""
    table, faults = _table(root), []
    chosen: dict[str, Any] = {}
    for key, value in {**table, **_without_folders(overrides or {})}.items():
        if key not in SETTINGS:
            faults.append(_unknown(key))
        elif (wanted := _wanted(key, value)) is not None:
            faults.append(problem(FILE, "bad-setting", key=key, value=value, wanted=wanted))
        else:
            chosen[key] = value
    if faults:
        raise Refused(*faults)
    return _made(root, chosen, overrides or {})


def _made(root: Path, chosen: dict[str, Any], overrides: Mapping[str, str]) -> Settings:
    if "publisher" in chosen:
        chosen["publisher"] = Publisher(**chosen["publisher"])
    if "base_url" in chosen:
        # Percent-encoded once and here, so that every address on every page is the same byte for byte.
        chosen["base_url"] = quote(chosen["base_url"].rstrip("/"), safe="/:%@[]!$&'()*+,;=~-._")
    return replace(Settings(_folders(root, overrides)), **chosen)


def _folders(root: Path, overrides: Mapping[str, str]) -> Folders:
    def at(name: str, default: str) -> Path:
        return root / overrides[name] if name in overrides else root / default

    return Folders(
        root,
        seeds=at("seeds", "seeds"),
        content=at("content", "content"),
        templates=at("templates", "templates"),
        output=at("output", "site"),
        cache=at("cache", ".cache"),
    )


def _table(root: Path) -> Mapping[str, Any]:
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError, OSError) as error:
        raise Refused(_unreadable(error)) from None
    tool = data.get("tool", {})
    table = tool.get("factarchive", {}) if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise Refused(problem(FILE, "bad-setting", key="tool.factarchive", value=table, wanted="[tool.factarchive]"))
    return table


def _unreadable(error: Exception) -> Problem:
    at = re.search(r"line (\d+), column (\d+)", str(error))
    place = Place(FILE, int(at[1]), int(at[2])) if at else Place(FILE)
    return problem(place, "bad-settings", why=error)


def _unknown(key: str) -> Problem:
    near = get_close_matches(key, SETTINGS, n=1, cutoff=0.4)
    return problem(FILE, "unknown-setting", key=key, nearest=near[0] if near else "—", known=" ".join(SETTINGS))


def _without_folders(overrides: Mapping[str, str]) -> dict[str, str]:
    names = {f.name for f in fields(Folders)}
    return {key: value for key, value in overrides.items() if key not in names}


def _wanted(key: str, value: object) -> str | None:
    """What the setting should be where this value cannot be it; None where it can."""
    if key in TABLES:
        known = {f.name for f in fields(Publisher)} if key == "publisher" else COLORS if key == "colors" else None
        if not _is_text_table(value, known):
            return "a table of texts" + (f": {sorted(known)}" if known else "")
        texts = value.values() if isinstance(value, dict) else ()
        return next((wanted for text in texts if (wanted := _wanted_entry(key, text))), None)
    if not isinstance(value, str):
        return "text"
    return next(_wanted_text(key, value), None)


def _wanted_entry(key: str, text: str) -> str | None:
    if key == "colors" and not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        return "#rrggbb"
    if key == "navigation" and not re.fullmatch(r"(/|https?://)[^\s\"<>]*", text):
        return "/page/ | https://…"
    if key == "social" and not re.fullmatch(r"https?://[^\s\"<>]+", text):
        return "https://…"
    return None


def _wanted_text(key: str, value: str) -> Iterator[str]:
    if _CONTROL.search(value):
        yield "text without control characters"
    if key == "base_url" and not _is_base_url(value):
        yield "https://example.org or https://example.org/folder"
    if key == "locale" and value not in LOCALES:
        yield ", ".join(LOCALES)
    if key == "numerals" and value not in NUMERALS:
        yield " | ".join(NUMERALS)
    if key == "prose" and value not in ENGINES:
        yield " | ".join(ENGINES)
    if key == "cards" and value not in CARDS:
        yield " | ".join(CARDS)
    if key == "license" and value and not re.fullmatch(r"https?://\S+", value):
        yield "https://…"
    if key == "contact" and value and not re.fullmatch(r"(https?://\S+|mailto:\S+@\S+)", value):
        yield "https://… | mailto:…"
    if key == "verifier" and value and not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*", value, re.ASCII):
        yield "module:callable"


def _is_base_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port = parts.port  # raises ValueError where it is no number
    except ValueError:
        return False
    whole = re.fullmatch(r"https?://[^\s/?#\\]+(/[^\s?#\\]*)?", value)
    return bool(whole and parts.hostname) and port != 0


def _is_text_table(value: object, known: set[str] | None) -> bool:
    """Whether this is a table of texts, under known keys only; where no keys are known no text may be empty."""
    return isinstance(value, dict) and all(
        isinstance(v, str) and not _CONTROL.search(v) and (k in known if known else bool(v.strip()))
        for k, v in value.items()
    )


def _plain(value: object) -> object:
    if isinstance(value, Publisher):
        return astuple(value)
    return tuple(value.items()) if isinstance(value, Mapping) else value

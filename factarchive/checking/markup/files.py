"""The files to be checked: pages named or found in folders, read as text, with what cannot be read told."""

from __future__ import annotations

import codecs
import html
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factarchive.problems import Refused, problem

MOST = 20_000_000
"""Bytes of a page."""
_ENDINGS = (".html", ".htm", ".xhtml")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[\s>/]", re.IGNORECASE)
_LOC = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")


@dataclass(frozen=True, slots=True)
class Found:
    """What a path led to: its pages, and whether it is a folder and so perhaps a whole site."""

    place: str
    pages: tuple[Path, ...]
    is_site: bool


def find_pages(path: Path) -> Found:
    """The pages at a path; raises Refused where there are none."""
    if path.is_dir():
        pages = tuple(_within(path))
        if not pages:
            raise Refused(problem(shown(path), "pages-none"))
        return Found(shown(path), pages, True)
    if not path.exists() and not path.is_symlink():
        raise Refused(problem(shown(path), "page-missing"))
    return Found(shown(path), (path,), False)


def _within(folder: Path) -> Iterator[Path]:
    """The pages below a folder, sorted; hidden folders and links to folders are left out, and so every loop."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(names) if name.lower().endswith(_ENDINGS))


def read_bytes(path: Path) -> bytes:
    """A file's bytes; raises Refused with the reason where it cannot be read or is too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused(problem(shown(path), "page-unreadable", why="not a file"))
        if status.st_size > MOST:
            raise Refused(problem(shown(path), "page-too-large", size=status.st_size, most=MOST))
        return path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refused(problem(shown(path), "page-unreadable", why=why)) from None


def read_page_text(path: Path) -> str:
    """A page's text; raises Refused where it is no page."""
    raw = read_bytes(path)
    text = _decoded(raw, shown(path))
    if "\0" in text[:1000] or not _TAG.search(text):
        raise Refused(problem(shown(path), "page-not-html"))
    return text


def _decoded(raw: bytes, place: str) -> str:
    declared = _CHARSET.search(raw[:4096])
    names = [name for mark, name in _BOMS if raw.startswith(mark)]
    names += ["utf-8", declared[1].decode("ascii") if declared else "utf-8"]
    for name in names:
        try:
            return raw.decode(name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    if b"\0" in raw[:1000]:
        raise Refused(problem(place, "page-not-html"))
    raise Refused(problem(place, "page-encoding", encoding=names[-1]))


def site_map(folder: Path) -> frozenset[str] | None:
    """The addresses that a site's map lists; None where it has no map, or one that points to further maps."""
    texts = [_text(path) for path in sorted(folder.glob("sitemap*.xml"))]
    if not texts or any("<sitemapindex" in text for text in texts):
        return None
    return frozenset(html.unescape(loc) for text in texts for loc in _LOC.findall(text))


def robots(folder: Path) -> str:
    """The text of a site's robots.txt; "" where it has none."""
    path = folder / "robots.txt"
    return _text(path) if path.is_file() else ""


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8", "replace")
    except Refused:
        return ""


def shown(path: Path) -> str:
    """A path as findings show it."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")

"""A file of reviews, or a folder of pages, told by its content: JSON, JSON lines, HTML or a table."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from factarchive.importing.html_pages import parsed, read_page
from factarchive.importing.records import Record
from factarchive.importing.structured import Reader
from factarchive.importing.tables import looks_like_table, read_table
from factarchive.problems import Place, Problem, Refused, problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GZIP = b"\x1f\x8b"
_PAGES = (".html", ".htm", ".xhtml")
_OLD = "cp1256"  # what Excel for Arabic Windows saves as CSV


def read_records(path: Path, shown: str) -> Iterator[Record | Problem]:
    """Every review of a file or of a folder's pages, and a Problem for what cannot be read; raises Refused."""
    if not path.is_dir():
        yield from _read(decoded(unpacked(_bytes(path, shown), shown), shown), shown)
        return
    reader = Reader()
    pages = sorted(p for p in path.rglob("*") if p.suffix.lower() in _PAGES and p.is_file())
    if not pages:
        raise Refused(problem(shown, "import-no-pages"))
    for page in pages:
        name = f"{shown}/{page.relative_to(path).as_posix()}"
        try:
            yield from read_page(decoded(_bytes(page, name), name), name, reader)
        except Refused as refused:
            yield from refused.problems


def unpacked(raw: bytes, shown: str) -> bytes:
    """The bytes themselves, where they came packed by gzip."""
    if not raw.startswith(_GZIP):
        return raw
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        raise Refused(problem(shown, "import-not-text")) from None


def decoded(raw: bytes, shown: str) -> str:
    """The text of a file: UTF-8, UTF-16 or Windows-1256; raises Refused for what is none."""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(name).lstrip("\ufeff")
            except UnicodeDecodeError:
                raise Refused(problem(shown, "import-not-text")) from None
    if b"\0" in raw:
        raise Refused(problem(shown, "import-not-text"))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(_OLD, "replace")


def _bytes(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(problem(shown, "unreadable-file", why=error.strerror or error)) from None


def _read(text: str, shown: str) -> Iterator[Record | Problem]:
    start = text.lstrip()[:1]
    if start in ("{", "["):
        yield from _read_json(text, shown)
    elif start == "<":
        yield from read_page(text, shown, Reader())
    elif looks_like_table(text):
        yield from read_table(text, shown)
    else:
        yield problem(shown, "import-unknown-format")


def _read_json(text: str, shown: str) -> Iterator[Record | Problem]:
    reader = Reader()
    try:
        value = parsed(text)
    except ValueError as error:
        lines = [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if len(lines) < 2 or not _is_json(lines[0][1]):
            line = getattr(error, "lineno", 0)
            yield problem(Place(shown, line), "import-bad-json", why=getattr(error, "msg", error))
            return
        yield from _read_lines(lines, shown, reader)
        return
    yield from reader.read(value, Place(shown))


def _read_lines(lines: list[tuple[int, str]], shown: str, reader: Reader) -> Iterator[Record | Problem]:
    for number, line in lines:
        try:
            value = parsed(line)
        except ValueError as error:
            yield problem(Place(shown, number), "import-bad-json", why=getattr(error, "msg", error))
            continue
        yield from reader.read(value, Place(shown, number))


def _is_json(line: str) -> bool:
    try:
        parsed(line)
    except ValueError:
        return False
    return True

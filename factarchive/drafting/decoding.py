"""Bytes to text: UTF-8, UTF-16, and the code pages of old Arabic archives, which nothing in them names.

charset-normalizer (MIT, the detector that requests uses) is imported in this module only.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

from factarchive.problems import Place, Problem, Refused, problem

# C0, DEL, C1 and noncharacters: in no article, and neither HTML nor XML feeds can hold them.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_WIDE = ("utf_16_le", "utf_16_be")
_CODE_PAGES = ("cp1256", "iso8859_6", *_WIDE)
_ARABIC_ENOUGH = 0.85
_SAMPLE = 20_000


def read_text(path: Path, shown: str) -> tuple[str, str, list[Problem]]:
    """A file's text with plain line ends, its encoding, and a note where that was guessed.

    Raises Refused where the file cannot be read, or holds what is no text.
    """
    return _decode(file_bytes(path, shown), shown)


def file_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file; raise Refused where there is none to be read."""
    try:
        if not path.resolve(strict=True).is_file():
            raise Refused(problem(shown, "seed-not-a-file"))
        return path.read_bytes()
    except PermissionError:
        raise Refused(problem(shown, "seed-unreadable")) from None
    except (OSError, RuntimeError):
        # pathlib told of a loop of links by RuntimeError until Python 3.13.
        raise Refused(problem(shown, "seed-bad-link")) from None


def _decode(data: bytes, shown: str) -> tuple[str, str, list[Problem]]:
    text, encoding, notes = _decoded(data, shown)
    stray = _NOT_TEXT.search(text)
    if stray:
        code = f"U+{ord(stray.group()):04X}"
        raise Refused(problem(place_after(shown, text[: stray.start()]), "seed-binary", code=code))
    return with_plain_line_ends(text), encoding, notes


def _decoded(data: bytes, shown: str) -> tuple[str, str, list[Problem]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, shown), encoding, []
    text = _as_utf8(data, shown)
    if text is not None and not _NOT_TEXT.search(text):
        return text, "utf-8", []
    # Arabic in UTF-16 is ASCII bytes alone, many of them control characters: valid UTF-8, and nonsense.
    guessed = _guess(data, _CODE_PAGES if text is None else _WIDE)
    if guessed:
        return data.decode(guessed), guessed, [problem(shown, "seed-encoding-guessed", encoding=guessed)]
    if text is None and not _BINARY.search(data):
        raise Refused(problem(shown, "seed-undecodable"))
    return data.decode("latin-1") if text is None else text, "", []


def _as_utf8(data: bytes, shown: str) -> str | None:
    """The text if the bytes are UTF-8, None if they are not; raise Refused if they were, and are damaged."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            before = data[: error.start].decode("utf-8")
            raise Refused(problem(place_after(shown, before), "seed-broken-utf8")) from None
        return None


def _strictly(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        rule = "seed-broken-utf8" if encoding == "utf-8" else "seed-undecodable"
        raise Refused(problem(place_after(shown, before), rule)) from None


def _is_damaged_utf8(data: bytes) -> bool:
    # As Windows-1256, UTF-8 Arabic is "letters" too: one lost byte must not turn an article into those.
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - lost > 3 * lost


def _guess(data: bytes, pages: tuple[str, ...]) -> str | None:
    """The encoding, of these, that makes the most Arabic of the bytes; None where none makes enough."""
    matches = from_bytes(data, cp_isolation=list(pages))
    shares = [(_arabic_share(str(match)[:_SAMPLE]), match.encoding) for match in matches]
    best = max(shares, key=lambda s: (s[0], -pages.index(s[1])), default=(0.0, ""))
    return best[1] if best[0] >= _ARABIC_ENOUGH else None


def _arabic_share(text: str) -> float:
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    return sum("\u0600" <= char <= "\u06ff" for char in letters) / len(letters) if letters else 0.0


def with_plain_line_ends(text: str) -> str:
    """The text with LF for CRLF and for a lone CR."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def place_after(shown: str, before: str) -> Place:
    """The place that follows this text in a file."""
    lines = with_plain_line_ends(before).split("\n")
    return Place(shown, len(lines), len(lines[-1]) + 1)

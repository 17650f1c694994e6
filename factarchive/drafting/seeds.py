"""Articles as received: text files in whatever encoding a newsroom wrote, and the facts given beside them.

charset-normalizer (MIT, the detector that requests uses) is imported in this module only: old Arabic archives
are in Windows-1256, ISO-8859-6 or UTF-16, and nothing in them says so.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from charset_normalizer import from_bytes

from factarchive.archive.frontmatter import Document, load
from factarchive.problems import Place, Problem, Refused, has_errors, problem

Location = tuple[str | int, ...]

KNOWN_KEYS = ("published", "outlet", "url", "author", "topics", "slug")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?")

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was published; every offset anywhere counts characters of `text`."""

    text: str
    title: str
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    topics: tuple[str, ...] = ()
    slug: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines after the title that are not blank, exactly as they are."""
        return tuple(line for line in self.text.split("\n")[1:] if line.strip())


@dataclass(frozen=True)
class Seed:
    """An article and the file it came in: path as the user knows it, encoding, digest of all that it says."""

    path: str
    article: Article
    encoding: str
    digest: str


def read_seeds(folder: Path, shown: str = "seeds") -> tuple[tuple[Seed, ...], tuple[Problem, ...]]:
    """Read a folder's seeds in the order of names; what is refused is reported, and the others go on."""
    try:
        names = frozenset(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return (), ()
    except OSError:
        return (), (problem(shown, "seeds-not-a-folder", folder=shown),)
    read = [_read_seed(folder, name, shown, names) for name in sorted(names) if _is_seed(name)]
    single, twice = _without_copies([seed for seed, _ in read if seed])
    distinct, taken = _without_clashes(single)
    problems = [p for _, found in read for p in found]
    return tuple(distinct), tuple(sorted((*_strays(names, shown), *problems, *twice, *taken)))


# ---------------------------------------------------------------- the folder


def _is_seed(name: str) -> bool:
    return name.lower().endswith(".txt") and not _is_hidden(name) and _is_readable(name)


def _is_hidden(name: str) -> bool:
    """Whether a name is that of a hidden file, or of one that an editor keeps while another file is open."""
    return name.startswith((".", "~", "#")) or name.endswith("~")


def _is_readable(name: str) -> bool:
    # Bytes of a name that are no UTF-8 reach Python as lone surrogates.
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _strays(names: frozenset[str], shown: str) -> Iterator[Problem]:
    with_text = {name[:-4] for name in names if _is_seed(name)}
    for name in names:
        stem, _, ending = name.rpartition(".")
        if not _is_readable(name):
            yield problem(f"{shown}/{name.encode('utf-8', 'replace').decode()}", "seed-bad-name")
        elif ending == "yaml" and not _is_hidden(name):
            yield problem(f"{shown}/{name}", "seed-sidecar-name", wanted=f"{stem}.yml")
        elif ending == "yml" and not _is_hidden(name) and stem not in with_text:
            yield problem(f"{shown}/{name}", "seed-orphan-sidecar", text_file=f"{stem}.txt")


def _without_copies(seeds: Iterable[Seed]) -> tuple[list[Seed], list[Problem]]:
    first: dict[str, Seed] = {}
    problems = []
    for seed in seeds:
        words = unicodedata.normalize("NFC", " ".join(seed.article.text.split()))
        earlier = first.setdefault(words, seed)
        if earlier is not seed:
            problems.append(problem(Place(seed.path, 1), "seed-twice", other=earlier.path))
    return list(first.values()), problems


def _without_clashes(seeds: list[Seed]) -> tuple[list[Seed], list[Problem]]:
    """The seeds whose slug is theirs alone; of two with one slug neither may be drafted over the other."""
    owners: dict[str, list[Seed]] = {}
    for seed in seeds:
        if seed.article.slug:
            owners.setdefault(seed.article.slug, []).append(seed)
    clashes = {slug: owned for slug, owned in owners.items() if len(owned) > 1}
    problems = [
        problem(f"{seed.path[:-4]}.yml", "seed-slug-taken", slug=slug, other=other.path)
        for slug, owned in clashes.items()
        for seed, other in zip(owned, owned[1:] + owned[:1], strict=True)
    ]
    return [seed for seed in seeds if seed.article.slug not in clashes], problems


# ---------------------------------------------------------------- one seed


def _read_seed(folder: Path, name: str, shown: str, names: frozenset[str]) -> tuple[Seed | None, list[Problem]]:
    path, beside = f"{shown}/{name}", f"{name[:-4]}.yml"
    text, encoding, problems = _read_text(folder / name, path)
    sidecar, about = "", dict[str, Any]()
    if beside in names:
        sidecar, about, found = _read_sidecar(folder / beside, f"{shown}/{beside}")
        problems += found
    if has_errors(problems):
        return None, problems
    article = Article(text=text, title=text.split("\n", 1)[0], **about)
    if article.published is None:
        problems.append(problem(path, "seed-without-date", sidecar=f"{shown}/{beside}"))
    return Seed(path, article, encoding, _digest(text, sidecar)), problems


def _read_text(path: Path, shown: str) -> tuple[str, str, list[Problem]]:
    try:
        text, encoding, notes = _decode(_bytes(path, shown), shown)
    except Refused as refused:
        return "", "", list(refused.problems)
    return text, encoding, notes + _faults(text, shown)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        if not path.resolve(strict=True).is_file():
            raise Refused(problem(shown, "seed-not-a-file"))
        return path.read_bytes()
    except PermissionError:
        raise Refused(problem(shown, "seed-unreadable")) from None
    except (OSError, RuntimeError):
        # pathlib told of a loop of links by RuntimeError until Python 3.13.
        raise Refused(problem(shown, "seed-bad-link")) from None


def _faults(text: str, shown: str) -> list[Problem]:
    if not text.strip():
        return [problem(shown, "seed-empty")]
    title, _, body = text.partition("\n")
    if not title.strip():
        return [problem(Place(shown, 1, 1), "seed-without-title")]
    if not body.strip():
        return [problem(Place(shown, 1), "seed-without-body")]
    return []


def _digest(text: str, sidecar: str) -> str:
    parts = (text.encode(), sidecar.encode())
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


# ---------------------------------------------------------------- encodings


def _decode(data: bytes, shown: str) -> tuple[str, str, list[Problem]]:
    text, encoding, notes = _decoded(data, shown)
    stray = _NOT_TEXT.search(text)
    if stray:
        code = f"U+{ord(stray.group()):04X}"
        raise Refused(problem(_place(shown, text[: stray.start()]), "seed-binary", code=code))
    return _with_plain_line_ends(text), encoding, notes


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
            raise Refused(problem(_place(shown, before), "seed-broken-utf8")) from None
        return None


def _strictly(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding)
        rule = "seed-broken-utf8" if encoding == "utf-8" else "seed-undecodable"
        raise Refused(problem(_place(shown, before), rule)) from None


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


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(shown: str, before: str) -> Place:
    lines = _with_plain_line_ends(before).split("\n")
    return Place(shown, len(lines), len(lines[-1]) + 1)


# ---------------------------------------------------------------- the file beside it


def _read_sidecar(path: Path, shown: str) -> tuple[str, dict[str, Any], list[Problem]]:
    try:
        text = _sidecar_text(path, shown)
        document = load(text, shown)
    except Refused as refused:
        return "", {}, list(refused.problems)
    return text, *_about(document)


def _sidecar_text(path: Path, shown: str) -> str:
    data = _bytes(path, shown)
    try:
        return _with_plain_line_ends(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig")
        raise Refused(problem(_place(shown, before), "seed-sidecar-encoding")) from None


def _about(document: Document) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of an Article that the file gives, and all that is wrong with the others."""
    about: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in document.data.items():
        try:
            about |= _field(document, key, value)
        except Refused as refused:
            problems += refused.problems
    page = about.pop("outlet_url", None)
    if page and about.setdefault("url", page) != page:
        problems.append(_fault(document, ("outlet", "url"), "seed-two-urls"))
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

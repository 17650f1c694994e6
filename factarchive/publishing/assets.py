"""Static files under names that change with their content, so that a stale page never meets a new style sheet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import PurePosixPath
from urllib.parse import quote

from factarchive.archive.entries import digest_of

_CSS_URL = re.compile(rb"""url\(\s*["']?(?!data:|https?:|#)([^"')?#]+)["']?\s*\)""")
FOLDER = "/static/"


@dataclass(frozen=True)
class Assets:
    """Static files by their plain name: the path that each is published under, and its bytes."""

    urls: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def digest(self) -> str:
        """What stands for all of them in the keys of pages."""
        return digest_of(*(f"{name}={url}" for name, url in sorted(self.urls.items())))

    def url(self, name: str) -> str:
        """The path of a static file; raises KeyError for one that the theme does not have."""
        return self.urls[name]


def fingerprinted(files: Mapping[str, bytes]) -> Assets:
    """The static files under names of their content; style sheets are changed to name the others so."""
    plain = {name: raw for name, raw in files.items() if not name.endswith(".css")}
    urls = {name: _url(name, raw) for name, raw in sorted(plain.items())}
    sheets = {name: _rewritten(name, files[name], urls) for name in sorted(set(files) - set(plain))}
    urls |= {name: _url(name, raw) for name, raw in sheets.items()}
    return Assets(urls, {**plain, **sheets})


def _url(name: str, raw: bytes) -> str:
    path = PurePosixPath(name)
    if path.suffix == ".txt":  # licences keep their names
        return FOLDER + quote(name)
    stamp = blake2b(raw, digest_size=5).hexdigest()
    return FOLDER + quote(str(path.with_name(f"{path.stem}.{stamp}{path.suffix}")))


def _rewritten(sheet: str, raw: bytes, urls: Mapping[str, str]) -> bytes:
    folder = posixpath.dirname(FOLDER + sheet)

    def renamed(match: re.Match[bytes]) -> bytes:
        path = posixpath.normpath(posixpath.join(folder, match[1].decode("utf-8", "replace")))
        url = urls.get(path.removeprefix(FOLDER))
        # The way from a sheet to a file stays relative: it holds wherever the site stands.
        return b"url(" + posixpath.relpath(url, folder).encode() + b")" if url else match[0]

    return _CSS_URL.sub(renamed, raw)

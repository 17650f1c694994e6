"""Static files under names that change with their content, so that a stale page never meets a new style sheet.

Style sheets and scripts name other files: url(fonts/a.woff2), import … from "./b.js". A name is of all that is
reached from there, so that a changed module changes the names of the modules that import it, round and round too.
Scripts are sent without their comments and their indentation, a fifth of what they weigh.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import PurePosixPath
from urllib.parse import quote

from factarchive.archive.entries import digest_of

_NAMES = {  # by ending: what comes before the name of another file, the name, what comes after it
    ".css": re.compile(rb"""(url\(\s*["']?)(?!data:|https?:|#)([^"')?#]+)(["']?\s*\))"""),
    ".js": re.compile(rb"""(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}/[^"'?#]+)(["'])"""),
}
_COMMENT = re.compile(rb"""\s//\s[^"'`/\\]*$""")  # at a line's end; one that could stand in a text stays
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
    """The static files under names of their content; style sheets and scripts are changed to name the others so."""
    files = {name: _lightened(raw) if name.endswith(".js") else raw for name, raw in files.items()}
    named = {name: _named(name, raw, files) for name, raw in files.items()}
    urls = {name: _url(name, [files[n] for n in _reached(name, named)]) for name in sorted(files)}
    return Assets(urls, {name: _rewritten(name, raw, urls) for name, raw in files.items()})


def _lightened(script: bytes) -> bytes:
    """A script without comments and indentation; as it is where a text of it may run over several lines."""
    lines = script.split(b"\n")
    if any(line.count(b"`") % 2 or line.endswith(b"\\") for line in lines):
        return script
    bare = (_COMMENT.sub(b"", line).strip(b" \t") for line in lines)
    return b"\n".join(line for line in bare if line and not line.startswith(b"//"))


def _named(name: str, raw: bytes, files: Mapping[str, bytes]) -> set[str]:
    """The files that a file names."""
    pattern = _NAMES.get(PurePosixPath(name).suffix)
    found = (_resolved(name, match[2]) for match in pattern.finditer(raw)) if pattern else ()
    return {other for other in found if other in files}


def _resolved(name: str, reference: bytes) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), reference.decode("utf-8", "replace")))


def _reached(name: str, named: Mapping[str, set[str]]) -> list[str]:
    """The file itself, then all that it leads to, in order of their names."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        waiting += named[last := waiting.pop()] - reached - {last}
        reached.add(last)
    return [name, *sorted(reached - {name})]


def _url(name: str, contents: Sequence[bytes]) -> str:
    path = PurePosixPath(name)
    if path.suffix == ".txt":  # licences keep their names
        return FOLDER + quote(name)
    stamp = blake2b(digest_size=5)
    for raw in contents:
        stamp.update(raw)
    return FOLDER + quote(str(path.with_name(f"{path.stem}.{stamp.hexdigest()}{path.suffix}")))


def _rewritten(name: str, raw: bytes, urls: Mapping[str, str]) -> bytes:
    pattern = _NAMES.get(PurePosixPath(name).suffix)
    folder = posixpath.dirname(FOLDER + name)

    def renamed(match: re.Match[bytes]) -> bytes:
        url = urls.get(_resolved(name, match[2]))
        if not url:
            return match[0]
        # The way from file to file stays relative: it holds wherever the site stands.
        way = posixpath.relpath(url, folder)
        return match[1] + (way if match[2][:1] != b"." or way[0] == "." else f"./{way}").encode() + match[3]

    return pattern.sub(renamed, raw) if pattern else raw

"""Writing the site: only what differs, each file whole, and nothing touched that is not recorded as ours.

Ownership lives in a manifest inside the site's folder, written before the files it names, so that it survives a
kill and the loss of the build's memory. A file that stands in our way and is not in the manifest is somebody's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from factarchive.problems import Problem, problem
from factarchive.state import digest_bytes

MANIFEST = ".factarchive"
_DRAFT = ".factarchive.new"  # one name: a killed write leaves this file only, and the next write takes it over
_HEADER = "# Files of this folder that factarchive wrote and may remove. One path a line."


@dataclass(frozen=True, slots=True)
class Manifest:
    """The paths inside a site's folder that we wrote, and the digest of the record of them."""

    paths: frozenset[str]
    digest: str


def read_manifest(folder: Path) -> Manifest:
    """What the folder records as ours; nothing where there is no readable record."""
    try:
        raw = (folder / MANIFEST).read_bytes()
        lines = raw.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return Manifest(frozenset(), "")
    return Manifest(frozenset(line for line in lines if line and not line.startswith("#")), digest_bytes(raw))


def record(folder: Path, paths: Iterable[str]) -> Manifest:
    """Write the manifest where it differs."""
    wanted = "\n".join([_HEADER, *sorted(paths)]) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, MANIFEST, wanted.encode("utf-8"))
    return read_manifest(folder)


def foreign(folder: Path, files: Iterable[tuple[str, bytes]], ours: frozenset[str]) -> tuple[Problem, ...]:
    """What stands where these would be written and is not ours: another's file, a link out of the folder."""
    return tuple(
        problem(f"{folder.name}/{path}", "output-not-ours")
        for path, raw in files
        if not _leads_inside(folder, path)
        or (path not in ours and _is_there(folder / path) and _bytes(folder / path) != raw)
    )


def strangers(folder: Path, paths: Collection[str]) -> tuple[str, ...]:
    """The files of a folder without a manifest that are not among these: of unknown origin, so they are kept."""
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple(name for name in found if name not in paths and name != MANIFEST)


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write each file whose bytes differ, atomically; return how many were written."""
    return sum(_write(folder, path, raw) for path, raw in files)


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Remove files of ours, and folders that this leaves empty; a path that leads outside the folder is left alone."""
    for path in paths:
        target = folder / path
        if _leads_inside(folder, path) and not target.is_dir():
            target.unlink(missing_ok=True)
            _remove_empty(target.parent, folder)


def _leads_inside(folder: Path, path: str) -> bool:
    """Whether a path stays in the folder, on paper and on disk, where a link may lead elsewhere."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        return False
    return (folder / path).parent.resolve().is_relative_to(folder.resolve())


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and root in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _write(folder: Path, path: str, raw: bytes) -> bool:
    target = folder / path
    if _bytes(target) == raw:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = folder / _DRAFT
    draft.unlink(missing_ok=True)
    with draft.open("xb") as file:  # never through a link that somebody laid there
        file.write(raw)
    draft.replace(target)
    return True


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def is_foreign(folder: Path, path: str, ours: frozenset[str]) -> bool:
    """Whether something stands where a file would be written, and is not recorded as ours."""
    return path not in ours and _is_there(folder / path)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()

"""Files that are made and not yet written, held on disk: a whole site may be more than fits into memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path


class Spool:
    """Paths with their bytes, in the order in which they came; use as a context, which takes the disk's room back."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  closed at the end of the context
        self._parts: list[tuple[str, int, int]] = []

    def add(self, path: str, raw: bytes) -> None:
        """Hold one more file."""
        self._parts.append((path, self._file.tell(), len(raw)))
        self._file.write(raw)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for path, start, size in self._parts:
            self._file.seek(start)
            yield path, self._file.read(size)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

"""Where the time of a build went, stage by stage, for `--timings`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up the seconds of named stages; what runs between them is theirs alone, since stages do not nest."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside as this stage's."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] = self._seconds.get(name, 0.0) + time.perf_counter() - started

    def lines(self, whole: float) -> Iterator[str]:
        """A line for each stage in the order in which they began, its share of `whole` seconds, and what is left."""
        for name, seconds in (*self._seconds.items(), ("the rest", whole - sum(self._seconds.values()))):
            yield f"{seconds:8.2f} s  {seconds / whole:4.0%}  {name}"

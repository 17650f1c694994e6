"""Columns: rows of a table for a terminal, laid out from the right, each cell as wide as it is seen to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

__all__ = ["RTL", "Cell", "on_one_line", "row_lines", "width_of", "wrapped"]

# A line that begins with a digit or a Latin name would be laid out from the left.
RTL = "\u200f"

Cell = list[str]


def width_of(text: str) -> int:
    """How many columns a text takes: marks and controls none, wide letters two."""
    shown = (c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc"))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)


def row_lines(cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[str]:
    """The lines of a row; every cell but the last is filled up to its column's width."""
    for parts in zip_longest(*cells, fillvalue=""):
        filled = [part + " " * (width - width_of(part)) for part, width in zip(parts, widths, strict=False)]
        yield RTL + "  ".join((*filled, parts[-1])).rstrip()


def wrapped(text: str, room: int) -> Cell:
    """The text in lines of so many columns, cut at blanks; a longer word is a line of its own."""
    lines: Cell = [""]
    used = 0
    for word in text.split(" "):
        width = width_of(word)
        if lines[-1] and used + 1 + width > room:
            lines.append("")
            used = 0
        lines[-1] += f" {word}" if lines[-1] else word
        used += width + 1 if used else width
    return lines


def on_one_line(text: str) -> str:
    """The text with blanks of any kind as one, and no sign that a terminal would obey."""
    return "".join(c for c in " ".join(text.split()) if unicodedata.category(c) != "Cc")

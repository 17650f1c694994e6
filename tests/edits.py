"""How cases spoil a good text: lines taken out and lines put in their place."""

from __future__ import annotations


def changed(text: str, change: str) -> str:
    """The text with the `-` lines of each block replaced by its `+` lines; an empty line parts blocks."""
    for block in change.split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        old = "".join(f"{line[1:]}\n" for line in lines if line.startswith("-"))
        new = "".join(f"{line[1:]}\n" for line in lines if line.startswith("+"))
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text

"""Texts of the project's own, whole and spoilt: what the tests of any text and the benchmark read.

Nothing here is random: the same number gives the same text on every machine.
"""

from __future__ import annotations

import random
from pathlib import Path

HERE = Path(__file__).parent
# Presentation forms, tatweel, marks, bidi controls, quotes of every kind, ends of lines, half a pair.
SIGNS = tuple(
    "«»“”\"‹›‘’'،؛:.…!؟()[]{}–-/ـ\u064b\u0651\u0670\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202e"
)
SIGNS += ("\u2066", "\u2067", "\u2069", "\ufeff", "\ufefb", "\ufdfa", "\ufe8e", "\u00a0", "\u2028", "\r", "\r\n", "\n")
SIGNS += (
    "\0",
    "\ud800",
    "\udfff",
    "\U0001f600",
    "٣٫٥",
    "۱۲",
    "1.000.000",
    "9ر10",
    "%",
    "قال: «",
    "» قال",
    "..",
    "«..»",
)


def real_texts() -> tuple[str, ...]:
    """The seeds and the articles of the test cases."""
    seeds = sorted((HERE.parent / "seeds").glob("*.txt"))
    cases = sorted((HERE / "cases" / "articles").glob("*.txt"))
    return tuple(_read(path) for path in seeds) + tuple(_text_of(_read(path)) for path in cases)


def spoilt(text: str, seed: int) -> str:
    """The text with words dropped, said twice, moved, and signs put in; the number decides which."""
    chance = random.Random(seed)
    parts = text.split(" ")
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(parts))
        change = chance.randrange(5)
        if change == 0 and len(parts) > 1:
            del parts[at]
        elif change == 1:
            parts.insert(at, parts[at])
        elif change == 2:
            parts[at] += chance.choice(SIGNS)
        elif change == 3:
            cut = chance.randrange(len(parts[at]) + 1)
            parts[at] = parts[at][:cut] + chance.choice(SIGNS) + parts[at][cut:]
        else:
            other = chance.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
    return " ".join(parts)


def long_text(size: int) -> str:
    """So many characters of the real texts' paragraphs, shuffled anew each time that they are used up."""
    paragraphs = [line for text in real_texts() for line in text.split("\n") if line.strip()]
    chance = random.Random(0)
    made: list[str] = []
    length = 0
    while length < size:
        chance.shuffle(paragraphs)
        for line in paragraphs:
            made.append(line)
            length += len(line) + 1
            if length >= size:
                break
    return "\n".join(made)[:size]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig")


def _text_of(case: str) -> str:
    """A case's article, without its comments and what is found in it."""
    return "\n".join(line for line in case.split("\n") if not line.startswith("#")).split("\n.\n")[0]

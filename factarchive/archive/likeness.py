"""How like two stems are: by their trigrams, by one slip of the finger, by their beginning."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["dice", "is_slip"]


@lru_cache(1 << 16)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"^{word}$"
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def dice(one: str, other: str) -> float:
    """The share of trigrams that two words have in common, from 0 to 1."""
    a, b = _trigrams(one), _trigrams(other)
    return 2 * len(a & b) / (len(a) + len(b))


def is_slip(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, make one word of the other."""
    a, b = (one, other) if len(one) >= len(other) else (other, one)
    i = 0
    while i < len(b) and a[i] == b[i]:
        i += 1
    if len(a) > len(b):
        return a[i + 1 :] == b[i:]
    if a == b:
        return False
    return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])

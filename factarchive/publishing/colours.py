"""A newsroom's own accent over the theme's style sheet, and whether it can be read there (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["CONTRAST", "Faint", "colours_of", "contrast", "faint", "tinted"]

CONTRAST = 4.5
"""The least ratio between a text and its ground (WCAG 2.2, level AA)."""
_GROUNDS = ("paper", "sheet", "shade")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?)\b")
_DARK = re.compile(r":root\[data-theme=dark\]\s*\{([^}]*)\}")
# Which custom properties of the theme a setting changes, and in which of its two palettes.
_SETTINGS = {"accent": False, "accent_dark": True}
_CHANGED = ("accent", "link")


@dataclass(frozen=True, slots=True)
class Faint:
    """A colour that cannot be read on one of the theme's grounds."""

    setting: str
    colour: str
    ground: str
    ratio: float


def colours_of(style: str, *, dark: bool = False) -> Mapping[str, str]:
    """The colours that a style sheet names first, by name (`paper`, a verdict's id): its light theme's, or its dark."""
    block = _DARK.search(style) if dark else None
    found: dict[str, str] = {}
    for name, colour in _COLOUR.findall(block[1] if block else "" if dark else style):
        found.setdefault(name, colour)
    return found


def contrast(one: str, other: str) -> float:
    """The ratio between two colours as WCAG 2.2 defines it, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faint(style: str, colors: Mapping[str, str]) -> Iterator[Faint]:
    """The colours set that cannot be read on a ground of the theme."""
    for setting, colour in colors.items():
        grounds = colours_of(style, dark=_SETTINGS[setting])
        for ground in _GROUNDS:
            ratio = contrast(colour, grounds[ground]) if ground in grounds else CONTRAST
            if ratio < CONTRAST:
                yield Faint(setting, colour, grounds[ground], ratio)


def tinted(style: str, colors: Mapping[str, str]) -> str:
    """The style sheet with these colours in the place of the theme's own accent."""
    rules = {_SETTINGS[key]: "".join(f"--{name}:{colour};" for name in _CHANGED) for key, colour in colors.items()}
    added = ""
    if False in rules:
        added += f":root{{{rules[False]}}}\n"
    if True in rules:
        added += f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{rules[True]}}}}}\n"
        added += f"@media screen{{:root[data-theme=dark]{{{rules[True]}}}}}\n"
    return style + added


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

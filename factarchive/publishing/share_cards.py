"""Share cards: a picture of 1200 by 630 of a ruled claim or an article, as social networks show it beside a link.

Pillow (MIT-CMU) draws them with raqm, which shapes Arabic and orders mixed lines as browsers do. Without raqm
there is no card at all, never one with unjoined letters. Pillow is imported in this module only, and late.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from factarchive.archive.verdicts import Verdict

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

__all__ = ["ICONS", "SIZE", "Card", "can_draw", "draw", "is_drawable"]

SIZE = (1200, 630)
"""Pixels, as Open Graph readers show a large card."""
_MARGIN = 72
_STRIPE = 18
_STAMP = (64, 86)  # top and height of the stamp
_WORDS = (186, 500)  # between which lines the words stand
_FOOT = 566  # the base line of the foot
_SIZES = (64, 58, 52, 46, 40, 35)  # of the words: the largest that fits
_LEADING = 1.62
_ICON = 64
ICONS = (*map(str, Verdict), "mark")
"""The silhouettes in the order in which they stand in icons.png."""
# What the two fonts hold; a text with anything else gets no card of its own.
_DRAWABLE = re.compile(
    "[\u0020-\u007e\u00a0-\u00ff\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\u200c-\u200f\u2010-\u2026\u202a-\u202e"
    "\u2030-\u203a\u2066-\u2069\u20ac\ufb50-\ufdff\ufe70-\ufefc]*"
)
# Three ramps from the paper and one from the stamp, in sixteen colours, so that a pixel takes half a byte.
_INK, _MUTED, _ACCENT, _ON = range(4)
_LEVELS = {_INK: (0, 1, 2, 3, 4, 5), _MUTED: (0, 6, 7, 8), _ACCENT: (0, 9, 10, 11), _ON: (12, 13, 14, 15)}


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: words, the verdict's id and label over them (none: an article), two texts at the foot."""

    words: str
    verdict: str
    label: str
    foot: str
    site: str

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is written on it."""
        return (self.words, self.label, self.foot, self.site)


@cache
def can_draw() -> str:
    """What stands for the libraries that draw Arabic here; empty where they cannot, and no card may be made."""
    from PIL import features

    if not (features.check("raqm") and features.check("fribidi")):
        return ""
    return " ".join(f"{name} {features.version(name)}" for name in ("pil", "raqm", "freetype2", "harfbuzz", "zlib"))


def is_drawable(card: Card) -> bool:
    """Whether the fonts have every letter of it."""
    return all(_DRAWABLE.fullmatch(text) for text in card.texts)


def draw(card: Card, colours: Mapping[str, str]) -> bytes:
    """The card as PNG, the same bytes for the same libraries; only where `can_draw` says so."""
    from PIL import Image

    canvas = Image.new("P", SIZE, 0)
    canvas.putpalette(_palette(card, colours))
    stamp = _LEVELS[_ON][0]
    canvas.paste(stamp, (0, 0, SIZE[0], _STRIPE))
    _stamp(canvas, card)
    _words(canvas, card.words)
    canvas.paste(_LEVELS[_MUTED][1], (_MARGIN, _FOOT - 52, SIZE[0] - _MARGIN, _FOOT - 51))
    _text(canvas, card.foot, (SIZE[0] - _MARGIN, _FOOT), (_font("ui", 30), _MUTED))
    width = round(_length(card.site, _font("ui", 32)))
    _text(canvas, card.site, (_MARGIN + width, _FOOT), (_font("ui", 32), _ACCENT))
    held = io.BytesIO()
    canvas.save(held, "PNG", bits=4, compress_level=6)
    return held.getvalue()


def _stamp(canvas: Image, card: Card) -> None:
    """The verdict's silhouette and word on its colour, at the beginning of the line."""
    if not card.label:
        canvas.paste(_shade(_icon("mark"), _ACCENT), (SIZE[0] - _MARGIN - _ICON, _STAMP[0] + 8))
        return
    font = _font("ui", 44)
    width = round(_length(card.label, font)) + _ICON + 68
    top, height = _STAMP
    right = SIZE[0] - _MARGIN
    canvas.paste(_LEVELS[_ON][0], (right - width, top, right, top + height))
    icon = _icon(card.verdict).resize((46, 46))
    canvas.paste(_shade(icon, _ON), (right - 28 - 46, top + 20))
    _text(canvas, card.label, (right - 28 - 46 - 20, top + 59), (font, _ON))


def _words(canvas: Image, words: str) -> None:
    """The words in the largest size whose lines fit, in the middle of their room."""
    room = _WORDS[1] - _WORDS[0]
    for size in _SIZES:
        font = _font("text", size)
        lines = _lines(words, font)
        if len(lines) * size * _LEADING <= room:
            break
    most = int(room // (size * _LEADING))
    if len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], font)]
    step = size * _LEADING
    top = _WORDS[0] + (room - step * len(lines)) / 2
    for number, line in enumerate(lines):
        _text(canvas, line, (SIZE[0] - _MARGIN, round(top + step * number + size * 1.1)), (font, _INK))


def _lines(words: str, font: FreeTypeFont) -> list[str]:
    """The words in lines that are no wider than the card's."""
    room = SIZE[0] - 2 * _MARGIN
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer, font) <= room:
            lines[-1] = longer
        else:
            lines += _pieces(word, font, room)
    return lines


def _pieces(word: str, font: FreeTypeFont, room: int) -> list[str]:
    """A word, cut where it is wider than a line."""
    pieces = [""]
    for letter in word if _length(word, font) > room else (word,):
        if pieces[-1] and _length(pieces[-1] + letter, font) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, font: FreeTypeFont) -> str:
    words = line.split()
    while len(words) > 1 and _length(" ".join(words) + "…", font) > SIZE[0] - 2 * _MARGIN:
        words.pop()
    return " ".join(words) + "…"


def _text(canvas: Image, text: str, at: tuple[int, int], pen: tuple[FreeTypeFont, int]) -> None:
    """A line that ends (at the left) where it ends, its right edge and base line at this point."""
    from PIL import Image, ImageDraw

    font, ramp = pen
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).text(at, text, 255, font, anchor="rs", direction="rtl", language="ar")
    if box := mask.getbbox():
        canvas.paste(_shade(mask.crop(box), ramp), box)


def _shade(mask: Image, ramp: int) -> Image:
    """A mask in the colours of a ramp."""
    levels = _LEVELS[ramp]
    top = len(levels) - 1
    return mask.point([levels[(value * top + 127) // 255] for value in range(256)], "L")


def _palette(card: Card, colours: Mapping[str, str]) -> list[int]:
    paper, on = _rgb(colours.get("paper", "#fff")), _rgb(colours.get("on", "#fff"))
    accent = _rgb(colours.get("accent", "#000"))
    stamp = _rgb(colours.get(card.verdict, "")) if card.label and card.verdict in colours else accent
    ramps = {
        _INK: (paper, _rgb(colours.get("ink", "#000"))),
        _MUTED: (paper, _rgb(colours.get("ink-2", "#555"))),
        _ACCENT: (paper, accent),
        _ON: (stamp, on),
    }
    entries = [[0, 0, 0]] * 16
    for ramp, levels in _LEVELS.items():
        first, last = ramps[ramp]
        for step, level in enumerate(levels):
            share = step / (len(levels) - 1)
            entries[level] = [round(a + (b - a) * share) for a, b in zip(first, last, strict=True)]
    return [part for entry in entries for part in entry]


def _rgb(colour: str) -> tuple[int, ...]:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    return tuple(int(digits[at : at + 2], 16) for at in (0, 2, 4))


def _length(text: str, font: FreeTypeFont) -> float:
    return font.getlength(text, direction="rtl", language="ar")


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(_part(f"{name}.ttf")), size, layout_engine=ImageFont.Layout.RAQM)


@cache
def _icon(name: str) -> Any:
    from PIL import Image

    top = ICONS.index(name) * _ICON
    return Image.open(io.BytesIO(_part("icons.png"))).convert("L").crop((0, top, _ICON, top + _ICON))


@cache
def _part(name: str) -> bytes:
    return (files("factarchive.publishing") / "card_parts" / name).read_bytes()

"""Makes what share cards are drawn with: two fonts that hold Arabic and Latin, and the silhouettes of the verdicts.

Run by hand, only when a font, a range or an icon changes: `python tools/cards.py` (needs npm, and the extra `fonts`).
The results are committed. Cards are drawn by a library that takes one font a line, so each font holds both scripts.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from fontTools.merge import Merger  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import RecordingPen  # type: ignore[import-untyped]
from fontTools.svgLib.path import parse_path  # type: ignore[import-untyped]
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from factarchive.publishing import share_cards
from factarchive.publishing.colours import colours_of
from factarchive.publishing.phrases import labels
from tools.fonts import ARABIC, ARABIC_EXTENDED, LATIN, LATIN_WESTERN, NASKH, PACKAGES, READEX, fetch, opened, subsetted

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "templates" / "static"
PARTS = ROOT / "factarchive" / "publishing" / "card_parts"
ICON = 64  # pixels a side
GRID = 20  # units a side, as the theme draws them
FINE = 8  # drawn this many times as large, then made small


def main() -> int:
    """Write both fonts and the sprite of silhouettes, and say how large each is."""
    PARTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for short, package in PACKAGES.items():
            fetch(package, folder / short)
        _save("ui.ttf", _font(folder, (READEX, "readex-pro-arabic-wght-normal"), 600, 1.0))
        _save("text.ttf", _font(folder, (NASKH, "noto-naskh-arabic-arabic-wght-normal"), 600, 0.88))
    _sprite().save(PARTS / "icons.png", optimize=True)
    print(f"icons.png  {(PARTS / 'icons.png').stat().st_size:,} bytes")
    _shared()
    return 0


def _shared() -> None:
    """The card of pages that have none of their own: «Who said what, and is it so?»."""
    colours = colours_of((THEME / "style.css").read_text(encoding="utf-8"))
    words = labels()["card"]["shared"]
    (THEME / "share.png").write_bytes(share_cards.draw(share_cards.Card(words, "", "", "", ""), colours))


def _font(folder: Path, arabic: tuple[str, str], weight: int, size: float) -> Any:
    """One weight of an Arabic font with Readex's Latin in it, the Latin at this share of its size."""
    first = _cut(folder / arabic[0] / "package" / "files" / f"{arabic[1]}.woff2", weight, (*ARABIC, *ARABIC_EXTENDED))
    latin = folder / READEX / "package" / "files" / "readex-pro-latin-wght-normal.woff2"
    second = _cut(latin, weight, (*LATIN, *LATIN_WESTERN))
    scale_upem(second, round(first["head"].unitsPerEm * size))
    second["head"].unitsPerEm = first["head"].unitsPerEm
    paths = []
    for number, font in enumerate((first, second)):
        paths.append(folder / f"{arabic[0]}-{number}.ttf")
        font.recalcTimestamp = False
        font.save(paths[-1])
    merged = Merger().merge([str(path) for path in paths])
    merged.recalcTimestamp = False
    merged["head"].created, merged["head"].modified = first["head"].created, first["head"].modified
    return merged


def _cut(file: Path, weight: int, ranges: Any) -> Any:
    font = instancer.instantiateVariableFont(opened(file), {"wght": weight})
    held = io.BytesIO()
    font.flavor = None
    font.save(held)
    codes = {code for low, high in ranges for code in range(low, high + 1)}
    return subsetted(opened(io.BytesIO(held.getvalue())), codes)


def _save(name: str, font: Any) -> None:
    font.save(PARTS / name)
    print(f"{name}  {(PARTS / name).stat().st_size:,} bytes")


def _sprite() -> Image.Image:
    """The silhouettes one below another, as masks."""
    source = (ROOT / "templates" / "_icons.html").read_text(encoding="utf-8")
    paths = dict(re.findall(r'"([\w-]+)": "([^"]+)"', source))
    sprite = Image.new("L", (ICON, ICON * len(share_cards.ICONS)))
    for row, verdict in enumerate(share_cards.ICONS):
        sprite.paste(_mask(paths[verdict]), (0, row * ICON))
    return sprite


def _mask(path: str) -> Image.Image:
    """A silhouette by the even-odd rule: what an odd number of its contours cover."""
    pen = RecordingPen()
    parse_path(path, pen)
    side = ICON * FINE
    whole = Image.new("1", (side, side))
    for contour in _contours(pen.value):
        one = Image.new("1", (side, side))
        ImageDraw.Draw(one).polygon([(x * side / GRID, y * side / GRID) for x, y in contour], fill=1)
        whole = ImageChops.logical_xor(whole, one)
    return whole.convert("L").resize((ICON, ICON), Image.Resampling.BOX)


def _contours(steps: list[tuple[str, tuple[Any, ...]]]) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = []
    for name, points in steps:
        if name == "moveTo":
            found.append([points[0]])
        elif name == "lineTo":
            found[-1].append(points[0])
        elif name == "curveTo":
            start = found[-1][-1]
            found[-1] += [_bezier((start, *points), step / 16) for step in range(1, 17)]
    return found


def _bezier(points: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    a, b, c, d = points
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )


if __name__ == "__main__":
    sys.exit(main())

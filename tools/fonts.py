"""Makes the theme's fonts: whole Unicode blocks cut from two open fonts, never cut to what an archive happens to say.

Run by hand, and only when a font or a range changes: `python tools/fonts.py` (needs npm, and the extra `fonts`).
The results are committed. Same packages, same bytes.

Readex Pro and Noto Naskh Arabic are under the SIL Open Font License 1.1 and reserve no name, so that a subset may
keep it. Every part of a family has one range of weights: browsers join parts into one face only then.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib import instancer  # type: ignore[import-untyped]

FONTS = Path(__file__).resolve().parent.parent / "templates" / "static" / "fonts"
WEIGHTS = (400, 700)

Ranges = tuple[tuple[int, int], ...]

ARABIC: Ranges = (
    (0x0020, 0x0020),
    (0x00A0, 0x00A0),
    (0x0600, 0x06FF),
    (0x200C, 0x200F),  # joiners and direction marks
    (0x202A, 0x202E),
    (0x2066, 0x2069),
    (0x25CC, 0x25CC),  # what a mark that stands alone is shown on
    (0xFD3E, 0xFD3F),  # ornate brackets
)
ARABIC_EXTENDED: Ranges = ((0x0750, 0x077F), (0x0870, 0x08FF), (0xFB50, 0xFD3D), (0xFD40, 0xFDFF), (0xFE70, 0xFEFC))
LATIN: Ranges = (
    (0x0020, 0x007E),
    (0x00A0, 0x00A0),
    (0x00A7, 0x00A9),
    (0x00AB, 0x00AB),
    (0x00B0, 0x00B1),
    (0x00B7, 0x00B7),
    (0x00BB, 0x00BB),
    (0x00D7, 0x00D7),
    (0x2010, 0x2026),
    (0x2030, 0x203A),
    (0x20AC, 0x20AC),
)
# Fontsource keeps the letters of Western Europe and some signs in its first Latin file.
LATIN_WESTERN: Ranges = (
    (0x00A1, 0x00FF),
    (0x0131, 0x0131),
    (0x0152, 0x0153),
    (0x02C6, 0x02DC),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)
LATIN_EXTENDED: Ranges = ((0x00A1, 0x024F), (0x0300, 0x036F), (0x1E00, 0x1EFF), (0x2074, 0x209F), (0x2100, 0x22FF))


@dataclass(frozen=True)
class Cut:
    """One file to make: from which package and file, and which characters of it."""

    name: str
    package: str
    file: str
    ranges: Ranges

    @property
    def codes(self) -> frozenset[int]:
        """Every code point asked for; a font that lacks some gives what it has."""
        return frozenset(code for low, high in self.ranges for code in range(low, high + 1))


READEX, NASKH = "readex-pro", "noto-naskh-arabic"
PACKAGES = {READEX: "@fontsource-variable/readex-pro@5.3.0", NASKH: "@fontsource-variable/noto-naskh-arabic@5.3.0"}
CUTS = (
    Cut("readex-arabic", READEX, "readex-pro-arabic-wght-normal.woff2", ARABIC),
    Cut("readex-latin", READEX, "readex-pro-latin-wght-normal.woff2", LATIN),
    Cut("readex-latin-western", READEX, "readex-pro-latin-wght-normal.woff2", LATIN_WESTERN),
    Cut("readex-latin-extended", READEX, "readex-pro-latin-ext-wght-normal.woff2", LATIN_EXTENDED),
    Cut("naskh-arabic", NASKH, "noto-naskh-arabic-arabic-wght-normal.woff2", ARABIC),
    Cut("naskh-arabic-extended", NASKH, "noto-naskh-arabic-arabic-wght-normal.woff2", ARABIC_EXTENDED),
)


def main() -> int:
    """Fetch the packages, cut every font, put each licence beside them, and say how large each is."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for short, package in PACKAGES.items():
            fetch(package, Path(folder) / short)
        for cut in CUTS:
            raw = _cut(Path(folder) / cut.package / "package" / "files" / cut.file, cut.codes)
            (FONTS / f"{cut.name}.woff2").write_bytes(raw)
            print(f"{cut.name}.woff2  {len(raw):,} bytes")
        for short in PACKAGES:
            licence = (Path(folder) / short / "package" / "LICENSE").read_text(encoding="utf-8")
            (FONTS / f"OFL-{short}.txt").write_text(licence, encoding="utf-8", newline="\n")
    return 0


def fetch(package: str, folder: Path) -> None:
    """Unpack an npm package into a new folder."""
    folder.mkdir()
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")


def _cut(file: Path, codes: Iterable[int]) -> bytes:
    font = _reread(instancer.instantiateVariableFont(opened(file), {"wght": WEIGHTS}))
    font = subsetted(font, codes)
    font.flavor = "woff2"
    return _bytes(font)


def subsetted(font: Any, codes: Iterable[int]) -> Any:
    """The font with these characters only, and all that it does with them."""
    options = subset.Options(
        layout_features=["*"],
        name_IDs=["*"],
        name_languages=["*"],
        notdef_outline=True,
        hinting=False,
        ignore_missing_unicodes=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def opened(source: Path | io.BytesIO) -> Any:
    """A font that keeps its time stamp."""
    # Without a new time stamp, or each run would give other bytes.
    return TTFont(source, recalcTimestamp=False)


def _reread(font: Any) -> Any:
    """The same font from its own bytes: cutting one whose axes were just narrowed misses glyphs not yet loaded."""
    return opened(io.BytesIO(_bytes(font)))


def _bytes(font: Any) -> bytes:
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()


if __name__ == "__main__":
    sys.exit(main())

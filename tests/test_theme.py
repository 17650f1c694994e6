"""The theme by itself: fit for Arabic, readable in both themes, complete for the scale, light enough to send."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from factarchive.archive.verdicts import Verdict
from factarchive.publishing.colours import contrast, faint, tinted

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
STATIC = TEMPLATES / "static"
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")
SHEETS = [STYLE, *((STATIC / f"{name}/page.css").read_text(encoding="utf-8") for name in ("search", "check"))]
EACH = [re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL) for sheet in SHEETS]
RULES = EACH[0]
VERDICTS = [str(v) for v in Verdict]
KIB = 1024

# ---------------------------------------------------------------- a style sheet for Arabic

BOX = r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)"
PHYSICAL = re.compile(
    rf"(?<![\w-])(?:{BOX}-(?:left|right|top|bottom)[\w-]*|border-(?:top|bottom)-(?:left|right)-radius"
    r"|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)


def physical(css: str) -> list[str]:
    """What names a side or an axis of the screen; a media query may ask for its width."""
    return PHYSICAL.findall(re.sub(r"@media[^{]+", "@media", css))


@pytest.mark.parametrize("rules", EACH, ids=["every page", "search", "check"])
def test_a_style_sheet_names_no_side_of_the_screen(rules):
    assert physical(rules) == []


@pytest.mark.parametrize(
    "bad", ["a{margin-left:0}", "a{right:0}", "a{width:1px}", "a{text-align:left}", "a{border-top-left-radius:1px}"]
)
def test_a_side_of_the_screen_would_be_seen(bad):
    assert len(physical(bad)) == 1


@pytest.mark.parametrize("rules", EACH, ids=["every page", "search", "check"])
def test_letters_are_never_spaced_out_stretched_or_slanted(rules):
    spacings = {value.strip() for value in re.findall(r"letter-spacing\s*:\s*([^;}]+)", rules)}

    assert spacings <= {"normal"}
    assert not re.search(r"justify\s*[;}]|text-align\s*:\s*justify|italic|oblique|text-transform", rules)


def test_every_part_of_a_font_family_has_the_same_range_of_weights():
    # Otherwise a browser does not join them into one face, and digits fall back to another font.
    faces = re.findall(r"@font-face {([^}]+)}", STYLE)
    weights = {(re.search(r"family: (\w+)", f)[1], re.search(r"weight: ([\d ]+)", f)[1]) for f in faces}

    assert weights == {("Naskh", "400 700"), ("Readex", "400 700")}


# ---------------------------------------------------------------- colours


def palette(block: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", block)}


def blocks(selector: str) -> list[dict[str, str]]:
    found = re.findall(rf"{re.escape(selector)} {{([^}}]+)}}", RULES)
    return [colours for block in found if (colours := palette(block))]


LIGHT, PAPER = blocks(":root")
DARK = blocks(":root[data-theme=dark]")[0]
THEMES = {"light": LIGHT, "dark": DARK, "paper": {**LIGHT, **PAPER}}
GROUNDS = ("paper", "sheet", "shade")
PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "link", "accent", "focus") for ground in GROUNDS),
    *((verdict, ground) for verdict in VERDICTS for ground in GROUNDS),
    *(("on", verdict) for verdict in VERDICTS),
    ("hit-ink", "hit"),
    ("paper", "ink"),
]


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_every_ground(theme):
    colours = THEMES[theme]
    faint = {pair: ratio for pair in PAIRS if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5}

    assert faint == {}


def test_the_dark_theme_is_one_whether_the_system_or_the_reader_asks_for_it():
    assert blocks(":root:not([data-theme=light])") == [DARK] and set(DARK) == set(LIGHT)


def test_a_newsrooms_accent_must_be_readable_on_every_ground():
    style = (STATIC / "style.css").read_text(encoding="utf-8")

    assert list(faint(style, {"accent": "#7a1f5c", "accent_dark": "#f0a8d8"})) == []
    (told, *_) = faint(style, {"accent": "#ffcc00"})
    assert (told.setting, told.ratio < 2) == ("accent", True)
    assert [found.setting for found in faint(style, {"accent_dark": "#7a1f5c"})] == ["accent_dark"] * 3
    assert palette(tinted(style, {"accent": "#7a1f5c"}))["accent"] == "#7a1f5c"  # the last one wins


# ---------------------------------------------------------------- the scale


def icons() -> dict[str, str]:
    return dict(re.findall(r'"([\w-]+)": "([^"]+)"', (TEMPLATES / "_icons.html").read_text(encoding="utf-8")))


def test_every_verdict_has_a_silhouette_of_its_own():
    shapes = [icons()[verdict] for verdict in VERDICTS]

    assert len(set(shapes)) == len(VERDICTS)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_verdict_has_a_hue_of_its_own(theme):
    used = dict(re.findall(r"\.v-([\w-]+) { --v: var\(--([\w-]+)\) }", RULES))

    # What another desk has reviewed is no verdict, and looks like none of them.
    states = [*VERDICTS, "elsewhere"]

    assert used == {state: state for state in states}
    assert len({theme[state] for state in states}) == len(states)


def test_a_machines_proposal_says_so_and_has_no_stamp():
    parts = (TEMPLATES / "_parts.html").read_text(encoding="utf-8")
    proposal = parts.partition("macro proposal")[2].partition("endmacro")[0]

    assert "اقتراح آلي لم يراجعه محرر" in proposal
    assert "verdict" not in proposal and "stamp" not in proposal


# ---------------------------------------------------------------- fonts


def codes(font: str) -> set[int]:
    return set(TTFont(STATIC / "fonts" / f"{font}.woff2").getBestCmap())


LETTERS = {*range(0x621, 0x63B), *range(0x641, 0x656), 0x670, 0x671}
MARKS = {ord(mark) for mark in "،؛؟٠١٢٣٤٥٦٧٨٩٪"}
BASIC = {*range(0x20, 0x7F)} | {ord(sign) for sign in "«»‹›“”‘’–—…·×°"}


@pytest.mark.parametrize(
    ("font", "wanted"),
    [
        ("naskh-arabic", {*range(0x600, 0x700), *range(0xFD3E, 0xFD40)}),
        ("naskh-arabic-extended", {*range(0x750, 0x780), 0xFDF2, 0xFDFA, *range(0xFE80, 0xFEFD)}),
        ("readex-arabic", LETTERS | MARKS),
        ("readex-latin", BASIC),
        ("readex-latin-western", {*range(0xC0, 0xD7), *range(0xD8, 0x100), *map(ord, "ıŒœ™")}),
        ("readex-latin-extended", {*map(ord, "āăąćčĉđēęěğģīİķłńňőřśšşţťūůűźżžȘș")}),
    ],
)
def test_a_font_has_whole_blocks_not_what_the_archive_says_today(font, wanted):
    assert {hex(code) for code in wanted - codes(font)} == set()


def test_every_font_has_its_licence_beside_it():
    licences = [path.read_text(encoding="utf-8") for path in sorted((STATIC / "fonts").glob("OFL-*.txt"))]

    assert len(licences) == 2 and all("SIL OPEN FONT LICENSE Version 1.1" in text for text in licences)
    assert not any("with Reserved Font Name" in text for text in licences)


# ---------------------------------------------------------------- what a visit costs


@pytest.mark.parametrize(
    ("name", "most"),
    [("style.css", 7 * KIB), ("app.js", 3 * KIB), ("search/page.css", 2 * KIB), ("check/page.css", 1.2 * KIB)],
)
def test_a_file_of_the_theme_stays_small(name, most):
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= most


def test_what_blocks_the_first_paint_is_tiny():
    assert len((STATIC / "theme.js").read_bytes()) <= 300


def test_the_fonts_of_a_first_view_stay_light():
    first = ("readex-arabic", "readex-latin", "naskh-arabic")

    assert sum((STATIC / "fonts" / f"{name}.woff2").stat().st_size for name in first) <= 76 * KIB


# ---------------------------------------------------------------- templates


@pytest.mark.parametrize("template", sorted(p.name for p in TEMPLATES.glob("*.*")))
def test_a_template_trusts_no_text_and_styles_nothing_in_line(template):
    source = (TEMPLATES / template).read_text(encoding="utf-8")

    assert not re.search(r"\|\s*safe\b|autoescape", source)
    assert not re.search(r"\sstyle=|\son\w+=\"|<style|javascript:", source)

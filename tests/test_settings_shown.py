"""What a newsroom sets is what its pages show: colours, links over every page, accounts elsewhere."""

from __future__ import annotations

import pytest

from factarchive.config import read_settings
from factarchive.problems import Refused
from tests.conftest import Archive, rules

HEAD = '[tool.factarchive]\ntitle = "أرشيف"\n'


def styles(archive: Archive) -> str:
    return "".join(raw.decode() for name, raw in archive.files().items() if name.startswith("static/style"))


def test_an_accent_replaces_the_themes_in_both_palettes(archive: Archive) -> None:
    archive.write("pyproject.toml", HEAD + '[tool.factarchive.colors]\naccent = "#7a1f5c"\naccent_dark = "#f0a8d8"\n')
    archive.build()

    assert "--accent:#7a1f5c" in styles(archive) and styles(archive).count("--accent:#f0a8d8") == 2


def test_a_colour_that_cannot_be_read_stops_the_build_and_leaves_the_site(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    archive.write("pyproject.toml", HEAD + '[tool.factarchive.colors]\naccent = "#ffcc00"\n')
    report = archive.build()

    assert set(rules(report)) == {"faint-colour"} and not report.published
    assert archive.files() == before


def test_own_links_stand_over_every_page_in_their_order(archive: Archive) -> None:
    links = '"من نحن" = "/about/"\n"البحث" = "/search/"\n'  # «about us», «search»
    archive.write("pyproject.toml", HEAD + f"[tool.factarchive.navigation]\n{links}")
    archive.build()
    top = archive.page("/").partition("<main")[0]

    assert top.index('href="/repo/about/"') < top.index('href="/repo/search/"') and "/repo/speakers/" not in top


def test_accounts_elsewhere_stand_at_the_foot(archive: Archive) -> None:
    archive.write("pyproject.toml", HEAD + '[tool.factarchive.social]\n"تلغرام" = "https://t.me/desk"\n')
    archive.build()

    assert '<a href="https://t.me/desk" rel="me">تلغرام</a>' in archive.page("/").partition("<footer")[2]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("colors", 'accent = "red"'),
        ("colors", 'acent = "#000000"'),
        ("navigation", '"أ" = "javascript:alert(1)"'),
        ("social", '"أ" = "t.me/desk"'),
        ("social", '"أ" = 1'),
    ],
)
def test_a_table_with_an_entry_that_cannot_be_is_told(archive: Archive, table: str, line: str) -> None:
    archive.write("pyproject.toml", HEAD + f"[tool.factarchive.{table}]\n{line}\n")

    with pytest.raises(Refused) as refused:
        read_settings(archive.root)
    assert [found.rule for found in refused.value.problems] == ["bad-setting"]

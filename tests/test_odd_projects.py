"""What a review found: keys that lacked an input, and texts that ended a build."""

from __future__ import annotations

import csv
import io
import shutil

import pytest

from factarchive.inputs import World
from factarchive.publishing import datasets
from tests.conftest import OPENED, Archive, rules


def is_clean(archive: Archive) -> bool:
    """Whether the site is the one of a build without a memory."""
    kept = archive.files()
    for part in ("site", ".cache"):
        shutil.rmtree(archive.root / part)
    archive.build()
    return kept == archive.files()


def test_other_code_makes_the_rows_of_the_data_files_anew(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.build()
    row_of = datasets._csv_row
    monkeypatch.setattr(datasets, "_csv_row", lambda *given: row_of(*given) + ",new")
    monkeypatch.setattr(World, "versions", "others")
    archive.build()

    assert ",new" in archive.page("/data/claims.csv") and is_clean(archive)


def test_the_checksum_of_a_part_follows_the_settings_that_it_shows(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "WHOLE_MAX", 10)
    archive.build()
    archive.edit("pyproject.toml", "أرشيف", "أرشيف آخر")
    archive.build()

    assert is_clean(archive)


def test_a_summary_of_several_lines_stays_in_its_cell(archive: Archive) -> None:
    archive.edit("content/march.md", "summary: تؤيد قائمة", 'summary: "أ\\nب\\rج" #')
    archive.build()
    raw = archive.files()["data/claims.csv"].decode("utf-8-sig")

    assert {len(row) for row in csv.reader(io.StringIO(raw, newline=""))} == {len(datasets.COLUMNS)}


def test_a_claim_of_marks_alone_and_a_colour_of_four_digits_end_no_build(archive: Archive) -> None:
    archive.write("templates/static/style.css", ":root{--accent:#abcd;--paper:#fff0}")
    archive.edit("content/march.md", f"claim: {OPENED}", "claim: 'ـــ'")
    archive.edit("content/march.md", "verdict: true", "attribution: true")

    assert archive.build().published


@pytest.mark.parametrize("code", ["import sys; sys.exit(4)", "def v(*_):\n    raise ValueError('\\ud800')"])
def test_a_verifier_that_leaves_or_says_half_a_letter_ends_no_build(archive: Archive, code: str) -> None:
    head = "title: ت\nurl: https://example.org/r\ntier: primary\naccess: live\naccessed: 2025-04-02"
    archive.write("content/evidence/doc.md", f"---\n{head}\n---\nستفتتح 20 مدرسة أخرى.\n")
    archive.write("leaving.py", code)
    archive.write("pyproject.toml", '[tool.factarchive]\nverifier = "leaving:v"\n')
    report = archive.build()

    assert report.published and {"verifier-failed", "verifier-not-loaded"} & set(rules(report))

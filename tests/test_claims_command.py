"""`build.py claims`: one article in, its claims out, for programs and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factarchive.arabic.columns import width_of
from factarchive.cli import main

# «The minister Sami Haddad said that 12 schools were opened yesterday.»
ARTICLE = "افتتاح مدارس\r\nقال وزير التعليم سامي الحداد إن الوزارة افتتحت 12 مدرسة أمس.\r\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """An article with a byte order mark and the line ends of Windows."""
    path = tmp_path / "article.txt"
    path.write_bytes(ARTICLE.encode("utf-8-sig"))
    return path


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What the command prints as data."""
    assert main(["claims", *arguments, "--json"]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_every_offset_counts_characters_of_the_text_as_it_is_given_back(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = found(capsys, str(article), "--date", "2025-03-18")
    text, claims = data["text"], data["claims"]

    assert text == ARTICLE.replace("\r\n", "\n")
    assert claims
    assert [text[claim["start"] : claim["end"]] for claim in claims] == [claim["quote"] for claim in claims]


def test_a_claim_has_every_field_that_is_promised(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = found(capsys, str(article), "--date", "2025-03-18")
    claim = data["claims"][-1]

    assert list(data) == ["title", "published", "text", "claims"]
    assert list(claim) == [
        *("start", "end", "quote", "source", "speaker", "via", "cue", "form", "type"),
        *("numbers", "dates", "worth", "rules"),
    ]
    assert (claim["source"], claim["numbers"][0]["value"], claim["dates"]) == (
        "سامي الحداد",
        12,
        [{"text": "أمس", "value": "2025-03-17"}],
    )


def test_without_a_day_a_relative_date_stays_unresolved(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = found(capsys, str(article), "--date", "none")

    assert data["published"] is None
    assert data["claims"][-1]["dates"] == [{"text": "أمس", "value": None}]


def table(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines that the command prints for people."""
    assert main(["claims", *arguments]) == 0
    return capsys.readouterr().out.removesuffix("\n").split("\n")


def test_the_table_opens_with_title_day_and_count_and_tells_who_says_what(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title, about, blank, head, *rows = table(capsys, str(article), "--date", "2025-03-18")

    assert "افتتاح مدارس" in title
    assert ("18 مارس 2025" in about, blank) == (True, "")
    assert "القائل" in head
    assert any("سامي الحداد" in row and "●" in row and "12 مدرسة" in row for row in rows)


def test_on_request_the_table_shows_span_rules_and_wording(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = found(capsys, str(article), "--date", "2025-03-18")["claims"][-1]
    lines = table(capsys, str(article), "--date", "2025-03-18", "--why")

    assert any(f"{claim['start']}–{claim['end']}" in line and claim["cue"] in line for line in lines)
    assert any(" ".join(claim["rules"]) in line for line in lines)
    assert any("17 مارس 2025 (wording-date)" in line for line in lines)


def test_every_line_of_the_table_is_laid_out_from_the_right_and_cells_stand_under_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Marks, a Latin name, and words for more than one line: «Dr. Sāmī and NATO said that …»
    path = tmp_path / "a.txt"
    long = " ".join(["مدرسةً جديدةً"] * 12)
    path.write_text(f"NATO\n\nقال الوزيرُ سامي الحدّاد إن الوزارة افتتحت 12 {long}.\n", encoding="utf-8", newline="\n")
    lines = [line for line in table(capsys, str(path)) if line]
    claim = [line for line in lines if "مدرسة" in line]
    starts = {width_of(line[: line.index(line.split("  ")[-1].strip())]) for line in claim}

    assert all(line.startswith("\u200f") for line in lines)
    assert len(claim) > 1
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "لا ادعاءات"), (1, "ادعاء واحد"), (2, "ادعاءان"), (3, "3 ادعاءات"), (11, "11 ادعاءً"), (100, "100 ادعاء")],
)
def test_the_table_counts_in_the_six_forms(
    count: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # «The minister Sami Haddad said that the price rose by n per cent.»
    path = tmp_path / "a.txt"
    said = "\n".join(f"قال الوزير سامي حداد إن السعر ارتفع {n} بالمئة." for n in range(count))
    path.write_text(f"أخبار\n{said}\n", encoding="utf-8", newline="\n")

    assert table(capsys, str(path))[1].endswith(f" · {words}")


def test_a_file_that_is_not_there_ends_with_one_and_a_day_that_is_none_with_two(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", str(article.with_name("none.txt"))]) == 1
    with pytest.raises(SystemExit) as stop:
        main(["claims", str(article), "--date", "2025-02-30"])

    assert stop.value.code == 2

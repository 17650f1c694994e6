"""`build.py claims`: one article in, its claims out, for programs and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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


def test_the_table_says_who_and_what_and_on_request_why(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["claims", str(article), "--date", "2025-03-18"])
    short = capsys.readouterr().out
    main(["claims", str(article), "--date", "2025-03-18", "--why"])

    assert "سامي الحداد" in short
    assert len(capsys.readouterr().out) > len(short)


def test_a_file_that_is_not_there_ends_with_one_and_a_day_that_is_none_with_two(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", str(article.with_name("none.txt"))]) == 1
    with pytest.raises(SystemExit) as stop:
        main(["claims", str(article), "--date", "2025-02-30"])

    assert stop.value.code == 2

"""`build.py match`: a sentence or a message in, the ruled claims that it says again out."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from factarchive.cli import main
from factarchive.state import FILE
from tests.conftest import OPENED, PLANNED, Archive

# «The ministry opened 30 schools in March» where the claim has 12; and a message of three sentences around the claim.
OTHER = "افتتحت الوزارة 30 مدرسة في مارس"
MESSAGE = f"انظروا ماذا كتبوا! {OPENED}. هل سمعتم بهذا من قبل؟"


def found(archive: Archive, capsys: pytest.CaptureFixture[str], text: str, *options: str) -> dict[str, Any]:
    """What the command prints as data."""
    assert main(["match", text, "--json", *options], archive.root) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_a_ruled_claim_is_found_with_its_verdict_its_day_and_its_page(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    match, *others = found(archive, capsys, OPENED, "--base-url", "https://example.org/repo")["matches"]

    assert (match["confidence"], match["differences"]) == ("high", [])
    assert match["claim"]["words"] == OPENED
    assert (match["claim"]["verdict"], match["claim"]["label"]) == ("true", "صحيح")
    assert (match["claim"]["ruled_on"], match["claim"]["path"]) == ("2025-04-02", "/claims/april1/")
    assert match["claim"]["url"] == "https://example.org/repo/claims/april1/"
    assert match["claim"]["file"] == "content/april.md"
    assert [other["claim"]["id"] for other in others] == ["march1"]


def test_what_differs_is_told_with_both_spans(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    data = found(archive, capsys, f"خبر قديم. {OTHER}.")
    match = data["matches"][0]
    difference = match["differences"][0]
    here, there = difference["here"][0], difference["there"][0]

    assert difference["kind"] == "number"
    assert (here["text"], there["text"]) == (data["text"][here["start"] : here["end"]], "12 مدرسة")
    assert "30" in here["text"]
    assert match["claim"]["words"][there["start"] : there["end"]] == there["text"]
    assert match["sentence"]["text"].strip(" .") == OTHER


def test_each_sentence_of_a_message_is_looked_for(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    data = found(archive, capsys, MESSAGE)

    assert {match["sentence"]["text"].strip(" .") for match in data["matches"]} == {OPENED}
    assert all(data["text"][(s := m["sentence"])["start"] : s["end"]] == s["text"] for m in data["matches"])


def test_the_text_may_come_from_standard_input(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(MESSAGE))

    assert found(archive, capsys, "-") == found(archive, capsys, MESSAGE)


def test_what_nobody_has_ruled_on_is_no_match(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    ids = {match["claim"]["id"] for match in found(archive, capsys, f"{PLANNED}. {OPENED}.")["matches"]}

    assert ids == {"march1", "april1"}


def test_nothing_found_is_said_and_is_no_fault(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    # «The weather is fine today.» and no words at all
    for text in ("الطقس جميل اليوم", "، ؟", ""):
        assert main(["match", text], archive.root) == 0
        assert capsys.readouterr().out == "\u200fلم يُعثر في الأرشيف على ادعاء محكوم فيه يشبه هذا النص.\n"


def test_the_list_is_no_longer_than_wanted(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(found(archive, capsys, OPENED, "--limit", "1")["matches"]) == 1
    with pytest.raises(SystemExit) as stop:
        main(["match", OPENED, "--limit", "0"], archive.root)

    assert stop.value.code == 2


def test_people_read_a_table_from_the_right_with_what_differs_and_the_address_in_lines_of_their_own(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["match", OTHER, "--base-url", "https://example.org/repo/"], archive.root) == 0
    head, row, differs, address, *_ = capsys.readouterr().out.split("\n")

    assert all(line.startswith("\u200f") for line in (head, row, differs))
    assert ("الحكم" in head, "صحيح" in row, "2 أبريل 2025" in row, OPENED in row) == (True, True, True, True)
    assert ("العدد" in differs, "«30 مدرسة»" in differs, "«12 مدرسة»" in differs) == (True, True, True)
    assert address == "    https://example.org/repo/claims/april1/"


def test_a_match_needs_no_site_and_makes_none(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    found(archive, capsys, OPENED)

    assert not (archive.root / "site").exists()


def test_a_match_after_a_build_reads_no_content_and_one_after_an_edit_reads_what_changed(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.build()
    with monkeypatch.context() as patched:
        patched.setattr("factarchive.library.read_entry", lambda *_: pytest.fail("a content file was read"))
        before = found(archive, capsys, OPENED)["matches"]
    archive.edit("content/april.md", "verdict: true", "verdict: false")
    after = found(archive, capsys, OPENED)["matches"]

    assert [m["claim"]["verdict"] for m in before] == ["true", "true"]
    assert [m["claim"]["verdict"] for m in after] == ["false", "true"]


def test_the_loss_of_the_memory_changes_no_match(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.build()
    before = found(archive, capsys, OPENED)
    state = archive.root / ".cache" / FILE
    for spoilt in (b"", state.read_bytes()[:5000]):
        state.write_bytes(spoilt)

        assert found(archive, capsys, OPENED) == before


def test_a_file_with_a_fault_is_told_of_every_time_and_the_others_are_matched(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.edit("content/march.md", "verdict: true", "verdict: flase")
    for _ in range(2):
        assert main(["match", OPENED, "--json"], archive.root) == 1
        printed = capsys.readouterr()

        assert [m["claim"]["id"] for m in json.loads(printed.out)["matches"]] == ["april1"]
        assert "content/march.md" in printed.err

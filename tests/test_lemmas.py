"""The folded table of lemmas: the same from a file, and any file but the right one is made again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from factarchive.arabic import lemmas
from factarchive.arabic.lemmas import FILE, Packed, packed, read_kept

# "schools" and "school", and a word of two bytes a letter beside one of Latin.
TABLE = {"مدارس": "مدرسه", "مدرسه": "مدرسه", "wasa": "wasa"}
ASK = "import sys; from pathlib import Path; from factarchive.arabic import lemmas; lemmas.keep_in(Path(sys.argv[1]))"
ASK += "; print(lemmas.lemma_of(sys.argv[2]).encode())"


def asked(folder: Path, form: str) -> str:
    """What a process of its own says."""
    done = subprocess.run([sys.executable, "-c", ASK, str(folder), form], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_packed_table_is_the_table() -> None:
    read = Packed(packed(TABLE))

    assert {form: read.get(form) for form in TABLE} == TABLE
    assert [read.get(form) for form in ("", "مدار", "دارس", "مدرسه\tمدرسه", "\ud800")] == [None] * 5


@pytest.mark.parametrize("spoil", [lambda raw: raw[:-9], lambda raw: raw[:99] + b"?" + raw[100:], lambda raw: b""])
def test_a_damaged_table_is_no_table(spoil, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(spoil(packed(TABLE)))

    assert read_kept(tmp_path) is None


def test_a_table_of_another_version_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_bytes(packed(TABLE))
    assert read_kept(tmp_path)
    monkeypatch.setattr(lemmas, "version", lambda name: "0.0")

    assert read_kept(tmp_path) is None


def test_the_first_process_leaves_the_table_for_the_next_and_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / ".cache"
    first = asked(folder, "مدارس")
    whole = (folder / FILE).read_bytes()
    assert [path.name for path in folder.iterdir()] == [FILE]
    assert asked(folder, "مدارس") == first
    (folder / FILE).write_bytes(whole[:1000])
    assert asked(folder, "مدارس") == first

    assert (folder / FILE).read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file stands there", encoding="utf-8", newline="\n")

    assert asked(tmp_path / ".cache", "مدارس")

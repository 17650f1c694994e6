"""What people get wrong: every fault told at once, with its place; nothing published; the last good site stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factarchive.cli import main
from tests.conftest import Archive, rules

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"


def test_every_fault_of_every_file_is_told_in_one_run(archive: Archive) -> None:
    archive.write("content/yaml.md", "---\ntitle: [x\n---\nنص\n")
    archive.write("content/tab.md", "---\ntitle: x\n\tslug: y\n---\nنص\n")
    archive.write("content/empty.md", "")
    archive.edit("content/march.md", "topics: [التعليم]", "topisc: [التعليم]")
    archive.edit("content/march.md", "verdict: true", "verdict: flase")
    archive.edit("content/april.md", "as_of: 2025-04-02", "as_of: 2025-02-30")
    archive.edit("content/april.md", "quote: ستفتتح 20", "quote: ستغلق 20")
    report = archive.build()

    assert report.published is False
    assert [(str(p.place), p.rule) for p in sorted(report.problems) if p.severity == "error"] == [
        ("content/april.md:16:14", "bad-date"),
        ("content/april.md:21:12", "quote-missing"),
        ("content/empty.md:1", "front-matter-missing"),
        ("content/march.md:6:1", "unknown-key"),
        ("content/march.md:14:16", "unknown-verdict"),
        ("content/tab.md:3:1", "yaml-tab"),
        ("content/yaml.md:2:8", "yaml-syntax"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("      by: هيئة التحرير\n", "", "ruling-no-by"),
        ("      evidence: [{source: list, stance: supports, quote: اثنتا عشرة مدرسة}]\n", "", "ruling-no-evidence"),
        ("source: list,", "source: lost,", "unknown-source"),
        ("id: march2", "id: march1", "claim-id-twice"),
        ("slug: march", "slug: april", "duplicate-slug"),
        ("id: march1", "id: april1", "duplicate-claim-id"),
        ("title: مدارس", "title: [مدارس", "yaml-syntax"),
        ("claims:\n", "claims: 5\nextra:\n", "not-a-list"),
    ],
)
def test_a_fault_stops_the_publication_and_the_last_good_site_stays(
    archive: Archive, old: str, new: str, rule: str
) -> None:
    archive.build()
    before = archive.files()
    archive.edit("content/march.md", old, new)
    report = archive.build()

    assert (rule in rules(report), report.published, archive.files()) == (True, False, before)


def test_a_mended_file_is_published_again(archive: Archive) -> None:
    archive.build()
    archive.edit("content/march.md", "verdict: true", "verdict: flase")
    archive.build()
    archive.edit("content/march.md", "verdict: flase", "verdict: mixed")

    assert archive.build().published


def test_a_body_of_five_megabytes_is_refused_in_words(archive: Archive) -> None:
    archive.write("content/march.md", archive.read("content/march.md") + "نص " * 1_700_000)

    assert rules(archive.build()) == ["body-too-long"]


def test_a_loop_of_links_and_a_file_that_is_no_text_are_faults_of_their_own(archive: Archive) -> None:
    (archive.root / "content/loop.md").symlink_to("loop.md")
    (archive.root / "content/bytes.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n")
    (archive.root / "content/folders").mkdir()
    (archive.root / "content/folders/up").symlink_to(archive.root / "content")

    assert rules(archive.build()) == ["not-utf8", "unreadable-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_a_fault(archive: Archive) -> None:
    (archive.root / "content/march.md").chmod(0)

    assert rules(archive.build()) == ["unreadable-file"]


def test_hostile_markup_in_any_field_reaches_no_page_as_markup(archive: Archive) -> None:
    text = archive.read("content/march.md")
    quoted = HOSTILE.replace("'", "''")
    for line in ("title: مدارس جديدة march", "outlet: صحيفة المثال", "topics: [التعليم]"):
        key = line.split(":")[0]
        text = text.replace(line, f"{key}: ['{quoted}']" if key == "topics" else f"{key}: '{quoted}'")
    for words in ("summary: تؤيد قائمة الوزارة المنشورة هذا العدد.", "by: هيئة التحرير", "title: قائمة المدارس"):
        text = text.replace(words, f"{words.split(':')[0]}: '{quoted}'")
    text = text.replace("source: وزارة التعليم", f"source: '{quoted}'").replace(
        "quote: اثنتا عشرة مدرسة", f"quote: '{quoted}'"
    )
    archive.write("content/march.md", text + HOSTILE)
    report = archive.build()
    pages = [raw.decode() for name, raw in archive.files().items() if name.endswith((".html", ".xml"))]

    assert report.published
    assert not [page for page in pages if "<script>alert" in page or "<img src=x" in page or "<svg/onload" in page]
    assert any("&lt;script&gt;alert(1)" in page for page in pages)


def test_a_template_with_a_fault_is_told_by_its_place(archive: Archive) -> None:
    archive.write("templates/404.html", "<p>\n{% if %}\n")
    report = archive.build()

    assert [(str(p.place), p.rule) for p in report.problems if p.severity == "error"] == [
        ("templates/404.html:2", "template-error")
    ]


@pytest.mark.parametrize(
    "source",
    [
        "{{ 1 + 'a' }}",
        "{{ 1 / 0 }}",
        "{{ asset('nope.css') }}",
        "{{ 3|count('nothing') }}",
        "{{ view.nothing.at.all }}",
        "{% include '404.html' %}",
        "{% extends '404.html' %}",
        "{{ 'x'|nofilter }}",
    ],
)
def test_whatever_a_template_raises_is_a_fault_of_the_template(archive: Archive, source: str) -> None:
    archive.write("templates/404.html", f"<p>\n{source}\n")
    report = archive.build()

    assert (report.published, rules(report)) == (False, ["template-error"])


@pytest.mark.parametrize(
    "line",
    [
        'base_url = "https://["',
        'base_url = "https://example.org:abc/x"',
        'locale = "ar_FR"',
        'labels = {true = ""}',
        'labels = {flase = "خطأ"}',
        'title = "a\\u0007b"',
        "publisher = 5",
    ],
)
def test_a_setting_that_cannot_be_is_a_fault(archive: Archive, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    archive.write("pyproject.toml", f"[tool.factarchive]\n{line}\n")

    assert _status(["build"], archive.root) == 1
    assert "setting]" in capsys.readouterr().err


@pytest.mark.parametrize("path", [".cache", ".cache/state.sqlite/x"])
def test_a_memory_that_cannot_be_kept_is_a_fault_and_no_traceback(archive: Archive, path: str) -> None:
    archive.write(path, "a file, or a folder, in the way")

    assert _status(["build"], archive.root) == 1


def test_a_file_where_a_folder_must_be_is_a_fault_and_no_traceback(archive: Archive) -> None:
    archive.write("site/articles", "a file")
    report = archive.build()

    assert (report.published, set(rules(report)) <= {"cannot-write", "output-not-ours"}) == (False, True)


def test_settings_with_faults_are_all_told(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.write("pyproject.toml", '[tool.factarchive]\ntitel = "x"\nnumerals = "roman"\nbase_url = "ftp://x"\n')
    status = main(["build"], archive.root)
    told = capsys.readouterr().err

    assert status == 1
    assert told.count("[unknown-setting]") == 1
    assert told.count("[bad-setting]") == 2


def test_a_site_folder_that_would_cover_the_project_is_refused(archive: Archive) -> None:
    for output in (".", "content", "content/site", ".."):
        archive.overrides["output"] = output

        assert rules(archive.build()) == ["output-is-input"]


@pytest.mark.parametrize(
    ("arguments", "status"), [(["build"], 0), ([], 0), (["check"], 0), (["build", "--strict"], 0), (["--help"], 0)]
)
def test_a_good_archive_ends_well(archive: Archive, arguments: list[str], status: int) -> None:
    assert _status(arguments, archive.root) == status


@pytest.mark.parametrize("arguments", [["bulid"], ["build", "--nothing"], ["serve", "--port", "x"]])
def test_wrong_use_ends_with_two(archive: Archive, arguments: list[str]) -> None:
    assert _status(arguments, archive.root) == 2


def test_a_fault_ends_with_one_and_strict_makes_a_warning_one(archive: Archive) -> None:
    archive.write("seeds/x.txt", "عنوان\nنص الخبر بلا تاريخ\n")

    assert _status(["build"], archive.root) == 0
    assert _status(["build", "--strict"], archive.root) == 1
    archive.write("seeds/x.txt", "")
    assert _status(["build"], archive.root) == 1


def _status(arguments: list[str], root: Path) -> int:
    try:
        return main(arguments, root)
    except SystemExit as stop:
        return int(stop.code or 0)

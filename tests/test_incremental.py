"""The promise: what is rendered depends on the change, and the result is the one of a clean build."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from factarchive.inputs import PACKAGE
from factarchive.state import FILE
from tests.conftest import BODY, Archive, rules

THIRD_PARTY = [
    "babel",
    "charset_normalizer",
    "jinja2",
    "livereload",
    "markdown",
    "markupsafe",
    "mistune",
    "pydantic",
    "simplemma",
    "tornado",
    "yaml",
]


def html(urls: tuple[str, ...]) -> set[str]:
    """The pages among these addresses: the search's manifest, feed and map aside."""
    return {url for url in urls if url.endswith("/")}


def test_the_first_build_makes_every_page_and_the_second_none(archive: Archive) -> None:
    first, second = archive.build(), archive.build()

    assert (first.kept, second.built, second.kept, second.written) == (0, (), len(first.built), 0)


def test_an_unchanged_archive_imports_no_third_party_package(archive: Archive) -> None:
    archive.build()
    code = (
        "import sys; from pathlib import Path; from factarchive.cli import main; "
        f"status = main(['build', '--base-url', 'https://example.org/repo'], Path({str(archive.root)!r})); "
        f"print(status, sorted(set(sys.modules) & set({THIRD_PARTY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_word_in_one_body_renders_that_articles_pages_only(archive: Archive) -> None:
    archive.build()
    archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")

    own = {f"/{kind}/march{number}/" for kind in ("claims", "embed") for number in (1, 2)}
    data = {"/data/archive.jsonl", "/data/checksums.txt"}  # the other data files hold no text
    assert set(archive.build().built) == {"/articles/march/", *own, *data}


def test_a_new_article_renders_its_own_pages_its_months_pages_and_the_first_pages_of_its_lists(
    archive: Archive,
) -> None:
    archive.build()
    archive.article("another", "2025-03-20")

    assert html(archive.build().built) == {
        "/",
        "/articles/another/",
        *(f"/{kind}/another{number}/" for kind in ("claims", "embed") for number in (1, 2)),
        *(f"/claims/{same}/" for same in ("march1", "march2", "april1", "april2")),  # which it says again
        "/archive/2025/03/",
        *("/data/", "/transparency/"),  # the two pages that count the whole archive
        *(
            f"{first}{month}"
            for first in (
                "/verdicts/true/",
                "/pending/",
                "/speakers/%D9%88%D8%B2%D8%A7%D8%B1%D8%A9-%D8%A7%D9%84%D8%AA%D8%B9%D9%84%D9%8A%D9%85/",
                "/topics/%D8%A7%D9%84%D8%AA%D8%B9%D9%84%D9%8A%D9%85/",
                "/outlets/%D8%B5%D8%AD%D9%8A%D9%81%D8%A9-%D8%A7%D9%84%D9%85%D8%AB%D8%A7%D9%84/",
            )
            for month in ("", "2025-03/")
        ),
    }


def test_a_changed_verdict_leaves_lists_that_do_not_show_it_alone(archive: Archive) -> None:
    archive.build()
    archive.edit("content/april.md", "verdict: true", "verdict: mixed")
    built = html(archive.build().built)

    assert {"/verdicts/true/", "/verdicts/mixed/", "/verdicts/mixed/2025-04/"} <= built
    assert not built & {"/verdicts/true/2025-03/", "/articles/march/", "/methodology/", "/verdicts/false/"}


def test_a_deleted_article_takes_its_pages_along_and_leaves_no_empty_folder(archive: Archive) -> None:
    archive.build()
    (archive.root / "content/april.md").unlink()
    report = archive.build()

    assert {"/articles/april/", "/claims/april1/", "/archive/2025/04/"} <= set(report.removed)
    assert not (archive.root / "site/articles/april").exists()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/march.md", "قالت وزارة", "ذكرت وزارة"),
        ("content/march.md", "title: مدارس", "title: مبان"),
        ("content/april.md", "verdict: true", "verdict: false"),
        ("content/april.md", "slug: april", "slug: spring"),
        ("content/april.md", "published: 2025-04-02", "published: 2024-12-31"),
        ("pyproject.toml", "أرشيف", "أرشيف آخر"),
    ],
)
def test_an_incremental_build_equals_a_clean_one(archive: Archive, path: str, old: str, new: str) -> None:
    archive.build()
    archive.edit(path, old, new)
    archive.build()
    incremental = archive.files()
    for part in ("site", ".cache"):
        _remove(archive.root / part)
    archive.build()

    assert incremental == archive.files()


def test_a_project_template_that_changes_renders_what_uses_it(archive: Archive) -> None:
    archive.write("templates/404.html", '{% extends "theme/404.html" %}\n')
    archive.build()
    archive.edit("templates/404.html", "\n", "\n{# changed #}\n")

    assert archive.build().built == ("/404.html",)


def test_clean_builds_agree_whatever_the_folder_the_order_of_files_and_the_hash_seed(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive(tmp_path / "elsewhere" / "copy")
    for path in sorted(archive.root.rglob("*"), reverse=True):
        if path.is_file():
            other.write(str(path.relative_to(archive.root)), path.read_text(encoding="utf-8"))
    for made, seed in ((archive, "1"), (other, "2")):
        _build_in_a_process(made, seed)

    assert archive.files() == other.files()


def test_no_page_can_show_the_day_it_was_built() -> None:
    # The state, the command line and the stopwatch look at the clock, and none of them writes pages.
    clocks = ("time.time", "perf_counter", ".now(", ".today(", "localtime", "gmtime")
    users = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if any(clock in path.read_text(encoding="utf-8") for clock in clocks)
    }

    assert users == {"state.py", "cli.py", "stopwatch.py"}


def test_the_loss_of_the_memory_costs_time_and_no_file(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    _remove(archive.root / ".cache")
    report = archive.build()

    assert (report.written, report.removed, archive.files()) == (0, (), before)


@pytest.mark.parametrize("cut", [0, 1, 100, 5000, -1])
def test_a_memory_that_is_cut_short_never_fails_a_build(archive: Archive, cut: int) -> None:
    archive.build()
    before = archive.files()
    state = archive.root / ".cache" / FILE
    state.write_bytes(state.read_bytes()[:cut])
    report = archive.build()

    assert (report.published, archive.files()) == (True, before)


def test_a_memory_with_damaged_bytes_never_fails_a_build_nor_changes_the_site(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    state = archive.root / ".cache" / FILE
    chance = random.Random(18)
    for _ in range(40):
        archive.build()  # the memory that is spoilt is that of the site as it stands, not an older one
        damaged = bytearray(state.read_bytes())
        for _ in range(chance.choice((1, 3, 200))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        state.write_bytes(damaged)
        archive.edit("content/march.md", "قالت وزارة", "قالت  وزارة" if chance.random() < 0.5 else "قالت وزارة")
        report = archive.build()
        archive.write("content/march.md", archive.read("content/march.md").replace("قالت  وزارة", "قالت وزارة"))

        assert (report.published, [p.rule for p in report.problems if p.severity == "error"]) == (True, [])
    archive.build()

    assert archive.files() == before


def test_a_build_that_is_killed_while_it_writes_leaves_nothing_stale_behind(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    for stop in (0, 1, 2):
        archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")
        # A build in a process of its own that dies, as by kill -9, when it comes to write its n-th file.
        code = (
            "import os; from pathlib import Path; from factarchive.publishing import publish; "
            f"left = [{stop}]; write = publish._write\n"
            "def dying(*args):\n    left[0] -= 1\n    return write(*args) if left[0] >= 0 else os._exit(9)\n"
            "publish._write = dying\n"
            "from factarchive.cli import main\n"
            f"main(['build', '--base-url', 'https://example.org/repo'], Path({str(archive.root)!r}))"
        )
        died = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
        archive.edit("content/march.md", "ذكرت وزارة", "قالت وزارة")
        archive.build()

        assert (died.returncode, archive.files()) == (9, before)


def test_a_content_folder_that_is_not_there_removes_no_published_page(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    archive.overrides["content"] = "contnet"
    report = archive.build()

    assert (rules(report), report.published, archive.files()) == (["content-missing"], False, before)


def test_a_new_link_that_leads_nowhere_is_seen(archive: Archive) -> None:
    archive.build()
    (archive.root / "content/x.md").symlink_to("nowhere")

    assert rules(archive.build()) == ["unreadable-file"]


def test_another_prose_engine_reads_every_body_again(archive: Archive) -> None:
    archive.edit("content/march.md", "قالت وزارة", "a~~b~~ قالت وزارة")
    archive.build()
    archive.edit("pyproject.toml", "title", 'prose = "markdown"\ntitle')
    archive.build()
    incremental = archive.files()
    for part in ("site", ".cache"):
        _remove(archive.root / part)
    archive.build()

    assert incremental == archive.files()


def test_no_file_is_written_through_a_link_out_of_the_site(archive: Archive) -> None:
    victim = archive.write("elsewhere/march/index.html", "not ours")
    (archive.root / "site").mkdir()
    (archive.root / "site/articles").symlink_to(archive.root / "elsewhere")
    hook = archive.write("victim.txt", "not ours either")
    (archive.root / "site/.factarchive.new").symlink_to(hook)
    report = archive.build()

    assert rules(report) == ["output-not-ours", "output-not-ours"]
    assert (victim.read_text(encoding="utf-8"), hook.read_text(encoding="utf-8")) == ("not ours", "not ours either")


def test_a_lost_manifest_with_the_memory_at_hand_stops_no_edit(archive: Archive) -> None:
    archive.build()
    (archive.root / "site/.factarchive").unlink()
    archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")

    assert rules(archive.build()) == []


def test_a_missing_site_is_published_again(archive: Archive) -> None:
    archive.build()
    before = archive.files()
    _remove(archive.root / "site")
    archive.build()

    assert archive.files() == before


def test_a_file_that_nobody_recorded_is_never_deleted_nor_written_over(archive: Archive) -> None:
    mine = archive.write("site/notes/mine.txt", "لي")
    theirs = archive.write("site/articles/march/index.html", "not ours")
    report = archive.build()

    assert (report.published, rules(report)) == (False, ["output-not-ours"])
    assert (mine.read_text(encoding="utf-8"), theirs.read_text(encoding="utf-8")) == ("لي", "not ours")


def test_files_of_unknown_origin_are_kept_and_reported_when_the_record_is_lost(archive: Archive) -> None:
    archive.build()
    stray = archive.write("site/articles/may/index.html", "of an older build, or of a person")
    (archive.root / "site/.factarchive").unlink()
    _remove(archive.root / ".cache")
    report = archive.build()

    assert (report.written, rules(report), stray.exists()) == (0, ["files-not-known"], True)


def test_a_manifest_that_names_files_outside_the_site_removes_none_of_them(archive: Archive) -> None:
    archive.build()
    victim = archive.write("victim.txt", "keep me")
    manifest = archive.root / "site/.factarchive"
    manifest.write_text(manifest.read_text(encoding="utf-8") + f"../victim.txt\n{victim}\n", encoding="utf-8")
    archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")
    archive.build()

    assert victim.exists()


def test_a_file_moved_into_the_place_of_another_with_its_old_times_is_seen(archive: Archive) -> None:
    archive.write("content/spare.txt", archive.read("content/march.md").replace("قالت", "ذكرت"))
    old = (archive.root / "content/march.md").stat()
    archive.build()
    spare = archive.root / "content/spare.txt"
    os.utime(spare, ns=(old.st_atime_ns, old.st_mtime_ns))
    spare.replace(archive.root / "content/march.md")

    assert "/articles/march/" in archive.build().built


def test_the_body_of_a_new_draft_is_the_seed(archive: Archive) -> None:
    archive.write("seeds/x.txt", "عنوان الخبر\n" + BODY.replace("\n\n", "\n"))
    archive.write("seeds/x.yml", "slug: fresh\npublished: 2025-03-18\n")
    report = archive.build()

    assert report.drafted == ("content/fresh.md",)
    assert "/articles/fresh/" in report.built
    assert archive.build().built == ()


def _build_in_a_process(made: Archive, hash_seed: str) -> None:
    code = (
        "import sys; from pathlib import Path; from factarchive.cli import main; "
        f"sys.exit(main(['build', '--base-url', 'https://example.org/repo'], Path({str(made.root)!r})))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def test_a_template_is_compiled_once_and_again_when_it_or_its_memory_is_damaged(archive: Archive) -> None:
    archive.build()
    database = sqlite3.connect(archive.root / ".cache" / FILE)
    names = {name for (name,) in database.execute("select name from compiled")}
    before = archive.files()
    database.execute("update compiled set code = substr(code, 1, length(code) / 2)")
    database.commit()
    database.close()
    archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")
    archive.build()
    archive.edit("content/march.md", "ذكرت وزارة", "قالت وزارة")
    archive.build()

    assert names and archive.files() == before

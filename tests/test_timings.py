"""What a build tells of itself: with `--timings` where the time went; the size of the site, and when it is too much."""

from __future__ import annotations

import re

import pytest

from factarchive import pipeline
from factarchive.cli import main
from factarchive.stopwatch import Stopwatch
from tests.conftest import Archive


def test_a_build_tells_its_stages_when_asked(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--timings"], archive.root) == 0
    out = capsys.readouterr().out
    rows = re.findall(r"^ +([\d.]+) s +(\d+)%  (.+)$", out, re.M)

    assert [name for *_, name in rows][:2] == ["starting", "reading"] and rows[-1][2] == "the rest"
    assert {"rendering", "writing"} <= {name for *_, name in rows}
    took = float(re.search(r"removed in ([\d.]+) s", out)[1])
    assert sum(float(seconds) for seconds, *_ in rows) == pytest.approx(took, abs=0.06)

    main(["build"], archive.root)
    assert "rendering" not in capsys.readouterr().out


def test_a_stage_that_fails_is_counted_and_one_that_comes_twice_is_one() -> None:
    watch = Stopwatch()
    for _ in range(2):
        with pytest.raises(ValueError, match="x"), watch.stage("first"):
            raise ValueError("x")

    assert [line.split("  ")[-1] for line in watch.lines(1.0)] == ["first", "the rest"]


def test_a_build_tells_the_size_of_the_site_as_it_is(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.build()
    archive.edit("content/march.md", "تؤيد قائمة", "تؤكد قائمة الوزارة")
    (archive.root / "content/april.md").unlink()
    capsys.readouterr()
    main(["build", "--base-url", "https://example.org/repo"], archive.root)
    sizes = [len(raw) for name, raw in archive.files().items() if name != ".factarchive"]

    assert f"the site has {len(sizes):,} files, {sum(sizes) / 1e6:.1f} MB" in capsys.readouterr().out


def test_a_site_near_the_limit_of_github_pages_is_told_with_what_fills_it(archive: Archive, monkeypatch) -> None:
    monkeypatch.setattr(pipeline, "PAGES_LIMIT", 1_000)
    (told,) = (p for p in archive.build().problems if p.rule == "site-near-limit")

    assert told.severity == "warning" and "static/" in told.text and "%" in told.text

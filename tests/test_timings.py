"""`build --timings`: where the time went, and that it is all there."""

from __future__ import annotations

import re

import pytest

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

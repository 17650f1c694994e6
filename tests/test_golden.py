"""One small whole archive, and the site and the draft it must give: a change of any page is seen in the diff.

`FACTARCHIVE_REFRESH=1 python -m pytest tests/test_golden.py` writes the pages anew; read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from factarchive.config import read_settings
from factarchive.pipeline import build

GOLDEN = Path(__file__).parent / "golden"
_FINGERPRINT = re.compile(rb"(/static/[\w./-]+?)\.[0-9a-f]{10}\.")


def test_the_small_archive_gives_the_pages_that_are_kept(tmp_path: Path) -> None:
    project = shutil.copytree(GOLDEN / "project", tmp_path / "project")
    report = build(read_settings(project))
    made = _pages(project / "site") | {"draft.md": (project / "content/bridge.md").read_bytes()}
    if os.environ.get("FACTARCHIVE_REFRESH"):
        _keep(made)

    assert report.published
    assert made == _pages(GOLDEN / "site")


def _pages(site: Path) -> dict[str, bytes]:
    """Every text file of a site but the theme's own, the fingerprints of the theme's files left out."""
    files = (path for path in sorted(site.rglob("*")) if path.is_file())
    named = {path.relative_to(site).as_posix(): path for path in files}
    return {
        name: _FINGERPRINT.sub(rb"\1.", path.read_bytes())
        for name, path in named.items()
        if not name.startswith(("static/", "."))
    }


def _keep(pages: dict[str, bytes]) -> None:
    site = GOLDEN / "site"
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, raw in pages.items():
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

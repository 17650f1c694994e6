"""One small whole archive, and the site and the draft it must give: a change of any page is seen in the diff.

`FACTARCHIVE_REFRESH=1 python -m pytest tests/test_golden.py` writes the pages anew; read the diff before you commit it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from factarchive.archive.index import decode_json
from factarchive.config import read_settings
from factarchive.pipeline import build

GOLDEN = Path(__file__).parent / "golden"
# One page of each kind in full; of the others the list of their names.
KEPT = """
index.html 404.html feed.xml robots.txt sitemap.xml search/index.html search/index.json
articles/schools/index.html claims/k7q2mx/index.html claims/d2h5vz/index.html methodology/index.html
verdicts/index.html verdicts/misleading/index.html verdicts/misleading/2025-03/index.html archive/2025/03/index.html
speakers/index.html speakers/education-ministry/index.html
"""
_FINGERPRINT = re.compile(rb"(/static/[\w./-]+?)\.[0-9a-f]{10}\.")


def test_the_small_archive_gives_the_pages_that_are_kept(tmp_path: Path) -> None:
    project = shutil.copytree(GOLDEN / "project", tmp_path / "project")
    report = build(read_settings(project))
    made = _pages(project / "site") | {"draft.md": (project / "content/bridge.md").read_bytes()}
    if os.environ.get("FACTARCHIVE_REFRESH"):
        _keep(made)

    assert report.published
    assert made == {name: (GOLDEN / "site" / name).read_bytes() for name in made}


def _pages(site: Path) -> dict[str, bytes]:
    """The kept pages of a site, the fingerprints of the theme's files left out, and the names of all its pages."""
    kept = {name: _FINGERPRINT.sub(rb"\1.", (site / name).read_bytes()) for name in KEPT.split()}
    names = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    listed = sorted(name for name in names if not name.startswith(("static/", ".")) and not name.endswith(".bin"))
    return kept | {"names.txt": "\n".join(listed).encode() + b"\n", "search/cards.jsonl": _cards(site / "search")}


def _cards(folder: Path) -> bytes:
    """What the search shows of every document, a line each."""
    scale = json.loads((folder / "index.json").read_bytes())["scale"]
    pages = [decode_json(path.read_bytes(), scale) for path in (folder / "c").iterdir()]
    cards = sorted((card for page in pages for held in page.values() for card in held), key=lambda card: card["u"])
    return "".join(json.dumps(card, ensure_ascii=False) + "\n" for card in cards).encode()


def _keep(pages: dict[str, bytes]) -> None:
    site = GOLDEN / "site"
    for path in sorted(site.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for name, raw in pages.items():
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)

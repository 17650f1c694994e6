"""What a few tests need beyond Python: Chromium, Java, FriBiDi and two node packages, each found or named.

Where one is absent the test is skipped, by name; with FACTARCHIVE_REQUIRE_TOOLS=1 (.ci/run sets it) it
fails instead, so that a green run there means that everything ran.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import features

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def chromium() -> str:
    """The path of an installed Chromium; none is ever downloaded."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or missing("Chromium", "apt-get install chromium")


def raqm() -> None:
    """What shapes Arabic in pictures: raqm, in Pillow's wheel, and FriBiDi, on the system."""
    if not (features.check("raqm") and features.check("fribidi")):
        missing("FriBiDi", "apt-get install libfribidi0")


def java() -> str:
    """The path of a Java runtime."""
    return shutil.which("java") or missing("Java", "apt-get install default-jre-headless")


def node() -> str:
    """The path of node, which runs the browser's own scripts."""
    return shutil.which("node") or missing("node", "apt-get install nodejs")


def vnu_jar() -> Path:
    """The Nu HTML checker, as `npm ci` installs it."""
    return _installed("vnu-jar", "build/dist/vnu.jar")


def axe_source() -> Path:
    """The axe accessibility checker's one script, as `npm ci` installs it."""
    return _installed("axe-core", "axe.min.js")


def missing(tool: str, remedy: str, environ: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip the test that asked, naming the tool; fail it where every tool is required."""
    said = f"needs {tool}, which is not installed ({remedy})"
    if environ.get("FACTARCHIVE_REQUIRE_TOOLS") == "1":
        pytest.fail(said, pytrace=False)
    pytest.skip(said)


def _installed(package: str, file: str) -> Path:
    path = ROOT / "node_modules" / package / file
    return path if path.is_file() else missing(f"the node package {package}", "npm ci")

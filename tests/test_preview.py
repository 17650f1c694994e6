"""Preview: the same build in a loop; an error stands in the place of its page and heals with the file."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace

from factarchive.config import Settings
from factarchive.preview import rebuild
from factarchive.state import Report
from tests.conftest import Archive


def previewed(archive: Archive) -> tuple[Settings, Callable[[], Report]]:
    """Preview's settings for an archive, and its rebuild without a server."""
    settings = archive.settings
    folders = replace(settings.folders, output=archive.root / "shown", cache=archive.root / ".cache/preview")
    own = replace(settings, folders=folders)
    return own, lambda: rebuild(own, lambda report: None)


def test_a_broken_entry_shows_its_faults_in_its_own_place_and_the_rest_is_there(archive: Archive) -> None:
    _, again = previewed(archive)
    again()
    archive.edit("content/march.md", "verdict: true", "verdict: flase")
    report = again()

    assert report.published
    assert "unknown-verdict" in archive.read("shown/articles/march/index.html")
    assert "content/march.md:14:16" in archive.read("shown/articles/march/index.html")
    assert "unknown-verdict" not in archive.read("shown/articles/april/index.html")


def test_a_mended_entry_heals_its_page(archive: Archive) -> None:
    _, again = previewed(archive)
    again()
    good = archive.read("shown/articles/march/index.html")
    archive.edit("content/march.md", "verdict: true", "verdict: flase")
    again()
    archive.edit("content/march.md", "verdict: flase", "verdict: true")
    again()

    assert archive.read("shown/articles/march/index.html") == good


def test_settings_that_cannot_be_read_show_on_the_home_page_and_heal(archive: Archive) -> None:
    _, again = previewed(archive)
    again()
    good = archive.read("shown/index.html")
    archive.edit("pyproject.toml", "title", "titel")
    again()
    broken = archive.read("shown/index.html")
    archive.edit("pyproject.toml", "titel", "title")
    again()

    assert "unknown-setting" in broken
    assert archive.read("shown/index.html") == good


def test_a_broken_template_shows_its_fault_in_the_place_of_the_page(archive: Archive) -> None:
    _, again = previewed(archive)
    archive.write("templates/404.html", "{{ view.nothing }}")
    report = again()

    assert report.published
    assert "template-error" in archive.read("shown/404.html")


def test_the_server_shows_an_edit_without_being_started_again(archive: Archive) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import sys; from pathlib import Path; from factarchive.cli import main; "
        f"sys.exit(main(['serve', '--port', '{port}'], Path({str(archive.root)!r})))"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://localhost:{port}/articles/march/"
        assert _seen(url, "قالت وزارة")
        archive.edit("content/march.md", "قالت وزارة", "صرّحت وزارة")
        assert _seen(url, "صرّحت وزارة")
        archive.edit("content/march.md", "verdict: true", "verdict: flase")
        assert _seen(url, "unknown-verdict")
        archive.edit("content/march.md", "verdict: flase", "verdict: true")
        assert _seen(url, "صرّحت وزارة")
    finally:
        server.kill()
        server.wait()
    assert not (archive.root / "site").exists()


def _seen(url: str, words: str, seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if words in answer.read().decode("utf-8"):
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False

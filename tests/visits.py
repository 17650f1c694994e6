"""Pages in Chromium, for tests: a folder served, a browser, and visits that remember what went wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests import needs

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class Quiet(SimpleHTTPRequestHandler):
    """A file server that keeps its log to itself."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address on this machine under which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium."""
    path = needs.chromium()
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # it raises a plain one where its own node cannot run
        needs.missing(f"a Playwright that starts (it says: {error})", "apt-get install libatomic1")
    # Chromium's sandbox does not start for root, as in containers; it only ever sees our own pages.
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    browser = playwright.chromium.launch(executable_path=path, args=flags)
    yield browser
    browser.close()
    playwright.stop()


class Visit:
    """Pages opened with given settings; remembers what went wrong and what was asked from elsewhere."""

    def __init__(self, browser: Browser, address: str, **settings: object) -> None:
        self.address = address
        self.context = browser.new_context(locale="ar", reduced_motion="reduce", **settings)
        self.context.set_default_timeout(15_000)
        self.faults: list[str] = []

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("response", lambda r: self.faults.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        page.on(
            "request",
            lambda r: self.faults.append(f"elsewhere: {r.url}") if self._is_foreign(r.url) else None,
        )
        page.goto(self.address + path, wait_until="load")
        return page

    def _is_foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:", "blob:"))


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page that was opened past its own policy, which forbids foreign scripts."""
    page.add_script_tag(path=needs.axe_source())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    assert found["passes"]
    return [f"{v['id']}: {node['html']}" for v in found["violations"] for node in v["nodes"]]

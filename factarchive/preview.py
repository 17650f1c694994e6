"""Preview with live reload: the same build() in a loop, errors in the place of their pages.

livereload (BSD) watches and reloads the browser; it is one of the project's given packages and is imported here only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from livereload import Server

from factarchive.config import FILE, Settings, read_settings
from factarchive.pipeline import build
from factarchive.problems import Refused
from factarchive.publishing import publish
from factarchive.publishing.error_pages import bare_page
from factarchive.state import Report, with_state


def serve(settings: Settings, port: int, tell: Callable[[Report], None]) -> None:
    """Build into preview's own site, then again at every change, until stopped; `tell` is given each report."""
    rebuild(settings, tell)
    server = Server()
    folders = settings.folders
    for folder in (folders.seeds, folders.content, folders.templates):
        server.watch(str(folder), lambda: rebuild(settings, tell), delay=0)
    server.watch(str(folders.root / FILE), lambda: rebuild(settings, tell), delay=0)
    server.serve(root=str(folders.output), port=port, host="localhost", open_url=False)


def rebuild(settings: Settings, tell: Callable[[Report], None]) -> Report:
    """Build once for preview; where nothing can be built the home page tells why, and the next good build heals it."""
    try:
        report = build(_reread(settings), tolerant=True)
    except Refused as refused:
        report = Report(problems=refused.problems, published=False)
    if not report.published:
        _show(settings, report)
    tell(report)
    return report


def _reread(settings: Settings) -> Settings:
    """The settings as the file has them now, in preview's own folders and under its address."""
    fresh = read_settings(settings.folders.root)
    return replace(fresh, folders=settings.folders, base_url=settings.base_url)


def _show(settings: Settings, report: Report) -> None:
    folder = settings.folders.output
    publish.record(folder, {*publish.read_manifest(folder).paths, "index.html"})
    publish.write_files(folder, [("index.html", bare_page(report.problems))])
    # The next good build writes the home page again.
    with_state(settings.folders.cache, lambda state: state.distrust(["/"]))

"""An archive of schools in a browser, under a base path."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Archive
from tests.search_page.asking import LATIN, LETTERS, SCHOOL, TOWNS
from tests.visits import WIDE, Visit, launched, served


@pytest.fixture(scope="package")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of one article a month, each with a ruled claim and one that waits."""
    made = Archive(tmp_path_factory.mktemp("schools") / "project")
    made.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\n')
    for n, town in enumerate(TOWNS):
        day = f"{2024 + n // 12}-{n % 12 + 1:02}-10"
        title = f"{SCHOOL} في {town}" + (f" بحسب {LATIN} 2025" if n == 0 else "")
        made.article(f"town-{LETTERS[n]}", day, title, "false" if n % 2 else "true")
    assert made.build().published
    return made


@pytest.fixture(scope="package")
def address(schools: Archive) -> Iterator[str]:
    """Where the site is served on this machine, under its base path."""
    www = schools.root / "www"
    www.mkdir()
    (www / "repo").symlink_to(schools.root / "site")
    with served(www) as address:
        yield f"{address}/repo/"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    opened: list[Visit] = []

    def start(**settings: object) -> Visit:
        opened.append(Visit(browser, address, **settings))
        return opened[-1]

    yield start
    for each in opened:
        assert each.faults == []
        each.context.close()


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return visit(viewport=WIDE).open("search/")

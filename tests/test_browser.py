"""The finished site in a browser: accessible, fit for small screens, searchable, fine without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from tests import needs
from tests.own_site import BASE_PATH, FORGIVING, SAMPLE, Built, built_site
from tests.visits import NARROW, TAGS, WIDE, Visit, launched, served, violations

PAGES = {
    "home": "",
    "article": f"articles/{SAMPLE}/",
    "claim": "claims/sample-misleading/",
    "list": "verdicts/false/",
    "month": "archive/2025/03/",
    "index": "speakers/",
    "scale": "verdicts/",
    "prose": "methodology/",
    "search": "search/",
    "corrections": "corrections/",
    "transparency": "transparency/",
    "submit": "submit/",
    "data": "data/",
    "lost": "404.html",
}


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def address(own_site: Built) -> Iterator[str]:
    """Where the site is served on this machine, under its base path."""
    with served(own_site.www) as address:
        yield address + BASE_PATH


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[object]:
    opened: list[Visit] = []

    def start(**settings: object) -> Visit:
        opened.append(Visit(browser, address, **settings))
        return opened[-1]

    yield start
    for each in opened:
        each.context.close()


# ---------------------------------------------------------------- for everybody


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_no_violation(visit, path, scheme, viewport):
    page = visit(color_scheme=scheme, viewport=viewport, bypass_csp=True).open(path)

    assert violations(page) == []


def test_axe_would_see_a_picture_without_words(visit):
    page = visit(bypass_csp=True).open("")
    page.add_script_tag(path=needs.axe_source())
    page.evaluate("document.querySelector('main').append(new Image())")
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)

    assert [v["id"] for v in found["violations"]] == ["image-alt"]


@pytest.mark.parametrize("path", [*PAGES.values(), "embed/sample-misleading/"])
def test_nothing_hangs_over_the_edge_of_a_small_screen(visit, path):
    page = visit(viewport=NARROW).open(path)
    width = page.evaluate("document.documentElement.scrollWidth")

    assert width <= NARROW["width"]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_runs_without_errors_and_asks_nothing_from_elsewhere(visit, path):
    opened = visit()
    opened.open(path).wait_for_load_state("networkidle")

    assert opened.faults == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_the_keyboard_goes_to_the_content_first(visit, path):
    page = visit().open(path)
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")

    assert skip and skip.startswith("#") and page.locator(f"main{skip}, main {skip}").count() == 1


# ---------------------------------------------------------------- without JavaScript


def test_an_article_shows_all_its_claims_without_javascript(visit, own_site):
    page = visit(java_script_enabled=False).open(PAGES["article"])
    (entry,) = [e for e in own_site.entries if e.front.slug == SAMPLE]
    for claim in entry.front.claims:
        expect(page.locator(f"#c-{claim.id}")).to_be_visible()
        expect(page.locator(f"#c-{claim.id}")).to_contain_text(claim.words)


def test_no_button_is_dead_without_javascript(visit):
    for path in PAGES.values():
        page = visit(java_script_enabled=False).open(path)
        dead = page.locator("button:visible:not([type=submit])").count()

        assert dead == 0, path


def test_every_claim_can_be_reached_from_home_without_javascript(visit, own_site, address):
    page = visit(java_script_enabled=False).open("")
    reached, waiting = set(), {address}
    while waiting:
        url = waiting.pop()
        reached.add(url)
        found = page.context.request.get(url)
        waiting |= {link for link in internal_links(found.text(), url, address) if link not in reached}

    missing = [c.id for c in own_site.claims if f"{address}claims/{c.id}/" not in reached]

    assert missing == []


def internal_links(text: str, url: str, address: str) -> set[str]:
    """The addresses of this site's pages that a page links to, without fragments and queries."""
    joined = (urlsplit(urljoin(url, str(h))) for h in html.document_fromstring(text.encode()).xpath("//a/@href"))
    plain = {f"{u.scheme}://{u.netloc}{u.path}" for u in joined}
    return {u for u in plain if u.startswith(address) and u.endswith("/")}


# ---------------------------------------------------------------- search


# Each is FORGIVING's words, spelled otherwise; the original letters that must be highlighted.
SPELLINGS = {
    "a hamza left out": ("اعيد", "أُعيد"),
    "ha for ta marbuta": ("المكتبه", "المكتبة"),
    "diacritics added": ("المَكتَبَة", "المكتبة"),
    "diacritics left out": ("الوطنية", "الوطنيّة"),
    "tatweel": ("المكتـــبة", "المكتبة"),
    "Arabic-Indic digits": ("أغسطس ١٧", "17"),
}


def search(page: Page, words: str) -> None:
    page.locator("main input[type=search]").fill(words)


@pytest.mark.parametrize(("words", "original"), SPELLINGS.values(), ids=SPELLINGS)
def test_search_forgives_spelling_and_highlights_the_original_letters(visit, words, original):
    page = visit().open("search/")
    search(page, words)
    found = page.locator("main li, main article").filter(has_text=FORGIVING).first

    expect(found).to_be_visible()
    expect(found.locator("mark", has_text=original).first).to_be_visible()


def test_a_search_has_an_address_that_can_be_shared(visit):
    opened = visit()
    page = opened.open("search/")
    search(page, "المكتبه")
    expect(page.locator("main mark").first).to_be_visible()
    query = page.evaluate("new URL(location).searchParams.get('q')")
    again = opened.open("search/?q=المكتبه")

    assert query == "المكتبه"
    expect(again.locator("main mark").first).to_be_visible()


def test_a_search_that_finds_nothing_says_so(visit):
    page = visit().open("search/")
    search(page, "زقزقة")  # "chirping": no article speaks of it

    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("main mark")).to_have_count(0)


def test_the_slash_key_goes_to_the_search_box(visit):
    page = visit().open("search/")
    page.locator("h1").click()
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.type") == "search"

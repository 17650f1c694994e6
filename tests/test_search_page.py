"""The search page in a browser, over an archive of its own: what is found, narrowed, shared, lost and said."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Locator, Page, Route, expect

from factarchive.archive.verdicts import Verdict, scale
from factarchive.publishing.phrases import Phrases
from tests.conftest import OPENED, Archive
from tests.visits import NARROW, WIDE, Visit, launched, served, violations

PHONE = {"width": 390, "height": 844}
KIB = 1024
ARTICLES = 14
LETTERS = "abcdefghijklmn"
# Each article is about a town of its own; "school" is in every one, "chirping" in none.
TOWNS = [
    "طنجة",
    "الخرطوم",
    "نواكشوط",
    "المنامة",
    "مسقط",
    "بيروت",
    "عمّان",
    "صنعاء",
    "طرابلس",
    "الدوحة",
    "القاهرة",
    "الرباط",
    "تونس",
    "الجزائر",
]
SCHOOL, CHIRPING = "مدرسة", "زقزقة"
FIRST, SECOND = TOWNS[0], TOWNS[1]
SPEAKER = "وزارة التعليم"
LATIN = "UNICEF Data"


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def address(schools: Archive) -> Iterator[str]:
    """Where the site is served on this machine, under its base path."""
    www = schools.root / "www"
    www.mkdir()
    (www / "repo").symlink_to(schools.root / "site")
    with served(www) as address:
        yield f"{address}/repo/"


@pytest.fixture(scope="module")
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


def box(page: Page) -> Locator:
    return page.locator("#q")


def ask(page: Page, words: str) -> None:
    """Type and press Enter; wait for the answer."""
    box(page).fill(words)
    box(page).press("Enter")
    settled(page)


def settled(page: Page) -> None:
    page.wait_for_timeout(200)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def groups(page: Page) -> Locator:
    return page.locator("#hits > li")


def titles(page: Page) -> list[str]:
    return page.locator("#hits h3").all_inner_texts()


def query(page: Page) -> str:
    """What the address asks for, decoded."""
    return page.evaluate("[...new URL(location).searchParams].map(p => p.join('=')).join('&')")


def narrow(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name={name}][value='{value}']").check()
    settled(page)


# ---------------------------------------------------------------- what is found


def test_results_stand_together_by_article(page):
    ask(page, SCHOOL)
    for group in groups(page).all():
        slugs = {re.search(r"town-([a-n])", link.get_attribute("href"))[1] for link in group.locator("a").all()}

        assert len(slugs) == 1
    assert groups(page).count() == 10


def test_a_result_bears_its_verdict_as_every_other_page_does(page, address):
    ask(page, OPENED)
    for row in page.locator("#hits article:has(a[href*='/claims/'])").all():
        badge = row.locator(".verdict")
        known = next(v for v in Verdict if f"v-{v}" in badge.get_attribute("class").split())

        assert badge.inner_text() == scale()[known].label
        assert (known == Verdict.PENDING) == (
            re.search(r"town-[a-n]2/$", row.locator("a").get_attribute("href")) is not None
        )


def test_what_is_typed_is_searched_at_once_and_its_last_word_completed(page):
    box(page).press_sequentially(SECOND[:-2], delay=20)

    expect(groups(page).first.locator("h3").first).to_contain_text(SECOND)
    expect(page.locator("#hits mark").first).to_have_text(re.compile(SECOND))


def test_highlights_cover_whole_words_of_the_original(page):
    ask(page, f"وال{SCHOOL}")
    marked = page.locator("#hits mark").all_inner_texts()

    assert marked and {word for word in marked if re.search(r"\s", word)} == set()
    assert SCHOOL in marked


def test_a_run_of_latin_is_kept_together_in_a_result(page):
    ask(page, FIRST)

    expect(page.locator("#hits h3 bdi").first).to_have_text(f"{LATIN} 2025")


def test_a_late_answer_does_not_replace_a_newer_one(page):
    held: list[Route] = []
    page.route("**/search/w/*", lambda route: held.append(route) if not held else route.continue_())
    ask_without_waiting = box(page)
    ask_without_waiting.fill(SCHOOL)
    ask_without_waiting.press("Enter")
    page.wait_for_timeout(100)
    ask(page, FIRST)
    expect(page.locator("#hits h3").first).to_contain_text(FIRST)
    before = titles(page)
    held[0].continue_()
    page.wait_for_timeout(300)

    assert titles(page) == before


def test_more_results_come_on_demand_and_the_focus_goes_to_the_first_of_them(page):
    ask(page, SCHOOL)
    page.locator("#more").click()
    expect(groups(page)).to_have_count(ARTICLES)
    focused = page.evaluate(
        "document.activeElement.closest('#hits > li') === document.querySelectorAll('#hits > li')[10]"
    )

    assert focused and page.locator("#more").is_hidden()


# ---------------------------------------------------------------- filters


def test_verdicts_are_counted_and_narrow_by_a_click(page):
    ask(page, SCHOOL)
    label = page.locator("label:has(input[value=false])")
    count = int(label.locator(".n").inner_text())
    narrow(page, "verdict", "false")

    expect(page.locator("#status")).to_have_text(Phrases().count(count, "results"))
    assert {b.inner_text() for b in page.locator("#hits .verdict").all()} == {scale()[Verdict.FALSE].label}


def test_a_filter_stands_as_a_chip_that_drops_it(page):
    ask(page, SCHOOL)
    before = page.locator("#status").inner_text()
    narrow(page, "verdict", "false")
    chip = page.locator("#chips a")
    expect(chip).to_contain_text(scale()[Verdict.FALSE].label)
    chip.click()

    expect(page.locator("#chips a")).to_have_count(0)
    expect(page.locator("#status")).to_have_text(before)
    assert not page.locator("input[value=false]").is_checked()


def test_a_filter_by_speaker_in_a_shared_address_stands_as_a_chip_too(visit):
    page = visit(viewport=WIDE).open(f"search/?q={SCHOOL}&speaker={SPEAKER}")
    settled(page)
    expect(page.locator("#chips a")).to_contain_text(SPEAKER)
    assert titles(page)
    page.locator("#chips a").click()
    settled(page)

    assert query(page) == f"q={SCHOOL}" and page.locator("#chips a").count() == 0


def test_speakers_topics_outlets_and_years_are_offered_when_they_are_asked_for(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, SCHOOL)
    assert not any("/search/f/" in url for url in asked)
    page.locator("#columns > summary").click()
    narrow(page, "year", "2025")
    years = {title.split()[2] for title in titles(page) if title.startswith(SCHOOL)}

    assert page.locator(f"input[name=speaker][value='{SPEAKER}']").is_visible()
    assert years == set(TOWNS[12:])


def test_a_range_of_days_narrows_and_the_order_may_be_by_day(page):
    ask(page, SCHOOL)
    page.locator("[name=from]").fill("2024-03-01")
    page.locator("[name=to]").fill("2024-05-31")
    page.locator("[name=sort]").select_option("date")
    settled(page)
    found = [t.split()[2] for t in titles(page) if t.startswith(SCHOOL)]

    assert found == [TOWNS[4], TOWNS[3], TOWNS[2]]
    assert "2024" in page.locator("#chips").inner_text()


# ---------------------------------------------------------------- addresses


def test_a_search_with_its_filters_has_an_address_that_can_be_shared(page, visit):
    ask(page, SCHOOL)
    narrow(page, "verdict", "false")
    page.locator("[name=sort]").select_option("date")
    settled(page)
    again = visit(viewport=WIDE).open("search/" + page.evaluate("location.search"))
    settled(again)

    assert query(page) == f"q={SCHOOL}&verdict=false&sort=date"
    assert titles(again) == titles(page) and titles(again)
    assert again.locator("input[value=false]").is_checked()


def test_back_and_forward_go_from_search_to_search(page):
    ask(page, FIRST)
    ask(page, SECOND)
    page.go_back()
    expect(page.locator("#hits h3").first).to_contain_text(FIRST)
    assert box(page).input_value() == FIRST
    page.go_forward()

    expect(page.locator("#hits h3").first).to_contain_text(SECOND)


def test_letters_typed_are_one_step_of_the_history(page):
    ask(page, FIRST)
    before = page.evaluate("history.length")
    box(page).fill("")
    box(page).press_sequentially(SECOND, delay=150)
    settled(page)
    assert query(page) == f"q={SECOND}" and page.evaluate("history.length") == before
    box(page).press("Enter")
    assert page.evaluate("history.length") == before + 1
    page.go_back()

    expect(page.locator("#hits h3").first).to_contain_text(FIRST)


@pytest.mark.parametrize("start", ["", "404.html"])
def test_the_small_forms_elsewhere_lead_here(visit, start):
    page = visit().open(start)
    box(page).fill(FIRST)
    box(page).press("Enter")

    expect(page.locator("#hits h3").first).to_contain_text(FIRST)
    assert query(page) == f"q={FIRST}"


# ---------------------------------------------------------------- the keyboard


def test_arrows_move_through_results_and_escape_goes_back(page):
    ask(page, SCHOOL)
    focused = "document.activeElement.textContent"
    links = page.locator("#hits h3 a").all_inner_texts()
    box(page).press("ArrowDown")
    assert page.evaluate(focused) == links[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == links[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")

    expect(box(page)).to_have_value("")


def test_enter_opens_the_result_that_has_the_focus(page):
    ask(page, FIRST)
    box(page).press("ArrowDown")
    target = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


# ---------------------------------------------------------------- nothing asked, nothing found, nothing had


def test_an_empty_search_offers_examples_and_says_how_to_ask(page):
    expect(page.locator("#idle a").first).to_be_visible()
    expect(page.locator(".help dl")).to_be_visible()
    page.locator("#idle a").first.click()

    expect(page.locator("#hits mark").first).to_be_visible()


def test_a_search_without_results_names_the_word_that_is_nowhere(page):
    ask(page, CHIRPING)

    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#unknown")).to_contain_text(CHIRPING)
    expect(page.locator("#status")).to_have_text(Phrases().count(0, "results"))


def test_a_search_that_filters_empty_offers_to_drop_them(page):
    ask(page, f"{FIRST} {SCHOOL}")
    narrow(page, "verdict", "satire")
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#drop a").click()

    expect(page.locator("#hits h3").first).to_be_visible()


def test_a_slip_of_a_letter_shows_what_it_was_taken_for(page):
    ask(page, "نواكشوظ")

    expect(page.locator("#hits h3").first).to_contain_text("نواكشوط")


@pytest.mark.parametrize("words", [FIRST, SCHOOL, CHIRPING])
def test_how_much_was_found_is_told_in_the_right_plural(page, words):
    ask(page, words)
    said = page.locator("#status").inner_text()
    found = int(re.sub(r"\D", "", said) or {"لا": 0, "نتيجة": 1, "نتيجتان": 2}[said.split()[0]])

    assert said == Phrases().count(found, "results")
    assert page.locator("#status").get_attribute("role") == "status"


def test_what_was_fetched_can_be_searched_without_a_network(page):
    ask(page, FIRST)
    before = titles(page)
    page.context.set_offline(True)
    ask(page, "")
    ask(page, FIRST)
    assert titles(page) == before and page.locator("#offline").is_hidden()
    ask(page, "لقاح كورونا")
    expect(page.locator("#offline")).to_be_visible()
    ask(page, FIRST)
    assert titles(page) == before
    page.context.set_offline(False)

    expect(page.locator("#offline")).to_be_hidden()


def test_a_part_that_cannot_be_had_is_told_in_words(page):
    page.route("**/search/w/*", lambda route: route.abort())
    ask(page, FIRST)

    expect(page.locator("#failed")).to_be_visible()


# ---------------------------------------------------------------- everybody


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_results_and_filters(visit, scheme, viewport):
    page = visit(color_scheme=scheme, viewport=viewport, bypass_csp=True).open(f"search/?q={SCHOOL}&verdict=false")
    if viewport is NARROW:
        page.locator("#facets > summary").click()
    page.locator("#columns > summary").click()
    settled(page)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_axe_finds_no_violation_where_nothing_is_found(visit):
    page = visit(bypass_csp=True).open(f"search/?q={CHIRPING}&verdict=satire")
    settled(page)

    assert violations(page) == []


def test_what_a_finger_must_hit_is_large_enough(visit):
    page = visit(viewport=PHONE, has_touch=True).open(f"search/?q={SCHOOL}&verdict=false")
    page.locator("#facets > summary").click()
    settled(page)
    targets = (
        ".finder :is(button, summary, select, input[type=search], input[type=date], label:has(:checkbox), #chips a)"
    )
    targets = targets.replace(":checkbox", "[type=checkbox]")
    heights = page.eval_on_selector_all(targets, "all => all.filter(e => e.offsetParent).map(e => e.offsetHeight)")

    assert len(heights) > 15 and min(heights) >= 44


SHIFTS = """
self.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach((e) => (shifted += e.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["search/", f"search/?q={FIRST}"], ids=["empty", "results"])
def test_nothing_that_is_seen_moves_when_the_answer_comes(visit, path, viewport):
    opened = visit(viewport=viewport)
    opened.context.add_init_script(SHIFTS)
    page = opened.open(path)
    settled(page)

    assert page.evaluate("shifted") <= 0.01


def test_without_javascript_there_are_lists_and_a_search_engine(visit, address):
    page = visit(java_script_enabled=False).open("search/")
    form = page.locator("noscript form, main form:visible").first
    found = page.context.request.get(address + "search/").text()
    engine = html.document_fromstring(found).xpath("//noscript//form")[0]

    assert form.is_visible() and engine.get("action") == "https://duckduckgo.com/"
    assert engine.xpath("string(.//input/@value)").strip() == "site:example.org/repo"
    assert "form-action 'self' https://duckduckgo.com" in found
    for place in ("verdicts/false/", "speakers/", "topics/", "archive/"):
        assert page.locator(f"main a[href$='/{place}']:visible").count()


def test_a_site_that_only_this_machine_knows_offers_no_search_engine(archive):
    archive.overrides = {"base_url": "http://localhost:8000"}
    archive.build()

    assert "duckduckgo" not in archive.page("/search/")


# ---------------------------------------------------------------- what it costs


def scripts(schools: Archive) -> dict[str, bytes]:
    return {path.name.split(".")[0]: path.read_bytes() for path in (schools.root / "site/static/search").glob("*.js")}


def test_the_scripts_of_the_search_are_sent_to_its_page_only(schools):
    assert "search/page." in schools.page("/search/")
    for url in ("/", "/articles/town-a/", "/verdicts/"):
        assert "static/search/" not in schools.page(url)


def test_every_script_is_asked_for_before_another_names_it(schools):
    head = html.document_fromstring(schools.page("/search/")).find("head")
    told = {
        h.rsplit("/", 1)[1] for h in head.xpath(".//script[@type='module']/@src | .//link[@rel='modulepreload']/@href")
    }
    named = set(re.findall(r'from\s*"\./([^"]+)"', "\n".join(s.decode() for s in scripts(schools).values())))

    assert named and named < told and {path.name for path in (schools.root / "site/static/search").glob("*.js")} == told


def test_the_page_of_the_search_stays_small(schools):
    assert len(gzip.compress(scripts(schools)["page"], 9)) <= 3.2 * KIB


def test_a_first_search_makes_no_request_for_the_manifest(visit):
    opened = visit()
    page = opened.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(f"{opened.address}search/?q={FIRST}")
    settled(page)

    assert "index.json" not in asked and titles(page)

"""The search page in a browser: with nothing found, nothing had, for everybody, and what it costs."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Route, expect

from factarchive.publishing.phrases import Phrases
from tests.conftest import Archive
from tests.search_page.asking import CHIRPING, FIRST, KIB, PHONE, SCHOOL, TOWNS, ask, box, narrow, settled, titles
from tests.visits import NARROW, WIDE, violations

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


# «Source: Reuters», pasted with a headline of ten words that name the towns.
PASTED_TEXT = f"المصدر: رويترز {' '.join(TOWNS[:9])} من: 2030"


def test_a_pasted_text_that_looks_like_filters_still_finds(page):
    ask(page, PASTED_TEXT)

    assert titles(page) and page.locator("#chips a").count() == 0


def test_a_filter_written_in_the_box_stands_as_a_chip_and_can_be_dropped_where_nothing_is_found(page):
    ask(page, f"{FIRST} المصدر: رويترز")
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#chips a")).to_contain_text("رويترز")
    page.locator("#drop a").click()
    settled(page)

    assert box(page).input_value() == FIRST and titles(page)


def test_a_day_half_written_is_left_out_and_told(page):
    ask(page, f"{FIRST} حتى:20")

    expect(page.locator("#unread")).to_contain_text("حتى:20")
    assert titles(page)


def test_what_may_be_meant_replaces_the_word_itself_and_nothing_else(page):
    ask(page, f"قريب{FIRST}ة {FIRST}ظ")
    offered = page.locator("#near a")
    assert 0 < offered.count() <= 5
    word = offered.first.inner_text()
    page.goto(offered.first.get_attribute("href"))

    assert box(page).input_value() in (f"{word} {FIRST}ظ", f"قريب{FIRST}ة {word}")


def test_a_filter_named_like_a_property_of_every_object_counts_nothing_strange(visit):
    page = visit(viewport=WIDE).open(f"search/?q={SCHOOL}&speaker=constructor&speaker=__proto__")
    page.locator("#columns > summary").click()
    settled(page)
    counts = page.locator("fieldset[name=speaker] label:has(:checked) .n").all_inner_texts()

    assert counts == [Phrases().number(0)] * 2


def test_an_order_that_there_is_not_is_the_usual_one(visit):
    page = visit(viewport=WIDE).open(f"search/?q={SCHOOL}&sort=zzz")
    settled(page)

    assert page.locator("[name=sort]").evaluate("select => select.selectedIndex") == 0
    assert titles(page)


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


SHARD, TEXT = "**/search/w/*", "**/search/t/*"
IN_BODY = "وأضافت"  # in the articles' texts only, which are read for the excerpt
DAMAGED = b"\x00\x01 not what was deflated"


def damage(route: Route) -> None:
    route.fulfill(body=DAMAGED, headers={"cache-control": "max-age=3600"})


@pytest.mark.parametrize("spoil", [lambda route: route.abort(), lambda route: route.fulfill(status=404), damage])
@pytest.mark.parametrize("path", [SHARD, TEXT], ids=["shard", "text"])
def test_a_part_that_cannot_be_had_is_told_in_words_and_can_be_asked_for_again(visit, path, spoil):
    opened = visit(viewport=WIDE)
    page = opened.open("search/")
    page.route(path, spoil)
    ask(page, IN_BODY)
    expect(page.locator("#failed")).to_be_visible()
    assert bool(titles(page)) == (path == TEXT)
    page.unroute(path)
    page.locator("#again").click()
    expect(page.locator("#failed")).to_be_hidden()
    opened.faults[:] = [fault for fault in opened.faults if not fault.startswith("404")]

    expect(page.locator("#hits mark").first).to_have_text(IN_BODY)


def test_every_part_damaged_is_told_and_leaves_no_blank(page):
    page.route("**/search/*/*.bin", damage)
    ask(page, FIRST)

    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("#empty")).to_be_visible()


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
    assert len(gzip.compress(scripts(schools)["page"], 9)) <= 3.4 * KIB


def test_a_first_search_makes_no_request_for_the_manifest(visit):
    opened = visit()
    page = opened.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(f"{opened.address}search/?q={FIRST}")
    settled(page)

    assert "index.json" not in asked and titles(page)

"""The page where a message is pasted: what it finds, what differs, and that nothing of it leaves the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from factarchive.archive.verdicts import Verdict, scale
from tests.conftest import OPENED, PLANNED, Archive
from tests.search_page.asking import PHONE
from tests.visits import NARROW, WIDE, Visit, served, violations

# OPENED says that the ministry opened 12 schools in March; here it is 30, and here it did not.
OTHER_NUMBER = OPENED.replace("12", "30")
DENIED = f"لم تفتتح {OPENED.split(' ', 1)[1]}"
# "Birds chirped over the roof of the old house": nobody has claimed it.
UNHEARD = "زقزقت العصافير فوق سطح البيت القديم"


def check(page: Page, text: str) -> None:
    page.locator("#message").fill(text)
    page.locator("#paste [type=submit]").click()
    expect(page.locator("#status")).to_have_text(re.compile("وجدنا|لم نجد"))


def found(page: Page) -> Locator:
    return page.locator("#sentences > li")


@pytest.fixture
def page(visit: Callable[..., Visit]) -> Page:
    return visit(viewport=WIDE).open("check/")


def test_a_sentence_that_was_checked_is_shown_with_its_verdict_its_day_and_the_way_to_it(page):
    check(page, OPENED)
    row = found(page).first

    expect(row.locator(".words")).to_have_text(OPENED)
    assert row.locator(".verdict").inner_text() in (scale()[Verdict.TRUE].label, scale()[Verdict.FALSE].label)
    assert re.search("20(24|25)", row.locator(".by").inner_text())
    assert re.search(r"/repo/claims/town-[a-n]1/$", row.locator("a").first.get_attribute("href"))
    expect(row.locator(".differs")).to_be_hidden()
    expect(row.locator(".apart")).to_be_hidden()


@pytest.mark.parametrize(
    ("text", "here", "there"), [(OTHER_NUMBER, "30 مدرسة", "12 مدرسة"), (DENIED, "لم تفتتح", "افتتحت")]
)
def test_what_differs_is_named_and_marked_in_both_texts(page, text, here, there):
    check(page, text)
    row = found(page).first

    expect(row.locator(".pasted mark")).to_have_text(here)
    expect(row.locator(".words mark")).to_have_text(there)
    expect(row.locator(".differs li")).to_contain_text(here)


def test_words_that_only_one_text_has_are_marked_otherwise(page):
    check(page, OPENED.replace("مارس", "تونس"))

    expect(found(page).first.locator(".pasted mark.only")).to_have_text("تونس")
    expect(found(page).first.locator(".words mark.only")).to_have_text("مارس")
    expect(found(page).first.locator(".apart")).to_be_visible()
    expect(found(page).first.locator(".differs")).to_be_hidden()


def test_what_was_not_checked_says_so_and_nothing_more(page):
    check(page, UNHEARD)

    expect(found(page)).to_have_class(re.compile("none"))
    expect(found(page)).to_contain_text("لم نفحص هذا بعد")
    expect(page.locator("#status")).to_contain_text("لم نجد")


def test_what_waits_for_a_person_is_not_shown_as_checked(page):
    check(page, PLANNED)

    expect(found(page)).to_have_class(re.compile("none"))


def test_each_sentence_of_a_message_is_checked_alone(page):
    check(page, f"عاجل: {OPENED}! {UNHEARD}.\nبلغ العدد 3.5 في المئة")
    texts = page.locator("#sentences .pasted").all_inner_texts()

    assert texts == [f"عاجل: {OPENED}!", f"{UNHEARD}.", "بلغ العدد 3.5 في المئة"]
    assert [row.locator(".words").count() for row in found(page).all()] == [1, 0, 0]


def test_a_message_that_looks_like_a_query_is_words(page):
    check(page, f"الحكم: {OPENED} -مدرسة «سنة»: 2030")

    expect(found(page).first.locator(".words")).to_have_text(OPENED)


def test_an_empty_message_is_asked_for(page):
    page.locator("#paste [type=submit]").click()

    expect(page.locator("#status")).to_have_text("ألصق نصا لنفحصه.")


def test_nothing_of_a_message_leaves_the_browser(page):
    expect(page.locator("#kept")).to_be_visible()
    asked: list[str] = []
    page.context.on("request", lambda r: asked.append(r.url))
    before = page.url
    check(page, f"{OPENED}. {UNHEARD}")
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])")

    assert found(page).count() == 2 and asked == []
    assert page.url == before and page.evaluate("history.length") == 2
    assert not [word for word in (*OPENED.split(), *UNHEARD.split()) if word in stored]


def test_before_anything_is_kept_only_the_search_files_are_asked_for(visit):
    opened = visit(viewport=WIDE, service_workers="block")
    asked: list[str] = []
    opened.context.on("request", lambda r: asked.append(f"{r.method} {unquote(r.url)} {r.post_data or ''}"))
    opened.context.add_init_script("Object.defineProperty(self, 'caches', {value: undefined})")
    page = opened.open("check/")
    check(page, f"{OPENED}. {UNHEARD}")
    rest = {line.split("/repo/")[1].split("/")[0] for line in asked}

    assert all(line.startswith("GET ") and "?" not in line for line in asked) and rest == {"check", "search", "static"}
    assert not [word for word in OPENED.split() if not word.isdigit() for line in asked if word in line]


def test_the_form_could_not_send_the_message_if_its_script_failed(page):
    names = page.locator("#paste").evaluate("form => [...new FormData(form).keys()]")

    assert names == []


def test_a_part_that_cannot_be_had_is_told_and_can_be_asked_for_again(visit):
    opened = visit(viewport=WIDE, service_workers="block")
    opened.context.route("**/search/w/*", lambda route: route.abort())
    page = opened.open("check/")
    check(page, OPENED)
    expect(page.locator("#lost")).to_be_visible()
    opened.context.unroute("**/search/w/*")
    page.locator("#again").click()

    expect(page.locator("#lost")).to_be_hidden()
    expect(found(page).first.locator(".words")).to_have_text(OPENED)


def test_once_loaded_it_works_without_a_network(browser, schools: Archive):
    with served(schools.root / "www") as address:
        opened = Visit(browser, f"{address}/repo/", viewport=PHONE)
        page = opened.open("check/")
        expect(page.locator("#kept")).to_be_visible()
    # The server is gone.
    opened.context.set_offline(True)
    page.reload()
    check(page, f"{OTHER_NUMBER}. {UNHEARD}")

    expect(found(page).first.locator(".words mark")).to_have_text("12 مدرسة")
    expect(found(page).last).to_contain_text("لم نفحص هذا بعد")
    assert page.locator("#lost").is_hidden()
    assert page.evaluate("document.fonts.check('16px Readex')") and opened.faults == []
    opened.context.close()


def test_the_data_of_a_large_archive_is_kept_when_it_is_asked_for(visit):
    opened = visit(viewport=PHONE, service_workers="block")
    small = opened.context.new_page().request.get(f"{opened.address}check/").text()
    large = small.replace('data-most="128"', 'data-most="1"')
    assert large != small
    opened.context.route("**/check/", lambda route: route.fulfill(body=large, content_type="text/html"))
    page = opened.open("check/")
    expect(page.locator("#asks")).to_be_visible()
    page.locator("#keep").click()

    expect(page.locator("#kept")).to_be_visible()
    expect(page.locator("#keep")).to_be_hidden()


def test_without_javascript_it_explains_and_leads_to_the_search(visit):
    page = visit(java_script_enabled=False).open("check/")

    assert page.locator("textarea").is_hidden()
    assert page.locator("main noscript a[href$='/search/'], main .empty a[href$='/search/']").first.is_visible()


@pytest.mark.parametrize("path", ["search/", "404.html", ""])
def test_other_pages_lead_to_it(visit, path):
    page = visit().open(path)
    page.locator("a[href$='/check/']:visible").first.click()

    expect(page.locator("#message")).to_be_visible()


def test_whoever_may_be_written_to_is_offered_a_suggestion(archive: Archive):
    archive.overrides |= {"contact": "mailto:desk@example.org"}
    archive.build()

    assert 'href="mailto:desk@example.org">اقترح' in archive.page("/check/")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visit, scheme, viewport):
    page = visit(color_scheme=scheme, viewport=viewport, bypass_csp=True).open("check/")
    check(page, f"{OTHER_NUMBER}. {UNHEARD}")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_what_a_finger_must_hit_is_large_enough(visit):
    page = visit(viewport=PHONE, has_touch=True).open("check/")
    check(page, OPENED)
    heights = page.eval_on_selector_all(
        "#paste button, #paste textarea", "a => a.filter(e => e.offsetParent).map(e => e.offsetHeight)"
    )

    assert heights and min(heights) >= 44

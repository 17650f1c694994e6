"""The search page in a browser, over an archive of its own: what is found, narrowed and shared."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from factarchive.archive.verdicts import Verdict, scale
from factarchive.publishing.phrases import Phrases
from tests.conftest import OPENED
from tests.search_page.asking import (
    ARTICLES,
    FIRST,
    LATIN,
    SCHOOL,
    SECOND,
    SPEAKER,
    TOWNS,
    ask,
    box,
    groups,
    narrow,
    query,
    settled,
    titles,
)
from tests.visits import WIDE

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

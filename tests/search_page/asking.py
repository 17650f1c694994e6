"""What the tests of the search page ask for, and how."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

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

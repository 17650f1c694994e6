"""What pages show of other claims: recurrences, related rulings, and a match under the machine's own label."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, PENDING, RULED, Archive
from tests.test_wall import ruled_outputs

# «The Ministry of Education opened 12 schools in Gaza in March», with 30 schools, and of the closing of schools there;
# «The price of bread rose in Cairo by 5 per cent.»
OPENED = "افتتحت وزارة التعليم 12 مدرسة في غزة في مارس"
THIRTY = "افتتحت وزارة التعليم 30 مدرسة في غزة في مارس"
CLOSED = "أغلقت وزارة التعليم 12 مدرسة في غزة بعد الحرب في مارس"
BREAD = "ارتفع سعر الخبز في القاهرة 5 في المئة"
MACHINE = "اقتراح آلي لم يراجعه محرر"


def put(archive: Archive, slug: str, *claims: tuple[str, str], day: str = "2025-03-18", outlet: str = "") -> None:
    """Write an article with claims of these words, each with its verdict or none."""
    made = ""
    for number, (words, verdict) in enumerate(claims, start=1):
        form = RULED if verdict else PENDING
        made += form.format(id=f"{slug}{number}", words=words, quote=words, day=day, verdict=verdict)
    body = "\n\n".join(f"قالت وزارة التعليم: {words}." for words, _ in claims)
    text = ARTICLE.format(title=f"مادة {slug}", slug=slug, day=day, claims=made, body=body)
    archive.write(f"content/{slug}.md", text.replace("صحيفة المثال", outlet) if outlet else text)


@pytest.fixture
def bare(tmp_path: Path) -> Archive:
    """An archive without articles."""
    made = Archive(tmp_path / "project")
    made.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\n')
    return made


def section(page: str, id_: str) -> str:
    """The part of a page under a heading; nothing where there is none."""
    found = re.search(rf'<section aria-labelledby="{id_}">.*?</section>', page, re.S)
    return found[0] if found else ""


def machine_blocks(page: str) -> list[str]:
    """The machine's own blocks of a page, as text."""
    found = re.findall(r'<div class="machine">.*?</div>', page, re.S)
    return [" ".join(re.sub("<[^>]+>", "", block).split()) for block in found]


def test_a_claim_that_other_entries_make_again_says_where_and_when(bare: Archive) -> None:
    put(bare, "a", (OPENED, "true"))
    put(bare, "b", (OPENED, ""), day="2025-04-02", outlet="وكالة الأنباء")
    put(bare, "c", (BREAD, "true"))
    bare.build()
    first, second = (section(bare.page(f"/claims/{id_}/"), "recurs") for id_ in ("a1", "b1"))

    assert "تكرر في مادة أخرى" in first
    assert ("/claims/b1/" in first, "وكالة الأنباء" in first, "2 أبريل 2025" in first) == (True, True, True)
    assert "/claims/a1/" in second
    assert section(bare.page("/claims/c1/"), "recurs") == ""


def test_a_ruling_on_the_same_matter_is_related_and_what_nobody_ruled_on_is_not(bare: Archive) -> None:
    put(bare, "a", (OPENED, "true"))
    put(bare, "b", (CLOSED, "false"))
    put(bare, "c", (BREAD, "true"))
    bare.build()
    page = bare.page("/claims/a1/")

    assert "/claims/b1/" in section(page, "related")
    assert section(bare.page("/claims/c1/"), "related") == ""

    put(bare, "b", (CLOSED, ""))
    bare.build()

    assert section(bare.page("/claims/a1/"), "related") == ""


def test_a_draft_says_which_ruled_claim_it_matches_whose_ruling_it_is_and_what_differs(bare: Archive) -> None:
    put(bare, "a", (OPENED, "false"))
    put(bare, "b", (THIRTY, ""), day="2025-04-02")
    bare.build()
    for url in ("/articles/b/", "/claims/b1/"):
        block = machine_blocks(bare.page(url))[-1]

        assert block.startswith(MACHINE)
        # «That claim was ruled on, not this one: false» and «number: here 30 schools, there 12 schools»
        assert "حُكم في ذلك الادعاء، لا في هذا: زائف، 18 مارس 2025" in block
        assert "العدد: هنا 30 مدرسة وهناك 12 مدرسة" in block
    assert "stamp" not in bare.page("/claims/b1/")


def test_other_numbers_long_after_are_other_news_and_no_match(bare: Archive) -> None:
    put(bare, "a", (OPENED, "false"))
    put(bare, "b", (THIRTY, ""), day="2025-09-02")
    bare.build()

    assert "ذلك الادعاء" not in bare.page("/articles/b/")


def test_a_ruled_claim_and_one_that_matches_nothing_show_no_match(bare: Archive) -> None:
    put(bare, "a", (OPENED, "false"), (BREAD, ""))
    put(bare, "b", (OPENED, "true"))
    bare.build()

    assert "ذلك الادعاء" not in "".join(bare.page(url) for url in ("/articles/a/", "/articles/b/", "/claims/b1/"))


def test_no_match_changes_what_takes_rulings_only_nor_the_draft(bare: Archive) -> None:
    put(bare, "a", (BREAD, "false"))
    put(bare, "b", (THIRTY, ""))
    bare.build()
    before = {name: raw for name, raw in ruled_outputs(bare).items() if name.startswith(("articles/b", "claims/b1"))}
    draft = bare.read("content/b.md")
    put(bare, "c", (OPENED, "false"))
    report = bare.build()
    after = {name: raw for name, raw in ruled_outputs(bare).items() if name in before}

    assert {"/articles/b/", "/claims/b1/"} <= set(report.built)
    assert (after, bare.read("content/b.md")) == (before, draft)
    assert "/articles/b/" not in bare.page("/verdicts/false/")


def test_an_edit_renders_the_pages_whose_lists_it_changes_and_no_others(bare: Archive) -> None:
    for n in range(6):
        put(bare, f"x{n}", (BREAD.replace("5", f"{n}3"), "true"), (f"وعد الوزير {n} ببناء جسر في البصرة", ""))
    put(bare, "a", (OPENED, "true"))
    put(bare, "b", (THIRTY, ""))
    bare.build()
    bare.edit("content/a.md", "verdict: true", "verdict: false")
    built = {url for url in bare.build().built if url.startswith(("/articles/", "/claims/"))}

    assert built == {"/articles/a/", "/claims/a1/", "/articles/b/", "/claims/b1/"}

    bare.edit("content/a.md", "title: مادة a", "title: مادة")
    built = {url for url in bare.build().built if url.startswith(("/articles/", "/claims/"))}

    assert built == {"/articles/a/", "/claims/a1/"}


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edits_the_site_is_the_one_of_a_clean_build(bare: Archive, seed: int) -> None:
    chance = random.Random(seed)
    words = [OPENED, THIRTY, CLOSED, BREAD, OPENED + " الماضي"]
    for _ in range(7):
        for _ in range(chance.randrange(1, 4)):
            slug = f"e{chance.randrange(6)}"
            if chance.random() < 0.2:
                (bare.root / f"content/{slug}.md").unlink(missing_ok=True)
                continue
            claims = [(chance.choice(words), chance.choice(["true", "false", ""])) for _ in range(2)]
            put(bare, slug, *claims, day=chance.choice(["2025-03-18", "2025-05-01"]))
        if not list((bare.root / "content").glob("*.md")):
            put(bare, "e0", (OPENED, "true"))
        bare.build()
        incremental = bare.files()
        for folder in ("site", ".cache"):
            shutil.move(bare.root / folder, bare.root / f"{folder}.kept")
        bare.build()
        clean = bare.files()
        for folder in ("site", ".cache"):
            shutil.rmtree(bare.root / folder)
            shutil.move(bare.root / f"{folder}.kept", bare.root / folder)

        assert incremental == clean

"""Feeds and the log of changes: what is in them, in which order, and that readers of feeds can read them."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from tests.conftest import Archive

SCHEMA = Path(__file__).parent / "schemas" / "atom.rng"

# «We said 21; it is 12.» with the words that were replaced; a ruling that was «false» («زائف») until April.
CORRECTED = """\
corrections:
  - {on: 2025-03-25, claim: march1, text: كتبنا 21 والصواب 12., was: 21 مدرسة, now: 12 مدرسة}
  - {on: 2025-03-20, text: أضفنا اسم الجهة.}
---
"""
REPLACED = """\
      on: 2025-04-10
      history: [{on: 2025-03-19, verdict: false, why: ظهرت قائمة الوزارة.}]
"""


@pytest.fixture
def changed(archive: Archive) -> Archive:
    """The archive with two corrections and a replaced ruling in the article of March."""
    archive.edit("content/march.md", "---\nقالت", CORRECTED + "قالت")
    archive.edit("content/march.md", "      on: 2025-03-18\n", REPLACED)
    archive.build()
    return archive


def feeds(archive: Archive) -> list[str]:
    return sorted(name for name in archive.files() if name.endswith("feed.xml"))


def test_every_feed_can_be_read_in_both_formats(changed: Archive) -> None:
    for name in feeds(changed):
        atom = feedparser.parse(changed.files()[name])
        other = json.loads(changed.files()[name.replace(".xml", ".json")])

        assert not atom.bozo and atom.version == "atom10", name
        assert [e.id for e in atom.entries] == [item["id"] for item in other["items"]]
        assert [e.title for e in atom.entries] == [item["title"] for item in other["items"]]
        assert len({e.id for e in atom.entries}) == len(atom.entries)
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        assert other["feed_url"].removesuffix("json") == atom.feed.links[0].href.removesuffix("xml")


def test_every_atom_feed_is_valid(changed: Archive) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    for name in feeds(changed):
        schema.assertValid(etree.fromstring(changed.files()[name]))


def test_a_feed_without_what_atom_asks_for_would_be_seen(changed: Archive) -> None:
    feed = etree.fromstring(changed.files()["feed.xml"])
    feed.remove(feed.find("{http://www.w3.org/2005/Atom}updated"))

    assert not etree.RelaxNG(etree.parse(SCHEMA)).validate(feed)


def test_each_list_of_rulings_has_a_feed_and_what_is_pending_has_none(changed: Archive) -> None:
    names = feeds(changed)

    assert {n.split("/")[0] for n in names} == {
        *("archive", "corrections", "feed.xml", "outlets", "speakers", "techniques", "topics", "verdicts")
    }
    assert not any(n.startswith("pending") for n in names)


def test_a_feed_of_claims_holds_the_ruled_ones_only(changed: Archive) -> None:
    pages = [e.link for name in feeds(changed) for e in feedparser.parse(changed.files()[name]).entries]

    assert pages and not any("march2" in page or "april2" in page for page in pages)


def test_the_newest_work_of_a_person_stands_first(changed: Archive) -> None:
    # March's article is older than April's, and its ruling was made anew after it.
    atom = feedparser.parse(changed.files()["feed.xml"])

    assert [e.link.rsplit("/", 2)[1] for e in atom.entries] == ["march", "april"]


def test_the_log_tells_every_correction_and_replaced_ruling_newest_first(changed: Archive) -> None:
    atom = feedparser.parse(changed.files()["corrections/feed.xml"])
    page = changed.page("/corrections/")

    assert [e.updated[:10] for e in atom.entries] == ["2025-04-10", "2025-03-25", "2025-03-20"]
    assert "<del>21 مدرسة</del>" in page and "<ins>12 مدرسة</ins>" in page
    assert page.index("v-false") < page.index("v-true")  # what it was, then what it became
    assert "/corrections/2025/" in page
    assert changed.page("/corrections/2025/").count("<li><time") == 3


def test_a_corrected_page_says_so_on_top_with_the_replaced_words(changed: Archive) -> None:
    for url in ("/articles/march/", "/claims/march1/"):
        top = changed.page(url).partition("<h1")[0]

        assert "كتبنا 21 والصواب 12." in top and "<del>21 مدرسة</del>" in top
    assert "كتبنا" not in changed.page("/claims/march2/")


def test_an_archive_without_corrections_says_so(archive: Archive) -> None:
    archive.build()

    assert "لم يُصحح شيء" in archive.page("/corrections/")
    assert not feedparser.parse(archive.files()["corrections/feed.xml"]).entries

"""What machines read of a page besides its ClaimReview, and what a ClaimReview says of media and corrections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factarchive.archive.entries import Entry, read_entry
from factarchive.archive.site import Registry
from factarchive.config import read_settings
from factarchive.publishing.article_views import Aside, article_view
from factarchive.publishing.claimreview import claim_review
from factarchive.publishing.desk import Desk
from factarchive.publishing.list_views import scale_view
from factarchive.publishing.parts import Link, Meta, SiteInfo
from factarchive.publishing.structured import article_nodes, page_graph
from tests.own_site import BASE_URL, sample

PAGES = (Link("x", "/methodology/"), Link("y", "/funding/"))
SITE = SiteInfo("t", "", "", "p", "mailto:desk@example.org", nav=(), pages=PAGES, social=(Link("z", "https://t.me/z"),))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(read_settings(tmp_path, {"base_url": BASE_URL}), Registry(()))


@pytest.fixture
def entry() -> Entry:
    """The sample, with an image in question, and a correction of one claim and one of the whole."""
    media = "  media: {url: 'https://example.org/a.jpg', category: EditedOrCroppedContent}\n"
    text = sample().replace("- id: sample-altered\n", f"- id: sample-altered\n{media}")
    corrections = """corrections:
- {on: 2026-03-23, claim: sample-altered, text: a number was wrong}
- {on: 2026-03-25, text: a name was wrong}
"""
    return read_entry(text.replace("sources:\n", f"{corrections}sources:\n", 1), "x.md")


def review(entry: Entry, name: str, desk: Desk) -> dict:
    claim = next(c for c in entry.front.claims if c.id == f"sample-{name}")
    return json.loads(claim_review(claim, entry, f"{BASE_URL}/claims/{claim.id}/", desk) or "null")


def graph(meta: Meta, desk: Desk) -> dict[str, dict]:
    """The nodes of a page's graph by type."""
    return {node["@type"]: node for node in json.loads(page_graph(meta, SITE, desk) or '{"@graph": []}')["@graph"]}


def test_a_claim_about_an_image_has_a_mediareview_in_its_category(entry, desk):
    media = review(entry, "altered", desk)["associatedMediaReview"]

    assert media["mediaAuthenticityCategory"] == "EditedOrCroppedContent"
    assert media["itemReviewed"]["mediaItemAppearance"][0]["contentUrl"] == "https://example.org/a.jpg"
    assert "associatedMediaReview" not in review(entry, "false", desk)


def test_a_correction_is_said_in_the_markup_of_its_claim_and_of_the_article(entry, desk):
    article = graph(article_view(entry, desk, Aside()).meta, desk)["ReportageNewsArticle"]

    assert [c["datePublished"] for c in review(entry, "altered", desk)["correction"]] == ["2026-03-23"]
    assert "correction" not in review(entry, "false", desk)
    assert [c["@type"] for c in article["correction"]] == ["CorrectionComment"] * 2
    assert (article["datePublished"], article["dateModified"]) == ("2026-03-21", "2026-03-25")


def test_an_article_names_its_ruled_claims_and_no_other(entry, desk):
    parts = graph(article_view(entry, desk, Aside()).meta, desk)["ReportageNewsArticle"]["hasPart"]
    named = {part["url"].rstrip("/").rpartition("/")[2] for part in parts}

    assert named == {claim.id for claim in entry.front.claims if claim.ruling.is_made} != set()


def test_an_article_without_rulings_is_no_report_of_ours(entry, desk):
    front = entry.front.model_copy(update={"claims": tuple(c for c in entry.front.claims if not c.ruling.is_made)})
    (bare,) = article_nodes(front, "/articles/x/", desk)

    assert (bare["@type"], bare["hasPart"], bare["datePublished"]) == ("Article", [], None)


def test_what_meedan_reads_is_there_and_the_headline_is_not_the_claim(entry, desk):
    found = review(entry, "false", desk)

    assert {"headline", "text", "identifier", "inLanguage", "keywords"} <= set(found)
    assert found["headline"] != found["claimReviewed"]


def test_the_way_to_a_page_is_a_list_of_whole_addresses(desk):
    nodes = graph(Meta("c", "", "/b/c/", crumbs=(Link("a", "/"), Link("b", "/b/"), Link("c", "/b/c/"))), desk)
    items = nodes["BreadcrumbList"]["itemListElement"]

    assert [(i["position"], i["item"]) for i in items] == [
        (1, f"{BASE_URL}/"),
        (2, f"{BASE_URL}/b/"),
        (3, f"{BASE_URL}/b/c/"),
    ]


def test_the_home_page_names_the_newsroom_with_the_policies_that_it_has_and_no_other(desk):
    nodes = graph(Meta("t", "", "/"), desk)
    newsroom = nodes["NewsMediaOrganization"]

    assert newsroom["verificationFactCheckingPolicy"] == f"{BASE_URL}/methodology/"
    assert newsroom["ownershipFundingInfo"] == f"{BASE_URL}/funding/"
    assert newsroom["email"] == "desk@example.org" and "ethicsPolicy" not in newsroom
    assert nodes["WebSite"]["potentialAction"]["target"]["urlTemplate"].startswith(f"{BASE_URL}/search/?q=")


def test_the_scale_is_declared_with_its_numbers_and_without_what_is_never_marked_up(desk):
    terms = graph(scale_view(desk).meta, desk)["DefinedTermSet"]["hasDefinedTerm"]
    numbers = {term["name"]: term.get("termCode") for term in terms}

    # true, false; unproven, which has no number; opinion and pending, which are never marked up
    assert (numbers["صحيح"], numbers["زائف"], numbers["غير مثبت"]) == ("5", "1", None)
    assert {"رأي", "قيد التحقق"} & set(numbers) == set()


def test_a_page_that_is_not_indexed_says_nothing(desk):
    assert page_graph(Meta("t", "", "/404.html", indexed=False), SITE, desk) is None

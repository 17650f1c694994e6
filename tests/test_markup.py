"""What machines read of the finished site: ClaimReview, addresses, feeds, links, and HTML that is valid."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import extruct
import feedparser
import pytest
from lxml import etree, html

from factarchive.checking.markup.check import Wanted, check_paths
from tests import needs
from tests.own_site import BASE_PATH, BASE_URL, Built, built_site, rated

NUMBERS = ("ratingValue", "bestRating", "worstRating")
ADDRESSES = ("//@href", "//@src", "//@action", "//@poster", "//@data-index")


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built_site(tmp_path_factory.getbasetemp())


@cache
def document(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_bytes())


def reviews(page: Path) -> list[dict]:
    """Every ClaimReview that a reader of structured data finds on a page, in any syntax and at any depth."""
    found = extruct.extract(page.read_bytes(), uniform=True, syntaxes=["json-ld", "microdata"])
    waiting: list[object] = [found]
    kept = []
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.values()
            kept += [item] if item.get("@type") == "ClaimReview" else []
        elif isinstance(item, list):
            waiting += item
    return kept


def claim_page(site: Built, claim_id: str) -> Path:
    return site.output / "claims" / claim_id / "index.html"


@pytest.fixture(scope="session")
def marked(own_site: Built) -> dict[str, dict]:
    """The one ClaimReview of every claim that must have one, by the claim's id."""
    return {c.id: only(reviews(claim_page(own_site, c.id))) for c in own_site.claims if rated(c)}


def only(found: list[dict]) -> dict:
    (one,) = found
    return one


# ---------------------------------------------------------------- ClaimReview


def test_a_ruled_claims_page_has_one_claimreview_and_no_other_page_has_any(own_site):
    expected = {claim_page(own_site, c.id): 1 for c in own_site.claims if rated(c)}
    found = {page: count for page in own_site.pages if (count := len(reviews(page)))}

    assert found == expected


def test_the_archive_tested_has_every_kind_of_claim(own_site):
    verdicts = Counter(str(c.ruling.verdict) for c in own_site.claims)

    assert {"true", "unproven", "satire", "opinion", "pending", "None"} <= set(verdicts)


def test_a_claimreviews_address_is_the_pages_in_every_place_byte_for_byte(own_site, marked):
    places = set(etree.parse(own_site.output / "sitemap.xml").xpath("//*[local-name()='loc']/text()"))
    for claim_id, review in marked.items():
        page = document(claim_page(own_site, claim_id))
        (canonical,) = page.xpath("//link[@rel='canonical']/@href")
        (shared,) = page.xpath("//meta[@property='og:url']/@content")

        assert {review["url"], canonical, shared} == {f"{BASE_URL}/claims/{claim_id}/"}
        assert review["url"] in places


def test_a_claimreview_has_all_that_its_readers_ask_for(marked):
    # Google: claimReviewed, reviewRating.alternateName, url. Bing besides: author, datePublished, the scale.
    for review in marked.values():
        rating, about = review["reviewRating"], review["itemReviewed"]

        assert review["@context"] == "https://schema.org"
        assert 0 < len(review["claimReviewed"]) < 75
        assert review["author"]["name"] and re.match(r"\d{4}-\d\d-\d\d", review["datePublished"])
        assert (rating["@type"], about["@type"]) == ("Rating", "Claim")
        assert "author" not in about or about["author"]["name"]


def test_a_rating_is_the_ruled_layers_label_and_number(own_site, marked):
    for claim in own_site.claims:
        if claim.id in marked:
            rating, expected = marked[claim.id]["reviewRating"], rated(claim)

            assert rating["alternateName"] == expected.label
            assert rating.get("ratingValue") == expected.value


def test_a_number_stands_between_the_ends_of_the_scale(marked):
    numbered = [r["reviewRating"] for r in marked.values() if "ratingValue" in r["reviewRating"]]

    assert numbered
    assert all(1 <= r["worstRating"] <= r["ratingValue"] <= r["bestRating"] == 5 for r in numbered)


@pytest.mark.parametrize("verdict", ["unproven", "satire"])
def test_a_verdict_off_the_scale_has_no_number(marked, verdict):
    rating = marked[f"sample-{verdict}"]["reviewRating"]

    assert [n for n in NUMBERS if n in rating] == []


@pytest.mark.parametrize("name", ["opinion", "waiting"])
def test_an_opinion_and_a_claim_nobody_ruled_on_have_no_markup(own_site, name):
    assert reviews(claim_page(own_site, f"sample-{name}")) == []


def test_an_opinion_that_was_really_said_is_marked_up_as_said(own_site, marked):
    assert marked["sample-said-opinion"]["reviewRating"]["ratingValue"] == 5


def test_the_verdict_in_the_markup_can_be_read_on_the_page(own_site, marked):
    for claim_id, review in marked.items():
        seen = " ".join(document(claim_page(own_site, claim_id)).xpath("//main//text()"))

        assert review["reviewRating"]["alternateName"] in seen


def test_the_check_of_pages_finds_no_error_on_the_own_site(own_site):
    done = check_paths([own_site.output], Wanted(date(2026, 12, 1)))
    errors = [(str(p.place), p.rule, p.text_en) for p in done.problems if p.severity == "error"]

    assert (done.reviews, errors) == (len([c for c in own_site.claims if rated(c)]), [])


@pytest.mark.parametrize("kind", ["BreadcrumbList", "ReportageNewsArticle", "NewsMediaOrganization", "WebSite"])
def test_extruct_reads_what_surrounds_the_reviews(own_site, kind):
    found = {
        node["@type"]
        for page in own_site.pages
        for block in extruct.extract(page.read_bytes(), syntaxes=["json-ld"])["json-ld"]
        for node in block.get("@graph", ())
    }

    assert kind in found


def test_every_address_in_the_markup_that_is_ours_leads_to_a_page(own_site):
    for page in own_site.pages:
        for block in document(page).xpath("//script[@type='application/ld+json']/text()"):
            for address in re.findall(rf'"({BASE_URL}/[^"{{}}]*)"', block):
                assert fault(own_site, f"{BASE_URL}/", address) == "", address


# ---------------------------------------------------------------- addresses


def links(site: Built) -> list[tuple[str, str]]:
    """Every address in every page, style sheet, feed and sitemap, with the place that it stands in."""
    found = []
    for page in site.pages:
        tree = document(page)
        found += [(site.url(page), str(value)) for path in ADDRESSES for value in tree.xpath(path)]
        sets = [part.split()[0] for value in tree.xpath("//@srcset") for part in str(value).split(",")]
        found += [(site.url(page), address) for address in sets]
    for style in site.output.rglob("*.css"):
        for value in re.findall(r"url\(['\"]?([^'\")]+)", style.read_text(encoding="utf-8")):
            found.append((site.url(style), value))
    for name in ("feed.xml", "sitemap.xml"):
        tree = etree.parse(site.output / name)
        texts = tree.xpath("//@href | //*[local-name()='loc' or local-name()='id']/text()")
        found += [(f"{BASE_URL}/{name}", str(value)) for value in texts]
    return found


def fault(site: Built, where: str, address: str) -> str:
    """Why an address leads nowhere; empty where it does lead somewhere, or out of the site."""
    target = urlsplit(urljoin(where, address))
    if target.netloc != urlsplit(BASE_URL).netloc or target.path == "/register":  # the sample's source
        return "" if target.scheme in ("https", "http", "mailto", "data", "tag", "urn") else "unknown scheme"
    if not target.path.startswith(BASE_PATH):
        return "outside the base path"
    file = site.output / unquote(target.path.removeprefix(BASE_PATH))
    file = file / "index.html" if target.path.endswith("/") else file
    if not file.is_file():
        return "no such file"
    if not target.fragment or file.suffix != ".html":
        return ""
    return "" if unquote(target.fragment) in document(file).xpath("//@id") else "no such anchor"


def test_every_link_and_anchor_inside_the_site_leads_somewhere(own_site):
    checked = {(where, address): fault(own_site, where, address) for where, address in set(links(own_site))}
    broken = sorted((*place, why) for place, why in checked.items() if why)

    assert len(checked) > 100 and broken == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/claims/", "outside the base path"),
        (f"{BASE_PATH}no-such-page/", "no such file"),
        ("#no-such-anchor", "no such anchor"),
        ("javascript:void 0", "unknown scheme"),
        ("https://elsewhere.example/", ""),
    ],
)
def test_a_link_that_leads_nowhere_would_be_seen(own_site, address, why):
    assert fault(own_site, f"{BASE_URL}/", address) == why


def test_no_anchor_stands_twice_on_a_page(own_site):
    twice = {
        page.name: repeated
        for page in own_site.pages
        if (repeated := [i for i, n in Counter(document(page).xpath("//@id")).items() if n > 1])
    }

    assert twice == {}


def test_the_sitemap_lists_pages_that_exist_and_may_be_indexed(own_site):
    places = etree.parse(own_site.output / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    canonical = {
        str(address)
        for page in own_site.pages
        if not document(page).xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
        for address in document(page).xpath("//link[@rel='canonical']/@href")
    }

    assert len(places) == len(set(places)) and set(places) <= canonical


def test_a_shared_page_shows_an_image_of_the_size_that_it_says(own_site):
    for page in (p for p in own_site.pages if "embed" not in p.parts):  # a fragment is not shared by itself
        shared = {m.get("property"): m.get("content") for m in document(page).xpath("//meta[@property]")}
        image = own_site.output / shared["og:image"].removeprefix(f"{BASE_URL}/")
        header = image.read_bytes()[:24]

        assert header[:8] == b"\x89PNG\r\n\x1a\n" and shared["og:image:alt"]
        sides = [int.from_bytes(header[at : at + 4], "big") for at in (16, 20)]
        assert sides == [int(shared["og:image:width"]), int(shared["og:image:height"])] == [1200, 630]


def test_every_page_is_arabic_from_right_to_left_and_has_one_heading(own_site):
    for page in own_site.pages:
        tree = document(page)

        assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl"), page
        assert len(tree.xpath("//h1")) == 1, page


# ---------------------------------------------------------------- feeds and data


def test_the_feed_is_well_formed_and_in_arabic(own_site):
    feed = feedparser.parse((own_site.output / "feed.xml").read_bytes())

    assert not feed.bozo and feed.version == "atom10" and feed.entries
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    assert all(entry.link.startswith(f"{BASE_URL}/") for entry in feed.entries)


def test_every_json_file_is_json(own_site):
    files = sorted(own_site.output.rglob("*.json"))

    assert files and all(json.loads(file.read_text(encoding="utf-8")) is not None for file in files)


# ---------------------------------------------------------------- HTML


def test_the_nu_checker_has_nothing_to_say(own_site):
    # Without --skip-non-html it reads fonts as HTML; its check of a policy in a <meta> is wrong about files.
    flags = ["--skip-non-html", "--also-check-css", "--also-check-svg", "--Werror"]
    policy = ["--filterpattern", ".*Content Security Policy.*"]
    command = [needs.java(), "-jar", str(needs.vnu_jar()), *flags, *policy, str(own_site.output)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    assert (done.stdout + done.stderr, done.returncode) == ("", 0)

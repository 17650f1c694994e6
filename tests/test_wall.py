"""The wall: a machine proposes, a person rules; nothing of a proposal reaches what readers take for a ruling."""

from __future__ import annotations

import json
import re

import pytest

from factarchive.archive.terms import Status
from factarchive.archive.verdicts import Verdict
from tests.conftest import Archive, rules

# A proposal as loud as can be: every status, high confidence, reasons that speak like verdicts («زائف» is «false»).
LOUD = "{{status: {status}, confidence: high, because: [{{rule: x, text: هذا الادعاء زائف}}], by: rules/1}}"
QUIET = "{status: attributed-only, confidence: low, by: rules/1}"


def ruled_outputs(archive: Archive) -> dict[str, str | bytes]:
    """Everything that takes rulings only: markup, verdict lists, feed, bars of verdicts, and the search's files."""
    whole = archive.files()
    search = {name: raw for name, raw in whole.items() if name.endswith(".bin")}
    kept = {name: raw for name, raw in whole.items() if name not in search and not name.startswith(("static", "."))}
    files = {name: raw.decode() for name, raw in kept.items()}
    lists = {name: page for name, page in files.items() if name.startswith(("verdicts/", "feed.xml"))}
    markup = {f"{n}#ld": "".join(re.findall(r"ld\+json\">(.*?)</script>", page)) for n, page in files.items()}
    bars = {f"{n}#bar": "".join(re.findall(r'<svg class="bar".*?</svg>', page, re.S)) for n, page in files.items()}
    return {**lists, **markup, **bars, **search}


@pytest.mark.parametrize("status", list(Status))
def test_no_proposal_changes_what_takes_rulings_only(archive: Archive, status: Status) -> None:
    archive.build()
    before = ruled_outputs(archive)
    archive.edit("content/march.md", QUIET, LOUD.format(status=status))
    report = archive.build()

    assert "/claims/march2/" in report.built
    assert ruled_outputs(archive) == before


def test_the_statuses_of_proposals_and_the_verdicts_share_no_word() -> None:
    assert not {str(s) for s in Status} & {str(v) for v in Verdict}


def test_an_opinion_and_an_unruled_claim_carry_no_markup(archive: Archive) -> None:
    archive.article("view", verdict="opinion")
    archive.build()

    assert '"ClaimReview"' in archive.page("/claims/march1/")
    assert '"ClaimReview"' not in archive.page("/claims/march2/") + archive.page("/claims/view1/")


@pytest.mark.parametrize("verdict", ["unproven", "satire"])
def test_a_verdict_off_the_scale_carries_no_number(archive: Archive, verdict: str) -> None:
    archive.article("odd", verdict=verdict)
    archive.build()
    page = archive.page("/claims/odd1/")
    rating = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])["reviewRating"]

    assert set(rating) == {"@type", "alternateName", "ratingExplanation"}


def test_an_attribution_alone_is_rated_as_the_outlets_claim(archive: Archive) -> None:
    archive.edit("content/march.md", "verdict: true", "attribution: true")
    archive.build()
    review = json.loads(re.findall(r"ld\+json\">(.*?)</script>", archive.page("/claims/march1/"))[0])

    assert review["itemReviewed"]["author"]["name"] == "صحيفة المثال"


def test_nobody_is_marked_up_as_the_author_of_what_they_did_not_say(archive: Archive) -> None:
    archive.edit("content/march.md", "verdict: true", "attribution: false\n      verdict: out-of-context")
    archive.build()
    review = json.loads(re.findall(r"ld\+json\">(.*?)</script>", archive.page("/claims/march1/"))[0])

    assert (review["itemReviewed"]["author"]["name"], review["reviewRating"]["ratingValue"]) == ("صحيفة المثال", 2)


def test_a_verdict_that_is_said_to_be_pending_is_pending_whatever_the_attribution(archive: Archive) -> None:
    archive.edit("content/march.md", "verdict: true", "attribution: true\n      verdict: pending")
    archive.build()

    assert '"ClaimReview"' not in archive.page("/claims/march1/")
    assert "/claims/march1/" in archive.page("/pending/")
    assert "/claims/march1/" not in archive.page("/verdicts/true/")


def test_words_that_are_no_longer_those_that_were_ruled_on_carry_no_markup(archive: Archive) -> None:
    archive.edit(
        "content/march.md", "    ruling:\n      verdict: true", "    ruling:\n      of: 0123\n      verdict: true"
    )
    report = archive.build()

    assert rules(report) == ["ruling-stale"]
    assert '"ClaimReview"' not in archive.page("/claims/march1/")


def test_an_attribution_that_is_rated_says_whose_words_they_are(archive: Archive) -> None:
    archive.edit("content/march.md", "verdict: true", "attribution: true")
    archive.build()
    review = json.loads(re.findall(r"ld\+json\">(.*?)</script>", archive.page("/claims/march1/"))[0])

    # «Attributed to the ministry of education: …»
    assert review["claimReviewed"].startswith("نُسب إلى وزارة التعليم: «")


def test_a_draft_that_nobody_ruled_on_is_in_no_feed(archive: Archive) -> None:
    archive.build()
    before = archive.page("/feed.xml")
    archive.write("seeds/x.txt", "افتتاح الجسر\nقال الوزير إن الجسر سيُفتتح في مايو.\n")
    archive.write("seeds/x.yml", "published: 2025-06-01\nslug: bridge\n")
    report = archive.build()

    assert "/articles/bridge/" in report.built
    assert archive.page("/feed.xml") == before


def test_a_proposal_is_shown_under_its_own_label_and_without_a_stamp(archive: Archive) -> None:
    archive.build()
    page = archive.page("/claims/march2/")

    assert "اقتراح آلي لم يراجعه محرر" in page
    assert "stamp" not in page

"""Out and in again: what the data files say is what an import of them reads, from each of the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from factarchive.archive.entries import read_entry
from factarchive.importing.reading import read_records
from factarchive.importing.reviews import Review, read_reviews
from factarchive.problems import Problem
from tests.conftest import Archive
from tests.test_importing import REVIEW, given_file, run

VERDICTS = ["true", "mostly-true", "mixed", "misleading", "out-of-context", "altered", "false", "unproven", "satire"]
# What Meedan Check's importer reads of a ClaimReview (its first column is the claim, its status the rating's word).
MEEDAN = ("claimReviewed", "reviewRating", "url", "headline", "text", "identifier", "inLanguage", "keywords")


@pytest.fixture
def built(archive: Archive) -> Archive:
    """An archive with every verdict of the scale that is marked up, and a review of another desk."""
    for n, verdict in enumerate(VERDICTS):
        archive.article(f"v{n}", f"2025-06-{n + 1:02}", verdict=verdict)
        archive.edit(f"content/v{n}.md", "topics: [التعليم]", "topics: [التعليم, المدن الكبرى]")
    assert run(archive, str(given_file(archive.root, REVIEW))) == 0
    archive.build()
    return archive


def ours(archive: Archive) -> dict[str, tuple[Any, ...]]:
    """What the content files say of each review, by its address."""
    told: dict[str, tuple[Any, ...]] = {}
    for path in sorted((archive.root / "content").rglob("*.md")):
        front = read_entry(path.read_text(encoding="utf-8"), path.name).front
        for claim in front.claims:
            if it := claim.reviewed_elsewhere:
                told[it.url] = (claim.words, str(it.verdict), it.on, claim.said_on, it.lang, front.topics)
            elif claim.ruling.is_made:
                url = f"https://example.org/repo/claims/{claim.id}/"
                told[url] = (claim.words, str(claim.ruling.verdict), claim.ruling.on, claim.said_on, "ar", front.topics)
    return told


def read(path: Path) -> dict[str, Review]:
    found = list(read_reviews(read_records(path, path.name)))
    assert [f for f in found if isinstance(f, Problem)] == []
    return {f.url: f for f in found if isinstance(f, Review)}


@pytest.mark.parametrize("name", ["claimreview.json", "claims.json", "claims.csv"])
def test_an_import_of_our_data_gives_the_same_reviews(built: Archive, name: str) -> None:
    found = {
        url: (r.claim, str(r.verdict), r.on, r.said_on, r.lang, r.topics)
        for url, r in read(built.root / "site" / "data" / name).items()
    }
    expected = ours(built)
    if name == "claims.json":  # the API's shape has no place for keywords
        expected = {url: (*told[:-1], ()) for url, told in expected.items()}

    assert len(found) == len(VERDICTS) + 3 and found == expected


def test_one_archive_may_import_another_and_its_data_are_the_same(built: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other", {"base_url": "https://other.example"})
    other.write("pyproject.toml", '[tool.factarchive]\ntitle = "آخر"\n')
    other.write("content/.keep", "")
    feed = built.root / "site" / "data" / "claimreview.json"
    assert run(other, str(feed)) == 0
    other.build()

    assert read(other.root / "site" / "data" / "claimreview.json").keys() == read(feed).keys()
    assert ours(other) == ours(built)


def test_what_meedan_check_reads_is_enough(built: Archive, tmp_path: Path) -> None:
    feed = json.loads((built.root / "site" / "data" / "claimreview.json").read_text(encoding="utf-8"))
    reviews = [item["item"][0] for item in feed["dataFeedElement"]]
    cut = [{name: value for name, value in review.items() if name in MEEDAN} for review in reviews]
    for review in cut:
        review["reviewRating"] = {"alternateName": review["reviewRating"]["alternateName"]}
    whole, few = read(built.root / "site" / "data" / "claimreview.json"), read(given_file(tmp_path, cut))

    assert all({*MEEDAN} - {"text"} <= review.keys() for review in reviews)
    assert len({review["identifier"] for review in reviews}) == len(reviews)
    for url, review in whole.items():
        kept = few[url]
        assert (kept.claim, kept.label, kept.verdict, kept.title) == (
            review.claim,
            review.label,
            review.verdict,
            review.title,
        )
        assert (kept.lang, kept.topics, kept.summary) == (review.lang, review.topics, review.summary)


def test_a_file_in_parts_is_imported_part_by_part(built: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from factarchive.publishing import datasets

    monkeypatch.setattr(datasets, "WHOLE_MAX", 100)
    built.edit("content/v0.md", "تؤيد قائمة", "تثبت قائمة")  # a file grows above the limit by an edit only
    built.build()
    folder = built.root / "site" / "data"
    parts = [url for part in sorted((folder / "claims").glob("*.csv")) for url in read(part)]
    listed = list(read_records(folder / "claimreview.json", "claimreview.json"))

    assert sorted(parts) == sorted(ours(built))
    assert [found.rule for found in listed if isinstance(found, Problem)] == ["import-parts"]

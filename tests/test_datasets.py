"""Open data: each file whole or in parts, the same rulings in each, and nothing of a machine's in any."""

from __future__ import annotations

import csv
import io
import json
import re
from hashlib import sha256

import pytest
from pyld import jsonld

from factarchive.archive.schema import Front
from factarchive.publishing import datasets
from factarchive.publishing.data_views import described
from factarchive.publishing.datasets import COLUMNS, DATASETS
from tests.conftest import Archive

CONTEXT = "https://schema.org"
PROPOSAL = "{status: attributed-only, confidence: low, by: rules/1}"
LOUD = "{status: evidence-contradicts, confidence: high, because: [{rule: x, text: زائف}], by: model}"  # «false»


@pytest.fixture
def built(archive: Archive) -> Archive:
    archive.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\nlicense = "https://example.org/by"\n')
    archive.build()
    return archive


def data(archive: Archive, name: str) -> bytes:
    return archive.files()[f"data/{name}"]


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_every_file_tells_the_same_rulings(built: Archive) -> None:
    feed = json.loads(data(built, "claimreview.json"))
    reviews = [item["item"][0] for item in feed["dataFeedElement"]]
    found = json.loads(data(built, "claims.json"))["claims"]
    rows = [row for row in table(data(built, "claims.csv")) if row["verdict"] != "pending"]

    assert [r["url"] for r in reviews] == [c["claimReview"][0]["url"] for c in found] == [r["url"] for r in rows]
    assert [r["reviewRating"]["alternateName"] for r in reviews] == [r["verdict_label"] for r in rows]
    assert all(review["sdLicense"] == "https://example.org/by" for review in reviews)
    assert feed["@type"] == "DataFeed" and [r["url"][-8:] for r in rows] == ["/april1/", "/march1/"]  # newest first


@pytest.mark.parametrize(
    "ruled", ["attribution: true\n      verdict: opinion", "verdict: opinion", "attribution: false"]
)
def test_both_forms_of_the_reviews_agree_on_what_is_rated_and_who_claimed_it(archive: Archive, ruled: str) -> None:
    archive.edit("content/march.md", "verdict: true", ruled)
    archive.build()
    feed = [item["item"][0] for item in json.loads(data(archive, "claimreview.json"))["dataFeedElement"]]
    found = json.loads(data(archive, "claims.json"))["claims"]

    assert [(r["reviewRating"]["alternateName"], r["claimReviewed"]) for r in feed] == [
        (c["claimReview"][0]["textualRating"], c["text"]) for c in found
    ]
    assert [r["itemReviewed"].get("author", {}).get("name") for r in feed] == [c.get("claimant") for c in found]


def test_a_review_in_the_feed_is_that_of_its_page(built: Archive) -> None:
    feed = json.loads(data(built, "claimreview.json"))
    (item,) = (i["item"][0] for i in feed["dataFeedElement"] if "march1" in i["item"][0]["url"])
    page = json.loads(re.findall(r"ld\+json\">(.*?)</script>", built.page("/claims/march1/"))[0])
    own = next(m for m in page.get("@graph", [page]) if m["@type"] == "ClaimReview")

    assert {**item, "sdLicense": None, "@context": None} == {**own, "sdLicense": None, "@context": None}


def test_a_processor_of_json_ld_reads_every_review_without_a_network(built: Archive) -> None:
    # The context is schema.org's as far as it matters here: every word means schema.org's term of that name.
    context = {"contextUrl": None, "documentUrl": CONTEXT, "document": {"@context": {"@vocab": "http://schema.org/"}}}
    expanded = jsonld.expand(json.loads(data(built, "claimreview.json")), {"documentLoader": lambda url, _: context})
    reviews = [item["http://schema.org/item"][0] for item in expanded[0]["http://schema.org/dataFeedElement"]]

    assert [r["@type"] for r in reviews] == [["http://schema.org/ClaimReview"]] * 2
    assert all(r["http://schema.org/reviewRating"][0]["http://schema.org/alternateName"] for r in reviews)


def test_the_table_opens_in_excel_and_no_cell_is_a_formula(archive: Archive) -> None:
    archive.edit("content/march.md", "claim: ", "claim: =SUM(A1) ")
    archive.edit("content/march.md", "title: مدارس", 'title: "-1, \\"اقتباس\\" مدارس')
    archive.edit("content/march.md", " march\nslug", ' march"\nslug')
    archive.build()
    raw = data(archive, "claims.csv")
    rows = table(raw)

    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 5
    assert list(rows[0]) == list(COLUMNS)
    assert rows[2]["claim"].startswith("'=SUM(A1)") and rows[2]["article_title"].startswith('\'-1, "اقتباس"')


def test_a_line_of_the_archive_is_a_content_file(built: Archive) -> None:
    for line in data(built, "archive.jsonl").decode().splitlines():
        front = json.loads(line)
        body = front.pop("body")

        assert Front.model_validate(front).slug in ("march", "april") and "12 مدرسة" in body


def test_the_schema_names_every_key_of_a_content_file(built: Archive) -> None:
    schema = json.loads(data(built, "schema.json"))

    assert set(schema["properties"]) == set(Front.model_fields)


def test_no_proposal_reaches_a_data_file(built: Archive) -> None:
    before = {name: raw for name, raw in built.files().items() if name.startswith("data/")}
    built.edit("content/march.md", PROPOSAL, LOUD)
    built.build()

    assert {name: raw for name, raw in built.files().items() if name.startswith("data/")} == before


def test_the_checksums_fit_the_files(built: Archive) -> None:
    lines = [line.split("  ") for line in data(built, "checksums.txt").decode().splitlines()]

    assert {name for _, name in lines} == {f"data/{d.name}" for d in DATASETS}
    assert all(sha256(built.files()[name]).hexdigest() == total for total, name in lines)


def test_a_large_file_is_parted_by_month_and_an_edit_writes_its_part_only(archive: Archive, monkeypatch) -> None:
    monkeypatch.setattr(datasets, "WHOLE_MAX", 100)
    archive.build()
    archive.edit("content/march.md", "تؤيد قائمة", "تؤكد قائمة")
    built = [url for url in archive.build().built if url.startswith("/data/")]

    assert "/data/claims/2025-03.csv" in built and not any("2025-04" in url for url in built)
    index = json.loads(data(archive, "archive.jsonl"))
    assert [part["url"].rsplit("/", 1)[1] for part in index["parts"]] == ["2025-04.jsonl", "2025-03.jsonl"]
    for part in index["parts"]:
        raw = archive.files()[part["url"].removeprefix("https://example.org/repo/")]

        assert (len(raw), sha256(raw).hexdigest(), part["rows"]) == (part["bytes"], part["sha256"], 1)
    for name, key in (("claims.json", "parts"), ("claimreview.json", "hasPart")):
        assert len(json.loads(data(archive, name))[key]) == 2
    assert len(table(data(archive, "claims.csv"))) == 2


def test_incremental_data_equals_that_of_a_clean_build(archive: Archive) -> None:
    archive.build()
    archive.edit("content/march.md", "verdict: true", "verdict: misleading")
    archive.article("may", "2025-05-02")
    (archive.root / "content/april.md").unlink()
    archive.build()
    edited = {name: raw for name, raw in archive.files().items() if name.startswith("data/")}
    for path in (archive.root / ".cache").iterdir():
        path.unlink()
    archive.build()

    assert {name: raw for name, raw in archive.files().items() if name.startswith("data/")} == edited


def test_every_file_and_every_column_is_described() -> None:
    assert set(described()) == {d.name for d in DATASETS}
    assert list(described()["claims.csv"]["fields"]) == list(COLUMNS)


def test_the_page_of_the_data_counts_rows(built: Archive) -> None:
    page = built.page("/data/")

    assert "4 سجلات" in page and "سجلان" in page and 'href="https://example.org/by"' in page

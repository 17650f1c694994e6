"""What another desk has reviewed: listed, found and exported as that desk's, and in nothing that counts as ours."""

from __future__ import annotations

import json
import re

import pytest

from factarchive.archive.cards import ELSEWHERE, card_of, loaded_card, rated_layer, shown_state
from factarchive.archive.entries import read_entry
from factarchive.pipeline import check
from tests.conftest import Archive, rules
from tests.test_datasets import table
from tests.test_importing import BRIDGE, DESK, REVIEW, given_file, run
from tests.test_wall import ruled_outputs

LABEL = "كذبٌ واضح"  # "a plain lie": no word of the table, and no label of ours
# A paragraph for a rating: "We found that this claim is misleading, since the picture is of another country …".
SPEECH = "اتضح لنا أن هذا الادعاء مضلل، حيث إن الصورة من بلد آخر وقد نشرت قبل أعوام في مناسبة لا صلة لها به"


@pytest.fixture
def borrowed(archive: Archive) -> Archive:
    """An archive of our own rulings and one review of another desk, of a newer day than any of ours."""
    review = {**REVIEW, "reviewRating": {"alternateName": LABEL}, "datePublished": "2025-05-01"}
    assert run(archive, str(given_file(archive.root, review))) == 0
    return archive


def path(archive: Archive) -> str:
    (found,) = (archive.root / "content" / "imported").glob("*.md")
    return f"content/imported/{found.name}"


def claim_id(archive: Archive) -> str:
    return read_entry(archive.read(path(archive)), "x").front.claims[0].id


def test_a_review_of_another_desk_changes_nothing_that_takes_our_rulings(archive: Archive) -> None:
    archive.build()
    before = {
        n: raw for n, raw in ruled_outputs(archive).items() if not n.endswith(".bin") and not n.startswith("data/")
    }
    home = archive.page("/")
    run(archive, str(given_file(archive.root, {**REVIEW, "datePublished": "2025-05-01"})))
    report = archive.build()
    after = ruled_outputs(archive)

    assert "/elsewhere/" in report.built and rules(report) == []
    # Pages that only it has carry no such thing, and those that were there are the same.
    assert {n: raw for n, raw in after.items() if n in before and "breadcrumb" not in str(raw).lower()} == {
        n: raw for n, raw in before.items() if "breadcrumb" not in str(raw).lower()
    }
    assert archive.page("/") == home


def test_no_page_marks_it_up_and_nothing_counts_it(borrowed: Archive) -> None:
    borrowed.build()
    id_ = claim_id(borrowed)
    pages = {n: raw.decode() for n, raw in borrowed.files().items() if n.endswith(".html")}
    blocks = [b for page in pages.values() for b in re.findall(r"ld\+json\">(.*?)</script>", page)]

    assert sum('"@type":"ClaimReview"' in block for block in blocks) == 2  # our own two rulings
    assert not any(LABEL in block or (id_ in block and "ClaimReview" in block) for block in blocks)
    assert not any(n.startswith("verdicts/") and id_ in page for n, page in pages.items())
    assert not any(n.startswith("pending/") and id_ in page for n, page in pages.items())
    assert not any("cards/" in n and id_ in n for n in borrowed.files())
    assert not any(id_.encode() in raw for n, raw in borrowed.files().items() if "feed." in n)


def test_it_is_listed_with_its_publisher_its_word_and_its_address(borrowed: Archive) -> None:
    borrowed.build()
    listed = borrowed.page("/elsewhere/")
    own = borrowed.page(f"/claims/{claim_id(borrowed)}/")

    for page in (listed, own):
        assert f'href="{REVIEW["url"]}"' in page and DESK in page and LABEL in page
    # «إذاعة المدينة» (City Radio) said it, and its page lists it without counting it among the claims checked here.
    pages = (p.decode() for n, p in borrowed.files().items() if n.startswith("speakers/") and n.count("/") == 2)
    speaker = next(page for page in pages if BRIDGE in page)
    assert "لا ادعاءات" in speaker and 'class="bar"' not in speaker  # "no claims"


def test_a_paragraph_for_a_word_is_short_in_lists_and_whole_on_its_page(archive: Archive) -> None:
    run(archive, str(given_file(archive.root, {**REVIEW, "reviewRating": {"alternateName": SPEECH}})))
    archive.build()

    assert SPEECH not in archive.page("/elsewhere/") and SPEECH[:40] in archive.page("/elsewhere/")
    assert SPEECH in archive.page(f"/claims/{claim_id(archive)}/")


def test_the_data_files_give_it_under_its_own_publisher_and_address(borrowed: Archive) -> None:
    borrowed.build()
    files = borrowed.files()
    feed = json.loads(files["data/claimreview.json"])["dataFeedElement"]
    (review,) = (i["item"][0] for i in feed if i["item"][0]["url"] == REVIEW["url"])
    found = json.loads(files["data/claims.json"])["claims"]
    (result,) = (c for c in found if c["claimReview"][0]["url"] == REVIEW["url"])
    (row,) = (r for r in table(files["data/claims.csv"]) if r["review_url"] == REVIEW["url"])
    line = next(json.loads(x) for x in files["data/archive.jsonl"].decode().splitlines() if "reviewed_elsewhere" in x)

    assert review["author"] == {"@type": "Organization", "name": DESK, "url": "https://desk.example/"}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": LABEL}
    assert result["claimReview"][0]["publisher"] == {"name": DESK, "site": "desk.example"}
    assert (row["verdict"], row["publisher"], row["review_label"], row["rating"]) == (ELSEWHERE, DESK, LABEL, "")
    assert line["claims"][0]["reviewed_elsewhere"]["label"] == LABEL and "proposal" not in line["claims"][0]


def test_search_finds_it_under_a_state_of_its_own(borrowed: Archive) -> None:
    from tests.test_search_files import cards_of, manifest_of

    borrowed.build()
    codes = {v["code"]: v["id"] for v in manifest_of(borrowed)["verdicts"]}
    (card,) = (c for c in cards_of(borrowed).values() if c["u"] == f"claims/{claim_id(borrowed)}/")

    assert codes[card["v"]] == ELSEWHERE and DESK in card["q"] and LABEL in card["q"]


def test_it_is_no_part_of_the_archives_account_of_itself(borrowed: Archive) -> None:
    borrowed.build()
    told = borrowed.page("/transparency/")
    without = path(borrowed)
    (borrowed.root / without).unlink()
    borrowed.build()

    assert borrowed.page("/transparency/") == told


def test_its_state_is_neither_a_verdict_nor_pending_and_survives_the_builds_memory(borrowed: Archive) -> None:
    entry = read_entry(borrowed.read(path(borrowed)), "x")
    card = card_of(entry)

    assert shown_state(entry.front.claims[0]) == ELSEWHERE and rated_layer(entry.front.claims[0]) is None
    assert card.is_borrowed and not card.is_ruled and loaded_card(card.dumped()) == card


def test_an_imported_archive_checks_without_a_problem(borrowed: Archive) -> None:
    borrowed.build()
    found = [p.rule for p in check(borrowed.settings)]

    assert [rule for rule in found if rule.startswith(("elsewhere", "claim", "quote"))] == []


@pytest.mark.parametrize("verdict", ["pending", "elsewhere", "قيد التحقق", "لون"])
def test_what_the_other_desk_gave_is_a_verdict_or_nothing(borrowed: Archive, verdict: str) -> None:
    borrowed.edit(path(borrowed), f"label: {LABEL}", f"label: {LABEL}\n    verdict: {verdict}")
    report = borrowed.build()

    assert rules(report) == ["unknown-verdict"]

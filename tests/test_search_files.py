"""The search's files in the finished site: what is found of an archive, and that a change writes what it touches."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from typing import Any

import pytest

from factarchive.archive.index import (
    Facets,
    Layout,
    Term,
    decode_facets,
    decode_json,
    decode_terms,
    path_of,
    text_path,
)
from tests.conftest import OPENED, PLANNED, Archive

MINISTRY = "وزارة التعليم"


def search_files(archive: Archive) -> dict[str, bytes]:
    """The files of the index by their paths there."""
    return {n.removeprefix("search/"): raw for n, raw in archive.files().items() if n.startswith("search/")}


def manifest_of(archive: Archive) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(archive.read("site/search/index.json"))
    return found


def cards_of(archive: Archive) -> dict[str, dict[str, Any]]:
    """Every card, by the address that it leads to."""
    scale = manifest_of(archive)["scale"]
    pages = [decode_json(raw, scale) for path, raw in search_files(archive).items() if path.startswith("c/")]
    return {card["u"]: card for page in pages for cards in page.values() for card in cards}


def terms_of(archive: Archive) -> dict[str, Term]:
    scale = manifest_of(archive)["scale"]
    shards = [decode_terms(raw, scale) or [] for path, raw in search_files(archive).items() if path.startswith("w/")]
    return {term.stem: term for shard in shards for term in shard}


def clean(archive: Archive) -> dict[str, bytes]:
    """The files of a clean build of the same archive."""
    other = Archive(archive.root.with_name("clean"))
    shutil.rmtree(other.root, ignore_errors=True)
    shutil.copytree(archive.root, other.root, ignore=shutil.ignore_patterns("site", ".cache"))
    other.build()
    return other.files()


# ---------------------------------------------------------------- what is found


def test_a_card_shows_a_claim_without_another_request(archive: Archive) -> None:
    archive.build()

    assert cards_of(archive)["claims/march1/"] == {
        "k": "claim",
        "u": "claims/march1/",
        "t": OPENED,
        "q": "تؤيد قائمة الوزارة المنشورة هذا العدد.",
        "s": MINISTRY,
        "v": 1,
        "d": "2025-03-18",
        "a": "march",
        "n": "مدارس جديدة march",
        "x": "t/march.bin",
    }


def test_every_article_and_claim_has_a_card_that_leads_to_a_page_of_the_site(archive: Archive) -> None:
    archive.build()
    cards = cards_of(archive)

    assert sorted(cards) == [f"articles/{x}/" for x in ("april", "march")] + [
        f"claims/{x}/" for x in ("april1", "april2", "march1", "march2")
    ]
    assert all((archive.root / "site" / url / "index.html").is_file() for url in cards)
    assert {card["x"] for card in cards.values()} == {text_path("april"), text_path("march")}
    assert PLANNED in decode_json(search_files(archive)["t/march.bin"], manifest_of(archive)["scale"])


def test_only_a_ruling_gives_a_verdict_and_what_waits_says_so(archive: Archive) -> None:
    # A machine's proposal of a verdict-like status is no part of what is found.
    text = archive.read("content/march.md").replace("status: attributed-only", "status: evidence-contradicts")
    archive.write("content/march.md", text)
    archive.build()
    codes = {verdict["id"]: verdict["code"] for verdict in manifest_of(archive)["verdicts"]}
    cards = cards_of(archive)
    number = Layout(10).number_of("march", "#march2")

    assert (cards["claims/march1/"]["v"], cards["claims/march2/"]["v"]) == (codes["true"], codes["pending"])
    assert cards["articles/march/"]["v"] == 0
    assert {v for term in terms_of(archive).values() for n, _, v in term.postings if n == number} == {codes["pending"]}
    raw = b"".join(raw for path, raw in search_files(archive).items() if path.startswith(("c/", "f/")))
    assert b"contradicts" not in raw


def test_facets_are_those_of_the_claim_and_its_article(archive: Archive) -> None:
    archive.edit(
        "content/march.md",
        "    ruling:\n      verdict: true",
        "    ruling:\n      technique: [outdated]\n      verdict: true",
    )
    archive.build()
    rows = dict(decode_facets(search_files(archive)["f/0.bin"], 10) or ())
    found = rows[Layout(10).number_of("march", "#march1")]

    assert found == Facets("2025-03-18", 1, (MINISTRY,), "صحيفة المثال", ("التعليم",), found.techniques)
    assert [name for name in found.techniques if name.isascii()] == []
    assert len(found.techniques) == 1


def test_a_speaker_is_found_by_the_listed_name_and_by_the_spelling_of_the_article(archive: Archive) -> None:
    listed = "speakers:\n  - name: معالي الوزير\n    key: minister\n    aliases: [وزارة التعليم]\n"
    archive.write("content/speakers.yml", listed)
    archive.build()
    number = Layout(10).number_of("march", "#march1")
    found = {stem for stem, term in terms_of(archive).items() if number in [n for n, _, _ in term.postings]}

    assert cards_of(archive)["claims/march1/"]["s"] == "معالي الوزير"
    assert {"معالي", "وزاره"} <= found


def test_a_claim_may_have_the_id_that_is_its_articles_slug(archive: Archive) -> None:
    archive.edit("content/march.md", "id: march1", "id: march")
    archive.build()

    assert {"articles/march/", "claims/march/"} <= set(cards_of(archive))


def test_the_manifest_tells_a_browser_all_that_it_needs(archive: Archive) -> None:
    archive.build()
    manifest = manifest_of(archive)

    assert {"version", "scale", "bits", "shards", "params", "levels", "verdicts", "names", "analysis"} <= set(manifest)
    # Ten verdicts, what waits for one, and what another desk has reviewed.
    assert len(manifest["verdicts"]) == 12
    assert all(f"search/{path_of('w', n)}" in archive.files() for n in range(manifest["shards"]))


# ---------------------------------------------------------------- what is written


def test_random_edits_give_the_files_of_a_clean_build(archive: Archive) -> None:
    chance = random.Random(4)
    for step in range(12):
        name = chance.choice(["march", "april", "may", "june"])
        path = archive.root / f"content/{name}.md"
        if path.exists() and chance.random() < 0.3:
            path.unlink()
        else:
            verdict = chance.choice(["true", "false", "mixed"])
            archive.article(name, f"2025-0{chance.randrange(1, 9)}-11", f"مدارس {chance.choice('أبجد')}", verdict)
        if chance.random() < 0.2:
            shutil.rmtree(archive.root / ".cache", ignore_errors=True)
        if step == 6:
            archive.write("content/speakers.yml", "speakers:\n  - name: الوزارة\n    aliases: [وزارة التعليم]\n")
        archive.build()

        assert archive.files() == clean(archive)


def test_a_scale_that_changes_changes_every_file(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.build()
    before = search_files(archive)
    # As if the archive had grown twice as large.
    monkeypatch.setattr("factarchive.archive.index.scale_of", lambda n: 10 if n < 7 else 11)
    monkeypatch.setattr("factarchive.publishing.search_store.scale_of", lambda n: 10 if n < 7 else 11)
    archive.article("may", "2025-05-01")
    archive.build()
    after = search_files(archive)

    assert manifest_of(archive)["scale"] == 11
    assert [
        path for path in before.keys() & after.keys() if path.endswith(".bin") and before[path] == after[path]
    ] == []
    assert archive.files() == clean(archive)


def test_an_edit_leaves_the_files_of_other_words_alone(archive: Archive) -> None:
    archive.article("may", "2025-05-01")
    archive.build()
    before = search_files(archive)
    archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")
    report = archive.build()
    after = search_files(archive)
    changed = {path for path in after if before.get(path) != after[path]}

    assert len(changed) <= report.written <= len(report.built) + len(changed)
    assert [path for path in changed if path.startswith("t/")] == ["t/march.bin"]
    assert "index.json" not in changed
    assert 1 <= len([path for path in changed if path.startswith("w/")]) <= 4


def test_a_build_that_is_killed_while_it_writes_the_index_leaves_nothing_stale_behind(archive: Archive) -> None:
    archive.build()
    code = (
        "import os; from pathlib import Path; from factarchive.publishing import publish; "
        "left = [{stop}]; write = publish._write\n"
        "def dying(folder, path, raw):\n"
        "    left[0] -= path.startswith('search/')\n"
        "    return write(folder, path, raw) if left[0] >= 0 else os._exit(9)\n"
        "publish._write = dying\n"
        "from factarchive.cli import main\n"
        "main(['build', '--base-url', 'https://example.org/repo'], Path({root!r}))"
    )
    for stop in (0, 1, 3, 6):
        archive.edit("content/march.md", "قالت وزارة", "ذكرت وزارة")
        made = code.format(stop=stop, root=str(archive.root))
        assert subprocess.run([sys.executable, "-c", made], check=False, capture_output=True).returncode == 9
        if stop % 2:
            archive.edit("content/march.md", "ذكرت وزارة", "قالت وزارة")
        archive.build()

        assert archive.files() == clean(archive)
        archive.write("content/march.md", archive.read("content/march.md").replace("ذكرت وزارة", "قالت وزارة"))
        archive.build()


def test_what_stands_where_the_index_goes_is_not_written_over(archive: Archive) -> None:
    theirs = archive.write("site/search/w/0.bin", "not ours")
    report = archive.build()

    assert not report.published
    assert [p.rule for p in report.problems if p.severity == "error"] == ["output-not-ours"]
    assert theirs.read_text(encoding="utf-8") == "not ours"


def test_the_map_of_the_site_lists_no_file_of_the_index(archive: Archive) -> None:
    archive.build()

    assert ".bin" not in archive.read("site/sitemap.xml")

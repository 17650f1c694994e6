"""Drafts and who owns them: the machine writes what is absent or its own; what a person touched is that person's."""

from __future__ import annotations

import pytest
import yaml

from factarchive.archive import ownership
from factarchive.archive.entries import read_entry
from factarchive.archive.frontmatter import split
from factarchive.cli import main
from factarchive.publishing.prose import plain_text, render_prose
from tests.conftest import Archive, rules

# «The minister said that the bridge would open in May.» / «And he added: ‘It cost 30 million.’»
SEED = "افتتاح الجسر في مايو\nقال وزير النقل سامي الحداد إن الجسر سيُفتتح في مايو.\nوأضاف: «بلغت كلفته 30 مليونا».\n"
FACTS = "published: 2025-03-18\nslug: bridge\noutlet: صحيفة المثال\n"


def seeded(archive: Archive) -> str:
    """Put a seed there, build, and return the path of its draft."""
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", FACTS)
    archive.build()
    return "content/bridge.md"


def test_a_draft_is_a_valid_entry_whose_claims_wait_for_a_person(archive: Archive) -> None:
    path = seeded(archive)
    entry = read_entry(archive.read(path), path)

    assert entry.front.claims
    assert {claim.ruling.verdict for claim in entry.front.claims} == {"pending"}
    assert all(claim.proposal and claim.worth and claim.ruling.summary is None for claim in entry.front.claims)


def test_every_quote_of_a_draft_stands_in_its_body(archive: Archive) -> None:
    path = seeded(archive)
    entry = read_entry(archive.read(path), path)
    text = plain_text(render_prose(entry.body, "mistune"))

    assert [claim.quote for claim in entry.front.claims if claim.quote not in text + entry.front.title] == []


def test_the_body_of_a_draft_reads_as_the_seed(archive: Archive) -> None:
    path = seeded(archive)
    body = read_entry(archive.read(path), path).body

    assert plain_text(render_prose(body, "mistune")).split("\n") == SEED.rstrip("\n").split("\n")[1:]


def test_a_draft_is_refreshed_until_an_editor_touches_it(archive: Archive) -> None:
    path = seeded(archive)
    archive.edit("seeds/one.yml", "صحيفة المثال", "صحيفة أخرى")
    report = archive.build()

    assert report.drafted == (path,)
    assert "صحيفة أخرى" in archive.read(path)


def test_an_edited_file_is_never_written_again_and_the_difference_is_reported(archive: Archive) -> None:
    path = seeded(archive)
    archive.edit(path, "\nclaims:\n", "\ntopics: [النقل]\nclaims:\n")
    before = archive.read(path)
    archive.edit("seeds/one.yml", "صحيفة المثال", "صحيفة أخرى")
    report = archive.build()

    assert (report.drafted, rules(report), archive.read(path)) == ((), ["draft-differs"], before)


def test_an_edited_file_is_not_nagged_about_while_its_seed_stays_as_it_was(archive: Archive) -> None:
    path = seeded(archive)
    archive.edit(path, "\nclaims:\n", "\ntopics: [النقل]\nclaims:\n")

    assert rules(archive.build()) == []


def test_an_edited_file_with_faults_is_still_the_editors(archive: Archive) -> None:
    path = seeded(archive)
    archive.edit(path, "slug: bridge", "slug: Bridge!")
    before = archive.read(path)
    report = archive.build()

    assert (report.published, rules(report), archive.read(path)) == (False, ["bad-slug"], before)


def test_a_renamed_file_stays_the_home_of_its_seed(archive: Archive) -> None:
    path = seeded(archive)
    (archive.root / path).rename(archive.root / "content/renamed.md")
    archive.edit("content/renamed.md", "slug: bridge", "slug: new-bridge")
    report = archive.build()

    assert report.drafted == ()
    assert not (archive.root / path).exists()


def test_one_changed_byte_makes_a_draft_a_persons(archive: Archive) -> None:
    text = archive.read(seeded(archive))

    assert ownership.is_untouched(text)
    assert not ownership.is_untouched(text + " ")
    assert not ownership.is_untouched(text.replace("draft: ", "draft: 0", 1))


def test_a_draft_never_takes_the_place_of_another_article(archive: Archive) -> None:
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", "published: 2025-03-18\nslug: march\n")
    archive.edit("content/march.md", "slug: march", "slug: march\nseed: seeds/other.txt")
    before = archive.read("content/march.md")
    report = archive.build()

    assert ("slug-taken" in rules(report), archive.read("content/march.md")) == (True, before)


def test_the_difference_is_shown_and_nothing_is_written(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    path = seeded(archive)
    archive.edit(path, "\nclaims:\n", "\ntopics: [النقل]\nclaims:\n")
    before = archive.read(path)
    status = main(["draft", "--diff"], archive.root)
    shown = capsys.readouterr().out

    assert (status, archive.read(path)) == (0, before)
    assert "-topics: [النقل]" in shown
    assert "\n+" in shown


def test_front_matter_is_written_so_that_any_yaml_reader_reads_it(archive: Archive) -> None:
    path = seeded(archive)
    front, _, _ = split(archive.read(path), path)

    assert yaml.safe_load(front)["slug"] == "bridge"


def test_two_articles_with_the_same_words_have_claims_with_ids_of_their_own(archive: Archive) -> None:
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", FACTS)
    archive.write("seeds/two.txt", SEED.replace("افتتاح", "تدشين"))
    archive.write("seeds/two.yml", FACTS.replace("bridge", "again"))
    report = archive.build()

    assert (len(report.drafted), report.published) == (2, True)


def test_a_seed_without_a_date_is_drafted_with_a_warning_and_no_date(archive: Archive) -> None:
    archive.write("seeds/one.txt", SEED)
    report = archive.build()

    assert rules(report) == ["seed-without-date"]
    assert "published" not in archive.read(report.drafted[0])


def test_a_refused_seed_holds_nothing_else_back(archive: Archive) -> None:
    archive.write("seeds/empty.txt", "")
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", FACTS)
    first, second = archive.build(), archive.build()

    assert (first.published, first.drafted) == (True, ("content/bridge.md",))
    assert (rules(first), rules(second)) == (["seed-empty"], ["seed-empty"])


def test_a_link_in_the_place_of_a_draft_is_the_editors(archive: Archive) -> None:
    (archive.root / "content/bridge.md").symlink_to("/mnt/usb/bridge.md")
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", FACTS)
    report = archive.build()

    assert (archive.root / "content/bridge.md").is_symlink()
    assert report.drafted == ()


def test_a_draft_saved_with_other_line_ends_is_no_longer_the_machines(archive: Archive) -> None:
    path = seeded(archive)
    saved = archive.read(path).replace("\n", "\r\n").encode()
    (archive.root / path).write_bytes(saved)
    archive.edit("seeds/one.yml", "صحيفة المثال", "صحيفة أخرى")
    archive.build()

    assert (archive.root / path).read_bytes() == saved


def test_a_seed_whose_draft_could_not_be_published_is_refused_alone(archive: Archive) -> None:
    archive.write("seeds/one.txt", SEED)
    archive.write("seeds/one.yml", FACTS + 'author: "\u200b"\n')
    report = archive.build()

    assert (report.published, report.drafted) == (True, ())
    assert set(rules(report)) <= {"seed-draft-faulty", "seed-not-a-line"}

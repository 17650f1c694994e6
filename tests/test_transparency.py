"""The archive's account of itself: every figure comes from the files, and a criterion is met where they meet it."""

from __future__ import annotations

import html
import re

from tests.conftest import Archive

POLICY = "---\ntitle: الفريق\nslug: team\nreviewed: {}\n---\nنص.\n"  # «The team», with a text
CONTACT = '[tool.factarchive]\ntitle = "أرشيف"\ncontact = "mailto:desk@example.org"\n'


def rows(archive: Archive) -> dict[str, tuple[bool, str]]:
    """What the page says, by the first words of the criterion: whether it is met, and the figure."""
    archive.build()
    found = re.findall(
        r'<li class="(met|unmet)">.*?<h3>(.*?)</h3><p class="small">(.*?)</p>', archive.page("/transparency/"), re.S
    )
    return {html.unescape(text).split("،")[0].rstrip("."): (state == "met", figure) for state, text, figure in found}


def test_there_are_the_twenty_one_criteria(archive: Archive) -> None:
    assert len(rows(archive)) == 21


def test_figures_are_counted_from_the_files(archive: Archive) -> None:
    found = rows(archive)

    # «2 of 2 rulings are "true"»; both by the ministry, so that the work leans on one claimant.
    assert found["يُنشر ما ثبتت صحته كما يُنشر ما لم تثبت"] == (True, "حكم «صحيح» في 2 من 2 من الأحكام (100%).")
    assert found["معيار واحد للجميع"] == (False, "أكثر من فُحصت أقوالهم وزارة التعليم: 2 من 2 من الأحكام (100%).")
    archive.article("may", "2025-05-02", verdict="false")
    assert "2 من 3 من الأحكام (67%)" in rows(archive)["يُنشر ما ثبتت صحته كما يُنشر ما لم تثبت"][1]


def test_the_pace_of_work_is_counted_in_the_weeks_before_its_newest_day(archive: Archive) -> None:
    pace = "التحقق عمل دائم: حكم واحد في الأسبوع على الأقل طوال ستة أشهر"

    # Rulings of 18 March and 2 April 2025: two of the 26 weeks.
    assert rows(archive)[pace] == (False, "صدرت أحكام في 2 من 26 أسبوعًا تنتهي في 2 أبريل 2025.")
    for week in range(26):
        archive.article(f"w{week}", f"2025-{7 + week // 4:02}-{1 + 7 * (week % 4):02}")
    assert rows(archive)[pace][1].startswith("صدرت أحكام في 2")


def test_a_page_that_nobody_looked_through_for_a_year_meets_nothing(archive: Archive) -> None:
    team = "هيكل الجهة وأسماء المحررين وخبراتهم منشورة"
    assert rows(archive)[team] == (False, "صفحة «الفريق»: غير موجودة.")  # «not there»

    archive.write("content/pages/team.md", POLICY.format("2025-04-01"))
    assert rows(archive)[team] == (True, "صفحة «الفريق»: روجعت في 1 أبريل 2025.")
    archive.edit("content/pages/team.md", "2025-04-01", "2024-03-01")
    assert not rows(archive)[team][0]


def test_an_address_is_a_contact_and_its_absence_is_told(archive: Archive) -> None:
    contact = "للقارئ عنوان يصل به إلى المحررين"
    assert rows(archive)[contact] == (False, "عنوان المراسلة: لا يوجد.")

    archive.write("pyproject.toml", CONTACT)
    is_met, figure = rows(archive)[contact]
    assert is_met and "desk@example.org" in figure


def test_an_archive_without_entries_has_an_account_too(archive: Archive) -> None:
    for slug in ("march", "april"):
        (archive.root / f"content/{slug}.md").unlink()
    found = rows(archive)

    assert len(found) == 21 and not found["معيار واحد للجميع"][0]

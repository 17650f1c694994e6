"""What readers take away from a claim's page: a citation, a card for their own page, ways to share and to report."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from factarchive.publishing.reports import report_url
from tests.conftest import Archive

CONTACT = '[tool.factarchive]\ntitle = "أرشيف"\ncontact = "{}"\n'


def test_a_claim_can_be_cited_as_text_and_as_bibtex(archive: Archive) -> None:
    archive.edit("content/march.md", "claim: ", "claim: 50% و_كل_ {#} ")
    archive.build()
    page = archive.page("/claims/march1/")
    bibtex = html.unescape(re.findall(r'id="cite-bibtex"[^>]*>(.*?)</pre>', page, re.S)[0])

    assert bibtex.startswith("@online{claim-march1,\n") and bibtex.endswith("}")
    assert r"50\% و\_كل\_ \{\#\}" in bibtex and "date = {2025-03-18}" in bibtex
    assert "url = {https://example.org/repo/claims/march1/}" in bibtex
    assert "18 مارس 2025" in re.findall(r'id="cite-text">(.*?)</p>', page, re.S)[0]


def test_a_card_for_other_pages_holds_the_verdict_and_no_script(archive: Archive) -> None:
    archive.build()
    card = archive.page("/embed/march1/")
    code = html.unescape(re.findall(r'id="embed-code"[^>]*>(.*?)</pre>', archive.page("/claims/march1/"), re.S)[0])

    assert 'src="https://example.org/repo/embed/march1/"' in code and "<script" not in code + card
    assert "stamp" in card and 'rel="canonical" href="https://example.org/repo/claims/march1/"' in card
    assert "/embed/" not in archive.page("/sitemap.xml") and "noindex" in card


def test_a_card_of_what_nobody_ruled_on_shows_no_verdict_and_no_proposal(archive: Archive) -> None:
    archive.build()
    card = archive.page("/embed/march2/")

    assert "قيد التحقق" in card and "stamp" not in card  # «being checked»
    assert "اقتراح آلي" not in card  # «a machine's proposal»


def test_words_and_verdict_can_be_sent_by_plain_links(archive: Archive) -> None:
    archive.build()
    page = archive.page("/claims/march1/")
    links = [html.unescape(a) for a in re.findall(r'href="(https://(?:wa|t|x|www\.facebook)[^"]*)"', page)]

    assert {urlsplit(a).hostname for a in links} == {"wa.me", "t.me", "x.com", "www.facebook.com"}
    for address in links:
        sent = " ".join(v for values in parse_qs(urlsplit(address).query).values() for v in values)

        assert "https://example.org/repo/claims/march1/" in sent
        assert "صحيح" in sent or "facebook" in address  # «true»; Facebook takes the address alone


@pytest.mark.parametrize(
    ("contact", "names"),
    [("mailto:desk@example.org", {"subject", "body"}), ("https://github.com/o/r/issues/new", {"title", "body"})],
)
def test_an_error_is_reported_with_the_claim_filled_in(archive: Archive, contact: str, names: set[str]) -> None:
    archive.write("pyproject.toml", CONTACT.format(contact))
    archive.build()
    (address,) = re.findall(r'href="([^"]*)">أبلغ عن خطأ</a>', archive.page("/claims/march1/"))
    query = parse_qs(urlsplit(html.unescape(address)).query)

    assert set(query) == names and query["body"] == ["https://example.org/repo/claims/march1/"]
    assert any("march1" in value for values in query.values() for value in values)


def test_mail_writes_blanks_as_mail_programs_read_them() -> None:
    assert report_url("mailto:a@b.org", "a b", "c") == "mailto:a@b.org?subject=a%20b&body=c"


def test_a_suggestion_is_a_form_a_mail_or_a_word_that_there_is_no_address(archive: Archive) -> None:
    archive.build()
    assert "<form" not in archive.page("/submit/") and "لم يضع" in archive.page("/submit/")

    archive.write("pyproject.toml", CONTACT.format("mailto:desk@example.org"))
    archive.build()
    assert 'href="mailto:desk@example.org?subject=' in archive.page("/submit/")

    archive.write("pyproject.toml", CONTACT.format("https://github.com/o/r/issues/new"))
    archive.build()
    page = archive.page("/submit/")
    assert '<form class="write" action="https://github.com/o/r/issues/new" method="get">' in page
    assert "form-action 'self' https://github.com/o/r/issues/new" in page


def test_independent_voices_and_parties_are_counted_apart(archive: Archive) -> None:
    seen = "access: live, accessed: 2025-03-18"
    copy = f"url: https://example.org/copy, publisher: صحيفة, origin: وزارة التعليم, tier: press, {seen}"
    side = f"url: https://example.org/side, publisher: نقابة, party: النقابة, tier: press, {seen}"
    second = f"  - {{id: copy, title: نسخة, {copy}}}\n  - {{id: side, title: بيان, {side}}}\n---\nقالت"
    archive.edit("content/march.md", "---\nقالت", second)
    archive.edit(
        "content/march.md",
        "stance: supports, quote: اثنتا عشرة مدرسة}",
        "stance: supports}, {source: copy, stance: supports}, {source: side, stance: contradicts}",
    )
    archive.build()

    # A copy of the ministry's list is the ministry's voice once more: «one independent source and one party».
    assert "مصدر مستقل واحد وطرف واحد من أصحاب الشأن" in archive.page("/claims/march1/")

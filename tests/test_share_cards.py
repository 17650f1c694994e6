"""Share cards: letters joined, marks in place, mixed lines in the right order; drawn anew only when they change."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from factarchive import pipeline
from factarchive.publishing import share_cards
from factarchive.publishing.colours import colours_of
from factarchive.publishing.share_cards import ICONS, SIZE, Card, can_draw, draw, is_drawable
from tests.conftest import Archive, rules
from tests.house import ROOT
from tests.needs import raqm

STYLE = (ROOT / "templates" / "static" / "style.css").read_text(encoding="utf-8")
# «Trump backed games between NHL and KHL.» Latin inside Arabic, and a bracket that must be mirrored.
MIXED = Card("«أيّد ترامب مباريات بين (NHL) وKHL»", "false", "زائف", "الكرملين · 18 مارس 2025", "أرشيف")


@pytest.fixture(autouse=True)
def _needed() -> None:
    raqm()


def picture(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(draw(card, colours_of(STYLE)))).convert("L")


def words_of(words: str) -> Image.Image:
    """The part of a card where its words stand, as dark on light, cut to what is written."""
    image = picture(Card(words, "true", "", "", "")).crop((0, 180, SIZE[0], 500))
    box = ImageChops.invert(image).point(lambda v: 255 if v > 128 else 0).getbbox()
    return image.crop(box)


def test_a_card_is_a_small_png_of_the_size_that_networks_show() -> None:
    raw = draw(MIXED, colours_of(STYLE))

    assert Image.open(io.BytesIO(raw)).size == (1200, 630) and len(raw) < 16_000
    assert raw == draw(MIXED, colours_of(STYLE))


def test_letters_are_joined() -> None:
    # «محمد» joined is narrower than its four letters apart (kept apart by non-joiners).
    assert words_of("محمد").width < words_of("م\u200cح\u200cم\u200cد").width


def test_lam_and_alef_make_their_ligature() -> None:
    assert words_of("لا").width < words_of("ل\u200cا").width


def test_a_mark_adds_no_width() -> None:
    assert abs(words_of("مُدَرِّس").width - words_of("مدرس").width) <= 2


def test_a_mixed_line_reads_from_the_right_with_its_latin_word_whole() -> None:
    # «بين NHL» begins with «بين» at the right; the left end of the picture is the Latin word, unmirrored.
    whole, latin = words_of("بين NHL"), words_of("NHL")
    end = whole.crop((0, 0, latin.width, whole.height))
    box = ImageChops.invert(end).point(lambda v: 255 if v > 128 else 0).getbbox()
    difference = ImageChops.difference(end.crop(box).resize(latin.size), latin)

    assert ImageStat.Stat(difference).mean[0] < 25  # of 255: two sizes of one word, not two words


def test_every_verdict_has_its_own_silhouette_and_colour() -> None:
    colours = colours_of(STYLE)

    assert all(verdict in colours for verdict in ICONS if verdict != "mark")
    drawn = {draw(Card("كلمة", verdict, "حكم", "", ""), colours) for verdict in ICONS if verdict != "mark"}
    assert len(drawn) == len(ICONS) - 1


def test_words_too_many_for_a_card_are_cut_with_a_sign() -> None:
    assert picture(Card("كلمة " * 400, "true", "صحيح", "", "")).size == SIZE
    assert picture(Card("ب" * 4000, "true", "صحيح", "", "")).size == SIZE


@pytest.mark.parametrize("words", ["недоговороспособность", "كلمة \U0001f600", "漢字"])
def test_a_text_that_the_fonts_lack_has_no_card(words: str) -> None:
    assert not is_drawable(Card(words, "true", "صحيح", "", ""))


def test_a_ruled_claim_and_an_article_have_a_card_and_what_is_pending_has_none(archive: Archive) -> None:
    archive.build()
    cards = {name for name in archive.files() if name.startswith("cards/")}

    assert cards == {"cards/march1.png", "cards/april1.png", "cards/articles/march.png", "cards/articles/april.png"}
    assert 'og:image" content="https://example.org/repo/cards/march1.png"' in archive.page("/claims/march1/")
    assert "/static/share." in archive.page("/claims/march2/")


def test_a_card_is_drawn_again_only_when_what_it_shows_changes(archive: Archive) -> None:
    archive.build()
    archive.edit("content/march.md", "تؤيد قائمة", "تؤكد قائمة")  # the summary is not on the card
    assert not any(url.startswith("/cards/") for url in archive.build().built)

    archive.edit("content/march.md", "verdict: true", "verdict: false")
    assert [url for url in archive.build().built if url.startswith("/cards/")] == ["/cards/march1.png"]


@pytest.mark.parametrize(("setting", "kinds"), [("articles", {"articles"}), ("none", set())])
def test_a_newsroom_may_want_fewer_cards(archive: Archive, setting: str, kinds: set[str]) -> None:
    archive.write("pyproject.toml", f'[tool.factarchive]\ncards = "{setting}"\n')
    archive.build()

    assert {name.split("/")[1] for name in archive.files() if name.startswith("cards/")} == kinds
    assert "cards-not-drawn" not in rules(archive.build())


def test_where_arabic_cannot_be_drawn_no_card_is_and_the_remedy_is_named(archive: Archive, monkeypatch) -> None:
    for module in (pipeline, share_cards):
        monkeypatch.setattr(module, "can_draw", lambda: "")
    report = archive.build()

    (told,) = (p for p in report.problems if p.rule == "cards-not-drawn")
    assert told.severity == "warning" and "libfribidi0" in told.action
    assert not any(name.startswith("cards/") for name in archive.files())
    assert "/static/share." in archive.page("/claims/march1/")

    monkeypatch.undo()  # the package was installed: the next build draws, though no file of the project changed
    assert "/cards/march1.png" in archive.build().built and can_draw()

"""Evidence at hand: documents that editors drop in are read, cited where they plainly tell, and change nothing else."""

from __future__ import annotations

import json
from datetime import date

import pytest

from factarchive.archive.evidence import Exhibit, Exhibits
from factarchive.archive.hints import hints_for
from factarchive.archive.parties import Parties
from factarchive.archive.schema import Claim, Document, Proposal
from tests.conftest import Archive, rules

# «20 new schools were opened in Sfax in March 2025»
WORDS = "افتتحت في صفاقس 20 مدرسة جديدة في مارس 2025"
DAY = date(2025, 4, 2)
FRONT = {
    "title": "تقرير المدارس",
    "url": "https://example.org/report",
    "publisher": "المعهد الوطني للإحصاء",
    "tier": "primary",
    "access": "stored-copy",
    "accessed": "2025-04-02",
}


def hinted(sentence: str, **changed: object) -> tuple[Proposal, ...]:
    """What one document of this one sentence says of the claim; keys of the claim begin with claim_."""
    mine = {k.removeprefix("claim_"): v for k, v in changed.items() if k.startswith("claim_")}
    front = FRONT | {k: v for k, v in changed.items() if not k.startswith("claim_")}
    claim = Claim.model_validate({"id": "a1", "quote": WORDS, "source": "وزارة التعليم"} | mine)
    exhibits = Exhibits({"report": Exhibit("report", Document.model_validate(front), (sentence,))})
    return hints_for(claim, exhibits.near(claim.words), Parties(), DAY)


def test_a_document_that_says_all_of_a_claim_supports_it_and_is_cited_word_for_word() -> None:
    sentence = f"وبحسب الجداول {WORDS}، منها 5 مدارس ابتدائية."
    (hint,) = hinted(sentence)

    assert (hint.status, hint.confidence) == ("evidence-supports", "medium")
    assert [(p.source, p.quote) for p in hint.passages] == [("report", sentence)]


def test_a_document_with_another_figure_contradicts_and_both_figures_are_shown() -> None:
    (hint,) = hinted("افتتحت في صفاقس 12 مدرسة جديدة في مارس 2025")
    (reason,) = hint.because

    assert (hint.status, reason.rule) == ("evidence-contradicts", "evidence-number")
    assert (reason.here, [t.quote for t in reason.there]) == (("20 مدرسة",), ["12 مدرسة"])


@pytest.mark.parametrize(
    "sentence",
    [
        "افتتحت في سوسة 3 مكتبات جديدة في مارس 2025",  # libraries in Sousse
        "افتتحت في صفاقس مدارس جديدة",  # how many, and when?
        "لم تفتتح في صفاقس 20 مدرسة جديدة في مارس 2024",  # denied, of another year
        "إذا توفر المال افتتحت في صفاقس 20 مدرسة جديدة في مارس 2025",  # «if there is money»
        "المدارس في صفاقس",
        "قالت وزارة التعليم: " + WORDS,  # the claimant's own words again
    ],
)
def test_where_it_is_not_plain_that_a_document_tells_it_is_silent(sentence: str) -> None:
    assert not [h for h in hinted(sentence) if h.status == "evidence-supports"]


@pytest.mark.parametrize(
    "changed",
    [
        {"party": "وزارة التعليم"},  # the claimant's own document
        {"publisher": "وزارة التعليم"},
        {"origin": "وزارة التعليم"},
        {"published": "2019-03-01"},  # years before
        {"claim_type": "opinion"},
    ],
)
def test_a_document_that_cannot_tell_is_silent(changed: dict[str, object]) -> None:
    assert not hinted(WORDS, **changed)


def test_of_documents_that_support_and_one_that_contradicts_the_one_is_shown() -> None:
    front = Document.model_validate(FRONT)
    held = {
        "a": Exhibit("a", front, (WORDS,)),
        "b": Exhibit("b", front, ("افتتحت في صفاقس 12 مدرسة جديدة في مارس 2025",)),
    }
    claim = Claim.model_validate({"id": "a1", "quote": WORDS, "source": "وزارة التعليم"})

    assert [h.status for h in hints_for(claim, Exhibits(held).near(WORDS), Parties(), DAY)] == ["evidence-contradicts"]


# ---------------------------------------------------------------- in an archive

PLANNED = "ستفتتح 20 مدرسة أخرى في صفاقس قبل سبتمبر 2025"
PAPER = """\
---
title: {title}
url: https://example.org/plan
publisher: المعهد الوطني للإحصاء
tier: primary
access: stored-copy
accessed: 2025-04-02
---
{text}
"""


@pytest.fixture
def desk(archive: Archive) -> Archive:
    """The archive, its pending claim in more words, with one document at hand."""
    for name in ("march", "april"):
        archive.edit(f"content/{name}.md", "ستفتتح 20 مدرسة أخرى", PLANNED)
    paper(archive, "تفيد الجداول بأن الوزارة " + PLANNED + ".")
    return archive


def paper(archive: Archive, text: str, title: str = "جداول البناء", name: str = "plan") -> None:
    """Drop a document into the archive."""
    archive.write(f"content/evidence/{name}.md", PAPER.format(title=title, text=text))


def test_a_document_is_no_article_and_is_cited_under_the_machines_label(desk: Archive) -> None:
    report = desk.build()
    page = desk.page("/claims/march2/")
    machine = page[page.index("اقتراح آلي لم يراجعه محرر") :]

    assert rules(report) == []
    assert not [url for url in report.built if "plan" in url]
    assert "جداول البناء" in machine and "https://example.org/plan" in machine
    assert "جداول البناء" in desk.page("/articles/march/")
    assert "جداول البناء" not in desk.page("/claims/march1/")  # it is ruled on


def test_a_changed_document_renders_only_what_cites_it(desk: Archive) -> None:
    paper(desk, "انخفض سعر القمح في الأسواق العالمية 3 في المئة.", name="wheat")
    desk.build()
    paper(desk, "انخفض سعر القمح في الأسواق العالمية 4 في المئة.", name="wheat")
    assert desk.build().built == ()

    paper(desk, "تفيد الجداول بأن الوزارة " + PLANNED + ".", title="جداول أخرى")

    assert set(desk.build().built) == {
        f"/{kind}/{name}/"
        for kind, name in zip(["articles", "claims"] * 2, ["march", "march2", "april", "april2"], strict=True)
    }


def test_a_removed_document_is_cited_no_more_and_the_site_is_that_of_a_clean_build(desk: Archive) -> None:
    desk.build()
    (desk.root / "content/evidence/plan.md").unlink()
    desk.build()
    left = desk.files()
    (desk.root / ".cache/state.sqlite").unlink()
    desk.build()

    assert "جداول البناء" not in desk.page("/claims/march2/")
    assert desk.files() == left


def test_a_faulty_document_is_reported_at_its_place(desk: Archive) -> None:
    desk.edit("content/evidence/plan.md", "tier: primary", "tier: best")
    found = desk.build().problems

    assert [(str(p.place), p.rule) for p in found if p.severity == "error"] == [
        ("content/evidence/plan.md:5:7", "unknown-word")
    ]


def test_a_document_without_a_text_is_reported_in_every_build(desk: Archive) -> None:
    paper(desk, "")

    assert rules(desk.build()) == ["evidence-empty"]
    desk.edit("content/april.md", "قالت وزارة", "ذكرت وزارة")
    assert rules(desk.build()) == ["evidence-empty"]


# ---------------------------------------------------------------- a verifier in an archive

VERIFIER = """\
import json, pathlib
LOG = pathlib.Path(__file__).with_name("asked.txt")
def ask(claim, passages):
    with LOG.open("a", encoding="utf-8", newline="\\n") as log:
        log.write(claim["id"] + "\\n")
    {answer}
"""
CITES = (
    'return {"status": "evidence-supports", "passages": [{"id": p["id"], "quote": p["quote"]} for p in passages[:1]]}'
)


def with_verifier(desk: Archive, answer: str) -> None:
    """Give the project a verifier of its own that answers so."""
    desk.write("own_verifier.py", VERIFIER.replace("{answer}", answer))
    desk.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\nverifier = "own_verifier:ask"\n')


def asked(desk: Archive) -> list[str]:
    """Of which claims the verifier was asked, in order."""
    log = desk.root / "asked.txt"
    return log.read_text(encoding="utf-8").split() if log.exists() else []


def test_a_verifier_is_asked_once_of_each_pending_claim(desk: Archive) -> None:
    with_verifier(desk, CITES)
    desk.build()
    assert sorted(asked(desk)) == ["april2", "march2"]
    assert "قارن المدقق الآلي" in desk.page("/claims/march2/")

    desk.edit("content/april.md", "قالت وزارة", "ذكرت وزارة")
    desk.build()

    assert len(asked(desk)) == 2  # the article changed, the claim and the passages did not


def test_without_a_passage_a_verifier_is_not_asked(desk: Archive) -> None:
    with_verifier(desk, CITES)
    paper(desk, "انخفض سعر القمح.")
    desk.build()

    assert asked(desk) == []


def test_nonsense_is_reported_in_every_build_and_not_asked_for_again(desk: Archive) -> None:
    with_verifier(desk, 'return {"status": "false"}')
    first = desk.build()
    desk.edit("content/april.md", "قالت وزارة", "ذكرت وزارة")
    second = desk.build()

    assert rules(first) == rules(second) == ["verifier-answer-unusable"] * 2
    assert len(asked(desk)) == 2
    assert "قارن المدقق الآلي" not in desk.page("/claims/march2/")


def test_a_failure_is_reported_and_asked_again_and_holds_nothing_back(desk: Archive) -> None:
    with_verifier(desk, "raise RuntimeError('no server')")
    first, second = desk.build(), desk.build()

    assert first.published and rules(first) == rules(second) == ["verifier-failed"] * 2
    assert len(asked(desk)) == 4


def test_a_verifier_that_is_not_there_is_given_up(desk: Archive) -> None:
    for n in range(5):
        desk.article(f"more{n}")
        desk.edit(f"content/more{n}.md", "ستفتتح 20 مدرسة أخرى", PLANNED)
    with_verifier(desk, "raise RuntimeError('no server')")
    report = desk.build()

    assert len(asked(desk)) == 3
    assert rules(report) == ["verifier-failed"] * 3


def test_a_verifier_that_cannot_be_loaded_is_reported_and_the_site_is_built(desk: Archive) -> None:
    desk.write("pyproject.toml", '[tool.factarchive]\nverifier = "no_such_module_here:ask"\n')
    report = desk.build()

    assert rules(report) == ["verifier-not-loaded"] and report.published


@pytest.mark.parametrize("value", ["module", "module:", ":ask", "a b:ask", "os:system('x')", "../x:ask"])
def test_a_setting_that_is_no_callables_name_is_refused(archive: Archive, value: str) -> None:
    archive.write("pyproject.toml", f"[tool.factarchive]\nverifier = {json.dumps(value)}\n")

    with pytest.raises(Exception, match="bad-setting"):
        archive.build()


def test_a_changed_verifier_is_asked_anew(desk: Archive) -> None:
    with_verifier(desk, "return None")
    desk.build()
    with_verifier(desk, CITES)
    desk.build()

    assert len(asked(desk)) == 4
    assert "قارن المدقق الآلي" in desk.page("/claims/march2/")

"""The wall: a machine proposes, a person rules; nothing of a proposal reaches what readers take for a ruling."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factarchive.archive import cards
from factarchive.archive.cards import card_of
from factarchive.archive.entries import Entry, read_entry, ruled_digest
from factarchive.archive.hints import Hints
from factarchive.archive.schema import Document, Proposal
from factarchive.archive.shapes import is_visible
from factarchive.archive.site import Registry
from factarchive.archive.terms import Status
from factarchive.archive.verdicts import Verdict
from factarchive.config import Settings
from factarchive.publishing import article_views, claim_views, claimreview
from factarchive.publishing.article_views import Aside, article_view, claim_page_view
from factarchive.publishing.desk import Desk
from tests.conftest import ARTICLE, BODY, OPENED, PENDING, PLANNED, RULED, Archive, rules
from tests.test_hints import FRONT, with_verifier
from tests.test_hints import paper as drop

# A proposal as loud as can be: every status, high confidence, reasons that speak like verdicts («زائف» is «false»).
LOUD = "{{status: {status}, confidence: high, because: [{{rule: x, text: هذا الادعاء زائف}}], by: rules/1}}"
QUIET = "{status: attributed-only, confidence: low, by: rules/1}"


def ruled_outputs(archive: Archive) -> dict[str, str | bytes]:
    """Everything that takes rulings only: markup, verdict lists, feed, bars, cards, data, and the search's files."""
    whole = archive.files()
    raw_files = {n: raw for n, raw in whole.items() if n.endswith((".bin", ".png")) or n.startswith("data/")}
    kept = {name: raw for name, raw in whole.items() if name not in raw_files and not name.startswith(("static", "."))}
    files = {name: raw.decode() for name, raw in kept.items()}
    lists = {n: page for n, page in files.items() if n.startswith("verdicts/") or "feed." in n or "transparency" in n}
    markup = {f"{n}#ld": "".join(re.findall(r"ld\+json\">(.*?)</script>", page)) for n, page in files.items()}
    bars = {f"{n}#bar": "".join(re.findall(r'<svg class="bar".*?</svg>', page, re.S)) for n, page in files.items()}
    return {**lists, **markup, **bars, **raw_files}


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


# ---------------------------------------------------------------- whatever a proposal holds

DAY = "2025-03-18"
CLAIMS = RULED.format(id="a1", words=OPENED, quote=OPENED, day=DAY, verdict="true") + PENDING.format(
    id="a2", quote=PLANNED, day=DAY
)
ENTRY = read_entry(ARTICLE.format(title="مدارس", slug="a", day=DAY, claims=CLAIMS, body=BODY), "content/a.md")
DESK = Desk(Settings(**dict.fromkeys(["folders"])), Registry())  # type: ignore[arg-type]  # no page reads a folder

HOSTILE = (
    "هذا الادعاء زائف",
    "</script><script>alert(1)</script>",
    '{"@type":"ClaimReview","reviewRating":{"ratingValue":5}}',
    '" class="stamp v-true',
    "verdict: true",
    "\u202ezaif\u202c",
    "{{ claim.ruling }}",
    "]]>",
)
printable = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40)
words = st.one_of(st.sampled_from(HOSTILE), printable).filter(is_visible)

THERE = st.fixed_dictionaries({"claim": st.sampled_from(["a1", "a2"]), "quote": words})
REASON = st.fixed_dictionaries(
    {"rule": words, "text": words, "here": st.lists(words, max_size=2), "there": st.lists(THERE, max_size=2)}
)
PASSAGE = st.fixed_dictionaries({"source": words, "quote": words})
PROPOSAL = st.fixed_dictionaries(
    {
        "status": st.sampled_from(list(Status)),
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "because": st.lists(REASON, max_size=3),
        "passages": st.lists(PASSAGE, max_size=2),
        "about": st.one_of(st.none(), words),
        "by": words,
    }
).map(Proposal.model_validate)


def holding(entry: Entry, *proposals: Proposal | None) -> Entry:
    """The entry with these proposals, one for each of its claims."""
    claims = tuple(
        claim.model_copy(update={"proposal": p}) for claim, p in zip(entry.front.claims, proposals, strict=True)
    )
    return replace(entry, front=entry.front.model_copy(update={"claims": claims}))


def ruled_values(entry: Entry, hints: Hints) -> list[object]:
    """All of an entry's pages that readers and programs take for rulings, and the card that every list is made of."""
    card = card_of(entry)
    page = article_view(entry, DESK, Aside(hints=hints))
    claims = [claim_page_view((entry, card), id_, DESK, Aside(hints=hints.of(id_))) for id_ in ("a1", "a2")]
    shown = [(c.meta, c.claim.state, c.claim.ruling, c.claim.share_text, c.sources, c.siblings) for c in claims]
    states = [(c.id, c.state, c.ruling) for c in (*page.ruled, *page.pending)]
    return [card.dumped(), page.meta, page.tally, page.checked_on, page.sources, page.findings, states, shown]


@settings(max_examples=150, deadline=None)
@given(PROPOSAL, PROPOSAL, PROPOSAL, PROPOSAL)
def test_whatever_proposals_hold_they_reach_nothing_that_takes_rulings(
    first: Proposal, second: Proposal, hint: Proposal, other: Proposal
) -> None:
    cited = {p.source: Document.model_validate(FRONT) for h in (hint, other) for p in h.passages}
    hints = Hints({"a1": (hint, other), "a2": (other, hint)}, cited)

    assert ruled_values(holding(ENTRY, first, second), hints) == ruled_values(holding(ENTRY, None, None), Hints())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_proposal_a_document_and_a_verifier_change_no_byte_of_what_takes_rulings(
    archive: Archive, text: str
) -> None:
    archive.build()
    before = ruled_outputs(archive)
    said = json.dumps(text, ensure_ascii=False)
    loud = f"{{status: evidence-supports, confidence: high, because: [{{rule: x, text: {said}, here: [{said}]}}], "
    loud += f"passages: [{{source: {said}, quote: {said}}}], about: {said}, by: x}}"
    archive.edit("content/march.md", QUIET, loud)
    drop(archive, f"{text} {PLANNED}", title="جداول")
    with_verifier(
        archive,
        f'return {{"status": "evidence-supports", "reason": {said}, "passages": '
        '[{"id": p["id"], "quote": p["quote"]} for p in passages[:1]]}',
    )
    archive.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\nverifier = "own_verifier:ask"\n')
    archive.build()

    assert "جداول" in archive.page("/claims/march2/")
    assert ruled_outputs(archive) == before
    assert "<script>alert" not in archive.page("/claims/march2/") + archive.page("/articles/march/")


# ---------------------------------------------------------------- would these tests see a hole in the wall?


def a_status_is_taken_for_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    real = cards._claim_card

    def holed(claim: Any) -> Any:
        supported = claim.proposal and claim.proposal.status is Status.EVIDENCE_SUPPORTS
        return replace(real(claim), state="true") if supported else real(claim)

    monkeypatch.setattr(cards, "_claim_card", holed)


def a_reason_is_taken_for_a_summary(monkeypatch: pytest.MonkeyPatch) -> None:
    real = cards._claim_card

    def holed(claim: Any) -> Any:
        told = claim.proposal.because[0].text if claim.proposal and claim.proposal.because else ""
        return replace(real(claim), summary=real(claim).summary or told)

    monkeypatch.setattr(cards, "_claim_card", holed)


def a_proposal_is_marked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    real = claimreview.rated_layer

    def holed(claim: Any) -> Any:
        supported = claim.proposal and claim.proposal.status is Status.EVIDENCE_SUPPORTS
        return ("verdict", Verdict.TRUE) if supported else real(claim)

    monkeypatch.setattr(claimreview, "rated_layer", holed)


def a_proposal_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    real = article_views._tally
    seen = list[Any]()

    def remembering(*given: Any) -> Any:
        seen.append(claim_views.claim_view(*given))
        return seen[-1]

    def holed(ruled: Any, desk: Any) -> Any:
        supported = any(c.proposal and c.proposal.status == "evidence-supports" for c in seen)
        return (*real(ruled, desk), *(desk.tally(["true"]) if supported else ()))

    monkeypatch.setattr(article_views, "claim_view", remembering)
    monkeypatch.setattr(article_views, "_tally", holed)


def a_proposal_dates_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    real = cards.card_of

    def holed(entry: Any) -> Any:
        loud = any(c.proposal and c.proposal.confidence == "high" for c in entry.front.claims)
        card = real(entry)
        return replace(card, updated="2099-01-01", digest="loud") if loud else card

    monkeypatch.setattr("factarchive.library.card_of", holed)


HOLES = [
    a_status_is_taken_for_a_verdict,
    a_reason_is_taken_for_a_summary,
    a_proposal_is_marked_up,
    a_proposal_is_counted,
    a_proposal_dates_an_article,
]


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_in_the_wall_is_seen(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, hole: Callable[[pytest.MonkeyPatch], None]
) -> None:
    hole(monkeypatch)
    archive.build()
    before = ruled_outputs(archive)
    archive.edit("content/march.md", QUIET, LOUD.format(status="evidence-supports"))
    archive.build()

    assert ruled_outputs(archive) != before


# ---------------------------------------------------------------- a ruling is a person's, whole and sealed


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("      by: هيئة التحرير\n", "ruling-no-by"),
        ("      on: 2025-03-18\n", "ruling-no-on"),
        ("      as_of: 2025-03-18\n", "ruling-no-as-of"),
        ("      summary: تؤيد قائمة الوزارة المنشورة هذا العدد.\n", "ruling-no-summary"),
        ("      evidence: [{source: list, stance: supports, quote: اثنتا عشرة مدرسة}]\n", "ruling-no-evidence"),
    ],
)
def test_a_ruling_without_a_person_a_day_a_summary_or_evidence_is_not_published(
    archive: Archive, line: str, rule: str
) -> None:
    archive.edit("content/march.md", line, "")
    report = archive.build()

    assert rule in rules(report)
    assert not report.published and not (Path(archive.root) / "site/claims").exists()


def test_editing_the_words_that_were_ruled_on_is_reported(archive: Archive) -> None:
    claim = read_entry(archive.read("content/march.md"), "content/march.md").front.claims[0]
    sealed = f"    ruling:\n      of: '{ruled_digest(claim)}'\n      verdict: true"
    archive.edit("content/march.md", "    ruling:\n      verdict: true", sealed)
    assert rules(archive.build()) == []

    archive.edit("content/march.md", f"claim: {OPENED}", f"claim: {OPENED} وحدها")

    assert rules(archive.build()) == ["ruling-stale"]

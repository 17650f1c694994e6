"""A machine proposes a status with its reasons, and never in the words of a verdict."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from factarchive.arabic.lexicon import table
from factarchive.archive.parties import Parties
from factarchive.archive.terms import Status
from factarchive.archive.verdicts import Verdict, speaks_like_a_verdict
from factarchive.drafting.claims import EXTRACTOR_VERSION, find_claims
from factarchive.drafting.compare import Accounts
from factarchive.drafting.proposals import Decided, Proposal, propose_all
from factarchive.drafting.seeds import Article


def proposed(text: str, published: date | None = date(2025, 3, 18)) -> list[Proposal]:
    article = Article(text=f"أخبار\n\n{text}", title="أخبار", published=published)
    claims = find_claims(article)
    accounts = Accounts(claims, Parties(), published, len(article.title))
    return list(propose_all(accounts, [f"c{n}" for n in range(len(claims))]))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # «the ministry said the crossing must be opened»
        ("قالت وزارة الصحة إن المعبر يجب أن يفتح.", "not-checkable"),
        ("قالت وزارة الصحة إنه كان يجب أن يفتح المعبر.", "not-checkable"),
        ("أسفر الحريق عن مقتل 4 عمال.", "unattributed"),
        ("وأضاف أن المصنع أغلق أبوابه.", "unattributed"),
        # «the exchange will take place on 19 March», said on the 18th
        ("قال الكرملين إن التبادل سيتم في 19 مارس.", "awaits-date"),
        ("قال سامي حداد إن الأسعار سترتفع قريبا.", "needs-review"),
        ("قال الكرملين إن التبادل تم في 17 مارس.", "attributed-only"),
    ],
)
def test_the_status_is_what_the_article_alone_can_decide(text: str, status: str) -> None:
    (proposal,) = proposed(text)

    assert proposal.status == status


def test_without_a_date_of_publication_nothing_is_said_to_lie_ahead() -> None:
    (proposal,) = proposed("قال الكرملين إن التبادل سيتم في 19 مارس 2031.", None)

    assert proposal.status == "needs-review"
    assert proposal.because[0].rule == "undated"


def test_a_proposal_names_its_rule_its_reason_and_what_it_saw() -> None:
    (proposal,) = proposed("قال الكرملين إن التبادل سيتم في 19 مارس.")
    (reason,) = proposal.because

    assert (reason.rule, reason.here, proposal.by) == ("dated-ahead", ("19 مارس",), EXTRACTOR_VERSION)
    assert reason.text == table("proposals")["reasons"]["dated-ahead"]


def test_a_proposal_without_reasons_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="reasons"):
        Proposal("needs-review", "low", ())


def test_the_statuses_are_of_the_closed_set_and_share_no_word_with_the_verdicts() -> None:
    assert set(get_args(Decided)) <= set(Status)
    assert not set(get_args(Decided)) & set(Verdict)


def test_no_reason_speaks_like_a_verdict() -> None:
    # «true», «false», «misleading» and their kin as they stand in the scale
    verdicts = ("صحيح", "زائف", "مضلل", "محرّف", "خارج السياق", "كاذب")

    texts = [text for group in table("proposals").values() for text in group.values()]

    assert not [text for text in texts if any(word in text for word in verdicts) or speaks_like_a_verdict(text)]


# «The Kremlin said the exchange covers 175 prisoners of each side»; the White House says 150.
TWO_FIGURES = (
    "قال الكرملين إن التبادل يشمل 175 أسيرا من كل طرف. وقال البيت الأبيض إن التبادل يشمل {figure} أسيرا من كل طرف."
)


def test_two_parties_with_two_figures_conflict_and_each_proposal_shows_both() -> None:
    first, second = proposed(TWO_FIGURES.format(figure=150))

    assert (first.status, second.status) == ("accounts-conflict", "accounts-conflict")
    assert (first.because[0].rule, first.because[0].here) == ("differs-number", ("175 أسيرا",))
    assert [(there.claim, there.quote) for there in first.because[0].there] == [("c1", "150 أسيرا")]
    assert first.about == second.about and first.about


def test_two_parties_with_one_figure_agree() -> None:
    assert [p.status for p in proposed(TWO_FIGURES.format(figure=175))] == ["accounts-agree", "accounts-agree"]


@pytest.mark.parametrize(
    "text",
    [
        # a spokesman of the Kremlin and the Kremlin; the wire that relayed it; the article itself; nobody
        "قال الكرملين إن التبادل يشمل 175 أسيرا من كل طرف. وقال بيسكوف إن التبادل يشمل 150 أسيرا من كل طرف.",
        "يشمل التبادل 175 أسيرا من كل طرف. وقال الكرملين إن التبادل يشمل 150 أسيرا من كل طرف.",
        "وأضاف أن التبادل يشمل 175 أسيرا من كل طرف. وقال الكرملين إن التبادل يشمل 150 أسيرا من كل طرف.",
        # two parties, two events
        "قال الكرملين إن التبادل يشمل 175 أسيرا من كل طرف. وقال البيت الأبيض إن القافلة تحمل 150 طنا من القمح.",
    ],
)
def test_where_there_are_no_two_accounts_of_one_event_none_is_compared(text: str) -> None:
    assert not {p.status for p in proposed(text)} & {"accounts-agree", "accounts-conflict"}
    assert not [p for p in proposed(text) if p.about]


def test_a_wire_and_whom_it_quotes_are_one_account() -> None:
    # «Reuters said …»; «an official told Reuters …»
    text = "قالت رويترز إن التبادل يشمل 175 أسيرا من كل طرف. وقال مسؤول لرويترز إن التبادل يشمل 150 أسيرا من كل طرف."

    assert not {p.status for p in proposed(text)} & {"accounts-agree", "accounts-conflict"}


def test_the_headline_is_no_account_beside_what_it_sums_up() -> None:
    title = "الكرملين: التبادل يشمل 150 أسيرا من كل طرف"
    article = Article(f"{title}\n\nقال البيت الأبيض إن التبادل يشمل 175 أسيرا من كل طرف.", title, None)
    claims = find_claims(article)
    found = propose_all(Accounts(claims, Parties(), None, len(title)), ["a", "b", "c"][: len(claims)])

    assert len(claims) > 1
    assert "accounts-conflict" not in {p.status for p in found}


def test_an_archives_own_affiliations_count_voices_as_one() -> None:
    article = Article("أخبار\n\n" + TWO_FIGURES.format(figure=150), "أخبار", None)
    claims = find_claims(article)
    parties = Parties({"البيت الأبيض": "الكرملين"})  # an archive that says so

    assert {p.status for p in propose_all(Accounts(claims, parties), ["a", "b"])} == {"attributed-only"}


def test_without_a_second_account_nothing_but_what_one_text_can_show_is_proposed() -> None:
    """Nothing is read from words alone: not «it is known that», not figures, not «all», not a denial."""
    alone = {"needs-review", "unattributed", "attributed-only", "not-checkable", "awaits-date"}
    loud = [
        "قال الكرملين إن من المؤكد أن روسيا انتصرت.",
        "نفى الكرملين أن تكون روسيا قصفت المدينة.",
        "قال الكرملين إن جميع الأسرى عادوا، وعددهم 175 أسيرا.",
        "قال الكرملين إن الأرض مسطحة.",
    ]

    assert {p.status for text in loud for p in proposed(text)} <= alone

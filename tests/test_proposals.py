"""A machine proposes a status with its reasons, and never in the words of a verdict."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from factarchive.arabic.lexicon import table
from factarchive.archive.terms import Status
from factarchive.archive.verdicts import Verdict
from factarchive.drafting.claims import EXTRACTOR_VERSION, find_claims
from factarchive.drafting.proposals import Decided, Proposal, propose
from factarchive.drafting.seeds import Article


def proposed(text: str, published: date | None = date(2025, 3, 18)) -> list[Proposal]:
    article = Article(text=f"أخبار\n\n{text}", title="أخبار", published=published)
    claims = find_claims(article)
    return [propose(claim, claims, published) for claim in claims]


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

    assert not [text for text in table("proposals")["reasons"].values() if any(word in text for word in verdicts)]

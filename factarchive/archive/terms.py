"""The closed sets of the content file: each word that a field may hold, with what it means."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How the words are reported."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"
    MIXED = "mixed"
    NONE = "none"


class ClaimType(StrEnum):
    """What kind of proposition a claim is."""

    EVENT = "event"
    COMMITMENT = "commitment"
    PREDICTION = "prediction"
    OPINION = "opinion"
    COUNTERFACTUAL = "counterfactual"


class Status(StrEnum):
    """What a machine may propose; the set shares no word with the scale of verdicts."""

    NOT_CHECKABLE = "not-checkable"
    UNATTRIBUTED = "unattributed"
    ATTRIBUTED_ONLY = "attributed-only"
    ACCOUNTS_AGREE = "accounts-agree"
    ACCOUNTS_CONFLICT = "accounts-conflict"
    EVIDENCE_SUPPORTS = "evidence-supports"
    EVIDENCE_CONTRADICTS = "evidence-contradicts"
    MATCHES_FACT_CHECK = "matches-fact-check"
    AWAITS_DATE = "awaits-date"
    NEEDS_REVIEW = "needs-review"


class Stance(StrEnum):
    """What a source does to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Tier(StrEnum):
    """How near a source stands to the event, nearest first."""

    PRIMARY = "primary"
    WIRE = "wire"
    PRESS = "press"
    STATE_AGENCY = "state-agency"
    FACT_CHECKER = "fact-checker"
    BLOG = "blog"


class Technique(StrEnum):
    """How something misleads, where it does; labels in techniques.toml."""

    FABRICATED = "fabricated"
    MISATTRIBUTED = "misattributed"
    MISSING_CONTEXT = "missing-context"
    OVERSTATED = "overstated"
    OUTDATED = "outdated"
    MISTRANSLATED = "mistranslated"
    MISLEADING_HEADLINE = "misleading-headline"
    CHERRY_PICKED = "cherry-picked"
    EDITED_MEDIA = "edited-media"
    FALSE_CONTEXT_MEDIA = "false-context-media"

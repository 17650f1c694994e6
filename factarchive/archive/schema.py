"""The content file: the one definition of the front matter that editors, forms and importers write.

Models are frozen and forbid unknown keys; they fix the shape of each field. What must hold between fields (a
ruling has evidence, a quote stands in the body) is checked in `checking/`, which lists all faults at once.
pydantic (MIT) was chosen for its error paths and its JSON Schema; it is imported in this module only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from factarchive.archive.shapes import has_control, is_address, is_visible
from factarchive.archive.terms import ClaimType, Form, Stance, Status, Technique, Tier
from factarchive.archive.verdicts import Verdict, verdict_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHEN = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
CLAIM_MAX = 74
"""Characters of `claim`: Google's ClaimReview table asks for fewer than 75."""


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("bad_date", "a day as YYYY-MM-DD")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("bad_date", "no such day in the calendar") from None


def _when(value: object) -> object:
    text = str(value) if isinstance(value, int | date) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _WHEN.fullmatch(text):
        raise PydanticCustomError("bad_date", "a year, a month or a day")
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 or None :] if len(text) < 10 else text)
    except ValueError:
        raise PydanticCustomError("bad_date", "no such day in the calendar") from None
    return text


def _period(value: object) -> object:
    ends = value.split("/") if isinstance(value, str) else []
    return "/".join(str(_when(end)) for end in ends) if len(ends) == 2 else _when(value)


def _verdict(value: object) -> object:
    found = verdict_of(value)
    if found is None:
        raise PydanticCustomError("unknown_verdict", "no such verdict")
    return found


def _given(value: object) -> object:
    if verdict_of(value) is Verdict.PENDING:
        raise PydanticCustomError("unknown_verdict", "waiting is no verdict")
    return _verdict(value)


def _text(value: str) -> str:
    if has_control(value):
        raise PydanticCustomError("control_character", "control character")
    if not is_visible(value):
        raise PydanticCustomError("empty_text", "empty")
    return value


def _url(value: str) -> str:
    if not is_address(value):
        raise PydanticCustomError("bad_url", "an absolute http(s) address")
    return value


def _slug(value: str) -> str:
    if len(value) > 80 or not SLUG.fullmatch(value):
        raise PydanticCustomError("bad_slug", "ASCII letters, digits and hyphens")
    return value


def _id(value: str) -> str:
    if len(value) > 60 or not _ID.fullmatch(value):
        raise PydanticCustomError("bad_id", "a letter, then letters, digits and hyphens")
    return value


def _digits(value: object) -> object:
    # YAML takes a digest that happens to hold no letter for a number.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


Text = Annotated[str, AfterValidator(_text)]
Url = Annotated[str, AfterValidator(_url)]
Slug = Annotated[str, AfterValidator(_slug)]
Id = Annotated[str, AfterValidator(_id)]
Day = Annotated[date, BeforeValidator(_day)]
When = Annotated[str, BeforeValidator(_when)]
"""A date as precisely as it is known: 2025, 2025-03 or 2025-03-18."""
Period = Annotated[str, BeforeValidator(_period)]
"""The same, or from one such date to another: 2016-10/2016-11."""
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Digest = Annotated[Text, BeforeValidator(_digits)]
Whole = Annotated[int, Field(strict=True)]
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""Numbers, and no texts or booleans that could pass for one."""
Confidence = Literal["low", "medium", "high"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
Ruled = Annotated[Verdict, BeforeValidator(_verdict)]
Given = Annotated[Verdict, BeforeValidator(_given)]
"""A verdict that somebody gave: any but `pending`."""


class Model(BaseModel):
    """What every part of a content file is: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outlet(Model):
    """Who published the article."""

    name: Text
    url: Url | None = None


class Number(Model):
    """A figure in the quote: 175 أسيرا is 175 of unit أسير."""

    text: Text
    value: Whole | Real
    unit: Text | None = None


class Dated(Model):
    """A time expression in the quote and the day, month, year or period it means, where that is known."""

    text: Text
    value: Period | None = None


class Worth(Model):
    """How much a claim is worth checking, 0 to 3, and the named reasons."""

    score: Annotated[Whole, Field(ge=0, le=3)]
    because: tuple[Text, ...] = ()


class Passage(Model):
    """Words of a document that a proposal rests on."""

    source: Text
    quote: Text


class There(Model):
    """Words that a reason points to: of a claim of another entry, or of one of the same file."""

    entry: Text | None = None
    claim: Id | None = None
    quote: Text


class Reason(Model):
    """Why a machine proposes what it does: the rule, in words, with the spans on both sides."""

    rule: Text
    text: Text
    here: tuple[Text, ...] = ()
    there: tuple[There, ...] = ()


class Proposal(Model):
    """The machine's; never a verdict, never counted, never marked up."""

    status: Status
    confidence: Confidence
    because: tuple[Reason, ...] = ()
    passages: tuple[Passage, ...] = ()
    about: Text | None = None
    by: Text


class Evidence(Model):
    """A listed source, what it does to the claim, and its words."""

    source: Id
    stance: Stance
    quote: Text | None = None
    note: Text | None = None


class Change(Model):
    """An earlier state of a ruling, kept."""

    on: Day
    verdict: Ruled | None = None
    attribution: Ruled | None = None
    why: Text


class Ruling(Model):
    """A person's: was it really said (attribution), is it so (verdict), why, as of when, by whom."""

    attribution: Ruled | None = None
    verdict: Ruled | None = None
    technique: tuple[Technique, ...] = ()
    of: Digest | None = None
    summary: Text | None = None
    so: Annotated[Text | None, Field(alias="true")] = None
    not_so: Annotated[Text | None, Field(alias="false")] = None
    unknown: Text | None = None
    as_of: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    by: Text | None = None
    on: Day | None = None
    edited_by: Text | None = None
    history: tuple[Change, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether a person has ruled on either layer."""
        return self.verdict not in (None, Verdict.PENDING) or self.attribution not in (None, Verdict.PENDING)


class ReviewedElsewhere(Model):
    """Another desk's review, kept as its own: neither proposal nor ruling, never counted or marked up as ours."""

    publisher: Text
    url: Url
    label: Text  # its word, as given
    verdict: Given | None = None  # what that word stands for on our scale, where that is known
    on: Day | None = None
    summary: Text | None = None
    lang: Lang | None = None


class Media(Model):
    """The image or recording that a claim is about; its category in schema.org's MediaManipulationRating."""

    url: Url
    category: Literal[
        "DecontextualizedContent",
        "EditedOrCroppedContent",
        "OriginalMediaContent",
        "SatireOrParodyContent",
        "StagedContent",
        "TransformedContent",
    ]


class Reply(Model):
    """The right of reply: when the claimant was asked, until when, and the answer."""

    asked: Day
    until: Day | None = None
    answer: Text | None = None


class Claim(Model):
    """One claim: its words, who said it through whom, a machine's proposal, a person's ruling or another desk's."""

    id: Id
    claim: Text | None = None
    quote: Text
    source: Text
    speaker: tuple[Text, ...] = ()
    via: tuple[Text, ...] = ()
    cue: Text | None = None
    form: Form = Form.NONE
    type: ClaimType = ClaimType.EVENT
    said_on: Day | None = None
    about: Text | None = None
    numbers: tuple[Number, ...] = ()
    dates: tuple[Dated, ...] = ()
    worth: Worth | None = None
    proposal: Proposal | None = None
    ruling: Ruling = Ruling(verdict=Verdict.PENDING)
    reviewed_elsewhere: ReviewedElsewhere | None = None
    media: Media | None = None
    appearances: tuple[Url, ...] = ()
    reply: Reply | None = None
    polarity: Literal["negative"] | None = None

    @property
    def words(self) -> str:
        """The claim as a reader meets it: the self-contained wording, else the quote."""
        return self.claim or self.quote


class Finding(Model):
    """Something about the article as a whole: an omission, a wrong attribution, two accounts that differ."""

    kind: Literal["omission", "misattribution", "accounts-differ", "wording", "headline", "other"]
    title: Text | None = None
    text: Text
    verdict: Ruled | None = None
    claims: tuple[Id, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    by: Text
    on: Day


class Document(Model):
    """What can be cited: where it is, how near the event, whose side, how it was read."""

    title: Text
    url: Url
    publisher: Text | None = None
    published: When | None = None
    tier: Tier
    party: Text | None = None
    origin: Text | None = None
    archived: Url | None = None
    access: Literal["live", "stored-copy"]
    accessed: Day
    lang: Lang | None = None
    note: Text | None = None


class Source(Document):
    """A document that evidence cites, by the id that it has in the file."""

    id: Id


class Moment(Model):
    """What happened, when, by which listed sources."""

    on: When
    text: Text
    sources: tuple[Id, ...] = ()


class Correction(Model):
    """What was put right after publication; `was` and `now` are the replaced words and those that replaced them."""

    on: Day
    claim: Id | None = None
    text: Text
    was: Text | None = None
    now: Text | None = None


class Front(Model):
    """The front matter of content/<slug>.md."""

    draft: Annotated[Digest, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    title: Text
    slug: Slug
    seed: Text | None = None
    published: Day | None = None
    outlet: Annotated[Outlet, BeforeValidator(_named)] | None = None
    url: Url | None = None
    author: Text | None = None
    topics: tuple[Text, ...] = ()
    summary: Text | None = None
    review: Literal["stored-copies-only"] | None = None
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    timeline: tuple[Moment, ...] = ()
    corrections: tuple[Correction, ...] = ()
    extra: dict[str, Any] = {}


def known_keys(model: type[Model]) -> tuple[str, ...]:
    """The keys that a person may write in this part of a file."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def read_model(model: type[Model], data: Mapping[str, Any]) -> tuple[Model | None, list[Mapping[str, Any]]]:
    """The model, or None and pydantic's list of faults (type, loc, input)."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [dict(e) for e in error.errors(include_url=False)]

"""A verifier is asked about one claim and some passages; its answer is a proposal that cites them, or nothing.

Whatever it is and does (a model, a service, a script with a fault), it can only fill a proposal: a status of the
closed set, resting on words that stand in a passage it was given. Anything else is refused with the reason.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Thread
from typing import Any

from factarchive.arabic.lexicon import table
from factarchive.archive.schema import CONFIDENCES, Confidence, Passage, Proposal, Reason
from factarchive.archive.shapes import has_control, is_visible
from factarchive.archive.terms import Status
from factarchive.archive.verdicts import speaks_like_a_verdict

__all__ = ["Failed", "Given", "Unusable", "Verifier", "asked", "load_verifier"]

SECONDS = 60.0
_KEYS = {"status", "confidence", "passages", "reason"}
_CITED = {"id", "quote"}
_REASON_MAX = 300
_QUOTE_WORDS = 3  # a citation is at least so long, or the whole passage: one word stands in many a passage
Answer = Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], object]


class Failed(Exception):
    """The verifier could not be loaded, raised, or did not answer in time: it may be asked again."""


class Unusable(Exception):
    """The verifier answered what no proposal can hold: asked the same again it would say the same."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage as a verifier is given it: an id to cite it by, whose it is, its words."""

    id: str
    source: str
    quote: str
    title: str = ""
    publisher: str = ""
    published: str = ""
    tier: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A callable of the settings, by its name, and a version that changes when its answers may."""

    name: str
    version: str
    answer: Answer

    @property
    def by(self) -> str:
        """How its proposals are signed."""
        return f"{self.name} {self.version}".strip()


def load_verifier(name: str, root: Path) -> Verifier:
    """The verifier that `module:callable` names, looked for in the project's root too; raises Failed."""
    module_name, _, attribute = name.partition(":")
    if (root / f"{module_name.replace('.', '/')}.py").is_file():
        sys.modules.pop(module_name, None)  # the preview goes on while the project's own code is edited
        importlib.invalidate_caches()
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(module_name)
        answer = getattr(module, attribute)
        version = getattr(answer, "version", None)
        version = version() if callable(version) else version
    except (Exception, SystemExit) as error:  # whatever a module of the newsroom's own raises
        raise Failed(f"{type(error).__name__}: {error}") from None
    finally:
        sys.path.remove(str(root))
    if not callable(answer):
        raise Failed(f"{attribute} is not callable")
    # Without a version of its own, the text of its module stands for it.
    return Verifier(name, version if isinstance(version, str) else _digest(getattr(module, "__file__", None)), answer)


def _digest(path: str | None) -> str:
    return blake2b(Path(path).read_bytes(), digest_size=4).hexdigest() if path and Path(path).is_file() else ""


def asked(
    verifier: Verifier, claim: Mapping[str, Any], passages: Sequence[Given], seconds: float = SECONDS
) -> Proposal | None:
    """The verifier's proposal for a claim, None where it has none; raises Failed or Unusable."""
    answer = _within(seconds, verifier, claim, passages)
    return None if answer is None else _proposal(answer, passages, verifier.by)


def _within(seconds: float, verifier: Verifier, claim: Mapping[str, Any], passages: Sequence[Given]) -> object:
    said: list[object] = []
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            said.append(verifier.answer(dict(claim), [asdict(p) for p in passages]))
        except BaseException as error:  # a verifier may even call sys.exit
            raised.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        told = f"{type(raised[0]).__name__}: {raised[0]}"[:_REASON_MAX]
        raise Failed(told.encode("utf-8", "replace").decode()) from None
    if not said:
        raise Failed(f"no answer within {seconds:g} s")
    return said[0]


def _proposal(answer: object, passages: Sequence[Given], by: str) -> Proposal:
    if not isinstance(answer, Mapping):
        raise Unusable(f"not a mapping: {type(answer).__name__}")
    if unknown := [str(key) for key in answer if key not in _KEYS]:
        raise Unusable(f"unknown key: {unknown[0][:40]}")
    status = answer.get("status")
    if not isinstance(status, str) or status not in list(Status):
        raise Unusable(f"status not of the closed set: {str(status)[:40]}")
    reasons = table("proposals")["verifier"]
    because = [Reason(rule="verifier", text=reasons["asked"])]
    said = answer.get("reason")
    if isinstance(said, str) and _is_showable(said):
        because.append(Reason(rule="verifier-says", text=said))
    return Proposal(
        status=Status(status),
        confidence=_confidence(answer.get("confidence", "low")),
        because=tuple(because),
        passages=_cited(answer.get("passages"), {p.id: p for p in passages}),
        by=by,
    )


def _is_showable(text: str) -> bool:
    return is_visible(text) and not has_control(text) and len(text) <= _REASON_MAX and not speaks_like_a_verdict(text)


def _confidence(value: object) -> Confidence:
    """Its own confidence, and never a high one: nobody has measured it."""
    if value not in CONFIDENCES:
        raise Unusable(f"confidence not of the closed set: {str(value)[:40]}")
    return "low" if value == "low" else "medium"


def _cited(value: object, given: Mapping[str, Given]) -> tuple[Passage, ...]:
    """Its citations, each found word for word in the passage it names; raises Unusable where it has none."""
    if not isinstance(value, list | tuple) or not 0 < len(value) <= len(given):
        raise Unusable("no citations, or more of them than passages")
    found = []
    for cited in value:
        if not isinstance(cited, Mapping) or set(cited) != _CITED:
            raise Unusable("a citation is a mapping of id and quote")
        passage, quote = given.get(str(cited["id"])), cited["quote"]
        if passage is None or not isinstance(quote, str) or quote not in passage.quote:
            raise Unusable("cites words that stand in no passage it was given")
        if len(quote.split()) < _QUOTE_WORDS and quote.strip() != passage.quote.strip():
            raise Unusable(f"cites fewer than {_QUOTE_WORDS} words")
        found.append(Passage(source=passage.source, quote=quote))
    return tuple(found)

"""The schema's faults as editors read them: each with its place, the nearest known word, and what to do."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from factarchive.archive.frontmatter import Document
from factarchive.archive.schema import Model, known_keys, read_model
from factarchive.archive.verdicts import names as verdict_names
from factarchive.problems import Place, Problem, Refused, problem

Loc = tuple[str | int, ...]

_RULES: Mapping[str, str] = {
    "bad_date": "bad-date",
    "bad_url": "bad-url",
    "bad_slug": "bad-slug",
    "bad_id": "bad-id",
    "empty_text": "empty-text",
    "control_character": "bad-text",
    "string_pattern_mismatch": "bad-text",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
}
_TYPES: Mapping[str, str] = {
    "string_type": "not-a-text",
    "tuple_type": "not-a-list",
    "model_type": "not-a-section",
    "dict_type": "not-a-section",
    "int_type": "not-a-number",
    "float_type": "not-a-number",
}
_SHOWN = 60
_MOST = 200  # faults of one file; beyond them it is not a content file
_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def validated(model: type[Model], document: Document) -> Model:
    """The document as this model; raise Refused with every fault of it (the first 200), each at its place."""
    value, faults = read_model(model, document.data)
    if value is None:
        raise Refused(*sorted({_problem(model, document, fault) for fault in faults[:_MOST]}))
    return value


def _problem(model: type[Model], document: Document, fault: Mapping[str, Any]) -> Problem:
    kind, loc = fault["type"], _within(document.data, fault["loc"])
    if kind == "extra_forbidden":
        return _unknown_key(model, document, loc)
    if kind == "missing":
        return _made(document, document.place(*loc[:-1]), "missing-key", key=loc[-1])
    place, value = document.place(*loc), _short(fault["input"])
    if kind == "unknown_verdict":
        return _made(document, place, "unknown-verdict", value=value, nearest=nearest(value, verdict_names()))
    if kind in ("enum", "literal_error"):
        known = _words(fault["ctx"]["expected"])
        words = {"value": value, "nearest": nearest(value, known), "known": ", ".join(known)}
        return _made(document, place, "unknown-word", **words)
    if kind in _RULES:
        return _made(document, place, _RULES[kind], key=_key(loc), value=value)
    rule = "no-value" if fault["input"] is None else _TYPES.get(kind, "wrong-type")
    return _made(document, place, rule, key=_key(loc), value=value)


def _unknown_key(model: type[Model], document: Document, loc: Loc) -> Problem:
    known = known_keys(_model_at(model, loc[:-1]))
    key = _short(loc[-1])
    place = document.key_place(*loc)
    return _made(document, place, "unknown-key", key=key, nearest=nearest(key, known), known=" ".join(known))


def _made(document: Document, place: Place, rule: str, **values: object) -> Problem:
    return problem(place, rule, excerpt=document.excerpt(place), **values)


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word that was most likely meant; a dash where none is near."""
    found = get_close_matches(word.lower(), known, n=1, cutoff=0.5)
    return found[0] if found else "—"


def _within(data: Mapping[str, Any], loc: Loc) -> Loc:
    # pydantic names the branches of unions in its paths; keep the steps that the file has, and the last one.
    kept: list[str | int] = []
    node: Any = data
    for step in loc:
        if step in node if isinstance(node, Mapping) else isinstance(node, list) and isinstance(step, int):
            node = node[step]
            kept.append(step)
        elif step == loc[-1] and isinstance(node, Mapping):
            kept.append(step)
    return tuple(kept)


def _model_at(model: type[Model], loc: Loc) -> type[Model]:
    for step in loc:
        if isinstance(step, str):
            model = _parts(model).get(step, model)
    return model


@cache
def _parts(model: type[Model]) -> Mapping[str, type[Model]]:
    return {
        field.alias or name: part for name, field in model.model_fields.items() for part in _models_in(field.annotation)
    }


def _models_in(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _key(loc: Loc) -> str:
    return next((str(step) for step in reversed(loc) if isinstance(step, str)), "")


def _short(value: object) -> str:
    # As the file writes it (null, true), and with nothing in it that steers a terminal or the order of words.
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = _UNPRINTABLE.sub("\ufffd", " ".join(written.split()))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _words(expected: str) -> tuple[str, ...]:
    # pydantic writes «'a', 'b' or 'c'».
    return tuple(expected.replace(" or ", ", ").replace("'", "").split(", "))

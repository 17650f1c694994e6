"""Findings as other programs read them: plain JSON, and SARIF 2.1.0 for code hosts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from factarchive import __version__
from factarchive.problems import Problem, messages

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def written(problems: Sequence[Problem], form: str) -> str:
    """The findings as json, as sarif or as a table for people, with the end of its last line."""
    if form == "table":
        return "".join(f"{line}\n" for line in as_table(problems))
    return (as_json(problems) if form == "json" else as_sarif(problems)) + "\n"


def as_json(problems: Iterable[Problem]) -> str:
    """The findings as a JSON list."""
    return json.dumps([_record(p) for p in problems], ensure_ascii=False, indent=1)


def as_sarif(problems: Sequence[Problem]) -> str:
    """The findings as a SARIF log of one run; messages are English where the rule has them."""
    rules = sorted({p.rule for p in problems})
    driver = {
        "name": "factarchive",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(p, rules.index(p.rule)) for p in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def as_table(problems: Iterable[Problem]) -> Iterator[str]:
    """The findings for people, line by line, those of one file under its name."""
    for path, found in groupby(problems, key=lambda p: p.place.path):
        yield path
        for p in found:
            where = ":".join(str(n) for n in (p.place.line, p.place.column) if n) or "-"
            yield f"  {where:<9} {p.severity:<8} {p.rule:<4} {p.text}"
            yield from (f"{'':<25} {line}" for line in (p.action, p.text_en, p.action_en) if line)
        yield ""


def _record(p: Problem) -> dict[str, object]:
    return {
        "rule": p.rule,
        "severity": p.severity,
        "path": p.place.path,
        "line": p.place.line,
        "column": p.place.column,
        "text": _plain(p.text),
        "action": _plain(p.action),
        "text_en": _plain(p.text_en),
        "action_en": _plain(p.action_en),
        "values": dict(p.values),
    }


def _plain(text: str) -> str:
    """The text without bidi isolates, for programs."""
    return text.translate(_ISOLATES)


def _rule(rule: str) -> dict[str, object]:
    entry = messages()[rule]
    text, action = entry.get("text_en", entry["text"]), entry.get("action_en", entry["action"])
    return {
        "id": rule,
        "shortDescription": {"text": text},
        "help": {"text": action},
        "defaultConfiguration": {"level": entry["severity"]},
        "properties": {"arabic": {"text": entry["text"], "action": entry["action"]}},
    }


def _result(p: Problem, index: int) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(p.place.path)}}
    if p.place.line:
        physical["region"] = {"startLine": p.place.line, "startColumn": max(p.place.column, 1)}
    text = " ".join(_plain(part) for part in (p.text_en or p.text, p.action_en or p.action))
    return {
        "ruleId": p.rule,
        "ruleIndex": index,
        "level": p.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
    }


def _uri(path: str) -> str:
    """A path as a URI reference; a colon in its first part would make that a scheme."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    uri = quote(path, safe="/@!$&'()*+,;=~-._:")
    return f"./{uri}" if ":" in uri.split("/", 1)[0] else uri

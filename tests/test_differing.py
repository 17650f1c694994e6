"""Where two sentences part, in Python and in the browser: tests/cases/differing.txt holds the two together."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from factarchive.arabic.differences import compare
from factarchive.arabic.differing import difference_tables
from factarchive.arabic.propositions import proposition
from factarchive.arabic.segments import Span
from factarchive.arabic.stems import analysis_tables
from tests.needs import ROOT, node

STATIC = ROOT / "templates/static"
KINDS = ("number", "negation", "quantifier", "antonym")  # those that the browser knows
Case = tuple[str, str, list[str]]

SCRIPT = """
import { createAnalysis } from %s;
import { createDifferences } from %s;
let all = "";
for await (const part of process.stdin) all += part;
const { analysis, tables, pairs } = JSON.parse(all), tools = createAnalysis(analysis);
const { read, compare } = createDifferences(tools, { ...analysis, ...tables });
console.log(JSON.stringify(pairs.map(([here, there]) => compare(read(here), read(there)).differences.map(
  (one) => `${one.kind}: ${here.slice(...one.here)} = ${there.slice(...one.there)}`))));
"""


def cases() -> list[Case]:
    """Every line, then every line the other way round."""
    found: list[Case] = []
    for line in (ROOT / "tests/cases/differing.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            pair, _, wanted = line.partition(" => ")
            here, there = pair.split(" | ")
            listed = [] if wanted.strip() == "-" else [one.strip() for one in wanted.split(" ; ")]
            found += [(here, there, listed), (there, here, [turned(one) for one in listed])]
    return found


def turned(difference: str) -> str:
    kind, _, words = difference.partition(": ")
    here, there = words.split(" = ")
    return f"{kind}: {there} = {here}"


@pytest.mark.parametrize(("here", "there", "wanted"), cases())
def test_a_case_holds_in_python(here: str, there: str, wanted: list[str]) -> None:
    found = compare(proposition(here), proposition(there)).differences

    assert [f"{d.kind}: {said(here, d.here)} = {said(there, d.there)}" for d in found if d.kind in KINDS] == wanted


def said(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)


def test_each_case_holds_in_the_browsers_code(tmp_path: Path) -> None:
    script = tmp_path / "run.mjs"
    names = [json.dumps((STATIC / name).as_uri()) for name in ("search/analysis.js", "check/differences.js")]
    script.write_text(SCRIPT % tuple(names), encoding="utf-8", newline="\n")
    given = {"analysis": analysis_tables(), "tables": difference_tables(), "pairs": [case[:2] for case in cases()]}
    done = subprocess.run([node(), str(script)], input=json.dumps(given), capture_output=True, text=True, check=True)

    assert dict(zip(map(str, cases()), json.loads(done.stdout), strict=True)) == {str(c): c[2] for c in cases()}

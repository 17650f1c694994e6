"""Where two sentences part, in Python and in the browser: tests/cases/differing.txt holds the two together."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
console.log(JSON.stringify(pairs.map(([here, there]) => {
  const { differences, only } = compare(read(here), read(there));
  const said = differences.map((one) => `${one.kind}: ${here.slice(...one.here)} = ${there.slice(...one.there)}`);
  return { said, only: [only.here.map((span) => here.slice(...span)), only.there.map((span) => there.slice(...span))] };
})));
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
    found = compared(tmp_path, [(here, there) for here, there, _ in cases()])
    said = [[one for one in row["said"] if one.split(":")[0] in KINDS] for row in found]

    assert dict(zip(map(str, cases()), said, strict=True)) == {str(case): case[2] for case in cases()}


@pytest.mark.parametrize(
    ("here", "there", "said", "only"),
    [
        # Kyiv for Washington: a word that the other has not
        ("اتفقت موسكو وكييف على الخبراء", "اتفقت موسكو وواشنطن على الخبراء", [], [["وكييف"], ["وواشنطن"]]),
        # another day of March, and another month
        ("جرت المكالمة في 18 مارس", "جرت المكالمة في 20 مارس", ["date: 18 = 20"], [[], []]),
        ("جرت المكالمة في 18 مارس", "جرت المكالمة في 18 أبريل", [], [["مارس"], ["أبريل"]]),
        ("جرت المكالمة في 18 مارس", "جرت المكالمة", [], [["18", "مارس"], []]),
        # a number that the other does not give
        ("افتتحت الوزارة 12 مدرسة", "افتتحت الوزارة مدرسة", [], [["12 مدرسة"], []]),
        # the same words in other forms: nothing to tell
        ("افتتحت الوزارة مدارس جديدة", "الوزارة تفتتح مدرسة جديدة", [], [[], []]),
    ],
)
def test_what_only_one_text_says_is_told_too(
    tmp_path: Path, here: str, there: str, said: list[str], only: list[list[str]]
) -> None:
    assert compared(tmp_path, [(here, there)]) == [{"said": said, "only": only}]


def compared(folder: Path, pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What the browser's code says of pairs of texts."""
    script = folder / "run.mjs"
    names = [json.dumps((STATIC / name).as_uri()) for name in ("search/analysis.js", "check/differences.js")]
    script.write_text(SCRIPT % tuple(names), encoding="utf-8", newline="\n")
    given = {"analysis": analysis_tables(), "tables": difference_tables(), "pairs": pairs}
    done = subprocess.run([node(), str(script)], input=json.dumps(given), capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found

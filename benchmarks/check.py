"""Measure /check/: pasted sentences against ruled claims, through the browser's own code in node.

    python benchmarks/check.py --claims FILE --sentences FILE [--half a|b]

FILE has one JSON object a line and may be .gz: claims {id, text}, sentences {id, text, relevant}, where `relevant`
lists the claims that a sentence repeats, and is empty for a sentence that repeats none. For some least likeness and
number of shared words: how many of the shown matches are right (precision), how many of the repeated are shown right
(recall), and how often a sentence that repeats nothing is given a match. Choose on one half, report the other.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from search_queries import read_lines, write_lines

from factarchive.arabic.differing import difference_tables
from factarchive.archive.index import CLAIM, Document, Facets, manifest, scale_of
from factarchive.archive.indexing import build_index

Row = dict[str, Any]
HERE = Path(__file__).resolve().parent
VERDICTS = [{"code": 1, "id": "false", "label": "false"}]


def build(claims: Iterable[Row], folder: Path) -> None:
    """Write the index of the claims, each ruled and of an article of its own."""
    listed = [_document(row) for row in claims]
    for path, raw in build_index(listed):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
    whole = json.dumps(manifest(scale_of(len(listed)), VERDICTS), ensure_ascii=False)
    (folder / "index.json").write_text(whole, encoding="utf-8", newline="\n")
    (folder / "tables.json").write_text(json.dumps(difference_tables()), encoding="utf-8", newline="\n")


def _document(row: Row) -> Document:
    card = {"k": CLAIM, "u": row["id"], "t": row["text"], "q": "", "s": "", "v": 1, "d": "", "a": row["id"], "x": ""}
    return Document(row["id"], row["id"], CLAIM, {"claim": row["text"]}, card, "", Facets("", 1))


def answers(folder: Path, sentences: Sequence[Row]) -> dict[str, Row]:
    """The likest claim of each sentence, by the sentence's id."""
    file = folder / "sentences.jsonl"
    write_lines(str(file), sentences)
    command = ["node", str(HERE / "check.mjs"), str(folder), str(file), str(folder / "tables.json")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def measured(sentences: Sequence[Row], found: dict[str, Row], likeness: float, shared: int) -> Row:
    """Precision, recall and false alarms under these least values."""
    repeated = [row for row in sentences if row["relevant"]]
    shown = {id_ for id_, row in found.items() if row["likeness"] >= likeness and row["shared"] >= shared}
    right = [row for row in repeated if row["id"] in shown and found[row["id"]]["top"] in row["relevant"]]
    asked = [row for row in sentences if row["id"] in shown]
    alone = [row for row in sentences if not row["relevant"]]
    return {
        "likeness": likeness,
        "shared": shared,
        "precision": round(len(right) / max(1, len(asked)), 3),
        "recall": round(len(right) / max(1, len(repeated)), 3),
        "false alarms": round(sum(row["id"] in shown for row in alone) / max(1, len(alone)), 4),
    }


def main() -> None:
    """Read the command line, build, ask, print a line for each pair of least values."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", required=True)
    parser.add_argument("--sentences", required=True)
    parser.add_argument("--half", choices=["", "a", "b"], default="", help="only half, by hash of the id")
    given = parser.parse_args()
    rows = [row for row in read_lines(given.sentences) if given.half in ("", _half(row["id"]))]
    with tempfile.TemporaryDirectory() as temporary:
        build(read_lines(given.claims), Path(temporary))
        found = answers(Path(temporary), rows)
    print(f"{len(rows)} sentences, {sum(not row['relevant'] for row in rows)} of them repeat no claim")
    for shared in (2, 3, 4):
        for likeness in (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
            print(json.dumps(measured(rows, found, likeness, shared)))


def _half(id_: str) -> str:
    return "ab"[sha256(id_.encode()).digest()[0] & 1]


if __name__ == "__main__":
    main()

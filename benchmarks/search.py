"""Measure search: documents are indexed as a site does, queries run through the browser's own engine in node.

    python benchmarks/search.py --docs FILE --queries FILE [--peer pagefind] [--json]

FILE has one JSON object a line and may be .gz: documents {id, title, text}, queries {id, query, relevant, class?},
where `relevant` is a list of document ids or {id: grade}. For each class and in all: recall@10, MRR@10, nDCG@10, and
what a query costs as the first of a visit: bytes, requests, milliseconds of CPU. A query with `plain` is the same
question in another spelling; `same` is the share of those that find the very same first ten. With --peer pagefind
(pip install 'pagefind[bin]') Pagefind answers in the same run: as it comes, and asked word by word, the scores added.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import resource
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import search_peers
from search_queries import read_lines, write_lines

from factarchive.archive.index import ARTICLE, Document, manifest, scale_of, text_path
from factarchive.archive.indexing import build_index

Row = dict[str, Any]
HERE = Path(__file__).resolve().parent
FIRST = 10


@dataclass(frozen=True)
class Index:
    """A built index: its folder, what it took to make, how large it is."""

    folder: Path
    seconds: float
    files: int
    bytes: int
    peak: int  # of memory, of the whole process

    @staticmethod
    def made(folder: Path, make: Callable[[], None]) -> Index:
        """Build by `make` and measure."""
        began = time.process_time() + _children()
        make()
        seconds = time.process_time() + _children() - began
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        return Index(folder, round(seconds, 2), len(sizes), sum(sizes), peak)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---------------------------------------------------------------- ours


def build_ours(documents: Sequence[Row], folder: Path) -> None:
    """Write the index of the documents, each as an article."""
    for path, raw in build_index(map(_article, documents)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)
    whole = json.dumps(manifest(scale_of(len(documents)), []), ensure_ascii=False, separators=(",", ":"))
    (folder / "index.json").write_text(whole, encoding="utf-8", newline="\n")


def _article(row: Row) -> Document:
    id_, title, text = row["id"], row.get("title", ""), row["text"]
    card = {"k": ARTICLE, "u": id_, "t": title, "q": text[:160], "s": "", "v": 0, "d": "", "a": id_, "n": title}
    fields = {"title": title, "body": text}
    return Document(id_, id_, ARTICLE, fields, {**card, "x": text_path(id_)}, text)


def ask_ours(folder: Path, queries: Sequence[Row], options: Mapping[str, Any]) -> dict[str, Row]:
    """What the engine finds for each query, by the query's id."""
    return _answers([str(HERE / "search.mjs"), str(folder)], queries, json.dumps(options))


def _answers(command: list[str], queries: Sequence[Row], *more: str) -> dict[str, Row]:
    """Run a script of node over the queries; its lines by the query's id."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "queries.jsonl"
        write_lines(str(file), queries)
        called = ["node", *command, str(file), *more]
        done = subprocess.run(called, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


# ---------------------------------------------------------------- measures


def measure(queries: Sequence[Row], answers: Mapping[str, Row]) -> Row:
    """The means over queries of what each answer is worth and of what it cost."""
    rows = [(_grades(query), answers[query["id"]]) for query in queries]
    made = {
        "queries": len(rows),
        "recall": _mean(_recall(grades, row["top"]) for grades, row in rows),
        "mrr": _mean(_reciprocal(grades, row["top"]) for grades, row in rows),
        "ndcg": _mean(_ndcg(grades, row["top"]) for grades, row in rows),
        "bytes": _mean(row["bytes"] for _, row in rows),
        "requests": _mean(row["requests"] for _, row in rows),
        "cpu_ms": _mean(row["cpu"] for _, row in rows),
    }
    spelled = [query for query in queries if "plain" in query and "plain/" + query["id"] in answers]
    if spelled:
        made["same"] = _mean(answers["plain/" + q["id"]]["top"] == answers[q["id"]]["top"] for q in spelled)
    return made


def _grades(query: Row) -> dict[str, float]:
    relevant = query["relevant"]
    return dict(relevant) if isinstance(relevant, dict) else dict.fromkeys(relevant, 1)


def _recall(grades: Mapping[str, float], top: Sequence[str]) -> float:
    wanted = {id_ for id_, grade in grades.items() if grade > 0}
    return len(wanted & set(top)) / min(len(wanted), FIRST) if wanted else 0.0


def _reciprocal(grades: Mapping[str, float], top: Sequence[str]) -> float:
    return next((1 / place for place, id_ in enumerate(top, 1) if grades.get(id_, 0) > 0), 0.0)


def _ndcg(grades: Mapping[str, float], top: Sequence[str]) -> float:
    best = sum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(sorted(grades.values(), reverse=True)[:FIRST]))
    found = sum((2 ** grades.get(id_, 0) - 1) / math.log2(n + 2) for n, id_ in enumerate(top))
    return found / best if best else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def by_class(queries: Sequence[Row], answers: Mapping[str, Row]) -> dict[str, Row]:
    """The measures of each class, and of all queries under `all`."""
    classes: dict[str, list[Row]] = defaultdict(list)
    for query in queries:
        classes[query.get("class", "")].append(query)
    named = {name: measure(rows, answers) for name, rows in classes.items() if name}
    return {**named, "all": measure(queries, answers)}


# ---------------------------------------------------------------- the whole run


def run(given: argparse.Namespace, folder: Path) -> Row:
    """Build, ask and measure, ours and the peer's."""
    documents, queries = list(read_lines(given.docs)), [q for q in read_lines(given.queries) if _chosen(q, given)]
    folder.mkdir(parents=True, exist_ok=True)
    asked = [*queries, *({**q, "id": "plain/" + q["id"], "query": q["plain"]} for q in queries if "plain" in q)]
    if given.reuse and (folder / "index.json").exists():
        index = Index.made(folder, lambda: None)
    else:
        index = Index.made(folder, lambda: build_ours(documents, folder))
    options = {"params": dict(map(_setting, given.set)), "live": given.live, "excerpts": given.excerpts}
    answers = ask_ours(folder, asked, options)
    made = {"index": _described(index), "engines": {"factarchive": by_class(queries, answers)}}
    made["scripts"] = {name: len(gzip.compress(raw, 9, mtime=0)) for name, raw in _scripts(folder)}
    if given.excerpts:
        made["with_excerpts"] = {k: _mean(row["shown"][k] for row in answers.values()) for k in ("bytes", "requests")}
    if given.peer:
        at = folder.with_name(folder.name + "-pagefind")
        made["pagefind"] = _described(Index.made(at, lambda: search_peers.build(documents, at)))
        for name, answers in search_peers.ask_pagefind(at, queries, _answers).items():
            made["engines"]["pagefind, " + name] = by_class(queries, answers)
    return made


def _described(index: Index) -> Row:
    return {key: value for key, value in asdict(index).items() if key != "folder"}


def _scripts(folder: Path) -> Iterable[tuple[str, bytes]]:
    yield "manifest", (folder / "index.json").read_bytes()
    for name in ("analysis.js", "engine.js"):
        yield name, (HERE.parent / "templates" / "static" / "search" / name).read_bytes()


def _setting(said: str) -> tuple[str, float]:
    name, _, value = said.partition("=")
    return name, float(value)


def _chosen(query: Row, given: argparse.Namespace) -> bool:
    """Whether a query is of the half asked for: one to choose parameters on, one to report."""
    half = "ab"[sha256(query["id"].rpartition("/")[2].encode()).digest()[0] & 1]
    return given.half in ("", half) and (not given.only or query.get("class", "") in given.only)


def print_table(made: Row) -> None:
    """The measures as a table, a line for each class."""
    print("index:", ", ".join(f"{key} {value:,}" for key, value in made["index"].items()))
    if "pagefind" in made:
        print("pagefind's index:", ", ".join(f"{key} {value:,}" for key, value in made["pagefind"].items()))
    print("gzipped:", ", ".join(f"{name} {size:,}" for name, size in made["scripts"].items()))
    if "with_excerpts" in made:
        print("with excerpts:", made["with_excerpts"])
    for engine, classes in made["engines"].items():
        print(
            f"\n{engine:22}{'queries':>8}{'recall':>8}{'mrr':>8}{'ndcg':>8}{'same':>8}{'bytes':>10}{'requests':>9}{'ms':>8}"
        )
        for name, row in classes.items():
            same = f"{row['same']:8.3f}" if "same" in row else " " * 8
            print(
                f"{name:22}{row['queries']:8}{row['recall']:8.3f}{row['mrr']:8.3f}{row['ndcg']:8.3f}{same}"
                f"{row['bytes']:10,.0f}{row['requests']:9.1f}{row['cpu_ms']:8.1f}"
            )


def main() -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--peer", choices=["pagefind"], help="measure it in the same run")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--half", choices=["", "a", "b"], default="", help="only half of the queries, by hash of the id"
    )
    parser.add_argument("--only", action="append", help="only this class of queries; may be repeated")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a ranking parameter")
    parser.add_argument("--live", action="store_true", help="as while typing: the last word may always be unfinished")
    parser.add_argument("--excerpts", action="store_true", help="count what excerpts cost, too")
    parser.add_argument("--out", help="keep the index in this folder")
    parser.add_argument("--reuse", action="store_true", help="take the index that --out holds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        made = run(given, Path(given.out or Path(temporary) / "index"))
    print(json.dumps(made, indent=1)) if given.json else print_table(made)


if __name__ == "__main__":
    main()

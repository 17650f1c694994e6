"""How well two texts are compared: stance of headlines, the other headline of a pair, conflicts between accounts.

    .venv/bin/python benchmarks/proposals.py --data DIR [--train] [--ablate]

DIR holds `stance_headlines.jsonl.gz` (ANS: id, split, s1, s2, stance) and `gold-seed.yaml` (claims of one article and
their relations); neither is part of the project. Weights are trained on the split «train» alone; all figures called
unseen are of the split «dev», of which nothing was trained or chosen. The pairs of tests/cases/differences are ours;
their half «held» was written before any rule and is never tuned on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import yaml
from proposals_ranking import partners, ranked_well, rankers
from proposals_stance import Weights, features, figures, reliability, trained, without, written

from factarchive.arabic.differences import compare
from factarchive.arabic.lexicon import table
from factarchive.arabic.propositions import proposition
from tests.differing import cases, score

WEIGHTS = Path(__file__).parents[1] / "factarchive" / "arabic" / "lexicon" / "stance.toml"
GROUPS = {
    "opposites": ["differs-antonym"],
    "denials": ["differs-negation", "denies-alone"],
    "names": ["differs-name", "names-alone", "names-exchanged", "names-turned"],
    "numbers": ["differs-number"],
    "coverage": ["covered-short", "covered-long", "alone-both", "alone-one", "nothing-alone"],
    "order": ["in-order", "neighbours", "near"],
    "one word exchanged": ["only-exchanged"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--train", action="store_true", help="write the weights anew")
    parser.add_argument("--ablate", action="store_true", help="train again without each group of features")
    options = parser.parse_args()
    with gzip.open(options.data / "stance_headlines.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    stances(rows, train=options.train, ablate=options.ablate)
    matching(rows)
    relations(yaml.safe_load((options.data / "gold-seed.yaml").read_text(encoding="utf-8")))
    speed(rows)


def stances(rows: Sequence[dict[str, Any]], *, train: bool, ablate: bool) -> None:
    made = {split: features(_of(rows, split)) for split in ("train", "dev")}
    wanted = {split: [row["stance"] for row in _of(rows, split)] for split in made}
    if train:
        WEIGHTS.write_text(written(trained(made["train"], wanted["train"])), encoding="utf-8", newline="\n")
        table.cache_clear()
    weights: Weights = table("stance")["weights"]
    for split, name in (("train", "seen"), ("dev", "unseen")):
        print(f"stance, {name} ({len(made[split])} pairs):", _line(figures(made[split], wanted[split], weights)))
    for stance in ("agree", "disagree"):
        print(f"P({stance}) on unseen pairs: pairs, mean probability, share that has the stance")
        for tenth, count, mean, share in reliability(made["dev"], wanted["dev"], weights, stance):
            print(f"  {tenth} {count:4} {mean:.2f} {share:.2f}")
    for group, dropped in GROUPS.items() if ablate else ():
        left = trained(without(made["train"], dropped), wanted["train"])
        print(f"without {group}:", _line(figures(without(made["dev"], dropped), wanted["dev"], left)))


def matching(rows: Sequence[dict[str, Any]]) -> None:
    """The documents are the headlines of agreeing pairs; then all headlines, their contradictions too."""
    agreeing = [row for row in rows if row["stance"] == "agree"]
    for name, pool, asked in (
        ("train pairs among their own", _of(agreeing, "train"), "train"),
        ("unseen pairs among their own", _of(agreeing, "dev"), "dev"),
        ("unseen pairs among all that agree", agreeing, "dev"),
        ("unseen pairs among all headlines", rows, "dev"),
    ):
        texts = sorted({text for row in pool for text in (row["s1"], row["s2"])})
        wanted = partners(_of(agreeing, asked), {text: n for n, text in enumerate(texts)})
        print(f"matching, {name}: {len(wanted)} queries, {len(texts)} documents")
        for way, rank in rankers(texts).items():
            mrr, ten = ranked_well(wanted, rank)
            print(f"  {way}: MRR {mrr:.3f}, R@10 {ten:.3f}")


def relations(gold: dict[str, Any]) -> None:
    for half in ("dev", "held"):
        s = score(cases(half))
        print(
            f"pairs of accounts, {half}: conflicts P {s.precision:.3f} R {s.recall:.3f}, accuracy {s.accuracy:.3f};"
            f" differences P {s.shown_right:.3f} R {s.wanted_shown:.3f}"
        )
    day = date.fromisoformat(str(gold["article"]["date"]))
    told = {claim["id"]: (claim["source"], proposition(claim["text"], day)) for claim in gold["claims"]}
    listed = {frozenset((r["a"], r["b"])): r["relation"] for r in gold["relations"]}
    across = [
        (frozenset((a, b)), compare(told[a][1], told[b][1]).relation == "conflict")
        for a, b in combinations(told, 2)
        if told[a][0] != told[b][0] or frozenset((a, b)) in listed
    ]
    for name, pool in (("listed", [p for p in across if p[0] in listed]), ("all across accounts", across)):
        hits = sum(found and listed.get(pair) == "discrepancy" for pair, found in pool)
        wanted = sum(listed.get(pair) == "discrepancy" for pair, _ in pool)
        shown = sum(found for _, found in pool)
        print(f"seed article, {name}, {len(pool)} pairs: {hits} right of {shown} conflicts found, {wanted} to find")


def speed(rows: Sequence[dict[str, Any]]) -> None:
    start = perf_counter()
    made = [(proposition(row["s1"]), proposition(row["s2"])) for row in rows]
    middle = perf_counter()
    for here, there in made:
        compare(here, there)
    end = perf_counter()
    each = 1000 / len(rows)
    print(f"proposition {(middle - start) * each / 2:.3f} ms, compare {(end - middle) * each:.3f} ms")


def _of(rows: Sequence[dict[str, Any]], split: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["split"] == split]


def _line(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in values.items())


if __name__ == "__main__":
    main()

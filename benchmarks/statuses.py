"""How far each proposed status can be relied on: how often it held where it was given (precision), and how often it is.

    .venv/bin/python benchmarks/statuses.py --data DIR [--articles N] [--show]

DIR holds `claims-seed/`, `claims-dev/` (claims marked by a person), `stance_headlines.jsonl.gz` (pairs of headlines)
and `news_articles.jsonl.gz`; none of it is part of the project. Drafted statuses are held against the marked claims;
those of accounts also against the pairs of tests/cases/differences and, as a rate of alarms, against news articles
(`--show` prints them to be read); those of evidence against headlines: one as a claim, the other as a document.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import yaml

from factarchive.arabic.propositions import proposition
from factarchive.archive.parties import Parties
from factarchive.archive.relations import Relation, bears_out, confidence_of, relate
from factarchive.drafting.claims import find_claims
from factarchive.drafting.compare import Accounts
from factarchive.drafting.proposals import propose_all
from factarchive.drafting.seeds import Article
from tests.differing import DAY, cases

UNCHECKABLE = ("opinion", "counterfactual")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--show", action="store_true", help="print what is said of accounts in news articles")
    options = parser.parse_args()
    drafted(chain.from_iterable(sorted((options.data / name).glob("*.yaml")) for name in ("claims-seed", "claims-dev")))
    for half in ("dev", "held"):
        pairs(half)
    evidence(read(options.data / "stance_headlines.jsonl.gz"))
    alarms(islice(read(options.data / "news_articles.jsonl.gz"), options.articles), options.show)


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def drafted(paths: Iterable[Path]) -> None:
    """Each status and confidence against the claim that a person marked where the machine's stands."""
    given, right, total = Counter[tuple[str, str]](), Counter[tuple[str, str]](), 0
    for path in paths:
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        for quote, proposal in proposals(gold):
            marked = next((c for c in gold["claims"] if overlaps(c["quote"], quote)), None)
            total += 1
            if marked is None:
                continue
            key = (proposal.status, proposal.confidence)
            given[key] += 1
            right[key] += holds(proposal.status, marked)
    print(f"drafted: {total} claims")
    for key, n in sorted(given.items()):
        print(
            f"  {key[0]:18} {key[1]:7} coverage {n / total:6.1%}   precision {right[key] / n:6.1%}  ({right[key]}/{n})"
        )


def proposals(gold: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    text = gold["text"]
    day = gold.get("published")
    published = date.fromisoformat(str(day)) if day else None
    article = Article(text=text, title=text.split("\n")[0], published=published)
    claims = find_claims(article)
    accounts = Accounts(claims, Parties(), article.published, len(article.title))
    found = propose_all(accounts, [f"c{n}" for n in range(len(claims))])
    yield from zip((claim.quote for claim in claims), found, strict=True)


def overlaps(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= 0.5 * len(first | second)


def holds(status: str, marked: dict[str, Any]) -> bool:
    """Whether a status is true of the claim as it was marked."""
    nobody = marked["source"] in ("narrator", "unknown")
    if status == "not-checkable":
        return marked["type"] in UNCHECKABLE
    if status == "unattributed":
        return nobody or "unknown" in marked.get("speaker", [])
    if status == "needs-review":
        return marked["type"] in ("prediction", "commitment")
    if status == "awaits-date":
        return bool(marked.get("dates")) and marked["type"] not in UNCHECKABLE
    return not nobody and marked["type"] not in UNCHECKABLE


def pairs(half: str) -> None:
    """Accounts against the pairs that were written for it."""
    wanted = {"conflict": Relation.APART, "agree": Relation.SAME}
    found = [(c.relation, relate(proposition(c.here, DAY), proposition(c.there, DAY))) for c in cases(half)]
    print(f"pairs of accounts, {half}: {len(found)}")
    for name, relation in wanted.items():
        for least in ("medium", "low"):
            given = [(r, f) for r, f in found if f.relation is relation and sure(f, least)]
            hits, all_ = sum(r == name for r, _ in given), sum(r == name for r, _ in found)
            print(f"  {name:9} {least:7} precision {hits}/{len(given)}   recall {hits}/{all_}")


def sure(related: Any, least: str) -> bool:
    level = confidence_of(related.relation, related.likeness, {d.kind for d in related.differences})
    return least == "low" or level != "low"


def evidence(rows: Iterable[dict[str, Any]]) -> None:
    """One headline as a claim, the other as a document's sentence."""
    given = Counter[tuple[str, str, str]]()
    total = Counter[tuple[str, str]]()
    for row in rows:
        here, there = proposition(row["s1"]), proposition(row["s2"])
        total[row["split"], row["stance"]] += 1
        if relate(here, there).relation is Relation.APART:
            given[row["split"], "contradicts", row["stance"]] += 1
        elif bears_out(there, here):
            given[row["split"], "supports", row["stance"]] += 1
    for split in sorted({split for split, _ in total}):
        for name, stance in (("supports", "agree"), ("contradicts", "disagree")):
            n = sum(given[split, name, s] for s in ("agree", "disagree", "other"))
            print(
                f"evidence-{name}, headlines {split}: precision {given[split, name, stance]}/{n}, "
                f"coverage {given[split, name, stance]}/{total[split, stance]}"
            )


def alarms(rows: Iterable[dict[str, Any]], show: bool) -> None:
    """How often accounts of news articles are said to agree or to part; whether they do is for a reader."""
    count, said = 0, Counter[tuple[str, str]]()
    for row in rows:
        count += 1
        for quote, proposal in proposals({"text": f"{row['title']}\n\n{row['text']}"}):
            if proposal.status.startswith("accounts"):
                said[proposal.status, proposal.confidence] += 1
                if show:
                    print(
                        f"    {proposal.status} {proposal.confidence}: {quote} | "
                        f"{[t.quote for reason in proposal.because for t in reason.there]}"
                    )
    print(f"news articles: {count}; claims said of: {dict(said)}")


if __name__ == "__main__":
    main()

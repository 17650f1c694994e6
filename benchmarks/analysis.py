"""Compare the analysis of words in Python and in the browser's code over a million terms: there must be no difference.

    python benchmarks/analysis.py [--terms 1000000] [--file TEXT] [--seed 1]

The text is made of the project's own texts, of random Arabic words with clitics, marks and numbers, and of random
characters of all of Unicode; the same seed makes the same text. With --file it is that file, over and over.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factarchive.arabic.stems import analysis_tables, candidates, family, is_stop, terms

HERE = Path(__file__).resolve().parent
WRITTEN = tomllib.loads((HERE / "alterations.toml").read_text(encoding="utf-8"))["written"]
HAMZAS = tomllib.loads((HERE / "alterations.toml").read_text(encoding="utf-8"))["wrong"]
OWN = ("content/**/*.md", "seeds/*.txt", "tests/cases/**/*.txt", "factarchive/arabic/lexicon/*.toml", "*.md")
BATCH = 2000


def own_texts() -> list[str]:
    """The lines of the project's own texts."""
    files = sorted(path for pattern in OWN for path in HERE.parent.glob(pattern))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def random_word(chance: random.Random) -> str:
    """A word of Arabic letters, sometimes with clitics, hamzas, marks, or a number in its stead."""
    if chance.random() < 0.08:
        return chance.choice(["{:,}", "{}", "{:,}.5", "{}-{}", "F-{}", "{}%"]).format(*[chance.randrange(10**6)] * 2)
    letters = WRITTEN["letters"] + "".join(HAMZAS)
    word = "".join(chance.choice(letters) for _ in range(chance.randint(1, 9)))
    before = chance.choice(["", "", WRITTEN["article"], WRITTEN["to_the"], *WRITTEN["clitics"]])
    return before + "".join(c + chance.choice(["", "", "", *WRITTEN["marks"], WRITTEN["tatweel"]]) for c in word)


def random_signs(chance: random.Random) -> str:
    """Characters of all of Unicode, surrogates aside, half of them near Arabic and Latin."""
    points = (chance.randrange(chance.choice([0x700, 0x10000, 0x110000])) for _ in range(30))
    return "".join(chr(p) for p in points if not 0xD800 <= p <= 0xDFFF)


def lines_of(given: argparse.Namespace) -> Iterator[str]:
    """Lines without end: of the file, or of the project's own texts and of chance."""
    chance = random.Random(given.seed)
    own = Path(given.file).read_text(encoding="utf-8").splitlines() if given.file else own_texts()
    while True:
        for line in own:
            yield line
            if not given.file:
                yield " ".join(random_word(chance) for _ in range(12))
                yield random_signs(chance)


def analysed(text: str) -> list[list[Any]]:
    """All that both sides can tell of a text's terms."""
    found = terms(text)
    return [[form, text[a:b], list(candidates(form)), family(form), is_stop(form)] for form, a, b in found]


def compare(given: argparse.Namespace) -> tuple[int, list[tuple[str, Any, Any]]]:
    """How many terms were compared, and the lines that differ with both answers."""
    node = subprocess.Popen(
        ["node", str(HERE / "analysis.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert node.stdin and node.stdout
    node.stdin.write(json.dumps(analysis_tables()) + "\n")
    lines, seen, different = lines_of(given), 0, []
    while seen < given.terms:
        batch = [next(lines) for _ in range(BATCH)]
        node.stdin.write("".join(json.dumps(["all", line]) + "\n" for line in batch) + '"flush"\n')
        node.stdin.flush()
        for line in batch:
            ours, theirs = analysed(line), json.loads(node.stdout.readline())
            seen += len(ours)
            if ours != theirs:
                different.append((line, ours, theirs))
    node.stdin.close()
    node.wait()
    return seen, different


def main() -> None:
    """Read the command line, compare, print the differences; exit 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--terms", type=int, default=1_000_000)
    parser.add_argument("--file", help="a text to compare over instead")
    parser.add_argument("--seed", type=int, default=1)
    seen, different = compare(parser.parse_args())
    for line, ours, theirs in different[:20]:
        print("\n".join(["", line, *(f"  {a} | {b}" for a, b in zip(ours, theirs, strict=False) if a != b)]))
    print(f"{seen:,} terms compared, {len(different)} lines differ")
    raise SystemExit(1 if different else 0)


if __name__ == "__main__":
    main()

"""How fast claims are found: words a second, the first call of a fresh process, a 5 MB text, linearity.

    .venv/bin/python benchmarks/claims.py [--size CHARACTERS]

The text is the project's own (its seeds and the articles of its tests, shuffled by a fixed number), so the figures
can be had again anywhere. A figure of a machine says little by itself: each stands beside that of a floor (the
standard library cutting the same text into words) and, where it is installed, of a peer (simplemma tokenising and
lemmatising it), taken in the same run.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from factarchive.drafting.claims import find_claims
from factarchive.drafting.seeds import Article
from tests.corpus import long_text

ROOT = Path(__file__).parents[1]
WORD = re.compile(r"\w+")
CUE = re.compile(
    r"\b[وف]?(?:\u0642\u0627\u0644|\u0623\u0643\u062f|\u0623\u0639\u0644\u0646)\u062a?\b(.*?)(?:[.!?\n]|$)"
)
FRESH = "import time; t = time.perf_counter(); from pathlib import Path; \
from factarchive.drafting.claims import find_claims; from factarchive.drafting.seeds import read_article; \
from datetime import date; i = time.perf_counter(); \
article, _ = read_article(next(iter(sorted(Path('seeds').glob('*.txt')))), date(2025, 3, 18)); \
find_claims(article); print(i - t, time.perf_counter() - i)"


def main() -> None:
    """Print all figures."""
    options = argparse.ArgumentParser(description="Measure the finding of claims.")
    options.add_argument("--size", type=int, default=2_800_000, help="characters of the long text (about 5 MB)")
    size = options.parse_args().size
    _first_call()
    sample = long_text(400_000)
    find_claims(_article(long_text(20_000)))
    _speed(sample)
    _linearity(size // 4)


def _first_call() -> None:
    """What somebody waits for who reads one article: the best of five processes."""
    runs = [
        [float(part) for part in subprocess.check_output([sys.executable, "-c", FRESH], cwd=ROOT, text=True).split()]
        for _ in range(5)
    ]
    imported, called = min(runs, key=sum)
    print(f"first call of a fresh process   {imported + called:6.3f} s  (import {imported:.3f}, the seed {called:.3f})")


def _speed(text: str) -> None:
    count = len(WORD.findall(text))
    ours = _seconds(lambda: find_claims(_article(text)))
    floor = _seconds(lambda: [match.span() for match in WORD.finditer(text)])
    naive = _seconds(lambda: [match.span() for match in CUE.finditer(text)])
    print(f"{count} words, {len(text)} characters, one core")
    print(f"find_claims                     {count / ours:9,.0f} words/s")
    print(f"floor: re cuts words            {count / floor:9,.0f} words/s  ({ours / floor:.1f} times our speed)")
    print(f"floor: re finds three verbs     {count / naive:9,.0f} words/s  ({ours / naive:.1f} times our speed)")
    if find_spec("simplemma") is None:
        print("peer: simplemma                 not installed")
        return
    from simplemma import lemmatize, simple_tokenizer

    lemmatize("a", lang="ar")  # loads its list
    part = text[: len(text) // 4]
    took = _seconds(lambda: [lemmatize(token, lang="ar") for token in simple_tokenizer(part)])
    speed = len(WORD.findall(part)) / took
    print(f"peer: simplemma lemmatises      {speed:9,.0f} words/s  (ours is {count / ours / speed:.2f} times as fast)")


def _linearity(size: int) -> None:
    """Time for n, 2n and 4n characters: twice the text should take twice the time."""
    before = 0.0
    for times in (1, 2, 4):
        text = long_text(size * times)
        took = _seconds(lambda made=text: find_claims(_article(made)), 1)
        grown = f"  ({took / before:.2f} times the half)" if before else ""
        print(f"{len(text.encode()) / 1e6:5.1f} MB                        {took:6.2f} s{grown}")
        before = took


def _article(text: str) -> Article:
    return Article(text=text, title=text.split("\n", 1)[0], published=date(2025, 3, 18))


def _seconds(work: Callable[[], object], runs: int = 3) -> float:
    """CPU seconds, the least of some runs."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


if __name__ == "__main__":
    main()

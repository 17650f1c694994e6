"""Make search queries of articles: headlines, three key words of each, and those words altered by rule.

    python benchmarks/search_queries.py --articles FILE --docs OUT --queries OUT [--count 400] [--seed 7]

FILE has one JSON object {id, title, text} a line, and may be .gz. The documents made hold the bodies only, so that a
headline has to find its article by what it is about. The same file and seed give the same queries. An altered query
knows the plain one (`plain`), so that search.py can tell how often both have the same first ten.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.stems import index_stem, is_stop, terms

Words = list[str]
Rule = Callable[[Words, random.Random], Words]
DATA = tomllib.loads(Path(__file__).with_suffix("").with_name("alterations.toml").read_text(encoding="utf-8"))


def read_lines(path: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, gzipped or not."""
    raw = Path(path).read_bytes()
    whole = gzip.decompress(raw) if path.endswith(".gz") else raw
    yield from (json.loads(line) for line in whole.splitlines() if line.strip())


def write_lines(path: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write a JSON lines file, gzipped where its name ends so."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    raw = text.encode()
    Path(path).write_bytes(gzip.compress(raw, mtime=0) if path.endswith(".gz") else raw)


# ---------------------------------------------------------------- rules: words in, altered words out


def each(change: Callable[[str, random.Random], str]) -> Rule:
    """A rule that changes every word."""
    return lambda words, chance: [change(word, chance) for word in words]


def longest(change: Callable[[str, random.Random], str]) -> Rule:
    """A rule that changes the longest word."""

    def rule(words: Words, chance: random.Random) -> Words:
        at = max(range(len(words)), key=lambda i: len(words[i]))
        return [change(word, chance) if i == at else word for i, word in enumerate(words)]

    return rule


def by_letter(name: str) -> Rule:
    """A rule that puts one of the letters of a table for each of its letters."""
    choices: dict[str, str] = DATA[name]
    return each(lambda word, chance: "".join(chance.choice(choices[c] or [""]) if c in choices else c for c in word))


def at_end(name: str) -> Rule:
    """A rule that swaps two letters at the end of words."""
    swaps = dict(DATA["final"][name])
    return each(lambda word, _: word[:-1] + swaps.get(word[-1], word[-1]))


def with_marks(word: str, chance: random.Random) -> str:
    """The word with vowel marks on about half of its letters."""
    return "".join(c + (chance.choice(DATA["written"]["marks"]) if chance.random() < 0.5 else "") for c in word)


def with_tatweel(word: str, chance: random.Random) -> str:
    """The word drawn out after one letter that joins."""
    places = [i + 1 for i, c in enumerate(word[:-1]) if c not in DATA["written"]["apart"] and is_arabic(c)]
    at = chance.choice(places) if places else 0
    return word[:at] + DATA["written"]["tatweel"] * 2 + word[at:] if at else word


def without_article(word: str, _: random.Random) -> str:
    """The word without its article."""
    article = DATA["written"]["article"]
    return word[len(article) :] if word.startswith(article) and len(word) > 4 else word


def with_article(word: str, _: random.Random) -> str:
    """The word with an article."""
    article = DATA["written"]["article"]
    return word if word.startswith(article) or not is_arabic(word[0]) else article + word


def with_clitic(word: str, chance: random.Random) -> str:
    """The word with a clitic written on before it."""
    written = DATA["written"]
    clitic = chance.choice(written["clitics"])
    if clitic == written["to"] and word.startswith(written["article"]):
        return written["to_the"] + word[len(written["article"]) :]
    return clitic + word if is_arabic(word[0]) else word


def other_digits(word: str, chance: random.Random) -> str:
    """A number in Arabic or Persian digits, a long one with its thousands parted."""
    if not re.fullmatch("[0-9]+", word):
        return word
    grouped = f"{int(word):,}".replace(",", DATA["digits"]["separator"]) if int(word) > 9999 else word
    return grouped.translate(str.maketrans("0123456789", chance.choice(DATA["digits"]["sets"])))


def slipped(word: str, chance: random.Random) -> str:
    """The word with one letter left out, put in, exchanged, or swapped with the next one."""
    if len(word) < 4 or not is_arabic(word[0]):
        return word
    at, letter = chance.randrange(1, len(word)), chance.choice(DATA["written"]["letters"])
    if (kind := chance.choice("disx")) == "s" and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + (letter if kind in "ix" else "") + word[at + (kind != "i") :]


def unfinished(words: Words, _: random.Random) -> Words:
    """The last word only begun."""
    return [*words[:-1], words[-1][: max(3, len(words[-1]) * 2 // 3)]]


def presented(word: str, _: random.Random) -> str:
    """The word in presentation forms, as old PDF files have it."""
    made = ""
    for i, c in enumerate(word):
        before = i > 0 and word[i - 1] not in DATA["written"]["apart"] and is_arabic(word[i - 1])
        after = i + 1 < len(word) and c not in DATA["written"]["apart"] and is_arabic(word[i + 1])
        form = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}[int(before), int(after)]
        made += _forms().get((c, form), c)
    return made


@cache
def _forms() -> dict[tuple[str, str], str]:
    found = {}
    for code in range(0xFE70, 0xFEFD):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if letters and " " not in letters:
            found[chr(int(letters, 16)), kind.strip("<>")] = chr(code)
    return found


def renamed(words: Words, chance: random.Random) -> Words:
    """The first listed name in another of its spellings."""
    made = list(words)
    for i, word in enumerate(words):
        rows = _spellings().get(folded(word), [])
        others = [other for other in rows if folded(other) != folded(word)]
        if others:
            made[i] = chance.choice(others)
            break
    return made


@cache
def _spellings() -> dict[str, list[str]]:
    data = table("variants")
    return {folded(word): row for row in (*data["names"], *data["places"]) for word in row}


def is_arabic(letter: str) -> bool:
    """Whether this is a letter of the Arabic script."""
    return "\u0620" <= letter <= "\u06ff" and letter.isalpha()


RULES: dict[str, Rule] = {
    "three words": lambda words, _: words,
    "hamza dropped": by_letter("dropped"),
    "hamza wrong": by_letter("wrong"),
    "ta marbuta": at_end("marbuta"),
    "alef maqsura": at_end("maqsura"),
    "marks": each(with_marks),
    "tatweel": each(with_tatweel),
    "keyboard": by_letter("keyboard"),
    "digits": each(other_digits),
    "presentation forms": each(presented),
    "article dropped": each(without_article),
    "article added": each(with_article),
    "clitic added": each(with_clitic),
    "names": renamed,
    "slip": longest(slipped),
    "unfinished": unfinished,
}
# Only these are spellings of the same words, and must find the very same documents.
SAME = {"hamza dropped", "hamza wrong", "ta marbuta", "alef maqsura", "marks", "tatweel", "keyboard", "digits"} | {
    "presentation forms"
}

# ---------------------------------------------------------------- queries


def key_words(title: str, frequency: Counter[str], chance: random.Random) -> Words:
    """Three of a headline's four rarest words; fewer where it has not so many."""
    found = list(dict.fromkeys(title[start:end] for form, start, end in terms(title) if len(form) > 2))
    telling = [word for word in found if not is_stop(next(terms(word))[0])]
    rare = sorted(telling, key=lambda word: (frequency[index_stem(next(terms(word))[0])], word))[:4]
    chance.shuffle(rare)
    return rare[:3]


def make_queries(articles: Sequence[dict[str, Any]], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """The queries of `count` articles whose headline is theirs alone; what no rule changes is left out."""
    titles = Counter(article["title"] for article in articles)
    usable = [a for a in articles if titles[a["title"]] == 1 and len(a["title"].split()) >= 5]
    frequency = Counter(stem for a in articles for stem in {index_stem(form) for form, _, _ in terms(a["text"])})
    chance = random.Random(seed)
    chance.shuffle(usable)
    made: dict[str, int] = defaultdict(int)
    for place, article in enumerate(usable):
        words = key_words(article["title"], frequency, chance)
        wanted = ["headline", *RULES] if place < count else ["names", "digits"]
        for name in wanted:
            if name == "headline":
                yield _query(name, article, article["title"], "")
            elif len(words) == 3 and made[name] < count:
                altered = RULES[name](words, random.Random(f"{seed}/{name}/{article['id']}"))
                if altered != words or name == "three words":
                    made[name] += 1
                    yield _query(name, article, " ".join(altered), " ".join(words))


def _query(name: str, article: dict[str, Any], text: str, plain: str) -> dict[str, Any]:
    row = {"id": f"{name}/{article['id']}", "query": text, "relevant": [article["id"]], "class": name}
    return row | ({"plain": plain} if name in SAME else {})


def main() -> None:
    """Read the articles, write documents and queries."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", required=True)
    parser.add_argument("--docs", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    articles = [a for a in read_lines(given.articles) if a["text"].strip()]
    queries = list(make_queries(articles, given.count, given.seed))
    write_lines(given.docs, ({"id": a["id"], "title": "", "text": a["text"]} for a in articles))
    write_lines(given.queries, queries)
    for name, number in Counter(query["class"] for query in queries).items():
        print(f"{number:6} {name}")


if __name__ == "__main__":
    main()

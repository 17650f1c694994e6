"""The rating: a word that readers can see, numbers in order, and the two in agreement."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from factarchive.arabic.letters import folded
from factarchive.archive.verdicts import DECISIVE, RULED, Verdict, scale, verdict_of
from factarchive.checking.markup.json_text import Node
from factarchive.checking.markup.reviews import Page
from factarchive.checking.vocabulary import phrase_at, tokens
from factarchive.problems import Problem

NUMBERS = ("ratingValue", "bestRating", "worstRating")
LABEL_MAX = 30
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_WORDS = 3  # a label of so many words needs no verdict up front
_FALSE = (Verdict.FALSE, Verdict.ALTERED)
_TRUE = (Verdict.TRUE, Verdict.MOSTLY_TRUE)


def check_rating(page: Page) -> Iterator[Problem]:
    """Yield the faults of each review's label and numbers."""
    for review in page.reviews:
        rating = review.one("reviewRating")
        if rating is None or not rating.is_object:
            yield page.find(rating or review, "E38", value=_shown(rating))
            continue
        yield from _label(page, rating)
        yield from _numbers(page, rating)


def label_of(review: Node) -> str:
    """A review's verdict in words; "" where it has none."""
    rating = review.one("reviewRating")
    return rating.texts("alternateName") if rating else ""


def number_of(node: Node | None) -> float | None:
    """The number that a value is; None for none, and for what no reader takes for one."""
    if node is None or isinstance(node.value, bool):
        return None
    if isinstance(node.value, float):
        return node.value if math.isfinite(node.value) else None
    return float(node.text) if _NUMBER.fullmatch(node.text) else None


def is_decisive(label: str) -> bool:
    """Whether a label says that something is so or not so."""
    return verdict_of(label) in DECISIVE


def _label(page: Page, rating: Node) -> Iterator[Problem]:
    node = rating.one("alternateName")
    label = node.text if node else ""
    if node is None or not label:
        yield page.find(node or rating, "E30", value="—")
        return
    known = page.known.scale
    if known is not None and verdict_of(label) is Verdict.OPINION:
        yield page.find(node, "E35", value=label)
    elif known is not None and folded(label) not in known:
        yield page.find(node, "E30", value=label)
    if len(label) > LABEL_MAX or _hides_verdict(label):
        yield page.find(node, "W36", value=label[:80], length=len(label), most=LABEL_MAX)
    if page.document.visible and not phrase_at(tokens(page.document.visible), (" ".join(tokens(label)),)):
        yield page.find(node, "E37", value=label[:80])


def _hides_verdict(label: str) -> bool:
    """Whether a long label names its verdict, and not at its beginning."""
    row = tokens(label)
    names = [" ".join(tokens(n)) for v in RULED for n in (scale()[v].label, *scale()[v].aliases)]
    line = " ".join(row) + " "
    return len(row) > _WORDS and bool(phrase_at(row, names)) and not any(line.startswith(f"{n} ") for n in names)


def _numbers(page: Page, rating: Node) -> Iterator[Problem]:
    given = {key: node for key in NUMBERS if (node := rating.one(key)) is not None}
    numbers = {key: number for key, node in given.items() if (number := number_of(node)) is not None}
    for key in given.keys() - numbers.keys():
        yield page.find(given[key], "E31", key=key, value=_shown(given[key]))
    if len(numbers) < len(given):
        return
    label = rating.texts("alternateName")
    if why := _disorder(numbers):
        yield page.find(given[why], "E32", **_ends(numbers))
        return
    known = (page.known.scale or {}).get(folded(label), math.nan)
    if "ratingValue" not in numbers:
        yield from _without_number(page, rating, known)
    elif known is None:
        yield page.find(given["ratingValue"], "E34", label=label, **_ends(numbers))
    elif (not math.isnan(known) and numbers["ratingValue"] != known) or _is_opposite(label, numbers):
        yield page.find(given["ratingValue"], "E33", label=label, **_ends(numbers))
    elif len(numbers) < len(NUMBERS):
        yield page.find(rating, "E39", keys=" ".join(key for key in NUMBERS if key not in numbers))


def _without_number(page: Page, rating: Node, known: float | None) -> Iterator[Problem]:
    if known is not None and not math.isnan(known):
        yield page.find(rating, "E39", keys=" ".join(NUMBERS))
    else:
        yield page.find(rating, "I48")


def _disorder(numbers: Mapping[str, float]) -> str:
    """The number that breaks the order worst ≤ value ≤ best, worst at least 1; "" for none."""
    value = numbers.get("ratingValue")
    best, worst = numbers.get("bestRating"), numbers.get("worstRating")
    if worst is not None and worst < 1:
        return "worstRating"
    if best is not None and best <= (1 if worst is None else worst):
        return "bestRating"
    low, high = (1 if worst is None else worst), (math.inf if best is None else best)
    return "ratingValue" if value is not None and not low <= value <= high else ""


def _is_opposite(label: str, numbers: Mapping[str, float]) -> bool:
    """Whether the word says false and the number true, or the other way round; more is truer on every scale."""
    if len(numbers) < len(NUMBERS):
        return False
    middle = (numbers["bestRating"] + numbers["worstRating"]) / 2
    verdict, value = verdict_of(label), numbers["ratingValue"]
    return (verdict in _FALSE and value > middle) or (verdict in _TRUE and value < middle)


def _ends(numbers: Mapping[str, float]) -> dict[str, str]:
    names = {"value": "ratingValue", "best": "bestRating", "worst": "worstRating"}
    return {name: f"{numbers[key]:g}" if key in numbers else "—" for name, key in names.items()}


def _shown(node: Node | None) -> str:
    value = node.value if node else None
    if isinstance(value, float) and not isinstance(value, bool):
        return f"{value:g}"
    return value[:80] if isinstance(value, str) and value.strip() else "—"

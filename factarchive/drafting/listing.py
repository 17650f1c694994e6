"""What the machine finds in one article, as plain data for programs and as a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from factarchive.arabic.columns import RTL, Cell, on_one_line, row_lines, width_of, wrapped
from factarchive.arabic.lexicon import table
from factarchive.arabic.voices import NARRATOR, UNKNOWN
from factarchive.drafting.claims import FoundClaim
from factarchive.drafting.seeds import Article
from factarchive.drafting.wording import DayWords, day_words, worded

__all__ = ["Style", "as_data", "as_table"]

_WHO, _LEAST = 24, 30  # columns for who says it; columns that the words get at least
_DOTS = ("○", "●")


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written: labels by group and id, how many claims in words, the columns there are, dates."""

    label: Callable[[str, str], str]
    count: str
    width: int = 100
    day: DayWords = day_words


def as_data(article: Article, claims: Sequence[FoundClaim]) -> dict[str, Any]:
    """Title, day, text and claims; offsets count characters of `text`, and text[start:end] is the quote."""
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
        "claims": [_claim(claim) for claim in claims],
    }


def as_table(article: Article, claims: Sequence[FoundClaim], style: Style, why: bool = False) -> Iterator[str]:
    """Title, day and count; then a row a claim, long cells wrapped; with `why` its span and rules below."""
    words = table("listing")
    day = style.day(article.published.isoformat()) if article.published else words["undated"]
    if article.title.strip():
        yield RTL + on_one_line(article.title)
    yield f"{RTL}{day} · {style.count}"
    if not claims:
        return
    head = [[column] for column in words["columns"]]
    rows = [_cells(number, claim, style) for number, claim in enumerate(claims, start=1)]
    widths = [max(width_of(line) for row in (head, *rows) for line in row[k]) for k in range(len(head) - 1)]
    room = max(_LEAST, style.width - sum(widths) - 2 * len(widths))
    yield ""
    yield from row_lines(head, widths)
    for claim, row in zip(claims, rows, strict=True):
        yield from row_lines([*row[:-1], wrapped(row[-1][0], room)], widths)
        if why:
            yield from (f"{RTL}    {line}" for line in _why(article, claim, style))


def _claim(claim: FoundClaim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "source": claim.source,
        "speaker": list(claim.speaker),
        "via": list(claim.via),
        "cue": claim.cue,
        "form": claim.form,
        "type": claim.type,
        "numbers": [{"text": n.text, "value": n.value, "unit": n.unit} for n in claim.numbers],
        "dates": [{"text": d.text, "value": d.value} for d in claim.dates],
        "worth": asdict(claim.worth),
        "rules": list(claim.rules),
    }


def _cells(number: int, claim: FoundClaim, style: Style) -> list[Cell]:
    words = table("listing")
    empty, full = _DOTS
    dots = full * claim.worth.score + empty * (3 - claim.worth.score)
    quote = on_one_line(claim.quote)
    shown = words["quoted"].format(words=quote) if claim.form == "direct" else quote
    return [[str(number)], [dots], _who(claim), [style.label("type", claim.type)], [shown]]


def _who(claim: FoundClaim) -> Cell:
    words = table("listing")
    named = {NARRATOR.source: words["narrator"], UNKNOWN: words["unknown"]}
    said = [name for name in claim.speaker if name != claim.source]
    lines = [named.get(claim.source, claim.source)]
    lines += [words["onward"] + named.get(name, name) for name in said]
    lines += [f"{words['via']} {name}" for name in claim.via]
    return [part for line in lines for part in wrapped(line, _WHO)]


def _why(article: Article, claim: FoundClaim, style: Style) -> Iterator[str]:
    words = table("listing")
    cue = f" · {words['cue']}: {claim.cue}" if claim.cue else ""
    yield f"{words['span']}: {claim.start}–{claim.end}{cue} · {words['form']}: {style.label('form', claim.form)}"
    yield f"{words['rules']}: {' '.join(claim.rules)}"
    if claim.worth.because:
        yield f"{words['worth']}: {words['comma'].join(claim.worth.because)}"
    made = worded(article.text, claim, style.day)
    if made.text != claim.quote:
        yield f"{words['wording']}: {on_one_line(made.text)} ({' '.join(made.rules)})"

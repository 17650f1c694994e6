"""The ruled claims that a text matches, as plain data for programs and as a table for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from factarchive.arabic.columns import RTL, on_one_line, row_lines, width_of, wrapped
from factarchive.arabic.differences import Difference
from factarchive.arabic.lexicon import table
from factarchive.arabic.segments import Span
from factarchive.archive.checked import Match

__all__ = ["MatchStyle", "matches_as_data", "matches_as_table"]

_LEAST_WIDE = 30  # columns that the words get at least


@dataclass(frozen=True, slots=True)
class MatchStyle:
    """How matches are written: labels by group and id, verdicts and days in words, the site's address, columns."""

    label: Callable[[str, str], str]
    verdict: Callable[[str], str]
    day: Callable[[str], str]
    base_url: str
    width: int = 100


def matches_as_data(text: str, matches: Sequence[Match], style: MatchStyle) -> dict[str, Any]:
    """The text and its matches; `here` counts characters of `text`, `there` of the claim's words."""
    return {"text": text, "matches": [_match(text, match, style) for match in matches]}


def matches_as_table(text: str, matches: Sequence[Match], style: MatchStyle) -> Iterator[str]:
    """A row a match, the best first; below it what differs, and the page that tells why."""
    words = table("matching")
    if not matches:
        yield RTL + words["none"]
        return
    head = [[column] for column in words["columns"]]
    rows = [[[cell] for cell in _cells(number, match, style)] for number, match in enumerate(matches, start=1)]
    widths = [max(width_of(row[k][0]) for row in (head, *rows)) for k in range(len(head) - 1)]
    room = max(_LEAST_WIDE, style.width - sum(widths) - 2 * len(widths))
    yield from row_lines(head, widths)
    for match, row in zip(matches, rows, strict=True):
        yield from row_lines([*row[:-1], wrapped(row[-1][0], room)], widths)
        for difference in match.differences:
            yield f"{RTL}    {_told(text, match, difference, style)}"
        # An address is laid out from the left, in a line of its own.
        yield f"    {style.base_url}{_path(match)}"


def _cells(number: int, match: Match, style: MatchStyle) -> list[str]:
    claim = match.claim
    confidence = style.label("confidence", match.confidence)
    day = style.day(claim.ruled_on)
    return [str(number), style.verdict(claim.state), day, confidence, on_one_line(claim.words)]


def _told(text: str, match: Match, difference: Difference, style: MatchStyle) -> str:
    words = table("matching")
    here, there = (_joined(*side) for side in ((text, difference.here), (match.claim.words, difference.there)))
    kind = style.label("difference", difference.kind)
    return str(words["differs"].format(kind=kind, here=here or words["nothing"], there=there or words["nothing"]))


def _joined(text: str, spans: Sequence[Span]) -> str:
    quoted: str = table("listing")["quoted"]
    return " ".join(quoted.format(words=on_one_line(text[span.start : span.end])) for span in spans)


def _match(text: str, match: Match, style: MatchStyle) -> dict[str, Any]:
    claim, path = match.claim, _path(match)
    return {
        "claim": {
            "id": claim.id,
            "words": claim.words,
            "verdict": claim.state,
            "label": style.verdict(claim.state),
            "summary": claim.summary,
            "source": claim.source,
            "said_on": claim.said_on or None,
            "ruled_on": claim.ruled_on,
            "path": path,
            "url": style.base_url + path,
            "file": claim.path,
            "article": {"slug": claim.slug, "title": claim.title, "published": claim.published or None},
            "outlet": claim.outlet or None,
        },
        "sentence": _span(text, match.sentence),
        "confidence": str(match.confidence),
        "score": match.score,
        "differences": [
            {
                "kind": str(difference.kind),
                "here": [_span(text, span) for span in difference.here],
                "there": [_span(claim.words, span) for span in difference.there],
            }
            for difference in match.differences
        ],
    }


def _span(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


def _path(match: Match) -> str:
    return f"/claims/{match.claim.id}/"

"""Quotes made visible in the article: each claim's words marked where they stand, however they are formatted.

Works on rendered HTML, since the words that a reader sees are the words that were checked. Blanks and Unicode
forms aside, a quote is found here exactly where `checking.quotes` lets it pass; a test holds the two together.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from factarchive.publishing.prose import Piece, visible_pieces

Span = tuple[int, int]
Opening = Callable[[str, bool], str]

_BLANKS_OR_WORD = re.compile(r"[^\S\n]+|\S+")
_ODD_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
# In rendered HTML every other `<` is escaped, and no link holds another.
_LINK = re.compile(r"<a[ >].*?</a>", re.DOTALL)
# What goes first where several things are put in at one place of the HTML.
_CLOSE, _REFERENCE, _OPEN = range(3)


@dataclass(frozen=True, slots=True)
class Marked:
    """HTML with its quotes marked, and the keys of the quotes that it does not hold."""

    html: str
    missing: tuple[str, ...] = ()


def opening_tag(key: str, first: bool) -> str:
    """Return the tag that opens a marked stretch of a claim's quote; only the first one carries the id."""
    name = html.escape(key)
    anchor = f' id="q-{name}"' if first else ""
    return f'<mark class="q"{anchor} data-claim="{name}">'


def mark_quotes(
    rendered: str,
    quotes: Sequence[tuple[str, str]],
    references: Mapping[str, str],
    opening: Opening = opening_tag,
) -> Marked:
    """Wrap each (key, quote) where it stands and put the key's reference, ready HTML, after it.

    Equal quotes take one occurrence each, in reading order, and share the first one where there are too few.
    """
    page = _Page(rendered, tuple(visible_pieces(rendered)))
    spans = _assign(page.text, [quote for _, quote in quotes])
    keys = [key for key, _ in quotes]
    found = [_Claim(n, keys[n], *span) for n, span in enumerate(spans) if span]
    missing = tuple(key for key, span in zip(keys, spans, strict=True) if span is None)
    insertions = [*_marks(page, found, opening), *_references(page, found, references)]
    return Marked(_with(rendered, insertions), missing)


def find_quote(text: str, quote: str) -> Span | None:
    """Return where a quote first stands in a line of plain text, blanks and Unicode forms aside; or None."""
    return next(_occurrences(_fold(text), _folded_quote(quote)), None)


# ---------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class _Folded:
    """Text in NFC with single blanks; `changes` pairs each stretch that differs with the original one."""

    text: str
    changes: tuple[tuple[Span, Span], ...]
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Where a stretch of the folded text stands in the original, rounded outwards to whole changes."""
        first, last = bisect_right(self.starts, start) - 1, bisect_left(self.starts, end) - 1
        return self._back(first, start, 0), self._back(last, end, 1)

    def _back(self, change: int, at: int, side: int) -> int:
        if change < 0:
            return at
        here, there = self.changes[change]
        inside = at < here[1]
        return there[side] if inside else at - here[1] + there[1]


def _fold(text: str) -> _Folded:
    parts: list[str] = []
    changes: list[tuple[Span, Span]] = []
    done = length = 0
    for start, end, new in _changes(text):
        at = length + start - done
        parts += (text[done:start], new)
        changes.append(((at, at + len(new)), (start, end)))
        done, length = end, at + len(new)
    parts.append(text[done:])
    return _Folded("".join(parts), tuple(changes), tuple(here[0] for here, _ in changes))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    if unicodedata.is_normalized("NFC", text):
        yield from ((m.start(), m.end(), " ") for m in _ODD_BLANKS.finditer(text))
        return
    for match in _BLANKS_OR_WORD.finditer(text):
        word = match.group()
        if word.isspace() and word != " ":
            yield match.start(), match.end(), " "
        elif not unicodedata.is_normalized("NFC", word):
            yield from _composed(word, match.start())


def _composed(word: str, offset: int) -> Iterator[tuple[int, int, str]]:
    borders = [0, *(n for n in range(1, len(word)) if not unicodedata.combining(word[n])), len(word)]
    whole = unicodedata.normalize("NFC", word)
    clusters = [(a, b, unicodedata.normalize("NFC", word[a:b])) for a, b in pairwise(borders)]
    if "".join(new for _, _, new in clusters) != whole:
        clusters = [(0, len(word), whole)]
    yield from ((offset + a, offset + b, new) for a, b, new in clusters if new != word[a:b])


def _folded_quote(quote: str) -> str:
    return unicodedata.normalize("NFC", " ".join(quote.split()))


def _occurrences(folded: _Folded, quote: str) -> Iterator[Span]:
    at = folded.text.find(quote) if quote else -1
    while at >= 0:
        yield folded.original(at, at + len(quote))
        at = folded.text.find(quote, at + len(quote))


def _assign(text: str, quotes: Sequence[str]) -> list[Span | None]:
    folded = _fold(text)
    streams: dict[str, Iterator[Span]] = {}
    firsts: dict[str, Span | None] = {}
    spans: list[Span | None] = []
    for quote in map(_folded_quote, quotes):
        span = next(streams.setdefault(quote, _occurrences(folded, quote)), None)
        spans.append(span or firsts.get(quote))
        firsts.setdefault(quote, span)
    return spans


# ---------------------------------------------------------------- marking


@dataclass(frozen=True, slots=True)
class _Claim:
    """A quote that was found: where it stands in the visible text."""

    rank: int
    key: str
    start: int
    end: int


class _Page:
    """Rendered HTML beside its visible text; knows where each stretch of the one stands in the other."""

    def __init__(self, rendered: str, pieces: tuple[Piece, ...]) -> None:
        self.rendered = rendered
        self.text = "".join(piece.text for piece in pieces)
        self._pieces = pieces
        self._starts = _running_starts(pieces)
        self._runs = _runs(pieces, self._starts)
        self._run_ends = [end for _, end in self._runs]

    def runs(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """The stretches of text without a tag in them that this one touches, each with its number."""
        number = bisect_right(self._run_ends, start)
        while number < len(self._runs) and self._runs[number][0] < end:
            yield number, self._runs[number]
            number += 1

    def opens_at(self, at: int) -> int:
        """Where in the HTML the visible character at this offset begins."""
        index = bisect_right(self._starts, at) - 1
        piece = self._pieces[index]
        return piece.start + (at - self._starts[index] if piece.literal else 0)

    def closes_at(self, at: int) -> int:
        """Where in the HTML the visible character before this offset ends."""
        index = bisect_left(self._starts, at) - 1
        piece = self._pieces[index]
        return piece.start + at - self._starts[index] if piece.literal else piece.end


def _running_starts(pieces: Sequence[Piece]) -> list[int]:
    starts, length = [], 0
    for piece in pieces:
        starts.append(length)
        length += len(piece.text)
    return starts


def _runs(pieces: Sequence[Piece], starts: Sequence[int]) -> list[Span]:
    runs: list[Span] = []
    for run, group in groupby(zip(pieces, starts, strict=True), key=lambda item: item[0].run):
        members = list(group)
        if run >= 0:
            runs.append((members[0][1], members[-1][1] + len(members[-1][0].text)))
    return runs


def _marks(page: _Page, claims: Sequence[_Claim], opening: Opening) -> Iterator[tuple[int, int, str]]:
    touched: defaultdict[int, list[_Claim]] = defaultdict(list)
    for claim in claims:
        for number, (start, end) in page.runs(claim.start, claim.end):
            clipped = _Claim(claim.rank, claim.key, max(start, claim.start), min(end, claim.end))
            touched[number].append(clipped)
    opened: set[int] = set()
    for number in sorted(touched):
        for at, begun in _borders(touched[number]):
            if begun is None:
                yield page.closes_at(at), _CLOSE, "</mark>"
            else:
                yield page.opens_at(at), _OPEN, opening(begun.key, begun.rank not in opened)
                opened.add(begun.rank)


def _borders(claims: Sequence[_Claim]) -> Iterator[tuple[int, _Claim | None]]:
    """Each opening (with its claim) and each closing (without); marks nest even where claims overlap."""
    waiting = sorted(claims, key=lambda c: (c.start, -c.end, c.rank), reverse=True)
    within: list[_Claim] = []
    for at in sorted({border for c in claims for border in (c.start, c.end)}):
        again: list[_Claim] = []
        while any(c.end == at for c in within):
            top = within.pop()
            yield at, None
            again += [top] if top.end > at else []
        while waiting and waiting[-1].start == at:
            again.append(waiting.pop())
        for claim in sorted(again, key=lambda c: (-c.end, c.rank)):
            within.append(claim)
            yield at, claim


def _references(page: _Page, claims: Sequence[_Claim], references: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    links = _links(page.rendered)
    link_starts = [start for start, _ in links]
    for claim in sorted(claims, key=lambda c: (c.end, c.rank)):
        at = page.closes_at(claim.end)
        link = bisect_left(link_starts, at) - 1
        # A reference is a link itself: inside another one it would be invalid.
        yield max(at, links[link][1] if link >= 0 else 0), _REFERENCE, references.get(claim.key, "")


def _links(rendered: str) -> list[Span]:
    return [match.span() for match in _LINK.finditer(rendered)]


def _with(rendered: str, insertions: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for at, _, new in sorted(insertions, key=lambda i: i[:2]):
        parts += (rendered[done:at], new)
        done = at
    return "".join((*parts, rendered[done:]))

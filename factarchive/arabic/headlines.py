"""Headlines: the parts of an article that are its frame: labels before a colon, bylines, datelines, footers."""

from __future__ import annotations

from collections.abc import Sequence

from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.phrases import phrase_end
from factarchive.arabic.verbs import is_finite
from factarchive.arabic.words import Word, after_conjunction, matches

__all__ = ["dateline_end", "is_byline", "labelled"]

Row = Sequence[Word]

_LABEL = 12  # words before a headline's colon
_BYLINE = 8  # words of a byline
_BETWEEN = 5  # words between its dashes, and the second dash
_DATELINE = 9  # words of a dateline


def is_byline(row: Row) -> bool:
    """Whether a paragraph only says who wrote it or where it comes from: «كتب: …», «المصدر: وكالات»."""
    if not row or len(row) > _BYLINE:
        return False
    if row[0].form in folded_set("marks", "footers"):
        return True
    colon = len(row) > 1 and any(word.form == table("marks")["colons"] for word in row[1:3])
    return colon and row[0].form in folded_set("marks", "bylines")


def dateline_end(row: Row) -> int:
    """Where a paragraph's text begins after «القاهرة (رويترز) -»; 0 where it has no dateline."""
    for at, word in enumerate(row[:_DATELINE]):
        if at and word.form in table("marks")["dashes"]:
            if _second_dash(row, at):
                continue
            line = row[:at]
            medium = any(matches(line, k, phrases("names", "media_names")) for k in range(at))
            medium = medium or any(w.form in folded_set("names", "media") for w in line)
            bracket = any(w.form in "()[]/" for w in line)
            bracket = bracket or any(w.form in table("marks")["dashes"] for w in line[1:3])
            spaced = at + 1 < len(row) and row[at + 1].start > word.end
            return at + 1 if spaced and (medium or bracket or at <= 2) and not _is_clause(line) else 0
    return 0


def _second_dash(row: Row, at: int) -> bool:
    """Whether another dash ends the dateline: «لندن - رويترز - قال», «تل أبيب -PNN- قال»."""
    later = row[at + 1 : at + 1 + _BETWEEN]
    return any(word.form in table("marks")["dashes"] for word in later) and not _is_clause(later[:2])


def _is_clause(line: Row) -> bool:
    return any(is_finite(after_conjunction(word.form)) or word.kind == "open" for word in line)


def labelled(row: Row, first: int, last: int) -> tuple[int, int]:
    """For «فلان (لفلان): …» where the name before the colon ends and what follows it begins; zeros for none."""
    end = phrase_end(row, first, min(last, first + _LABEL))
    at = end
    while at < min(last, end + 4) and row[at].kind == "word" and not is_finite(row[at].form):
        at += 1
    if end == first or at >= last or row[at].form != table("marks")["colons"]:
        return 0, 0
    return end, at + 1

"""An article's plain text as Markdown that says the same: drafts must show what was published, sign for sign.

Only what either prose engine would read as markup is escaped: by a backslash where both engines know that
escape, by a character reference where they differ. Ordinary prose stays as an editor would type it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

# Python-Markdown knows no escape for `<`, `&` and `~`, and turns a tab into spaces: these become references.
_INLINE = re.compile(r"[\\`*_\t]|\](?=\()|<(?! |$)|&(?=[#A-Za-z])")
_LIST_BULLET = re.compile(r"[-+](?=\s|$)|-(?=[-\s]*$)")
# `\d` on purpose: both engines count an Arabic-Indic digit as the number of a list item.
_LIST_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")
# Closed, and not by `]:`, a label defines nothing; left open it may be closed paragraphs later, for mistune.
_LINK_DEFINITION = re.compile(r"\[(?!(?:[^\\\[\]]|\\.)*(?:\[|\](?!:)))")
_REFERENCE = re.compile(r"&[^\s&;<]+;?")


def as_markdown(paragraphs: Sequence[str]) -> str:
    """Write one-line paragraphs as Markdown whose rendered text equals them exactly, by either engine."""
    return "\n\n".join(_escaped(p) for p in paragraphs)


def _escaped(line: str) -> str:
    if not line.strip():
        return "".join(_reference(c) for c in line)
    body = line.strip()
    before, _, after = line.partition(body)
    inner = _INLINE.sub(_escape_sign, body)
    return _edge(before, 0) + (inner if before else _escape_start(inner)) + _edge(after, -1)


def _escape_sign(match: re.Match[str]) -> str:
    sign, line, at = match.group(), match.string, match.start()
    if sign == "_":
        inside_a_word = line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()
        return sign if inside_a_word else "\\_"
    if sign == "&":
        return "&amp;" if _is_reference(line, at) else sign
    if sign == "<":
        return "&lt;"
    return _reference(sign) if sign == "\t" else "\\" + sign


def _is_reference(line: str, at: int) -> bool:
    found = _REFERENCE.match(line, at)
    return found is not None and html.unescape(found.group()) != found.group()


def _escape_start(line: str) -> str:
    if line[0] in "#>" or _LIST_BULLET.match(line) or _LINK_DEFINITION.match(line):
        return "\\" + line
    if line.startswith("~~~"):
        return _reference(line[0]) + line[1:]
    return _LIST_NUMBER.sub(r"\1\\\2", line, count=1) if _LIST_NUMBER.match(line) else line


def _edge(blanks: str, outer: int) -> str:
    # Engines strip a paragraph's edges: one reference at the outer end protects the blanks inside of it.
    if not blanks:
        return ""
    kept = [_reference(c) if c == "\t" else c for c in blanks]
    kept[outer] = _reference(blanks[outer])
    return "".join(kept)


def _reference(char: str) -> str:
    return f"&#{ord(char)};"

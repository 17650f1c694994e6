"""YAML as editors write it: plain values in, and the place of every value for whoever must be told about it.

PyYAML (MIT, the reference implementation, C parser where libyaml is there) is imported in this module only.
Its YAML 1.1 guesses are cut to what an editor means: `on`, `yes` and `12:30` stay text, dates stay text until
the schema reads them, `010` is no octal; anchors and tags have no use in front matter and are refused.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import yaml

from factarchive.problems import Place, Problem, Refused, messages, problem

FENCE = "---"
DEEPEST = 40
"""Levels of nesting that are read; more is a bracket left open, and would break who writes the values out."""
LONGEST_NUMBER = 18
"""Digits of a whole number that is read as one; a longer row of digits is a name, and names are texts."""
LONGEST_EXCERPT = 2000
_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TOKENS = ("while scanning an alias", "while scanning an anchor")
_ISOLATED = re.compile(r"\u2068([^\u2066-\u2069]*)\u2069")
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BaseDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """Composes nodes; knows no other plain scalars than the ones listed below."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


class _Dumper(_BaseDumper):  # type: ignore[misc]
    """Writes a value that occurs twice in full both times: `load` refuses aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _bool(word: str) -> bool:
    return word.lower() == "true"


_SCALARS: Mapping[str, tuple[str, str, Callable[[str], object]]] = {
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", "tTfF", _bool),
    "tag:yaml.org,2002:int": (r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789", int),
    "tag:yaml.org,2002:float": (r"[-+]?[0-9]+\.[0-9]+", "-+0123456789", float),
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", "~nN", lambda _: None),
}
for _tag, (_pattern, _first, _) in _SCALARS.items():
    # PyYAML files the pattern for an empty value under "".
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})\Z"), [*_first, ""])


@dataclass(frozen=True)
class Document:
    """A YAML mapping: its plain values, and where each of them stands in the file."""

    text: str
    path: str
    first_line: int
    data: dict[str, Any]

    @cached_property
    def _root(self) -> yaml.Node | None:
        # Composed again only when something is wrong: an archive without faults never pays for places.
        root: yaml.Node | None = yaml.compose(self.text, Loader=_Loader)
        return root

    @cached_property
    def _lines(self) -> _Lines:
        return _Lines(self.text, self.path, self.first_line)

    def place(self, *loc: str | int) -> Place:
        """Where the value at this key path begins; its nearest existing parent where it is missing."""
        node, _ = self._walk(loc)
        return self._at(node)

    def key_place(self, *loc: str | int) -> Place:
        """Where the key at the end of this path stands; the value's place for a list item."""
        node, key = self._walk(loc)
        return self._at(key or node)

    def excerpt(self, place: Place) -> str:
        """The line of the file that a place points to; empty for the whole file and for an endless line."""
        return self._lines.shown(place.line)

    def _walk(self, loc: tuple[str | int, ...]) -> tuple[yaml.Node | None, yaml.Node | None]:
        node, key = self._root, None
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        return node, key

    def _at(self, node: yaml.Node | None) -> Place:
        return self._lines.place(node.start_mark.index) if node else Place(self.path, self.first_line)


class _Lines:
    """The lines of a text as an editor counts them; YAML would also count U+0085 and U+2028 as line ends."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self._path, self._first = path, first_line
        self._lines = text.split("\n")
        self.length = len(text)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> Place:
        """The place of the character at this offset; of the last one where the offset lies beyond it."""
        line = bisect_right(self._starts, offset) - 1
        return Place(self._path, line + self._first, offset - self._starts[line] + 1)

    def shown(self, line: int) -> str:
        """A line by its number in the file."""
        at = line - self._first
        found = self._lines[at] if 0 <= at < len(self._lines) else ""
        return found if len(found) <= LONGEST_EXCERPT else ""


def load(text: str, path: str, first_line: int = 1) -> Document:
    """Read a YAML mapping; raise Refused with one placed Problem where the text is not one."""
    try:
        data = _plain(yaml.compose(text, Loader=_Loader), text)
    except yaml.MarkedYAMLError as error:
        raise Refused(_fault(error, _Lines(text, path, first_line))) from None
    except (yaml.reader.ReaderError, ValueError, OverflowError) as error:
        # The C parser tells the byte, the Python one the character: look the character up instead.
        unread = problem(Place(path, first_line), "yaml-syntax", detail=error)
        raise Refused(bad_character(text, path, first_line) or unread) from None
    except RecursionError:
        raise Refused(problem(Place(path, first_line), "yaml-too-deep")) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise Refused(problem(Place(path, first_line), "yaml-not-a-mapping"))
    return Document(text, path, first_line, data)


def bad_character(text: str, path: str, first_line: int = 1) -> Problem | None:
    """The first character that no text holds, such as a control character or half a surrogate pair."""
    found = _NOT_TEXT.search(text)
    if found is None:
        return None
    place = _Lines(text, path, first_line).place(found.start())
    return problem(place, "bad-character", code=f"U+{ord(found.group()):04X}")


def split(text: str, path: str) -> tuple[str, str, int]:
    """Cut a content file into front matter, body and the body's line; raise Refused without both fences."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise Refused(problem(Place(path, 1), "front-matter-missing"))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    raise Refused(problem(Place(path, 1), "front-matter-open"))


def dump(data: dict[str, Any]) -> str:
    """Write plain values as the one YAML of content files: block style, keys in order, Arabic as it is."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100
    )
    return text


def filled(value: Any) -> Any:
    """The same data without what is empty."""
    if isinstance(value, dict):
        kept = {k: filled(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v not in (None, [], {})}
    return [filled(v) for v in value] if isinstance(value, list) else value


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if _bare(k.value) == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _plain(node: yaml.Node | None, text: str, depth: int = 0) -> Any:
    """The node as plain values; raises a marked error for whatever has no use in front matter."""
    if node is None:
        return None
    if text[node.start_mark.index : node.start_mark.index + 1] in ("&", "!"):
        raise _error("yaml-alias" if text[node.start_mark.index] == "&" else "yaml-tag", node)
    if depth > DEEPEST:
        raise _error("yaml-too-deep", node)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, text, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, text, depth + 1) for item in node.value]
    return _scalar(node)


def _bare(word: str) -> str:
    # Our messages put values in bidi isolates; whoever copies a value from one copies them too.
    isolated = _ISOLATED.fullmatch(word)
    return isolated.group(1) if isolated else word


def _scalar(node: yaml.Node) -> object:
    if node.tag not in _SCALARS:
        return _bare(node.value)
    _, _, read = _SCALARS[node.tag]
    if read in (int, float) and len(node.value.lstrip("+-").split(".")[0]) > LONGEST_NUMBER:
        raise _error("yaml-number", node)
    return read(node.value)


def _mapping(node: yaml.MappingNode, text: str, depth: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _error("yaml-key", key)
        _plain(key, text, depth)
        # A key is the word as written: `true:` and `on:` are field names, not booleans.
        name = _bare(key.value)
        if name in values:
            raise _error("yaml-duplicate", key)
        values[name] = _plain(value, text, depth + 1)
    return values


def _error(rule: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=rule, problem_mark=node.start_mark)


def _fault(error: yaml.MarkedYAMLError, lines: _Lines) -> Problem:
    place = lines.place(_offset(error, lines.length))
    excerpt, what = lines.shown(place.line), error.problem or ""
    rule = _rule(what, error.context or "", excerpt[: place.column])
    if rule == "yaml-syntax":
        return problem(place, rule, excerpt=excerpt, detail=what)
    return problem(place, rule, excerpt=excerpt)


def _offset(error: yaml.MarkedYAMLError, length: int) -> int:
    # Where a quote or a bracket is never closed, the fault is where it opens, not at the end of the file.
    begun, met = error.context_mark, error.problem_mark
    mark = begun if begun and (met is None or met.index >= length or error.context in _TOKENS) else met
    return mark.index if mark else 0


def _rule(what: str, context: str, before: str) -> str:
    if what in messages():
        return what
    if "alias" in what or context in _TOKENS:
        return "yaml-alias"
    if "tag" in context or "tag handle" in what:
        return "yaml-tag"
    if "nesting" in what or "nesting" in context:
        return "yaml-too-deep"
    indent = before[: len(before) - len(before.lstrip())]
    return "yaml-tab" if "\t" in indent or before.endswith("\t") else "yaml-syntax"

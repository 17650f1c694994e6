"""YAML as editors write it: plain values in, and the place of every value for whoever must be told about it.

PyYAML (MIT, the reference implementation, C parser where libyaml is there) is imported in this module only.
Its YAML 1.1 guesses are cut to what an editor means: `on`, `yes` and `12:30` stay text, dates stay text until
the schema reads them, `010` is no octal; anchors and tags have no use in front matter and are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from factarchive.problems import Place, Refused, problem

FENCE = "---"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Loader(_Base):  # type: ignore[misc]  # the base is chosen at run time
    """A safe loader without aliases, duplicate keys, timestamps and YAML 1.1 booleans."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node in self.constructed_objects:
            raise yaml.constructor.ConstructorError(None, None, "alias", node.start_mark)
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: set[object] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "key", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, "duplicate", key.start_mark)
            seen.add(key.value)
        # A key is the word as written: `true:` and `on:` are field names, not booleans.
        return {key.value: self.construct_object(value, deep=deep) for key, value in node.value}


_INT, _FLOAT = r"[-+]?(?:0|[1-9][0-9]*)", r"[-+]?[0-9]+\.[0-9]+"
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", _INT, "-+0123456789"),
    ("float", _FLOAT, "-+0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


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

    def place(self, *loc: str | int) -> Place:
        """Where the value at this key path begins; its nearest existing parent where it is missing."""
        node, _ = self._walk(loc)
        return self._at(node)

    def key_place(self, *loc: str | int) -> Place:
        """Where the key at the end of this path stands; the value's place for a list item."""
        node, key = self._walk(loc)
        return self._at(key or node)

    def excerpt(self, place: Place) -> str:
        """The line of the file that a place points to; empty for the whole file."""
        lines = self.text.split("\n")
        at = place.line - self.first_line
        return lines[at] if 0 <= at < len(lines) else ""

    def _walk(self, loc: tuple[str | int, ...]) -> tuple[yaml.Node | None, yaml.Node | None]:
        node, key = self._root, None
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        return node, key

    def _at(self, node: yaml.Node | None) -> Place:
        if node is None:
            return Place(self.path, self.first_line)
        return Place(self.path, node.start_mark.line + self.first_line, node.start_mark.column + 1)


def load(text: str, path: str, first_line: int = 1) -> Document:
    """Read a YAML mapping; raise Refused with one placed Problem where the text is not one."""
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise Refused(_fault(error, text, path, first_line)) from None
    except yaml.reader.ReaderError as error:
        raise Refused(_bad_character(error, text, path, first_line)) from None
    except RecursionError:
        raise Refused(problem(Place(path, first_line), "yaml-too-deep")) from None
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise Refused(problem(Place(path, first_line), "yaml-not-a-mapping"))
    return Document(text, path, first_line, data)


def split(text: str, path: str) -> tuple[str, str, int]:
    """Cut a content file into front matter, body and the body's first line; raise Refused where a fence is missing."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise Refused(problem(Place(path, 1), "front-matter-missing"))
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2
    raise Refused(problem(Place(path, 1), "front-matter-open"))


def dump(data: dict[str, Any]) -> str:
    """Write plain values as the canonical YAML of content files: block style, keys in order, Arabic as it is."""
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100
    )
    return text


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _fault(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Any:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    place = Place(path, line + first_line, column + 1)
    lines = text.split("\n")
    excerpt = lines[line] if line < len(lines) else ""
    what = error.problem or ""
    if what in ("alias", "key", "duplicate"):
        return problem(place, f"yaml-{what}", excerpt=excerpt)
    if "could not determine a constructor" in what:
        return problem(place, "yaml-tag", excerpt=excerpt)
    if "\t" in excerpt[: column + 1]:
        return problem(place, "yaml-tab", excerpt=excerpt)
    return problem(place, "yaml-syntax", excerpt=excerpt, detail=what)


def _bad_character(error: yaml.reader.ReaderError, text: str, path: str, first_line: int) -> Any:
    # The C parser counts bytes, the Python one characters: look the character up instead.
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    before = text[: found.start() if found else 0]
    place = Place(path, before.count("\n") + first_line, len(before) - before.rfind("\n"))
    return problem(place, "bad-character", code=f"U+{ord(found.group()) if found else 0:04X}")

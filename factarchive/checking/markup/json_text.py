"""JSON as written: a strict reader that keeps where each value stands, so that a finding can point at it.

The standard library's reader forgets places and forgives NaN and lone surrogates; consumers do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_LITERALS = {"true": True, "false": False, "null": None}
_DEEPEST = 64


class BadJson(Exception):
    """Raised at what no strict reader accepts; `at` is its offset, `cut` whether the text just ends there."""

    def __init__(self, at: int, why: str, *, cut: bool = False) -> None:
        super().__init__(why)
        self.at, self.why, self.cut = at, why, cut


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and the offset at which it stands."""

    at: int
    value: str | float | bool | tuple[Node, ...] | Mapping[str, Node] | None

    def get(self, key: str) -> Node | None:
        """The value of a key; None where there is none or this is no object."""
        found = self.value.get(key) if isinstance(self.value, Mapping) else None
        return None if found is None or found.value is None else found

    def each(self, key: str) -> tuple[Node, ...]:
        """The values of a key, which JSON-LD lets stand alone or in a list."""
        found = self.get(key)
        if found is None:
            return ()
        return found.value if isinstance(found.value, tuple) else (found,)

    def one(self, key: str) -> Node | None:
        """The first value of a key."""
        return next(iter(self.each(key)), None)

    @property
    def text(self) -> str:
        """The text that this is, without blanks around it; "" for anything else."""
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def is_object(self) -> bool:
        """Whether this has keys."""
        return isinstance(self.value, Mapping)

    def texts(self, key: str) -> str:
        """The first text under a key; "" where there is none."""
        return next((node.text for node in self.each(key) if node.text), "")

    def nodes(self) -> Iterator[Node]:
        """This value and all within it, in the order in which they stand."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node.value, Mapping):
                waiting += reversed(tuple(node.value.values()))
            elif isinstance(node.value, tuple):
                waiting += reversed(node.value)


def read_json(text: str, base: int = 0) -> Node:
    """The value that a text holds, offsets counted from `base`; raises BadJson."""
    reader = _Reader(text, base)
    try:
        return reader.whole()
    except BadJson as bad:
        raise BadJson(bad.at + base, bad.why, cut=bad.cut) from None


class _Reader:
    def __init__(self, text: str, base: int) -> None:
        self._text, self._base, self._at, self._depth = text, base, 0, 0

    def whole(self) -> Node:
        node = self._value()
        self._skip()
        if self._at < len(self._text):
            raise BadJson(self._at, "text after the end")
        return node

    def _skip(self) -> None:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at

    def _value(self) -> Node:
        self._skip()
        at = self._at
        char = self._text[at : at + 1]
        if char in ("{", "["):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise BadJson(at, "nested too deep")
            node = Node(at + self._base, self._object() if char == "{" else self._list())
            self._depth -= 1
            return node
        return Node(at + self._base, self._string() if char == '"' else self._plain())

    def _object(self) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        while self._more("}", first=not found):
            self._skip()
            key = self._string()
            self._expect(":")
            found[key] = self._value()
        return found

    def _list(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self._more("]", first=not found):
            found.append(self._value())
        return tuple(found)

    def _more(self, end: str, *, first: bool) -> bool:
        """Whether another member follows; steps over the bracket or comma that says so."""
        if first:
            self._at += 1
        self._skip()
        if self._text.startswith(end, self._at):
            self._at += 1
            return False
        if not first:
            self._expect(",")
        return True

    def _expect(self, char: str) -> None:
        self._skip()
        if not self._text.startswith(char, self._at):
            raise BadJson(self._at, f"expected {char}", cut=self._at >= len(self._text))
        self._at += 1

    def _string(self) -> str:
        found = _STRING.match(self._text, self._at)
        if not found:
            opens = self._text.startswith('"', self._at)
            raise BadJson(self._at, "a broken string" if opens else 'expected "', cut=opens and self._is_cut())
        self._at = found.end()
        text: str = json.loads(found[0])
        return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no character

    def _is_cut(self) -> bool:
        """Whether the string that opens here goes on to the end of the text."""
        return not re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL).match(self._text, self._at)

    def _plain(self) -> float | bool | None:
        for word, value in _LITERALS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        found = _NUMBER.match(self._text, self._at)
        if not found:
            raise BadJson(self._at, "expected a value", cut=self._at >= len(self._text))
        self._at = found.end()
        return float(found[0])

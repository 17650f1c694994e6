"""Checkers of the house rules: modules in, complaints out. They read source and run nothing of it.

`tests/test_house.py` holds the package to them, and shows on small bad sources that each can fail.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib import metadata
from pathlib import Path
from string import Formatter
from textwrap import dedent
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "factarchive"

# Low to high. A room imports itself and what lies below it; rooms on one floor do not know each other.
FLOORS = (
    {"problems", "stopwatch"},
    {"config"},
    {"arabic"},
    {"state"},
    {"inputs"},
    {"archive"},
    {"drafting", "importing", "verifying"},
    {"publishing", "checking"},
    {"standing", "library"},
    {"drafted", "hinted", "imported", "matched"},
    {"pipeline"},
    {"preview"},
    {"cli"},
)
STRANGERS = {room: {"drafting", "importing", "verifying"} for room in ("publishing", "checking")}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "misc"}
# Parts of jinja2 and pydantic with names of their own, and where they may be imported: `Markup` is the type
# of HTML that we made ourselves, and all of publishing may speak of it.
COMPANIONS = {"markupsafe": "publishing", "pydantic_core": "archive.schema"}
FILE_LINES, FUNCTION_LINES, FUNCTION_P90, PARAMETERS, NESTING = 400, 60, 30, 4, 3

Function = ast.FunctionDef | ast.AsyncFunctionDef
NESTS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3]")


@dataclass(frozen=True)
class Source:
    """One module: its dotted name, its text and its syntax tree."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.name.removeprefix(f"{PACKAGE}.").partition(".")[0]


# ---------------------------------------------------------------- reading


def package(folder: str = PACKAGE) -> list[Source]:
    """Every module of the package, or of another folder."""
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Source(name, path.read_text(encoding="utf-8")))
    return found


def sources(**texts: str) -> list[Source]:
    """Small modules from strings; `archive__site` stands for factarchive.archive.site."""
    return [Source(f"{PACKAGE}.{name.replace('__', '.')}", dedent(text)) for name, text in texts.items()]


def imports(source: Source, known: set[str]) -> Iterator[tuple[str, int]]:
    """What a module imports, wherever the import stands (functions and TYPE_CHECKING too), with its line."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(source, node, known)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield (inner if inner in known else base), node.lineno


def _absolute(source: Source, node: ast.ImportFrom, known: set[str]) -> str:
    if not node.level:
        return node.module or ""
    is_folder = any(name.startswith(f"{source.name}.") for name in known)
    parts = source.name.split(".")
    kept = parts[: len(parts) - node.level + is_folder]
    return ".".join([*kept, *([node.module] if node.module else [])])


def own_imports(all_sources: list[Source]) -> Iterator[tuple[Source, str, int]]:
    known = {s.name for s in all_sources}
    for source in all_sources:
        for target, line in imports(source, known):
            if target.split(".")[0] == PACKAGE and target != PACKAGE:
                yield source, target, line


def functions(source: Source) -> Iterator[tuple[Function, bool]]:
    """Every function of a module, with whether it is a method."""
    for parent in ast.walk(source.tree):
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, Function):
                yield node, isinstance(parent, ast.ClassDef)


def calls(source: Source, name: str) -> Iterator[ast.Call]:
    """Every call of a function of that name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


# ---------------------------------------------------------------- checkers: modules in, complaints out


def broken_layers(all_sources: list[Source]) -> list[str]:
    floor = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
    complaints = [f"{s.name}: this room stands on no floor" for s in all_sources if _homeless(s, floor)]
    for source, target, line in own_imports(all_sources):
        room, other = source.room, target.split(".")[1]
        if room == other or room not in floor:
            continue
        too_high = floor.get(other, len(FLOORS)) >= floor[room]
        if too_high or other in STRANGERS.get(room, ()):
            complaints.append(f"{source.name}:{line} imports {target}")
    return complaints


def _homeless(source: Source, floor: Mapping[str, int]) -> bool:
    return source.name != PACKAGE and source.room not in floor


def cycles(all_sources: list[Source]) -> list[str]:
    graph: dict[str, set[str]] = defaultdict(set)
    for source, target, _ in own_imports(all_sources):
        graph[source.name].add(target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [" → ".join(error.args[1])]
    return []


def oversized(all_sources: list[Source]) -> list[str]:
    complaints = []
    for source in all_sources:
        lines = source.text.count("\n")
        if lines > FILE_LINES:
            complaints.append(f"{source.name}: {lines} lines")
        for function, is_method in functions(source):
            where = f"{source.name}:{function.lineno} {function.name}"
            complaints += [f"{where}: {fault}" for fault in _faults_of_size(function, is_method)]
    return complaints


def _faults_of_size(function: Function, is_method: bool) -> Iterator[str]:
    if (lines := length(function)) > FUNCTION_LINES:
        yield f"{lines} lines"
    if (count := parameters(function, is_method)) > PARAMETERS:
        yield f"{count} parameters"
    if (deep := depth(function.body)) > NESTING:
        yield f"nested {deep} deep"


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters(function: Function, is_method: bool) -> int:
    """How many parameters a caller has to think of: *args and **kwargs count, self and cls do not."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    rest = [a for a in (given.vararg, given.kwarg) if a]
    is_static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
    return len(named) + len(rest) - (is_method and not is_static)


def depth(body: list[ast.stmt]) -> int:
    """How deep blocks stand in blocks; elif adds nothing, a function inside starts anew."""
    return max((_depth(statement) for statement in body), default=0)


def _depth(statement: ast.stmt) -> int:
    if not isinstance(statement, NESTS):
        return 0
    below = depth([s for block in _blocks(statement) for s in block])
    chained = [s for s in getattr(statement, "orelse", []) if isinstance(s, ast.If)]
    is_elif = isinstance(statement, ast.If) and len(statement.orelse) == 1 and chained
    return max(1 + below, _depth(chained[0]) if is_elif else 0)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    orelse = getattr(statement, "orelse", [])
    is_elif = isinstance(statement, ast.If) and len(orelse) == 1 and isinstance(orelse[0], ast.If)
    yield getattr(statement, "body", [])
    yield [] if is_elif else orelse
    yield getattr(statement, "finalbody", [])
    yield from (part.body for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])))


def careless_files(all_sources: list[Source]) -> list[str]:
    """Text files read or written without their encoding, or written without their line end."""
    complaints = []
    for source in all_sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and (fault := _careless(node)):
                complaints.append(f"{source.name}:{node.lineno} {fault}")
    return complaints


def _careless(call: ast.Call) -> str:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    # These `open`s are no text files: pictures, browsers, descriptors, archives.
    is_file = not (isinstance(receiver, ast.Name) and receiver.id in {"Image", "webbrowser", "os", "tarfile", "gzip"})
    given = {keyword.arg for keyword in call.keywords}
    if name == "open" and is_file:
        first = 1 if receiver is None else 0
        modes = [a for a in call.args[first : first + 1] if isinstance(a, ast.Constant)]
        modes += [k.value for k in call.keywords if k.arg == "mode" and isinstance(k.value, ast.Constant)]
        is_binary = any("b" in str(mode.value) for mode in modes)
        return "" if is_binary or "encoding" in given else "open() without encoding"
    if name == "read_text" and not call.args and "encoding" not in given:
        return "read_text() without encoding"
    if name == "write_text" and not ({"encoding", "newline"} <= given):
        return "write_text() without encoding and newline"
    return ""


def third_party(all_sources: list[Source]) -> dict[str, set[str]]:
    """Each package from elsewhere with the modules that import it."""
    users: dict[str, set[str]] = defaultdict(set)
    known = {s.name for s in all_sources}
    for source in all_sources:
        for target, _ in imports(source, known):
            top = target.split(".")[0]
            if top not in sys.stdlib_module_names and top != PACKAGE:
                users[top].add(source.name)
    return users


def shared_packages(all_sources: list[Source]) -> list[str]:
    return [
        f"{name} is imported in {', '.join(sorted(users))}"
        for name, users in sorted(third_party(all_sources).items())
        if (len(users) > 1 and name not in COMPANIONS) or not _at_home(name, users)
    ]


def _at_home(name: str, users: set[str]) -> bool:
    home = f"{PACKAGE}.{COMPANIONS.get(name, '')}".rstrip(".")
    return all(f"{user}.".startswith(f"{home}.") for user in users)


def arabic_in_logic(all_sources: list[Source]) -> list[str]:
    """String literals with Arabic letters; a docstring may quote one, an escape may name a code point."""
    complaints = []
    for source in all_sources:
        tree = source.tree
        docs = {id(node.value) for node in ast.walk(tree) if _is_bare_string(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in docs and _is_arabic(node, source.text):
                complaints.append(f"{source.name}:{node.lineno} {node.value!r}")
    return complaints


def _is_bare_string(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_arabic(node: ast.Constant, text: str) -> bool:
    if not isinstance(node.value, str) or not ARABIC_LETTER.search(node.value):
        return False
    return bool(ARABIC_LETTER.search(ast.get_source_segment(text, node) or node.value))


def undocumented(all_sources: list[Source]) -> list[str]:
    """Modules, public classes and public functions without a docstring; dunders and inner functions aside."""
    return [
        f"{source.name}: {name}"
        for source in all_sources
        for name, node in _public(source.tree, source.name)
        if not ast.get_docstring(node)
    ]


def _public(node: ast.Module | ast.ClassDef, name: str) -> Iterator[tuple[str, ast.Module | ast.ClassDef | Function]]:
    yield name, node
    for child in node.body:
        if isinstance(child, (ast.ClassDef, *Function.__args__)) and not child.name.startswith("_"):
            if isinstance(child, ast.ClassDef):
                yield from _public(child, child.name)
            else:
                yield child.name, child


def empty_names(all_sources: list[Source]) -> list[str]:
    return [s.name for s in all_sources if EMPTY_NAMES & set(s.name.split("."))]


def broken_rules(all_sources: list[Source], rules: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Rule ids without a message, messages without a use, and {placeholders} that a call leaves empty."""
    complaints = []
    words: set[str] = set()
    for source in all_sources:
        words |= {n.value for n in ast.walk(source.tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        for call in calls(source, "problem"):
            complaints += [f"{source.name}:{call.lineno} {fault}" for fault in _faults_of_rule(call, rules)]
    return complaints + [f"{rule}: no code uses this message" for rule in sorted(set(rules) - words)]


def _faults_of_rule(call: ast.Call, rules: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    named = call.args[1] if len(call.args) > 1 else None
    if not isinstance(named, ast.Constant):
        return
    rule, given = str(named.value), {k.arg for k in call.keywords}
    if rule not in rules:
        yield f"{rule}: messages/ does not list it"
    elif None not in given and (left := placeholders(rules[rule]) - given):
        yield f"{rule}: {', '.join(sorted(left))} not supplied"


def placeholders(message: Mapping[str, str]) -> set[str]:
    parts = (Formatter().parse(message.get(key, "")) for key in ("text", "action", "text_en", "action_en"))
    return {name for part in parts for _, name, _, _ in part if name}


def gpl(licences: Mapping[str, str]) -> list[str]:
    return [f"{name}: {text}" for name, text in licences.items() if re.search(r"GPL|General Public", text)]


def licences_of(requirements: list[str]) -> dict[str, str]:
    """The licence texts of what is installed for these requirements, and of all that those need in turn."""
    found: dict[str, str] = {}
    waiting = [Requirement(r) for r in requirements]
    while waiting:
        name = waiting.pop().name.lower().replace("_", "-")
        if name not in found:
            about = metadata.metadata(name)
            classified = [c for c in about.get_all("Classifier", []) if c.startswith("License")]
            # The field License sometimes holds the whole text: its first line names it.
            lines = (about.get("License") or "").strip().splitlines()[:1]
            found[name] = " · ".join([about.get("License-Expression") or "", *lines, *classified])
            needed = map(Requirement, metadata.requires(name) or ())
            waiting += [r for r in needed if not r.marker or r.marker.evaluate({"extra": ""})]
    return found


def project() -> dict[str, Any]:
    """What pyproject.toml says of the package itself."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def modules_of(requirements: list[str]) -> dict[str, set[str]]:
    """The modules that each of these packages brings, as installed here."""
    brought: dict[str, set[str]] = {Requirement(r).name.lower(): set() for r in requirements}
    for module, owners in metadata.packages_distributions().items():
        for owner in {o.lower().replace("_", "-") for o in owners} & set(brought):
            brought[owner].add(module)
    return brought

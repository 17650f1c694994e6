"""The content folder as a build sees it: cards of what has not changed, entries read where they must be.

A file is parsed when its digest is new; its card, its warnings and its visible text are remembered. Texts of
other files stay on disk until one of their pages must be rendered.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factarchive.archive.cards import EntryCard, card_of, loaded_card
from factarchive.archive.companions import Speaker
from factarchive.archive.entries import (
    BODY_MAX,
    Entry,
    Paper,
    Prose,
    digest_of,
    read_entry,
    read_paper,
    read_prose,
    read_speakers,
)
from factarchive.archive.evidence import Exhibit, Exhibits, exhibit_of, loaded_exhibit
from factarchive.archive.frontmatter import load, split
from factarchive.archive.salvage import salvaged
from factarchive.checking.content import check_entry
from factarchive.drafting.drafts import seed_named_in
from factarchive.inputs import World
from factarchive.problems import (
    Place,
    Problem,
    Refused,
    as_record,
    from_record,
    has_errors,
    problem,
)
from factarchive.publishing.prose import plain_text, render_prose
from factarchive.state import Input, Memo, State

SPEAKERS = "content/speakers.yml"
PAGES = "content/pages/"
EVIDENCE = "content/evidence/"
_SLUG = re.compile(r"^slug: *['\"]?([a-z0-9-]{1,80})['\"]? *$", re.MULTILINE)
_EXHIBIT = "exhibit"
_HELD = 512  # entries kept in memory at a time


@dataclass
class Library:
    """The entries of one build: cards by path, problems found, texts that are wanted for drafting."""

    state: State
    engine: str
    world: World
    cards: dict[str, EntryCard] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    _paths: dict[str, Path] = field(default_factory=dict)
    _entries: OrderedDict[str, Entry] = field(default_factory=OrderedDict)
    _fresh: dict[str, Memo] = field(default_factory=dict)

    def refresh(self, files: Mapping[str, Input]) -> None:
        """Read what is new or changed among these content files, and forget what is gone."""
        memos = self.state.memos()
        for path in self._paths.keys() - files.keys():
            self._forget(path)
        for path, found in files.items():
            if self.digests.get(path) == found.digest:
                continue
            self._forget(path)
            self._paths[path], self.digests[path] = found.path, found.digest
            memo = memos.get(path)
            if memo and memo.digest == self._reading(found):
                self._recall(memo)
            else:
                self._read(path, found)
        gone = memos.keys() - files.keys()
        self.state.keep_memos(self._fresh.values(), gone)
        self._fresh.clear()

    def entry(self, path: str) -> Entry:
        """An entry in full; read again where it is no longer at hand."""
        if path not in self._entries:
            self._hold(path, read_entry(text_of(self._paths[path], path), path))
        self._entries.move_to_end(path)
        return self._entries[path]

    def locate(self, path: str, loc: tuple[str | int, ...]) -> Place:
        """Where a field of a content file stands, for problems between files."""
        if path in self._paths:
            return self.entry(path).document.place(*loc)
        return _placed(self.world, path, loc)

    def path_of_seed(self, seed: str) -> str | None:
        """The content file that names this seed, read even from a file with faults; None where none does."""
        owners = (card.path for card in self.cards.values() if card.seed == seed)
        return next(owners, None) or next((p for p in self.broken if seed_named_in(self._broken_text(p)) == seed), None)

    def slug_of_broken(self, path: str) -> str:
        """Under which slug a file with faults would stand, as far as can be told."""
        found = _SLUG.search(self._broken_text(path))
        return found[1] if found else Path(path).stem

    def _broken_text(self, path: str) -> str:
        """As much of a faulty file as can be read, whatever its encoding: its seed and slug are ASCII."""
        try:
            return self._paths[path].read_bytes().decode("utf-8", "replace").replace("\0", "")
        except OSError:
            return ""

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, by path."""
        return tuple(p for path in sorted(self.problems) for p in self.problems[path])

    @property
    def broken(self) -> Mapping[str, tuple[Problem, ...]]:
        """The files that cannot be published, and why."""
        return {path: found for path, found in self.problems.items() if has_errors(found)}

    def _reading(self, found: Input) -> str:
        """What stands for reading this file: its bytes, the engine that renders it, the code that reads it."""
        return digest_of(found.digest, self.engine, self.world.program)

    def _recall(self, memo: Memo) -> None:
        self.cards[memo.path] = loaded_card(memo.card)
        if warnings := tuple(from_record(record) for record in json.loads(memo.warnings)):
            self.problems[memo.path] = warnings

    def _read(self, path: str, found: Input) -> None:
        try:
            entry = read_entry(text_of(found.path, path), path)
            text = self._visible(entry)
        except Refused as refused:
            self.problems[path] = tuple(sorted({*refused.problems, *self._other_faults(found, path)}))
            return
        checked = check_entry(entry, text)
        if checked:
            self.problems[path] = checked
        if has_errors(checked):
            return
        self._hold(path, entry)
        self.cards[path] = card_of(entry)
        warnings = json.dumps([as_record(p) for p in checked], ensure_ascii=False)
        self._fresh[path] = Memo(path, self._reading(found), self.cards[path].dumped(), warnings, text)

    def _other_faults(self, found: Input, path: str) -> Iterable[Problem]:
        """What else is wrong with a file whose shape has faults, so that an editor hears of all at once."""
        try:
            entry = salvaged(text_of(found.path, path), path)
            if entry is None:
                return ()
            checked = check_entry(entry, self._visible(entry))
        except Refused:
            return ()
        return (p for p in checked if p.severity == "error")

    def _visible(self, entry: Entry) -> str:
        if len(entry.body) > BODY_MAX:
            return ""  # refused for its length; rendering it first would only cost time
        try:
            return plain_text(render_prose(entry.body, self.engine))
        except RecursionError:
            raise Refused(problem(Place(entry.path, entry.body_line), "body-too-deep")) from None

    def _hold(self, path: str, entry: Entry) -> None:
        self._entries[path] = entry
        if len(self._entries) > _HELD:
            self._entries.popitem(last=False)

    def _forget(self, path: str) -> None:
        for table in (self.cards, self.digests, self.problems, self._paths, self._entries):
            table.pop(path, None)


def text_of(path: Path, shown: str) -> str:
    """A file's text as it is; raise Refused where it cannot be read as UTF-8."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Refused(problem(shown, "unreadable-file", why=error.strerror or error)) from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(problem(Place(shown, line), "not-utf8")) from None
    return text


def _placed(world: World, path: str, loc: tuple[str | int, ...]) -> Place:
    """The place of a field in a file that is no article: the speakers, or a page of the archive's own."""
    try:
        text = text_of(world.inputs[path].path, path)
        if path == SPEAKERS:
            return load(text, path).place(*loc)
        return load(split(text, path)[0], path, first_line=2).place(*loc)
    except (Refused, LookupError):
        return Place(path)


def articles(world: World) -> dict[str, Input]:
    """The content files that hold articles."""
    return {name: i for name, i in world.named("content", ".md").items() if not name.startswith((PAGES, EVIDENCE))}


def prose_of(world: World) -> tuple[tuple[Prose, ...], tuple[Problem, ...]]:
    """The archive's own pages, and what is wrong with those that cannot be read."""
    pages: list[Prose] = []
    faults: list[Problem] = []
    for name, found in sorted(world.named("content/pages", ".md").items()):
        try:
            pages.append(read_prose(text_of(found.path, name), name))
        except Refused as refused:
            faults += refused.problems
    return tuple(pages), tuple(faults)


def exhibits_of(world: World, state: State, engine: str) -> tuple[Exhibits, tuple[Problem, ...]]:
    """The documents of content/evidence/, and what is wrong with them; only changed ones are read."""
    known = state.derived(_EXHIBIT)
    files = world.named("content/evidence", ".md")
    fresh: dict[str, tuple[str, str]] = {}
    held: dict[str, Exhibit] = {}
    faults: list[Problem] = []
    for name, found in sorted(files.items()):
        key = digest_of(found.digest, engine, world.program)
        id_ = name.removeprefix(EVIDENCE).removesuffix(".md")
        if name in known and known[name][0] == key:
            held[id_] = loaded_exhibit(known[name][1])
        else:
            try:
                paper = read_paper(text_of(found.path, name), name)
                held[id_] = exhibit_of(paper, id_, _text_of_paper(paper, engine))
            except Refused as refused:
                faults += refused.problems
                continue
            fresh[name] = (key, held[id_].dumped())
        if not held[id_].sentences:
            faults.append(problem(name, "evidence-empty"))
    state.keep_derived(_EXHIBIT, fresh, known.keys() - files.keys())
    return Exhibits(held), tuple(faults)


def _text_of_paper(paper: Paper, engine: str) -> str:
    if len(paper.body) > BODY_MAX:
        raise Refused(problem(paper.path, "body-too-long", length=len(paper.body), most=BODY_MAX))
    try:
        return plain_text(render_prose(paper.body, engine))
    except RecursionError:
        raise Refused(problem(paper.path, "body-too-deep")) from None


def speakers_of(world: World) -> tuple[tuple[Speaker, ...], tuple[Problem, ...]]:
    """The speakers that content/speakers.yml lists, and what is wrong with it."""
    found = world.inputs.get(SPEAKERS)
    if found is None:
        return (), ()
    try:
        return read_speakers(text_of(found.path, SPEAKERS), SPEAKERS), ()
    except Refused as refused:
        return (), refused.problems

"""Seeds into content files, by the rule of ownership: absent or untouched files are written, an editor's never."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from factarchive.archive.entries import read_entry
from factarchive.archive.ownership import Fate, fate_of
from factarchive.archive.site import Registry
from factarchive.checking.content import check_entry
from factarchive.config import Folders, Settings
from factarchive.drafting.drafts import Draft, Known, draft_of, extraction_key, seed_named_in
from factarchive.drafting.seeds import Seed, read_seeds
from factarchive.inputs import look
from factarchive.library import Library, articles, speakers_of, text_of
from factarchive.problems import Problem, Refused, problem
from factarchive.publishing.phrases import Phrases
from factarchive.publishing.prose import plain_text, render_prose
from factarchive.publishing.publish import write_files
from factarchive.state import State, with_state


def draft_seeds(
    settings: Settings, library: Library, registry: Registry, state: State
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write the drafts of new and changed seeds; return the paths written, and what was wrong with seeds."""
    folders, phrases = settings.folders, Phrases(settings.locale, settings.numerals)
    known = Known(registry.spellings, registry.parties)
    seeds, problems = read_seeds(folders.seeds)
    written: list[str] = []
    for seed in seeds:
        path = _content_path(seed, library)
        if state.fact(f"seed:{seed.path}") == extraction_key(seed) and path and (folders.content / path).is_file():
            continue
        try:
            fate, shown, faults = _settle(folders, draft_of(seed, known, phrases.day), path, library.engine)
        except Refused as refused:  # this seed or the file it belongs to; the other seeds go on
            problems += refused.problems
            continue
        problems += faults
        if fate in (Fate.NEW, Fate.REFRESHED):
            written.append(shown)
        if fate is not Fate.EDITED:
            state.remember(f"seed:{seed.path}", extraction_key(seed))
    return tuple(written), problems


def write_drafts(settings: Settings) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Draft new and changed seeds and build nothing; return the paths written, and what was wrong with seeds."""

    def work(state: State) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        library, registry = _shelves(settings, state)
        return draft_seeds(settings, library, registry, state)

    return with_state(settings.folders.cache, work)


def drafts(settings: Settings) -> tuple[list[tuple[str, str | None, Draft]], tuple[Problem, ...]]:
    """What the machine would draft now for every seed (path, the text there, draft), and what is wrong with seeds."""
    library, registry = with_state(settings.folders.cache, lambda state: _shelves(settings, state))
    known = Known(registry.spellings, registry.parties)
    seeds, problems = read_seeds(settings.folders.seeds)
    phrases = Phrases(settings.locale, settings.numerals)
    shown = []
    for seed in seeds:
        draft = draft_of(seed, known, phrases.day)
        path = _content_path(seed, library) or f"{draft.slug}.md"
        shown.append((f"content/{path}", _present(settings.folders.content / path, f"content/{path}"), draft))
    return shown, problems


def _present(target: Path, shown: str) -> str | None:
    """What stands where a draft would go, byte for byte; None where nothing does, not even a link."""
    return text_of(target, shown) if os.path.lexists(target) else None


def _faults(draft: Draft, shown: str, engine: str) -> Iterator[Problem]:
    """Why a draft could not be published as it is: a fault of its seed, which must not stop the rest of the archive."""
    try:
        entry = read_entry(draft.text, shown)
        found = check_entry(entry, plain_text(render_prose(entry.body, engine)))
    except Refused as refused:
        found = refused.problems
    for fault in found:
        if fault.severity == "error":
            yield problem(draft.seed, "seed-draft-faulty", fault=fault.rule, why=fault.text)


def _shelves(settings: Settings, state: State) -> tuple[Library, Registry]:
    world = look(settings, state)
    library = Library(state, settings.prose, world)
    library.refresh(articles(world))
    return library, Registry(speakers_of(world)[0])


def _content_path(seed: Seed, library: Library) -> str | None:
    """The file below the content folder that a seed became; None where there is none yet."""
    named = library.path_of_seed(seed.path)
    return named.split("/", 1)[1] if named else None


def _settle(folders: Folders, draft: Draft, path: str | None, engine: str) -> tuple[Fate, str, tuple[Problem, ...]]:
    name = path or f"{draft.slug}.md"
    shown = f"content/{name}"
    present = _present(folders.content / name, shown)
    if present is not None and path is None and seed_named_in(present) != draft.seed:
        return Fate.EDITED, shown, (problem(draft.seed, "slug-taken", seed=draft.seed, path=shown),)
    fate = fate_of(draft.text, present)
    if fate in (Fate.NEW, Fate.REFRESHED):
        if faults := tuple(_faults(draft, shown, engine)):
            raise Refused(*faults)
        write_files(folders.content, [(name, draft.text.encode("utf-8"))])
    differs = (problem(shown, "draft-differs", seed=draft.seed),) if fate is Fate.EDITED else ()
    return fate, shown, differs

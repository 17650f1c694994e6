"""Seeds into content files, by the rule of ownership: absent or untouched files are written, an editor's never."""

from __future__ import annotations

from collections.abc import Iterator

from factarchive.archive.site import Registry
from factarchive.config import Folders, Settings
from factarchive.drafting.drafts import Draft, Fate, draft_of, extraction_key, fate_of, seed_named_in
from factarchive.drafting.seeds import Seed, read_seeds
from factarchive.inputs import look
from factarchive.library import Library, articles, speakers_of, text_of
from factarchive.problems import Problem, problem
from factarchive.publishing.publish import write_files
from factarchive.state import State


def draft_seeds(
    folders: Folders, library: Library, registry: Registry, state: State
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write the drafts of new and changed seeds; return the paths written, and what was wrong with seeds."""
    seeds, problems = read_seeds(folders.seeds)
    written: list[str] = []
    for seed in seeds:
        path = _content_path(seed, library)
        if state.fact(f"seed:{seed.path}") == extraction_key(seed) and path and (folders.content / path).is_file():
            continue
        draft = draft_of(seed, registry.spellings)
        fate, shown, faults = _settle(folders, draft, path)
        problems += faults
        if fate in (Fate.NEW, Fate.REFRESHED):
            written.append(shown)
        if fate is not Fate.EDITED:
            state.remember(f"seed:{seed.path}", extraction_key(seed))
    return tuple(written), problems


def write_drafts(settings: Settings) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Draft new and changed seeds and build nothing; return the paths written, and what was wrong with seeds."""
    with State(settings.folders.cache) as state:
        library, registry = _shelves(settings, state)
        return draft_seeds(settings.folders, library, registry, state)


def drafts(settings: Settings) -> Iterator[tuple[str, str | None, Draft]]:
    """What the machine would draft now for every seed: the path, the text that stands there, the draft."""
    with State(settings.folders.cache) as state:
        library, registry = _shelves(settings, state)
    for seed in read_seeds(settings.folders.seeds)[0]:
        draft = draft_of(seed, registry.spellings)
        path = _content_path(seed, library) or f"{draft.slug}.md"
        target = settings.folders.content / path
        yield f"content/{path}", text_of(target, path) if target.exists() else None, draft


def _shelves(settings: Settings, state: State) -> tuple[Library, Registry]:
    world = look(settings, state)
    library = Library(state, settings.prose)
    library.refresh(articles(world))
    return library, Registry(speakers_of(world)[0])


def _content_path(seed: Seed, library: Library) -> str | None:
    """The file below the content folder that a seed became; None where there is none yet."""
    named = library.path_of_seed(seed.path)
    return named.split("/", 1)[1] if named else None


def _settle(folders: Folders, draft: Draft, path: str | None) -> tuple[Fate, str, tuple[Problem, ...]]:
    name = path or f"{draft.slug}.md"
    target, shown = folders.content / name, f"content/{name}"
    present = text_of(target, shown) if target.exists() else None
    if present is not None and path is None and seed_named_in(present) not in (None, draft.seed):
        return Fate.EDITED, shown, (problem(draft.seed, "slug-taken", seed=draft.seed, path=shown),)
    fate = fate_of(draft, present)
    if fate in (Fate.NEW, Fate.REFRESHED):
        write_files(folders.content, [(name, draft.text.encode("utf-8"))])
    differs = (problem(shown, "draft-differs", seed=draft.seed),) if fate is Fate.EDITED else ()
    return fate, shown, differs

"""Already checked? The store of claims as it is now, and what a text matches in it; needs no site."""

from __future__ import annotations

from collections.abc import Iterable

from factarchive.archive.cards import EntryCard
from factarchive.archive.checked import Match, find_matches
from factarchive.archive.claim_memory import ClaimMemory
from factarchive.archive.claim_store import ClaimStore, refreshed_claims, remembered_claims
from factarchive.archive.entries import digest_of
from factarchive.config import Settings
from factarchive.inputs import World, look
from factarchive.problems import Problem
from factarchive.state import State, with_state

_FACT = "claims"


def match(settings: Settings, text: str, limit: int = 10) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    """The ruled claims of the content that a text matches, and what is wrong with files that were left out."""
    return with_state(settings.folders.cache, lambda state: _match(settings, state, text, limit))


def claims_of(entries: Iterable[EntryCard], world: World, state: State) -> ClaimStore:
    """The store of the claims of these entries, which are those of this world."""
    store = refreshed_claims(ClaimMemory(state.database), entries, world.program)
    state.remember(_FACT, _content(world))
    return store


def _match(settings: Settings, state: State, text: str, limit: int) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    world = look(settings, state)
    memory = ClaimMemory(state.database)
    if state.fact(_FACT) == _content(world) and (store := remembered_claims(memory, world.program)):
        return find_matches(store, text, limit), ()
    store, problems = _read(settings, world, state)
    return find_matches(store, text, limit), problems


def _read(settings: Settings, world: World, state: State) -> tuple[ClaimStore, tuple[Problem, ...]]:
    # Reading content takes libraries that a match of what is remembered can do without.
    from factarchive.archive.site import Registry, gather
    from factarchive.library import Library, articles

    library = Library(state, settings.prose, world)
    library.refresh(articles(world))
    entries = gather(library.cards.values(), (), Registry()).entries
    errors = tuple(problem for problem in library.all_problems if problem.severity == "error")
    store = claims_of(entries, world, state)
    if errors:
        state.remember(_FACT, "")  # so that they are told of next time too
    return store, errors


def _content(world: World) -> str:
    """What stands for the files that claims are read from, and for the code that reads them."""
    files = (f"{name}\0{found.digest}" for name, found in sorted(world.named("content", ".md").items()))
    return digest_of(world.program, world.settings.prose, *files)

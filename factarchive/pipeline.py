"""The whole way on one screen: look, draft, read, gather, check, plan, render, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from factarchive.archive.entries import digest_of
from factarchive.archive.site import Registry, Site, check_site, gather
from factarchive.config import Settings
from factarchive.drafted import draft_seeds
from factarchive.inputs import World, look, theme_folder
from factarchive.library import Library, articles, prose_of, speakers_of, text_of
from factarchive.problems import Problem, Refused, has_errors, problem
from factarchive.publishing import publish
from factarchive.publishing.assets import Assets, fingerprinted
from factarchive.publishing.desk import Desk
from factarchive.publishing.error_pages import error_page, error_pages
from factarchive.publishing.navigation import navigation
from factarchive.publishing.pages import Page, Shelf, plan_site
from factarchive.publishing.render import Renderer, Theme, site_info
from factarchive.state import DAMAGE, Busy, Output, Report, State


def build(settings: Settings, *, tolerant: bool = False) -> Report:
    """Draft new seeds, then publish what changed; `tolerant` (preview) puts errors in the place of their pages.

    Publishes nothing where content, settings or templates have errors: the last good site stays.
    """
    if fault := _folder_fault(settings):
        return Report(problems=(fault,), published=False)
    try:
        with State(settings.folders.cache) as state:
            try:
                return _build(settings, state, tolerant)
            except DAMAGE:
                # If the memory was not to blame, the same fault comes again.
                state.reset()
                return _build(settings, state, tolerant)
    except Busy:
        return Report(problems=(problem(str(settings.folders.cache), "build-running"),), published=False)


def _build(settings: Settings, state: State, tolerant: bool) -> Report:
    world, library, found, site = _read(settings, state)
    drafted, seed_problems = draft_seeds(settings.folders, library, site.registry, state)
    if drafted:
        world, library, found, site = _read(settings, state)
    report = Report(drafted=drafted, problems=(*seed_problems, *found))
    if has_errors(found) and not tolerant:
        state.remember("world", "")
        return replace(report, published=False)
    return _publish(_Press(settings, world, library, site, state, tolerant), report)


def check(settings: Settings) -> tuple[Problem, ...]:
    """Every problem of the content, alone and between files; nothing is drafted or published."""
    with State(settings.folders.cache) as state:
        return _read(settings, state)[2]


def _read(settings: Settings, state: State) -> tuple[World, Library, tuple[Problem, ...], Site]:
    world = look(settings, state)
    library = Library(state, settings.prose)
    library.refresh(articles(world))
    speakers, speaker_faults = speakers_of(world)
    prose, prose_faults = prose_of(world)
    site = gather(library.cards.values(), prose, Registry(speakers))
    found = (*_unreadable(world), *speaker_faults, *prose_faults, *library.all_problems)
    return world, library, (*found, *check_site(site, library.locate)), site


@dataclass(frozen=True)
class _Press:
    """What publishing needs, in one hand."""

    settings: Settings
    world: World
    library: Library
    site: Site
    state: State
    tolerant: bool


def _publish(press: _Press, report: Report) -> Report:
    folder = press.settings.folders.output
    desk = Desk(press.settings, press.site.registry)
    assets, theme = _theme(press.world)
    nav = navigation(press.site)
    renderer = Renderer(theme, assets, site_info(desk, nav), desk)
    renderer.closures |= press.state.known_closures(theme.digest)
    base = digest_of(
        press.world.program, assets.digest, press.site.registry.digest, repr(press.settings.words()), repr(nav)
    )
    manifest = publish.read_manifest(folder)
    known = press.state.outputs() if manifest.digest == press.state.fact("manifest") else {}
    try:
        pages = {page.url: page for page in _pages(press, desk, assets)}
        outputs = {url: Output(url, _key(page, base, renderer), page.path) for url, page in pages.items()}
        dirty = [url for url in outputs if known.get(url) != outputs[url]]
        files = [(pages[url].path, _bytes(pages[url], renderer, press.tolerant)) for url in dirty]
    except Refused as refused:
        press.state.remember("world", "")
        return replace(report, problems=(*report.problems, *refused.problems), published=False)
    press.state.keep_closures(theme.digest, renderer.closures)
    return _written(press, replace(report, built=tuple(dirty)), outputs, files)


def _written(press: _Press, report: Report, outputs: dict[str, Output], files: list[tuple[str, bytes]]) -> Report:
    folder, state = press.settings.folders.output, press.state
    ours = publish.read_manifest(folder).paths
    paths = {output.path for output in outputs.values()}
    strangers = publish.strangers(folder, paths) if not ours else ()
    if in_the_way := publish.foreign(folder, files, ours):
        return replace(report, built=(), problems=(*report.problems, *in_the_way), published=False)
    if not paths <= ours:
        publish.record(folder, paths | ours)
    written = publish.write_files(folder, files)
    publish.remove_files(folder, sorted(ours - paths))
    manifest = publish.record(folder, paths)
    gone = state.outputs().keys() - outputs.keys()
    state.keep_outputs((outputs[url] for url in report.built), gone)
    state.remember("manifest", manifest.digest)
    if strangers:
        lost = problem(folder.name, "files-not-known", n=len(strangers), first=strangers[0])
        report = replace(report, problems=(*report.problems, lost))
    report = replace(report, kept=len(outputs) - len(report.built), removed=tuple(sorted(gone)), written=written)
    state.keep_report(report, "" if press.tolerant else press.world.digest)
    return report


def _pages(press: _Press, desk: Desk, assets: Assets) -> Iterator[Page]:
    library, seen = press.library, set[str]()
    shelf = Shelf(library.digests, library.entry, press.state.text)
    broken = error_pages(_by_slug(library)) if press.tolerant else ()
    for page in (*plan_site(press.site, shelf, desk, assets), *broken):
        if page.path in seen:
            raise Refused(problem("content", "duplicate-url", url=page.url))
        seen.add(page.path)
        yield page


def _by_slug(library: Library) -> dict[str, tuple[Problem, ...]]:
    return {library.slug_of_broken(path): problems for path, problems in library.broken.items()}


def _key(page: Page, base: str, renderer: Renderer) -> str:
    return digest_of(base, page.inputs, renderer.closure(page.template) if page.template else "")


def _bytes(page: Page, renderer: Renderer, tolerant: bool) -> bytes:
    try:
        made = page.make()
        return made if isinstance(made, bytes) else renderer.render(page.template or "", made)
    except Refused as refused:
        if not tolerant:
            raise
        return error_page(refused.problems, page.url, renderer)


def _theme(world: World) -> tuple[Assets, Theme]:
    shipped, own = world.named("theme"), world.named("templates")
    static = {name.split("/static/", 1)[1]: i for name, i in {**shipped, **own}.items() if "/static/" in name}
    files = {name: found.path.read_bytes() for name, found in static.items()}
    texts = [
        {n.split("/", 1)[1]: text_of(i.path, n) for n, i in group.items() if "/static/" not in n}
        for group in (shipped, own)
    ]
    return fingerprinted(files), Theme(*texts)


def _folder_fault(settings: Settings) -> Problem | None:
    folders = settings.folders
    output = folders.output.resolve()
    for other in (folders.root, folders.seeds, folders.content, folders.templates, theme_folder()):
        place = other.resolve()
        if output == place or output in place.parents or (other != folders.root and place in output.parents):
            return problem(str(folders.output), "output-is-input", output=folders.output)
    return None


def _unreadable(world: World) -> Iterable[Problem]:
    for name in world.unreadable:
        if name.startswith("seeds/"):
            continue  # the reader of seeds reports its own
        try:
            world.files[name].read_bytes()
        except OSError as error:
            yield problem(name, "unreadable-file", why=error.strerror or error)

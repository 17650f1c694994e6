"""The whole way on one screen: look, draft, read, gather, check, plan, render, publish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from factarchive.arabic import lemmas
from factarchive.archive.entries import digest_of
from factarchive.archive.evidence import Exhibits
from factarchive.archive.faults import nearest
from factarchive.archive.hints import Hints
from factarchive.archive.site import Registry, Site, check_site, gather
from factarchive.archive.verdicts import Verdict
from factarchive.config import FILE, Settings
from factarchive.drafted import draft_seeds
from factarchive.hinted import hints_of
from factarchive.inputs import World, look, theme_folder
from factarchive.library import Library, articles, exhibits_of, prose_of, speakers_of, text_of
from factarchive.matched import claims_of
from factarchive.problems import Problem, Refused, has_errors, problem
from factarchive.publishing import publish, search
from factarchive.publishing.assets import Assets, fingerprinted
from factarchive.publishing.colours import CONTRAST, faint, tinted
from factarchive.publishing.dataset_store import DataStore
from factarchive.publishing.desk import Desk
from factarchive.publishing.error_pages import error_page, error_pages
from factarchive.publishing.match_views import Besides
from factarchive.publishing.navigation import own_pages
from factarchive.publishing.pages import Page, Shelf, plan_site
from factarchive.publishing.render import Renderer, Theme, site_info
from factarchive.publishing.search_memory import EVERYTHING, SearchMemory
from factarchive.publishing.search_store import SearchIndex, refreshed, remembered
from factarchive.publishing.share_cards import can_draw
from factarchive.publishing.spool import Spool
from factarchive.standing import NO_CARDS
from factarchive.state import Output, Report, State, with_state
from factarchive.stopwatch import Stopwatch

PAGES_LIMIT = 1_000_000_000
"""Bytes that a site on GitHub Pages may have (docs.github.com, "GitHub Pages limits")."""
_NEAR = 0.9
_ASKED_AGAIN = ("verifier-failed", "verifier-not-loaded")


def build(settings: Settings, *, tolerant: bool = False, watch: Stopwatch | None = None) -> Report:
    """Draft new seeds, then publish what changed; `tolerant` (preview) puts errors in the place of their pages.

    Publishes nothing where content, settings or templates have errors: the last good site stays.
    """
    if faults := (*_folder_faults(settings), *_label_faults(settings)):
        return Report(problems=faults, published=False)
    try:
        return with_state(settings.folders.cache, lambda state: _build(settings, state, tolerant, watch or Stopwatch()))
    except Refused as refused:
        return Report(problems=refused.problems, published=False)


def _build(settings: Settings, state: State, tolerant: bool, watch: Stopwatch) -> Report:
    if lost := tuple(_lost_content(settings)):
        return Report(problems=lost, published=False)
    with watch.stage("reading"):
        read = _read(settings, state)
    with watch.stage("drafting"):
        drafted, seed_problems = draft_seeds(settings, read.library, read.site.registry, state)
    if drafted:
        with watch.stage("reading"):
            read = _read(settings, state)
    found = read.problems
    report = Report(drafted=drafted, problems=(*seed_problems, *found))
    if has_errors(found) and not tolerant:
        state.remember("world", "")
        return replace(report, published=False)
    with watch.stage("evidence"):
        hints, doubts = hints_of(settings, read.library, read.site, read.exhibits)
    report = replace(report, problems=(*report.problems, *doubts))
    return _publish(_Press(settings, read, state, tolerant, hints, watch), report)


def check(settings: Settings) -> tuple[Problem, ...]:
    """Every problem of the content, alone and between files; nothing is drafted or published."""
    return with_state(settings.folders.cache, lambda state: _read(settings, state).problems)


@dataclass(frozen=True)
class _Read:
    """All that was read, and what is wrong with it."""

    world: World
    library: Library
    site: Site
    exhibits: Exhibits
    problems: tuple[Problem, ...]


def _read(settings: Settings, state: State) -> _Read:
    lemmas.keep_in(settings.folders.cache)
    world = look(settings, state)
    library = Library(state, settings.prose, world)
    library.refresh(articles(world))
    speakers, speaker_faults = speakers_of(world)
    prose, prose_faults = prose_of(world)
    exhibits, exhibit_faults = exhibits_of(world, state, settings.prose)
    site = gather(library.cards.values(), prose, Registry(speakers))
    found = (*_unreadable(world), *speaker_faults, *prose_faults, *exhibit_faults, *library.all_problems)
    return _Read(world, library, site, exhibits, (*found, *check_site(site, library.locate)))


@dataclass(frozen=True)
class _Press:
    """What publishing needs, in one hand."""

    settings: Settings
    read: _Read
    state: State
    tolerant: bool
    hints: Mapping[str, Hints]
    watch: Stopwatch

    @property
    def world(self) -> World:
        """What the build depends on."""
        return self.read.world

    @property
    def library(self) -> Library:
        """The entries."""
        return self.read.library

    @property
    def site(self) -> Site:
        """The archive."""
        return self.read.site


@dataclass(frozen=True)
class _Made:
    """What is to be written: every page as remembered, the bytes of those that changed, the search's files."""

    outputs: dict[str, Output]
    pages: Spool
    index: SearchIndex
    known: frozenset[str]  # the files that we remember to have written, the search's among them

    @property
    def paths(self) -> set[str]:
        """Every file of the site."""
        return {o.path for o in self.outputs.values()} | {search.FOLDER + path for path in self.index.paths}

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All that is to be written; the search's files are made one by one, since together they may be too much."""
        yield from self.pages
        yield from ((search.FOLDER + path, self.index.bytes_of(path)) for path in self.index.stale)

    def in_the_way(self, folder: Path, ours: frozenset[str]) -> tuple[Problem, ...]:
        """What stands where these would be written and is not ours."""
        searched = [(search.FOLDER + path, path) for path in self.index.stale]
        is_there = {path for path, _ in searched if publish.is_foreign(folder, path, ours)}
        made = ((path, self.index.bytes_of(own) if path in is_there else b"") for path, own in searched)
        return publish.foreign(folder, chain(self.pages, made), ours)


def _publish(press: _Press, report: Report) -> Report:
    with Spool(press.settings.folders.cache) as made:
        return _published(press, report, made)


def _published(press: _Press, report: Report, made: Spool) -> Report:
    folder = press.settings.folders.output
    has_pencil = press.settings.cards != "none" and bool(can_draw())
    if press.settings.cards != "none" and not has_pencil:
        report = replace(report, problems=(*report.problems, problem(FILE, NO_CARDS)))
    desk = Desk(press.settings, press.site.registry, has_pencil)
    try:
        assets, theme = _theme(press.world)
    except Refused as refused:
        press.state.remember("world", "")
        return replace(report, problems=(*report.problems, *refused.problems), published=False)
    about = site_info(desk, own_pages(press.site))
    renderer = Renderer(theme, assets, about, desk)
    renderer.closures |= press.state.known_closures(theme.digest)
    renderer.remember(press.state, press.world.program)
    base = digest_of(
        press.world.program,
        assets.digest,
        press.site.registry.digest,
        repr(press.settings.words()),
        repr((about, has_pencil)),
    )
    manifest = publish.read_manifest(folder)
    is_known = manifest.digest == press.state.fact("manifest")
    written = press.state.outputs()
    known = written if is_known else {}
    with press.watch.stage("search index"):
        index, searched = _search_index(press, desk, is_known)
    try:
        with press.watch.stage("planning"):
            pages = {page.url: page for page in _pages(press, desk, assets)}
            keys = {url: _key(page, base, renderer, press.tolerant) for url, page in pages.items()}
        outputs = {url: Output(url, keys[url], page.path) for url, page in pages.items()}
        dirty = [url for url in outputs if known.get(url) != outputs[url]]
        failed: list[Problem] = []
        with press.watch.stage("rendering"):
            for url in dirty:
                made.add(pages[url].path, _bytes(pages[url], renderer, press.tolerant, failed))
    except Refused as refused:
        press.state.remember("world", "")
        return replace(report, problems=(*report.problems, *refused.problems), published=False)
    press.state.keep_closures(theme.digest, renderer.closures)
    told = tuple(dict.fromkeys((*report.problems, *failed)))
    ours = frozenset(o.path for o in written.values()) | searched
    with press.watch.stage("writing"):
        return _written(press, replace(report, built=tuple(dirty), problems=told), _Made(outputs, made, index, ours))


def _search_index(press: _Press, desk: Desk, is_known: bool) -> tuple[SearchIndex, frozenset[str]]:
    """The search's files and, where the site is not the one remembered and all are distrusted, what they were."""
    memory = SearchMemory(press.state.database)
    before = frozenset[str]() if is_known else frozenset(search.FOLDER + path for path in remembered(memory))
    if not is_known:
        memory.mark_stale([EVERYTHING])
    entries = search.sources(press.site, desk, press.library.digests, press.state.text)
    return refreshed(memory, entries, digest_of(press.world.program, press.settings.prose)), before


def _written(press: _Press, report: Report, made: _Made) -> Report:
    folder, state, outputs = press.settings.folders.output, press.state, made.outputs
    ours = publish.read_manifest(folder).paths
    paths = made.paths
    strangers = publish.strangers(folder, paths) if not ours else ()
    # Where the manifest is lost our memory still tells which files may be written over; it never removes any.
    if in_the_way := made.in_the_way(folder, ours or made.known):
        return replace(report, built=(), problems=(*report.problems, *in_the_way), published=False)
    gone = state.outputs().keys() - outputs.keys()
    state.distrust((*report.built, *gone))
    if not paths <= ours:
        publish.record(folder, paths | ours)
    sizes: list[tuple[str, int]] = []
    written = publish.write_files(folder, _measured(made.files(), sizes))
    publish.remove_files(folder, sorted(ours - paths))
    state.keep_sizes(sizes, ours - paths)
    manifest = publish.record(folder, paths)
    state.keep_outputs((outputs[url] for url in report.built), gone)
    made.index.memory.settle()
    state.remember("manifest", manifest.digest)
    if strangers:
        lost = problem(folder.name, "files-not-known", n=len(strangers), first=strangers[0])
        report = replace(report, problems=(*report.problems, lost))
    report = replace(report, kept=len(outputs) - len(report.built), removed=tuple(sorted(gone)), written=written)
    report = replace(report, rooms=state.rooms())
    if told := _fullness(report.rooms):
        report = replace(report, problems=(*report.problems, told))
    # A verifier that failed is asked again, though nothing has changed.
    is_final = not press.tolerant and not any(p.rule in _ASKED_AGAIN for p in report.problems)
    state.keep_report(report, press.world.digest if is_final else "")
    return report


def _measured(files: Iterable[tuple[str, bytes]], sizes: list[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    """The files as they come, their sizes put aside."""
    for path, raw in files:
        sizes.append((path, len(raw)))
        yield path, raw


def _fullness(rooms: Iterable[tuple[str, int, int]]) -> Problem | None:
    """A warning where the site comes near to what GitHub Pages takes, with what fills it; None where there is room."""
    listed = list(rooms)
    total = sum(size for *_, size in listed)
    if total < PAGES_LIMIT * _NEAR:
        return None
    largest = ", ".join(f"{name} {size * 100 // total}%" for name, _, size in listed[:4])
    return problem("site", "site-near-limit", size=total // 1_000_000, limit=PAGES_LIMIT // 1_000_000, largest=largest)


def _pages(press: _Press, desk: Desk, assets: Assets) -> Iterator[Page]:
    library, seen = press.library, set[str]()
    data = DataStore(press.state.database, desk, press.world.program)
    data.refresh(press.site.entries, library.digests.__getitem__, library.entry)
    claims = claims_of(press.site.entries, press.world, press.state)
    shelf = Shelf(library.digests, library.entry, data, Besides(claims.shown, claims.beside), press.hints)
    broken = error_pages(_by_slug(library)) if press.tolerant else ()
    for page in (*plan_site(press.site, shelf, desk, assets), *broken):
        place = page.path.casefold()  # one file where a disk does not tell A from a
        if place in seen and press.tolerant:
            continue
        if place in seen:
            raise Refused(problem("content", "duplicate-url", url=page.url))
        seen.add(place)
        yield page


def _by_slug(library: Library) -> dict[str, tuple[Problem, ...]]:
    return {library.slug_of_broken(path): problems for path, problems in library.broken.items()}


def _key(page: Page, base: str, renderer: Renderer, tolerant: bool) -> str:
    try:
        closure = renderer.closure(page.template) if page.template else ""
    except Refused as refused:
        if not tolerant:
            raise
        closure = repr(refused.problems)
    return digest_of(base, page.inputs, closure)


def _bytes(page: Page, renderer: Renderer, tolerant: bool, failed: list[Problem]) -> bytes:
    try:
        made = page.make()
        return made if isinstance(made, bytes) else renderer.render(page.template or "", made)
    except Refused as refused:
        if not tolerant:
            raise
        failed += refused.problems
        return error_page(refused.problems, page.url, renderer)


def _theme(world: World) -> tuple[Assets, Theme]:
    shipped, own = world.named("theme"), world.named("templates")
    static = {name.split("/static/", 1)[1]: i for name, i in {**shipped, **own}.items() if "/static/" in name}
    files = {name: found.path.read_bytes() for name, found in static.items()}
    if colors := world.settings.colors:
        style = files["style.css"].decode("utf-8", "replace")
        if told := tuple(_faint(style, colors)):
            raise Refused(*told)
        files["style.css"] = tinted(style, colors).encode()
    texts = [
        {n.split("/", 1)[1]: text_of(i.path, n) for n, i in group.items() if "/static/" not in n}
        for group in (shipped, own)
    ]
    return fingerprinted(files), Theme(*texts)


def _faint(style: str, colors: Mapping[str, str]) -> Iterator[Problem]:
    for found in faint(style, colors):
        told = {"key": found.setting, "colour": found.colour, "ground": found.ground}
        yield problem(FILE, "faint-colour", **told, ratio=f"{found.ratio:.1f}", wanted=CONTRAST)


def _folder_faults(settings: Settings) -> Iterator[Problem]:
    folders = settings.folders
    output = folders.output.resolve()
    inputs = (folders.seeds, folders.content, folders.templates, theme_folder(), folders.root / ".git")
    covered = (*inputs, folders.root, folders.cache)
    inside = any(place.resolve() in output.parents for place in inputs)
    if inside or any(output in (place.resolve(), *place.resolve().parents) for place in covered):
        yield problem(str(folders.output), "output-is-input", output=folders.output)


def _label_faults(settings: Settings) -> Iterator[Problem]:
    for key in settings.labels:
        if key not in list(Verdict):
            near = nearest(key, tuple(Verdict))
            yield problem(FILE, "unknown-setting", key=f"labels.{key}", nearest=near, known=" ".join(Verdict))


def _lost_content(settings: Settings) -> Iterator[Problem]:
    """A content folder that is not there, though the site holds articles: a slip of the hand, not an empty archive."""
    folders = settings.folders
    ours = publish.read_manifest(folders.output).paths
    if not folders.content.exists() and any(path.startswith("articles/") for path in ours):
        yield problem(str(folders.content), "content-missing")


def _unreadable(world: World) -> Iterable[Problem]:
    # The reader of seeds reports its own, and they hold nothing else back.
    yield from (fault for fault in world.faults if not fault.place.path.startswith("seeds"))
    for name in world.unreadable:
        if name.startswith("seeds/"):
            continue
        try:
            world.files[name].read_bytes()
        except OSError as error:
            yield problem(name, "unreadable-file", why=error.strerror or error)

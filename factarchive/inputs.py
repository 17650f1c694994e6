"""Everything that a build depends on: which files it reads, by what name, and one digest for the whole world of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from factarchive.config import FILE, Settings
from factarchive.problems import Problem
from factarchive.state import Input, State, digest_bytes, walk

PACKAGE = Path(__file__).parent
_DEPENDENCIES = (
    "babel",
    "charset_normalizer",
    "jinja2",
    "markdown",
    "markupsafe",
    "mistune",
    "pillow",
    "pydantic",
    "pyyaml",
    "simplemma",
)
_MEDIA = ".png .jpg .jpeg .gif .webp .avif .svg .ico .woff .woff2"
_THEME = (".html", ".xml", ".txt", ".css", ".js", ".json", ".webmanifest", *_MEDIA.split())


@dataclass(frozen=True)
class World:
    """The inputs of one build, by shown name, and the settings it runs under."""

    settings: Settings
    files: Mapping[str, Path]
    inputs: Mapping[str, Input]
    faults: tuple[Problem, ...]  # names and folders that cannot be read

    @cached_property
    def digest(self) -> str:
        """What stands for everything that the build depends on."""
        words = [f"{name}\0{found.digest}" for name, found in sorted(self.inputs.items())]
        words += [f"{name}\0{value}" for name, value in self.settings.words()]
        words += [*sorted(self.files), *(repr(fault) for fault in self.faults), self.settings.verifier]
        return digest_bytes("\n".join([*words, str(self.settings.folders), self.versions]).encode())

    @cached_property
    def program(self) -> str:
        """What stands for the code and its libraries: pages made by other code are made again."""
        own = [f"{name}\0{found.digest}" for name, found in sorted(self.inputs.items()) if name.startswith("program/")]
        return digest_bytes("\n".join([*own, self.versions]).encode())

    @cached_property
    def versions(self) -> str:
        """The versions of Python and of the libraries, as the folders on the path name them."""
        return ",".join([sys.version, *_installed()])

    def named(self, folder: str, suffix: str = "") -> dict[str, Input]:
        """The inputs under a shown folder with this ending."""
        return {n: i for n, i in self.inputs.items() if n.startswith(folder + "/") and n.endswith(suffix)}

    @property
    def unreadable(self) -> tuple[str, ...]:
        """Files that are listed and could not be opened."""
        return tuple(sorted(self.files.keys() - self.inputs.keys()))


def look(settings: Settings, state: State) -> World:
    """Find every input; only files whose stamp changed are opened."""
    files, faults = _files(settings)
    return World(settings, files, state.read(files), faults)


def theme_folder() -> Path:
    """Where the shipped theme lies: inside the wheel, or beside the package in a checkout."""
    packed = PACKAGE / "theme"
    return packed if packed.is_dir() else PACKAGE.parent / "templates"


def _files(settings: Settings) -> tuple[dict[str, Path], tuple[Problem, ...]]:
    folders = settings.folders
    own = folders.templates.resolve() != theme_folder().resolve()
    faults: list[Problem] = []
    found = [
        # Every name among the seeds counts: a stray or unreadable one is told of.
        *walk(folders.seeds, ("",), "seeds", faults),
        *walk(folders.content, (".md", ".yml"), "content", faults),
        *(walk(folders.templates, _THEME, "templates", faults) if own else ()),
        *walk(theme_folder(), _THEME, "theme", faults),
        *walk(PACKAGE, (".py", ".toml", ".txt", ".ttf", ".png"), "program", faults),
    ]
    own_code = f"{settings.verifier.partition(':')[0].replace('.', '/')}.py"  # a verifier that the project holds
    alone = {name: folders.root / name for name in (FILE, own_code) if (folders.root / name).is_file()}
    return dict(found) | alone, tuple(faults)


def _installed() -> list[str]:
    # Folder names instead of importlib.metadata: a build with nothing to do must not parse eight metadata files.
    wanted = tuple(f"{name}-" for name in _DEPENDENCIES)
    names: set[str] = set()
    for place in dict.fromkeys(sys.path):
        folder = Path(place)
        if folder.is_dir():
            names |= {f.name for f in folder.iterdir() if f.name.lower().startswith(wanted)}
    return sorted(n for n in names if n.endswith(".dist-info"))

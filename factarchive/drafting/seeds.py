"""Articles as received: a folder of text files, each with the facts that a newsroom gives beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from factarchive.drafting.decoding import read_text
from factarchive.drafting.sidecars import read_sidecar
from factarchive.problems import Place, Problem, Refused, has_errors, problem


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was published; every offset anywhere counts characters of `text`."""

    text: str
    title: str
    published: date | None = None
    outlet: str | None = None
    outlet_url: str | None = None
    url: str | None = None
    author: str | None = None
    topics: tuple[str, ...] = ()
    slug: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines after the title that are not blank, exactly as they are."""
        return tuple(line for line in self.text.split("\n")[1:] if line.strip())


@dataclass(frozen=True)
class Seed:
    """An article and the file it came in: path as the user knows it, encoding, digest of all that it says."""

    path: str
    article: Article
    encoding: str
    digest: str


def read_seeds(folder: Path, shown: str = "seeds") -> tuple[tuple[Seed, ...], tuple[Problem, ...]]:
    """Read a folder's seeds in the order of names; what is refused is reported, and the others go on."""
    try:
        names = frozenset(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return (), ()
    except OSError:
        return (), (problem(shown, "seeds-not-a-folder", folder=shown),)
    read = [_read_seed(folder, name, shown, names) for name in sorted(names) if _is_seed(name)]
    single, twice = _without_copies([seed for seed, _ in read if seed])
    distinct, taken = _without_clashes(single)
    problems = [p for _, found in read for p in found]
    return tuple(distinct), tuple(sorted((*_strays(names, shown), *problems, *twice, *taken)))


def read_article(path: Path, published: date | None) -> tuple[Article, tuple[Problem, ...]]:
    """One article from any text file, and what its reader should know; raise Refused where it cannot be read."""
    text, _, notes = read_text(path, str(path))
    return Article(text=text, title=text.split("\n", 1)[0], published=published), tuple(notes)


# ---------------------------------------------------------------- the folder


def _is_seed(name: str) -> bool:
    return name.lower().endswith(".txt") and not _is_hidden(name) and _is_readable(name)


def _is_hidden(name: str) -> bool:
    """Whether a name is that of a hidden file, or of one that an editor keeps while another file is open."""
    return name.startswith((".", "~", "#")) or name.endswith("~")


def _is_readable(name: str) -> bool:
    # Bytes of a name that are no UTF-8 reach Python as lone surrogates.
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _strays(names: frozenset[str], shown: str) -> Iterator[Problem]:
    with_text = {name[:-4] for name in names if _is_seed(name)}
    for name in names:
        stem, _, ending = name.rpartition(".")
        if not _is_readable(name):
            yield problem(f"{shown}/{name.encode('utf-8', 'replace').decode()}", "seed-bad-name")
        elif ending == "yaml" and not _is_hidden(name):
            yield problem(f"{shown}/{name}", "seed-sidecar-name", wanted=f"{stem}.yml")
        elif ending == "yml" and not _is_hidden(name) and stem not in with_text:
            yield problem(f"{shown}/{name}", "seed-orphan-sidecar", text_file=f"{stem}.txt")


def _without_copies(seeds: Iterable[Seed]) -> tuple[list[Seed], list[Problem]]:
    first: dict[str, Seed] = {}
    problems = []
    for seed in seeds:
        words = unicodedata.normalize("NFC", " ".join(seed.article.text.split()))
        earlier = first.setdefault(words, seed)
        if earlier is not seed:
            problems.append(problem(Place(seed.path, 1), "seed-twice", other=earlier.path))
    return list(first.values()), problems


def _without_clashes(seeds: list[Seed]) -> tuple[list[Seed], list[Problem]]:
    """The seeds whose slug is theirs alone; of two with one slug neither may be drafted over the other."""
    owners: dict[str, list[Seed]] = {}
    for seed in seeds:
        if seed.article.slug:
            owners.setdefault(seed.article.slug, []).append(seed)
    clashes = {slug: owned for slug, owned in owners.items() if len(owned) > 1}
    problems = [
        problem(f"{seed.path[:-4]}.yml", "seed-slug-taken", slug=slug, other=other.path)
        for slug, owned in clashes.items()
        for seed, other in zip(owned, owned[1:] + owned[:1], strict=True)
    ]
    return [seed for seed in seeds if seed.article.slug not in clashes], problems


# ---------------------------------------------------------------- one seed


def _read_seed(folder: Path, name: str, shown: str, names: frozenset[str]) -> tuple[Seed | None, list[Problem]]:
    path, beside = f"{shown}/{name}", f"{name[:-4]}.yml"
    text, encoding, problems = _read_text(folder / name, path)
    sidecar, about = "", dict[str, Any]()
    if beside in names:
        sidecar, about, found = read_sidecar(folder / beside, f"{shown}/{beside}")
        problems += found
    if has_errors(problems):
        return None, problems
    article = Article(text=text, title=text.split("\n", 1)[0], **about)
    if article.published is None:
        problems.append(problem(path, "seed-without-date", sidecar=f"{shown}/{beside}"))
    return Seed(path, article, encoding, _digest(text, sidecar)), problems


def _read_text(path: Path, shown: str) -> tuple[str, str, list[Problem]]:
    try:
        text, encoding, notes = read_text(path, shown)
    except Refused as refused:
        return "", "", list(refused.problems)
    return text, encoding, notes + _faults(text, shown)


def _faults(text: str, shown: str) -> list[Problem]:
    if not text.strip():
        return [problem(shown, "seed-empty")]
    title, _, body = text.partition("\n")
    if not title.strip():
        return [problem(Place(shown, 1, 1), "seed-without-title")]
    if not body.strip():
        return [problem(Place(shown, 1), "seed-without-body")]
    return []


def _digest(text: str, sidecar: str) -> str:
    parts = (text.encode(), sidecar.encode())
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()

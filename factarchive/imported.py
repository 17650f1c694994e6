"""Other people's reviews into content files, by the rule of ownership: what a person has touched stays as it is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factarchive.archive.entries import read_entry
from factarchive.archive.ownership import Fate, fate_of
from factarchive.checking.content import check_entry
from factarchive.config import Settings
from factarchive.importing.files import file_of, path_of
from factarchive.importing.reading import read_records
from factarchive.importing.reviews import Review, read_reviews
from factarchive.library import text_of
from factarchive.problems import Problem, Refused, has_errors, problem
from factarchive.publishing.prose import plain_text, render_prose
from factarchive.publishing.publish import write_files

_NONE = "none"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: the reviews read, what became of their files, and what was doubtful or left out."""

    name: str
    reviews: tuple[Review, ...]
    fates: Mapping[str, Fate]
    problems: tuple[Problem, ...]
    dry: bool
    _mapped: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "file": self.name,
            "dry_run": self.dry,
            "reviews": len(self.reviews),
            "publishers": dict(Counter(r.publisher for r in self.reviews).most_common()),
            "verdicts": dict(Counter(r.verdict or _NONE for r in self.reviews).most_common()),
            "labels": [{"label": label, "verdict": verdict, "count": n} for (label, verdict), n in self._labels()],
            "claimants_unknown": sum(r.source == "unknown" for r in self.reviews),
            "doubtful": dict(Counter(p.rule for p in self.problems).most_common()),
            "files": {fate.value: n for fate, n in Counter(self.fates.values()).items()},
            "problems": [{"place": str(p.place), "rule": p.rule, "text": p.text} for p in self.problems],
        }

    def as_lines(self) -> Iterator[str]:
        """The report for a terminal."""
        counts = Counter(self.fates.values())
        desks = len({r.publisher for r in self.reviews})
        yield f"{len(self.reviews)} reviews of {desks} publishers in {self.name}"
        by_verdict: dict[str, list[str]] = {}
        for (label, verdict), n in self._labels():
            by_verdict.setdefault(verdict, []).append(f"{label} {n}")
        for verdict, labels in sorted(by_verdict.items(), key=lambda item: -_total(item[1])):
            yield f"  {verdict} {_total(labels)}: {', '.join(labels)}"
        unknown = sum(r.source == "unknown" for r in self.reviews)
        yield f"claimants: {len(self.reviews) - unknown} named, {unknown} unknown (platforms and posts are nobody)"
        doubtful = Counter(p.rule for p in self.problems)
        yield "doubtful: " + (", ".join(f"{rule} {n}" for rule, n in doubtful.most_common()) or "nothing")
        wrote = "would write" if self.dry else "wrote"
        new, kept = counts[Fate.NEW] + counts[Fate.REFRESHED], counts[Fate.EDITED]
        yield f"{wrote} {new} files, {counts[Fate.SAME]} unchanged, {kept} left to their editors"

    def _labels(self) -> list[tuple[tuple[str, str], int]]:
        counted = Counter((_short(r.label), str(r.verdict or _NONE)) for r in self.reviews)
        return counted.most_common()


def import_file(settings: Settings, name: str, *, dry: bool = False) -> Imported:
    """Read a file or folder of reviews and keep each as a content file; with `dry`, write nothing.

    A second import writes nothing, one that was broken off goes on. Raises Refused where nothing can be read.
    """
    reviews: list[Review] = []
    problems: list[Problem] = []
    for found in read_reviews(read_records(Path(name), name), settings.labels):
        (reviews if isinstance(found, Review) else problems).append(found)  # type: ignore[arg-type]
    if not reviews and not has_errors(problems):
        problems.append(problem(name, "import-nothing-found"))
    fates: dict[str, Fate] = {}
    for review in reviews:
        try:
            fates[path_of(review)] = fate = _settle(settings, review, dry=dry)
        except Refused as refused:
            problems += refused.problems
            continue
        if fate is Fate.EDITED:
            problems.append(problem(f"content/{path_of(review)}", "import-file-edited", n=review.number))
    return Imported(name, tuple(reviews), fates, tuple(sorted(problems)), dry)


def _settle(settings: Settings, review: Review, *, dry: bool) -> Fate:
    folder, path, text = settings.folders.content, path_of(review), file_of(review)
    shown = f"content/{path}"
    present = text_of(folder / path, shown) if os.path.lexists(folder / path) else None
    fate = fate_of(text, present)
    if fate in (Fate.NEW, Fate.REFRESHED):
        if faults := tuple(_faults(text, review, settings.prose)):
            raise Refused(*faults)
        if not dry:
            write_files(folder, [(path, text.encode("utf-8"))])
    return fate


def _faults(text: str, review: Review, engine: str) -> Iterable[Problem]:
    """Why a file could not be published as it is: a fault of its record, which must not stop the rest."""
    try:
        entry = read_entry(text, f"content/{path_of(review)}")
        found = check_entry(entry, plain_text(render_prose(entry.body, engine)))
    except Refused as refused:
        found = refused.problems
    for fault in found:
        if fault.severity == "error":
            yield problem(review.place, "import-faulty", n=review.number, fault=fault.rule, why=fault.text)


def _short(label: str) -> str:
    return label if len(label) <= 40 else label[:40] + "…"


def _total(labels: Iterable[str]) -> int:
    return sum(int(label.rpartition(" ")[2]) for label in labels)

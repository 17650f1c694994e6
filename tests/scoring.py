"""How well claims fit those that a person marked: pairs that overlap by half, and what agrees within them.

Two claims are a pair when what they share is at least half of what they cover together; the best pairs are taken
first, each claim once. Shares are per cent; values (numbers, dates) count over all claims, in pairs or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from factarchive.arabic.letters import folded
from factarchive.drafting.claims import FoundClaim

GOLD = Path(__file__).parent / "cases" / "gold"
_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim as it is compared: where it stands, who says it, what it is, which values it holds."""

    start: int
    end: int
    source: str
    speaker: frozenset[str]
    via: frozenset[str]
    form: str
    type: str
    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Per cent: claims found and spans exact (F1), agreement within pairs, values found (F1)."""

    claims: float
    exact: float
    source: float
    speaker: float
    via: float
    form: float
    type: float
    numbers: float
    dates: float

    def below(self, floors: Mapping[str, float]) -> list[str]:
        """Each figure that lies under its floor, in words."""
        figures = {f.name: getattr(self, f.name) for f in fields(self)}
        return [f"{name}: {figures[name]:.1f} < {least}" for name, least in floors.items() if figures[name] < least]


def marked(claim: FoundClaim) -> Marked:
    """A claim that the machine found, in the form in which it is compared."""
    return Marked(
        claim.start,
        claim.end,
        folded(claim.source),
        frozenset(map(folded, claim.speaker)),
        frozenset(map(folded, claim.via)),
        claim.form,
        claim.type,
        tuple(f"{n.value:g}" for n in claim.numbers),
        tuple(d.value for d in claim.dates if d.value),
    )


def read_gold(name: str, text: str) -> tuple[date, list[Marked]]:
    """The day and the claims of a gold file; each quote begins at or after the one before it."""
    lines = (GOLD / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    day = next(line.removeprefix("# published: ") for line in lines if line.startswith("# published: "))
    blocks = "\n".join(line for line in lines if not line.startswith("#")).strip().split("\n\n")
    found: list[Marked] = []
    at = 0
    for block in blocks:
        quote, *about = block.split("\n")
        at = text.index(quote, at)
        found.append(_claim((at, at + len(quote)), [line.strip() for line in about]))
    return date.fromisoformat(day), found


def _claim(where: tuple[int, int], about: Sequence[str]) -> Marked:
    source, speaker, via, form, kind = about[0].split(" | ")
    values = dict(line.split(": ") for line in about[1:])
    return Marked(
        *where,
        folded(source),
        frozenset(folded(name) for name in (source if speaker == "=" else speaker).split("، ")),
        frozenset() if via == "-" else frozenset(folded(name) for name in via.split("، ")),
        form,
        kind,
        tuple(values.get("numbers", "").split()),
        tuple(values.get("dates", "").split()),
    )


def score(gold: Sequence[Marked], found: Sequence[Marked]) -> Score:
    """How well the claims found fit those that were marked."""
    pairs = _pairs(gold, found)

    def agree(field: str) -> float:
        return _share(sum(getattr(a, field) == getattr(b, field) for a, b in pairs), len(pairs))

    def values(field: str) -> float:
        hits = sum(sum((Counter(getattr(a, field)) & Counter(getattr(b, field))).values()) for a, b in pairs)
        return _f1(hits, *(sum(len(getattr(c, field)) for c in side) for side in (gold, found)))

    exact = sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
    return Score(
        _f1(len(pairs), len(gold), len(found)),
        _f1(exact, len(gold), len(found)),
        *(agree(field) for field in ("source", "speaker", "via", "form", "type")),
        values("numbers"),
        values("dates"),
    )


def _pairs(gold: Iterable[Marked], found: Sequence[Marked]) -> list[tuple[Marked, Marked]]:
    near = [(_overlap(a, b), a.start, b.start, a, b) for a in gold for b in found]
    near.sort(key=lambda pair: (-pair[0], *pair[1:3]))
    taken: set[Marked] = set()
    pairs = []
    for shared, _, _, a, b in near:
        if shared >= _SHARED and not taken & {a, b}:
            taken |= {a, b}
            pairs.append((a, b))
    return pairs


def _overlap(a: Marked, b: Marked) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0, shared) / (max(a.end, b.end) - min(a.start, b.start))


def _f1(hits: int, wanted: int, given: int) -> float:
    return _share(2 * hits, wanted + given)


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0

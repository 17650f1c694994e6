"""Parties: who speaks for whom, so that voices of one party are not taken for two accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.words import after_article

__all__ = ["Parties"]


@dataclass(frozen=True)
class Parties:
    """For whom each name speaks, at the end of the chain; an archive's own links win over the shipped table.

    `own` maps a name to what it speaks for, as `affiliation` in content/speakers.yml does.
    """

    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def _links(self) -> Mapping[str, str]:
        return {**_shipped(), **{folded(name): folded(whom) for name, whom in self.own.items()}}

    def of(self, name: str) -> str:
        """The party that a name speaks for, folded; its own name where it speaks for nobody else."""
        chain = [folded(name)]
        while (following := self._links.get(chain[-1]) or _state_of(chain[-1])) and following not in chain:
            chain.append(following)
        # Two that speak for each other are one party, whichever of them is asked.
        return min(chain[chain.index(following) :]) if following else chain[-1]

    def are_one(self, one: str, other: str) -> bool:
        """Whether two names speak for one party."""
        return self.of(one) == self.of(other) or _are_spellings(one, other)


def _are_spellings(one: str, other: str) -> bool:
    """Whether two names may well be one: «كيم» and «جيم يونغ كيم», «حبيب خذر» and «الحبيب خذر»."""
    first, second = _parts(one), _parts(other)
    heads = [next(iter(parts), "") for parts in (first, second)]
    nobody = folded_set("parties", "unnamed")
    # «دراسة حديثة» and «الدراسة المنشورة»; «البروفسور» alone, whoever he is.
    unnamed = (heads[0] == heads[1] and heads[0] in nobody) or any(set(parts) <= nobody for parts in (first, second))
    joined = ["".join(folded(name).split()) for name in (one, other)]
    within = set(first) <= second.keys() | set(second.values()) or set(second) <= first.keys() | set(first.values())
    return within or unnamed or joined[0] == joined[1]


def _parts(name: str) -> Mapping[str, str]:
    """A name's words without articles, and each without a joined ل: a union's secretary speaks for the union."""
    attached: str = table("marks")["for_attached"]
    bare = [after_article(word) for word in folded(name).split()]
    return {word: word.removeprefix(attached) for word in bare}


@cache
def _shipped() -> Mapping[str, str]:
    listed = {folded(name): folded(party) for party, names in table("parties")["parties"].items() for name in names}
    return {**_places(), **listed}


@cache
def _places() -> Mapping[str, str]:
    """Other names of states, and their capitals: «واشنطن» speaks for its state."""
    rows = table("states")["states"]
    first = {folded(row[0][0]) for row in rows}
    named = {folded(name): folded(row[0][0]) for row in rows for name in (*row[0][1:], *row[1])}
    return {name: state for name, state in named.items() if name not in first}


def _state_of(name: str) -> str | None:
    """The state whose office this is by its name: «وزارة الخارجية الروسية», «الجيش الإسرائيلي»."""
    words = name.split()
    if len(words) < 2 or after_article(words[0]) not in folded_set("parties", "heads"):
        return None
    return _adjectives().get(words[-1])


@cache
def _adjectives() -> Mapping[str, str]:
    marks = table("marks")
    ends = ("", marks["feminine"])
    rows = table("states")["states"]
    made = {
        folded(marks["article"] + stem + end): folded(row[0][0])
        for row in rows
        for stem in row[2]
        if " " not in stem
        for end in ends
    }
    return {**{folded(name): folded(row[0][0]) for row in rows for name in row[0] if " " not in name}, **made}

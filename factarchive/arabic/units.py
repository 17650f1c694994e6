"""Units: the nouns that numbers count, in every form that counting gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set

__all__ = ["construct_dual", "counted", "counts_one", "dual", "duals", "unit"]


def unit(form: str) -> str | None:
    """The singular that an index lists, for a singular or plural form: «أسيرا», «أسرى»."""
    return _units().get(form)


def dual(form: str) -> str | None:
    """What a dual counts two of: «سفينتين», «شابان»; None for a plural of the same shape."""
    return duals().get(form)


def construct_dual(form: str) -> str | None:
    """What a feminine dual counts two of before its genitive: «ناقلتي» in «ناقلتي نفط»."""
    return _constructs().get(form)


def counts_one(form: str, after: str) -> bool:
    """Whether a noun and the word after it say «one person»."""
    return form in _units() and after in folded_set("units", "one") and form not in folded_set("units", "not_one")


def counted() -> frozenset[str]:
    """Every form of a noun that can begin a quantity by itself: «ساعة ونصف», «ناقلتي نفط»."""
    return _counted()


@cache
def _counted() -> frozenset[str]:
    return frozenset({*_units(), *_constructs()})


@cache
def _nouns() -> tuple[tuple[str, ...], ...]:
    """Each noun's singular and its plurals."""
    return tuple(tuple(line.split()) for line in table("units")["nouns"].split("\n") if line.strip())


@cache
def _units() -> Mapping[str, str]:
    tied, accusative = table("units")["tied"], table("units")["accusative"]
    found: dict[str, str] = {}
    for noun, *plurals in _nouns():
        endings = [""] if noun.endswith(tied) else ["", accusative]
        for form in (*(noun + ending for ending in endings), *plurals):
            found.setdefault(folded(form), noun)
    return found


@cache
def duals() -> Mapping[str, str]:
    """Every indefinite dual, folded, with its singular."""
    taken = {folded(form) for _, *plurals in _nouns() for form in plurals} | folded_set("units", "not_dual")
    made = ((form, noun) for noun, *_ in _nouns() for form in _dual_forms(noun))
    return {form: noun for form, noun in made if form not in taken}


def _dual_forms(noun: str) -> Iterator[str]:
    data = table("units")
    if noun.endswith(data["tied"]):
        yield from (folded(noun[:-1] + ending) for ending in data["tied_duals"])
    elif len(noun) > 2:
        yield from (folded(noun + ending) for ending in data["duals"])


@cache
def _constructs() -> Mapping[str, str]:
    data = table("units")
    ties = [noun for noun, *_ in _nouns() if noun.endswith(data["tied"])]
    return {folded(noun[:-1] + ending): noun for noun in ties for ending in data["tied_constructs"]}

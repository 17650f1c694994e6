"""Bodies: how many words name an institution, and what only describes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from factarchive.arabic.heads import body, definite, describes, known, role, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.persons import is_given
from factarchive.arabic.words import Word, after_conjunction

__all__ = ["body_length", "epithets", "is_epithet", "state_names", "vague"]


@cache
def vague() -> frozenset[str]:
    """Indefinite adjectives of an unnamed office holder: «مسؤول ليبي بارز»."""
    stems = [adjective for row in table("states")["states"] for adjective in row[2] if " " not in adjective]
    feminine = table("marks")["feminine"]
    states = {folded(stem + end) for stem in stems for end in ("", feminine)}
    return folded_set("names", "vague_adjectives") | states


def body_length(line: Sequence[Word]) -> int:
    """How many words an institution's name has: its head, what it governs, and what describes that."""
    length, bare = 1, 0
    for word in line[1:]:
        office = line[0].form in folded_set("names", "offices")  # «مكتب الرئيس السوردي»
        governed = length == 1 and not definite(line[0].form) and (office or not definite(word.form))
        described = length == 1 and definite(line[0].form) and describes(word.form)  # «المكتب السياسي»
        if length > 1 and is_given(word.form) and not role(line[length - 1].form) and word is not line[-1]:
            break  # «الباحث في مركز كارنيغي مارك …»
        if role(word.form) and word.form not in vague() and not (governed or described):
            break
        before, numbered = line[length - 1], word.kind == "number"  # «القناة 12»
        if not numbered and not definite(after_conjunction(word.form)) and word.form not in state_names():
            bare += 1
            owned = bool(body(without_preposition(word.form))) and without_preposition(word.form) != word.form
            if not (owned and definite(line[0].form) and definite(before.form)) and (bare > 2 or definite(before.form)):
                break  # «المركز الإعلامي لمجلس الوزراء» goes on
        ended = before.kind == "number" or definite(after_conjunction(before.form))
        if not numbered and definite(after_conjunction(word.form)) and ended and not _describes(word.form, before.form):
            break
        length += 1
    return _without_epithets(line, length)


def _describes(form: str, before: str) -> bool:
    joined = after_conjunction(form) != form or form.startswith(table("marks")["for_the"])
    plurals = tuple(table("names")["plural_endings"])
    if not joined and definite(form) and form.endswith(plurals) and not before.endswith(plurals):
        return is_given(form) or form in known()  # «دعت الوكالة الفنيين»: whom it calls upon
    another = not joined and bool(body(form)) and form not in epithets() and not describes(form)
    return not another and (describes(form) or joined or is_epithet(form))  # «طالبت المنظمة السلطات»


def _without_epithets(line: Sequence[Word], length: int) -> int:
    """The length without what only describes: «تنظيم داعش الإرهابي», «نادي برشلونة الإسباني»."""
    while length > 2 and not definite(line[1].form) and line[length - 1].form in epithets():
        length -= 1
    return length


@cache
def state_names() -> frozenset[str]:
    """The names of states, folded."""
    return frozenset(folded(name) for row in table("states")["states"] for name in row[0])


@cache
def epithets() -> frozenset[str]:
    """Definite words that only describe an institution: «الإرهابي», «الإسباني»."""
    data = table("marks")
    stems = [adjective for row in table("states")["states"] for adjective in row[2] if " " not in adjective]
    both = (data["article"] + stem + end for stem in stems for end in ("", data["feminine"]))
    return folded_set("names", "epithets") | {folded(form) for form in both}


def is_epithet(form: str) -> bool:
    """Whether a definite form only describes what stands before it: «المستقلة», «السابق»."""
    return form.endswith(tuple(folded(end) for end in table("names")["noun_endings"])) or form in (
        folded_set("names", "epithets") | folded_set("names", "descriptions")
    )

"""Names: who a noun phrase names, without titles, in the fullest spelling that the article gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from factarchive.arabic.bodies import body_length, epithets, is_epithet, state_names, vague
from factarchive.arabic.events import is_event
from factarchive.arabic.heads import body, definite, describes, known, possessed, role, titled_word, without_preposition
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.persons import first_given, is_compound_end, is_given, is_relation, may_be_given
from factarchive.arabic.phrases import free, is_weekday, phrase_end
from factarchive.arabic.verbs import saying_verb
from factarchive.arabic.words import Word, after_article, after_conjunction, matches

__all__ = ["Name", "find_names", "name_at", "read_name", "titled_after"]

Row = Sequence[Word]
NameKind = Literal["person", "body", "role", "plain", "thing"]

_LONGEST = 14  # words of a noun phrase
_LONGEST_PERSON = 4
_NEAR = 8  # words of a title behind a name


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the article spells it, the folded words of its title or its head noun, and where it stands."""

    text: str
    kind: NameKind
    title: tuple[str, ...]
    start: int

    @property
    def form(self) -> str:
        """The folded name, for comparing."""
        return folded(self.text)


def read_name(text: str, row: Row, at: int, end: int) -> Name | None:
    """Who the words [at, end) name; None when there are none."""
    named = (word for word in row[at:end] if word.form)
    line = [word for k, word in enumerate(named) if word.kind == "word" or (k == 1 and word.kind == "number")]
    line = _without_each(line)
    if not line or line[0].kind != "word":
        return None
    first = line[0].form
    if after_conjunction(first) != first and not may_be_given(first):
        return None  # «… وتوزيع الكهرباء»: the end of another name
    held = matches(line, 0, _known_phrases())
    if held and (held == len(line) or not describes(line[held].form) or line[held].form in state_names()):
        return Name(_spelled(text, line[:held]), "body", _head(first), line[0].start)
    second = line[1].form if len(line) > 1 else ""
    office = role(first) and (
        second in folded_set("names", "title_more") or second in folded_set("names", "title_adjectives")
    )
    if is_given(first) and not office:
        length = _person_length(line)
        return Name(_spelled(text, line[:length]), "person" if length > 1 else "plain", (), line[0].start)
    if titled_word(first):
        return _titled(text, line)
    if body(first):
        listed = max(matches(line, 1, phrases("names", "media_names")), matches(line, 1, _known_phrases()))
        length = max(1 + listed, _quoted_length(row, at, end))
        length = length if length > 1 else body_length(line)
        return Name(_spelled(text, line[:length]), "body", _head(first), line[0].start)
    if definite(first):
        given = first_given(line, 1)
        if given and all(
            definite(word.form) for word in line[:given]
        ):  # «الموسيقي لطفي الغربي»: a title that no list has
            rest = line[given:]
            return Name(_spelled(text, rest[: _person_length(rest)]), "person", _title(line[:given]), rest[0].start)
        length = _definite_length(line)
        person = length > 2 and line[1].form in folded_set("names", "links")
        kind: NameKind = "person" if person else "plain" if length == 1 else "body"
        return Name(_spelled(text, line[:length]), kind, (), line[0].start)
    described = len(line) == 2 and not definite(second) and second.endswith(folded(table("marks")["feminine"]))
    if not may_be_given(first) and (_is_thing(first) or _governs(line) or (described and not is_given(second))):
        return Name(_spelled(text, line[: body_length(line)]), "thing", (), line[0].start)
    length = _person_length(line)
    return Name(_spelled(text, line[:length]), "person" if length > 1 else "plain", (), line[0].start)


def _quoted_length(row: Row, at: int, end: int) -> int:
    """How many words «شبكة "سي بي إس"» has: an institution with a name in quotation marks; 0 for none."""
    if at + 2 >= end or row[at + 1].kind != "open":
        return 0
    closed = next((k for k in range(at + 2, end) if row[k].kind == "close"), 0)
    return sum(word.kind == "word" for word in row[at:closed])


def _without_each(line: list[Word]) -> list[Word]:
    """«وزراء خارجية كل من مصر والأردن»: the words without «كل من»."""
    listed = phrases("names", "each_of")
    for at in range(1, len(line)):
        if line[at].form in listed:
            return [*line[:at], *line[at + matches(line, at, listed) :]]
    return line


def _governs(line: Sequence[Word]) -> bool:
    """Whether a noun stands before what it governs, «ضعف الإدراك», and not a given name before a surname."""
    second = line[1].form if len(line) > 1 else ""
    surname = describes(second) or is_compound_end(second) or is_given(second)
    return definite(second) and not surname and line[0].form not in folded_set("names", "links")


def _is_thing(form: str) -> bool:
    """Whether an indefinite noun is no person's name: a feminine or plural ending, or a verbal noun."""
    return form.endswith(tuple(folded(end) for end in table("names")["noun_endings"])) or is_event(form)


def _definite_length(line: Sequence[Word]) -> int:
    """How many words a definite phrase has: «المجلس الوطني السوري», not the bare noun after it."""
    more = folded_set("names", "title_more")
    if len(line) > 2 and line[1].form in folded_set("names", "links"):
        return _short_person_length(line)
    forms = enumerate(after_conjunction(word.form) for word in line)
    ends = (k for k, form in forms if k and (_is_another(form) or not definite(form)) and form not in more)
    return next(ends, len(line))


def _is_another(form: str) -> bool:
    """Whether a definite noun right behind a definite one is another body: «طالبت المنظمة السلطات»."""
    return definite(form) and bool(body(form)) and not describes(form) and form not in epithets()


def _head(form: str) -> tuple[str, ...]:
    return (body(form),) if body(form) else ()


def _titled(text: str, line: Sequence[Word]) -> Name:
    """The name after a title; the whole phrase where only the role is named."""
    if is_relation(line[0].form):
        return Name(_spelled(text, line), "role", _title(line[:1]), line[0].start)
    medium = matches(line, 1, phrases("names", "media_names"))
    if medium and line[0].form in folded_set("names", "reporters"):
        return Name(_spelled(text, line[: 1 + medium]), "role", _title(line[:1]), line[0].start)
    given = _after_namesake(line, first_given(line, 1))
    length = given or _title_length(line)
    # The town of an office stands between title and name: «مدير الصحة بقبلي عبد القادر بوعلاق».
    rest = line[given:] if given else _past_town(line[length:])
    head = _title(line[:length])
    bare = len(rest) == 1 and definite(rest[0].form) and not given
    vague = not definite(line[0].form) and len(rest) == 1 and not definite(rest[0].form) and not given
    issued = len(rest) == 1 and not given and rest[0].form in folded_set("names", "issued")
    if not rest or bare or vague or issued or (not given and is_event(rest[0].form) and not may_be_given(rest[0].form)):
        thing = bare and (is_event(after_article(rest[0].form)) or bool(body(rest[0].form)))  # «وصف الرئيس الاتفاق»
        whole = line if (definite(line[0].form) or vague) and not thing else line[:length]
        return Name(_spelled(text, whole), "role", head, line[0].start)
    return Name(_spelled(text, rest[: _person_length(rest)]), "person", head, rest[0].start)


def _after_namesake(line: Sequence[Word], given: int) -> int:
    """«بالمستشفى الجامعي فرحات حشاد بسوسة رياض …»: the second name is the person's, the first the hospital's."""
    by: str = table("marks")["by_attached"]
    towns = (k - 1 for k in range(given + 2, len(line)) if given and is_given(line[k].form))
    placed = (k for k in towns if line[k].form.startswith(by) and line[k].form not in folded_set("names", "by_names"))
    return next((k + 1 for k in placed if not is_given(line[k].form)), given)


def _is_in(form: str) -> bool:
    """Whether a body stands here after an attached ب: «بمجلس»."""
    return form.startswith(table("marks")["by_attached"]) and bool(body(form[1:])) and not is_given(form)


def _past_town(rest: Sequence[Word]) -> Sequence[Word]:
    """The words after a title without «بقبلي» or «بمجلس النواب»."""
    town = rest[:1] and rest[0].form.startswith(table("marks")["by_attached"])
    if not town or rest[0].form in folded_set("names", "by_names"):
        return rest
    if len(rest) == 2 and not definite(rest[0].form[1:]):
        return rest
    return rest[1 + body_length(rest[1:]) if body(rest[0].form[1:]) else 1 :]


def _title(line: Sequence[Word]) -> tuple[str, ...]:
    """The words of a title without articles, for comparing: «نقيب الموسيقيين» is in «نقيب الفنانين الموسيقيين»."""
    return tuple(after_article(after_conjunction(word.form)) for word in line)


def _title_length(line: Sequence[Word]) -> int:
    """How many words are the title and what it governs: «وزير الخارجية الأميركي» is three."""
    forms = [line[0].form, *(after_conjunction(word.form) for word in line[1:])]
    owned = possessed(forms[0])
    length, wants = 1, not definite(forms[0]) and not owned
    for form in forms[1:]:
        more = form in folded_set("names", "title_more") or role(form) or body(without_preposition(form))
        if (form in state_names() and length > 1) or (role(form) and definite(form)):
            wants = False
        elif definite(form):
            joined = form != line[length].form or form.startswith(table("marks")["for_the"])
            if not wants and not joined and not (describes(form) or (length > 1 and is_epithet(form))):
                break
            wants = False
        elif form != line[length].form and is_event(form) and is_event(without_preposition(forms[length - 1])):
            wants = True  # «مدير مؤسسة نقل وتوزيع الكهرباء»
        elif _is_in(form):
            wants = True  # «عضو بمجلس النواب»
        elif more or (form.startswith(table("marks")["for_attached"]) and form not in folded_set("names", "for_names")):
            wants = True
        elif wants or (length > 1 and not definite(forms[0]) and form in vague()):
            wants = False
        else:
            break
        length += 1
    return length


def _person_length(line: Sequence[Word]) -> int:
    """How many words a person's name has, without what only describes: «باتريشيا آركيت الحائزة …»."""
    links = folded_set("names", "links")
    longest = _LONGEST_PERSON + sum(word.form in links for word in line[:_LONGEST_PERSON])
    length = 1
    while length < len(line) and not _ends_person(line, length, links):
        length += 1
    return length if length <= longest else _short_person_length(line)


def _ends_person(line: Sequence[Word], at: int, links: frozenset[str]) -> bool:
    """Whether the word at `at` is no part of the person's name before it."""
    form, before = line[at].form, line[at - 1].form
    if before in links or (may_be_given(form) and not role(form)) or is_compound_end(form):
        return False
    if at > 1 and saying_verb(form) is not None:
        return True  # «ألفة يوسف تعلق على …»
    if at == 1 and definite(form):
        return form in folded_set("names", "descriptions") or is_event(form)
    if role(form) or form in folded_set("names", "people") or is_event(form) or (at > 1 and _is_thing(form)):
        return True
    if at < 2:
        return False
    surname = definite(before) and not is_compound_end(before) and line[at - 2].form not in links
    after = line[at + 1].form if at + 1 < len(line) else ""
    governs = form not in links and not definite(form) and (definite(after) or bool(titled_word(after)))
    return surname or governs or (definite(form) and (is_epithet(form) or form in epithets()))


def _short_person_length(line: Sequence[Word]) -> int:
    """Two words, and more only where a link («بن», «عبد») or an article says so."""
    length, links = 0, folded_set("names", "links")
    for word in line[:6]:
        if length and role(word.form):
            break
        if length >= 2 and not definite(word.form) and line[length - 1].form not in links:
            break
        named = length >= 2 and definite(line[length - 1].form) and line[length - 2].form not in links
        if named and (length >= 3 or definite(word.form)):
            break
        length += 1
    return length


def _spelled(text: str, line: Sequence[Word]) -> str:
    """The words as the article spells them, one blank or its own hyphen between them."""
    spelled = text[line[0].start : line[0].end]
    for before, word in pairwise(line):
        between = text[before.end : word.start]
        spelled += (between if between in table("names")["hyphens"] else " ") + text[word.start : word.end]
    return spelled


@cache
def _known_phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in known():
        by_first.setdefault(form.split()[0], []).append(tuple(form.split()))
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}


def name_at(text: str, row: Row, at: int, limit: int) -> tuple[Name | None, int]:
    """The name that starts at `at`, and where it ends; «نقيب الفنانين، مقداد السهيلي» is one."""
    limit = min(limit, len(row))
    while at < limit and (row[at].form in folded_set("dates", "days") or is_weekday(row[at].form)):
        at += 1
    end = phrase_end(row, at, limit)
    name = read_name(text, row, at, end)
    if name is None or end + 2 >= limit or row[end].form not in _commas():
        return name, end
    second = phrase_end(row, end + 1, limit)
    if name.kind != "role" and not _describes_person(row, at, (end, second)):
        return name, end
    person = read_name(text, row, end + 1, second)
    after = row[end + 1].form if end + 1 < limit else ""
    named = is_given(after) or after in folded_set("persons", "kunya")
    if person and person.kind == "person" and (second - end - 1 <= _LONGEST_PERSON or named):
        return Name(person.text, "person", name.title, person.start), second
    thing = person is not None and person.kind == "thing" and second - end - 1 == 2 and definite(row[second - 1].form)
    if thing and not (is_event(after) or body(after)):
        # A given name that no list has, «وزيرة المرأة، نزيهة العبيدي»
        return Name(_spelled(text, row[end + 1 : second]), "person", name.title, row[end + 1].start), second
    if person and second - end - 1 in (2, 3) and _given(person, row[end + 1 : second]):
        # A given name with the article, «الهاشمي علية»: only an apposition tells.
        return Name(_spelled(text, row[end + 1 : second]), "person", name.title, person.start), second
    return name, end


def _describes_person(row: Row, at: int, ends: tuple[int, int]) -> bool:
    """«الناقدة الفنية، سعاد الغربي، …»: a definite phrase that names nobody, and a name between commas."""
    end, second = ends
    alone = definite(row[at].form) and end - at <= 3 and not body(row[at].form)
    closed = second < len(row) and row[second].form in _commas()
    return alone and closed and (" ".join(word.form for word in row[at:end]) not in known())


def _given(name: Name, line: Row) -> bool:
    """Whether a phrase that begins with the article is a person's name: «الهاشمي علية», «الحبيب النصري»."""
    plain = name.kind in ("plain", "body") and not name.title and not body(line[0].form)
    return plain and any(describes(word.form) for word in line)


@cache
def _commas() -> frozenset[str]:
    return frozenset(table("marks")["commas"])


def find_names(text: str, row: Row) -> Iterator[Name]:
    """Names that announce themselves by a title or an institution's head noun, anywhere in a row of words."""
    for at, word in enumerate(row):
        if is_given(word.form) and not (at and may_be_given(row[at - 1].form)):
            person = read_name(text, row, at, phrase_end(row, at, len(row)))
            if person is not None and person.kind == "person":
                yield titled_after(person, row, at)
            continue
        bare = free(word.form)
        if word.kind != "word" or not (titled_word(bare) or body(bare)):
            continue
        cut = len(word.form) - len(bare)
        window = [replace(word, start=word.start + max(cut, 0), form=bare), *row[at + 1 : at + _LONGEST + 1]]
        phrase = window[: max(1, phrase_end(window, 0, len(window)))]
        line = _without_each([w for k, w in enumerate(phrase) if w.kind == "word" or (k == 1 and w.kind == "number")])
        name = _found(text, line, titled=bool(titled_word(bare))) or _apposed(text, row, at, bare)
        if name is None and bare in folded_set("names", "source_heads"):
            name = Name(_spelled(text, line[: _title_length(line)]), "role", _title(line[:1]), line[0].start)
        if name is not None:
            yield name


def titled_after(name: Name, row: Row, at: int) -> Name:
    """«زهير المغزاوي، أمين عام حركة الشعب،»: the title behind a person's name is his too."""
    at += len(name.text.split())
    at += at < len(row) and row[at].form in _commas()
    if name.kind != "person" or name.title or at >= len(row) or not titled_word(row[at].form):
        return name
    end = phrase_end(row, at, min(at + _NEAR, len(row)))
    return replace(name, title=_title([word for word in row[at:end] if word.kind == "word"]))


def _apposed(text: str, row: Row, at: int, title: str) -> Name | None:
    """«الرئيس السابق للاتحاد، جوزيف بلاتر»."""
    window = [replace(row[at], form=title), *row[at + 1 : at + 2 * _LONGEST]]
    name, _ = name_at(text, window, 0, len(window)) if titled_word(title) else (None, 0)
    return name if name and name.kind == "person" else None


def _found(text: str, line: list[Word], *, titled: bool) -> Name | None:
    if not titled:
        institution = line[: body_length(line)]
        return Name(_spelled(text, institution), "body", _head(line[0].form), line[0].start)
    given = first_given(line, 1)
    length = given or _title_length(line)
    rest = line[given:] if given else _past_town(line[length:])
    person = rest[: _person_length(rest) if given else min(_short_person_length(rest), _person_length(rest))]
    if len(person) < 2 or any(body(word.form) for word in person) or is_relation(line[0].form):
        return None
    return Name(_spelled(text, person), "person", _title(line[:length]), person[0].start)

"""References: whom a short form, an office or a pointing word of an article means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from factarchive.arabic.cues import cue_at
from factarchive.arabic.heads import body, definite, known, role, titles
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set
from factarchive.arabic.names import Name, find_names, name_at, titled_after
from factarchive.arabic.words import Word, after_article, after_conjunction

__all__ = ["Found", "Names", "names_of"]

_NEAR = 8  # pairs looked back over
_WINDOW = 12  # words within which a name ends
_BACK = 8  # words between a person and his counterpart
_CROWD = 50  # so many namesakes that a short form says nothing


Ends = tuple[tuple[str, ...], str]  # words that may end one name, and the last or only word of another


@dataclass(frozen=True, slots=True)
class Found:
    """What an article's words name: names, subjects of saying, states as spelled, and what «و» joins."""

    names: tuple[Name, ...]
    subjects: tuple[Name, ...]
    states: Mapping[str, str]
    joined: tuple[tuple[int, Ends], ...]
    genders: Mapping[str, frozenset[str]]  # how the verbs before a subject agree with it


def names_of(text: str, rows: Iterable[Sequence[Word]], speakers: Mapping[str, str]) -> Names:
    """Every name of an article: those with a title or head noun, and every subject of a verb of saying."""
    names: list[Name] = []
    subjects: list[Name] = []
    genders: dict[str, frozenset[str]] = {}
    joined: list[tuple[int, Ends]] = []
    seen: dict[str, tuple[int, int]] = {}
    for row in rows:
        names.extend(find_names(text, row))
        for subject, agreement in _subjects(text, row):
            subjects.append(subject)
            genders[subject.form] = genders.get(subject.form, frozenset()) | {agreement}
        joined.extend(_joined(text, row))
        for word in row:
            bare = after_conjunction(word.form)
            if bare in _places():
                seen.setdefault(bare, (word.end - len(bare), word.end))
    return Names(Found((*names, *subjects), tuple(subjects), _states(text, seen), tuple(joined), genders), speakers)


def _subjects(text: str, row: Sequence[Word]) -> Iterator[tuple[Name, str]]:
    for at in range(len(row)):
        cue = cue_at(row, at, len(row))
        # «أبلغ بوتين ترامب», «اتهم زيد عمرا»: two names side by side
        if not cue or cue.verb.kind in ("tell", "accuse") or cue.verb.tense == "participle":
            continue
        name, end = name_at(text, row, cue.after, cue.gap_end)
        if name is not None and name.form not in folded_set("names", "joint"):
            asks = folded_set("names", "takes_person") | folded_set("names", "needs_person")
            # «دعت الأساتذة إلى …»: whom it is said to
            whom = folded(cue.verb.lemma) in asks and name.kind not in ("person", "role")
            if not whom or not definite(name.form.split()[0]):
                yield titled_after(name, row, end - len(name.text.split())), cue.verb.agreement


def _joined(text: str, row: Sequence[Word]) -> Iterator[tuple[int, Ends]]:
    """Where «X وY» and «X … نظيره Y» name two together."""
    for at in range(1, len(row)):
        bare = after_conjunction(row[at].form)
        if bare in folded_set("names", "possessed_titles"):
            name = name_at(text, [replace(row[at], form=bare), *row[at + 1 : at + _WINDOW]], 0, _WINDOW)[0]
            before = tuple(word.form for word in row[max(0, at - _BACK) : at][::-1] if word.kind == "word")
            if name:
                yield row[at].start, (before, name.form.split()[-1])
        elif bare != row[at].form and row[at - 1].kind == "word":
            yield row[at].start, ((row[at - 1].form,), bare)


@cache
def _places() -> Mapping[str, int]:
    """States and capitals of one word, by the state's number."""
    rows = enumerate(table("states")["states"])
    return {folded(name): k for k, row in rows for name in (*row[0], *row[1]) if " " not in name}


def _states(text: str, seen: Mapping[str, tuple[int, int]]) -> Mapping[str, str]:
    """Each state and capital that the article names, as its state is spelled there; a capital alone is itself."""
    rows = table("states")["states"]
    capitals = {folded(capital) for row in rows for capital in row[1]}
    spelled = {_places()[form]: text[a:b] for form, (a, b) in seen.items() if form not in capitals}
    return {form: spelled.get(_places()[form], text[a:b]) for form, (a, b) in seen.items()}


class Names:
    """The names of one article, by which short forms and pointing words are resolved."""

    def __init__(self, found: Found, speakers: Mapping[str, str]) -> None:
        self._speakers = {folded(alias): name for alias, name in speakers.items()}
        self._found = tuple(sorted(found.names, key=lambda name: name.start))
        self._subjects = found.subjects
        self._spoke = {name.form for name in found.subjects}
        self._first = next((name for name in found.subjects if name.kind == "person"), None)
        self._states = found.states
        full: dict[str, str] = {}
        for name in self._found:
            if name.kind in ("person", "body") and " " in name.form:
                full.setdefault(name.form, name.text)
        self._full = full
        self._persons = {full[name.form] for name in self._found if name.kind == "person" and " " in name.form}
        self._titles: dict[str, frozenset[str]] = {}
        for name in self._found:
            if name.kind == "person" and name.title:
                known = self._titles.get(full.get(name.form, name.text), frozenset())
                self._titles[full.get(name.form, name.text)] = known | {name.title[0]}
        self._by_head: dict[str, list[Name]] = {}
        for name in self._found:
            if " " in name.form and name.title and name.kind != "role":
                self._by_head.setdefault(name.title[0], []).append(name)
        self._unnamed = [name for name in self._found if name.kind == "role" and not definite(name.form.split()[0])]
        self._by_part: dict[str, list[str]] = {}
        papers = folded_set("names", "crowds_and_papers") | folded_set("verbs", "prepositions", "documents")
        for form in full:
            if after_article(form.split()[0]) in papers:
                continue  # «توقعات المعهد الوطني» is no longer name of «المعهد الوطني»
            for part in {*form.split(), *map(after_article, form.split())}:
                self._by_part.setdefault(part, []).append(form)
        self._genders: dict[str, frozenset[str]] = {}
        for name in found.subjects:
            source = self.resolve(name, before=name.start)
            if source is not None:
                both = self._genders.get(source, frozenset()) | found.genders[name.form]
                self._genders[source] = both
        pairs = ((at, self._pair_of(ends)) for at, ends in found.joined)
        self._pairs = tuple((at, both) for at, both in pairs if both)

    def _pair_of(self, ends: Ends) -> tuple[str, str] | None:
        """The two full names that «… ترامب وبوتين …» joins, both persons or both states."""
        before, after = ends
        second = self._states.get(after) or self._longer([after])
        for end in before if second else ():
            first = self._states.get(end) or self._longer([end])
            states = end in self._states and after in self._states
            if first and second and first != second and (states or {first, second} <= self._persons):
                return first, second
        return None

    def pair(self, form: str, before: int) -> tuple[str, ...]:
        """The two whom a dual means: the pair last named together; empty where there is none."""
        persons, states = folded_set("names", "joint_persons"), folded_set("names", "joint_states")
        at = bisect_left(self._pairs, before, key=lambda pair: pair[0])
        for _, both in self._pairs[max(0, at - _NEAR) : at][::-1]:
            of_persons = both[0] in self._persons
            if not (form in persons and not of_persons) and not (form in states and of_persons):
                return both
        return ()

    def speaks(self, name: Name) -> bool:
        """Whether this name is the subject of a verb of saying elsewhere."""
        return name.form in self._spoke

    def is_person(self, name: str) -> bool:
        """Whether the article gives this full name to a person."""
        return name in self._persons

    def may_preside(self, name: str) -> bool:
        """Whether an office may tell this person's words: he presides, or no title says what he is."""
        titles = self._titles.get(name, frozenset())
        return not titles or not titles.isdisjoint(folded_set("names", "principals"))

    def speaks_for_itself(self, name: str) -> bool:
        """Whether this is a person of the article, or the persons of an office."""
        first = folded(name).split()[0]
        return name in self._persons or after_article(first) in folded_set("names", "crowds_and_papers")

    def known(self, name: Name) -> bool:
        """Whether this is a state or an institution of the lists."""
        return name.form in known()

    def may_be(self, source: str, agreement: str) -> bool:
        """Whether a verb of this gender may have this source as its subject."""
        known = self._gender(source)
        return agreement not in ("ms", "fs") or not known or agreement in known

    def must_be(self, source: str, agreement: str) -> bool:
        """Whether the article's verbs give this source this gender."""
        return agreement in self._gender(source)

    def _gender(self, source: str) -> frozenset[str]:
        shown = frozenset(self._genders.get(source, frozenset()) & {"ms", "fs"})
        return shown if len(shown) == 1 else frozenset()

    def is_medium(self, name: str) -> bool:
        """Whether a name is that of an agency, a paper, a channel or a platform."""
        form = folded(name)
        words = form.split()
        listed = after_article(words[0]) in folded_set("names", "media") or form in folded_set("names", "media_names")
        return listed or (len(words) > 1 and words[1] in folded_set("names", "broadcasts"))

    def labelled(self, name: Name, before: int) -> str | None:
        """Whom a label before a colon means; None where it is a place or a time."""
        source = self.resolve(name, before=before)
        forms = name.form.split()
        if self.is_medium(name.text):
            return source
        if name.kind == "plain" and source not in (None, name.text, *self._persons) and not self.speaks(name):
            return None  # a town that some institution is named after
        if forms[0] in folded_set("names", "headline_heads") and (source is None or source == name.text):
            same = (found.text for found in self._subjects if found.form.startswith(name.form + " "))
            person = self._full_text(self._first.form) if self._first else source
            return next(same, source if body(forms[0]) else person)
        elsewhere = source is not None and (source != name.text or self.speaks(name) or name.kind == "role")
        return source if elsewhere or (name.kind in ("person", "body") and source in self._full.values()) else None

    def resolve(self, name: Name, *, before: int) -> str | None:
        """The canonical name; None where the words only point and nothing says at whom."""
        found = self._resolved(name, before)
        found = self._full.get(f"{folded(table('names')['ministry'])} {folded(found)}", found) if found else None
        return _nominative(found) if found and name.kind == "body" else found

    def _resolved(self, name: Name, before: int) -> str | None:
        forms = name.form.split()
        if name.form in folded_set("names", "joint") or forms[0] in folded_set("names", "nobody"):
            return None
        listed = self._speakers.get(name.form) or self._states.get(name.form)
        if listed:
            return listed
        if name.kind == "role" or (len(forms) == 1 and self._points(forms[0])):
            named = self._longer(forms[-1:]) if len(forms) > 1 and definite(forms[-1]) else None
            if named in self._persons:
                return named
            bearer = self._bearer(tuple(map(after_article, forms)), before)
            if bearer is None and len(forms) == 1 and _owned(name.text):
                return None  # «محاميه»
            alone = len(forms) > 1 or not definite(forms[0]) or (bool(body(forms[0])) and not self._pointing(forms[0]))
            return bearer or (name.text if alone else None)
        if set(forms) <= folded_set("names", "pointing"):
            return None
        placed = not folded_set("names", "source_links").isdisjoint(forms)
        if placed and forms[0] in folded_set("names", "source_heads"):
            return name.text  # «مصدر طبي من مستشفى …»: no shorter name says who it is
        for length in range(len(forms), 0, -1):
            longer = self._longer(forms[:length])
            if longer and (name.kind != "person" or length == len(forms) or longer in self._persons):
                return longer
        return self._listed(name.form) or name.text

    def full(self, name: Name) -> bool:
        """Whether the article or the archive has this as a full name."""
        return name.form in self._full or name.form in self._speakers

    def certain(self, name: Name) -> bool:
        """Whether the article or the lists know whom this names."""
        found = self.resolve(name, before=name.start)
        return found is not None and (self.full(name) or found != name.text)

    def _listed(self, form: str) -> str | None:
        return self._speakers.get(form) or known().get(form)

    def _pointing(self, form: str) -> bool:
        return form in folded_set("names", "pointing") or form in folded_set("verbs", "prepositions", "documents")

    def _points(self, form: str) -> bool:
        return self._pointing(form) or (definite(form) and bool(role(form) or body(form)))

    def _bearer(self, title: tuple[str, ...], before: int) -> str | None:
        """The name that last stood with this title or head noun, or, in a headline, that first will."""
        held = self._by_head.get(title[0], [])
        at = bisect_left(held, before, key=lambda name: name.start)
        near = [*held[max(0, at - 20) : at][::-1], *held[at : at + 20]]
        wanted = set(title)
        found = next((name for name in near if wanted <= set(name.title)), None)
        return self._full_text(found.form) if found else self._anonymous(wanted, before)

    def _anonymous(self, title: set[str], before: int) -> str | None:
        """«المسؤول السعودي» is the «مسؤول سعودي» named before."""
        at = bisect_left(self._unnamed, before, key=lambda name: name.start)
        near = self._unnamed[max(0, at - _NEAR) : at][::-1]
        return next((name.text for name in near if title <= set(name.form.split())), None)

    def _longer(self, forms: list[str]) -> str | None:
        """The one full name of the article that holds these words in this order; None for none or for two."""
        if forms[0] in titles() or forms[0] in folded_set("marks", "particles"):
            return None
        if len(forms) == 1 and body(forms[0]):
            return None
        candidates = self._by_part.get(forms[-1], [])
        if not candidates and len(forms) == 1 and definite(forms[0]):
            forms = [after_article(forms[0])]  # «المهيري» of «رشاد مهيري»
            candidates = [full for full in self._by_part.get(forms[0], []) if self._full[full] in self._persons]
        if len(candidates) > _CROWD:
            return None
        short = " ".join(forms)
        holding = {self._full_text(c) for c in candidates if _holds(c, short)}
        if len(holding) > 1:
            holding.discard(self._full.get(short, short))  # «عبد العاطي» beside «بدر عبد العاطي»
        return holding.pop() if len(holding) == 1 else None

    def _full_text(self, form: str) -> str:
        """The longest name of the article that begins with this one."""
        namesakes = self._by_part.get(form.split()[0], [])
        longer = [f for f in namesakes[:_CROWD] if f.startswith(form + " ")]
        best = max(longer, key=len, default=form)
        return self._listed(best) or self._full.get(best, best)


def _owned(text: str) -> bool:
    """Whether a title ends in the pronoun of whom its bearer serves."""
    return text.endswith(tuple(table("names")["owners"]))


def _nominative(text: str) -> str:
    """«عن مسؤولين إسرائيليين» names «مسؤولون إسرائيليون»."""
    as_subject, oblique = table("names")["plural_endings"]
    words = text.split()
    if not body(folded(words[0])) or not words[0].endswith(oblique):
        return text
    ended = (w.removesuffix(oblique) + as_subject if w.endswith(oblique) and not definite(w) else w for w in words)
    return " ".join(ended)


def _holds(full: str, short: str) -> bool:
    return f" {short} " in f" {full} "

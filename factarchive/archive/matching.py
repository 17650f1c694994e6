"""Search in the archive's index files: the ranking of the search page, as a library call.

    found = Searcher(reader).search("«وقف إطلاق النار» -غزة", Options(limit=5))

A word finds the stems of its family, each by its likeness; the stems' postings weigh documents; a document's score is
the sum over the words, in whole millionths, so that the browser (templates/static/search/engine.js) comes to the same
order. What is read is what a page would fetch: the shards of the words, the lexicon where a word is unknown, the cards
of what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from math import floor, log
from typing import Any, NamedTuple

from factarchive.arabic.letters import folded
from factarchive.arabic.stems import candidates, family, plain, skeleton, spelled_alike
from factarchive.archive.filtering import FACETS, VERDICT, Doc, tallied, tests_of
from factarchive.archive.gathering import Expanded, Found, Gathered, Group, Hit, Used
from factarchive.archive.highlights import Excerpt, Span, excerpt, highlight
from factarchive.archive.index import Reader, Term
from factarchive.archive.index_reading import Files, Shard
from factarchive.archive.likeness import dice, is_slip
from factarchive.archive.queries import BOUNDS, Filter, Options, Word, day_bound, only_words, parse

__all__ = ["Group", "Hit", "Options", "Results", "Searcher", "Used"]


SUGGESTED = 5


class Suggestion(NamedTuple):
    """What may be meant by a word that the index does not have: the word as typed and where, and another."""

    typed: str
    at: int
    word: str


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results, by article.

    `total` counts documents; where texts had to be read for it, those that were read and are right. `loose`: no text
    has the phrases, so they were taken for words. `counts` has for each facet the documents that each value would
    leave, `drops` for each filter those found without it, if none are found with it.
    """

    groups: tuple[Group, ...] = ()
    total: int = 0
    more: bool = False
    loose: bool = False
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    drops: Mapping[str, int] = field(default_factory=dict)
    terms: tuple[Used, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    written: tuple[Filter, ...] = ()  # in the text
    unread: tuple[str, ...] = ()  # days in the text that are none yet


@dataclass(slots=True)
class _Stem:
    """A stem that a form may have: the members of its family, and those that are the stem itself."""

    bare: str
    key: str
    shard: Shard
    members: list[Term]
    own: list[Term]


class Searcher:
    """Searches the index that a reader gives."""

    def __init__(self, reader: Reader, manifest: Mapping[str, Any] | None = None) -> None:
        self._files = Files(reader, dict(manifest or {}))
        self._is_renewed = False

    def search(self, text: str, options: Options | None = None) -> Results:
        """What the archive has for a query (see `queries.parse`), in order."""
        found = self._attempt(text, options or Options())
        if self._files.is_stale and not self._is_renewed:
            self._is_renewed = True  # the files are of another scale than the manifest
            self._files = self._files.renewed()
            found = self._attempt(text, options or Options())
        return found

    def excerpt(self, card: Mapping[str, Any], words: Sequence[str]) -> Excerpt:
        """The lines of a document that show these words: of the card, else of the article's text."""
        shown = str(card.get("q") or "")
        marks = highlight(shown, words)
        if not marks and not highlight(str(card.get("t") or ""), words):
            whole = self._files.text(dict(card))
            if found := highlight(whole, words):
                shown, marks = whole, found
        return excerpt(shown, marks)

    @staticmethod
    def highlight(text: str, words: Iterable[str]) -> list[Span]:
        """Where words stand that may have one of these stems."""
        return highlight(text, words)

    # ---------------------------------------------------------------- words

    @property
    def _params(self) -> Mapping[str, Any]:
        params: Mapping[str, Any] = self._files.manifest["params"]
        return params

    def _stems(self, form: str) -> list[_Stem]:
        found = []
        for stem in candidates(form):
            key = family(stem)
            shard = self._files.shard(key)
            members = shard.families.get(key, [])
            alike = spelled_alike(stem, [term.stem for term in members])
            found.append(_Stem(plain(stem), key, shard, members, [term for term in members if term.stem in alike]))
        return found

    def _expanded(self, word: Word, completes: Callable[[bool], bool]) -> Expanded:
        stems = self._stems(word.form)
        is_known = any(stem.own for stem in stems)
        is_open = completes(is_known)
        found: dict[str, tuple[Term, float]] = {}
        for term, likeness in chain(self._near(stems, is_open), self._far(stems, is_known, is_open)):
            if likeness > found.get(term.stem, (term, 0.0))[1]:
                found[term.stem] = (term, likeness)
        least: float = self._params["marked"]
        listed = [
            Found(term.stem, term.df, likeness, self._files.postings(term, likeness >= least))
            for term, likeness in found.values()
        ]
        ranked = sorted(listed, key=lambda one: -one.likeness)
        used = [one.stem for one in ranked if one.likeness >= least] or [one.stem for one in ranked[:1]]
        kind = "exact" if is_known else _kind(used, stems, is_open)
        return Expanded(Used(word.typed, kind, tuple(used)), listed)

    def _near(self, stems: Sequence[_Stem], is_open: bool) -> Iterator[tuple[Term, float]]:
        """Terms of the same shards."""
        least, by_lemma, by_skeleton = (self._params[name] for name in ("dice", "lemma", "skeleton"))
        is_known = any(stem.own for stem in stems)
        for stem in stems:
            if is_known and not stem.own:
                continue  # so that every spelling of a known word finds the same
            own = {term.stem for term in stem.own}
            spellings = [plain(term.stem) for term in stem.own] or [stem.bare]
            for term in stem.members:
                d = 1.0 if term.stem in own else max(dice(one, plain(term.stem)) for one in spellings)
                if d >= least:
                    yield term, d * d * d
                elif not is_known and len(stem.key) > 2 and skeleton(stem.bare) == skeleton(term.stem):
                    yield term, by_skeleton
            lemmas = {term.lemma for term in stem.own} - {0}
            for term in stem.shard.terms:
                if term.lemma in lemmas:
                    yield term, by_lemma
                if is_open and (likeness := self._completed(stem.bare, plain(term.stem))):
                    yield term, likeness

    def _completed(self, beginning: str, word: str) -> float:
        if not word.startswith(beginning):
            return 0.0
        return float(self._params["completion"] * len(beginning) / len(word))

    def _slipped(self, meant: str, word: str) -> float:
        return float(self._params["slip"]) if is_slip(word, meant) else 0.0

    def _far(self, stems: Sequence[_Stem], is_known: bool, is_open: bool) -> Iterator[tuple[Term, float]]:
        """Terms of other families, by the lexicon: those that a slip of the finger would make of the word."""
        best: dict[str, tuple[float, float]] = {}

        def look(key: str, likeness_of: Callable[[str], float]) -> None:
            for word, rank in self._files.lexicon(key):
                likeness = likeness_of(plain(word))
                if likeness > best.get(word, (0.0, 0.0))[1]:
                    best[word] = (-likeness * (rank + 1) * (rank + 1), likeness)

        for stem in stems:
            is_number = not stem.bare.strip("0123456789.")  # another number is another fact
            if not is_known and not is_number and len(stem.bare) >= self._params["slip_min"]:
                for key in ("^" + stem.bare[:2], stem.bare[-2:] + "$"):
                    look(key, partial(self._slipped, stem.bare))
            if is_open and len(stem.bare) > 1 and len(stem.key) < 3:
                look("^" + stem.bare[:2], partial(self._completed, stem.bare))
        for word in sorted(best, key=lambda w: (best[w][0], w))[: self._params["far"]]:
            term = self._files.shard(family(word)).get(word)
            if term:
                yield term, best[word][1]

    # ---------------------------------------------------------------- documents

    def _weighed(self, words: Sequence[Expanded]) -> dict[int, Doc]:
        """The documents that words find, by number, each with its score."""
        docs: dict[int, Doc] = {}
        for word in words:
            parts: dict[int, float] = {}
            for one in word.found:
                self._add_parts(one, parts, docs)
            rarity = self._rarity(word.found)
            for number, part in parts.items():
                docs[number].score += floor(rarity * part / (part + self._params["k1"]) * 1e6 + 0.5)
        return docs

    def _add_parts(self, one: Found, parts: dict[int, float], docs: dict[int, Doc]) -> None:
        """Add how often documents have a stem, by its likeness."""
        levels: Sequence[float] = self._files.manifest["levels"]
        for number, level, verdict in one.postings:
            parts[number] = parts.get(number, 0.0) + one.likeness * levels[level]
            if number not in docs:
                docs[number] = Doc(number, verdict)

    def _rarity(self, found: Sequence[Found]) -> float:
        """How much a word tells, by the number of documents that have its stems."""
        most = 1 << self._files.scale
        top = total = 0.0
        for one in found:
            top = max(top, one.likeness * one.df)
            total += one.likeness * one.df
        df = min(most, top + self._params["rest"] * (total - top))
        return log(1 + (most - df + 0.5) / (df + 0.5))

    def _everything(self) -> dict[int, Doc]:
        """All that has facets, for a query without words."""
        layout = self._files.layout
        pages = range(layout.facet_page(layout.card_pages - 1) + 1)
        return {n: Doc(n, facets.verdict) for page in pages for n, facets in self._files.facets(page).items()}

    def _without(self, docs: dict[int, Doc], unwanted: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
        """Take out what has an unwanted word; return what only the texts can tell."""
        to_read: list[tuple[str, ...]] = []
        for forms in unwanted:
            if len(forms) > 1:
                to_read.append(tuple(forms))
                continue
            for term in next((stem.own for stem in self._stems(forms[0]) if stem.own), []):
                postings = self._files.postings(term, in_full=True)
                for number, _, _ in postings:
                    docs.pop(number, None)
                if len(postings) >= self._params["postings"]:
                    to_read.append((term.stem,))
        return to_read

    # ---------------------------------------------------------------- results

    def _attempt(self, text: str, options: Options) -> Results:
        manifest = self._files.manifest
        query = only_words(text) if options.pasted else parse(text, manifest["names"], self._params["pasted"])
        last = query.words[-1] if query.words else None

        def opens(word: Word, is_known: bool) -> bool:
            return word is last and query.open and (options.live or not is_known)

        words = [self._expanded(word, partial(opens, word)) for word in query.words]
        tests = tests_of((*query.filters, *_chosen(options)), manifest)
        docs = self._weighed(words) if words else self._everything() if tests or query.without else {}
        to_read = self._without(docs, query.without)
        by_date = options.sort == "date" or not words
        is_wide = options.columns or by_date or bool(tests.keys() - {VERDICT})
        if is_wide:
            for doc in docs.values():
                doc.facets = self._files.facets_of(doc.number) or doc.facets
        verdicts = {v["code"]: v["id"] for v in manifest["verdicts"]}
        tally = tallied(docs.values(), tests, (VERDICT, *FACETS) if is_wide else (VERDICT,), verdicts)
        tally.kept.sort(key=lambda doc: (-int(doc.day or 0) if by_date else 0, -doc.score, doc.number))
        gathered = Gathered(self._files, words, query.phrases, to_read)
        is_done = gathered.take(tally.kept, options.offset + options.limit)
        if is_loose := bool(query.phrases) and not gathered.groups:
            gathered = Gathered(self._files, words, (), to_read)
            is_done = gathered.take(tally.kept, options.offset + options.limit)
        return Results(
            groups=tuple(list(gathered.groups.values())[options.offset : options.offset + options.limit]),
            total=gathered.count if gathered.reads else len(tally.kept),
            more=not is_done,
            loose=is_loose,
            counts=tally.counts,
            drops={} if tally.kept else tally.drops,
            terms=tuple(word.said for word in words),
            suggestions=tuple(_suggested(query.words, words))[:SUGGESTED],
            written=query.filters,
            unread=query.unread,
        )


def _kind(used: Sequence[str], stems: Sequence[_Stem], is_open: bool) -> str:
    """How a word that the index does not have was found."""
    if not used:
        return "none"
    first = plain(used[0])
    if is_open and any(first.startswith(stem.bare) for stem in stems):
        return "completion"
    return "slip" if any(is_slip(first, stem.bare) for stem in stems) else "family"


def _suggested(asked: Sequence[Word], words: Sequence[Expanded]) -> Iterator[Suggestion]:
    """For each slip the three words that it is most like."""
    for one, word in zip(asked, words, strict=True):
        for meant in word.said.used[:3] if word.said.kind == "slip" else ():
            yield Suggestion(one.typed, one.at, meant)


def _chosen(options: Options) -> Iterator[Filter]:
    """The filters that are set beside the query."""
    for key, values in options.filters.items():
        yield from (Filter(key, folded(value).strip()) for value in values if value)
    for key, value in zip(BOUNDS, (options.since, options.until), strict=True):
        if bound := day_bound(folded(value)):
            yield Filter(key, bound)

"""Claims: the checkable and uncheckable statements of an article, with who is accountable for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from factarchive.arabic.clauses import asserts, clauses, counts_something, only_announces, stands_alone
from factarchive.arabic.dates import Dated, dates_among
from factarchive.arabic.kinds import Kind, Manner, asserting, is_hedged, is_personal, kind_of
from factarchive.arabic.listed import folded_set
from factarchive.arabic.qualities import quotes_quality
from factarchive.arabic.quantities import Quantity, quantities_among
from factarchive.arabic.references import names_of
from factarchive.arabic.relatives import tells_result
from factarchive.arabic.segments import Span, paragraphs, quotes, sentences
from factarchive.arabic.speech import Sentence, Statement, statements
from factarchive.arabic.voices import NARRATOR
from factarchive.arabic.words import Word, after_conjunction, opens_complement, words
from factarchive.drafting.seeds import Article
from factarchive.drafting.worth import Signs, Worth, is_central, is_told, official, topic, weigh

__all__ = ["EXTRACTOR_VERSION", "Form", "FoundClaim", "find_claims"]

EXTRACTOR_VERSION = "rules/4"

Form = Literal["direct", "paraphrase", "mixed", "none"]
Row = Sequence[Word]

_NO_SPEAKERS: Mapping[str, str] = MappingProxyType({})
_TERMS = 10  # words: a promise so long names its terms
_TERM = 2  # words: a quotation no longer than this is a term or a name, not somebody's speech


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """One claim: its exact words and place, who is accountable, who speaks, and what kind of claim it is."""

    start: int
    end: int
    quote: str
    source: str
    speaker: tuple[str, ...]
    via: tuple[str, ...]
    cue: str | None
    form: Form
    type: Kind
    numbers: tuple[Quantity, ...]
    dates: tuple[Dated, ...]
    rules: tuple[str, ...]
    worth: Worth

    def __post_init__(self) -> None:
        if not self.quote or self.end - self.start != len(self.quote) or self.quote != self.quote.strip():
            raise ValueError("a claim's quote is the exact words between its offsets, with no blanks at the ends")
        if not self.source or not self.speaker:
            raise ValueError("a claim has a source and a speaker, if only the unknown one")


def find_claims(article: Article, speakers: Mapping[str, str] = _NO_SPEAKERS) -> tuple[FoundClaim, ...]:
    """An article's claims in reading order; none overlap, none crosses a paragraph; `speakers` maps aliases."""
    cut = [_words_and_sentences(article.text, paragraph) for paragraph in paragraphs(article.text)]
    names = names_of(article.text, (row for row, _ in cut), speakers)
    said = statements(article.text, cut, names)
    return tuple(claim for row, statement in said for claim in _claims(article, row, statement))


def _words_and_sentences(text: str, paragraph: Span) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    """A paragraph's words, and its sentences as ranges of them."""
    marks = quotes(text, paragraph)
    row = words(text, paragraph, marks)
    cut: list[Sentence] = []
    at = 0
    for sentence in sentences(text, paragraph, marks):
        first = at
        while at < len(row) and row[at].start < sentence.end:
            at += 1
        cut.append((first, at))
    return row, tuple(cut)


def _claims(article: Article, row: Row, statement: Statement) -> Iterator[FoundClaim]:
    """The claims in one statement, one for each clause that asserts something."""
    for number, (first, last) in enumerate(clauses(row, statement.first, statement.last)):
        narrated = statement.voice == NARRATOR
        if narrated and not _worth_telling(article, row, (first, last)):
            continue
        complement = opens_complement(after_conjunction(row[first - 1].form)) if first else False
        whole = complement or stands_alone(row, first, last) or asserts(row, first, last)
        if not narrated and number and not whole:
            continue
        yield _claim(article, row, statement, (first, last))


def _worth_telling(article: Article, row: Row, where: tuple[int, int]) -> bool:
    """Whether the article itself asserts an event or a figure here, not a scene, a footer or a question."""
    first, last = where
    clause = row[first:last]
    counts = clause[0].start < len(article.title) and counts_something(clause)
    if clause[0].form in folded_set("marks", "footers") or not (counts or asserts(row, first, last)):
        return False
    if sum(word.kind == "word" for word in clause) < 3 and clause[0].start >= len(article.title):
        return False
    if only_announces(row, first, last):
        return False
    kind, _ = kind_of(clause, Manner())
    return kind not in ("opinion", "counterfactual")


def _claim(article: Article, row: Row, statement: Statement, where: tuple[int, int]) -> FoundClaim:
    first, last = where
    clause, voice = row[first:last], statement.voice
    start, end = _start(article.text, row, statement, first), clause[-1].end
    dates = dates_among(article.text, clause, article.published)
    numbers = quantities_among(article.text, clause, [(d.start, d.end) for d in dates])
    kind, rule = kind_of(clause, _manner(article, row, statement, (first, dates)))
    form = _form(row, statement, clause)
    signs = Signs(
        kind,
        numbers=len(numbers),
        dates=len(dates),
        official=official(voice.speaker),
        central=end <= len(article.title) or is_central(topic(article.title), (word.form for word in clause)),
        told=is_told(statement.kind, form, clause),
        vague=is_hedged(clause) or is_personal(clause),
        detailed=sum(word.kind == "word" for word in clause) >= _TERMS,
    )
    return FoundClaim(
        start=start,
        end=end,
        quote=article.text[start:end],
        source=voice.source,
        speaker=voice.speaker,
        via=voice.via,
        cue=_cue(article.text, row, statement),
        form=form,
        type=kind,
        numbers=numbers,
        dates=dates,
        rules=(*statement.rules, rule),
        worth=weigh(signs),
    )


def _manner(article: Article, row: Row, statement: Statement, said: tuple[int, Sequence[Dated]]) -> Manner:
    """How the clause from this word on, with these dates in it, was said."""
    first, dates = said
    led = [word.form for word in row[max(0, first - 4) : first] if word.kind == "word"]
    asserted = len(led) > 1 and opens_complement(led[-1]) and led[-2] in asserting()
    published = article.published.isoformat() if article.published else None
    begins = [d.value.split("/")[0] for d in dates if d.value]
    ahead = published is not None and any(day > published[: len(day)] for day in begins)
    return Manner(statement.kind, statement.voice.speaker, asserted, ahead)


def _start(text: str, row: Row, statement: Statement, first: int) -> int:
    """Where the claim's first word begins, less what is written on to it: a conjunction, a governed ب."""
    word = row[first]
    if word.start == 0 or (first > 0 and opens_complement(row[first - 1].form)):
        return word.start  # neither a headline nor what follows أن begins with a conjunction
    length = len(word.form) - len(after_conjunction(word.form))
    if first > statement.first and tells_result(row, first):
        length = 1
    if first == statement.first and statement.rules[-1].endswith("preposition-attached"):
        length = 1
    return _after_letters(text, word, length)


def _after_letters(text: str, word: Word, count: int) -> int:
    """Where the word goes on after its first letters and their marks."""
    start = word.start
    for _ in range(count if len(word.form) > count + 1 else 0):
        start += 1
        while start < word.end - 1 and not text[start].isalnum():
            start += 1
    return start


def _cue(text: str, row: Row, statement: Statement) -> str | None:
    """The cue as written, less a joined و or ف."""
    if statement.cue is None:
        return None
    first, last = row[statement.cue[0]], row[statement.cue[1] - 1]
    return text[_after_letters(text, first, len(first.form) - len(after_conjunction(first.form))) : last.end]


def _form(row: Row, statement: Statement, clause: Row) -> Form:
    """direct: wholly within quote marks; mixed: partly; none: nobody is quoted at all."""
    if statement.voice == NARRATOR:
        return "none"
    if statement.first and row[statement.first - 1].kind == "loose":
        return "direct"
    spoken = [word.depth > 0 for word in clause if word.kind in ("word", "number")]
    if all(spoken):
        return "direct"
    return "mixed" if sum(spoken) > _TERM or quotes_quality(clause) else "paraphrase"

"""Clauses: a stretch of words cut into parts with one finite predicate each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from factarchive.arabic.cues import is_comma
from factarchive.arabic.events import is_event
from factarchive.arabic.heads import definite
from factarchive.arabic.letters import folded
from factarchive.arabic.lexicon import table
from factarchive.arabic.listed import folded_set, phrases
from factarchive.arabic.quantities import small_number
from factarchive.arabic.relatives import amount_in, describes_before, figured, tells_result
from factarchive.arabic.verbs import is_doubtful, is_finite, is_future, is_past, saying_verb
from factarchive.arabic.words import Word, after_and, after_conjunction, matches, opens_complement

__all__ = ["asserts", "clauses", "counts_something", "only_announces", "stands_alone", "trimmed"]

Row = Sequence[Word]

_WHOLE = 4  # letters of a word that no dot abbreviates
_SHORTEST = 2  # words that can hold a predicate
_BACK = 60  # words looked back over for a predicate
_NEAR = 7  # words of a comparison within which its figure stands
_FAR = 12  # words of a relative within which its amount stands
_FRONTED = 10  # words of a phrase before its clause's verb
_AMOUNT = 3  # words of an amount right before what it is compared with
_LOOK = 4  # words after a joiner within which its verb stands


def clauses(row: Row, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Words [first, last) cut into clauses, in order; none overlap and each is trimmed."""
    cuts = [first, *_cuts(row, first, last), last]
    parts = (trimmed(row, a, b) for a, b in pairwise(cuts) if not (_is_gloss(row, a) or _is_topic(row, a, b)))
    return tuple((a, b) for a, b in parts if _words_in(row, a, b) >= _SHORTEST)


def _is_topic(row: Row, first: int, last: int) -> bool:
    """«وبخصوص المخازن، فإن …»: what the clause after it is about, and no clause."""
    resumed = last < len(row) and after_conjunction(row[last].form) != row[last].form
    if not resumed or not opens_complement(after_conjunction(row[last].form)):
        return False
    first += opens_complement(after_conjunction(row[first].form))
    return row[first].form in folded_set("marks", "topics")


def _words_in(row: Row, first: int, last: int) -> int:
    return sum(word.kind in ("word", "number") for word in row[first:last])


def _cuts(row: Row, first: int, last: int) -> Iterator[int]:
    previous = first
    for step in range(first + 1, last):
        bare_particle = after_conjunction(row[previous].form) in folded_set("verbs", "other", "particles")
        if step - previous < _SHORTEST + bare_particle:
            continue
        if _ends_here(row, step, last) or _joins_here(row, step, (previous, last)):
            yield step
            previous = step


def _ends_here(row: Row, step: int, last: int) -> bool:
    """Whether a sentence inside a quotation ended right before this word."""
    before = row[step - 1]
    if before.form in table("marks")["semicolons"]:
        return _has_clause(row, step + (row[step].kind == "open"), last)
    if before.kind == "mark" and len(before.form) > 1 and row[step].form in folded_set("marks", "particles"):
        return is_finite(row[step].form)  # three dots where words were left out
    if before.kind != "mark" or before.form[0] not in table("marks")["stops"]:
        return False
    return row[step].kind != "close" and not (before.form == "." and _is_dotted(row, step))


def _is_dotted(row: Row, step: int) -> bool:
    """Whether the full stop before this word stands inside an abbreviation or a number."""
    return row[step].start == row[step - 1].end and len(row[step].form) < _WHOLE


def _is_gloss(row: Row, at: int) -> bool:
    """Whether a trailing comment of the writer begins here: «، وذلك إثر …»."""
    return at > 0 and is_comma(row[at - 1]) and bool(matches(row, at, phrases("marks", "glosses")))


def _has_predicate(row: Row, first: int, last: int) -> bool:
    """Whether a finite verb stands here that belongs to no relative clause."""
    inner = folded_set("marks", "relatives") | folded_set("marks", "kept_joiners") | folded_set("marks", "governs_noun")
    window = range(max(first, last - _BACK), last)
    opening = after_conjunction(row[first].form)
    if opening in folded_set("marks", "existentials") or matches(row, first, phrases("marks", "still")):
        return True
    if row[first].form == table("marks")["of"] and first + 1 < last and definite(row[first + 1].form):
        return True
    if is_finite(opening):
        return True
    return any(is_finite(row[k].form) and (k == first or row[k - 1].form not in inner) for k in window)


def _joins_here(row: Row, step: int, around: tuple[int, int]) -> bool:
    """Whether a coordinate clause begins at this word."""
    word = row[step]
    if word.kind == "open":
        follows = step + 1 < around[1] and is_finite(row[step + 1].form)
        return follows and row[step - 1].form in folded_set("marks", "conjunctions")
    if word.kind != "word":
        return False
    if word.form in folded_set("marks", "joined_particles"):
        return True
    bare = after_conjunction(word.form)
    if bare != word.form and opens_complement(bare):
        return row[around[0]].form not in folded_set("marks", "conditions")
    if bare != word.form and is_finite(bare):
        return not _negates_phrase(row, step, around[0])
    if bare != word.form and _counts_apart(row, step, around):
        return True
    return _is_gloss(row, step) or _unjoined(row, step, around) or _subordinate(row, step, around)


def _counts_apart(row: Row, step: int, around: tuple[int, int]) -> bool:
    """«مقتل 9 مدنيين وإصابة 15 آخرين»: two deeds, each with a figure of its own."""
    first, last = around
    both = is_event(row[first].form) and is_event(after_conjunction(row[step].form))
    near = min(last, step + 1 + _AMOUNT)
    return both and amount_in(row, first + 1, step) and amount_in(row, step + 1, near)


def _negates_phrase(row: Row, step: int, previous: int) -> bool:
    """«لا … ولا المواربة», «وليس من …»: a particle that negates one more phrase, and opens no clause."""
    negations = folded_set("verbs", "other", "particles")
    bare = after_conjunction(row[step].form)
    if bare not in negations or step + 1 >= len(row):
        return False
    following = row[step + 1].form
    if bare in folded_set("marks", "before_verb"):
        phrase = not is_finite(following) and following not in folded_set("marks", "there_is")
        window = row[max(previous, step - _BACK) : step]
        return phrase and any(after_conjunction(word.form) in negations for word in window)
    return following in folded_set("marks", "particles") or following.startswith(table("marks")["by_attached"])


def _unjoined(row: Row, step: int, around: tuple[int, int]) -> bool:
    """A clause after a comma, or one with a subject of its own: «والسكان هربوا», «، نحن نريد»."""
    word, (previous, last) = row[step], around
    bare = after_conjunction(word.form)
    after_comma = is_comma(row[step - 1]) or row[step - 1].kind == "close"
    joined = bare != word.form
    if (after_comma or joined) and matches(after_and(row, step), 0, phrases("marks", "still")):
        return step - previous > _SHORTEST
    if joined and _opens_sentence(row, step, last):
        return step - previous > _SHORTEST
    if joined and bare in folded_set("marks", "governs_noun") and _before_its_verb(row, step, last):
        return _has_predicate(row, previous, step)
    event = is_comma(row[step - 1]) and is_event(bare) and not matches(row, step, phrases("marks", "additions"))
    if (after_comma and is_finite(word.form)) or event:
        return is_finite(word.form) == _has_predicate(row, previous, step)
    if bare in folded_set("marks", "subjects") and (joined or after_comma):
        told = joined and after_comma and step - previous > _SHORTEST
        return (told or _has_predicate(row, previous, step)) and last - step > _SHORTEST
    if after_comma and joined and not is_event(bare):
        told = step - previous > _LOOK or _has_predicate(row, previous, step)
        return told and _own_predicate(row, step, last)
    return False


def _opens_sentence(row: Row, step: int, last: int) -> bool:
    """Whether a joined word begins a whole sentence: «ومن المرجح أن», «وفي حال …», «ولذلك قرر»."""
    line = after_and(row, step)
    if matches(line, 0, phrases("marks", "impersonal")) or matches(line, 0, phrases("marks", "sentence_openings")):
        return _has_clause(row, step + 1, last)
    hence = matches(line, 0, phrases("marks", "hence"))
    return bool(hence) and _has_clause(row, step + hence, last)


def _before_its_verb(row: Row, step: int, last: int) -> bool:
    """«، وفي الاجتماع الأخير، بدا متعبا»: whether a phrase stands before the verb of a clause of its own."""
    for at in range(step + 1, min(last - 1, step + 1 + _FRONTED)):
        if is_comma(row[at]):
            return is_finite(row[at + 1].form)
        if is_finite(row[at].form) or opens_complement(row[at].form):
            return False
    return False


def _own_predicate(row: Row, step: int, last: int) -> bool:
    """Whether a noun's own verb or its «هو» follows: «والفريق لم يكن», and no relative clause before it."""
    inner = folded_set("marks", "relatives") | folded_set("marks", "kept_joiners") | folded_set("marks", "governs_verb")
    for word in row[step + 1 : min(last, step + 1 + _LOOK)]:
        if word.kind != "word" or word.form in inner or opens_complement(word.form):
            return False
        if is_finite(word.form):
            return is_future(word.form) or definite(after_conjunction(row[step].form))
        if word.form in folded_set("marks", "copulas"):
            return True
    return False


def _subordinate(row: Row, step: int, around: tuple[int, int]) -> bool:
    """A clause that a joiner, a relative with a figure of its own or a comparison opens."""
    word, (previous, last) = row[step], around
    bare = after_conjunction(word.form)
    after_comma = is_comma(row[step - 1]) or row[step - 1].kind == "close"
    if word.form in folded_set("marks", "kept_joiners"):
        return after_comma and _any(row, step + 1, last, folded_set("marks", "result_verbs"))
    if bare in folded_set("marks", "relatives"):
        tells = after_comma or bare != word.form or (step + 1 < last and is_finite(row[step + 1].form))
        free = after_comma or bare != word.form  # else it says which one is meant, unless it counts something
        apart = tells and figured(row, step, last) and (free or amount_in(row, step, min(last, step + _FAR)))
        return apart and _told(row, previous, step)
    if tells_result(row, step):
        return _told(row, previous, step) and _figure(row, previous, step)
    if describes_before(row, step, last):
        return _told(row, previous, step)
    if _comparison(row, step):
        near, far = (previous, _NEAR) if after_comma else (max(previous, step - _AMOUNT), _AMOUNT)
        return amount_in(row, step, min(last, step + far)) and _figure(row, near, step)
    if bare in folded_set("marks", "contrasts"):
        return _has_clause(row, step + 1, last)
    if bare in folded_set("marks", "clause_joiners"):
        return last - step > _LOOK and row[step + 1].form not in folded_set("marks", "concerns")
    joins = bare in folded_set("marks", "joiners") or _joiner_pair(row, step) > 0 or _concession(row, step) > 0
    return joins and _verb_near(row, step, last)


def _told(row: Row, previous: int, step: int) -> bool:
    """Whether the words before this one tell something that a clause can be added to."""
    return _has_predicate(row, previous, step) or is_event(row[previous].form)


def _has_clause(row: Row, at: int, last: int) -> bool:
    """Whether a clause with or without a verb begins here, and no bare phrase."""
    if last - at < _SHORTEST:
        return False
    first = row[at].form
    nominal = definite(first) or first in folded_set("marks", "subjects") or opens_complement(first)
    nominal = nominal or bool(matches(row, at, phrases("marks", "impersonal")))
    return nominal or any(is_finite(word.form) for word in row[at : min(last, at + _BACK)])


def _comparison(row: Row, step: int) -> int:
    """How many words open a comparison here: «مقابل», «بالمقارنة مع»."""
    return matches(row, step, phrases("marks", "comparisons"))


def _joiner_pair(row: Row, step: int) -> int:
    """2 where a two-word joiner («في حين») begins here."""
    if step + 1 >= len(row):
        return 0
    return 2 if (after_conjunction(row[step].form), row[step + 1].form) in _pairs() else 0


def _concession(row: Row, step: int) -> int:
    """The words of «على الرغم من» or «رغم» where «أن» follows."""
    length = matches(row, step, phrases("marks", "concessions"))
    return length if length and step + length < len(row) and opens_complement(row[step + length].form) else 0


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset((folded(a), folded(b)) for a, b in table("marks")["joiner_pairs"])


def _any(row: Row, at: int, last: int, listed: frozenset[str]) -> bool:
    return any(word.form in listed for word in row[at : min(last, at + 2)])


def _verb_near(row: Row, step: int, last: int) -> bool:
    return any(is_finite(word.form) for word in row[step + 1 : min(last, step + 1 + _LOOK)])


def _figure(row: Row, first: int, last: int) -> bool:
    return any(word.kind == "number" or small_number(word.form) for word in row[max(first, last - _BACK) : last])


def trimmed(row: Row, first: int, last: int) -> tuple[int, int]:
    """The part without joining words, complementisers and marks at its ends."""
    while first < last and _leads(row, first, last):
        first += max(1, _joiner_pair(row, first), _comparison(row, first), _concession(row, first))
    while last > first and _trails(row, first, last):
        last -= 1
    return first, last


def _leads(row: Row, at: int, last: int) -> bool:
    word = row[at]
    if word.kind in ("mark", "open", "close", "loose"):
        return True
    bare = after_conjunction(word.form)
    if opens_complement(bare):
        return True
    if bare in folded_set("marks", "relatives") or word.form in folded_set("marks", "conjunctions"):
        return True
    joiner = bare in folded_set("marks", "joiners") or bare in folded_set("marks", "contrasts")
    joiner = joiner or bool(_comparison(row, at) or _concession(row, at)) or word.form in folded_set("marks", "leads")
    return joiner or bool(_joiner_pair(row, at) and _verb_near(row, at, last))


def _trails(row: Row, first: int, last: int) -> bool:
    """Whether the last word is a mark, a loose conjunction, or a closing mark that was opened outside."""
    word = row[last - 1]
    if word.form in folded_set("marks", "tags") and last - first > 2 and row[last - 2].form in "([":
        return True
    if word.kind == "close":
        outside = row[first].depth - (row[first].kind == "open")
        return word.depth < outside
    if word.kind in ("open", "loose") or word.form in folded_set("marks", "conjunctions"):
        return True
    if word.kind == "word":
        loose = folded_set("marks", "joiners") | folded_set("marks", "relatives") | folded_set("marks", "loose_ends")
        return word.form in loose
    return word.kind == "mark" and not _closes_bracket(row, first, last)


def _closes_bracket(row: Row, first: int, last: int) -> bool:
    """Whether the last mark ends something begun inside: a bracket or a percentage."""
    mark = row[last - 1].form
    if row[last - 2].form in folded_set("marks", "tags"):
        return False
    if mark in folded_set("numbers", "words", "percent"):
        return True
    opening = next((pair[0] for pair in table("marks")["brackets"] if pair[1] == mark), None)
    return opening is not None and any(word.form == opening for word in row[max(first, last - _BACK) : last - 1])


def asserts(row: Row, first: int, last: int) -> bool:
    """Whether the words hold a finite verb, open with a perfect spelled like a noun, or with a noun of an event."""
    if any(is_finite(word.form) or is_finite(after_conjunction(word.form)) for word in row[first:last]):
        return True
    opening = after_conjunction(row[first].form)
    perfect = is_past(opening) and opening not in folded_set("marks", "particles")
    compared = any(first >= n and _comparison(row, first - n) >= n for n in (1, 2))
    contrasted = first > 0 and after_conjunction(row[first - 1].form) in folded_set("marks", "contrasts")
    joined = first > 0 and after_conjunction(row[first - 1].form) in folded_set("marks", "clause_joiners")
    joined = joined or tells_result(row, first) or opening in folded_set("marks", "amounts")
    nominal = contrasted or joined or opening in folded_set("marks", "subjects")
    nominal = nominal or bool(matches(row, first, phrases("marks", "impersonal")))
    return is_event(row[first].form) or is_event(opening) or (perfect and last - first > _LOOK) or compared or nominal


def counts_something(words: Row) -> bool:
    """Whether a headline with no verb opens with a figure: «22.5% زيادة في الأرباح»."""
    counted = any(word.kind == "number" or small_number(word.form) for word in words[:_SHORTEST])
    return counted and sum(word.kind == "word" for word in words) >= _LOOK


def stands_alone(row: Row, first: int, last: int) -> bool:
    """Whether the words are a sentence of a quotation or complement by themselves: between stops or semicolons."""
    before = row[first - 1] if first else None
    marked = before is not None and before.form[:1] in table("marks")["stops"] + table("marks")["semicolons"]
    return marked and _words_in(row, first, last) > _SHORTEST


def only_announces(row: Row, first: int, last: int) -> bool:
    """Whether the words say that somebody spoke and not what: «علقت الوزارة على أنباء», «فلان يرد على فلان»."""
    for step in range(first, min(last, first + _BACK)):
        form = after_conjunction(row[step].form) if step == first else row[step].form
        verb = saying_verb(form)
        thing = step + 1 < last and is_event(row[step + 1].form)  # «يشير ضعف الإدراك إلى»
        if verb is not None and not thing and not (is_past(form) or is_doubtful(form)):
            if step > first and after_conjunction(row[step - 1].form) in folded_set("marks", "before_verb"):
                return False  # «لم تؤكد الوزارة النبأ» tells what did not happen
            return verb.kind in table("verbs")["speech"]["empty"]
        if is_finite(form):
            return False
    return False

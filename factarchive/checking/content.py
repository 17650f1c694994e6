"""One content file, read and well-formed: does it hold together, and does each ruling rest on something?"""

from __future__ import annotations

from itertools import chain

from factarchive.archive.entries import BODY_MAX, Entry
from factarchive.checking.claims import check_claims
from factarchive.checking.days import check_days
from factarchive.checking.evidence import check_evidence
from factarchive.checking.quotes import check_quotes
from factarchive.checking.references import check_references
from factarchive.checking.rulings import check_rulings
from factarchive.problems import Place, Problem, problem

_CHECKS = (check_claims, check_rulings, check_evidence, check_references, check_days)


def check_entry(entry: Entry, visible_text: str) -> tuple[Problem, ...]:
    """Everything wrong inside one file, in its order.

    `visible_text` is the body as readers see it, each paragraph in one line.
    """
    found = chain.from_iterable(check(entry) for check in _CHECKS)
    if len(entry.body) > BODY_MAX:
        # Nobody reads on in such a body, nor does the check of the quotes.
        place = Place(entry.path, entry.body_line)
        body = iter((problem(place, "body-too-long", length=len(entry.body), most=BODY_MAX),))
    else:
        body = check_quotes(entry, visible_text)
    return tuple(sorted({*found, *body}))

"""A review as some file tells it: texts as they were given, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from factarchive.problems import Place


@dataclass(frozen=True, slots=True)
class Record:
    """One review, unread: every field a text as given, empty where the file has none."""

    place: Place
    number: int  # of the record in its file, from 1
    claim: str = ""
    claimant: str = ""
    claim_date: str = ""
    publisher: str = ""
    site: str = ""
    url: str = ""
    title: str = ""
    review_date: str = ""
    rating: str = ""
    lang: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    appearances: tuple[str, ...] = ()
    via: tuple[str, ...] = ()

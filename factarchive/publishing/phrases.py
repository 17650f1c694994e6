"""Arabic words for ids, counts and dates: labels from data, plural forms and months from CLDR.

babel (BSD) is CLDR for Python: month names by country, the six Arabic plural forms, digits. It is imported here only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date

_PERCENT = "\u066a"
_DIGITS = str.maketrans("0123456789", "".join(chr(0x660 + n) for n in range(10)))
_LATIN = str.maketrans("".join(chr(0x660 + n) for n in range(10)), "0123456789")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one locale (ar, ar_EG, ar_SY …) in one numbering system (latn or arab)."""

    locale: str = "ar"
    numerals: str = "latn"

    def day(self, value: date | str) -> str:
        """A date as readers write it, as precisely as it is known: «18 مارس 2025», «مارس 2025», «2025»."""
        if isinstance(value, str) and len(value) == 10:
            value = date.fromisoformat(value)
        if isinstance(value, date):
            return self.number(format_date(value, "d MMMM y", locale=self.locale))
        if len(value) == 7:
            return self.number(format_date(date.fromisoformat(value + "-01"), "MMMM y", locale=self.locale))
        return self.number(value)

    def number(self, value: int | str) -> str:
        """A number, or digits in a text, in the site's numerals."""
        return str(value).translate(_DIGITS if self.numerals == "arab" else _LATIN)

    def percent(self, part: int, whole: int) -> str:
        """A share in whole percents: «37%», «٣٧٪»; of nothing it is none."""
        share = round(100 * part / whole) if whole else 0
        return self.number(share) + (_PERCENT if self.numerals == "arab" else "%")

    def count(self, n: int, noun: str) -> str:
        """So many of a noun in the right one of six plural forms: «ادعاءان», «3 ادعاءات», «11 ادعاءً»."""
        form = _plural_rule(self.locale)(n)
        template: str = labels()["plural"][noun][form]
        return template.format(n=self.number(n))


def label(group: str, word: str) -> str:
    """The Arabic word for an id of a closed set, such as ("stance", "supports")."""
    text: str = labels()[group][word]
    return text


def phrase(group: str, word: str, **values: str) -> str:
    """A label with its blanks filled in."""
    return label(group, word).format(**values)


@cache
def labels() -> Mapping[str, Any]:
    """All labels, by group."""
    return tomllib.loads((files("factarchive.publishing") / "labels.toml").read_text(encoding="utf-8"))


@cache
def techniques() -> Mapping[str, Mapping[str, str]]:
    """Label and definition of every technique, by id, in order."""
    return tomllib.loads((files("factarchive.archive") / "techniques.toml").read_text(encoding="utf-8"))


@cache
def _plural_rule(locale: str) -> Any:
    return Locale.parse(locale).plural_form

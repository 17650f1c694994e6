"""How to cite a page: a line of text, and BibTeX."""

from __future__ import annotations

import re
from datetime import date

from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Citation, Meta
from factarchive.publishing.phrases import phrase

_SPECIAL = re.compile(r"[\\{}$&#%_~^]")
_SPELLED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def citation(key: str, page: Meta, on: date | None, desk: Desk) -> Citation:
    """The two forms of a reference to a page of this archive; `key` names it among an author's references."""
    settings = desk.settings
    title, url = page.title, settings.base_url + page.url
    publisher = settings.publisher.name or settings.title
    day = desk.phrases.day(on) if on else phrase("page", "undated")
    text = phrase("cite", "text", title=title, publisher=publisher, day=day, url=url)
    fields = {
        "title": f"{{{_escaped(title)}}}",
        "author": f"{{{_escaped(publisher)}}}",
        "organization": _escaped(settings.title),
        **({"year": str(on.year), "date": on.isoformat()} if on else {}),
        "url": url,
        "langid": "arabic",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(text, f"@online{{{key},\n{lines}\n}}")


def _escaped(text: str) -> str:
    """A text whose signs mean nothing to TeX."""
    return _SPECIAL.sub(lambda sign: _SPELLED.get(sign[0], "\\" + sign[0]), text)

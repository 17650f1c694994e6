"""References: whom a short form, an office or a pointing word of an article means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from factarchive.arabic.heads import body, definite, known, role, titles
from factarchive.arabic.letters import folded
from factarchive.arabic.listed import folded_set
from factarchive.arabic.names import Name
from factarchive.arabic.words import after_article

__all__ = ["Names"]

_CROWD = 50  # so many namesakes that a short form says nothing


class Names:
    """The names of one article, by which short forms and pointing words are resolved."""

    def __init__(self, found: Iterable[Name], speakers: Mapping[str, str]) -> None:
        self._speakers = {folded(alias): name for alias, name in speakers.items()}
        self._found = tuple(sorted(found, key=lambda name: name.start))
        full: dict[str, str] = {}
        for name in self._found:
            if name.kind in ("person", "body") and " " in name.form:
                full.setdefault(name.form, name.text)
        self._full = full
        self._by_head: dict[str, list[Name]] = {}
        for name in self._found:
            if " " in name.form and name.title and name.kind != "role":
                self._by_head.setdefault(name.title[0], []).append(name)
        self._by_part: dict[str, list[str]] = {}
        for form in full:
            for part in {*form.split(), *map(after_article, form.split())}:
                self._by_part.setdefault(part, []).append(form)

    def resolve(self, name: Name, *, before: int) -> str | None:
        """The canonical name; None where the words only point and nothing says at whom."""
        forms = name.form.split()
        if name.form in folded_set("names", "joint") or forms[0] in folded_set("names", "nobody"):
            return None
        listed = self._speakers.get(name.form)
        if listed:
            return listed
        if name.kind == "role" or (len(forms) == 1 and self._points(forms[0])):
            bearer = self._bearer(tuple(map(after_article, forms)), before)
            return bearer or (name.text if len(forms) > 1 else None)
        if set(forms) <= folded_set("names", "pointing"):
            return None
        for length in range(len(forms), 0, -1):
            longer = self._longer(forms[:length])
            if longer:
                return longer
        return self._listed(name.form) or name.text

    def full(self, name: Name) -> bool:
        """Whether the article or the archive has this as a full name."""
        return name.form in self._full or name.form in self._speakers

    def _listed(self, form: str) -> str | None:
        return self._speakers.get(form) or known().get(form)

    def _points(self, form: str) -> bool:
        pointing = form in folded_set("names", "pointing")
        return pointing or (definite(form) and bool(role(form) or body(form)))

    def _bearer(self, title: tuple[str, ...], before: int) -> str | None:
        """The name that last stood with this title or head noun, or, in a headline, that first will."""
        held = self._by_head.get(title[0], [])
        at = bisect_left(held, before, key=lambda name: name.start)
        near = [*held[max(0, at - 20) : at][::-1], *held[at : at + 20]]
        wanted = set(title)
        found = next((name for name in near if wanted <= set(name.title)), None)
        return self._full_text(found.form) if found else None

    def _longer(self, forms: list[str]) -> str | None:
        """The one full name of the article that holds these words in this order; None for none or for two."""
        if forms[0] in titles() or forms[0] in folded_set("marks", "particles"):
            return None
        if len(forms) == 1 and body(forms[0]):
            return None
        candidates = self._by_part.get(forms[-1], [])
        if len(candidates) > _CROWD:
            return None
        short = " ".join(forms)
        holding = {self._full_text(c) for c in candidates if _holds(c, short)}
        return holding.pop() if len(holding) == 1 else None

    def _full_text(self, form: str) -> str:
        """The longest name of the article that begins with this one."""
        namesakes = self._by_part.get(form.split()[0], [])
        longer = [f for f in namesakes[:_CROWD] if f.startswith(form + " ")]
        best = max(longer, key=len, default=form)
        return self._listed(best) or self._full.get(best, best)


def _holds(full: str, short: str) -> bool:
    return f" {short} " in f" {full} "

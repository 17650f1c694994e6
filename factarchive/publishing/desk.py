"""What every view is made with: the settings, the speakers known, and the words for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from factarchive.archive.cards import ELSEWHERE, NARRATOR, UNKNOWN
from factarchive.archive.site import Registry, list_url, path_key
from factarchive.archive.terms import Technique
from factarchive.archive.verdicts import Rating, Verdict, scale
from factarchive.config import Settings
from factarchive.publishing.parts import Link, TallyItem, TechniqueView, VerdictView
from factarchive.publishing.phrases import Phrases, label, techniques


@dataclass(frozen=True)
class Desk:
    """Settings, registry and phrases in one hand; makes the small values that all views share."""

    settings: Settings
    registry: Registry
    has_pencil: bool = False  # whether this machine can draw Arabic, and so share cards

    @cached_property
    def phrases(self) -> Phrases:
        """Dates, numbers and counts as this site writes them."""
        return Phrases(self.settings.locale, self.settings.numerals)

    def draws(self, kind: str) -> bool:
        """Whether cards of a kind are drawn: `articles`, or `claims`, which the setting includes them in."""
        wanted = self.settings.cards
        return self.has_pencil and (wanted == "claims" or wanted == kind)

    @property
    def browser_locale(self) -> str:
        """The language, calendar and numerals of the site, as BCP 47 writes them for a browser."""
        return f"{self.settings.locale.replace('_', '-')}-u-ca-gregory-nu-{self.settings.numerals}"

    def rating(self, verdict: Verdict | str) -> Rating:
        """A verdict with the newsroom's own label, where it set one."""
        shipped = scale()[Verdict(verdict)]
        return replace(shipped, label=self.settings.labels.get(shipped.id, shipped.label))

    def verdict(self, verdict: Verdict | str) -> VerdictView:
        """A verdict as shown, or the state of what another desk has reviewed, which is none."""
        if verdict == ELSEWHERE:
            return VerdictView(
                ELSEWHERE, label("list", ELSEWHERE), None, label("intro", ELSEWHERE), list_url(ELSEWHERE)
            )
        rating = self.rating(verdict)
        url = list_url("pending") if rating.id is Verdict.PENDING else list_url("verdicts", rating.id)
        return VerdictView(str(rating.id), rating.label, rating.value, rating.definition, url)

    def technique(self, technique: Technique) -> TechniqueView:
        """A technique as shown."""
        row = techniques()[technique]
        return TechniqueView(str(technique), row["label"], row["definition"], list_url("techniques", technique))

    def speaker(self, name: str) -> Link | None:
        """A name with the way to its list; None for the article's own voice and for the unknown."""
        if name in (NARRATOR, UNKNOWN):
            return None
        return Link(self.registry.canonical(name), list_url("speakers", self.registry.key(name)))

    def outlet(self, name: str) -> Link | None:
        """An outlet with the way to its list; None where it is not known."""
        return Link(name, list_url("outlets", path_key(name))) if name else None

    def topics(self, names: Iterable[str]) -> tuple[Link, ...]:
        """Topics with the way to their lists."""
        return tuple(Link(name, list_url("topics", path_key(name))) for name in dict.fromkeys(names))

    def tally(self, states: Iterable[str]) -> tuple[TallyItem, ...]:
        """How many of these claims have which verdict, in the order of the scale; pending ones are no verdict."""
        counted = Counter(states)
        return tuple(TallyItem(self.verdict(v), counted[v]) for v in Verdict if counted[v] and v is not Verdict.PENDING)

    def month(self, month: str) -> str:
        """A month of a list in words."""
        return self.phrases.day(month) if month[:1].isdigit() else label("page", "undated")

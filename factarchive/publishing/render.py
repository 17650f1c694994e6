"""Views to bytes through Jinja: the theme, a project's own templates over it, and the closure of each template.

jinja2 (BSD) is the template engine that the project's users know; it is imported in this module only.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jinja2 import ChoiceLoader, DictLoader, Environment, PrefixLoader, StrictUndefined, meta
from jinja2.exceptions import TemplateSyntaxError

from factarchive.archive.entries import digest_of
from factarchive.problems import Place, Problem, Refused, problem
from factarchive.publishing.assets import Assets
from factarchive.publishing.bidi import is_arabic, isolated, readable
from factarchive.publishing.desk import Desk
from factarchive.publishing.navigation import accounts, main_links
from factarchive.publishing.parts import Link, SiteInfo
from factarchive.publishing.phrases import labels
from factarchive.publishing.structured import page_graph


@dataclass(frozen=True)
class Theme:
    """Templates by name: the shipped ones, and a project's own, which win and may extend `theme/<name>`."""

    shipped: Mapping[str, str]
    own: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """What stands for all of them."""
        return digest_of(*(f"{name}\n{source}" for name, source in sorted(self.sources.items())))

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Every template that a page or another template can name."""
        return {**{f"theme/{n}": s for n, s in self.shipped.items()}, **self.shipped, **self.own}


class Renderer:
    """Renders views; knows for each template the digest of all that it is made of."""

    def __init__(self, theme: Theme, assets: Assets, site: SiteInfo, desk: Desk) -> None:
        self._theme = theme
        self._env = _environment(theme, assets, desk)
        self._env.globals["site"] = site
        self._env.globals["graph"] = lambda meta: page_graph(meta, site, desk)
        self.closures: dict[str, str] = {}  # by template; what is known for this theme may be put in

    def closure(self, template: str) -> str:
        """What stands for a template and everything that it extends or includes; raises Refused where one is broken."""
        if template not in self.closures:
            names = sorted(self._reached(template))
            self.closures[template] = digest_of(*(f"{n}\n{self._theme.sources[n]}" for n in names))
        return self.closures[template]

    def render(self, template: str, view: object) -> bytes:
        """The page; raises Refused with the template's place where the template fails."""
        try:
            text: str = self._env.get_template(template).render(view=view)
        except Exception as error:  # a template can raise whatever the values that it handles can
            raise Refused(_template_problem(template, error)) from None
        return text.encode("utf-8", "replace")

    def _reached(self, template: str) -> set[str]:
        reached: set[str] = set()
        open_ = [template]
        while open_:
            name = open_.pop()
            if name in reached or name not in self._theme.sources:
                continue
            reached.add(name)
            open_ += self._named(name)
        return reached

    def _named(self, name: str) -> Iterable[str]:
        try:
            parsed = self._env.parse(self._theme.sources[name], name)
        except (TemplateSyntaxError, RecursionError) as error:
            raise Refused(_template_problem(name, error)) from None
        for found in meta.find_referenced_templates(parsed):
            # A name that is computed at run time could be any template.
            yield from self._theme.sources if found is None else (found,)


def site_info(desk: Desk, pages: tuple[Link, ...]) -> SiteInfo:
    """What templates know of the whole site."""
    settings = desk.settings
    return SiteInfo(
        title=settings.title,
        tagline=settings.tagline,
        description=settings.description,
        publisher=settings.publisher.name or settings.title,
        contact=settings.contact or None,
        nav=main_links(settings),
        pages=pages,
        social=accounts(settings),
    )


def _environment(theme: Theme, assets: Assets, desk: Desk) -> Environment:
    loaders = [DictLoader(dict(theme.own)), DictLoader(dict(theme.shipped))]
    env = Environment(
        loader=ChoiceLoader([PrefixLoader({"theme": loaders[1]}), *loaders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    base_url, base_path = desk.settings.base_url, desk.settings.base_path

    def url(path: str) -> str:
        return base_path + path[1:] if path.startswith("/") else path

    def absolute(path: str) -> str:
        return base_url + path

    def asset(name: str) -> str:
        return url(assets.url(name))

    def absolute_asset(name: str) -> str:
        return absolute(assets.url(name))

    env.globals |= {"url": url, "absolute": absolute, "asset": asset, "absolute_asset": absolute_asset}
    env.globals["labels"] = labels()
    env.filters |= {
        "latin": isolated,
        "is_arabic": is_arabic,
        "readable": readable,
        "day": desk.phrases.day,
        "num": desk.phrases.number,
        "count": desk.phrases.count,
        "iso": _iso,
    }
    return env


def _iso(value: date | str) -> str:
    return value.isoformat() if isinstance(value, date) else value


def _template_problem(template: str, error: Exception) -> Problem:
    name, line = template, _failing_line(error)
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    return problem(Place(f"templates/{name}", line), "template-error", why=f"{type(error).__name__}: {error}")


def _failing_line(error: Exception) -> int:
    """The line of the innermost template that was being rendered; 0 where none was."""
    frames = traceback.walk_tb(error.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == "<template>"]
    return lines[-1] if lines else 0

"""What preview shows in the place of a page that cannot be made: every problem, readable, until the file is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from factarchive.archive.entries import digest_of
from factarchive.problems import Problem, Refused
from factarchive.publishing.claim_views import article_url
from factarchive.publishing.pages import Page
from factarchive.publishing.parts import Meta, ProblemView
from factarchive.publishing.phrases import label
from factarchive.publishing.render import Renderer
from factarchive.publishing.views import ErrorView

_BARE = Markup(
    '<!DOCTYPE html><html lang="ar" dir="rtl"><meta charset="utf-8">'
    "<title>{title}</title><h1>{title}</h1><ul>{items}</ul>"
)
_ITEM = Markup('<li><code dir="ltr">{place} [{rule}]</code><p>{text}</p><p>{action}</p></li>')


def error_pages(broken: Mapping[str, tuple[Problem, ...]]) -> Iterator[Page]:
    """A page for each slug whose file has faults."""
    for slug, problems in sorted(broken.items()):
        url = article_url(slug)
        key = digest_of(*(repr(p) for p in problems))
        yield Page(url, "error.html", key, _viewer(url, problems), indexed=False)


def error_page(problems: Iterable[Problem], url: str, renderer: Renderer) -> bytes:
    """The page in the place of one whose template failed; plain HTML where the error page's own template does."""
    view = error_view(problems, url)
    try:
        return renderer.render("error.html", view)
    except Refused:
        return bare_page(problems)


def bare_page(problems: Iterable[Problem]) -> bytes:
    """The problems as plain HTML, for when no template can be trusted."""
    items = Markup("").join(_ITEM.format(place=p.place, rule=p.rule, text=p.text, action=p.action) for p in problems)
    return _BARE.format(title=label("page", "error"), items=items).encode()


def error_view(problems: Iterable[Problem], url: str) -> ErrorView:
    """The problems as the error page's template shows them."""
    shown = tuple(ProblemView(str(p.place), p.rule, p.severity, p.text, p.action, p.excerpt) for p in problems)
    title = label("page", "error")
    return ErrorView(Meta(title, title, url, indexed=False), shown)


def _viewer(url: str, problems: tuple[Problem, ...]) -> Callable[[], ErrorView]:
    return lambda: error_view(problems, url)

"""The links that stand on every page: the archive's main lists, and its own pages."""

from __future__ import annotations

from factarchive.archive.site import Site, list_url
from factarchive.config import Settings
from factarchive.publishing.parts import Link
from factarchive.publishing.phrases import label

_LISTS = ("archive", "verdicts", "speakers", "topics")


def main_links(settings: Settings) -> tuple[Link, ...]:
    """The links over every page: those that the newsroom set, else the archive's main lists."""
    if settings.navigation:
        return tuple(Link(text, url) for text, url in settings.navigation.items())
    return tuple(Link(label("list", kind), list_url(kind)) for kind in _LISTS)


def own_pages(site: Site) -> tuple[Link, ...]:
    """The archive's own pages in order of their slugs."""
    return tuple(Link(prose.front.title, f"/{prose.front.slug}/") for prose in site.prose)


def accounts(settings: Settings) -> tuple[Link, ...]:
    """The newsroom's accounts elsewhere."""
    return tuple(Link(text, url) for text, url in settings.social.items())

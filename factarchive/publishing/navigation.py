"""The links that stand on every page: the archive's main lists, and its own pages."""

from __future__ import annotations

from factarchive.archive.site import Site, list_url
from factarchive.publishing.parts import Link
from factarchive.publishing.phrases import label

_LISTS = ("archive", "verdicts", "speakers", "topics")


def navigation(site: Site) -> tuple[Link, ...]:
    """Lists first, then the archive's own pages in order of their slugs."""
    lists = (Link(label("list", kind), list_url(kind)) for kind in _LISTS)
    pages = (Link(prose.front.title, f"/{prose.front.slug}/") for prose in site.prose)
    return (*lists, *pages)

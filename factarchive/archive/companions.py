"""What stands beside the articles in content/: the archive's own pages, and the speakers it knows."""

from __future__ import annotations

from typing import Literal

from factarchive.archive.schema import Day, Model, Slug, Text, Url


class PageFront(Model):
    """The front matter of content/pages/<slug>.md: methodology, about and their like."""

    title: Text
    slug: Slug
    description: Text | None = None
    reviewed: Day | None = None


class Speaker(Model):
    """One entry of content/speakers.yml: a name, its key for URLs, other spellings, for whom it speaks."""

    name: Text
    key: Slug | None = None
    aliases: tuple[Text, ...] = ()
    kind: Literal["person", "organization"] = "organization"
    affiliation: Text | None = None
    role: Text | None = None
    url: Url | None = None


class Speakers(Model):
    """content/speakers.yml."""

    speakers: tuple[Speaker, ...] = ()

"""Small whole archives for tests, made of strings and built by the same code as any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from factarchive.config import Settings, read_settings
from factarchive.pipeline import build
from factarchive.standing import standing_report
from factarchive.state import Report

# «The ministry said that 12 schools were opened in March.» and «It will open 20 more.»
OPENED = "افتتحت الوزارة 12 مدرسة في مارس"
PLANNED = "ستفتتح 20 مدرسة أخرى"
BODY = f"قالت وزارة التعليم إنها {OPENED}.\n\nوأضافت أنها {PLANNED}."

RULED = """\
  - id: {id}
    claim: {words}
    quote: {quote}
    source: وزارة التعليم
    said_on: {day}
    ruling:
      verdict: {verdict}
      summary: تؤيد قائمة الوزارة المنشورة هذا العدد.
      as_of: {day}
      evidence: [{{source: list, stance: supports, quote: اثنتا عشرة مدرسة}}]
      by: هيئة التحرير
      on: {day}
"""
PENDING = """\
  - id: {id}
    quote: {quote}
    source: وزارة التعليم
    said_on: {day}
    proposal: {{status: attributed-only, confidence: low, by: rules/1}}
    ruling: {{verdict: pending}}
"""
ARTICLE = """\
---
title: {title}
slug: {slug}
published: {day}
outlet: صحيفة المثال
topics: [التعليم]
claims:
{claims}sources:
  - id: list
    title: قائمة المدارس
    url: https://example.org/list
    publisher: وزارة التعليم
    tier: primary
    access: live
    accessed: {day}
---
{body}
"""


@dataclass
class Archive:
    """A project in a folder of its own; `build` is the real one."""

    root: Path
    overrides: dict[str, str] = field(default_factory=lambda: {"base_url": "https://example.org/repo"})

    def write(self, path: str, text: str) -> Path:
        """Put a file of the project there."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        return target

    def read(self, path: str) -> str:
        """The text of a file of the project."""
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a word of a file; fails where the word is not there."""
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new))

    def article(self, slug: str, day: str = "2025-03-18", title: str = "", verdict: str = "true") -> None:
        """Add an article with one ruled claim (<slug>1) and one that waits for a person (<slug>2)."""
        claims = RULED.format(id=f"{slug}1", words=OPENED, quote=OPENED, day=day, verdict=verdict)
        claims += PENDING.format(id=f"{slug}2", quote=PLANNED, day=day)
        named = title or f"مدارس جديدة {slug}"
        text = ARTICLE.format(title=named, slug=slug, day=day, claims=claims, body=BODY)
        self.write(f"content/{slug}.md", text)

    @property
    def settings(self) -> Settings:
        """The settings that `build` runs under."""
        return read_settings(self.root, self.overrides)

    def build(self, *, tolerant: bool = False) -> Report:
        """Build the site, as the command does: a build with nothing to do ends before it begins."""
        settings = self.settings
        return (None if tolerant else standing_report(settings)) or build(settings, tolerant=tolerant)

    def page(self, url: str) -> str:
        """The published file of an address."""
        return self.read("site" + url + ("index.html" if url.endswith("/") else ""))

    def files(self) -> dict[str, bytes]:
        """Every published file and its bytes."""
        site = self.root / "site"
        return {str(p.relative_to(site)): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two articles, of March and of April 2025."""
    made = Archive(tmp_path / "project")
    made.write("pyproject.toml", '[tool.factarchive]\ntitle = "أرشيف"\n')
    made.article("march")
    made.article("april", "2025-04-02")
    return made


def rules(report: Report) -> Sequence[str]:
    """The ids of a report's errors and warnings, in order."""
    return [found.rule for found in sorted(report.problems) if found.severity != "note"]

"""The content file's schema in the form that editors' programs and researchers read."""

from __future__ import annotations

from typing import Any

from factarchive.archive.schema import Front


def content_schema() -> dict[str, Any]:
    """The front matter of a content file as JSON Schema (draft 2020-12)."""
    schema = Front.model_json_schema(by_alias=True)
    return {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "content/<slug>.md"}

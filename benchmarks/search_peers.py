"""Pagefind beside us: its index made by its own Python package, its own script asked in node."""

from __future__ import annotations

import asyncio
import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from factarchive.arabic.lexicon import table

Row = dict[str, Any]
Ask = Callable[..., dict[str, Row]]
HERE = Path(__file__).resolve().parent
BATCH = 200  # one after the other takes some forty milliseconds each
MODES = {"as it comes": "whole", "word by word": "words"}


def build(documents: Sequence[Row], folder: Path) -> None:
    """Write Pagefind's index of the documents, each as a page with its title in <h1>."""
    asyncio.run(_build(documents, folder))


async def _build(documents: Sequence[Row], folder: Path) -> None:
    from pagefind.index import IndexConfig, PagefindIndex

    async with PagefindIndex(config=IndexConfig(output_path=str(folder))) as index:
        pages = [(f"/{number}/", _page(row)) for number, row in enumerate(documents)]
        for start in range(0, len(pages), BATCH):
            await asyncio.gather(*(index.add_html_file(content=p, url=u) for u, p in pages[start : start + BATCH]))
        await index.write_files()


def _page(row: Row) -> str:
    title, text = html.escape(row.get("title", "")), html.escape(row["text"])
    id_ = html.escape(row["id"], quote=True)
    heading = f"<h1>{title}</h1>" if title else ""
    body = f'<span data-pagefind-meta="id[data-id]" data-id="{id_}"></span>{heading}<p>{text}</p>'
    return f'<!doctype html><html lang="ar"><body data-pagefind-body>{body}</body></html>'


def ask_pagefind(folder: Path, queries: Sequence[Row], ask: Ask) -> dict[str, dict[str, Row]]:
    """What Pagefind finds for each query, for each way of asking it."""
    stops = json.dumps(table("stems")["stop"]["words"])
    script = str(HERE / "search_peers.mjs")
    return {name: ask([script, str(folder)], queries, mode, stops) for name, mode in MODES.items()}

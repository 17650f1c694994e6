"""Pagefind beside us: its index made by its own program, its own script asked in node."""

from __future__ import annotations

import html
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from factarchive.arabic.lexicon import table

Row = dict[str, Any]
Ask = Callable[..., dict[str, Row]]
HERE = Path(__file__).resolve().parent
MODES = {"as it comes": "whole", "word by word": "words"}


def build(documents: Sequence[Row], folder: Path) -> None:
    """Write Pagefind's index of the documents, each as a page with its title in <h1>."""
    with tempfile.TemporaryDirectory() as site:
        for number, row in enumerate(documents):
            page = Path(site) / f"{number}.html"
            page.write_text(_page(row), encoding="utf-8", newline="\n")
        command = [sys.executable, "-m", "pagefind", "--site", site, "--output-path", str(folder), "--quiet"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


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

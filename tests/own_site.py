"""The repository's own archive, built once a session for the tests of finished pages, with one article more.

The article added has a claim for every verdict of the scale, so that what holds for a verdict is tested
whether or not an editor has used it, and words that the search must find however they are spelled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from factarchive.archive.entries import Entry, read_entry
from factarchive.archive.schema import Claim
from factarchive.archive.verdicts import RULED, Rating, Verdict, scale

ROOT = Path(__file__).resolve().parent.parent
BASE_PATH = "/some-repo/"
BASE_URL = "https://example.org/some-repo"
SAMPLE = "every-verdict"
# "The (f.) national library was reopened on 17 August": a hamza, diacritics, two ta marbutas and a number.
FORGIVING = "أُعيد افتتاح المكتبة الوطنيّة في 17 أغسطس"


@dataclass(frozen=True)
class Built:
    """A finished site and what it was made from."""

    www: Path
    entries: tuple[Entry, ...]
    said: str

    @property
    def output(self) -> Path:
        return self.www / BASE_PATH.strip("/")

    @property
    def pages(self) -> list[Path]:
        """Every HTML page."""
        return sorted(self.output.rglob("*.html"))

    @property
    def claims(self) -> list[Claim]:
        return [claim for entry in self.entries for claim in entry.front.claims]

    def url(self, page: Path) -> str:
        """Where a page will stand: the address of its folder, or of the file where it is no index."""
        path = page.relative_to(self.output).as_posix()
        return f"{BASE_URL}/{path.removesuffix('index.html')}"


def rated(claim: Claim) -> Rating | None:
    """The rating that the claim's markup must carry, of the verdict or else of its being said; None: none."""
    layers = (claim.ruling.verdict, claim.ruling.attribution)
    found = next((v for v in layers if v not in (None, Verdict.PENDING, Verdict.OPINION)), None)
    return scale()[found] if found else None


@cache
def built_site(folder: Path) -> Built:
    """Build a copy of the project as a person would, under a base path; asked again, return the same site."""
    project, www = folder / "own-project", folder / "own-www"
    for name in ("content", "templates", "seeds"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("build.py", "pyproject.toml"):
        shutil.copy(ROOT / name, project / name)
    (project / "content" / f"{SAMPLE}.md").write_text(sample(), encoding="utf-8", newline="\n")
    options = {"--output": www / BASE_PATH.strip("/"), "--cache": project / "cache", "--base-url": BASE_URL}
    given = [str(word) for pair in options.items() for word in pair]
    done = subprocess.run(
        [sys.executable, "build.py", "build", *given],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    files = sorted((project / "content").glob("*.md"))
    entries = tuple(read_entry(file.read_text(encoding="utf-8"), file.name) for file in files)
    return Built(www, entries, said)


# ---------------------------------------------------------------- the article added


def sample() -> str:
    """A content file whose claims bear every verdict, each layer alone, and none."""
    claims = [_claim(n, str(verdict), {"verdict": str(verdict)}) for n, verdict in enumerate(RULED, 2)]
    claims += [
        _claim(20, "said", {"attribution": "true"}),
        _claim(21, "said-opinion", {"attribution": "true", "verdict": "opinion"}),
        {**_claim(22, "waiting", {}), "ruling": {"verdict": "pending"}},
        {**_claim(23, "library", {"verdict": "true"}), "claim": FORGIVING, "quote": FORGIVING},
    ]
    front = {
        "title": "ما قاله مدير المصنع عن فروعه",  # "what the factory's manager said of its branches"
        "slug": SAMPLE,
        "published": date(2026, 3, 18),
        "outlet": {"name": "صحيفة المدينة"},  # "the city's newspaper"
        "topics": ["الصناعة"],  # "industry"
        "summary": "أمثلة على كل حكم في السلم.",  # "examples of every verdict on the scale"
        "claims": claims,
        "sources": [
            {
                "id": "register",
                "title": "السجل الصناعي",  # "the industrial register"
                "url": "https://example.org/register",
                "publisher": "وزارة الصناعة",  # "the ministry of industry"
                "tier": "primary",
                "access": "live",
                "accessed": date(2026, 3, 20),
            }
        ],
    }
    body = "\n\n".join(f"{claim['quote']}." for claim in claims)
    return f"---\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False)}---\n\n{body}\n"


def _claim(number: int, name: str, layers: dict[str, str]) -> dict[str, object]:
    # "the branch number N employs N hundred workers, said the factory's manager"
    words = f"يعمل في الفرع رقم {number} نحو {number}00 عامل"
    ruling = {
        **layers,
        # "the register gives the number of workers in it"
        "summary": f"يذكر السجل عدد العاملين في الفرع {number}.",
        "as_of": date(2026, 3, 20),
        "evidence": [{"source": "register", "stance": "supports"}],
        "by": "اسم المدقق",  # "the checker's name"
        "on": date(2026, 3, 21),
    }
    source = "مدير المصنع"  # "the factory's manager"
    return {"id": f"sample-{name}", "claim": words, "quote": words, "source": source, "ruling": ruling}

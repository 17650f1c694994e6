"""The commands: the only place that prints results and sets the exit status.

Exit status: 0 fine (warnings too), 1 errors found, 2 wrong use. What needs a third-party package is imported by
the command that needs it, so that a build with nothing to do, and one on a machine with nothing installed, stay short.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from factarchive.config import Settings, read_settings
from factarchive.problems import PROFILES, Problem, Refused, has_errors, problem
from factarchive.standing import standing_report
from factarchive.state import Busy, Report, State, with_state
from factarchive.stopwatch import Stopwatch

INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python build.py"
MATCH_DATA = """The data of --json: `text` and `matches`, the best first. Each has `claim` (id, words, verdict, label,
summary, source, said_on, ruled_on, path, url, file, article, outlet), `sentence`, `confidence` (low, medium, high),
`score` (0 to 1) and `differences` (kind, here, there). A span is start, end and text; those of `sentence` and `here`
count characters of `text`, those of `there` of the claim's words."""
FOLDERS = ("seeds", "content", "templates", "output", "cache")


def main(argv: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command in the project at `root` (default: the current folder); return the exit status."""
    _speak_utf8()
    options = parser().parse_args(argv)
    try:
        settings = read_settings(root or Path.cwd(), _overrides(options))
        status: int = options.run(settings, options)
        return status
    except Refused as refused:
        return _end(refused.problems, options)
    except Busy:
        return _end((problem(settings.folders.cache.name, "build-running"),), options)
    except BrokenPipeError:
        # Whoever reads our output has seen enough (`| head`); nothing may be written to it on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("factarchive"):
            raise
        what = f"The package '{missing.name}' is not installed."
        print(f"{what} This installs what is needed, and builds: {INSTALL}", file=sys.stderr)
        return 1


def parser() -> argparse.ArgumentParser:
    """The command line, as --help and the README show it."""
    top = argparse.ArgumentParser(
        prog="build.py", description="Turn seeds into drafts, and content into a fact-check archive."
    )
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    every = _shared_options(FOLDERS)
    build = commands.add_parser("build", parents=[every], help="draft new seeds, then build the site (the default)")
    build.add_argument("--clean", action="store_true", help="forget what was built before; files that are right stay")
    build.add_argument("--timings", action="store_true", help="print where the time went")
    build.add_argument("--strict", action="store_true", help="exit 1 on warnings too")
    build.set_defaults(run=_build)
    draft = commands.add_parser("draft", parents=[every], help="draft new seeds only")
    draft.add_argument("--diff", action="store_true", help="show what the machine would write now, and write nothing")
    draft.set_defaults(run=_draft)
    check = commands.add_parser("check", parents=[every], help="list every problem of the content, or of built pages")
    check.add_argument("paths", metavar="PATH", nargs="*", help="HTML files or folders, anyone's; none: the content")
    check.add_argument(
        "--for",
        dest="profile",
        choices=PROFILES,
        metavar="READER",
        help=f"one reader of markup: {', '.join(PROFILES)} (default: all)",
    )
    form = check.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print data instead of a table")
    form.add_argument("--sarif", action="store_true", help="print a SARIF 2.1.0 log, for code hosts")
    check.add_argument("--strict", action="store_true", help="exit 1 on warnings too")
    check.set_defaults(run=_check)
    claims = commands.add_parser("claims", help="what the machine finds in one article")
    claims.add_argument("file", metavar="FILE", help="a text file: the title, then paragraphs")
    claims.add_argument("--date", metavar="D", default="none", help="the day of the article, YYYY-MM-DD, or none")
    claims.add_argument("--json", action="store_true", help="print data instead of a table")
    claims.add_argument("--why", action="store_true", help="show the span and the rules of each claim")
    claims.set_defaults(run=_claims)
    few = _shared_options(("content", "cache"))
    match = commands.add_parser(
        "match", parents=[few], help="list the ruled claims that a text says again", epilog=MATCH_DATA
    )
    match.add_argument("text", metavar="TEXT", help="a sentence or a whole message; - reads it from standard input")
    match.add_argument("--limit", type=_count, default=10, metavar="N", help="list so many at most (default: 10)")
    match.add_argument("--json", action="store_true", help="print data instead of a table")
    match.set_defaults(run=_match)
    took = commands.add_parser("import", parents=[few], help="keep other people's reviews as content files, as theirs")
    took.add_argument("file", metavar="FILE", help="a ClaimReview feed, a Tools API answer, pages, JSON lines or a CSV")
    took.add_argument("--dry-run", action="store_true", help="report what would be kept, and write nothing")
    took.add_argument("--json", action="store_true", help="print the report as data")
    took.set_defaults(run=_import)
    serve = commands.add_parser("serve", parents=[every], help="preview with live reload")
    serve.add_argument(
        "--port", type=int, choices=range(1, 65536), default=8000, metavar="N", help="where to listen (default: 8000)"
    )
    serve.set_defaults(run=_serve)
    top.set_defaults(
        run=_build, clean=False, timings=False, strict=False, quiet=False, **dict.fromkeys((*FOLDERS, "base_url"))
    )
    return top


def _shared_options(folders: Sequence[str]) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    for name in folders:
        shared.add_argument(f"--{name}", metavar="D", help=f"the {name} folder")
    shared.add_argument("--base-url", metavar="U", help="where the site will stand, such as https://example.org/repo")
    shared.add_argument("--quiet", action="store_true", help="print problems only")
    return shared


# ------------------------------------------------------------------ commands
def _build(settings: Settings, options: argparse.Namespace) -> int:
    started = time.perf_counter()
    if options.clean:
        _forget(settings)
    watch = Stopwatch()
    report = _standing(settings) or _built(settings, watch)
    for path in report.drafted:
        _say(f"drafted {path}", options)
    told = [found for found in report.problems if found.severity != "note"]
    status = _end(told, options)
    if len(told) < len(report.problems):
        _say(f"{len(report.problems) - len(told)} notes: see `python build.py check`", options)
    took = time.perf_counter() - started
    if report.published:
        counts = f"{len(report.built)} pages built, {report.kept} kept, {len(report.removed)} removed"
        if options.timings:
            print(*watch.lines(took), sep="\n")
        if report.rooms:
            files, size = sum(n for _, n, _ in report.rooms), sum(n for *_, n in report.rooms)
            _say(f"the site has {files:,} files, {size / 1e6:.1f} MB; GitHub Pages takes 1,000 MB", options)
        _say(f"{counts} in {took:.2f} s", options)
    else:
        _say("nothing published: the last good site stays", options)
    return status


def _standing(settings: Settings) -> Report | None:
    try:
        return standing_report(settings)
    except Busy:
        return None


def _built(settings: Settings, watch: Stopwatch) -> Report:
    with watch.stage("starting"):
        from factarchive.pipeline import build  # imports third-party packages

    return build(settings, watch=watch)


def _forget(settings: Settings) -> None:
    with_state(settings.folders.cache, State.reset)


def _draft(settings: Settings, options: argparse.Namespace) -> int:
    from factarchive.drafted import drafts, write_drafts

    if options.diff:
        shown, problems = drafts(settings)
        for path, present, draft in shown:
            _print_diff(path, present or "", draft.text)
        return _end(problems, options)
    written, problems = write_drafts(settings)
    for path in written:
        _say(f"drafted {path}", options)
    status = _end(problems, options)
    _say(f"{len(written)} drafts written", options)
    return status


def _check(settings: Settings, options: argparse.Namespace) -> int:
    if options.profile and not options.paths:
        print("build.py check: --for speaks of pages: name a file or a folder", file=sys.stderr)
        return 2
    problems, seen = _checked(settings, options)
    if options.json or options.sarif or options.paths:
        from factarchive.checking import report

        form = "json" if options.json else "sarif" if options.sarif else "table"
        print(report.written(problems, form), end="")
        status = _status(problems, options)
    else:
        status = _end(problems, options)
    if not options.json and not options.sarif:
        counts = {kind: sum(p.severity == kind for p in problems) for kind in ("error", "warning", "note")}
        _say(", ".join((*seen, *(f"{n} {kind}s" for kind, n in counts.items()))), options)
    return status


def _checked(settings: Settings, options: argparse.Namespace) -> tuple[Sequence[Problem], tuple[str, ...]]:
    """The problems of the content, or of the pages named, and then what was seen of those."""
    if not options.paths:
        from factarchive.pipeline import check

        return check(settings), ()
    from factarchive.checking.markup.check import check_paths, wanted

    done = check_paths(map(Path, options.paths), wanted(settings, options.profile, date.today()))
    return done.problems, (f"{done.pages} pages", f"{done.reviews} with ClaimReview")


def _claims(settings: Settings, options: argparse.Namespace) -> int:
    from factarchive.drafting.claims import find_claims
    from factarchive.drafting.listing import Style, as_data, as_table
    from factarchive.drafting.seeds import read_article

    day = _day(options.date)
    article, notes = read_article(Path(options.file), day)
    _print_problems(notes)
    claims = find_claims(article)
    if options.json:
        print(json.dumps(as_data(article, claims), ensure_ascii=False))
    else:
        from factarchive.publishing.phrases import Phrases, label  # CLDR takes a while

        words = Phrases(settings.locale, settings.numerals)
        columns = shutil.get_terminal_size((100, 24)).columns
        style = Style(label, words.count(len(claims), "claims"), columns, words.day)
        for line in as_table(article, claims, style, options.why):
            print(line)
    return 0


def _match(settings: Settings, options: argparse.Namespace) -> int:
    from factarchive.archive.match_listing import MatchStyle, matches_as_data, matches_as_table
    from factarchive.archive.verdicts import Verdict, scale
    from factarchive.matched import match
    from factarchive.publishing.phrases import Phrases, label

    text = sys.stdin.read() if options.text == "-" else options.text
    matches, problems = match(settings, text, options.limit)
    labels = {str(v): settings.labels.get(v, scale()[v].label) for v in Verdict}
    style = MatchStyle(
        label=label,
        verdict=labels.__getitem__,
        day=Phrases(settings.locale, settings.numerals).day,
        base_url=settings.base_url.rstrip("/"),
        width=shutil.get_terminal_size((100, 24)).columns,
    )
    if options.json:
        print(json.dumps(matches_as_data(text, matches, style), ensure_ascii=False))
    else:
        for line in matches_as_table(text, matches, style):
            print(line)
    return _end(problems, options)


def _count(word: str) -> int:
    if not word.isascii() or not word.isdigit() or not 1 <= int(word) <= 1000:
        raise argparse.ArgumentTypeError(f"{word!r} is no number from 1 to 1000")
    return int(word)


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from factarchive.imported import import_file

    done = import_file(settings, options.file, dry=options.dry_run)
    status = _end(done.problems, options)
    report = [json.dumps(done.as_data(), ensure_ascii=False)] if options.json else done.as_lines()
    for line in report:
        _say(line, options)
    return status


def _day(word: str) -> date | None:
    if word == "none":
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        print(f"build.py claims: --date {word}: not a day; write YYYY-MM-DD, or none", file=sys.stderr)
        raise SystemExit(2) from None


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    from factarchive.preview import serve

    serve(_previewed(settings, options.port), options.port, lambda report: _print_problems(report.problems))
    return 0


def _previewed(settings: Settings, port: int) -> Settings:
    """The same settings with a site and a memory of preview's own, so that error pages never reach the real site."""
    folders = settings.folders
    cache = folders.cache / "preview"
    own = replace(folders, output=cache / "site", cache=cache)
    return replace(settings, folders=own, base_url=f"http://localhost:{port}")


# ------------------------------------------------------------------ printing
def _end(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    _print_problems(problems)
    return _status(problems, options)


def _status(problems: Sequence[Problem], options: argparse.Namespace) -> int:
    strict = getattr(options, "strict", False) and any(p.severity == "warning" for p in problems)
    return 1 if strict or has_errors(problems) else 0


def _print_problems(problems: Iterable[Problem]) -> None:
    for found in sorted(problems):
        print(f"{found.place}: {found.severity} [{found.rule}]", file=sys.stderr)
        if found.excerpt.strip():
            print(f"    {found.excerpt}", file=sys.stderr)
            print("    " + " " * (found.place.column - 1) + "^", file=sys.stderr)
        print(f"  {found.text}\n  {found.action}\n", file=sys.stderr)


def _print_diff(path: str, present: str, wanted: str) -> None:
    lines = difflib.unified_diff(present.splitlines(), wanted.splitlines(), path, f"{path} (draft)", lineterm="")
    for line in lines:
        print(line)


def _say(text: str, options: argparse.Namespace) -> None:
    if not options.quiet:
        print(text)


def _overrides(options: argparse.Namespace) -> Mapping[str, str]:
    names = (*FOLDERS, "base_url")
    return {name: value for name in names if (value := getattr(options, name, None)) is not None}


def _speak_utf8() -> None:
    # Arabic on a terminal or in a pipe whose locale says otherwise (Windows, CI) must not end in a traceback.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")

"""The documents say what the code does: commands, settings, rules, verdicts, and the way to the web.

docs/problems.md and docs/commands.md are made here: FACTARCHIVE_REFRESH=1 writes them anew.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from factarchive.archive.entries import read_entry
from factarchive.archive.verdicts import scale
from factarchive.cli import parser
from factarchive.config import SETTINGS, read_settings
from factarchive.drafting.sidecars import KNOWN_KEYS
from factarchive.problems import PROFILES, messages
from tests.house import project

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.ar.md")
# The same section in both: «الأوامر» is "commands", «الإعدادات» "settings", «ملف المحتوى» "the content file".
COMMANDS = {"README.md": "Commands", "README.ar.md": "الأوامر"}
SETTINGS_TABLE = {"README.md": "Settings", "README.ar.md": "الإعدادات"}
CONTENT_FILE = "ملف المحتوى"
OFF_THE_SCALE = "بلا رقم"  # "without a number"
WORKFLOW = ".github/workflows/pages.yml"
# A machine's own folders, spelled in parts so that this file does not name them either.
PRIVATE = re.compile(r"(?<![\w.:/-])/(?:work|tmp|home|root)/|\.\./" + "shared")
ACTIONS = {
    "actions/checkout@v4",
    "actions/setup-python@v5",
    "actions/cache@v4",
    "actions/configure-pages@v5",
    "actions/upload-pages-artifact@v4",
    "actions/deploy-pages@v4",
}


MARKUP_PAGE = """# The check of pages

Every rule that `check PATH…` knows. It reads any HTML file, and a folder also as a site: rules E05, E50, E51, W52, W53,
W54 and W56 speak of a whole site, and E40 then compares with its map. A page without ClaimReview is fine; ClaimReview
as microdata or RDFa is told of (I07) and not read. `--for` keeps the rules of one reader of markup; a rule whose reader
stands in brackets is told only when that reader is asked for.

Labels and their numbers are held to a scale only where it is known: that of our own pages, or one that the site
declares (a schema.org DefinedTermSet, each term with its `name` and its number as `termCode`). A number that says
the opposite of its word is told anyway. Made from `factarchive/messages/` by `tests/test_docs.py`.

| rule | severity | for | what is wrong, and what to do | in Arabic |
| --- | --- | --- | --- | --- |"""


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def blocks(path: str, language: str) -> list[str]:
    """The fenced blocks of a document in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text(path), flags=re.MULTILINE | re.DOTALL)


def rows(path: str, heading: str) -> list[list[str]]:
    """The cells of the table under that heading, without its head."""
    section = re.split(r"^## ", text(path), flags=re.MULTILINE)
    (found,) = [s for s in section if s.startswith(heading)]
    lines = [line for line in found.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def tracked() -> Iterator[Path]:
    """Every file that is in git or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    yield from (path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command's own parser, by name; its description says in a line what it does."""
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    for listed in action._choices_actions:
        action.choices[listed.dest].description = listed.help
    return dict(action.choices)


def kept(path: str, made: str) -> str:
    """The document as it stands, after writing it anew where that was asked for."""
    if os.environ.get("FACTARCHIVE_REFRESH") == "1":
        (ROOT / path).parent.mkdir(exist_ok=True)
        (ROOT / path).write_text(made, encoding="utf-8", newline="\n")
    return text(path) if (ROOT / path).is_file() else ""


# ---------------------------------------------------------------- the two commands


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_opens_with_the_command_that_builds_and_the_one_that_tests(readme):
    build, test = (block.strip() for block in blocks(readme, "sh")[:2])
    opening = text(readme).split("\n## ")[0]

    assert build == "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/python build.py"
    assert test == "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
    assert build in opening and test in opening


def test_ci_ends_with_the_test_command_of_the_readme():
    last = text(".ci/run").rstrip().splitlines()[-1]

    assert last == blocks("README.md", "sh")[1].strip()


def test_ci_may_be_started_from_anywhere_and_stops_at_the_first_failure():
    lines = text(".ci/run").splitlines()

    assert "set -euo pipefail" in lines and any(line.startswith('cd "$(dirname') for line in lines)
    assert os.access(ROOT / ".ci/run", os.X_OK)


# ---------------------------------------------------------------- commands, settings, rules, verdicts


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_lists_every_command_and_no_other(readme):
    listed = {first.strip("`").split()[0] for first, *_ in rows(readme, COMMANDS[readme])}

    assert listed == set(commands())


def test_every_option_that_a_readme_names_exists():
    known = {option for sub in commands().values() for a in sub._actions for option in a.option_strings}
    named = {option for readme in READMES for option in re.findall(r"`(?:\w+ )?(--[a-z-]+)", text(readme))}

    assert named - known == set()


def test_every_command_and_option_is_described_in_its_page():
    made = "".join(command_section(name, sub) for name, sub in commands().items())
    page = f"""# Commands

`python build.py COMMAND`; without a command, `build`. Made from the program itself by `tests/test_docs.py`.

Exit status: 0 fine, warnings too; 1 errors were found; 2 wrong use.
{made}"""

    assert kept("docs/commands.md", page) == page


def command_section(name: str, sub: argparse.ArgumentParser) -> str:
    about = (sub.description or "").strip()
    about = f"{about[:1].upper()}{about[1:]}."
    lines = [f"| {option_words(a)} | {cell(a.help or '')} |" for a in sub._actions if a.dest != "help"]
    table = "\n".join(["| | |", "| --- | --- |", *lines, ""]) if lines else ""
    more = f"\n{sub.epilog}\n" if sub.epilog else ""
    return f"\n## {name}\n\n{about}\n" + (f"\n{table}" if table else "") + more


def option_words(action: argparse.Action) -> str:
    value = action.metavar or action.dest.upper()
    if not action.option_strings:
        return f"`{value}`"
    return ", ".join(f"`{o}`" if action.nargs == 0 else f"`{o} {value}`" for o in action.option_strings)


def cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_gives_every_setting_with_its_default(readme, tmp_path):
    defaults = read_settings(tmp_path)  # a project that sets nothing
    table = {name.strip("`"): value.strip("`") for name, value, _ in rows(readme, SETTINGS_TABLE[readme])}
    plain = {name: value for name in SETTINGS if isinstance(value := getattr(defaults, name), str)}

    assert list(table) == list(SETTINGS)
    assert {name: table[name] for name in plain} == plain


def test_the_readmes_example_of_a_content_file_is_one():
    examples = [blocks(readme, "yaml")[0] for readme in READMES]
    entries = [read_entry(f"---\n{example}---\n", "README.md") for example in examples]

    assert entries[0].front == entries[1].front
    assert all(claim.ruling.is_made for claim in entries[0].front.claims)


def test_the_arabic_readme_shows_the_scale_as_it_is():
    shown = [(id_.strip("`"), label) for id_, label, _ in rows("README.ar.md", CONTENT_FILE)]
    numbers = {id_.strip("`"): number for id_, _, number in rows("README.ar.md", CONTENT_FILE)}

    assert shown == [(str(rating.id), rating.label) for rating in scale().values()]
    assert all(numbers[str(r.id)] == str(r.value) for r in scale().values() if r.value is not None)
    assert [id_ for id_, number in numbers.items() if number.startswith(OFF_THE_SCALE)] == [
        str(r.id) for r in scale().values() if r.value is None and r.id != "pending"
    ]


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_everything_that_may_stand_beside_a_seed(readme):
    missing = [key for key in KNOWN_KEYS if f"`{key}`" not in text(readme)]

    assert missing == []


def test_every_rule_is_explained_in_its_page():
    own = [(rule, m) for rule, m in by_name() if "text_en" not in m]
    lines = [f"| `{rule}` | {m['severity']} | {cell(m['text'])} | {cell(m['action'])} |" for rule, m in own]
    page = "\n".join(
        [
            "# Problems",
            "",
            "Every rule that `build` and `check` know, with the words an editor reads. An error stops a",
            "publication; a warning is worth a look; a note only informs. Words in {braces} are filled in.",
            "Those on built pages stand in [markup.md](markup.md).",
            "Made from `factarchive/messages/` by `tests/test_docs.py`.",
            "",
            "| rule | severity | what is wrong | what to do |",
            "| --- | --- | --- | --- |",
            *lines,
            "",
        ]
    )

    assert kept("docs/problems.md", page) == page


def test_every_rule_on_markup_is_explained_in_its_page_in_both_languages():
    lines = [
        f"| `{rule}` | {m['severity']} | {readers(m)} | {cell(m['text_en'])} {cell(m['action_en'])} "
        f"| {cell(m['text'])} {cell(m['action'])} |"
        for rule, m in by_name()
        if "text_en" in m
    ]
    page = "\n".join([MARKUP_PAGE, *lines, ""])

    assert kept("docs/markup.md", page) == page


def readers(message: Mapping[str, Any]) -> str:
    listed = [name for name in PROFILES if name in message.get("profiles", PROFILES)]
    names = "all" if len(listed) == len(PROFILES) else ", ".join(listed)
    return f"({names})" if message.get("asked") else names


def by_name() -> list[tuple[str, dict[str, str]]]:
    return sorted((rule, dict(message)) for rule, message in messages().items())


# ---------------------------------------------------------------- the repository


def test_every_dependency_is_named_among_other_peoples_work():
    named = {name for name, *_ in rows("THIRD-PARTY.md", "Installed beside it")}
    declared = {Requirement(r).name.lower() for r in project()["dependencies"]}

    assert named == declared


def test_every_link_between_documents_leads_somewhere():
    documents = [path for path in tracked() if path.suffix == ".md" and path.parent in (ROOT, ROOT / "docs")]
    links = [
        (document.name, link)
        for document in documents
        for link in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
        if "://" not in link and not (document.parent / link).exists()
    ]

    assert links == []


def test_no_file_names_a_machine_it_was_made_on():
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or a font
        found += [f"{path.relative_to(ROOT)}:{n}" for n, line in enumerate(lines, 1) if PRIVATE.search(line)]

    assert found == []


@pytest.mark.parametrize("line", ["cd /" + "work/main", "see .." + "/shared/x", "open('/" + "tmp/a')"])
def test_a_path_of_one_machine_would_be_seen(line):
    assert PRIVATE.search(line)


def test_no_lock_file_names_a_host():
    assert "://" not in text("package-lock.json") and "resolved" not in text("package-lock.json")


def test_development_tools_are_pinned_exactly():
    lines = re.findall(r'^    "[\w-]+": "(.+)"', text("package.json"), flags=re.MULTILINE)

    assert lines and all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in lines)


# ---------------------------------------------------------------- the way to the web


def workflow() -> dict:
    # YAML 1.1 reads the key `on` as true.
    loaded = yaml.safe_load(text(WORKFLOW))
    return {"on" if key is True else key: value for key, value in loaded.items()}


def steps() -> list[dict]:
    return [step for job in workflow()["jobs"].values() for step in job["steps"]]


def test_the_workflow_uses_official_actions_in_pinned_majors():
    assert {step["uses"] for step in steps() if "uses" in step} == ACTIONS


def test_the_workflow_gives_each_job_only_what_it_needs():
    granted = {name: job["permissions"] for name, job in workflow()["jobs"].items()}

    assert workflow()["permissions"] == {}
    assert granted == {
        "test": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_the_workflow_lets_no_expression_into_a_shell():
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_the_workflow_tests_before_it_builds_and_deploys_from_main_only():
    jobs = workflow()["jobs"]

    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    assert jobs["deploy"]["if"] == "github.event_name != 'pull_request'"
    assert workflow()["on"]["push"] == {"branches": ["main"]}
    assert workflow()["concurrency"]["cancel-in-progress"] is False


def test_the_workflow_runs_what_people_run():
    ran = [step["run"] for step in steps() if "run" in step]

    assert "bash .ci/run" in ran
    assert any(re.match(r"python build\.py build \$\{BASE_URL:\+--base-url", line) for line in ran)

"""The house rules, kept by reading the package's own source; each checker is shown to be able to fail."""

from __future__ import annotations

import ast
import subprocess
import sys
from statistics import quantiles

import pytest

from factarchive.problems import messages
from tests.house import (
    COMPANIONS,
    FUNCTION_P90,
    PACKAGE,
    ROOT,
    arabic_in_logic,
    broken_layers,
    broken_rules,
    careless_files,
    cycles,
    depth,
    empty_names,
    functions,
    gpl,
    length,
    licences_of,
    modules_of,
    oversized,
    package,
    project,
    shared_packages,
    sources,
    third_party,
    undocumented,
)

# ---------------------------------------------------------------- the house


@pytest.mark.parametrize(
    "checker",
    [
        broken_layers,
        cycles,
        oversized,
        careless_files,
        shared_packages,
        arabic_in_logic,
        undocumented,
        empty_names,
    ],
)
def test_the_package_keeps_the_house_rule(checker):
    complaints = checker(package())

    assert complaints == []


def test_nine_functions_in_ten_are_short():
    lengths = [length(f) for source in package() for f, _ in functions(source)]

    assert quantiles(lengths, n=10)[-1] <= FUNCTION_P90


def test_every_rule_has_a_message_and_every_message_a_rule():
    complaints = broken_rules(package(), messages())

    assert complaints == []


def test_every_message_says_how_bad_what_and_what_to_do():
    arabic, english = {"severity", "text", "action"}, {"text_en", "action_en"}
    optional = {"profiles", "asked"}
    incomplete = [r for r, entry in messages().items() if set(entry) - optional not in (arabic, arabic | english)]
    severities = {entry["severity"] for entry in messages().values()}

    assert (incomplete, severities - {"error", "warning", "note"}) == ([], set())


def test_what_is_declared_is_imported_and_what_is_imported_is_declared():
    brought = modules_of(project()["dependencies"])
    used = set(third_party(package()))
    unused = {name for name, modules in brought.items() if not modules & used}
    undeclared = used - set().union(*brought.values()) - set(COMPANIONS)

    assert (unused, undeclared) == (set(), set())


def test_what_the_tests_import_is_declared_for_them():
    declared = project()["dependencies"] + project()["optional-dependencies"]["test"]
    used = set(third_party(package("tests"))) - {"tests"}
    # pytest itself stands on packaging.
    undeclared = used - set().union(*modules_of(declared).values()) - {"packaging"} - set(COMPANIONS)

    assert undeclared == set()


@pytest.mark.parametrize("module", ["standing", "cli"])
def test_a_build_with_nothing_to_do_loads_the_standard_library_only(module):
    # -S: without site-packages, so that an import from there cannot succeed.
    command = [sys.executable, "-S", "-c", f"import {PACKAGE}.{module}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_no_dependency_is_under_the_gpl():
    licences = licences_of(project()["dependencies"])

    assert "jinja2" in licences and gpl(licences) == []


# ---------------------------------------------------------------- the checkers themselves


def test_an_import_from_a_higher_floor_is_seen_even_inside_a_function():
    bad = sources(archive__site="def build():\n    from factarchive.pipeline import build\n", pipeline="", problems="")

    assert broken_layers(bad) == ["factarchive.archive.site:2 imports factarchive.pipeline"]


def test_an_import_for_types_alone_counts_too():
    bad = sources(
        publishing__views="""
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from factarchive.drafting import claims
        """,
        drafting__claims="",
    )

    assert broken_layers(bad) == ["factarchive.publishing.views:4 imports factarchive.drafting.claims"]


def test_a_relative_import_is_no_way_round():
    bad = sources(archive__site="from ..publishing import pages\n", publishing__pages="")

    assert broken_layers(bad) == ["factarchive.archive.site:1 imports factarchive.publishing.pages"]


def test_a_new_room_must_be_given_a_floor():
    assert broken_layers(sources(attic__boxes="")) == ["factarchive.attic.boxes: this room stands on no floor"]


def test_a_room_may_import_itself_and_what_lies_below():
    good = sources(archive__site="from factarchive.archive import entries\nimport factarchive.problems\n")

    assert broken_layers(good) == []


def test_a_cycle_is_seen():
    bad = sources(
        arabic__a="from factarchive.arabic import b\n",
        arabic__b="from factarchive.arabic.c import x\n",
        arabic__c="def later():\n    import factarchive.arabic.a\n",
    )

    (cycle,) = cycles(bad)

    assert set(cycle.split(" → ")) == {"factarchive.arabic.a", "factarchive.arabic.b", "factarchive.arabic.c"}


def test_a_chain_is_no_cycle():
    assert cycles(sources(arabic__a="import factarchive.arabic.b\n", arabic__b="")) == []


def test_a_long_file_and_a_long_function_are_seen():
    bad = sources(long="x = 1\n" * 401, tall="def f():\n" + "    x = 1\n" * 60)

    assert oversized(bad) == ["factarchive.long: 401 lines", "factarchive.tall:1 f: 61 lines"]


def test_a_fifth_parameter_is_seen_but_self_is_not_counted():
    bad = sources(
        wide="""
        def f(a, b, /, c, *, d, **e): ...
        class C:
            def g(self, a, b, c, d): ...
            @staticmethod
            def h(a, b, c, d, e): ...
        """
    )

    assert oversized(bad) == ["factarchive.wide:2 f: 5 parameters", "factarchive.wide:6 h: 5 parameters"]


def test_a_fourth_level_is_seen_but_elif_adds_none():
    deep = "def f(a):\n    if a:\n        for b in a:\n            with b:\n                try:\n"
    deep += "                    pass\n                except b:\n                    pass\n"
    flat = "def f(a):\n    if a:\n        pass\n" + "    elif a:\n        pass\n" * 5

    assert oversized(sources(deep=deep, flat=flat)) == ["factarchive.deep:1 f: nested 4 deep"]


def test_depth_is_found_in_a_later_elif_an_except_and_a_case():
    later = "if a:\n pass\nelif a:\n if b:\n  if c:\n   if d:\n    pass\n"
    caught = "try:\n pass\nexcept E:\n if b:\n  pass\n"
    matched = "match a:\n case 1:\n  if b:\n   pass\n"

    assert [depth(ast.parse(text).body) for text in (later, caught, matched)] == [4, 2, 2]


@pytest.mark.parametrize(
    "line",
    [
        "open(p)",
        "open(p, 'w', newline='')",
        "p.open()",
        "p.open('a')",
        "p.read_text()",
        "p.write_text(s)",
        "p.write_text(s, encoding='utf-8')",
    ],
)
def test_a_text_file_without_its_encoding_is_seen(line):
    assert len(careless_files(sources(state=line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "open(p, 'rb')",
        "p.open(mode='wb')",
        "p.open(encoding='utf-8')",
        "p.read_text('utf-8')",
        "Image.open(p)",
        "p.write_text(s, encoding='utf-8', newline='\\n')",
    ],
)
def test_a_careful_file_is_left_in_peace(line):
    assert careless_files(sources(state=line)) == []


def test_a_package_in_two_modules_is_seen():
    bad = sources(archive__a="import yaml\n", archive__b="def f():\n    from yaml import load\n", state="import re\n")

    assert shared_packages(bad) == ["yaml is imported in factarchive.archive.a, factarchive.archive.b"]


def test_a_companion_away_from_home_is_seen():
    bad = sources(publishing__a="import markupsafe\n", publishing__b="import markupsafe\n", cli="import markupsafe\n")
    good = bad[:2]

    assert len(shared_packages(bad)) == 1 and shared_packages(good) == []


def test_an_arabic_literal_is_seen_in_a_plain_string_and_in_an_f_string():
    # «قال» is "said": a word that belongs in the lexicon.
    bad = sources(arabic__speech="if word == 'قال':\n    label = f'قال {word}'\n")

    assert len(arabic_in_logic(bad)) == 2


def test_an_arabic_example_in_a_docstring_and_a_code_point_are_no_literals():
    good = sources(arabic__letters='"""Such as «قال»."""\nALEF = "\\u0627"\n')

    assert arabic_in_logic(good) == []


def test_a_missing_docstring_is_seen_at_each_level():
    bad = sources(
        bare="""
        class Open:
            def method(self): ...
            def _hidden(self): ...
            def __len__(self): ...
        def function():
            def inner(): ...
        """
    )

    assert [c.split(": ")[1] for c in undocumented(bad)] == ["factarchive.bare", "Open", "method", "function"]


def test_a_name_that_says_nothing_is_seen():
    assert empty_names(sources(arabic__utils="", helpers__letters="", base="", database="")) == [
        "factarchive.arabic.utils",
        "factarchive.helpers.letters",
        "factarchive.base",
    ]


def test_a_rule_without_message_a_message_without_rule_and_an_empty_placeholder_are_seen():
    rules = {"known": {"text": "{key}", "action": "{nearest}"}, "idle": {"text": "", "action": ""}}
    bad = sources(
        config="""problem(place, 'unheard-of')
problem(place, 'known', key=1)
problem(place, 'known', **more)
"""
    )

    assert broken_rules(bad, rules) == [
        "factarchive.config:1 unheard-of: messages/ does not list it",
        "factarchive.config:2 known: nearest not supplied",
        "idle: no code uses this message",
    ]


def test_a_gpl_licence_is_seen_in_each_of_its_spellings():
    licences = {"a": "GPL-3.0-or-later", "b": "GNU General Public License v3", "c": "LGPL", "d": "MIT"}

    assert len(gpl(licences)) == 3

"""Static files under names of their content: sheets and scripts name the others, and change with what they lead to."""

from __future__ import annotations

import re

import pytest

from factarchive.publishing.assets import Assets, fingerprinted

FILES = {
    "style.css": b'a { src: url("fonts/a.woff2"); b: url(no.png); c: url(data:x) }',
    "fonts/a.woff2": b"font",
    "app.js": b"1",
    "search/page.js": b'import { e } from "./engine.js";\nexport * from "../app.js";\nimport("./engine.js");\n',
    "search/engine.js": b'import{a}from"./analysis.js"\nimport x from "elsewhere";\n',
    "search/analysis.js": b"export const a = 1;\n",
    "licence.txt": b"text",
}


def changed(files: dict[str, bytes]) -> set[str]:
    """The files whose names change with these contents."""
    before, after = fingerprinted(FILES).urls, fingerprinted({**FILES, **files}).urls
    return {name for name in before if before[name] != after[name]}


def last(assets: Assets, name: str) -> str:
    return assets.url(name).rsplit("/", 1)[1]


def test_a_sheet_names_its_fonts_and_a_script_its_modules_as_they_are_published():
    made = fingerprinted(FILES)
    page = made.files["search/page.js"].decode()

    assert f'url("fonts/{last(made, "fonts/a.woff2")}")' in made.files["style.css"].decode()
    assert page.count(f'"./{last(made, "search/engine.js")}"') == 2
    assert f'"../{last(made, "app.js")}"' in page
    assert f'from"./{last(made, "search/analysis.js")}"' in made.files["search/engine.js"].decode()


def test_what_is_not_ours_keeps_its_name():
    made = fingerprinted(FILES)

    assert b"url(no.png); c: url(data:x)" in made.files["style.css"]
    assert b'from "elsewhere"' in made.files["search/engine.js"]
    assert made.url("licence.txt") == "/static/licence.txt"


@pytest.mark.parametrize(
    ("name", "those"),
    [
        ("fonts/a.woff2", {"fonts/a.woff2", "style.css"}),
        ("search/analysis.js", {"search/analysis.js", "search/engine.js", "search/page.js"}),
        ("app.js", {"app.js", "search/page.js"}),
        ("search/page.js", {"search/page.js"}),
    ],
)
def test_a_changed_file_changes_the_names_of_all_that_lead_to_it(name, those):
    assert changed({name: b"other"}) == those


def test_modules_that_name_each_other_change_together():
    ring = {"a.js": b'import "./b.js"', "b.js": b'import "./a.js"'}
    made, other = fingerprinted(ring), fingerprinted({**ring, "a.js": b'import "./b.js";1'})

    assert re.fullmatch(rb'import "\./b\.[0-9a-f]{10}\.js"', made.files["a.js"])
    assert all(made.url(name) != other.url(name) for name in ring)


def test_a_script_is_sent_without_comments_and_indentation():
    made = fingerprinted({"a.js": b"// why\nif (x) {\n  // how\n\n  y(); // z\n}\n"})

    assert made.files["a.js"] == b"if (x) {\ny();\n}"


@pytest.mark.parametrize("line", [b'x = "a // b";', b"x = 'a // b' + y;", b'x = "https://a.b/c";', b"x = /a // b/;"])
def test_what_only_looks_like_a_comment_stays(line):
    assert fingerprinted({"a.js": line}).files["a.js"] == line


@pytest.mark.parametrize("script", [b"x = `\n  // kept\n`;\n", b"x = 'a\\\n  b';\n"])
def test_a_text_of_several_lines_in_a_script_is_sent_as_it_is(script):
    assert fingerprinted({"a.js": script}).files["a.js"] == script

"""The check of built pages: the cases of cases/markup, whole sites, files that are none, what programs read of it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factarchive import cli
from factarchive.checking.markup.check import Wanted, check_paths, faults_of, wanted
from factarchive.checking.markup.document import read_document
from factarchive.checking.markup.reviews import Known, read_page
from factarchive.checking.report import written
from factarchive.config import read_settings
from factarchive.problems import PROFILES, Problem, messages, problem
from tests.edits import changed

CASES = Path(__file__).parent / "cases" / "markup"
GOOD = (CASES / "good.html").read_text(encoding="utf-8")
TODAY = date(2026, 4, 1)
SCALE = wanted(read_settings(CASES), None, TODAY).scale
FAMILIES = ("kinds", "structure", "claim", "rating", "page", "media")
RULES = sorted(rule for rule in messages() if re.fullmatch(r"[EWI]\d\d", rule))


def cases(*families: str) -> list[tuple[str, str, list[str]]]:
    """Each case's name, its changes to good.html, and the findings expected."""
    found = []
    for family in families:
        text = (CASES / f"{family}.txt").read_text(encoding="utf-8")
        for part in text.split("\n## ")[1:]:
            name, _, rest = part.partition("\n")
            change, _, expected = rest.partition("\n.\n")
            found.append((f"{family}: {name}", change, [line for line in expected.split("\n") if line.strip()]))
    return found


def check_text(text: str, known: Known = Known()) -> tuple[Problem, ...]:  # noqa: B008, a frozen value
    """What a page alone shows, but for what only one reader asks for."""
    page = replace(read_page(read_document("x.html", text)), known=known)
    return tuple(p for p in faults_of(page) if not messages()[p.rule].get("asked"))


def shown(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.place.line}:{p.place.column} {p.rule}" for p in problems]


OURS = Known(scale=SCALE)
BROKEN = cases(*FAMILIES)
NAMES = [name for name, _, _ in BROKEN]


# ---------------------------------------------------------------- single pages


def test_there_are_28_kinds_of_broken_page():
    assert len(cases("kinds")) == 28


@pytest.mark.parametrize("known", [Known(), OURS], ids=["scale unknown", "scale known"])
def test_the_good_page_has_nothing_wrong_with_it(known):
    assert check_text(GOOD, known) == ()


@pytest.mark.parametrize(("name", "change", "expected"), cases("good"), ids=[n for n, _, _ in cases("good")])
def test_a_page_that_is_good_in_another_way_has_nothing_wrong_with_it_either(name, change, expected):
    problems = check_text(changed(GOOD, change), OURS)

    assert (shown(problems), expected) == ([], [])


@pytest.mark.parametrize(("name", "change", "expected"), BROKEN, ids=NAMES)
def test_a_fault_is_found_at_its_place_and_nothing_else_is(name, change, expected):
    problems = check_text(changed(GOOD, change), OURS)

    assert shown(problems) == expected


@pytest.mark.parametrize(("name", "change", "expected"), cases("kinds"), ids=[name for name, _, _ in cases("kinds")])
def test_each_kind_is_found_where_nothing_is_known_of_the_page_too(name, change, expected):
    problems = check_text(changed(GOOD, change))

    assert shown(problems) == expected and len(expected) == 1


@pytest.mark.parametrize(("name", "change", "expected"), BROKEN, ids=NAMES)
def test_a_finding_has_its_words_in_both_languages(name, change, expected):
    for p in check_text(changed(GOOD, change), OURS):
        assert all((p.text, p.action, p.text_en, p.action_en))
        assert "{" not in p.text_en + p.action_en


# ---------------------------------------------------------------- sites


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


def claim_page(number: int) -> str:
    return GOOD.replace("claims/fees/", f"claims/fees-{number}/")


def good_site() -> dict[str, str]:
    """Three fact-checks, the pages that readers and reviewers of newsrooms ask for, and a map."""
    pages = {f"claims/fees-{n}/index.html": claim_page(n) for n in range(3)}
    policies = (
        "correctionsPolicy ethicsPolicy masthead ownershipFundingInfo unnamedSourcesPolicy"
        " verificationFactCheckingPolicy actionableFeedbackPolicy"
    )
    newsroom = {"@context": "https://schema.org", "@type": "NewsMediaOrganization", "name": "مدقق المدينة"}
    newsroom |= {policy: f"https://check.example/{policy}/" for policy in policies.split()}
    markup = f'<script type="application/ld+json">{json.dumps(newsroom)}</script>'
    # "methodology", "funding", "the team"
    links = '<a href="/methodology/">كيف نتحقق</a> <a href="/funding/">التمويل</a> <a href="/team/">الفريق</a>'
    locs = "".join(f"<url><loc>https://check.example/claims/fees-{n}/</loc></url>" for n in range(3))
    return pages | {
        "index.html": f"<!DOCTYPE html><title>مدقق المدينة</title>{markup}<h1>مدقق المدينة</h1>{links}",
        # "the scale: false, 1 of 5"
        "verdicts/index.html": "<!DOCTYPE html><title>سلم الأحكام</title><h1>سلم الأحكام</h1><p>زائف: 1 من 5",
        "sitemap.xml": f"<urlset>{locs}</urlset>",
        "robots.txt": "User-agent: *\nDisallow: /private/\n",
    }


def found_in(folder: Path, profile: str | None = None) -> list[str]:
    """The rules found, each with the file, inside the folder, that it points at."""
    done = check_paths([folder], Wanted(TODAY, profile))
    return [f"{p.place.path.removeprefix(folder.as_posix()).lstrip('/')} {p.rule}".strip() for p in done.problems]


def test_the_good_site_has_nothing_wrong_with_it(tmp_path):
    assert found_in(put(tmp_path, good_site())) == []


SITE_FAULTS = {
    "an address on two pages": (
        {"claims/again/index.html": claim_page(1)},
        ["claims/fees-1/index.html E05"],
    ),
    "a page that the map does not list": (
        {"sitemap.xml": "<urlset><url><loc>https://check.example/claims/fees-0/</loc></url></urlset>"},
        ["claims/fees-1/index.html E40", "claims/fees-2/index.html E40"],
    ),
    "pages that robots.txt closes": (
        {"robots.txt": "User-agent: *\nDisallow: /claims/fees-2/\n"},
        ["claims/fees-2/index.html E41"],
    ),
    "no way to the corrections nor to a person": (
        {"claims/fees-0/index.html": re.sub("<footer>.*</footer>", "", claim_page(0))},
        ["claims/fees-0/index.html E50"],
    ),
    "no address to write to": (
        {"claims/fees-0/index.html": re.sub(r" · <a href=.mailto.*</a>", "", claim_page(0))},
        ["claims/fees-0/index.html W56"],
    ),
    "no page of the scale": ({"verdicts/index.html": "<!DOCTYPE html><title>x</title><h1>x</h1>"}, ["E51"]),
    "a page of the scale without one verdict": (
        {"verdicts/index.html": good_site()["verdicts/index.html"].replace("زائف", "صحيح")},
        ["E51"],
    ),
    "no page about funding": (
        {"index.html": good_site()["index.html"].replace("funding", "x").replace("التمويل", "x")},
        ["W52"],
    ),
    "a methodology that nobody reviewed for a year": (
        {
            "methodology/index.html": '<!DOCTYPE html><title>المنهجية</title><script type="application/ld+json">'
            '{"@type": "WebPage", "lastReviewed": "2025-03-01"}</script>'
        },
        ["W52"],
    ),
    "a publisher without one policy": (
        {"index.html": good_site()["index.html"].replace("ethicsPolicy", "x")},
        ["index.html W54"],
    ),
    "no publisher": ({"index.html": re.sub("<script.*</script>", "", good_site()["index.html"])}, ["W54"]),
}


@pytest.mark.parametrize("name", SITE_FAULTS)
def test_a_fault_of_a_site_is_found_and_nothing_else_is(name, tmp_path):
    files, expected = SITE_FAULTS[name]

    assert found_in(put(tmp_path, good_site() | files)) == expected


def test_a_site_with_two_fact_checks_has_too_few(tmp_path):
    files = {name: text for name, text in good_site().items() if "fees-2" not in name}

    assert found_in(put(tmp_path, files)) == ["W53"]


def test_a_methodology_reviewed_within_the_year_is_recent_enough(tmp_path):
    page = SITE_FAULTS["a methodology that nobody reviewed for a year"][0]["methodology/index.html"]
    files = {"methodology/index.html": page.replace("2025-03-01", "2025-05-01")}

    assert found_in(put(tmp_path, good_site() | files)) == []


def test_labels_are_held_to_the_scale_that_the_site_declares(tmp_path):
    # This site calls false «كاذب» ("lying"), with the number 1 of 5; its pages say «زائف».
    terms = [{"@type": "DefinedTerm", "name": "كاذب", "termCode": "1"}]
    scale_page = json.dumps({"@type": "DefinedTermSet", "hasDefinedTerm": terms})
    page = f'<!DOCTYPE html><title>x</title><script type="application/ld+json">{scale_page}</script>'

    assert found_in(put(tmp_path, good_site() | {"verdicts/index.html": page})) == [
        f"claims/fees-{n}/index.html E30" for n in range(3)
    ]


def test_a_foreign_label_is_not_judged_where_no_scale_is_known():
    # «كاذب تماما» is "quite false": a label that our own scale does not have.
    page = GOOD.replace("زائف", "كاذب تماما").replace('"ratingValue": 1', '"ratingValue": 2')

    assert (shown(check_text(page)), shown(check_text(page, OURS))) == ([], ["27:22 E30"])


def test_every_rule_has_a_case_that_breaks_it():
    single = {line.split()[1] for _, _, expected in BROKEN for line in expected}
    whole = {line.split()[-1] for _, expected in SITE_FAULTS.values() for line in expected}

    assert single | whole | {"W53", "I26"} == set(RULES)


# ---------------------------------------------------------------- profiles


def test_what_only_meedan_reads_is_told_only_where_it_is_asked_for(tmp_path):
    bare = re.sub(r'  "(headline|text|keywords)": .*\n', "", GOOD)
    path = put(tmp_path, {"a.html": bare}) / "a.html"
    rules = {profile: [p.rule for p in check_paths([path], Wanted(TODAY, profile)).problems] for profile in PROFILES}

    assert rules == {"google": [], "bing": [], "meedan": ["I26"], "explorer": []}
    assert check_paths([path], Wanted(TODAY)).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "readers"),
    [
        ('    "worstRating": 1,\n', "", {"bing"}),  # Google takes 1 to 5 for granted
        (
            ' "url": "https://check.example/claims/fees/"',
            ' "url": "https://check.example/claims/fees/#a"',
            {"google", "bing"},
        ),
        ('  "claimReviewed": "', '  "claimReviewed": "زائف: ', set(PROFILES)),
    ],
)
def test_each_reader_has_rules_of_its_own(old, new, readers, tmp_path):
    path = put(tmp_path, {"a.html": GOOD.replace(old, new)}) / "a.html"
    found = {profile for profile in PROFILES if check_paths([path], Wanted(TODAY, profile)).problems}

    assert old in GOOD and found == readers


# ---------------------------------------------------------------- files


def rules_of(*paths: Path) -> list[str]:
    return [p.rule for p in check_paths(paths, Wanted(TODAY)).problems]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "page-not-html"),
        (b"  \n", "page-not-html"),
        (b"{}", "page-not-html"),
        (b"%PDF-1.7 \0\xff\xfe<p>", "page-not-html"),
        (b"\x89PNG\r\n\x1a\n\0\0", "page-not-html"),
        (b"<p>\xc7\xe1\xc8</p>", "page-encoding"),  # Windows-1256 that does not say so
        (b"<meta charset=nonsense><p>\xc7\xe1\xc8</p>", "page-encoding"),
        (b"<meta charset=rot13><p>\xc7\xe1\xc8</p>", "page-encoding"),  # a codec that decodes no bytes
    ],
)
def test_a_file_that_is_no_page_is_a_problem(data, rule, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(data)

    assert rules_of(path) == [rule]


@pytest.mark.parametrize(
    ("encoding", "charset"), [("cp1256", "windows-1256"), ("utf-16", "utf-8"), ("utf-8-sig", "utf-8")]
)
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding, charset, tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(GOOD.replace('charset="utf-8"', f'charset="{charset}"').encode(encoding))

    assert rules_of(path) == []


def test_line_ends_of_other_systems_change_no_place():
    text = changed(GOOD, '-  "@context": "https://schema.org",\n+  "@context": "x",')

    assert shown(check_text(text.replace("\n", "\r\n"))) == shown(check_text(text)) == ["10:15 E02"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and free links are Unix")
def test_what_cannot_be_read_is_a_problem_each(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.html").symlink_to("loop.html")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "large.html").touch()
    os.truncate(tmp_path / "large.html", 20_000_001)
    names = ("no-such.html", "empty", "loop.html", "pipe.html", "large.html")

    assert sorted(rules_of(*(tmp_path / name for name in names))) == [
        "page-missing",
        "page-too-large",
        "page-unreadable",
        "page-unreadable",
        "pages-none",
    ]


@pytest.mark.skipif(os.name == "nt", reason="free links are Unix")
def test_links_between_folders_are_no_endless_way(tmp_path):
    put(tmp_path, good_site())
    (tmp_path / "claims" / "again").symlink_to(tmp_path, target_is_directory=True)

    assert found_in(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_without_permission_is_a_problem(tmp_path):
    path = put(tmp_path, {"a.html": GOOD}) / "a.html"
    path.chmod(0)

    assert rules_of(path) == ["page-unreadable"]


# ---------------------------------------------------------------- any page


EXAMPLES = int(os.environ.get("FACTARCHIVE_TEXTS", "300"))
ANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = [
    "<",
    ">",
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u",
    "</script",
    "<!--",
    "<script>",
    "]]>",
    "\0",
    "\ud800",
    "٤",
    "NaN",
]
PIECES += [
    "<template>",
    "<svg><title>",
    "<table>",
    "<li",
    "null",
    "@graph",
    "ClaimReview",
    '"@type"',
    "https://[",
    "\u2028",
    "1e999",
    "]" * 99,
]
KEYS = re.findall(r'"(@?\w+)":', GOOD)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(PIECES)
LISTS = st.lists(PLAIN | st.dictionaries(st.sampled_from(KEYS), PLAIN, max_size=3), max_size=3)
JSON = PLAIN | LISTS | st.dictionaries(st.sampled_from(KEYS), PLAIN | LISTS, max_size=4)
CHANGES = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 40), st.sampled_from(PIECES) | st.text(max_size=5)), max_size=6
)


def assert_findings(text: str) -> None:
    for known in (Known(), OURS):
        for p in check_text(text, known):
            assert p.place.line >= 1 and p.text and p.action_en


@ANY
@given(CHANGES)
def test_a_spoilt_page_gives_findings_or_nothing(changes):
    text = GOOD
    for at, gone, put_in in changes:
        text = text[:at] + put_in + text[at + gone :]

    assert_findings(text)


@ANY
@given(st.dictionaries(st.sampled_from(KEYS), JSON, min_size=1, max_size=5), st.sampled_from(KEYS))
def test_any_value_under_any_key_gives_findings_or_nothing(values, inside):
    block = GOOD.partition('ld+json">')[2].partition("</script>")[0]
    review = json.loads(block)
    for part in (review, review["reviewRating"], review["itemReviewed"]):
        part |= {key: value for key, value in values.items() if key in part or key == inside}
    review["@type"] = "ClaimReview"

    assert_findings(GOOD.replace(block, json.dumps(review, ensure_ascii=False)))


@ANY
@given(st.text(max_size=300))
def test_any_text_is_a_page(text):
    assert_findings(text)


def test_deep_pages_and_deep_markup_end_in_findings():
    deep_page = "<div>" * 20_000 + GOOD
    deep_json = changed(GOOD, f'-  "inLanguage": "ar",\n+  "x": {"[" * 5000}{"]" * 5000},')

    assert "E01" in [p.rule for p in check_text(deep_json)]
    assert_findings(deep_page)


# ---------------------------------------------------------------- the command


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with a good page and a bad one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1775000000")
    return put(tmp_path, {"good.html": GOOD, "bad.html": GOOD.replace('"ratingValue": 1', '"ratingValue": 7')})


def test_the_exit_status_tells_errors_from_none(project, capsys):
    assert cli.main(["check", "good.html"]) == 0
    assert cli.main(["check", "good.html", "bad.html"]) == 1
    assert cli.main(["check", "--for", "google"]) == 2
    assert "2 pages, 2 with ClaimReview, 1 errors" in capsys.readouterr().out


def test_warnings_fail_where_that_is_asked_for(project):
    put(project, {"warned.html": GOOD.replace('"name": "سالم العلي"', '"name": "x.com"')})

    assert (cli.main(["check", "warned.html"]), cli.main(["check", "--strict", "warned.html"])) == (0, 1)


def test_the_table_names_the_file_the_place_the_rule_and_the_remedy(project, capsys):
    cli.main(["check", "bad.html"])
    lines = capsys.readouterr().out.splitlines()

    assert lines[0] == "bad.html" and lines[1].split()[:3] == ["28:20", "error", "E32"]
    assert lines[4].strip() == messages()["E32"]["action_en"]


def test_findings_are_data_for_programs(project, capsys):
    status = cli.main(["check", "bad.html", "--json"])
    (found,) = json.loads(capsys.readouterr().out)

    assert status == 1
    assert (found["rule"], found["severity"], found["path"], found["line"]) == ("E32", "error", "bad.html", 28)
    assert found["values"] == {"value": "7", "best": "5", "worst": "1"} and "\u2068" not in found["text"]


def test_findings_are_a_sarif_log_for_code_hosts(project, capsys):
    cli.main(["check", ".", "--sarif"])
    log = json.loads(capsys.readouterr().out)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]

    assert (log["version"], run["tool"]["driver"]["name"]) == ("2.1.0", "factarchive")
    for result in run["results"]:
        (location,) = result["locations"]
        region = location["physicalLocation"].get("region", {"startLine": 1, "startColumn": 1})

        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note") and result["message"]["text"]
        assert min(region.values()) >= 1
    bad = [r for r in run["results"] if r["ruleId"] == "E32"]
    assert bad[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "bad.html"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/x.html", "a%20b/x.html"),
        ("a:b/x", "./a:b/x"),
        ("صفحة.html", "%D8%B5%D9%81%D8%AD%D8%A9.html"),
        ("/a/b", "file:///a/b"),
    ],
)
def test_a_path_is_a_uri_in_a_sarif_log(path, uri):
    log = json.loads(written([problem(path, "page-missing")], "sarif"))

    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_content_is_checked_as_before_where_no_page_is_named(project, capsys):
    put(project, {"content/a.md": "no front matter"})
    status = cli.main(["check", "--json"])

    assert status == 1
    assert [found["rule"] for found in json.loads(capsys.readouterr().out)] == ["front-matter-missing"]

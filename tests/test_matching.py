"""Search: the query language, what is found, and that the page's own engine comes to the same in node."""

from __future__ import annotations

import json
import subprocess
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from factarchive.archive.index import (
    ARTICLE,
    CLAIM,
    MANIFEST,
    PARAMETERS,
    Document,
    Facets,
    manifest,
    scale_of,
    text_path,
)
from factarchive.archive.indexing import build_index
from factarchive.archive.likeness import dice, is_slip
from factarchive.archive.matching import Options, Results, Searcher
from factarchive.archive.queries import Filter, filter_names, parse
from tests.needs import node

ENGINE = Path(__file__).resolve().parent.parent / "templates" / "static" / "search" / "engine.js"
VERDICTS = [{"code": 1, "id": "true", "label": "صحيح"}, {"code": 2, "id": "false", "label": "زائف", "names": ["كاذب"]}]
ARTICLES = {
    "quake": ("زلزال يضرب المدينة", "ضرب زلزال بقوة 6.1 درجة. وقال الوزير إن وقف إطلاق النار مستمر.", "2024-03-01"),
    "truce": ("وقف إطلاق النار في غزة", "أعلن الرئيس ترمب وقفا لإطلاق النار، والمستشفيات تعمل.", "2024-05-20"),
    "school": ("افتتاح مدرسة جديدة", "افتتح وزير التعليم مدرسة في حي سكني، وآباء ومعلمون من المدارس.", "2023-01-09"),
    "water": ("انقطاع المياه عن الحي", "قالت شركة المياه إن الانقطاع يستمر يومين، وإن المستشفى لن يتأثر.", ""),
}  # fmt: skip
PASTED = PARAMETERS.pasted
CLAIMS = {
    "c1": ("quake", "بلغت قوة الزلزال تسع درجات", 2, "وزير الداخلية"),
    "c2": ("truce", "وافق الطرفان على وقف إطلاق النار", 1, "دونالد ترامب"),
    "c3": ("school", "المدرسة هي الأكبر في البلاد", 2, "وزير التعليم"),
}


class Files(dict[str, bytes]):
    """An index in memory."""


def documents() -> Iterator[Document]:
    for key, (title, body, day) in ARTICLES.items():
        card = {"k": ARTICLE, "u": key, "t": title, "q": "", "s": "", "v": 0, "d": day, "a": key, "x": text_path(key)}
        facets = Facets(day, outlet="وكالة الأنباء", topics=("زلازل" if key == "quake" else "أخبار محلية",))
        yield Document(key, key, ARTICLE, {"title": title, "body": body}, card, body, facets)
    for key, (article, claim, verdict, speaker) in CLAIMS.items():
        day = ARTICLES[article][2]
        card = {"k": CLAIM, "u": key, "t": claim, "q": "", "s": speaker, "v": verdict, "d": day, "a": article, "x": ""}
        facets = Facets(day, verdict, (speaker,), techniques=("outdated",) if verdict == 2 else ())
        yield Document(key, article, CLAIM, {"claim": claim, "speaker": speaker}, card, "", facets)


@pytest.fixture(scope="module")
def files() -> Files:
    listed = list(documents())
    whole = json.dumps(manifest(scale_of(len(listed)), VERDICTS)).encode()
    return Files({**dict(build_index(listed)), MANIFEST: whole})


def ids(found: Results) -> list[str]:
    return [hit.card["u"] for group in found.groups for hit in group.hits]


# ---------------------------------------------------------------- queries


def test_a_query_has_words_phrases_unwanted_words_and_filters() -> None:
    query = parse('زلزال «وقف إطلاق» -غزة حكم:زائف speaker:"دونالد ترامب" -year:2023', filter_names(), PASTED)

    assert [word.form for word in query.words] == ["زلزال", "وقف", "اطلاق"]
    assert query.phrases == (("وقف", "اطلاق"),)
    assert query.without == (("غزه",),)
    assert query.filters == (
        Filter("verdict", "زايف"),
        Filter("speaker", "دونالد ترامب"),
        Filter("year", "2023", negated=True),
    )


def test_what_is_no_filter_is_words() -> None:
    query = parse("قال ترامب: سنفعل verdict:", filter_names(), PASTED)

    assert {word.form for word in query.words} >= {"ترامب", "سنفعل"}
    assert query.filters == ()


# «Source: Reuters. The minister said that a 'halt of fire' goes on -Gaza- … from: 2030», as one pastes a message.
PASTED_TEXT = "المصدر: رويترز قال الوزير إن «وقف إطلاق» النار مستمر -غزة- والمستشفيات تعمل والمياه وصلت من: 2030"


def test_a_pasted_text_is_words_whatever_it_looks_like() -> None:
    query = parse(PASTED_TEXT, filter_names(), PASTED)

    assert (query.filters, query.phrases, query.without) == ((), (), ())
    assert {word.form for word in query.words} >= {"رويترز", "غزه", "2030"}


def test_a_pasted_text_finds_what_its_words_find(files: Files) -> None:
    found = Searcher(files).search(PASTED_TEXT)

    assert found.groups[0].article == "truce" and found.written == ()


def test_a_filter_among_few_words_is_told_with_what_was_typed(files: Files) -> None:
    found = Searcher(files).search("زلزال المصدر: رويترز")

    assert [(one.key, one.typed) for one in found.written] == [("outlet", "المصدر: رويترز")]
    assert not found.groups and found.drops == {"outlet": 2}


@pytest.mark.parametrize(
    ("typed", "bound"),
    [("2025", "2025"), ("2025-", "2025"), ("2025-3", "202503"), ("3/2025", "202503"), ("18/3/2025", "20250318"),
     ("٢٠٢٥-٠٣-", "202503"), ("20250318", "20250318"), ("20", ""), ("202", ""), ("3/", ""), ("18/3", "")],
)  # fmt: skip
def test_a_day_half_typed_is_the_month_or_year_that_stands_there_or_nothing_yet(typed: str, bound: str) -> None:
    query = parse(f"زلزال حتى:{typed}", filter_names(), PASTED)

    assert [one.value for one in query.filters] == ([bound] if bound else [])
    assert query.unread == (() if bound else (f"حتى:{typed}",))


def test_a_day_half_typed_loses_no_results(files: Files) -> None:
    assert ids(Searcher(files).search("زلزال حتى:2024-")) == ids(Searcher(files).search("زلزال حتى:2024")) != []
    assert ids(Searcher(files).search("زلزال حتى:20")) == ids(Searcher(files).search("زلزال"))


def test_few_words_are_suggested_and_each_knows_where_it_belongs(files: Files) -> None:
    text = "زلزالك المدينه زلزالك مدرسهه ترامبب الانقطاعع المياهه مستشفيييات"
    found = Searcher(files).search(text).suggestions

    assert 0 < len(found) <= 5
    assert all(text[one.at : one.at + len(one.typed)] == one.typed for one in found)


def test_a_plural_that_no_text_has_finds_the_word_of_the_same_consonants(files: Files) -> None:
    # «Companies» in a broken plural that the texts do not have: they have «company» only.
    assert Searcher(files).search("شرائك").groups[0].article == "water"


def test_only_a_plain_last_word_may_be_unfinished() -> None:
    assert [parse(text, filter_names(), PASTED).open for text in ("وقف إطل", "وقف إطل ", "«وقف إطل", "وقف من")] == [
        True,
        False,
        False,
        False,
    ]


def test_likeness() -> None:
    assert dice("وزير", "وزير") == 1
    assert 0.3 < dice("وزير", "وزيره") < 1
    assert is_slip("وزير", "وزر") and is_slip("وزير", "وزيي") and is_slip("وزير", "ويزر")
    assert not is_slip("وزير", "وزير") and not is_slip("وزير", "ورير ")


# ---------------------------------------------------------------- finding

CASES: dict[str, dict[str, Any]] = {
    "زلزال": {},
    "والزلزال": {},
    "مدارس": {},
    "المستشفي": {},
    "امريكا ترامب": {},
    "زلزالل": {},
    "مدر": {"live": True},
    "ا": {"live": True},
    "«وقف إطلاق النار»": {},
    "«إطلاق وقف»": {},
    "وقف النار -غزة": {},
    "الوزير حكم:زائف": {},
    "زلزال زمشقت": {},
    "وزير": {"filters": {"verdict": ["false"], "speaker": ["التعليم"]}},
    "مدرسة topic:زلازل": {},
    "المياه": {"sort": "date", "columns": True},
    "الحي المدينة غزة": {"sort": "date", "from": "2023", "to": "2024-04"},
    "": {"filters": {"verdict": ["false"]}},
    "في": {},
    "زلزال مدرسة المياه وقف": {"limit": 2, "offset": 1},
    "technique:outdated": {},
    "كاذب -verdict:كاذب زلزال": {},
    "زلازيل": {},
    "حكم:زائف -زلزال «المياه»": {"pasted": True},
    "-": {"pasted": True},
    "الوزير حتى:2023-": {},
    "الوزير منذ:3/2024 حتى:20": {},
    "زلزل زلزل زلز زلزالي زلزلا": {},
    "المصدر: رويترز قال الوزير إن «وقف إطلاق» النار مستمر -غزة والمستشفيات تعمل والمياه من: 2030": {},
    "قائل:__proto__ زلزال": {"filters": {"speaker": ["constructor"]}, "columns": True},
}


def asked(text: str, said: Mapping[str, Any]) -> Options:
    named = {{"from": "since", "to": "until"}.get(key, key): value for key, value in said.items()}
    return Options(**named)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("زلزال", "quake"),
        ("بالزلزال", "quake"),
        ("زلزل", "quake"),
        ("مدارس", "school"),
        ("6.1", "quake"),
        ("ترامب", "truce"),
        ("«المستشفى لن يتأثر»", "water"),
    ],
)
def test_a_word_is_found_in_its_forms_and_spellings(files: Files, text: str, first: str) -> None:
    assert Searcher(files).search(text).groups[0].article == first


def test_a_word_that_is_being_typed_is_completed(files: Files) -> None:
    found = Searcher(files).search("انقط", Options(live=True))

    assert ids(found)[0] == "water"
    assert found.terms[0].kind == "completion"


def test_a_phrase_stands_as_it_is_and_else_is_words(files: Files) -> None:
    strict, loose = (Searcher(files).search(text) for text in ("«وقف إطلاق النار»", "«النار إطلاق»"))

    assert {group.article for group in strict.groups} == {"truce", "quake"} and not strict.loose
    assert loose.loose and loose.groups


def test_an_unwanted_word_is_in_no_result(files: Files) -> None:
    assert "truce" not in ids(Searcher(files).search("وقف النار -غزة"))


def test_all_but_the_unwanted_is_found_where_nothing_else_is_asked(files: Files) -> None:
    found = ids(Searcher(files).search("-غزة"))

    assert found and "truce" not in found


def test_a_filter_without_letters_fits_nobody(files: Files) -> None:
    assert not ids(Searcher(files).search("قائل:!!!"))


def test_filters_leave_what_has_the_value_and_counts_tell_of_the_others(files: Files) -> None:
    found = Searcher(files).search("وزير زلزال مدرسة verdict:زائف")

    assert set(ids(found)) == {"c1", "c3"}
    assert found.counts["verdict"] == {"false": 2} | ({"true": 1} if "true" in found.counts["verdict"] else {})
    assert Searcher(files).search("مدرسة year:2001").drops.get("year")


def test_results_are_newest_first_by_date(files: Files) -> None:
    days = [g.hits[0].card["d"] for g in Searcher(files).search("وزير", Options(sort="date")).groups]

    assert days == sorted(days, reverse=True)


def test_files_of_another_scale_count_as_absent_and_the_manifest_is_read_again(files: Files) -> None:
    old = json.loads(files[MANIFEST]) | {"scale": 11}

    assert Searcher(files, old).search("زلزال").groups[0].article == "quake"


def test_marks_and_excerpts_are_of_whole_words(files: Files) -> None:
    searcher = Searcher(files)
    hit = searcher.search("تعليم").groups[0].hits[-1]
    text, marks = searcher.excerpt(next(iter(searcher.search("المعلمون").groups)).hits[0].card, ["معلمون"])

    assert hit.words
    assert [text[a:b] for a, b in marks] == ["ومعلمون"]


# ---------------------------------------------------------------- node

SCRIPT = """
import { createEngine } from %s;
let all = "";
for await (const part of process.stdin) all += part;
const { files, cases } = JSON.parse(all);
const get = async (path) => (files[path] ? new Uint8Array(Buffer.from(files[path], "base64")) : null);
const engine = createEngine({ get, manifest: JSON.parse(Buffer.from(files["index.json"], "base64")) });
const out = [];
for (const asked of cases) {
  const found = await engine.search(asked), card = found.groups[0]?.hits[0];
  out.push({ ...found, excerpt: card ? await engine.excerpt(card.card, card.words) : null });
}
console.log(JSON.stringify(out));
"""


def plain(found: Results, searcher: Searcher) -> dict[str, Any]:
    """Results as the browser's engine gives them."""
    first = found.groups[0].hits[0] if found.groups else None
    return {
        "groups": [
            {
                "article": group.article,
                "score": group.score,
                "hits": [{"card": h.card, "score": h.score, "words": list(h.words)} for h in group.hits],
            }
            for group in found.groups
        ],
        "total": found.total,
        "more": found.more,
        "loose": found.loose,
        "counts": found.counts,
        "drops": found.drops,
        "terms": [{"typed": t.typed, "kind": t.kind, "used": list(t.used)} for t in found.terms],
        "suggestions": [one._asdict() for one in found.suggestions],
        "written": [{"key": f.key, "value": f.value, "not": f.negated, "typed": f.typed} for f in found.written],
        "unread": list(found.unread),
        "excerpt": _excerpt(searcher, first.card, first.words) if first else None,
    }


def _excerpt(searcher: Searcher, card: Mapping[str, Any], words: tuple[str, ...]) -> dict[str, Any]:
    text, marks = searcher.excerpt(card, words)
    return {"text": text, "marks": [list(mark) for mark in marks]}


def test_python_and_the_browser_find_the_same(files: Files, tmp_path: Path) -> None:
    compare(files, tmp_path, CASES)


MANY = 90  # documents with one word in common: more than the shard of a large index holds for it


def many() -> Iterator[Document]:
    """Articles on schools; of two scales the numbers differ, and with them the order of equals: no two are equal."""
    for n in range(MANY):
        key = f"a{n}"
        card = {"k": ARTICLE, "u": key, "t": key, "q": "", "s": "", "v": 0, "d": "", "a": key, "x": text_path(key)}
        body = "مدرسة " + "كلمة " * n + ("زلزال" if n % 9 == 0 else "")
        yield Document(key, key, ARTICLE, {"title": f"خبر {n}", "body": body}, card, body, Facets("2024-03-01"))


@pytest.fixture(scope="module")
def large() -> Files:
    """The files of a large archive, whose long lists of postings stand apart, though it holds few documents."""
    whole = json.dumps(manifest(LARGE, VERDICTS)).encode()
    return Files({**dict(build_index(many(), LARGE)), MANIFEST: whole})


LARGE = 15


def test_a_large_archive_keeps_long_lists_apart_and_finds_by_them(large: Files) -> None:
    small = Searcher(Files({**dict(build_index(many())), MANIFEST: json.dumps(manifest(10, VERDICTS)).encode()}))
    asked: set[str] = set()
    watched = type("Watched", (), {"get": lambda _, path: asked.add(path) or large.get(path)})()
    found, same = (one.search("مدرسة زلزال", Options(limit=MANY)) for one in (Searcher(watched), small))

    assert any(path.startswith("p/") for path in asked)
    assert found.total == same.total == MANY
    assert {g.article for g in found.groups[:10]} == {f"a{n}" for n in range(0, MANY, 9)}


def test_without_its_long_lists_a_large_archive_still_finds_the_best(large: Files) -> None:
    shards = Files({path: raw for path, raw in large.items() if path[0] != "p"})

    assert PARAMETERS.inline <= Searcher(shards).search("مدرسة").total < MANY


def test_python_and_the_browser_find_the_same_in_a_large_archive(large: Files, tmp_path: Path) -> None:
    compare(large, tmp_path, {"مدرسة": {}, "مدرسة زلزال": {}, "زلزال -مدرسة": {}, "مدرسه منذ:2024": {"limit": 20}})


def compare(files: Files, tmp_path: Path, cases: Mapping[str, dict[str, Any]]) -> None:
    """Ask both the same; any difference fails."""
    script = tmp_path / "run.mjs"
    script.write_text(SCRIPT % json.dumps(ENGINE.as_uri()), encoding="utf-8", newline="\n")
    given = {
        "files": {path: b64encode(raw).decode() for path, raw in files.items()},
        "cases": [{"query": text, **said} for text, said in cases.items()],
    }
    done = subprocess.run([node(), str(script)], input=json.dumps(given), capture_output=True, text=True, check=True)

    searcher = Searcher(files)
    for (text, said), theirs in zip(cases.items(), json.loads(done.stdout), strict=True):
        assert (text, plain(searcher.search(text, asked(text, said)), searcher)) == (text, theirs)

"""Other people's reviews into content files: shapes of files, what is doubtful, whose a file is, any bytes at all."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factarchive.archive.entries import Entry, read_entry
from factarchive.archive.schema import ReviewedElsewhere
from factarchive.cli import main
from factarchive.importing.addresses import address_of
from factarchive.importing.claimants import claimant_of
from factarchive.importing.days import day_of
from factarchive.importing.reading import read_records
from factarchive.importing.reviews import Review, read_reviews
from factarchive.importing.texts import clean
from factarchive.problems import Problem, Refused, messages
from tests.conftest import Archive

FILES = int(os.environ.get("FACTARCHIVE_TEXTS", "300"))  # the same variable lets more of any text be tried elsewhere
MESSAGES = Path(__file__).parents[1] / "factarchive" / "messages" / "importing.toml"
# "The bridge was closed after the storm" and "The mayor resigned"; the desk is «مرصد المثال», "Example Observatory".
BRIDGE, MAYOR, DESK = "أغلق الجسر بعد العاصفة", "استقال رئيس البلدية", "مرصد المثال"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/checks/1",
    "headline": "الجسر مفتوح",  # "The bridge is open"
    "claimReviewed": BRIDGE,
    "datePublished": "2025-03-20T23:30:00+03:00",
    "inLanguage": "ar",
    "keywords": "الطرق, الطقس",
    "author": {"@type": "Organization", "name": DESK, "url": "https://desk.example/"},
    "reviewRating": {"@type": "Rating", "alternateName": "زائف", "ratingValue": "1"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "إذاعة المدينة"},  # "City Radio"
        "datePublished": "2025-03-19",
        "appearance": [{"@type": "CreativeWork", "url": "https://radio.example/a"}],
    },
}
RESULT: dict[str, Any] = {
    "text": BRIDGE,
    "claimant": "إذاعة المدينة",
    "claimDate": "2025-03-19T00:00:00Z",
    "claimReview": [
        {
            "publisher": {"name": DESK, "site": "desk.example"},
            "url": "https://desk.example/checks/1",
            "title": "الجسر مفتوح",
            "reviewDate": "2025-03-20T00:00:00Z",
            "textualRating": "زائف",
            "languageCode": "ar",
        }
    ],
}
FLAT: dict[str, Any] = {
    "id": "x-1",
    "claim": BRIDGE,
    "claimant": "إذاعة المدينة",
    "claim_date": "2025-03-19T00:00:00Z",
    "publisher": DESK,
    "publisher_site": "desk.example",
    "url": "https://desk.example/checks/1",
    "review_title": "الجسر مفتوح",
    "review_date": "2025-03-20T00:00:00Z",
    "rating": "زائف",
    "lang": "ar",
}
TABLE = (
    "claim,claimant,claim_date,publisher,url,title,review_date,label,language\r\n"
    f'"{BRIDGE}",إذاعة المدينة,2025-03-19,{DESK},https://desk.example/checks/1,الجسر مفتوح,2025-03-20,زائف,ar\r\n'
)
PAGE = """<!doctype html><html lang="ar"><head><link rel="canonical" href="https://desk.example/checks/1">
<script type="application/ld+json">{}</script></head><body></body></html>"""


def read(path: Path) -> tuple[list[Review], list[Problem]]:
    found = list(read_reviews(read_records(path, path.name)))
    return [f for f in found if isinstance(f, Review)], [f for f in found if isinstance(f, Problem)]


def given_file(folder: Path, content: str | bytes | Any, name: str = "given") -> Path:
    path = folder / name
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told(folder: Path, content: Any) -> list[str]:
    return [problem.rule for problem in read(given_file(folder, content))[1]]


def only(folder: Path, content: Any) -> Review:
    reviews, _ = read(given_file(folder, content))
    (review,) = reviews
    return review


def run(archive: Archive, *arguments: str) -> int:
    return main(["import", *arguments], archive.root)


def entries(archive: Archive) -> list[Entry]:
    paths = sorted((archive.root / "content" / "imported").glob("*.md"))
    return [read_entry(path.read_text(encoding="utf-8"), path.name) for path in paths]


def borrowed(entry: Entry) -> ReviewedElsewhere:
    review = entry.front.claims[0].reviewed_elsewhere
    assert review is not None
    return review


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    "content",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW, None]}, None]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": REVIEW}]},
        {"claims": [RESULT], "nextPageToken": "x"},
        [RESULT],
        FLAT,
        json.dumps(FLAT) + "\n\n",
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        "\ufeff" + TABLE,
        TABLE.encode("utf-16"),
        TABLE.encode("cp1256"),
        gzip.compress(TABLE.encode()),
        PAGE.format(json.dumps(REVIEW)),
        PAGE.format("\n<!--\n" + json.dumps([{"@type": "NewsArticle"}, REVIEW], ensure_ascii=False) + "\n-->\n"),
        PAGE.format(json.dumps({**REVIEW, "url": None})),
        PAGE.format(json.dumps(REVIEW).replace('"', "&quot;")),
    ],
    ids=lambda content: str(content)[:30],
)  # fmt: skip
def test_a_review_is_read_from_every_shape_of_file(tmp_path: Path, content: Any) -> None:
    review = only(tmp_path, content)

    assert (review.claim, review.publisher, review.url) == (BRIDGE, DESK, "https://desk.example/checks/1")
    assert (review.label, review.verdict, review.source, review.lang) == ("زائف", "false", "إذاعة المدينة", "ar")
    assert (str(review.on), str(review.said_on), review.title) == ("2025-03-20", "2025-03-19", "الجسر مفتوح")


def test_what_only_schema_org_tells_is_kept_too(tmp_path: Path) -> None:
    review = only(tmp_path, {**REVIEW, "text": "فتح الجسر في اليوم نفسه."})  # "It was opened the same day"

    assert review.topics == ("الطرق", "الطقس")
    assert review.appearances == ("https://radio.example/a",)
    assert review.summary == "فتح الجسر في اليوم نفسه."


def test_a_folder_of_pages_is_read_page_by_page_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    given_file(tmp_path, PAGE.format(json.dumps(REVIEW)), "a.html")
    given_file(tmp_path, PAGE.format('\n{"@type": "ClaimReview", "claimReviewed": "قال "أهلا""}'), "b.html")
    (tmp_path / "sub").mkdir()
    given_file(tmp_path, PAGE.format(json.dumps({**REVIEW, "claimReviewed": MAYOR})), "sub/c.htm")
    given_file(tmp_path, b"\0", "d.html")
    reviews, problems = read(tmp_path)

    assert [review.claim for review in reviews] == [BRIDGE, MAYOR]
    assert [(p.rule, str(p.place)) for p in problems] == [
        ("import-bad-json", f"{tmp_path.name}/b.html:2"),
        ("import-not-text", f"{tmp_path.name}/d.html"),
    ]


def test_our_own_table_keeps_its_guards_and_what_waits_is_left_out(tmp_path: Path) -> None:
    table = "id,claim,verdict,verdict_label,rating,ruled_on,url\r\n"
    table += "a,'=1+1 عبارة,false,زائف,1,2025-03-20,https://own.example/claims/a/\r\n"
    table += "b,ادعاء,pending,قيد التحقق,,,https://own.example/claims/b/\r\n"
    review = only(tmp_path, table)

    assert (review.claim, review.label, str(review.on)) == ("=1+1 عبارة", "زائف", "2025-03-20")


# ---------------------------------------------------------------- what is doubtful


CASES: list[tuple[list[str], Any]] = [
    (["import-no-claim"], {**FLAT, "claim": " \u200f "}),
    (["import-no-address"], {**FLAT, "url": "", "publisher_site": ""}),
    (["import-no-address"], {**FLAT, "url": "javascript:alert(1)"}),
    (["import-no-rating"], {**FLAT, "rating": None}),
    (["import-no-claim", "import-no-address", "import-no-rating"], {"claim": "", "rating": "", "url": ""}),
    (["import-label-unknown"], {**FLAT, "rating": "توضيح"}),
    (["import-label-sentence"], {**FLAT, "rating": "زائف: لم تغلق البلدية الجسر في ذلك اليوم ولا بعده"}),
    (["import-label-unread"], {**FLAT, "rating": "لم تغلق البلدية الجسر في ذلك اليوم ولا في اليوم الذي بعده"}),
    (["import-label-several"], {**FLAT, "rating": "صحيح / زائف"}),
    (["import-bad-date"], {**FLAT, "review_date": "20 رمضان"}),
    (["import-bad-date", "import-bad-date"], {**FLAT, "review_date": "2025-02-30", "claim_date": "0001-01-01"}),
    (["import-claim-after-review"], {**FLAT, "claim_date": "2025-04-01"}),
    (["import-own-claimant"], {**FLAT, "claimant": DESK}),
    (["import-own-claimant"], {**FLAT, "claimant": "https://www.desk.example/checks/1"}),
    (["import-long-claimant"], {**FLAT, "claimant": "أ" * 121}),
    (["import-duplicate"], [FLAT, {**FLAT, "claim": "أُغلقَ الجسر بعد العاصفة"}]),
    (["import-contradiction"], [FLAT, {**FLAT, "rating": "صحيح"}]),
    (["import-not-a-review", "import-not-a-review"], [{"x": 1}, FLAT, 7]),
    (["import-parts"], {"claims": [], "parts": [{"url": "https://own.example/data/claims/2025-03.json"}]}),
    (["import-parts"], {"@type": "DataFeed", "hasPart": [{"@type": "DataDownload"}], "dataFeedElement": []}),
    (["import-bad-json"], '{"claims": ['),
    (["import-bad-json"], json.dumps(FLAT) + "\n{broken\n" + json.dumps({**FLAT, "claim": MAYOR})),
    (["import-bad-row"], TABLE + 'x,"' + "a" * 10_000_001),
    (["import-unknown-format"], "نص لا جدول فيه"),
    (["import-unknown-format"], ""),
]


@pytest.mark.parametrize(("rules", "content"), CASES, ids=[" ".join(rules)[:40] for rules, _ in CASES])
def test_what_is_doubtful_or_left_out_is_told(tmp_path: Path, rules: list[str], content: Any) -> None:
    assert told(tmp_path, content) == rules


def test_every_rule_of_importing_has_a_case() -> None:
    rules = set(tomllib.loads(MESSAGES.read_text(encoding="utf-8")))
    elsewhere = {"import-not-text", "import-no-pages", "import-nothing-found", "import-faulty", "import-file-edited"}

    assert rules == {rule for rules, _ in CASES for rule in rules} | elsewhere


def test_a_problem_says_which_record_and_which_line(tmp_path: Path) -> None:
    lines = "\n".join(
        json.dumps({**FLAT, "claim": f"{BRIDGE} {n}", "rating": "زائف" if n < 3 else "لون"}) for n in range(4)
    )
    (problem,) = read(given_file(tmp_path, lines))[1]

    assert str(problem.place) == "given:4" and dict(problem.values) == {"n": "4", "label": "لون", "verdict": "—"}


def test_a_row_of_a_table_is_placed_where_it_begins(tmp_path: Path) -> None:
    # The first row's claim runs over two lines.
    table = TABLE.replace(BRIDGE, f"{BRIDGE}\nليلا") + "ادعاء آخر,,,مرصد,https://desk.example/2,,,لون,\r\n"
    _, (problem,) = read(given_file(tmp_path, table))

    assert str(problem.place) == "given:4"


@pytest.mark.parametrize(
    ("name", "source", "via"),
    [
        ("www.facebook.com", "unknown", ("فيسبوك",)),
        ("https://x.com/someone/status/1", "unknown", ("إكس",)),
        ("vt.tiktok.com", "unknown", ("تيك توك",)),
        ("صفحات على الفيسبوك", "unknown", ("فيسبوك",)),
        ("تويتر وفيسبوك", "unknown", ("إكس", "فيسبوك")),
        ("مستخدمون على وسائل التواصل الاجتماعي", "unknown", ("مواقع التواصل",)),
        ("X (Twitter)", "unknown", ("إكس",)),
        ("عدة مصادر", "unknown", ()),
        ("", "unknown", ()),
        ("Facebook - إذاعة المدينة", "إذاعة المدينة", ("فيسبوك",)),
        ("وزارة الصحة", "وزارة الصحة", ()),
        ("المصري اليوم", "المصري اليوم", ()),
        ("خالد وليد", "خالد وليد", ()),
        ("notfacebook.com", "notfacebook.com", ()),
    ],
)
def test_a_platform_is_nobody(name: str, source: str, via: tuple[str, ...]) -> None:
    found = claimant_of(name)

    assert (found.source, found.via) == (source, via)


@pytest.mark.parametrize(
    ("given_text", "meant"),
    [
        ("&amp;quot;قال&amp;quot; &lt;b&gt;نعم&lt;/b&gt;", '"قال" نعم'),
        ("\u202bقال\u202c\u200f\u00a0 نعم\n", "قال نعم"),
        ("قال نعم".encode().decode("cp1256"), "قال نعم"),
        ("قال الوزير نعم".encode().decode("latin-1"), "قال الوزير نعم"),
        ("\\u0642\\u0627\\u0644", "قال"),
        ("طبيب وظيفة خطط ظلام", "طبيب وظيفة خطط ظلام"),
        ("3 < 5 وليس <هذا> وسما", "3 < 5 وليس <هذا> وسما"),
        ("\ud83d\x00", ""),
    ],
)
def test_texts_are_put_right(given_text: str, meant: str) -> None:
    assert clean(given_text) == meant


@pytest.mark.parametrize(
    ("given_text", "day"),
    [
        ("2025-03-20T23:30:00+03:00", "2025-03-20"),  # the desk's own day
        ("2025-03-20", "2025-03-20"),
        ("٢٠٢٥/٣/٢٠", "2025-03-20"),
        ("Thu, 20 Mar 2025 09:20:46 GMT", "2025-03-20"),
        ("2025-02-30", "None"),
        ("20/03/2025", "None"),  # day and month may be either
        ("1742428800", "None"),
        ("0001-01-01T00:00:00Z", "None"),
    ],
)
def test_a_day_is_understood_or_unknown(given_text: str, day: str) -> None:
    assert str(day_of(given_text)) == day


@pytest.mark.parametrize(
    ("given_text", "address"),
    [
        ("https://desk.example/خبر قديم", "https://desk.example/%D8%AE%D8%A8%D8%B1%20%D9%82%D8%AF%D9%8A%D9%85"),
        ("https://desk.example/%D8%AE?a=1&amp;b=2#c", "https://desk.example/%D8%AE?a=1&b=2#c"),
        ("/checks/1", "https://desk.example/checks/1"),
        ("//desk.example/x", "https://desk.example/x"),
        ("www.desk.example/x", "https://www.desk.example/x"),
        ("http://[", None),
        ("data:text/html,x", None),
    ],
)
def test_an_address_is_absolute_or_none(given_text: str, address: str | None) -> None:
    assert address_of(given_text, "desk.example") == address


# ---------------------------------------------------------------- files and whose they are


def test_an_import_keeps_each_review_as_its_publishers(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    path = given_file(archive.root, [REVIEW, {**FLAT, "claim": MAYOR, "rating": "توضيح", "claimant": "facebook.com"}])
    status = run(archive, str(path))
    by_claim = {entry.front.claims[0].words: entry for entry in entries(archive)}
    first, second = by_claim[BRIDGE], by_claim[MAYOR]

    assert status == 0 and len(by_claim) == 2
    assert (borrowed(first).publisher, borrowed(first).label, borrowed(first).verdict) == (DESK, "زائف", "false")
    assert (borrowed(second).label, borrowed(second).verdict) == ("توضيح", None)
    assert (second.front.claims[0].source, second.front.claims[0].via) == ("unknown", ("فيسبوك",))
    assert first.body.strip() == BRIDGE and first.front.topics == ("الطرق", "الطقس")
    assert "wrote 2 files, 0 unchanged, 0 left to their editors" in capsys.readouterr().out


def test_a_second_import_writes_nothing_and_a_broken_one_goes_on(archive: Archive) -> None:
    path = given_file(archive.root, [REVIEW, {**FLAT, "claim": MAYOR}])
    run(archive, str(path))
    folder = archive.root / "content" / "imported"
    stamps = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    run(archive, str(path))
    same = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == stamps
    sorted(folder.iterdir())[0].unlink()
    run(archive, str(path))

    assert same and {p.name for p in folder.iterdir()} == set(stamps)


def test_a_changed_review_refreshes_an_untouched_file_and_never_an_edited_one(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    run(archive, str(given_file(archive.root, [REVIEW, {**FLAT, "claim": MAYOR}])))
    edited = next(p for p in (archive.root / "content/imported").iterdir() if MAYOR in p.read_text(encoding="utf-8"))
    edited.write_text(edited.read_text(encoding="utf-8") + "\nملاحظة", encoding="utf-8", newline="\n")
    kept = edited.read_bytes()
    changed = {**REVIEW, "reviewRating": {"alternateName": "مضلل"}}
    status = run(archive, str(given_file(archive.root, [changed, {**FLAT, "claim": MAYOR, "rating": "مضلل"}])))
    labels = {entry.front.claims[0].words: borrowed(entry).label for entry in entries(archive)}

    assert (status, labels) == (0, {BRIDGE: "مضلل", MAYOR: "زائف"})
    assert edited.read_bytes() == kept and "import-file-edited" in capsys.readouterr().err


def test_a_dry_run_reports_and_writes_nothing(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    path = given_file(archive.root, [REVIEW, {**FLAT, "claim": MAYOR, "rating": "لون"}])
    status = run(archive, str(path), "--dry-run", "--json")
    report = json.loads(capsys.readouterr().out)

    assert status == 0 and not (archive.root / "content" / "imported").exists()
    assert report["verdicts"] == {"false": 1, "none": 1} and report["doubtful"] == {"import-label-unknown": 1}
    assert report["labels"] == [
        {"label": "زائف", "verdict": "false", "count": 1},
        {"label": "لون", "verdict": "none", "count": 1},
    ]
    assert report["files"] == {"new": 2} and report["publishers"] == {DESK: 2}


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("missing.json", None, "unreadable-file"),
        ("x.json", "[]", "import-nothing-found"),
        ("x.json", '{"claims": [', "import-nothing-found"),
        ("x.json", "{}", "import-nothing-found"),
        ("x.csv", b"\0\1", "import-not-text"),
        ("x.gz", b"\x1f\x8bbroken", "import-not-text"),
        ("x.csv", b"\xff\xfe\x00\xd8\x00", "import-not-text"),
        (".", None, "import-no-pages"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str | bytes | None, rule: str
) -> None:
    if content is not None:
        given_file(tmp_path, content, name)
    status = main(["import", str(tmp_path / name)], tmp_path)
    shown = capsys.readouterr().err

    assert status == 1 and f"[{rule}]" in shown and messages()[rule]["action"][:10] in shown


def test_a_record_that_could_not_be_published_stops_nothing(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    # A text longer than a body may be.
    path = given_file(archive.root, [{**FLAT, "claim": "أ" * 4_000_001}, {**FLAT, "claim": MAYOR}])
    status = run(archive, str(path))

    assert status == 0 and [e.front.claims[0].words for e in entries(archive)] == [MAYOR]
    assert "[import-faulty]" in capsys.readouterr().err


# ---------------------------------------------------------------- any bytes at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(sorted({*REVIEW, *RESULT, *FLAT, "dataFeedElement", "item", "@graph", "name", "alternateName"}))
SEEDS = [json.dumps(x, ensure_ascii=False) for x in (REVIEW, [RESULT], FLAT)] + [TABLE, PAGE.format(json.dumps(REVIEW))]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good file with some of it cut out, doubled or replaced."""
    raw = draw(st.sampled_from(SEEDS)).encode()
    for _ in range(draw(st.integers(1, 4))):
        at, end = sorted(draw(st.tuples(st.integers(0, len(raw)), st.integers(0, len(raw)))))
        raw = (
            raw[:at] + draw(st.sampled_from([b"", raw[at:end] * 2, b'"', b"\xd8", b"<", b"\0", b"\\ud83d"])) + raw[end:]
        )
    return raw


@st.composite
def odd(draw: st.DrawFn) -> bytes:
    """A review whose fields hold anything."""
    base = dict(draw(st.sampled_from([REVIEW, RESULT, FLAT])))
    base.update(draw(st.dictionaries(NAMES, JSON, max_size=4)))
    return json.dumps(base).encode()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=FILES)
@given(raw=mutated() | odd() | st.binary(max_size=80))
def test_no_file_raises_and_what_is_kept_can_be_published(archive: Archive, raw: bytes) -> None:
    from factarchive.imported import import_file

    shutil.rmtree(archive.root / "content" / "imported", ignore_errors=True)
    path = archive.root / "any"
    path.write_bytes(raw)
    try:
        done = import_file(archive.settings, str(path))
    except Refused as refused:
        assert all(p.text and p.action for p in refused.problems)
        return

    assert all(p.text and p.action for p in done.problems) and list(done.as_lines()) and done.as_data()
    for review in done.reviews:
        assert review.claim and review.label and review.url.startswith("http")
    for entry in entries(archive):
        assert borrowed(entry).label

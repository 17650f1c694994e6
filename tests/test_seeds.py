"""Seeds are read as they came, in any encoding; what is wrong with one is said, and holds no other back."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from factarchive.drafting.seeds import Article, Seed, read_seeds
from factarchive.problems import Problem

ROOT = Path(__file__).parents[1]
REAL = (ROOT / "seeds" / "000_3f472ee64d61d584.txt").read_text("utf-8")
PLAIN = "عنوان المادة\n\nقال فلان كلاما.\n  ثم سكت. \n"
Written = Callable[[dict[str, bytes | str]], tuple[dict[str, Seed], list[Problem]]]


@pytest.fixture
def read(tmp_path: Path) -> Written:
    """Write a folder of seeds and read it: the seeds by name, and the problems."""

    def write_and_read(files: dict[str, bytes | str]) -> tuple[dict[str, Seed], list[Problem]]:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
        seeds, problems = read_seeds(tmp_path)
        return {seed.path.removeprefix("seeds/"): seed for seed in seeds}, list(problems)

    return write_and_read


def told(problems: list[Problem]) -> list[str]:
    """Each problem as its place and rule; that a seed has no date is expected here."""
    return [f"{p.place} {p.rule}" for p in problems if p.rule != "seed-without-date"]


# ---------------------------------------------------------------- text as kept


def test_a_seed_is_its_text_its_title_and_its_paragraphs(read: Written) -> None:
    seeds, problems = read({"a.txt": PLAIN})
    article = seeds["a.txt"].article

    assert article == Article(text=PLAIN, title="عنوان المادة")
    assert article.paragraphs == ("قال فلان كلاما.", "  ثم سكت. ")
    assert [(str(p.place), p.rule, p.severity) for p in problems] == [("seeds/a.txt", "seed-without-date", "warning")]


def test_only_line_ends_and_the_byte_order_mark_change(read: Written) -> None:
    text = "عنوان \u200f\r\nأ\u0654\u00a0ـ \ufeff\rآخر\u2028سطر\n"
    seeds, _ = read({"a.txt": b"\xef\xbb\xbf" + text.encode()})

    assert seeds["a.txt"].article.text == "عنوان \u200f\nأ\u0654\u00a0ـ \ufeff\nآخر\u2028سطر\n"


def test_the_real_seed_is_read_whole() -> None:
    seeds, problems = read_seeds(ROOT / "seeds")
    seed = next(seed for seed in seeds if seed.path == "seeds/000_3f472ee64d61d584.txt")

    assert (seed.article.text, seed.encoding, len(seed.article.paragraphs)) == (REAL, "utf-8", 20)
    assert told(list(problems)) == []


def test_seeds_come_in_the_order_of_their_names_and_other_files_are_left_alone(read: Written) -> None:
    names = [
        "b.txt",
        "a.txt",
        "C.TXT",
        ".hidden.txt",
        "~$a.txt",
        "#a.txt",
        "a.txt~",
        "a.txt.bak",
        ".#a.txt",
        "notes.md",
    ]
    seeds, problems = read({name: PLAIN + name for name in names})

    assert (list(seeds), told(problems)) == (["C.TXT", "a.txt", "b.txt"], [])


def test_a_folder_that_is_not_there_holds_no_seeds(tmp_path: Path) -> None:
    assert read_seeds(tmp_path / "none") == ((), ())


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_bytes(b"")
    _, problems = read_seeds(tmp_path / "seeds")

    assert told(list(problems)) == ["seeds seeds-not-a-folder"]


def test_the_digest_follows_the_text_and_the_facts_beside_it_but_not_the_encoding(read: Written) -> None:
    def digest(text: bytes, beside: str) -> str:
        return read({"a.txt": text, "a.yml": beside})[0]["a.txt"].digest

    plain = digest(PLAIN.encode(), "")

    assert digest(PLAIN.encode("utf-8-sig").replace(b"\n", b"\r\n"), "") == plain
    assert len({plain, digest(PLAIN.encode() + b"x", ""), digest(PLAIN.encode(), "author: x")}) == 3


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-32", "utf-32-le")],
)
def test_a_byte_order_mark_names_the_encoding(read: Written, encoding: str, named: str) -> None:
    seeds, problems = read({"a.txt": PLAIN.encode(encoding)})

    assert (seeds["a.txt"].article.text, seeds["a.txt"].encoding, told(problems)) == (PLAIN, named, [])


def test_utf_16_of_the_other_byte_order(read: Written) -> None:
    seeds, _ = read({"a.txt": "\ufeff".encode("utf-16-be") + PLAIN.encode("utf-16-be")})

    assert (seeds["a.txt"].article.text, seeds["a.txt"].encoding) == (PLAIN, "utf-16-be")


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf_16_le", "utf_16_be"])
@pytest.mark.parametrize("length", [40, 200, 3000])
def test_an_encoding_without_a_mark_is_recognised(read: Written, encoding: str, length: int) -> None:
    # The windows are cut all along the article; curly quotes are in no ISO-8859-6 text.
    article = REAL.replace("“", '"').replace("”", '"')
    windows = [article[at : at + length] for at in range(0, len(article) - length, max(97, length // 4))]
    texts = {f"{n:03}.txt": "عنوان\n" + window for n, window in enumerate(windows)}
    seeds, problems = read({name: text.encode(encoding) for name, text in texts.items()})

    assert {name: seed.article.text for name, seed in seeds.items()} == texts
    assert told(problems) == [f"seeds/{name} seed-encoding-guessed" for name in texts]


def test_a_guess_is_reported_and_names_the_encoding(read: Written) -> None:
    _, problems = read({"a.txt": PLAIN.encode("cp1256")})
    guess = next(p for p in problems if p.rule == "seed-encoding-guessed")

    assert (guess.severity, guess.values) == ("warning", (("encoding", "cp1256"),))


def test_utf_8_that_lost_a_byte_is_refused_where_it_did_and_not_read_as_something_else(read: Written) -> None:
    broken = PLAIN.encode().replace("سكت".encode(), "سك".encode() + b"\xd8")
    seeds, problems = read({"a.txt": broken, "b.txt": PLAIN})

    assert (list(seeds), told(problems)) == (["b.txt"], ["seeds/a.txt:4:8 seed-broken-utf8"])


def test_text_in_no_arabic_encoding_is_not_guessed_at(read: Written) -> None:
    seeds, problems = read({"a.txt": "Été à Paris\nDéjà vu, là où ça gêne, à Nîmes".encode("cp1252")})

    assert (seeds, told(problems)) == ({}, ["seeds/a.txt seed-undecodable"])


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "seeds/x.txt seed-empty"),
        (" \n\t\r\n\u00a0", "seeds/x.txt seed-empty"),
        (b"\xef\xbb\xbf", "seeds/x.txt seed-empty"),
        ("عنوان", "seeds/x.txt:1 seed-without-body"),
        ("عنوان\n\n \n", "seeds/x.txt:1 seed-without-body"),
        ("\nعنوان\nنص", "seeds/x.txt:1:1 seed-without-title"),
        ("عنوان\r\nنص\0", "seeds/x.txt:2:3 seed-binary"),
        ("عنوان\nنص\x1b[0m", "seeds/x.txt:2:3 seed-binary"),
        ("عنوان\nنص\x85", "seeds/x.txt:2:3 seed-binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\xd8" + bytes(range(256)), "seeds/x.txt:1:1 seed-binary"),
        (b"PK\x03\x04\x14\0\x06\0", "seeds/x.txt:1:3 seed-binary"),
        (b"\xff\xfe\0", "seeds/x.txt:1:1 seed-undecodable"),
    ],
)
def test_what_is_no_article_is_refused_and_the_others_go_on(read: Written, data: bytes | str, expected: str) -> None:
    seeds, problems = read({"x.txt": data, "y.txt": PLAIN})

    assert (list(seeds), told(problems)) == (["y.txt"], [expected])
    assert {p.severity for p in problems if p.rule in expected} == {"error"}


def test_a_control_character_is_named(read: Written) -> None:
    _, problems = read({"a.txt": PLAIN + "\x07"})

    assert [p.values for p in problems if p.rule == "seed-binary"] == [(("code", "U+0007"),)]


def test_the_same_text_twice_is_one_seed(read: Written) -> None:
    again = "  " + unicodedata.normalize("NFD", PLAIN.replace("\n\n", "\n \n")).replace(" ", "\u00a0")
    seeds, problems = read({"b.txt": again, "a.txt": PLAIN, "c.txt": PLAIN + "."})

    assert (list(seeds), told(problems)) == (["a.txt", "c.txt"], ["seeds/b.txt:1 seed-twice"])
    assert [p.values for p in problems if p.rule == "seed-twice"] == [(("other", "seeds/a.txt"),)]


def test_of_two_seeds_with_one_slug_neither_is_drafted(read: Written) -> None:
    texts = {f"{name}.txt": PLAIN + name for name in "abc"}
    seeds, problems = read({**texts, "a.yml": "slug: x", "b.yml": "slug: y", "c.yml": "slug: x"})
    named = [(str(p.place), p.values) for p in problems if p.rule == "seed-slug-taken"]

    assert list(seeds) == ["b.txt"]
    assert named == [
        ("seeds/a.yml", (("slug", "x"), ("other", "seeds/c.txt"))),
        ("seeds/c.yml", (("slug", "x"), ("other", "seeds/a.txt"))),
    ]


def test_what_is_no_file_is_refused(read: Written, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "nowhere.txt").symlink_to("gone")
    os.mkfifo(tmp_path / "pipe.txt")
    seeds, problems = read({"z.txt": PLAIN})

    assert list(seeds) == ["z.txt"]
    assert told(problems) == [
        "seeds/folder.txt seed-not-a-file",
        "seeds/loop.txt seed-bad-link",
        "seeds/nowhere.txt seed-bad-link",
        "seeds/pipe.txt seed-not-a-file",
    ]


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xe3\xcf.txt")
    (tmp_path / name).write_bytes(PLAIN.encode())
    seeds, problems = read_seeds(tmp_path)

    assert (seeds, told(list(problems))) == ((), ["seeds/??.txt seed-bad-name"])


def test_a_file_that_may_not_be_read_is_refused(read: Written, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(PLAIN.encode())
    (tmp_path / "a.txt").chmod(0)
    if os.access(tmp_path / "a.txt", os.R_OK):
        pytest.skip("this user may read every file")
    seeds, problems = read({"b.txt": PLAIN})

    assert (list(seeds), told(problems)) == (["b.txt"], ["seeds/a.txt seed-unreadable"])


# ---------------------------------------------------------------- the file beside it


def test_the_file_beside_a_seed_gives_what_is_known(read: Written) -> None:
    outlet = "outlet: {name: الجهة, url: https://example.com/}\nurl: https://example.com/a\n"
    beside = outlet + "published: 2025-03-18\nauthor: فلان\ntopics: [سياسة, طاقة, سياسة]\nslug: a-1\n"
    seeds, problems = read({"a.txt": PLAIN, "a.yml": beside})

    assert problems == []
    assert seeds["a.txt"].article == Article(
        text=PLAIN,
        title="عنوان المادة",
        published=date(2025, 3, 18),
        outlet="الجهة",
        outlet_url="https://example.com/",
        url="https://example.com/a",
        author="فلان",
        topics=("سياسة", "طاقة"),
        slug="a-1",
    )


@pytest.mark.parametrize("beside", ["", "# فارغ\n", "published:\noutlet:\nurl:\nauthor:\ntopics:\nslug:\n", "\ufeff"])
def test_fields_left_empty_are_not_given(read: Written, beside: str) -> None:
    seeds, problems = read({"a.txt": PLAIN, "a.yml": beside})

    assert seeds["a.txt"].article == Article(text=PLAIN, title="عنوان المادة")
    assert [p.rule for p in problems] == ["seed-without-date"]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("published: 2025-02-30", ["1:12 seed-bad-date"]),
        ("published: 20250318", ["1:12 seed-bad-date"]),
        ("published: ٢٠٢٥-٠٣-١٨", ["1:12 seed-bad-date"]),
        ("published: 2025-03-18 10:00", ["1:12 seed-bad-date"]),
        ("author: x\npublishd: 2025-03-18", ["2:1 seed-misspelt-key"]),
        ("كاتب: x", ["1:1 seed-unknown-key"]),
        ("outlet: {nam: x}", ["1:10 seed-misspelt-key"]),
        ("outlet: {url: 'https://a.b/'}", ["1:9 seed-bad-outlet"]),
        ("outlet: [x]", ["1:9 seed-bad-text"]),
        ("outlet: {name: x, url: a.b}", ["1:24 seed-bad-url"]),
        ("url: javascript:x", ["1:6 seed-bad-url"]),
        ("url: 'http://['", ["1:6 seed-bad-url"]),
        ("url: https://a.b/x y", ["1:6 seed-bad-url"]),
        ("author: true", ["1:9 seed-bad-text"]),
        ("author: 12", ["1:9 seed-bad-text"]),
        ("author: ''", ["1:9 seed-bad-text"]),
        ("topics: x", ["1:9 seed-bad-topics"]),
        ("topics:\n  - x\n  - 3", ["3:5 seed-bad-text"]),
        ("slug: Kremlin", ["1:7 seed-bad-slug"]),
        ("slug: -a", ["1:7 seed-bad-slug"]),
        ("slug: سلام", ["1:7 seed-bad-slug"]),
        ("slug: 2025", ["1:7 seed-bad-slug"]),
        (f"slug: {'a' * 81}", ["1:7 seed-bad-slug"]),
        (
            "slug: A\npublished: x\ntopic: []",
            ["1:7 seed-bad-slug", "2:12 seed-bad-date", "3:1 seed-misspelt-key"],
        ),
    ],
)
def test_all_that_is_wrong_beside_a_seed_is_told_with_its_place(
    read: Written, beside: str, expected: list[str]
) -> None:
    seeds, problems = read({"a.txt": PLAIN, "a.yml": beside, "b.txt": PLAIN + "."})

    assert (list(seeds), told(problems)) == (["b.txt"], [f"seeds/a.yml:{e}" for e in expected])


def test_the_longest_slug_is_eighty_characters(read: Written) -> None:
    seeds, _ = read({"a.txt": PLAIN, "a.yml": f"slug: {'a' * 80}"})

    assert seeds["a.txt"].article.slug == "a" * 80


def test_a_misspelt_field_is_told_the_nearest_one(read: Written) -> None:
    _, problems = read({"a.txt": PLAIN, "a.yml": "autor: x"})

    assert dict(problems[0].values)["nearest"] == "author"
    assert problems[0].excerpt == "autor: x"


def test_yaml_that_cannot_be_read_refuses_its_seed_at_the_line(read: Written) -> None:
    seeds, problems = read({"a.txt": PLAIN, "a.yml": "author: x\ntopics: [a\n"})

    assert seeds == {}
    assert [(p.place.path, p.place.line > 1, p.severity) for p in problems] == [("seeds/a.yml", True, "error")]


def test_a_file_beside_a_seed_must_be_utf_8(read: Written) -> None:
    _, problems = read({"a.txt": PLAIN, "a.yml": "slug: x\nauthor: فلان".encode("cp1256")})

    assert told(problems) == ["seeds/a.yml:2:9 seed-sidecar-encoding"]


def test_both_files_of_a_seed_are_looked_at(read: Written) -> None:
    _, problems = read({"a.txt": "", "a.yml": "slug: A"})

    assert told(problems) == ["seeds/a.txt seed-empty", "seeds/a.yml:1:7 seed-bad-slug"]


def test_facts_without_an_article_are_a_warning(read: Written) -> None:
    _, problems = read({"a.yml": "slug: x", "b.txt": PLAIN, "b.yaml": "slug: y", ".c.yml": ""})

    assert told(problems) == ["seeds/a.yml seed-orphan-sidecar", "seeds/b.yaml seed-sidecar-name"]
    assert {p.severity for p in problems} == {"warning"}


def test_every_problem_reads_as_arabic_with_an_action(read: Written) -> None:
    _, problems = read(
        {
            "a.txt": PLAIN,
            "a.yml": "slug: A\nautor: x\nx: 1\nurl: x\npublished: x\ntopics: x\nauthor: 1\noutlet: {}",
            "b.txt": PLAIN.encode("cp1256"),
            "c.txt": "",
            "d.txt": "x\0",
            "e.txt": "x\n" + PLAIN,
            "o.yml": "",
            "p.yaml": "",
        }
    )

    assert all("{" not in p.text + p.action and p.text and p.action for p in problems)
    assert len({p.rule for p in problems}) == 14

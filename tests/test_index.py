"""The search index: its files read back as they were meant, and the kept index is the one made at once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from factarchive.archive import index, indexing
from factarchive.archive.index import (
    ARTICLE,
    CLAIM,
    Document,
    Facets,
    Layout,
    Term,
    decode_facets,
    decode_json,
    decode_terms,
    decode_words,
    path_of,
    scale_of,
    text_path,
    unpack_postings,
)
from factarchive.archive.index_files import df_code, df_of, encode_terms, pack_postings
from factarchive.archive.indexing import build_index
from factarchive.publishing import search_blobs, search_store
from factarchive.publishing.search_memory import SearchMemory

# Words of one family and of others: "minister", "ministry", "school", "the schools", "budget", "in the city", "12".
WORDS = ["وزير", "وزارة", "للوزير", "مدرسة", "المدارس", "ميزانية", "بالمدينة", "المياه", "الكهرباء", "مستشفى"]
WORDS += ["سيول", "زلزال", "12", "2500", "covid", "حريق"]


@dataclass
class Made:
    """An article for tests, of one claim or more."""

    article: str
    words: str
    claims: Sequence[str] = ()
    verdict: int = 1
    read: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return repr((self.words, self.claims, self.verdict))

    def documents(self) -> list[Document]:
        self.read.append(self.article)
        head, _, body = self.words.partition("\n")
        card = {"t": head, "a": self.article}
        facets = Facets("2025-03-18", topics=("سيول",))
        found = [Document(self.article, self.article, ARTICLE, {"title": head, "body": body}, card, body, facets)]
        for n, claim in enumerate(self.claims):
            facets = Facets("2025-03-17", self.verdict, (WORDS[0],), "", (), ("outdated",))
            card = {"t": claim, "a": self.article, "v": self.verdict}
            found.append(Document(f"{self.article}-{n}", self.article, CLAIM, {"claim": claim}, card, "", facets))
        return found

    def document(self, id_: str) -> Document:
        return next(document for document in self.documents() if document.id == id_)

    def text(self) -> str:
        return self.documents()[0].text


def random_article(chance: random.Random, name: str) -> Made:
    head = " ".join(chance.choices(WORDS, k=chance.randrange(4)))
    body = " ".join(chance.choices([*WORDS, f"w{chance.randrange(50)}"], k=chance.randrange(30)))
    claims = tuple(" ".join(chance.choices(WORDS, k=3)) for _ in range(chance.randrange(3)))
    return Made(name, f"{head}\n{body}", claims, chance.randrange(1, 12))


def at_once(articles: Mapping[str, Made]) -> dict[str, bytes]:
    return dict(build_index(d for made in articles.values() for d in made.documents()))


@pytest.fixture
def memory() -> Iterator[SearchMemory]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    yield SearchMemory(database)
    database.close()


# ---------------------------------------------------------------- bytes


def test_terms_read_back_as_they_were_written() -> None:
    postings = [(3, 15, 0), (130, 1, 11), (2**27, 0, 4)]
    terms = [Term(word, 0, 5, pack_postings(postings)) for word in sorted(WORDS, key=str.encode)]

    raw = encode_terms(12, reversed(terms))

    assert decode_terms(raw, 12) == terms
    assert terms[0].postings == postings
    assert unpack_postings(pack_postings([])) == []


def test_a_file_of_another_scale_or_with_damaged_bytes_is_as_absent() -> None:
    raw = encode_terms(12, [])

    assert (decode_terms(raw, 13), decode_terms(b"\xff" + raw, 12), decode_terms(raw, 12)) == (None, None, [])


def test_frequencies_are_coarse_by_an_eighth_at_most() -> None:
    for df in (*range(2000), 10**5, 10**6):
        assert df_code(df_of(df_code(df))) == df_code(df)
        assert df_of(df_code(df)) <= df < df_of(df_code(df) + 1)
        assert df < 16 or df_of(df_code(df)) > df * 8 / 9


def test_levels_stand_for_the_frequencies_that_they_are_given() -> None:
    assert [index.level_of(frequency) for frequency in index.levels()] == list(range(16))


def test_numbers_move_only_when_the_count_doubles() -> None:
    assert [scale_of(n) for n in (0, 1023, 1024, 2047, 2048)] == [10, 10, 11, 11, 12]


def test_an_article_key_that_is_no_file_name_is_hashed() -> None:
    assert text_path("march-12") == "t/march-12.bin"
    assert text_path("../x") not in ("t/../x.bin", text_path("..-x"))


# ---------------------------------------------------------------- the whole index


def test_an_index_holds_terms_cards_facets_and_texts() -> None:
    made = Made("march", "وزارة المدارس\nافتتحت الوزارة مدرسة", ("افتتحت مدرسة",))
    files = at_once({"march": made})
    layout = Layout(10)
    number = layout.number_of("march", "march-0")
    terms = [term for n in range(layout.shards) for term in decode_terms(files[path_of("w", n)], 10) or ()]
    by_stem = {term.stem: term for term in terms}

    assert by_stem["مدرسة".replace("ة", "ه")].df == 2
    assert [n for n, _, verdict in by_stem["مدرسه"].postings if verdict == 1] == [number]
    cards = decode_json(files[path_of("c", layout.card_page(number))], 10)
    assert cards[str(number)][0]["t"] == "افتتحت مدرسة"
    assert (number, made.documents()[1].facets) in (decode_facets(files["f/0.bin"], 10) or ())
    assert decode_json(files["t/march.bin"], 10) == made.text()
    for bucket in layout.lexicon_of("مدرسه"):
        assert "مدرسه" in dict(decode_words(files[path_of("l", bucket)], 10) or ())


def test_two_documents_of_one_number_share_its_cards_and_its_better_posting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Layout, "number_of", lambda self, article, id_: 7)
    files = at_once({"a": Made("a", "سيول\n"), "b": Made("b", "\nسيول سيول وزارة وزير مدرسة")})
    layout = Layout(10)
    shards = [decode_terms(files[path_of("w", n)], 10) or () for n in range(layout.shards)]
    found = next(term for shard in shards for term in shard if term.stem == "سيول")

    assert (found.df, [p[0] for p in found.postings]) == (2, [7])
    assert found.postings[0][1] >= 13
    assert len(decode_json(files["c/0.bin"], 10)["7"]) == 2


def test_a_common_word_keeps_its_best_postings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "PARAMETERS", replace(index.PARAMETERS, postings=4))
    monkeypatch.setattr(indexing, "PARAMETERS", index.PARAMETERS)
    filler = " ".join(WORDS)
    made = {f"a{n}": Made(f"a{n}", f"{'حريق' if n < 3 else ''}\n{filler}") for n in range(30)}
    files = at_once(made)
    shards = [decode_terms(raw, 10) or () for path, raw in files.items() if path.startswith("w/")]
    found = next(term for shard in shards for term in shard if term.stem == "حريق")

    assert (df_code(found.df), len(found.postings)) == (df_code(30), 4)
    assert {Layout(10).number_of(f"a{n}", f"a{n}") for n in range(3)} <= {number for number, _, _ in found.postings}


def test_what_is_too_long_for_a_word_is_left_out() -> None:
    files = at_once({"a": Made("a", f"سيول {'س' * 65} {'و' * 64}\n")})
    shards = [decode_terms(raw, 10) or () for path, raw in files.items() if path.startswith("w/")]

    assert {len(term.stem) for shard in shards for term in shard} == {4, 64}


def test_letters_of_every_script_come_back() -> None:
    text = '«سيول» ٪ ۲۰ ﷺ ہندی — 漢字 😀 \x85 \ud800 \\ " \n é'
    raw = index.encode_json(12, {"t": text})

    assert decode_json(raw, 12) == {"t": text}


def test_the_order_of_documents_changes_no_byte() -> None:
    chance = random.Random(3)
    made = {f"a{n}": random_article(chance, f"a{n}") for n in range(40)}

    assert at_once(made) == at_once(dict(reversed(made.items())))


# ---------------------------------------------------------------- the kept index


def kept(memory: SearchMemory, articles: Mapping[str, Made], disk: dict[str, bytes], key: str = "k") -> tuple[str, ...]:
    """Bring a disk up to date; return what was stale."""
    found = search_store.refreshed(memory, articles, key)
    stale = found.stale
    for path in stale:
        disk[path] = found.bytes_of(path)
    for path in disk.keys() - found.paths:
        del disk[path]
    memory.settle()
    return stale


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_split", [False, True])
def test_random_edits_give_the_files_of_an_index_made_at_once(
    memory: SearchMemory, monkeypatch: pytest.MonkeyPatch, seed: int, is_split: bool
) -> None:
    # Few postings and few remembered beyond them, and lists of their own even here, so that all of it is met.
    small = replace(index.PARAMETERS, postings=6, inline=3)
    for module in (index, indexing, search_blobs):
        monkeypatch.setattr(module, "PARAMETERS", small)
    for module in (indexing, search_blobs):
        monkeypatch.setattr(module, "KEPT", 9)
    if is_split:
        monkeypatch.setattr(Layout, "long", property(lambda self: 16))
    chance = random.Random(seed)
    articles = {f"a{n}": random_article(chance, f"a{n}") for n in range(chance.choice((0, 5, 40)))}
    disk: dict[str, bytes] = {}
    kept(memory, articles, disk)

    for _ in range(25):
        for _ in range(chance.choice((1, 1, 3))):
            name = f"a{chance.randrange(50)}"
            if chance.random() < 0.3:
                articles.pop(name, None)
            else:
                articles[name] = random_article(chance, name)
        kept(memory, articles, disk)

        assert disk == at_once(articles)


def test_only_a_changed_article_is_read_and_only_files_of_its_words_are_written(memory: SearchMemory) -> None:
    chance = random.Random(1)
    articles = {f"a{n}": random_article(chance, f"a{n}") for n in range(300)}
    disk: dict[str, bytes] = {}
    kept(memory, articles, disk)
    for made in articles.values():
        made.read.clear()
    articles["a7"] = replace(articles["a7"], words=articles["a7"].words + " زعفران", read=[])
    before = dict(disk)
    stale = kept(memory, articles, disk)

    assert kept(memory, articles, disk) == ()
    assert {path for path in disk if before.get(path) != disk[path]} <= set(stale)
    assert len([path for path in stale if path.startswith("w/")]) <= len(set(articles["a7"].words.split())) + 1
    assert disk == at_once(articles)


def test_files_that_were_not_written_stay_stale(memory: SearchMemory) -> None:
    articles = {"a": Made("a", "سيول\nوزارة")}
    search_store.refreshed(memory, articles, "k")

    assert search_store.refreshed(memory, articles, "k").stale == tuple(sorted(at_once(articles)))


def test_another_key_forgets_all(memory: SearchMemory) -> None:
    articles = {"a": Made("a", "سيول\nوزارة")}
    disk: dict[str, bytes] = {}
    kept(memory, articles, disk)

    assert len(kept(memory, articles, disk, "other")) == len(disk)


def test_a_row_that_is_lost_or_damaged_is_noticed(memory: SearchMemory) -> None:
    chance = random.Random(2)
    articles = {f"a{n}": random_article(chance, f"a{n}") for n in range(30)}
    kept(memory, articles, {})
    damages = (
        "delete from search_articles where article = 'a3'",
        "update search_counted set data = zeroblob(3) where article = 'a5'",
        "delete from search_counted where article = 'a6'",
        "delete from search_blobs where kind = 'w'",
        "update search_blobs set data = zeroblob(9) where kind = 'c'",
    )
    for damage in damages:
        memory._db.execute("begin")
        memory._db.execute(damage)
        changed = articles | {name: replace(articles[name], words="سيول\nحريق") for name in ("a5", "a6")}
        with pytest.raises((sqlite3.DatabaseError, ValueError, LookupError)):
            kept(memory, changed, {})
        memory._db.execute("rollback")

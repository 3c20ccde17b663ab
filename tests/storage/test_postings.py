"""Near-copies are found alike in memory and on disk, in one process or another, merged or not."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest
import sqlalchemy as sa
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.decide import story_of_its_own
from monitor.stories import Grouper, fingerprint, place
from monitor.stories.group import NEWEST
from monitor.types import Fingerprint, Membership
from storage import migrate, postings
from storage.engine import Database, parse_url
from storage.store import Store
from tests.monitor.stories.texts import CONSENT, FERRY, ORCHARD

from .samples import T0, outcome, past_of, stored_page

HEAD, TAIL = FERRY.split("\n\n")
TEXTS = (
    FERRY,
    ORCHARD,
    HEAD + " Read more",
    CONSENT + TAIL,
    FERRY.replace("14.5", "17"),
    CONSENT + ORCHARD,
    ORCHARD[:700],
    CONSENT + HEAD[::-1],
    FERRY,
    CONSENT + FERRY,
)


@pytest.fixture
def _merging_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.postings.FEWEST", 3)
    monkeypatch.setattr("storage.postings.SLICE", 7)
    monkeypatch.setattr("storage.postings.FRESH", 2)


def put(store: Store, number: int, text: str) -> Membership:
    """What the process half does with a page, as far as stories are concerned."""
    url = f"https://site{number}.example/"
    found_by = fingerprint(text)
    near = past_of(store, url, None, found_by, []).candidates
    found = place(text, near, None, url)
    story = found.story_id or story_of_its_own(url)
    page = stored_page(store, 1, url, text.encode())
    saved = outcome(page, f"Headline\n\n{text}", quote=None, fingerprint=found_by)
    saved = replace(saved, membership=found, story_id=story)
    store.save(saved, 1, T0)
    return found


def decided(found: Membership) -> tuple[object, ...]:
    return found.relation, found.of, dict(found.evidence)


def in_memory(texts: Iterable[str]) -> list[tuple[object, ...]]:
    grouper = Grouper()
    urls = [f"https://site{number}.example/" for number, _ in enumerate(texts)]
    placed = (grouper.place(url, text, None, url) for url, text in zip(urls, texts, strict=True))
    return [decided(found) for found in placed]


def test_store_and_filter_decide_alike_wherever_the_store_is_opened_again(url: str) -> None:
    with Store.open(url) as store:
        store.begin_run("crawl", T0, {})
    placed = []
    for number, text in enumerate(TEXTS):
        with Store.open(url) as store:
            placed.append(decided(put(store, number, text)))
    assert placed == in_memory(TEXTS)
    with Store.open(url) as store:
        assert [row["relation"] for row in store.view("v1_stories", order_by="article_id")] == [
            relation for relation, *_ in placed
        ]
        assert all(row["evidence"] for row in store.view("v1_stories") if row["of_article_id"])
        assert store.check() == []


@pytest.mark.usefixtures("_merging_early")
def test_merged_postings_are_found_as_before(store: Store) -> None:
    store.begin_run("crawl", T0, {})
    placed, merged = [], []
    for number, text in enumerate(TEXTS):
        placed.append(decided(put(store, number, text)))
        merged.append(store.merge_postings())
    assert placed == in_memory(TEXTS)
    assert merged == [0, 0, 3, 0, 0, 3, 0, 0, 3, 0]


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(parse_url(url), 5)
    yield database
    database.close()


def look(database: Database, keys: Iterable[int]) -> dict[int, list[int]]:
    """What a process that has just begun finds."""
    found = database.read(postings.find, postings.Recent(), sorted(keys))
    return {key: sorted(numbers) for key, numbers in found.items()}


@pytest.mark.usefixtures("_merging_early")
def test_merge_cut_short_is_taken_up_where_it_stopped(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.begin_run("crawl", T0, {})
    for number in range(4):
        put(store, number, TEXTS[number])
    keys = {key for text in TEXTS for key in fingerprint(text).keys}
    with opened(url) as database:
        before = look(database, keys)
        for writes in range(1, 4):
            with monkeypatch.context() as patch:
                patch.setattr("storage.postings._put", stopping_after(writes))
                with pytest.raises(KeyboardInterrupt):
                    postings.merge(database)
            assert look(database, keys) == before
        assert postings.merge(database) == 3
        assert look(database, keys) == before
        assert postings.merge(database) == 0


def stopping_after(writes: int):  # type: ignore[no-untyped-def]
    """``_put`` for so many slices; then the process is stopped."""
    put_slice, left = postings._put, [writes]

    def put_or_stop(*arguments: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        put_slice(*arguments)  # type: ignore[arg-type]

    return put_or_stop


@pytest.mark.usefixtures("_merging_early")
def test_only_the_newest_of_a_key_are_kept(store: Store, url: str) -> None:
    store.begin_run("crawl", T0, {})
    for number in range(NEWEST + 9):
        page = stored_page(store, 1, f"https://s{number}.example/", str(number).encode())
        found_by = Fingerprint((2, 4 + 2 * number), number, 9)
        store.save(outcome(page, quote=None, fingerprint=found_by), 1, T0)
        store.merge_postings()
    with opened(url) as database, database.engine.connect() as connection:
        (packed,) = connection.exec_driver_sql("SELECT fingerprints FROM posting WHERE key = 2")
        assert len(packed[0]) == NEWEST * postings.NUMBER_BYTES
        newest = look(database, [2])[2]
        assert newest == list(range(10, NEWEST + 10))


def test_what_another_process_stored_is_found(store: Store, url: str) -> None:
    store.begin_run("crawl", T0, {})
    put(store, 0, FERRY)
    with Store.open(url) as other:
        put(other, 1, ORCHARD)
    assert put(store, 2, ORCHARD).of == "https://site1.example/"


@given(st.lists(st.integers(0, (1 << 48) - 1), unique=True))
def test_packed_keys_come_back(keys: list[int]) -> None:
    assert postings.unpack(postings.pack(keys)).tolist() == keys


KEYS = st.lists(st.sets(st.integers(0, 40), min_size=1), min_size=1, max_size=60)


@settings(deadline=None)
@given(KEYS, st.integers(1, 9))
def test_sorted_postings_are_those_of_each_text(texts: list[set[int]], most: int) -> None:
    rows = [(number, postings.pack(sorted(keys))) for number, keys in enumerate(texts, 1)]
    half = len(rows) // 2
    made = postings._Sorted.of(rows[:half]).joined(postings._Sorted.of(rows[half:]))
    wanted = {
        key: [number for number, keys in enumerate(texts, 1) if key in keys]
        for key in sorted(set().union(*texts))
    }
    found = dict(made.find(postings.unpack(postings.pack(range(41)))))
    assert found == {key: numbers[-NEWEST:] for key, numbers in wanted.items()}
    start, read = 0, {}
    while start < len(made.keys):
        keys, packed = made.rows(start, most)
        assert len(keys) <= most
        assert all(one < other for one, other in pairwise(keys))
        for key, data in zip(keys, packed, strict=True):
            read[key] = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
        start = int(made.keys.searchsorted(keys[-1], "right"))
    assert read == {key: numbers[::-1] for key, numbers in wanted.items()}


def test_fingerprints_of_an_older_database_are_made_anew(url: str) -> None:
    with opened(url) as database:
        made(database)
        migrate.upgrade(database)
        rows = database.read(
            lambda connection: connection.exec_driver_sql(
                "SELECT article_id, version_id, exact, length FROM fingerprint"
            ).all()
        )
        text = fingerprint(FERRY)
        assert rows == [(1, 2, text.exact, text.length)]
    with Store.open(url) as store:
        (found,) = past_of(store, "https://x.example/", None, text, []).candidates
        assert (found.key, found.text) == ("https://a.example/", FERRY)
        assert store.check() == []


def made(database: Database) -> None:
    """A database of the first schema, with an article of two versions."""
    if not database.is_sqlite:
        server = database.sibling("postgres")
        with server.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            own.exec_driver_sql(f"CREATE DATABASE {database.url.database}")
        server.close()
    else:
        assert database.path is not None
        database.path.parent.mkdir()
    config = migrate.configuration()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0006")
        for statement in OLD:
            connection.execute(sa.text(statement), {"ferry": f"Ferry\n\n{FERRY}", "key": b"k" * 8})


OLD = (
    "INSERT INTO article (article_id, url, url_sha256, outlet, authors, facts, state, gone_count, "
    "first_seen_at, last_seen_at, last_changed_at) VALUES (1, 'https://a.example/', :key, 'A', "
    "'[]', '{}', 'live', 0, '2025-01-27T00:00:00.000000Z', '2025-01-27T00:00:00.000000Z', "
    "'2025-01-27T00:00:00.000000Z')",
    *(
        "INSERT INTO version (version_id, article_id, seq, text, body_start, text_sha256, "
        "cleaner_version, extractor_version, fetched_at, recorded_at) VALUES "
        f"({seq}, 1, {seq}, {text}, {start}, '', '1', '1', '2025-01-27T00:00:00.000000Z', "
        "'2025-01-27T00:00:00.000000Z')"
        for seq, text, start in ((1, "'An older text'", 0), (2, ":ferry", 7))
    ),
    "INSERT INTO story (story_id, recorded_at) VALUES ('s1', '2025-01-27T00:00:00.000000Z')",
    "INSERT INTO story_member (story_id, article_id, relation, evidence, algorithm, decided_at) "
    "VALUES ('s1', 1, 'first', '{}', '1', '2025-01-27T00:00:00.000000Z')",
    "INSERT INTO fingerprint (article_id, exact, length, keys) VALUES (1, 'ab', 3, :key)",
    "INSERT INTO posting (tier, key, article_id) VALUES (0, 5, 1)",
)

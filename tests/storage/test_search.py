"""Texts are found by their words, old versions too, the same way on both databases."""

import pytest

from monitor.errors import UsageError
from storage.search import words
from storage.store import Store

from .samples import HOUR, T0, URL, outcome, stored_page

OTHER = "https://other.example/chips"
TEXTS = {
    URL: "Nvidia falls\n\nNvidia's loss of $600bn shook Zürich, says the Café editor.",
    OTHER: "Markets\n\n英伟达市值蒸发近6000亿美元。 The loss-making well-known firm is DeepSeek.",
}


@pytest.fixture
def filled(store: Store) -> Store:
    run_id = store.begin_run("crawl", T0, {})
    for number, (url, text) in enumerate(TEXTS.items()):
        at = T0 + number * HOUR
        page = stored_page(store, run_id, url, url.encode(), at)
        store.save(outcome(page, text, quote=None, url=url), run_id, at)
    edited = stored_page(store, run_id, URL, b"2", T0 + 3 * HOUR)
    text = TEXTS[URL].replace("$600bn", "$589bn")
    store.save(outcome(edited, text, quote=None, seq=2, membership=None), run_id, T0 + 3 * HOUR)
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("loss", [(URL, 2), (OTHER, 1), (URL, 1)]),
        ("LOSS zurich", [(URL, 2), (URL, 1)]),
        ("600bn", [(URL, 1)]),
        ("cafe", [(URL, 2), (URL, 1)]),
        ('"loss of"', [(URL, 2), (URL, 1)]),
        ('"of loss"', []),
        ("deep*", [(OTHER, 1)]),
        ("deep", []),
        ("loss-making", [(OTHER, 1)]),
        ("市值", [(OTHER, 1)]),
        ("值市", []),
        ("loss nowhere", []),
        ("\") OR 1=1 --' NEAR", []),
    ],
)
def test_words_find_versions(filled: Store, query: str, found: list[tuple[str, int]]) -> None:
    rows = filled.search(query, 10)
    assert [(row["url"], row["seq"]) for row in rows] == found


def test_newest_first_and_no_more_than_asked_for(filled: Store) -> None:
    (row,) = filled.search("loss", 1)
    assert (row["url"], row["is_current"]) == (URL, True)
    assert [row["is_current"] for row in filled.search("nvidia", 9)] == [True, False]


@pytest.mark.parametrize("query", ["", "  ", '""', "* -", "…"])
def test_a_query_without_words_is_refused(store: Store, query: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        store.search(query, 10)


def test_a_very_long_text_is_searched_at_its_beginning(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    text = "Head\n\n" + " ".join(f"w{n}" for n in range(200_000))
    store.save(outcome(stored_page(store, run_id), text, quote=None), run_id, T0)
    assert len(store.search("w7", 1)) == 1
    assert store.search("w199999", 1) == []


def test_a_forgotten_article_is_not_found(filled: Store, url: str) -> None:
    from storage.engine import Database, parse_url
    from storage.search import forget

    database = Database(parse_url(url), 5)
    (row, *_) = filled.search("loss", 1)
    database.write(forget, row["article_id"])
    database.close()
    assert [row["url"] for row in filled.search("loss", 9)] == [OTHER]


def test_words_of_a_text() -> None:
    assert words("Die Größe: 5,6 Mio.!") == "die grosse 5 6 mio"

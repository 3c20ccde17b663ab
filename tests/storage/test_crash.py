"""Many writers at once, and writers that are killed: what was acknowledged is there."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg

from storage.store import Store

from .samples import T0, fetch, link

ROUNDS = 6
WRITER = """
import sys
import psycopg

from storage.store import Store
from tests.storage.samples import T0, fetch, outcome

store = Store.open(sys.argv[1])
run_id = store.begin_run("crawl", T0, {})
for number in range(int(sys.argv[3])):
    url = f"https://{sys.argv[2]}.example/{number}"
    store.record_fetch(run_id, fetch(url, url.encode()))
    (page, *_) = [p for p in store.pending_pages(100) if p.url == url]
    store.save(outcome(page, f"{url}\\n\\nnearly $600 billion"), run_id, T0)
    print(url, flush=True)
"""


def writer(url: str, name: str, rounds: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name, str(rounds)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )


def test_killed_writer_loses_nothing_it_was_told_is_stored(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/monitor.db"
    Store.open(url).close()
    told: list[str] = []
    for name, lines in (("a", 1), ("b", 7), ("c", 20)):
        with writer(url, name, 1_000_000) as process:
            assert process.stdout is not None
            told += [process.stdout.readline().strip() for _ in range(lines)]
            process.send_signal(signal.SIGKILL)
            told += [line.strip() for line in process.stdout if line.endswith("\n")]
    with Store.open(url) as store:
        assert store.check() == []
        kept = {row["url"] for row in store.view("v1_articles")}
        assert set(told) <= kept
        assert len(kept) <= len(told) + 3  # one each may be stored and not yet told
        quotes = [row["quote"] for row in store.view("v1_observations")]
        assert len(quotes) == len(kept)


def test_writers_wait_for_each_other(url: str) -> None:
    Store.open(url).close()
    processes = [writer(url, name, ROUNDS) for name in "abc"]
    for process in processes:
        with process:
            assert process.stdout is not None
            assert len(process.stdout.read().split()) == ROUNDS
        assert process.returncode == 0
    with Store.open(url) as store:
        assert store.counts()["articles"] == 3 * ROUNDS
        assert store.check() == []


def test_connection_lost_between_two_calls_is_made_anew(store: Store, url: str) -> None:
    if url.startswith("sqlite"):
        return  # has none to lose
    store.begin_run("crawl", T0, {})
    with psycopg.connect(url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    store.begin_run("crawl", T0, {})
    assert len(store.runs(10)) == 2


def test_write_of_a_restarted_server_or_program_may_be_repeated(store: Store) -> None:
    run_id = store.begin_run("crawl", T0, {})
    for _ in range(2):
        store.offer_links(run_id, [link()], T0)
        store.record_fetch(run_id, fetch())
    assert store.counts()["pages"] == 1

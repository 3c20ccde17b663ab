"""What one new article costs in a store of a million observations, and what each view costs there.

Builds an SQLite store by bulk inserts: articles of two observations each, from a thousand outlets,
one in three a copy of another, over 400 claims of which the busiest has a twentieth of everything.
Then new articles arrive through the whole process half after their reading (past, judgement, save)
and views are asked for one claim, story or article. CPU milliseconds, median and worst of ten; the
collector of garbage is off. The small store beside it shows what grows.

    .venv/bin/python benchmarks/history.py [OBSERVATIONS [SMALL]]
"""

import functools
import gc
import hashlib
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import process_time

from monitor.history import Definition
from monitor.process import Processor, Tally, reading_pool
from monitor.rereading import record_states
from monitor.retrospect import standings
from monitor.rulebook import Rules, prepare
from monitor.rules.settings import Settings
from monitor.stories import fingerprint
from monitor.types import Article, Fetch, Observation, Page, Reading, Series
from storage import series as series_rows
from storage.columns import digest, iso
from storage.store import Store

START = datetime(2025, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CLAIMS, OUTLETS, COPIES, BUSIEST, TIMES = 400, 1_000, 1 / 3, 0.05, 10
VALUES = [*range(200, 1000, 8)]  # billions that the press may print: a hundred
NEW = "nvidia.market_cap_loss"
CONFIG = Path(__file__).parent.parent / "config"


def claim_of(number: int) -> str:
    return NEW if number == 0 else f"claim{number}.value"


def rules() -> Rules:
    return prepare({file.name: file.read_text("utf-8") for file in CONFIG.glob("*.toml")})


def rows(count: int) -> Iterator[tuple[int, int, int, int, list[tuple[int, int]]]]:
    """Article, story, outlet, minute, and claim with value of each of its observations."""
    dice = random.Random(7)
    story = 0
    for article in range(1, count // 2 + 1):
        if dice.random() > COPIES or not story:
            story = article
        said = []
        for _ in range(2):
            busiest = dice.random() < BUSIEST
            claim = 0 if busiest else dice.randrange(CLAIMS)
            said.append((claim, dice.choice(VALUES[:20] if dice.random() < 0.8 else VALUES)))
        yield article, story, dice.randrange(OUTLETS), article, said


def fill(path: Path, count: int) -> None:
    """Rows as the program would have written them, many times faster."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous=OFF")
        db.executemany(
            "INSERT INTO series (series_id, claim, qualifiers, series_sha256)"
            " VALUES (?, ?, '{}', ?)",
            [(n + 1, claim_of(n), series_rows.key(Series(claim_of(n)))) for n in range(CLAIMS)],
        )
        batch: list[tuple[int, int, int, int, list[tuple[int, int]]]] = []
        for row in rows(count):
            batch.append(row)
            if len(batch) == 10_000:
                _insert(db, batch)
                batch = []
        _insert(db, batch)


def _insert(
    db: sqlite3.Connection, batch: list[tuple[int, int, int, int, list[tuple[int, int]]]]
) -> None:
    at = {row[0]: iso(START + row[3] * MINUTE) for row in batch}
    url = {row[0]: f"https://o{row[2]}.example/{row[0]}" for row in batch}
    db.executemany(
        "INSERT INTO article (article_id, url, url_sha256, outlet, headline, authors, published_at,"
        " facts, state, gone_count, first_seen_at, last_seen_at, last_changed_at)"
        " VALUES (?, ?, ?, ?, 'A headline', '[]', ?, '{}', 'live', 0, ?, ?, ?)",
        [
            (n, url[n], digest(url[n]), f"o{outlet}.example", at[n], at[n], at[n], at[n])
            for n, _, outlet, *_ in batch
        ],
    )
    db.executemany(
        "INSERT INTO version (version_id, article_id, seq, headline, text, body_start, text_sha256,"
        " cleaner_version, extractor_version, fetched_at, recorded_at)"
        " VALUES (?, ?, 1, 'A headline', ?, 0, ?, '1', '1', ?, ?)",
        [
            (n, n, _text(said), hashlib.sha256(url[n].encode()).hexdigest(), at[n], at[n])
            for n, *_, said in batch
        ],
    )
    db.executemany(
        "INSERT INTO version_span (version_id, live_from, recorded_at) VALUES (?, ?, ?)",
        [(n, at[n], at[n]) for n, *_ in batch],
    )
    db.executemany(
        "INSERT OR IGNORE INTO story (story_id, recorded_at) VALUES (?, ?)",
        [(f"s{story}", at[n]) for n, story, *_ in batch],
    )
    db.executemany(
        "INSERT INTO story_member (story_id, article_id, relation, evidence, algorithm, decided_at)"
        " VALUES (?, ?, ?, '{}', '1', ?)",
        [(f"s{s}", n, "first" if s == n else "copy", at[n]) for n, s, *_ in batch],
    )
    db.executemany(
        "INSERT INTO observation (version_id, series_id, claim, qualifiers, value, low, high,"
        " bound, unit, significant_digits, modality, quote, char_start, char_end, alternates,"
        " flags, confidence, published_at, outlet, extractor_version, recorded_at)"
        " VALUES (?, ?, ?, '{}', ?, ?, ?, 'eq', 'USD', 3, 'asserted', ?, ?, ?, '[]', '[]', 1, ?, ?,"
        " '1', ?)",
        [
            (
                *(n, c + 1, claim_of(c), *([f"{v}000000000"] * 3)),
                *(f"${v} billion", 6 + 14 * k, 18 + 14 * k, at[n], f"o{outlet}.example", at[n]),
            )
            for n, _, outlet, _, said in batch
            for k, (c, v) in enumerate(said)
        ],
    )


def _text(said: list[tuple[int, int]]) -> str:
    return "Lost: " + ", ".join(f"${value} billion" for _, value in said) + "."


def reading(number: int, url: str, at: datetime, amounts: list[int], claim: str) -> Reading:
    """What a worker hands over for a new article."""
    body = f"Text number {number} of its own, {hashlib.sha256(str(number).encode()).hexdigest()}. "
    text = body * 20 + ", ".join(f"${amount} billion" for amount in amounts)
    found = []
    for amount in amounts:
        quote = f"${amount} billion"
        value = Decimal(amount) * 10**9
        start = text.index(quote)
        found.append(
            Observation(
                claim, value, value, value, "eq", "USD", "asserted", None, quote, start,
                start + len(quote), significant_digits=3,
            )
        )  # fmt: skip
    return Reading(
        Page(url, b"", at),
        Article(url, "stored", date_published=at.isoformat(), text=text),
        text,
        0,
        hashlib.sha256(text.encode()).hexdigest(),
        fingerprint(text),
        tuple(found),
        "1",
        "1",
    )


def spent(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return (process_time() - started) * 1000


def line(name: str, costs: list[float]) -> None:
    print(f"  {name:<58} {statistics.median(costs):7.1f} {max(costs):7.1f}", flush=True)


def arrivals(store: Store, configured: Rules, count: int) -> None:
    """New articles in the busiest claim and in a common one, stories of their own; then edits."""
    now = START + (count + 1) * MINUTE
    run_id = store.begin_run("process", now, {})
    processor = Processor(
        store, reading_pool({}, Settings()), configured, run_id, lambda: now, Tally()
    )

    def arrive(number: int, amount: int, claim: str, version: int = 1) -> float:
        url = f"https://o{number}.example/new-{claim}-{number}"
        at = now + version * MINUTE
        read = reading(number * 1000 + version + len(claim), url, at, [amount, amount + 200], claim)
        body = f"{number} {version}".encode()
        store.record_fetch(run_id, Fetch(url, "article", "ok", at, 200, page=Page(url, body, at)))
        (page,) = store.pending_pages(1)
        kept = Reading(page, *[getattr(read, name) for name in read.__slots__[1:]])
        return spent(functools.partial(processor.save, kept))

    for name, claim in (("the busiest claim", NEW), ("a common claim", claim_of(7))):
        arrive(900, 589, claim)
        line(f"a new article in {name}", [arrive(n, 200 + 8 * n, claim) for n in range(TIMES)])
        line(f"an edit of it in {name}", [arrive(n, 500, claim, 2) for n in range(TIMES)])
    print(f"  events told: {processor.tally.events}")


VIEWS = (
    ("v1_claim_current", {"claim": NEW}, None),
    ("v1_claim_camps", {"claim": NEW}, None),
    ("v1_claim_history", {"claim": NEW}, None),
    ("v1_events", {"claim": NEW}, None),
    ("v1_claims", {"claim": NEW}, None),
    ("v1_observations", {"claim": NEW}, 100),
    ("v1_observations", {"story_id": "s5"}, None),
    ("v1_observations", {"article_id": 77}, None),
    ("v1_articles", {"article_id": 77}, None),
    ("v1_articles", {"story_id": "s5"}, None),
    ("v1_versions", {"article_id": 77}, None),
    ("v1_edits", {"article_id": 77}, None),
    ("v1_stories", {"story_id": "s5"}, None),
    ("v1_stories", {"article_id": 77}, None),
    ("v1_events", {"article_id": 77}, None),
)


def views(store: Store) -> None:
    for name, where, limit in VIEWS:
        order = "-recorded_at" if limit else None
        ask = functools.partial(store.view, name, where, order, limit)
        costs = [spent(lambda ask=ask: list(ask())) for _ in range(TIMES)]
        newest = f", the newest {limit}" if limit else ""
        line(f"{name} of one {next(iter(where))}{newest}", costs)


def standing(store: Store, configured: Rules, count: int) -> None:
    """Who stands where, as `claims show` asks: now by the stored state, then counted again."""
    for name, on in (("now", None), ("half-way through", START + count // 4 * MINUTE)):
        ask = functools.partial(standings, store, configured, NEW, on=on)
        line(f"who stands where on the busiest claim {name}", [spent(ask) for _ in range(3)])


def measure(path: Path, configured: Rules, count: int) -> None:
    Store.open(f"sqlite:///{path}").close()
    print(f"{count:,} observations, filled in {spent(lambda: fill(path, count)):,.0f} ms")
    print(f"  {'CPU ms':<58} {'median':>7} {'worst':>7}")
    with Store.open(f"sqlite:///{path}") as store:
        busy = [Series(NEW), Series(claim_of(7))]
        now = START + (count + 1) * MINUTE
        whole = spent(lambda: record_states(store, configured, now, busy))
        line("counting both claims of the new articles whole", [whole])
        arrivals(store, configured, count)
        views(store)
        standing(store, configured, count)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or [1_000_000, 10_000]
    gc.disable()
    configured = rules()
    more = {claim_of(n): Definition(claim_of(n), unit="USD") for n in range(1, CLAIMS)}
    configured = replace(configured, definitions={**configured.definitions, **more})
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder) / "monitor.db", configured, count)


if __name__ == "__main__":
    main()

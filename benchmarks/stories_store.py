"""Cost of placing one article among those stored: CPU microseconds a document as they grow.

For each synthetic article (benchmarks/news.py): fingerprint, candidates by SQL, comparison, and in
one transaction its fingerprint and membership, by the very functions of the live path; postings
are merged as there. Not counted: writing the article and its text, which are not the stories'.
CPU is of this process and, on PostgreSQL, of the server process that works for it. Each line is of
the documents since the line before: mean CPU in all and by phase, bytes a document of the tables
of the stories, and of all copies so far those that joined their original, and of all others those
that joined any story. `unit` is the CPU, microseconds, of a fixed piece of work (words counted)
done again and again beside it: what else runs on the machine slows it too, so of lines with other
units compare cost divided by unit.

    .venv/bin/python benchmarks/stories_store.py [DOCUMENTS] [DOCUMENTS A TRANSACTION] [URL]
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from time import process_time

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
BATCH = 200  # articles written at once, uncounted
T0 = datetime(2025, 1, 27, tzinfo=UTC)
PHASES = ("fingerprint", "candidates", "compare", "save", "commit", "merge")
TABLES = ("fingerprint", "posting", "story", "story_member")
UNIT = " ".join(piece.text for piece in islice(News(seed=1), 40))
UNIT_EVERY = 5  # batches


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
    connection: sa.Connection, recent: postings.Recent, pieces: Sequence[Piece], meter: Meter
) -> list[tuple[Piece, Membership]]:
    meter.lap("commit")
    return [(piece, put(connection, recent, piece, meter)) for piece in pieces]


def put(
    connection: sa.Connection, recent: postings.Recent, piece: Piece, meter: Meter
) -> Membership:
    found_by = fingerprint(piece.text)
    meter.lap("fingerprint")
    near = stories.candidates(connection, recent, found_by, None)
    meter.lap("candidates")
    found = place(piece.text, near, published(piece), url_of(piece))
    meter.lap("compare")
    story = found.story_id or story_of_its_own(url_of(piece))
    outcome = Outcome(PAGE, "stored", membership=found, story_id=story)
    stories.save_fingerprint(connection, piece.number + 1, piece.number + 1, found_by)
    stories.save_membership(connection, piece.number + 1, outcome, Cause(None, T0))
    meter.lap("save")
    return replace(found, story_id=story)


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
    wrong: int = 0

    def count(self, piece: Piece, found: Membership) -> None:
        assert found.story_id is not None
        self.stories.append(found.story_id)
        if piece.copy_of is None:
            self.wrong += found.relation in MERGED
        else:
            self.copies += 1
            self.found += self.stories[piece.copy_of] == found.story_id

    def line(self) -> str:
        alone = len(self.stories) - self.copies
        return f"{self.found / max(self.copies, 1):6.3f} {self.wrong / alone:8.5f}"


def run(count: int, database: Database, batch: int) -> None:
    recent, stream, tally = postings.Recent(), iter(News()), Tally()
    meter, before = Meter(cpu_of(database)), 0
    print(
        f"{'documents':>9} {'us/doc':>6}  " + "  ".join(PHASES) + "   unit  bytes  copies    wrong"
    )
    for done in range(BATCH, count + 1, BATCH):
        pieces = list(islice(stream, BATCH))
        database.write(write_articles, pieces)
        for one in range(0, BATCH, batch):
            meter.start()
            for found in database.write(put_all, recent, pieces[one : one + batch], meter):
                tally.count(*found)
            meter.lap("commit")
        meter.start()
        postings.merge(database)
        meter.lap("merge")
        if done % (UNIT_EVERY * BATCH) == 0:
            meter.unit()
        if done in STEPS or done + BATCH > count:
            spent = {phase: cpu / (done - before) * 1e6 for phase, cpu in meter.spent.items()}
            columns = "  ".join(f"{spent[phase]:{len(phase)}.0f}" for phase in PHASES)
            size = sum(sizes(database).values()) / done
            total = sum(spent.values())
            unit = sum(meter.units) / len(meter.units) * 1e6
            line = f"{done:9,} {total:6.0f}  {columns}  {unit:5.0f}  {size:5.0f}  {tally.line()}"
            print(line, flush=True)
            meter, before = Meter(meter.cpu), done


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else STEPS[2]
    with tempfile.TemporaryDirectory() as folder:
        batch = int(sys.argv[2]) if len(sys.argv) > 2 else BATCH
        url = sys.argv[3] if len(sys.argv) > 3 else f"sqlite:///{folder}/bench.db"
        Store.open(url).close()
        database = Database(parse_url(url), 60)
        run(count, database, batch)
        database.close()


if __name__ == "__main__":
    main()

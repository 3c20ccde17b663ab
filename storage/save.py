"""One judged page becomes history: all of it in one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Outcome
from storage import alerts, articles, counts, forgetting, observations, recurring, states, stories
from storage.columns import BigId
from storage.rows import Cause, insert
from storage.schema import link, page, reading


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page added. All zero: it was saved before, or changed nothing."""

    articles: int = 0
    versions: int = 0
    observations: int = 0
    events: int = 0


def save(connection: Connection, outcome: Outcome, run_id: int | None, now: datetime) -> Saved:
    reading_id = _begin(connection, outcome, run_id, now)
    if reading_id is None:
        return Saved()
    cause = Cause(outcome.page.page_id, now, _stepped_back_at(connection, outcome), reading_id)
    article_id = articles.save(connection, outcome)
    version_id, observed = None, 0
    if article_id is not None:
        version_id = articles.save_version(connection, article_id, outcome, cause)
        if outcome.fingerprint is not None and version_id is not None:
            stories.save_fingerprint(connection, article_id, version_id, outcome.fingerprint)
        stories.save_membership(connection, article_id, outcome, cause)
        if outcome.recurring:
            recurring.count(connection, article_id, outcome, now)
    if version_id is not None:
        observed = _observe(connection, version_id, outcome, cause)
    states.save(connection, outcome.states, cause)
    counts.save(connection, outcome.counts)
    told = states.save_events(connection, outcome.events, cause)
    if outcome.version is not None and outcome.version.seq > 1:
        alerts.begin_where_page_lied(connection, outcome)
    _end(connection, outcome, reading_id, (article_id, version_id), now)
    if outcome.fate == forgetting.FATE and outcome.page.page_id is not None:
        forgetting.withhold(connection, outcome.page.page_id)
    is_new = version_id is not None and outcome.version is not None and outcome.version.seq == 1
    return Saved(int(is_new), int(version_id is not None), observed, told)


def _begin(
    connection: Connection, outcome: Outcome, run_id: int | None, now: datetime
) -> int | None:
    """The number of the new reading; None: the page has a valid one."""
    row = {
        "page_id": outcome.page.page_id,
        "run_id": run_id,
        "outcome": outcome.fate,
        "detail": outcome.detail,
        "extractor_version": outcome.extractor_version,
        "recorded_at": now,
    }
    statement = insert(connection, reading).on_conflict_do_nothing().values(row)
    number: int | None = connection.execute(statement.returning(reading.c.reading_id)).scalar()
    return number


def _stepped_back_at(connection: Connection, outcome: Outcome) -> datetime | None:
    query = sa.select(sa.func.max(reading.c.superseded_at)).where(
        reading.c.page_id == outcome.page.page_id
    )
    at: datetime | None = connection.execute(query).scalar()
    return at


def _observe(connection: Connection, version_id: int, outcome: Outcome, cause: Cause) -> int:
    numbers = observations.save(
        connection, version_id, outcome.sightings, outcome.extractor_version, cause
    )
    new = list(zip(outcome.sightings, numbers, strict=True))
    observations.save_links(connection, outcome.links, new, cause)
    return len(numbers)


def _end(
    connection: Connection,
    outcome: Outcome,
    reading_id: int,
    found: tuple[int | None, int | None],
    now: datetime,
) -> None:
    article_id, version_id = found
    connection.execute(
        sa.update(reading)
        .where(reading.c.reading_id == reading_id)
        .values(article_id=article_id, version_id=version_id)
    )
    here = page.c.page_id == outcome.page.page_id
    connection.execute(sa.update(page).where(here).values(read_at=now))
    of_page = sa.select(page.c.url_sha256).where(here).scalar_subquery()
    connection.execute(
        sa.update(link)
        .where(link.c.url_sha256 == of_page)
        .values(
            next_check_at=outcome.next_check_at,
            check_reason=outcome.check_reason,
            article_id=sa.func.coalesce(sa.literal(article_id, BigId), link.c.article_id),
        )
    )

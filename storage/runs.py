"""Runs: what was started, how it ended, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Run
from storage.rows import add_one
from storage.schema import fetch, poll, reading, run

if TYPE_CHECKING:
    from storage.leases import Owner

# The outcome of a run whose process is gone without having ended it.
KILLED = "killed"


def begin(
    connection: Connection,
    kind: str,
    now: datetime,
    args: Mapping[str, object],
    owner: "Owner | None",
) -> int:
    """The number of the new run; of the one begun before where its acknowledgement was lost."""
    if owner is not None:
        begun = sa.select(run.c.run_id).where(
            run.c.kind == kind,
            run.c.started_at == now,
            run.c.ended_at.is_(None),
            run.c.host == owner.host,
            run.c.pid == owner.pid,
            run.c.process_started == owner.process_started,
        )
        known = connection.execute(begun).scalar()
        if known is not None:
            return int(known)
    number = add_one(
        connection,
        run,
        {
            "kind": kind,
            "started_at": now,
            "args": args,
            "counts": {},
            "host": owner and owner.host,
            "pid": owner and owner.pid,
            "process_started": owner and owner.process_started,
        },
    )
    assert number is not None
    return number


def end(
    connection: Connection,
    run_id: int,
    outcome: str,
    counts: Mapping[str, object],
    now: datetime,
) -> None:
    connection.execute(
        sa.update(run)
        .where(run.c.run_id == run_id)
        .values(outcome=outcome, counts=counts, ended_at=now)
    )


def close_abandoned(
    connection: Connection, name: str, owner: "Owner", now: datetime
) -> tuple[int, ...]:
    """End the open runs of a dead owner; those without an owner when their kind is ``name``."""
    same = sa.and_(
        run.c.host == owner.host,
        run.c.pid == owner.pid,
        run.c.process_started == owner.process_started,
    )
    unowned = sa.and_(run.c.pid.is_(None), run.c.kind == name)
    closed = connection.execute(
        sa.update(run)
        .where(run.c.ended_at.is_(None), sa.or_(same, unowned))
        .values(ended_at=now, outcome=KILLED)
        .returning(run.c.run_id)
    )
    return tuple(sorted(closed.scalars()))


def latest(connection: Connection, limit: int) -> tuple[Run, ...]:
    rows = connection.execute(sa.select(run).order_by(run.c.run_id.desc()).limit(limit))
    return tuple(
        Run(row.run_id, row.kind, row.started_at, row.ended_at, row.outcome, row.counts)
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one page that a run asked for."""

    url: str
    outcome: str
    detail: str | None
    source: str | None


def fates(connection: Connection, run_id: int) -> tuple[Fate, ...]:
    """Of the articles that a run asked for, in its order."""
    valid = sa.and_(reading.c.page_id == fetch.c.page_id, reading.c.superseded_at.is_(None))
    rows = connection.execute(
        sa.select(
            fetch.c.url,
            sa.func.coalesce(reading.c.outcome, fetch.c.outcome).label("outcome"),
            sa.func.coalesce(reading.c.detail, fetch.c.detail).label("detail"),
            fetch.c.source,
        )
        .select_from(fetch.outerjoin(reading, valid))
        .where(fetch.c.run_id == run_id, fetch.c.kind == "article")
        .order_by(fetch.c.fetch_id)
    )
    return tuple(Fate(row.url, row.outcome, row.detail, row.source) for row in rows)


def reasons(connection: Connection, run_id: int) -> Mapping[str, str]:
    """When each source that a run polled is polled again, and why, in words."""
    rows = connection.execute(
        sa.select(poll.c.source, poll.c.reason).where(poll.c.run_id == run_id)
    )
    return {row.source: row.reason for row in rows}


# Outcomes of a poll after which its source has done its part.
_POLLED = frozenset({"ok", "partial", "unchanged", "capped"})


def report(connection: Connection, run_id: int) -> Mapping[str, Any]:
    """What a run has done so far.

    ``fetched`` URLs; ``outcomes``: the fate of each, counted; ``sources``: names of those that
    answered as ``ok``, the others as ``failed`` with source, outcome and detail.
    """
    valid = sa.and_(reading.c.page_id == fetch.c.page_id, reading.c.superseded_at.is_(None))
    fate = sa.func.coalesce(reading.c.outcome, fetch.c.outcome).label("fate")
    fates = connection.execute(
        sa.select(fate, sa.func.count().label("number"))
        .select_from(fetch.outerjoin(reading, valid))
        .where(fetch.c.run_id == run_id)
        .group_by(fate)
        .order_by(fate)
    )
    outcomes = {row.fate: row.number for row in fates}
    polls = connection.execute(
        sa.select(poll.c.source, poll.c.outcome, poll.c.detail)
        .where(poll.c.run_id == run_id)
        .order_by(poll.c.poll_id)
    )
    last = {row.source: row for row in polls}
    return {
        "fetched": sum(outcomes.values()),
        "outcomes": outcomes,
        "sources": {
            "ok": sorted(name for name, row in last.items() if row.outcome in _POLLED),
            "failed": [
                {"source": name, "outcome": row.outcome, "detail": row.detail or ""}
                for name, row in sorted(last.items())
                if row.outcome not in _POLLED
            ],
        },
    }

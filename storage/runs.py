"""Runs: what was started, how it ended, what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Run
from storage.rows import add_one
from storage.schema import run

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

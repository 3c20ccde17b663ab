"""Leases: what only one process may do at a time, on whatever host."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor import clock
from monitor.errors import LeaseHeld
from storage import runs
from storage.rows import insert
from storage.schema import lease

# How long an owner of whom nothing else is known may be silent (DESIGN section 6).
SILENCE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Owner:
    """A process, told from a later one with the same number by its start."""

    host: str
    pid: int
    process_started: str


@dataclass(frozen=True, slots=True)
class Lease:
    """Who holds what, since when, and when it was last heard of."""

    name: str
    owner: Owner
    taken_at: datetime
    heartbeat_at: datetime


def held(connection: Connection) -> tuple[Lease, ...]:
    rows = connection.execute(sa.select(lease).order_by(lease.c.name))
    return tuple(_lease(row) for row in rows)


def take(connection: Connection, name: str, owner: Owner, now: datetime) -> tuple[int, ...]:
    row = {
        "name": name,
        "host": owner.host,
        "pid": owner.pid,
        "process_started": owner.process_started,
        "taken_at": now,
        "heartbeat_at": now,
    }
    statement = insert(connection, lease).on_conflict_do_nothing().values(row)
    if connection.execute(statement.returning(lease.c.name)).scalar() is not None:
        return ()
    found = connection.execute(
        sa.select(lease).where(lease.c.name == name).with_for_update()
    ).one_or_none()
    if found is None:  # given back in this very moment
        return take(connection, name, owner, now)
    holder = _lease(found)
    if holder.owner != owner and not _is_over(holder, now):
        raise LeaseHeld(_described(holder))
    connection.execute(sa.update(lease).where(lease.c.name == name).values(row))
    if holder.owner == owner:
        return ()
    return runs.close_abandoned(connection, name, holder.owner, now)


def renew(connection: Connection, name: str, owner: Owner, now: datetime) -> None:
    renewed = connection.execute(
        sa.update(lease)
        .where(_held_by(name, owner))
        .values(heartbeat_at=now)
        .returning(lease.c.name)
    ).scalar()
    if renewed is None:
        raise LeaseHeld(f"the lease {name!r} was taken over by another process")


def release(connection: Connection, name: str, owner: Owner) -> None:
    connection.execute(sa.delete(lease).where(_held_by(name, owner)))


def _is_over(holder: Lease, now: datetime) -> bool:
    owner = holder.owner
    if owner.host == clock.host() and clock.process_started(owner.pid) != owner.process_started:
        return True
    return now - holder.heartbeat_at > SILENCE


def _described(holder: Lease) -> str:
    owner = holder.owner
    return (
        f"the lease {holder.name!r} is held by process {owner.pid} on {owner.host} since"
        f" {holder.taken_at:%Y-%m-%d %H:%M:%S} UTC, last heard of at"
        f" {holder.heartbeat_at:%H:%M:%S}; stop that process or wait for its end"
    )


def _held_by(name: str, owner: Owner) -> sa.ColumnElement[bool]:
    return sa.and_(
        lease.c.name == name,
        lease.c.host == owner.host,
        lease.c.pid == owner.pid,
        lease.c.process_started == owner.process_started,
    )


def _lease(row: sa.Row[tuple[object, ...]]) -> Lease:
    owner = Owner(row.host, row.pid, row.process_started)
    return Lease(row.name, owner, row.taken_at, row.heartbeat_at)

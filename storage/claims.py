"""Claim definitions: the tracked questions, as they were configured at each time."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.rows import chunks
from storage.schema import claim_definition

# key, kind, unit, title, hash, spec (JSON)
Definition = tuple[str, str, str, str, str, str]


def define(connection: Connection, rows: Sequence[Definition], now: datetime) -> None:
    known = connection.execute(
        sa.select(claim_definition).where(claim_definition.c.superseded_at.is_(None))
    )
    valid: dict[Definition, int] = {
        (row.claim, row.kind, row.unit, row.title, row.hash, row.spec): row.definition_id
        for row in known
    }
    gone = [number for definition, number in valid.items() if definition not in set(rows)]
    for numbers in chunks(gone):
        connection.execute(
            sa.update(claim_definition)
            .where(claim_definition.c.definition_id.in_(numbers))
            .values(superseded_at=now)
        )
    names = ("claim", "kind", "unit", "title", "hash", "spec")
    new = [
        {**dict(zip(names, row, strict=True)), "recorded_at": now}
        for row in rows
        if row not in valid
    ]
    if new:
        connection.execute(sa.insert(claim_definition), new)

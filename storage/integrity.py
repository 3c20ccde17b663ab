"""Whether what is stored keeps the promises of the design."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import FATES
from storage import schema as t

# Rows named in one line; the count says how many more there are.
NAMED = 5


def problems(connection: Connection) -> list[str]:
    """What is wrong, in words, with the numbers of the first rows; empty: nothing."""
    found = list(_engine(connection))
    for text, query in _CHECKS.items():
        rows = connection.execute(query).scalars().all()
        if rows:
            first = ", ".join(str(row) for row in rows[:NAMED])
            found.append(f"{text}: {len(rows)} ({first}{', ...' if len(rows) > NAMED else ''})")
    return found


def _engine(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for (answer,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"SQLite: {answer}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a row that {parent} does not have"


_o, _v, _s = t.observation.c, t.version.c, t.version_span.c
_quoted = sa.func.substr(_v.text, _o.char_start + 1, _o.char_end - _o.char_start)
_valid_reading = (
    sa.select(t.reading.c.reading_id)
    .where(t.reading.c.page_id == t.page.c.page_id, t.reading.c.superseded_at.is_(None))
    .exists()
)
_read = t.page.c.read_at.is_not(None)
_CHECKS: dict[str, sa.Select[Any]] = {
    "observations whose quote does not stand at its place in the text": sa.select(_o.observation_id)
    .join(t.version)
    .where(_quoted != _o.quote),
    "versions whose body does not begin inside the text": sa.select(_v.version_id).where(
        sa.or_(_v.body_start < 0, _v.body_start > sa.func.length(_v.text))
    ),
    "fetches with an outcome that is no word of the list": sa.select(t.fetch.c.fetch_id).where(
        t.fetch.c.outcome.not_in(sorted(FATES))
    ),
    "readings with an outcome that is no word of the list": sa.select(t.reading.c.reading_id).where(
        t.reading.c.outcome.not_in(sorted(FATES))
    ),
    "pages marked as read without a reading": sa.select(t.page.c.page_id).where(
        _read, sa.not_(_valid_reading)
    ),
    "pages marked as pending that have a reading": sa.select(t.page.c.page_id).where(
        sa.not_(_read), _valid_reading
    ),
    "articles with two versions of one number": sa.select(_v.article_id)
    .where(_v.superseded_at.is_(None))
    .group_by(_v.article_id, _v.seq)
    .having(sa.func.count() > 1),
    "articles with two versions live at once": sa.select(_v.article_id)
    .join(t.version_span)
    .where(_s.live_to.is_(None), _s.superseded_at.is_(None))
    .group_by(_v.article_id)
    .having(sa.func.count() > 1),
    "articles with a version but without a story": sa.select(_v.article_id)
    .outerjoin(
        t.story_member,
        sa.and_(
            t.story_member.c.article_id == _v.article_id, t.story_member.c.superseded_at.is_(None)
        ),
    )
    .where(_v.superseded_at.is_(None), t.story_member.c.member_id.is_(None))
    .distinct(),
}

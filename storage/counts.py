"""Running counts of series: a cache beside the states, which says how they came about."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Count, Series
from storage import series as series_rows
from storage.columns import digest
from storage.rows import Row, chunks, insert
from storage.schema import (
    article,
    claim_state,
    observation,
    series,
    series_account,
    series_count,
    version,
)

_HOLDS = sa.and_(
    claim_state.c.series_id == series_count.c.series_id,
    claim_state.c.superseded_at.is_(None),
    claim_state.c.inputs_sha256 == series_count.c.inputs_sha256,
)


def load(connection: Connection, series_ids: Mapping[int, Series]) -> Mapping[Series, Count]:
    """The count of each series that has one which fits its state; without accounts."""
    rows = connection.execute(
        sa.select(series_count)
        .join(claim_state, _HOLDS)
        .where(series_count.c.series_id.in_(series_ids))
    )
    return {
        (of := series_ids[row.series_id]): Count(of, row.counted, row.rules, row.inputs_sha256)
        for row in rows
    }


def accounts(
    connection: Connection, series_id: int, outlets: Collection[str] | None
) -> dict[str, str]:
    """What the outlets have in the count of a series, an empty text for nothing; None: all."""
    columns = (series_account.c.outlet, series_account.c.counted)
    query = sa.select(*columns).where(series_account.c.series_id == series_id)
    if outlets is None:
        return {row.outlet: row.counted for row in connection.execute(query)}
    found = dict.fromkeys(outlets, "")
    for chunk in chunks(found):
        rows = connection.execute(query.where(series_account.c.outlet.in_(chunk)))
        found |= {row.outlet: row.counted for row in rows}
    return found


def save(connection: Connection, new: Sequence[Count]) -> None:
    """Each becomes the count of its series."""
    if not new:
        return
    numbers = series_rows.save(connection, (item.series for item in new))
    _put(
        connection,
        series_count,
        [
            {
                "series_id": numbers[item.series],
                "counted": item.text,
                "rules": item.rules,
                "inputs_sha256": item.inputs_sha256,
            }
            for item in new
        ],
    )
    for item in new:
        _save_accounts(connection, numbers[item.series], item)


def _save_accounts(connection: Connection, series_id: int, count: Count) -> None:
    kept = {outlet: text for outlet, text in count.accounts.items() if text}
    here = series_account.c.series_id == series_id
    if count.is_whole:
        connection.execute(sa.delete(series_account).where(here))
    else:
        for gone in chunks(count.accounts.keys() - kept.keys()):
            outlets = series_account.c.outlet.in_(gone)
            connection.execute(sa.delete(series_account).where(here, outlets))
    rows = [
        {"series_id": series_id, "outlet": outlet, "counted": text} for outlet, text in kept.items()
    ]
    _put(connection, series_account, rows)


def _put(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert the rows, or put them in the place of those of the same key."""
    if not rows:
        return
    statement = insert(connection, table)
    values = {
        column.name: statement.excluded[column.name]
        for column in table.columns
        if not column.primary_key
    }
    key = [column.name for column in table.primary_key]
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values), list(rows))


def forget_all(connection: Connection) -> None:
    """Drop all counts."""
    for table in (series_count, series_account):
        connection.execute(sa.delete(table))


def forget(connection: Connection, version_ids: Iterable[int]) -> None:
    """Drop the counts of all series that these versions speak of.

    To be called where observations, their life or their story change otherwise than by a page.
    """
    for chunk in chunks(version_ids):
        of = sa.select(observation.c.series_id).where(observation.c.version_id.in_(chunk))
        for table in (series_count, series_account):
            connection.execute(sa.delete(table).where(table.c.series_id.in_(of)))


def forget_articles(connection: Connection, article_ids: Iterable[int]) -> None:
    """Drop the counts of all series that these articles speak of, or ever did."""
    for chunk in chunks(article_ids):
        rows = connection.execute(
            sa.select(version.c.version_id).where(version.c.article_id.in_(chunk))
        )
        forget(connection, rows.scalars().all())


def series_of(connection: Connection, urls: Iterable[str]) -> tuple[Series, ...]:
    """The series that the articles at these URLs speak of, or ever did."""
    found: dict[int, Series] = {}
    for chunk in chunks(digest(url) for url in urls):
        rows = connection.execute(
            sa.select(series)
            .distinct()
            .join(observation)
            .join(version)
            .join(article)
            .where(article.c.url_sha256.in_(chunk))
        )
        found |= {row.series_id: Series(row.claim, row.qualifiers, row.period) for row in rows}
    return tuple(found[number] for number in sorted(found))


def counted(
    connection: Connection, rules: Mapping[str, str], is_counted: bool
) -> tuple[Series, ...]:
    """The series with, or without, a count that fits their state and the rules, by claim."""
    query = (
        sa.select(series, series_count.c.rules)
        .outerjoin(
            sa.join(series_count, claim_state, _HOLDS),
            series_count.c.series_id == series.c.series_id,
        )
        .order_by(series.c.series_id)
    )
    return tuple(
        Series(row.claim, row.qualifiers, row.period)
        for row in connection.execute(query)
        if (row.rules is not None and row.rules == rules.get(row.claim, row.rules)) is is_counted
    )

"""Running counts of series: a cache beside the states, which says how they came about."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Count, Series
from storage import series as series_rows
from storage.columns import digest
from storage.rows import chunks, insert
from storage.schema import article, claim_state, observation, series, series_count, version

_HOLDS = sa.and_(
    claim_state.c.series_id == series_count.c.series_id,
    claim_state.c.superseded_at.is_(None),
    claim_state.c.inputs_sha256 == series_count.c.inputs_sha256,
)


def load(connection: Connection, series_ids: Mapping[int, Series]) -> Mapping[Series, Count]:
    """The count of each series that has one which fits its state."""
    rows = connection.execute(
        sa.select(series_count)
        .join(claim_state, _HOLDS)
        .where(series_count.c.series_id.in_(series_ids))
    )
    return {
        (of := series_ids[row.series_id]): Count(of, row.counted, row.rules, row.inputs_sha256)
        for row in rows
    }


def save(connection: Connection, new: Sequence[Count]) -> None:
    """Each becomes the count of its series."""
    if not new:
        return
    numbers = series_rows.save(connection, (item.series for item in new))
    statement = insert(connection, series_count)
    names = ("counted", "rules", "inputs_sha256")
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["series_id"], set_={name: statement.excluded[name] for name in names}
        ),
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


def forget(connection: Connection, version_ids: Iterable[int]) -> None:
    """Drop the counts of all series that these versions speak of.

    To be called where observations, their life or their story change otherwise than by a page.
    """
    for chunk in chunks(version_ids):
        of = sa.select(observation.c.series_id).where(observation.c.version_id.in_(chunk))
        connection.execute(sa.delete(series_count).where(series_count.c.series_id.in_(of)))


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

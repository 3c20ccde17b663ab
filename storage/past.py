"""What is stored that the judgement of one page may depend on."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Fingerprint, KnownArticle, Past, Series, SeriesPast
from storage import articles, series, sightings, states, stories
from storage.schema import article, story_member


def load(
    connection: Connection,
    urls: tuple[str | None, ...],
    fingerprint: Fingerprint | None,
    wanted: Sequence[Series],
    limit: int,
) -> Past:
    number = articles.find(connection, *urls)
    known = None if number is None else _known(connection, number)
    near = stories.candidates(connection, fingerprint, number, limit) if fingerprint else ()
    held = (series.of(item) for item in known.sightings) if known else ()
    return Past(known, near, _series(connection, {*wanted, *held}, number))


def _known(connection: Connection, number: int) -> KnownArticle:
    row = connection.execute(
        sa.select(article, story_member.c.story_id)
        .outerjoin(
            story_member,
            sa.and_(
                story_member.c.article_id == article.c.article_id,
                story_member.c.superseded_at.is_(None),
            ),
        )
        .where(article.c.article_id == number)
    ).one()
    version = articles.current(connection, number)
    said = () if version is None else sightings.of_version(connection, version.version_id or 0)
    return KnownArticle(
        url=row.url,
        outlet=row.outlet,
        version=version,
        story_id=row.story_id,
        sightings=said,
        state=row.state,
        first_seen_at=row.first_seen_at,
        last_changed_at=row.last_changed_at,
        gone_count=row.gone_count,
    )


def _series(
    connection: Connection, wanted: set[Series], number: int | None
) -> dict[Series, SeriesPast]:
    numbers = series.numbers(connection, wanted)
    if not numbers:
        return {item: SeriesPast() for item in wanted}
    by_number = {series_id: item for item, series_id in numbers.items()}
    others = sightings.live(connection, by_number, number)
    last = states.current(connection, by_number)
    return {item: SeriesPast(others.get(item, ()), last.get(item)) for item in wanted}

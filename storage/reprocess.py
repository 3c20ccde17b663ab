"""Reading stored pages or texts again: what followed from them steps back, nothing is deleted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import ClaimState, Count, Sighting, Version
from storage import counts, observations, states
from storage.columns import Time
from storage.rows import Cause
from storage.schema import (
    article,
    claim_event,
    claim_state,
    fingerprint,
    observation,
    observation_link,
    page,
    posting,
    reading,
    story_member,
    version,
    version_span,
)

# Rows fetched at once: a version is a whole article's text.
BATCH = 100


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version with what is needed to read its claims again and to put them in their place."""

    version: Version
    url: str
    outlet: str
    story_id: str
    published_at: datetime | None
    is_live: bool  # whether it can be read on the site now


def unread(connection: Connection, extractor_version: str) -> int:
    """How many valid versions were last read by another extractor."""
    query = sa.select(sa.func.count()).where(
        version.c.superseded_at.is_(None), version.c.extractor_version != extractor_version
    )
    return int(connection.execute(query).scalar_one())


def stored_versions(
    connection: Connection, since: datetime | None, unread_by: str | None = None
) -> Iterator[StoredVersion]:
    """All valid versions fetched since then, in the order in which they became known.

    With ``unread_by`` only those that another extractor read last.
    """
    live = (
        sa.select(version_span.c.span_id)
        .where(
            version_span.c.version_id == version.c.version_id,
            version_span.c.live_to.is_(None),
            version_span.c.superseded_at.is_(None),
        )
        .exists()
    )
    query = (
        sa.select(
            version,
            article.c.url,
            article.c.outlet,
            article.c.published_at,
            story_member.c.story_id,
            live.label("is_live"),
        )
        .join(article, article.c.article_id == version.c.article_id)
        .outerjoin(
            story_member,
            sa.and_(
                story_member.c.article_id == article.c.article_id,
                story_member.c.superseded_at.is_(None),
            ),
        )
        .where(version.c.superseded_at.is_(None))
        .order_by(version.c.version_id)
    )
    if since is not None:
        query = query.where(version.c.fetched_at >= since)
    if unread_by is not None:
        query = query.where(version.c.extractor_version != unread_by)
    with connection.execution_options(yield_per=BATCH).execute(query) as rows:
        for row in rows:
            yield _stored(row)


def _stored(row: sa.Row[Any]) -> StoredVersion:
    return StoredVersion(
        version=Version(
            seq=row.seq,
            headline=row.headline,
            text=row.text,
            body_start=row.body_start,
            text_sha256=row.text_sha256,
            fetched_at=row.fetched_at,
            notice=row.notice,
            cleaner_version=row.cleaner_version,
            version_id=row.version_id,
        ),
        url=row.url,
        outlet=row.outlet,
        story_id=row.story_id or "",
        published_at=row.published_at,
        is_live=row.is_live,
    )


def rewrite(
    connection: Connection,
    version_id: int,
    sightings: Sequence[Sighting],
    extractor_version: str,
    now: datetime,
) -> None:
    """Make the observations of a version exactly these; its series are to be counted again."""
    observations.save(connection, version_id, sightings, extractor_version, Cause(None, now))
    counts.forget(connection, [version_id])


def record(
    connection: Connection,
    new_states: Sequence[ClaimState],
    new_counts: Sequence[Count],
    now: datetime,
) -> None:
    """States that follow from texts or stories gone over again, and counts that fit them."""
    states.save(connection, new_states, Cause(None, now))
    counts.save(connection, new_counts)


def changed(connection: Connection, since: datetime) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Of versions, observations and events: how many are new since then, how many superseded."""
    tables = {"versions": version, "observations": observation, "events": claim_event}

    def count(table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
        query = sa.select(sa.func.count()).select_from(table).where(*which)
        return int(connection.execute(query).scalar_one())

    new = {
        name: count(table, table.c.superseded_at.is_(None), table.c.recorded_at >= since)
        for name, table in tables.items()
    }
    gone = {name: count(table, table.c.superseded_at >= since) for name, table in tables.items()}
    return new, gone


def step_back(connection: Connection, since: datetime | None, now: datetime) -> int:
    """Make the pages fetched since then pending again; how many there are.

    What followed from them is superseded; reading them again makes valid again what they still
    say. Decisions of people stay, and so do pages whose bytes are no longer kept.
    """
    pages = _pages(since)
    count = connection.execute(
        sa.select(sa.func.count()).select_from(pages.subquery())
    ).scalar_one()
    _forget_fingerprints(connection, pages)
    _supersede_readings(connection, pages, now)
    _reopen_spans(connection, pages)
    _revoke_states(connection, pages, since, now)
    counts.forget_all(connection)
    connection.execute(sa.update(page).where(page.c.page_id.in_(pages)).values(read_at=None))
    return count


def _pages(since: datetime | None) -> sa.Select[Any]:
    pages = sa.select(page.c.page_id).where(
        page.c.body_sha256.is_not(None), page.c.read_at.is_not(None)
    )
    return pages if since is None else pages.where(page.c.fetched_at >= since)


def _forget_fingerprints(connection: Connection, pages: sa.Select[Any]) -> None:
    """Articles not read again yet must not push candidates that were out of the bounded list."""
    again = sa.select(version.c.article_id).where(version.c.page_id.in_(pages))
    connection.execute(sa.delete(fingerprint).where(fingerprint.c.article_id.in_(again)))
    if connection.execute(sa.select(fingerprint.c.fingerprint_id).limit(1)).first() is None:
        connection.execute(sa.delete(posting))


def _supersede_readings(connection: Connection, pages: sa.Select[Any], now: datetime) -> None:
    seen = sa.select(reading.c.article_id).where(
        reading.c.page_id.in_(pages),
        reading.c.superseded_at.is_(None),
        reading.c.article_id.is_not(None),
    )
    connection.execute(
        sa.update(article).where(article.c.article_id.in_(seen)).values(state="live", gone_count=0)
    )
    versions = sa.select(version.c.version_id).where(version.c.page_id.in_(pages))
    of_person = story_member.c.overridden_by.is_not(None)
    for table, follows in (
        (observation, observation.c.version_id.in_(versions)),
        (observation_link, observation_link.c.page_id.in_(pages)),
        (story_member, sa.and_(story_member.c.page_id.in_(pages), sa.not_(of_person))),
        (version_span, version_span.c.page_id.in_(pages)),
        (version, version.c.page_id.in_(pages)),
        (claim_event, claim_event.c.page_id.in_(pages)),
        (reading, reading.c.page_id.in_(pages)),
    ):
        connection.execute(
            sa.update(table)
            .where(follows, table.c.superseded_at.is_(None))
            .values(superseded_at=now)
        )


def _reopen_spans(connection: Connection, pages: sa.Select[Any]) -> None:
    """What one of the pages ended, and began with an earlier page, is live again."""
    connection.execute(
        sa.update(version_span)
        .where(version_span.c.end_page_id.in_(pages), version_span.c.superseded_at.is_(None))
        .values(live_to=None, end_recorded_at=None, end_page_id=None)
    )


def _revoke_states(
    connection: Connection, pages: sa.Select[Any], since: datetime | None, now: datetime
) -> None:
    # Those that follow from no page follow from stored texts that were read again.
    follows: list[sa.ColumnElement[bool]] = [claim_state.c.page_id.is_(None)]
    if since is not None:
        follows.append(claim_state.c.recorded_at >= since)
    connection.execute(
        sa.update(claim_state)
        .where(
            sa.or_(claim_state.c.page_id.in_(pages), sa.and_(*follows)),
            claim_state.c.revoked_at.is_(None),
        )
        .values(
            revoked_at=now,
            superseded_at=sa.func.coalesce(claim_state.c.superseded_at, sa.literal(now, Time)),
        )
    )
    later = claim_state.alias("later")
    newest = sa.select(sa.func.max(later.c.state_id)).where(
        later.c.series_id == claim_state.c.series_id, later.c.revoked_at.is_(None)
    )
    connection.execute(
        sa.update(claim_state)
        .where(claim_state.c.state_id == newest.scalar_subquery())
        .values(superseded_at=None)
    )

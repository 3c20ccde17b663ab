"""Articles and their versions: rows in, frozen values out."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Article, Outcome, Version
from monitor.urls import site
from storage import search
from storage.columns import digest
from storage.rows import Cause, Row, add_one, revive
from storage.schema import article, link, source, version, version_span

GONE = "gone"
_OPEN = (version_span.c.live_to.is_(None), version_span.c.superseded_at.is_(None))


def find(connection: Connection, *urls: str | None) -> int | None:
    """The article at the first of the URLs that has one, or that led to one; None: unknown."""
    for url in urls:
        if url is None:
            continue
        key = digest(url)
        itself = sa.select(article.c.article_id).where(article.c.url_sha256 == key)
        led_to = sa.select(link.c.article_id).where(link.c.url_sha256 == key)
        found: int | None = connection.execute(
            sa.select(sa.func.coalesce(itself.scalar_subquery(), led_to.scalar_subquery()))
        ).scalar()
        if found is not None:
            return found
    return None


def current(connection: Connection, article_id: int) -> Version | None:
    """The newest version."""
    row = connection.execute(_versions(article_id).order_by(version.c.seq.desc()).limit(1)).first()
    return None if row is None else _version(row)


def versions(connection: Connection, article_id: int) -> tuple[Version, ...]:
    """All versions, oldest first."""
    rows = connection.execute(_versions(article_id).order_by(version.c.seq))
    return tuple(_version(row) for row in rows)


def _versions(article_id: int) -> sa.Select[Any]:
    return sa.select(version).where(
        version.c.article_id == article_id, version.c.superseded_at.is_(None)
    )


def _version(row: sa.Row[Any]) -> Version:
    return Version(
        seq=row.seq,
        headline=row.headline,
        text=row.text,
        body_start=row.body_start,
        text_sha256=row.text_sha256,
        fetched_at=row.fetched_at,
        notice=row.notice,
        cleaner_version=row.cleaner_version,
        version_id=row.version_id,
    )


def save(connection: Connection, outcome: Outcome) -> int | None:
    """The number of the outcome's article, its latest look kept; None: there is no article."""
    if outcome.url is None:
        return None
    known: int | None = connection.execute(
        sa.select(article.c.article_id).where(article.c.url_sha256 == digest(outcome.url))
    ).scalar()
    if known is None:
        if outcome.article is None:
            return None
        known = _add(connection, outcome, outcome.article)
    else:
        connection.execute(
            sa.update(article).where(article.c.article_id == known).values(_changes(outcome))
        )
    return known


def _add(connection: Connection, outcome: Outcome, found: Article) -> int:
    assert outcome.url is not None
    seen_at = outcome.page.fetched_at
    row = {
        "url": outcome.url,
        "url_sha256": digest(outcome.url),
        "source": outcome.page.source,
        "outlet": outcome.outlet or _outlet(connection, outcome) or site(outcome.url),
        "state": outcome.state or "live",
        "first_seen_at": seen_at,
        "last_changed_at": seen_at,
        **_metadata(found),
        **_changes(outcome),
    }
    number = add_one(connection, article, row)
    assert number is not None
    return number


def _outlet(connection: Connection, outcome: Outcome) -> str | None:
    if outcome.sightings:
        return outcome.sightings[0].outlet
    query = sa.select(source.c.outlet).where(source.c.name == outcome.page.source)
    outlet: str | None = connection.execute(query).scalar()
    return outlet


def _changes(outcome: Outcome) -> Row:
    values: dict[str, object] = {
        "gone_count": outcome.gone_count,
        "last_seen_at": outcome.page.fetched_at,
    }
    if outcome.state is not None:
        values["state"] = outcome.state
    if outcome.version is not None:
        values["last_changed_at"] = outcome.page.fetched_at
    if outcome.article is not None:
        values |= _metadata(outcome.article)
    return values


def _metadata(found: Article) -> Row:
    return {
        "headline": found.headline,
        "standfirst": found.standfirst,
        "authors": found.authors,
        "date_published": found.date_published,
        "date_modified": found.date_modified,
        "published_at": moment(found.date_published),
        "in_language": found.in_language,
        "wire": found.wire,
        "facts": found.facts,
    }


def moment(text: str | None) -> datetime | None:
    """A date as a page gives it, as a moment; a day is its first second, no zone means UTC."""
    try:
        read = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def save_version(
    connection: Connection, article_id: int, outcome: Outcome, cause: Cause
) -> int | None:
    """The number of the outcome's version, and the spans in which it and the last were live."""
    new, seen_at = outcome.version, outcome.page.fetched_at
    if new is None:
        if outcome.state == GONE:
            _end_spans(connection, article_id, seen_at, cause)
        elif outcome.state is not None:
            _resume(connection, article_id, seen_at, cause)
        return None
    number, known_at = _put_version(connection, article_id, new, cause)
    _end_spans(connection, article_id, seen_at, Cause(cause.page_id, known_at))
    _begin_span(connection, number, _live_from(outcome), cause)
    return number


def _put_version(
    connection: Connection, article_id: int, new: Version, cause: Cause
) -> tuple[int, datetime]:
    """The version's number, and since when it is known."""
    same = {
        "article_id": article_id,
        "text_sha256": new.text_sha256,
        "body_start": new.body_start,
    }
    number = revive(connection, version, same, cause)
    if number is not None:
        known_at: datetime = connection.execute(
            sa.update(version)
            .where(version.c.version_id == number)
            .values(seq=new.seq, notice=new.notice, cleaner_version=new.cleaner_version)
            .returning(version.c.recorded_at)
        ).scalar_one()
        return number, known_at
    row = {
        **same,
        "page_id": cause.page_id,
        "seq": new.seq,
        "headline": new.headline,
        "text": new.text,
        "notice": new.notice,
        "cleaner_version": new.cleaner_version,
        "extractor_version": "",
        "fetched_at": new.fetched_at,
        "recorded_at": cause.now,
    }
    number = add_one(connection, version, row)
    assert number is not None
    search.add(connection, number, new.text)
    return number, cause.now


def _live_from(outcome: Outcome) -> datetime:
    """A first text stands since it was published, an edit since we saw it."""
    seen_at = outcome.page.fetched_at
    assert outcome.version is not None
    if outcome.version.seq > 1 or outcome.article is None:
        return seen_at
    published_at = moment(outcome.article.date_published)
    return min(published_at, seen_at) if published_at else seen_at


def _begin_span(connection: Connection, version_id: int, at: datetime, cause: Cause) -> None:
    row = {"version_id": version_id, "live_from": at}
    number = revive(connection, version_span, row, cause)
    if number is None:
        new = {**row, "page_id": cause.page_id, "recorded_at": cause.now}
        connection.execute(sa.insert(version_span).values(new))
    else:  # how it ends, the pages still to be read will say
        connection.execute(
            sa.update(version_span)
            .where(version_span.c.span_id == number)
            .values(live_to=None, end_recorded_at=None, end_page_id=None)
        )


def _end_spans(connection: Connection, article_id: int, at: datetime, cause: Cause) -> None:
    connection.execute(
        sa.update(version_span)
        .where(
            version_span.c.version_id.in_(
                sa.select(version.c.version_id).where(version.c.article_id == article_id)
            ),
            *_OPEN,
        )
        .values(live_to=at, end_recorded_at=cause.now, end_page_id=cause.page_id)
    )


def _resume(connection: Connection, article_id: int, at: datetime, cause: Cause) -> None:
    """An article that was gone is there again with its old text."""
    newest = current(connection, article_id)
    if newest is None or newest.version_id is None:
        return
    is_live = sa.select(version_span.c.span_id).where(
        version_span.c.version_id == newest.version_id, *_OPEN
    )
    if connection.execute(is_live).first() is None:
        _begin_span(connection, newest.version_id, at, cause)

"""The whole story of one URL: where it was found, every fetch, what became of it, what is next."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage import forgetting
from storage import schema as t
from storage.answers import Answer, named, plain, rows
from storage.articles import find
from storage.columns import digest

_READ = sa.and_(t.reading.c.page_id == t.fetch.c.page_id, t.reading.c.superseded_at.is_(None))


def explain(connection: Connection, url: str) -> Answer | None:
    """All that became of one URL; None: never heard of."""
    key = digest(url)
    article_id = find(connection, url)
    links = _all(connection, sa.select(t.link).where(t.link.c.url_sha256 == key))
    link = links[0] if links else None
    led_here = _led_to(connection, article_id)
    keys = [key] if link or not led_here else [digest(str(one["url"])) for one in led_here]
    fetches = _fetches(connection, keys)
    readings = _readings(connection, keys)
    buried = forgetting.find(connection, [url])
    if link is None and article_id is None and not fetches and not buried:
        return None
    known = link or (led_here[0] if led_here else None)
    last = readings or fetches
    fate = last[-1]["outcome"] if last else "not fetched yet"
    return {
        "url": url,
        "fate": forgetting.FATE if buried else fate,
        "forgotten": _shown(asdict(buried[0])) if buried else None,
        "link": known,
        "reached_by": [one["url"] for one in led_here if one["url"] != url],
        "article": article_id and _article(connection, article_id),
        "source": _polling(connection, url, fetches),
        "fetches": fetches,
        "readings": readings,
        "next_check_at": known and known["next_check_at"],
        "reason": known and known["check_reason"],
    }


def _led_to(connection: Connection, article_id: int | None) -> list[Answer]:
    """The links whose pages held the article, in the order in which they were found."""
    if article_id is None:
        return []
    query = sa.select(t.link).where(t.link.c.article_id == article_id).order_by(t.link.c.link_id)
    return _all(connection, query)


def _fetches(connection: Connection, keys: Sequence[bytes]) -> list[Answer]:
    """Each with the fate that its page had, and why."""
    query = (
        sa.select(
            t.fetch,
            sa.func.coalesce(t.reading.c.outcome, t.fetch.c.outcome).label("fate"),
            sa.func.coalesce(t.reading.c.detail, t.fetch.c.detail).label("why"),
        )
        .select_from(t.fetch.outerjoin(t.reading, _READ))
        .where(t.fetch.c.url_sha256.in_(keys))
        .order_by(t.fetch.c.fetch_id)
    )
    return _all(connection, query)


def _readings(connection: Connection, keys: Sequence[bytes]) -> list[Answer]:
    query = (
        sa.select(t.reading)
        .join(t.page)
        .where(t.page.c.url_sha256.in_(keys), t.reading.c.superseded_at.is_(None))
        .order_by(t.reading.c.reading_id)
    )
    return _all(connection, query)


def _polling(connection: Connection, url: str, fetches: Sequence[Answer]) -> Answer | None:
    """The last poll of the source that the URL is of; None: it is no source's."""
    names = {one["source"] for one in fetches if one["kind"] != "article"} - {None} or {url}
    query = sa.select(t.poll).where(t.poll.c.source.in_(sorted(names)))
    found = _all(connection, query.order_by(t.poll.c.poll_id.desc()).limit(1))
    return found[0] if found else None


def _article(connection: Connection, article_id: int) -> Answer:
    (row,) = rows(connection, named("v1_articles"), {"article_id": article_id}, None, None)
    return row


def _all(connection: Connection, query: sa.Select[Any]) -> list[Answer]:
    return [_shown(row) for row in connection.execute(query).mappings()]


def _shown(row: Mapping[Any, Any]) -> Answer:
    return {str(name): plain(value) for name, value in row.items() if not isinstance(value, bytes)}

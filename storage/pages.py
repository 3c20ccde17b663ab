"""Fetches and pages: what was asked for and what came back, byte for byte."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import zstandard
from sqlalchemy.engine import Connection

from monitor.types import Fetch, Page
from monitor.urls import normalise, site
from storage import forgetting, recurring
from storage.bodies import Body, empty_pages
from storage.columns import digest
from storage.rows import Row, add, add_one
from storage.schema import body, fetch, link, page


@dataclass(frozen=True, slots=True)
class Check:
    """When to look again, and why then. ``at`` None: not again."""

    at: datetime | None
    reason: str | None


def record(
    connection: Connection, run_id: int, result: Fetch, packed: Body | None, check: Check
) -> str:
    """Store a fetch, its page where it is new, and the link's next date; returns the outcome."""
    key = digest(result.url)
    kept, outcome = result.page, result.outcome
    if kept is not None and forgetting.find(connection, _addresses(result)):
        kept, outcome = None, forgetting.FATE
        result = replace(result, detail="at its publisher's request")
        check = Check(None, forgetting.FATE)
    if kept is not None and packed is not None and _is_known(connection, key, kept, packed):
        kept, outcome = None, "unchanged"
    fetch_id = add_one(
        connection,
        fetch,
        {
            "run_id": run_id,
            "url": result.url,
            "url_sha256": key,
            "kind": result.kind,
            "outcome": outcome,
            "detail": result.detail,
            "fetched_at": result.fetched_at,
            "status": result.status,
            "final_url": result.final_url,
            "source": result.source,
        },
    )
    if fetch_id is None:  # this very fetch was stored before, and its acknowledgement was lost
        query = sa.select(fetch.c.outcome).where(
            fetch.c.url_sha256 == key,
            fetch.c.run_id == run_id,
            fetch.c.fetched_at == result.fetched_at,
        )
        return str(connection.execute(query).scalar_one())
    if kept is not None and packed is not None:
        page_id = _add_page(connection, result, kept, packed)
        connection.execute(
            sa.update(fetch).where(fetch.c.fetch_id == fetch_id).values(page_id=page_id)
        )
    _update_link(connection, key, result, check)
    return outcome


def _addresses(result: Fetch) -> list[str | None]:
    return [result.url, normalise(result.final_url or "")]


def standing(connection: Connection, url: str, fetched_at: datetime) -> str | None:
    """Why a page from a file adds nothing: it is "known", or "older" than the last of its URL."""
    key = digest(url)
    same = sa.select(fetch.c.fetch_id).where(
        fetch.c.url_sha256 == key, fetch.c.fetched_at == fetched_at
    )
    if connection.execute(same.limit(1)).first() is not None:
        return "known"
    newer = sa.select(page.c.page_id).where(
        page.c.url_sha256 == key, page.c.fetched_at > fetched_at
    )
    return None if connection.execute(newer.limit(1)).first() is None else "older"


def _is_known(connection: Connection, key: bytes, new: Page, packed: Body) -> bool:
    """Whether the last page of the URL was the same. Errors are never: each one counts."""
    if not 200 <= new.status < 300:
        return False
    last = connection.execute(
        sa.select(page.c.body_sha256, page.c.status)
        .where(page.c.url_sha256 == key)
        .order_by(page.c.page_id.desc())
        .limit(1)
    ).one_or_none()
    return last is not None and last.body_sha256 == packed.sha256 and last.status == new.status


def _add_page(connection: Connection, result: Fetch, new: Page, packed: Body) -> int:
    add(
        connection,
        body,
        [{"body_sha256": packed.sha256, "zstd": packed.zstd, "size": packed.size}],
    )
    page_id = add_one(
        connection,
        page,
        {
            "url": result.url,
            "url_sha256": digest(result.url),
            "asked_url": new.url,
            "final_url": new.final_url,
            "status": new.status,
            "headers": new.headers,
            "source": new.source,
            "fetched_at": new.fetched_at,
            "body_sha256": packed.sha256,
        },
    )
    assert page_id is not None
    return page_id


def _update_link(connection: Connection, key: bytes, result: Fetch, check: Check) -> None:
    values: Row = {
        "leased_by": None,
        "fetched_at": result.fetched_at,
        "next_check_at": check.at,
        "check_reason": check.reason,
    }
    if result.since_full is not None:
        values["since_full"] = result.since_full
    if result.page is not None:
        values["etag"] = result.page.headers.get("etag")
        values["last_modified"] = result.page.headers.get("last-modified")
    connection.execute(sa.update(link).where(link.c.url_sha256 == key).values(values))


@dataclass(frozen=True, slots=True)
class Pruned:
    """Pages that lost their bytes, and the bytes that these took in the database."""

    pages: int = 0
    bytes: int = 0


def prune(connection: Connection, before: datetime, limit: int) -> Pruned:
    """Let go of the bytes of at most ``limit`` pages that were read and fetched before then."""
    old = sa.and_(
        page.c.fetched_at < before, page.c.read_at.is_not(None), page.c.body_sha256.is_not(None)
    )
    numbers = connection.execute(sa.select(page.c.page_id).where(old).limit(limit)).scalars()
    return Pruned(*empty_pages(connection, numbers))


def pending(connection: Connection, limit: int) -> tuple[Page, ...]:
    """Pages that wait for the process half, by the time they were fetched.

    So the same pages give the same history in whatever order they arrived, once read again.
    """
    query = (
        sa.select(page, body.c.zstd)
        .join(body)
        .where(page.c.read_at.is_(None))
        .order_by(page.c.fetched_at, page.c.url_sha256, page.c.page_id)
        .limit(limit)
    )
    unpack = zstandard.ZstdDecompressor().decompress
    rows = connection.execute(query).all()
    known = recurring.learned(connection, {_site(row) for row in rows})
    return tuple(
        Page(
            url=row.asked_url,
            body=unpack(row.zstd),
            fetched_at=row.fetched_at,
            final_url=row.final_url,
            status=row.status,
            headers=row.headers,
            source=row.source,
            page_id=row.page_id,
            learned=known[_site(row)],
        )
        for row in rows
    )


def _site(row: sa.Row[Any]) -> str:
    return site(row.final_url or row.asked_url)

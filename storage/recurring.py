"""Blocks that a site prints under story after story: counted, and from then on known as its own."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Outcome
from monitor.urls import site
from storage.rows import add
from storage.schema import article, site_block, site_boilerplate, story_member

# What recurs on so many stories, on so many days, is the site's and no story's. Copies of one text
# are one story, so that a text printed thrice teaches nothing.
STORIES, DAYS = 3, 2


def count(connection: Connection, article_id: int, outcome: Outcome, now: datetime) -> None:
    """Note the blocks of a new text, and learn those that have recurred often enough."""
    own = site(outcome.url or outcome.page.url)
    blocks = sorted(set(outcome.recurring) - learned(connection, [own])[own])
    if not blocks:
        return
    day = _day(connection, article_id)
    rows = [{"site": own, "block": b, "article_id": article_id, "day": day} for b in blocks]
    add(connection, site_block, rows)
    _learn(connection, own, blocks, now)


def learned(connection: Connection, sites: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The blocks known to recur on each site, as monitor.articles.block_hash names them."""
    found: dict[str, set[str]] = {one: set() for one in sites}
    query = sa.select(site_boilerplate.c.site, site_boilerplate.c.block).where(
        site_boilerplate.c.site.in_(found)
    )
    for row in connection.execute(query):
        found[row.site].add(row.block)
    return {one: frozenset(blocks) for one, blocks in found.items()}


def _learn(connection: Connection, own: str, blocks: list[str], now: datetime) -> None:
    counted = (
        sa.select(site_block.c.block)
        .join(story_member, story_member.c.article_id == site_block.c.article_id)
        .where(
            site_block.c.site == own,
            site_block.c.block.in_(blocks),
            story_member.c.superseded_at.is_(None),
        )
        .group_by(site_block.c.block)
        .having(
            sa.func.count(story_member.c.story_id.distinct()) >= STORIES,
            sa.func.count(site_block.c.day.distinct()) >= DAYS,
        )
    )
    often = list(connection.execute(counted).scalars())
    add(
        connection, site_boilerplate, [{"site": own, "block": b, "recorded_at": now} for b in often]
    )
    here = sa.and_(site_block.c.site == own, site_block.c.block.in_(often))
    connection.execute(sa.delete(site_block).where(here))


def _day(connection: Connection, article_id: int) -> str:
    query = sa.select(article.c.published_at, article.c.first_seen_at).where(
        article.c.article_id == article_id
    )
    row = connection.execute(query).one()
    when: datetime = row.published_at or row.first_seen_at
    return when.date().isoformat()

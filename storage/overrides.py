"""What people decide about stories: their articles are held where they were put.

Each gets a new row of ``story_member`` with who decided and why; rows of the program are
superseded, and reading the pages again leaves those of people alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import MERGED
from storage import counts
from storage.columns import digest
from storage.rows import Row, add, chunks
from storage.schema import article, fingerprint, story, story_member

ALGORITHM = "person"


@dataclass(frozen=True, slots=True)
class Order:
    """What a person wants. ``reason`` None: none was given."""

    person: str
    now: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The articles at these URLs are now held in their stories, of which some moved to another."""

    story_id: str
    moved: tuple[str, ...]
    urls: tuple[str, ...]


def story_of(connection: Connection, url: str) -> str | None:
    """The story of the article at a URL; None: there is no such article."""
    query = _members().where(article.c.url_sha256 == digest(url))
    row = connection.execute(query).first()
    return None if row is None else row.story_id


def begins_with(connection: Connection, text: str, limit: int) -> tuple[str, ...]:
    """Stories whose id begins so."""
    ids = story_member.c.story_id
    query = sa.select(ids).distinct().where(story_member.c.superseded_at.is_(None))
    query = query.where(ids >= text, ids < text + "\U0010ffff")
    return tuple(connection.execute(query.order_by(ids).limit(limit)).scalars())


def members(connection: Connection, story_id: str) -> tuple[sa.Row[Any], ...]:
    """The articles of a story in the order in which they came, each with why it is there."""
    query = _members().where(story_member.c.story_id == story_id)
    return tuple(connection.execute(query.order_by(article.c.article_id)))


def linked(connection: Connection, story_id: str) -> tuple[sa.Row[Any], ...]:
    """Articles of other stories that this one was linked to, or that were linked to it."""
    other = article.alias("other")
    theirs = story_member.alias("theirs")
    query = (
        sa.select(
            story_member.c.story_id,
            story_member.c.relation,
            story_member.c.evidence,
            article.c.url,
            theirs.c.story_id.label("of_story_id"),
            other.c.url.label("of_url"),
        )
        .join(article, article.c.article_id == story_member.c.article_id)
        .join(other, other.c.article_id == story_member.c.of_article_id)
        .join(theirs, theirs.c.article_id == other.c.article_id)
        .where(
            story_member.c.superseded_at.is_(None),
            theirs.c.superseded_at.is_(None),
            story_member.c.relation.not_in(sorted(MERGED)),
            story_member.c.story_id != theirs.c.story_id,
            sa.or_(story_member.c.story_id == story_id, theirs.c.story_id == story_id),
        )
        .order_by(article.c.article_id)
    )
    return tuple(connection.execute(query))


def _members() -> sa.Select[Any]:
    of = article.alias("of_article")
    return (
        sa.select(
            story_member,
            article.c.url,
            article.c.outlet,
            article.c.headline,
            article.c.published_at,
            article.c.wire,
            article.c.facts,
            fingerprint.c.length,
            of.c.url.label("of_url"),
        )
        .join(article, article.c.article_id == story_member.c.article_id)
        .outerjoin(fingerprint, fingerprint.c.article_id == article.c.article_id)
        .outerjoin(of, of.c.article_id == story_member.c.of_article_id)
        .where(story_member.c.superseded_at.is_(None))
    )


def merge(connection: Connection, story_id: str, others: Sequence[str], order: Order) -> Held:
    """All articles of the ``others`` are put into the story, and held there with its own."""
    own = members(connection, story_id)
    come = [row for other in others for row in members(connection, other)]
    head = own[0].article_id
    rows = [*_kept(own, head, order, "kept here when others were merged into it")]
    for row in come:
        is_inside = row.relation in MERGED
        rows.append(
            _row(row, order, "merged into this story")
            | {
                "story_id": story_id,
                "relation": row.relation if is_inside else "copy",
                "of_article_id": row.of_article_id if is_inside else head,
            }
        )
    _replace(connection, rows, order)
    moved = tuple(row.url for row in come)
    return Held(story_id, moved, (*(row.url for row in own), *moved))


def split(
    connection: Connection, story_id: str, urls: Collection[str], new_id: str, order: Order
) -> Held:
    """The articles at ``urls`` leave the story for a new one; all others are held in it."""
    rows = members(connection, story_id)
    leave = [row for row in rows if row.url in urls]
    stay = [row for row in rows if row.url not in urls]
    new = [*_held(leave, leave[0].article_id, order, f"split off {story_id}")]
    new = [row | {"story_id": new_id} for row in new]
    if stay:
        new += _kept(stay, stay[0].article_id, order, "kept here when others were split off")
    _replace(connection, new, order)
    return Held(new_id, tuple(row.url for row in leave), tuple(row.url for row in rows))


def _held(
    rows: Sequence[sa.Row[Any]], head: int, order: Order, what: str
) -> Iterator[dict[str, Any]]:
    """Rows of one story; what went back to an article of another one goes back to the head."""
    inside = {row.article_id for row in rows}
    for row in rows:
        new = _row(row, order, what)
        if row.article_id == head and row.of_article_id not in inside:
            new |= {"relation": "first", "of_article_id": None}
        elif row.of_article_id not in inside:
            new |= {"relation": "copy", "of_article_id": head}
        yield new


def _kept(rows: Sequence[sa.Row[Any]], head: int, order: Order, what: str) -> Iterator[Row]:
    """Rows of articles that stay; one that a person put there before keeps its own."""
    for row, new in zip(rows, _held(rows, head, order, what), strict=True):
        is_same = (row.relation, row.of_article_id) == (new["relation"], new["of_article_id"])
        if row.overridden_by is None or not is_same:
            yield new


def _row(row: sa.Row[Any], order: Order, what: str) -> Row:
    before: Mapping[str, object] = row.evidence
    evidence: dict[str, object] = {
        "reason": f"{what} by {order.person}",
        "before": {"story": row.story_id, "relation": row.relation, "of": row.of_url},
    }
    if order.reason:
        evidence["why"] = order.reason
    if row.overridden_by is None and before:
        evidence["found"] = dict(before)
    return {
        "article_id": row.article_id,
        "story_id": row.story_id,
        "relation": row.relation,
        "of_article_id": row.of_article_id,
        "evidence": evidence,
        "algorithm": ALGORITHM,
        "overridden_by": order.person,
        "decided_at": order.now,
    }


def _replace(connection: Connection, rows: Sequence[Row], order: Order) -> None:
    ids = sorted({row["story_id"] for row in rows})
    add(connection, story, [{"story_id": one, "recorded_at": order.now} for one in ids])
    articles = [row["article_id"] for row in rows]
    for chunk in chunks(articles):
        connection.execute(
            sa.update(story_member)
            .where(story_member.c.article_id.in_(chunk), story_member.c.superseded_at.is_(None))
            .values(superseded_at=order.now)
        )
    add(connection, story_member, rows)
    counts.forget_articles(connection, articles)

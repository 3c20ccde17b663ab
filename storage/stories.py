"""Stories: fingerprints that find near-copies, and who belongs to which story and why."""

import struct
from collections.abc import Collection, Sequence
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.stories.group import NEWEST, vote
from monitor.types import LINKED, Fingerprint, Outcome, StoryText
from storage.columns import digest, dump
from storage.rows import Cause, add, chunks, revive
from storage.schema import article, fingerprint, posting, story, story_member, version

RECENT = 0  # tier of new postings

_KEYS = {
    "sqlite": "SELECT value AS key FROM json_each(:keys)",
    "postgresql": "SELECT key FROM unnest(CAST(:keys AS bigint[])) AS key",
}
# For each key and tier the number of the oldest posting that is still read, then what lies above.
_POSTINGS = """
SELECT k.key, p.article_id, m.story_id
FROM ({keys}) k
CROSS JOIN (SELECT 0 AS tier UNION ALL SELECT 1) t
JOIN posting p ON p.tier = t.tier AND p.key = k.key AND p.article_id >= coalesce((
    SELECT q.article_id FROM posting q WHERE q.tier = t.tier AND q.key = k.key
    ORDER BY q.article_id DESC LIMIT 1 OFFSET :newest), 0)
JOIN story_member m ON m.article_id = p.article_id AND m.superseded_at IS NULL
WHERE p.article_id <> :itself
ORDER BY k.key, p.article_id
"""


def candidates(
    connection: Connection, found: Fingerprint, itself: int | None, limit: int
) -> tuple[StoryText, ...]:
    """Other articles that may be near-copies: equal texts first, then by shared keys."""
    own = -1 if itself is None else itself
    equal = connection.execute(
        sa.select(fingerprint.c.article_id)
        .where(fingerprint.c.exact == found.exact, fingerprint.c.article_id != own)
        .order_by(fingerprint.c.article_id)
        .limit(limit)
    ).scalars()
    numbers = list(equal)
    if len(numbers) < limit:
        alike = _sharing(connection, found, own, limit)
        numbers += [number for number in alike if number not in set(numbers)]
    return texts(connection, numbers[:limit])


def _sharing(connection: Connection, found: Fingerprint, own: int, limit: int) -> list[int]:
    """Articles that share keys, best first: the same vote as in memory (monitor/stories/group)."""
    engine = connection.dialect.name
    keys = dump(found.keys) if engine == "sqlite" else list(found.keys)
    rows = connection.execute(
        sa.text(_POSTINGS.format(keys=_KEYS[engine])),
        {"keys": keys, "newest": NEWEST - 1, "itself": own},
    )
    by_key = groupby(rows, key=itemgetter(0))
    return vote([(row[1], row[2]) for row in same] for _, same in by_key)[:limit]


def texts(connection: Connection, article_ids: Sequence[int]) -> tuple[StoryText, ...]:
    """The bodies of the current versions, in the order asked for."""
    later = version.alias("later")
    newest = (
        sa.select(sa.func.max(later.c.seq))
        .where(later.c.article_id == article.c.article_id, later.c.superseded_at.is_(None))
        .scalar_subquery()
    )
    query = (
        sa.select(
            article.c.article_id,
            article.c.url,
            article.c.published_at,
            story_member.c.story_id,
            version.c.text,
            version.c.body_start,
        )
        .join(story_member, story_member.c.article_id == article.c.article_id)
        .join(version, version.c.article_id == article.c.article_id)
        .where(
            article.c.article_id.in_(article_ids),
            story_member.c.superseded_at.is_(None),
            version.c.superseded_at.is_(None),
            version.c.seq == newest,
        )
    )
    found = {
        row.article_id: StoryText(
            row.url, row.story_id, row.text[row.body_start :], row.published_at
        )
        for row in connection.execute(query)
    }
    return tuple(found[number] for number in article_ids if number in found)


def linked(connection: Connection, story_ids: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of stories of which one may be a rewrite, or holds a part, of the other."""
    of = story_member.alias("of")
    found: list[tuple[str, str]] = []
    for chunk in chunks(story_ids):
        query = (
            sa.select(story_member.c.story_id, of.c.story_id)
            .join(of, of.c.article_id == story_member.c.of_article_id)
            .where(
                story_member.c.story_id.in_(chunk),
                story_member.c.relation.in_(LINKED),
                story_member.c.superseded_at.is_(None),
                of.c.superseded_at.is_(None),
            )
        )
        found += [(row[0], row[1]) for row in connection.execute(query)]
    return tuple(found)


def save_fingerprint(connection: Connection, article_id: int, new: Fingerprint) -> None:
    """Make the article findable by its new text, and no longer by its old one."""
    packed = connection.execute(
        sa.select(fingerprint.c["keys"]).where(fingerprint.c.article_id == article_id)
    ).scalar()
    old = set(unpack(packed)) if packed is not None else set()
    row = {"exact": new.exact, "length": new.length, "keys": pack(new.keys)}
    if packed is None:
        connection.execute(sa.insert(fingerprint).values(article_id=article_id, **row))
    else:
        connection.execute(
            sa.update(fingerprint).where(fingerprint.c.article_id == article_id).values(row)
        )
    gone = sorted(old.difference(new.keys))
    if gone:
        connection.execute(
            sa.delete(posting).where(posting.c.key.in_(gone), posting.c.article_id == article_id)
        )
    # Sorted, because the table is a tree by key: neighbours are written together.
    add(
        connection,
        posting,
        [
            {"tier": RECENT, "key": key, "article_id": article_id}
            for key in sorted(set(new.keys) - old)
        ],
    )


def save_membership(
    connection: Connection, article_id: int, outcome: Outcome, cause: Cause
) -> None:
    """Put the article into its story; a decision before it is superseded, a person's stands."""
    decided = outcome.membership
    if decided is None or outcome.story_id is None:
        return
    if cause.is_again and _is_by_person(connection, article_id):
        return
    add(connection, story, [{"story_id": outcome.story_id, "recorded_at": cause.now}])
    other = None
    if decided.of is not None:
        other = connection.execute(
            sa.select(article.c.article_id).where(article.c.url_sha256 == digest(decided.of))
        ).scalar()
    connection.execute(
        sa.update(story_member)
        .where(
            story_member.c.article_id == article_id,
            story_member.c.superseded_at.is_(None),
            story_member.c.overridden_by.is_(None),
        )
        .values(superseded_at=cause.now)
    )
    row = {
        "article_id": article_id,
        "story_id": outcome.story_id,
        "relation": decided.relation,
        "of_article_id": other,
        "evidence": decided.evidence,
        "algorithm": decided.algorithm,
    }
    if revive(connection, story_member, row, cause) is None:
        # What a person decided is the one valid row of the article: then nothing is added.
        new = {**row, "page_id": cause.page_id, "decided_at": cause.now}
        add(connection, story_member, [new])


def _is_by_person(connection: Connection, article_id: int) -> bool:
    query = sa.select(story_member.c.member_id).where(
        story_member.c.article_id == article_id,
        story_member.c.superseded_at.is_(None),
        story_member.c.overridden_by.is_not(None),
    )
    return connection.execute(query).first() is not None


def pack(keys: Sequence[int]) -> bytes:
    return struct.pack(f">{len(keys)}Q", *keys)


def unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // 8}Q", packed)

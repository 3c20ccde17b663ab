"""Stories: near-copies of a text, and who belongs to which story and why."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.stories.group import vote
from monitor.types import LINKED, Fingerprint, Outcome, StoryText
from storage import postings
from storage.columns import digest, dump
from storage.postings import Recent
from storage.rows import Cause, revive
from storage.schema import observation, story_member, version
from storage.statements import run, sql

_STORIES = sql("""
SELECT f.fingerprint_id, m.story_id FROM fingerprint f
JOIN story_member m ON m.article_id = f.article_id AND m.superseded_at IS NULL
WHERE f.fingerprint_id IN ({numbers}) AND f.article_id <> ?
""")
# An undated article counts from when it was seen, as the one that is placed does.
_TEXTS = sql("""
SELECT f.fingerprint_id, a.url, coalesce(a.published_at, a.first_seen_at), m.story_id, v.text,
    v.body_start
FROM fingerprint f
JOIN article a ON a.article_id = f.article_id
JOIN story_member m ON m.article_id = f.article_id AND m.superseded_at IS NULL
JOIN version v ON v.version_id = f.version_id
WHERE f.fingerprint_id IN ({numbers})
""")
_EQUAL = sql(
    "SELECT fingerprint_id FROM fingerprint WHERE exact = ? AND article_id <> ? "
    "ORDER BY fingerprint_id LIMIT 1"
)
_FORGET = sql("DELETE FROM fingerprint WHERE article_id = ?")
_REMEMBER = sql(
    "INSERT INTO fingerprint (article_id, version_id, exact, length, keys) VALUES (?, ?, ?, ?, ?)"
)
_BEGIN_STORY = sql("INSERT INTO story (story_id, recorded_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
_ARTICLE = sql("SELECT article_id FROM article WHERE url_sha256 = ?")
_SUPERSEDE = sql(
    "UPDATE story_member SET superseded_at = ? "
    "WHERE article_id = ? AND superseded_at IS NULL AND overridden_by IS NULL"
)
_JOIN = sql(
    "INSERT INTO story_member (article_id, story_id, relation, of_article_id, evidence, algorithm, "
    "page_id, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_NO_ARTICLE = -1


def candidates(
    connection: Connection, recent: Recent, found: Fingerprint, itself: int | None
) -> tuple[StoryText, ...]:
    """Other articles that may be near-copies, best first; where one has equal words, it alone.

    The vote, and all its bounds, are those of the filter (monitor/stories/group.py).
    """
    own = _NO_ARTICLE if itself is None else itself
    for (equal,) in run(connection, _EQUAL, found.exact, own):
        return texts(connection, [equal])

    def stories(numbers: AbstractSet[int]) -> Mapping[int, str]:
        return dict(map(tuple, run(connection, _STORIES, numbers, own))) if numbers else {}

    return texts(connection, vote(postings.find(connection, recent, found.keys), stories))


def texts(connection: Connection, numbers: Sequence[int]) -> tuple[StoryText, ...]:
    """The bodies of the texts with these fingerprints, in the order asked for."""
    if not numbers:
        return ()
    found = {
        row[0]: StoryText(row[1], row[3], row[4][row[5] :], _moment(row[2]))
        for row in run(connection, _TEXTS, numbers)
    }
    return tuple(found[number] for number in numbers if number in found)


def _moment(value: datetime | str | None) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def linked(connection: Connection, claim: str) -> tuple[tuple[str, str], ...]:
    """Pairs of stories of which one may be a rewrite, or holds a part, of the other."""
    of, speaking = story_member.alias("of"), story_member.alias("speaking")
    stories = (
        sa.select(speaking.c.story_id)
        .join(version, version.c.article_id == speaking.c.article_id)
        .join(observation, observation.c.version_id == version.c.version_id)
        .where(observation.c.claim == claim, speaking.c.superseded_at.is_(None))
    )
    query = (
        sa.select(story_member.c.story_id, of.c.story_id)
        .join(of, of.c.article_id == story_member.c.of_article_id)
        .where(
            story_member.c.relation.in_(LINKED),
            story_member.c.superseded_at.is_(None),
            of.c.superseded_at.is_(None),
            story_member.c.story_id.in_(stories),
        )
    )
    return tuple((row[0], row[1]) for row in connection.execute(query))


def save_fingerprint(
    connection: Connection, article_id: int, version_id: int, new: Fingerprint
) -> None:
    """Make the article findable by its new text, and no longer by its old one."""
    run(connection, _FORGET, article_id)
    packed = postings.pack(new.keys)
    run(connection, _REMEMBER, article_id, version_id, new.exact, new.length, packed)


def save_membership(
    connection: Connection, article_id: int, outcome: Outcome, cause: Cause
) -> None:
    """Put the article into its story; a decision before it is superseded, a person's stands."""
    decided = outcome.membership
    if decided is None or outcome.story_id is None:
        return
    if cause.stepped_back_at and _is_by_person(connection, article_id):
        return
    run(connection, _BEGIN_STORY, outcome.story_id, cause.now)
    other = None
    if decided.of is not None:
        (other,) = next(iter(run(connection, _ARTICLE, digest(decided.of))), (None,))
    run(connection, _SUPERSEDE, cause.now, article_id)
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
        row["evidence"] = dump(decided.evidence)
        run(connection, _JOIN, *row.values(), cause.page_id, cause.now)


def _is_by_person(connection: Connection, article_id: int) -> bool:
    query = sa.select(story_member.c.member_id).where(
        story_member.c.article_id == article_id,
        story_member.c.superseded_at.is_(None),
        story_member.c.overridden_by.is_not(None),
    )
    return connection.execute(query).first() is not None

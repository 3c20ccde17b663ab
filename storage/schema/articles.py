"""Tables of what pages say: articles, their versions, and the stories they belong to."""

import sqlalchemy as sa

from storage.columns import BigId, Json, Text, Time
from storage.schema.base import (
    cause,
    column,
    identity,
    metadata,
    recorded_at,
    reference,
    superseded_at,
    url,
    url_key,
)

article = sa.Table(
    "article",
    metadata,
    identity("article_id"),
    url("normalised, canonical where the site itself says so: the identity"),
    url_key(),
    column("source", Text, "source that led to it first", null=True),
    column("outlet", Text, "publisher, else the site"),
    column("headline", Text, "latest", null=True),
    column("standfirst", Text, "latest", null=True),
    column("authors", Json, "latest, a list"),
    column("date_published", Text, "as precise as the page is, ISO 8601", null=True),
    column("date_modified", Text, "as precise as the page is, ISO 8601", null=True),
    column("published_at", Time, "the same as a moment; NULL: unknown", null=True),
    column("in_language", Text, "ISO 639-1", null=True),
    column("wire", Text, "agency credited", null=True),
    column("facts", Json, "where each field came from, raw dates"),
    column("state", Text, "live, gone, forgotten"),
    column("gone_count", sa.Integer, "answers in a row that said it is gone"),
    column("first_seen_at", Time, "first page read"),
    column("last_seen_at", Time, "last page read"),
    column("last_changed_at", Time, "last new version"),
    sa.UniqueConstraint("url_sha256"),
    sa.Index(None, "url", postgresql_using="hash"),  # a tree there limits the length
    comment="one article; what changes with every look, the history is in version",
)

version = sa.Table(
    "version",
    metadata,
    identity("version_id"),
    reference("article_id", "article.article_id", "its article"),
    column("seq", sa.Integer, "1, 2, ... within the article"),
    column("headline", Text, "part of the text", null=True),
    column("text", Text, "headline, blank line, body"),
    column("body_start", sa.Integer, "characters before the body"),
    column("text_sha256", Text, "digest of the text, in hex"),
    column("notice", Text, "correction or update notice, word for word", null=True),
    column("cleaner_version", Text, "rules that cleaned the page"),
    column("extractor_version", Text, "rules that read its claims last; empty: none yet"),
    reference("page_id", "page.page_id", "page it was read from", null=True),
    column("fetched_at", Time, "when that page was fetched"),
    recorded_at(),
    superseded_at("reading the page again"),
    sa.Index(None, "article_id", "seq"),
    sa.Index(None, "page_id"),
    comment="one distinct text of an article; deleted only when it is forgotten",
)

version_span = sa.Table(
    "version_span",
    metadata,
    identity("span_id"),
    reference("version_id", "version.version_id", "its version"),
    column("live_from", Time, "the press said so from then"),
    column("live_to", Time, "until then; NULL: still", null=True),
    recorded_at(),
    column("end_recorded_at", Time, "when the monitor knew the end", null=True),
    cause(),
    cause("end_page_id"),
    superseded_at("reading the pages again"),
    sa.Index(None, "version_id"),
    comment="when a version could be read on the outlet's site; both kinds of time",
)

reading = sa.Table(
    "reading",
    metadata,
    identity("reading_id"),
    reference("page_id", "page.page_id", "page read"),
    reference("run_id", "run.run_id", "run that read it", null=True),
    column("outcome", Text, "what became of it: one word"),
    column("detail", Text, "the reason, in words", null=True),
    reference("article_id", "article.article_id", "article found", null=True),
    reference("version_id", "version.version_id", "new version found", null=True),
    column("extractor_version", Text, "rules that read the claims"),
    recorded_at(),
    superseded_at("a later reading"),
    sa.Index(
        "uq_reading_page_id",
        "page_id",
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    ),
    sa.Index(None, "article_id"),
    comment="what the process half made of one page",
)

fingerprint = sa.Table(
    "fingerprint",
    metadata,
    identity("fingerprint_id"),
    reference("article_id", "article.article_id", "its article"),
    reference("version_id", "version.version_id", "its current text"),
    column("exact", sa.BigInteger, "hash of the body, normalised"),
    column("length", sa.Integer, "words of the body"),
    column("keys", sa.LargeBinary, "the keys, 6 bytes each, big end first"),
    sa.UniqueConstraint("article_id"),
    sa.Index(None, "exact"),
    comment="what finds near-copies of an article's current text; a new text has a new number",
    sqlite_autoincrement=True,  # postings outlive their text: a number must not come again
)

posting = sa.Table(
    "posting",
    metadata,
    sa.Column("key", BigId, primary_key=True, autoincrement=False, comment="of fingerprints"),
    column("fingerprints", sa.LargeBinary, "newest numbers with it, 4 bytes each, newest first"),
    comment="texts that share a key, as far as merged; numbers may be of texts that are gone",
)

posting_merge = sa.Table(
    "posting_merge",
    metadata,
    sa.Column("only", sa.SmallInteger, primary_key=True, autoincrement=False, comment="always 1"),
    column("merged_to", BigId, "fingerprints up to this number are in posting"),
    column("merging_to", BigId, "those up to this one are being written; NULL: none", null=True),
    column("next_key", BigId, "of them, keys below this one are written"),
    comment="how far postings are merged: one row; what is later is in fingerprint alone",
)

site_block = sa.Table(
    "site_block",
    metadata,
    sa.Column("site", Text, primary_key=True, comment="registered domain"),
    sa.Column("block", Text, primary_key=True, comment="hash of a short block of text"),
    sa.Column(
        "article_id",
        BigId,
        sa.ForeignKey("article.article_id"),
        primary_key=True,
        autoincrement=False,
        comment="article that prints it",
    ),
    column("day", Text, "day the article is from, UTC"),
    sa.Index(None, "article_id"),
    comment="which articles of a site share a block; until it is known as boilerplate",
)

site_boilerplate = sa.Table(
    "site_boilerplate",
    metadata,
    sa.Column("site", Text, primary_key=True, comment="registered domain"),
    sa.Column("block", Text, primary_key=True, comment="hash of a short block of text"),
    recorded_at(),
    comment="blocks that recur on a site's stories, left out of its texts",
)

story = sa.Table(
    "story",
    metadata,
    sa.Column("story_id", Text, primary_key=True, comment="identity"),
    recorded_at(),
    comment="articles that are near-copies of one text: the unit of independence",
)

story_member = sa.Table(
    "story_member",
    metadata,
    identity("member_id"),
    sa.Column(
        "story_id", Text, sa.ForeignKey("story.story_id"), nullable=False, comment="its story"
    ),
    reference("article_id", "article.article_id", "its article"),
    column("relation", Text, "first, exact, copy, excerpt, ..., none"),
    reference("of_article_id", "article.article_id", "article compared with", null=True),
    column("evidence", Json, "why, in words and figures"),
    column("algorithm", Text, "version of the rules that decided"),
    cause(),
    column("overridden_by", Text, "person who decided otherwise", null=True),
    column("decided_at", Time, "when"),
    superseded_at("a later decision"),
    sa.Index(
        "uq_story_member_article_id",
        "article_id",
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    ),
    sa.Index(None, "story_id"),
    sa.Index(None, "of_article_id"),
    comment="which story an article belongs to, and why",
)

"""Tables of the crawl half: who runs, what is polled, what was asked for and what came back."""

import sqlalchemy as sa

from storage.columns import Json, Text, Time
from storage.schema.base import column, identity, metadata, recorded_at, reference, url, url_key

run = sa.Table(
    "run",
    metadata,
    identity("run_id"),
    column("kind", Text, "crawl, process, reprocess, import, ..."),
    column("started_at", Time, "start"),
    column("ended_at", Time, "end; NULL: still running, or killed and not yet noticed", null=True),
    column("outcome", Text, "ok, partial, failed, stopped, killed, ...; NULL: no end", null=True),
    column("args", Json, "what was asked for"),
    column("counts", Json, "what came of it, by word"),
    column("host", Text, "machine of the process; NULL: not told", null=True),
    column("pid", sa.BigInteger, "number of the process", null=True),
    column("process_started", Text, "start of the process, in its machine's words", null=True),
    comment="one crawl or scheduled job, from start to end",
)

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", Text, primary_key=True, comment="what is held: daemon, crawl"),
    column("host", Text, "machine of the owner"),
    column("pid", sa.BigInteger, "process of the owner"),
    column("process_started", Text, "start of that process: numbers of processes are used again"),
    column("taken_at", Time, "since when"),
    column("heartbeat_at", Time, "last sign of life"),
    comment="who may do what only one may do at a time",
)

source = sa.Table(
    "source",
    metadata,
    sa.Column("name", Text, primary_key=True, comment="name in config/sources.toml"),
    column("outlet", Text, "publisher, as counted"),
    url("feed, sitemap or page that is polled"),
    column("kind", Text, "feed, sitemap or page"),
    column("definition_hash", Text, "digest of the configured entry"),
    column("last_poll_at", Time, "last poll; NULL: never", null=True),
    column("next_poll_at", Time, "due then; NULL: at once", null=True),
    column("reason", Text, "why then", null=True),
    column("interval_s", sa.Integer, "seconds between polls", null=True),
    column("failures", sa.Float, "weight of the failures in a row"),
    column("etag", Text, "validator of the last answer", null=True),
    column("last_modified", Text, "validator of the last answer", null=True),
    column("since_full", sa.Integer, "conditional requests since a full one", default="0"),
    column("announced", Text, "digest of the links announced last", null=True),
    column("habits", Json, "what its polls taught: how much news, when, its pauses", default="{}"),
    column("silent_since", Time, "first poll in a row that found nothing new", null=True),
    column("removed_at", Time, "when it left the configuration; NULL: configured", null=True),
    recorded_at(),
    comment="a publisher's feed and the state of its polling",
)

alert = sa.Table(
    "alert",
    metadata,
    identity("alert_id"),
    column("kind", Text, "source_silent, source_empty, source_failing or liar"),
    column("about", Text, "name of the source; of a liar (old validators, new content) its site"),
    column("detail", Text, "why, in words"),
    column("began_at", Time, "when it was noticed"),
    column("ended_at", Time, "when it was over; NULL: it lasts", null=True),
    # Nobody is told twice of what lasts.
    sa.Index(
        "ix_alert_lasting",
        "kind",
        "about",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    comment="what an operator should know of sources and sites",
)

poll = sa.Table(
    "poll",
    metadata,
    identity("poll_id"),
    reference("run_id", "run.run_id", "run that polled"),
    column("source", Text, "name of the source, or the URL given by hand"),
    column("outcome", Text, "what became of it"),
    column("polled_at", Time, "when"),
    column("entries", sa.Integer, "links announced"),
    column("new_entries", sa.Integer, "of these unknown before"),
    column("next_poll_at", Time, "due again then", null=True),
    column("reason", Text, "why then"),
    column("detail", Text, "what went wrong, in words", null=True),
    sa.Index(None, "source", "polled_at"),
    comment="one look at one source",
)

link = sa.Table(
    "link",
    metadata,
    identity("link_id"),
    url("normalised: the identity"),
    url_key(),
    url("as announced", "asked_url"),
    column("source", Text, "source that announced it first; NULL: given by hand", null=True),
    column("found_at", Time, "when"),
    column("title", Text, "as announced", null=True),
    column("published_at", Time, "as announced", null=True),
    column("next_check_at", Time, "to be looked at then; NULL: not again", null=True),
    column("check_reason", Text, "why then", null=True),
    column("etag", Text, "validator of the last answer", null=True),
    column("last_modified", Text, "validator of the last answer", null=True),
    column("since_full", sa.Integer, "conditional requests since a full one", default="0"),
    reference("leased_by", "run.run_id", "run that is fetching it; NULL: none", null=True),
    column("fetched_at", Time, "last fetch; NULL: never", null=True),
    reference("article_id", "article.article_id", "article its page held last", null=True),
    sa.UniqueConstraint("url_sha256"),
    sa.Index(None, "next_check_at"),
    # Partial, or SQLite would look for the due ones among all that nobody is fetching.
    sa.Index(
        "ix_link_leased_by",
        "leased_by",
        sqlite_where=sa.text("leased_by IS NOT NULL"),
        postgresql_where=sa.text("leased_by IS NOT NULL"),
    ),
    sa.Index(None, "article_id"),
    comment="the frontier: every article URL ever announced",
)

fetch = sa.Table(
    "fetch",
    metadata,
    identity("fetch_id"),
    reference("run_id", "run.run_id", "run that asked"),
    url("as known to the frontier, or the source's"),
    url_key(),
    column("kind", Text, "article, feed, sitemap or page"),
    column("outcome", Text, "what became of it: one word, written once"),
    column("detail", Text, "what went wrong, in words", null=True),
    column("fetched_at", Time, "when"),
    column("status", sa.Integer, "HTTP status; NULL: no answer", null=True),
    url("as answered, after redirects; NULL: the same", "final_url", null=True),
    column("source", Text, "source it was fetched for", null=True),
    reference("page_id", "page.page_id", "what came back; NULL: nothing kept", null=True),
    sa.UniqueConstraint("url_sha256", "fetched_at", "run_id"),
    sa.Index(None, "run_id"),
    comment="one URL asked for, with exactly one outcome",
)

body = sa.Table(
    "body",
    metadata,
    sa.Column("body_sha256", sa.LargeBinary, primary_key=True, comment="SHA-256 of the bytes"),
    column("zstd", sa.LargeBinary, "the bytes, compressed by Zstandard"),
    column("size", sa.BigInteger, "bytes before compression"),
    comment="bytes of answers, each kept once",
)

tombstone = sa.Table(
    "tombstone",
    metadata,
    sa.Column("url_sha256", sa.LargeBinary, primary_key=True, comment="SHA-256 of the URL"),
    url("normalised; never fetched or stored again"),
    column("reason", Text, "why, in words", null=True),
    reference("run_id", "run.run_id", "run that forgot it"),
    recorded_at(),
    comment="what was forgotten at its publisher's request",
)

page = sa.Table(
    "page",
    metadata,
    identity("page_id"),
    url("as known to the frontier"),
    url_key(),
    url("as asked for", "asked_url"),
    url("as answered, after redirects; NULL: as asked for", "final_url", null=True),
    column("status", sa.Integer, "HTTP status"),
    column("headers", Json, "those that matter, names in lower case"),
    column("source", Text, "source it was fetched for", null=True),
    column("fetched_at", Time, "when"),
    sa.Column(
        "body_sha256",
        sa.LargeBinary,
        sa.ForeignKey("body.body_sha256"),
        comment="its bytes; NULL: past the time they are kept",
    ),
    column("read_at", Time, "when the process half was done with it; NULL: pending", null=True),
    sa.Index(None, "url_sha256"),
    sa.Index(None, "body_sha256"),
    sa.Index(
        "ix_page_pending",
        "fetched_at",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    ),
    comment="one HTTP answer, byte for byte",
)

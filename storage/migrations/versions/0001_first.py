"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "url",
            sa.Text(),
            nullable=False,
            comment="normalised, canonical where the site itself says so: the identity",
        ),
        sa.Column(
            "url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the URL beside it"
        ),
        sa.Column("source", sa.Text(), nullable=True, comment="source that led to it first"),
        sa.Column("outlet", sa.Text(), nullable=False, comment="publisher, else the site"),
        sa.Column("headline", sa.Text(), nullable=True, comment="latest"),
        sa.Column("standfirst", sa.Text(), nullable=True, comment="latest"),
        sa.Column("authors", sa.Text(), nullable=False, comment="latest, a list"),
        sa.Column(
            "date_published",
            sa.Text(),
            nullable=True,
            comment="as precise as the page is, ISO 8601",
        ),
        sa.Column(
            "date_modified", sa.Text(), nullable=True, comment="as precise as the page is, ISO 8601"
        ),
        sa.Column(
            "published_at", TIME, nullable=True, comment="the same as a moment; NULL: unknown"
        ),
        sa.Column("in_language", sa.Text(), nullable=True, comment="ISO 639-1"),
        sa.Column("wire", sa.Text(), nullable=True, comment="agency credited"),
        sa.Column(
            "facts", sa.Text(), nullable=False, comment="where each field came from, raw dates"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="live, gone"),
        sa.Column(
            "gone_count",
            sa.Integer(),
            nullable=False,
            comment="answers in a row that said it is gone",
        ),
        sa.Column("first_seen_at", TIME, nullable=False, comment="first page read"),
        sa.Column("last_seen_at", TIME, nullable=False, comment="last page read"),
        sa.Column("last_changed_at", TIME, nullable=False, comment="last new version"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article")),
        sa.UniqueConstraint("url_sha256", name=op.f("uq_article_url_sha256")),
        comment="one article; what changes with every look, the history is in version",
    )
    op.create_index(
        op.f("ix_article_url"), "article", ["url"], unique=False, postgresql_using="hash"
    )
    op.create_table(
        "body",
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the bytes"),
        sa.Column(
            "zstd", sa.LargeBinary(), nullable=False, comment="the bytes, compressed by Zstandard"
        ),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="bytes before compression"),
        sa.PrimaryKeyConstraint("body_sha256", name=op.f("pk_body")),
        comment="bytes of answers, each kept once",
    )
    op.create_table(
        "claim_definition",
        sa.Column(
            "definition_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("claim", sa.Text(), nullable=False, comment="key in config/claims.toml"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="money, count, percent, date, text, boolean, ...",
        ),
        sa.Column("unit", sa.Text(), nullable=False, comment="ISO 4217 for money, else a word"),
        sa.Column("title", sa.Text(), nullable=False, comment="the question, for people"),
        sa.Column("hash", sa.Text(), nullable=False, comment="digest of the definition"),
        sa.Column("spec", sa.Text(), nullable=False, comment="the definition, JSON"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when another definition replaced it; NULL: valid",
        ),
        sa.PrimaryKeyConstraint("definition_id", name=op.f("pk_claim_definition")),
        comment="a tracked question, as configured at the time",
    )
    op.create_index(
        "uq_claim_definition_claim",
        "claim_definition",
        ["claim"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False, comment="what is held: daemon, crawl"),
        sa.Column("host", sa.Text(), nullable=False, comment="machine of the owner"),
        sa.Column("pid", sa.BigInteger(), nullable=False, comment="process of the owner"),
        sa.Column(
            "process_started",
            sa.Text(),
            nullable=False,
            comment="start of that process: numbers of processes are used again",
        ),
        sa.Column("taken_at", TIME, nullable=False, comment="since when"),
        sa.Column("heartbeat_at", TIME, nullable=False, comment="last sign of life"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
        comment="who may do what only one may do at a time",
    )
    op.create_table(
        "posting",
        sa.Column("tier", sa.SmallInteger(), nullable=False, comment="0: recent, 1: merged"),
        sa.Column("key", sa.BigInteger(), nullable=False, comment="one key of a fingerprint"),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="article that has it",
        ),
        sa.PrimaryKeyConstraint("tier", "key", "article_id", name=op.f("pk_posting")),
        comment="which articles share a key; newest have the highest number",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "run",
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="crawl, process, reprocess, import, ..."
        ),
        sa.Column("started_at", TIME, nullable=False, comment="start"),
        sa.Column(
            "ended_at",
            TIME,
            nullable=True,
            comment="end; NULL: still running, or killed and not yet noticed",
        ),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=True,
            comment="ok, partial, failed, stopped, killed, ...; NULL: no end",
        ),
        sa.Column("args", sa.Text(), nullable=False, comment="what was asked for"),
        sa.Column("counts", sa.Text(), nullable=False, comment="what came of it, by word"),
        sa.Column(
            "host", sa.Text(), nullable=True, comment="machine of the process; NULL: not told"
        ),
        sa.Column("pid", sa.BigInteger(), nullable=True, comment="number of the process"),
        sa.Column(
            "process_started",
            sa.Text(),
            nullable=True,
            comment="start of the process, in its machine's words",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run")),
        comment="one crawl or scheduled job, from start to end",
    )
    op.create_table(
        "series",
        sa.Column(
            "series_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("claim", sa.Text(), nullable=False, comment="key of the claim"),
        sa.Column("qualifiers", sa.Text(), nullable=False, comment="JSON with sorted keys"),
        sa.Column(
            "period",
            sa.Text(),
            nullable=True,
            comment="ISO date of a claim by day; NULL: the claim has no period",
        ),
        sa.Column(
            "series_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the three"
        ),
        sa.PrimaryKeyConstraint("series_id", name=op.f("pk_series")),
        sa.UniqueConstraint("series_sha256", name=op.f("uq_series_series_sha256")),
        comment="what one claim state is about",
    )
    op.create_index(op.f("ix_series_claim"), "series", ["claim"], unique=False)
    op.create_table(
        "source",
        sa.Column("name", sa.Text(), nullable=False, comment="name in config/sources.toml"),
        sa.Column("outlet", sa.Text(), nullable=False, comment="publisher, as counted"),
        sa.Column("url", sa.Text(), nullable=False, comment="feed, sitemap or page that is polled"),
        sa.Column("kind", sa.Text(), nullable=False, comment="feed, sitemap or page"),
        sa.Column(
            "definition_hash", sa.Text(), nullable=False, comment="digest of the configured entry"
        ),
        sa.Column("last_poll_at", TIME, nullable=True, comment="last poll; NULL: never"),
        sa.Column("next_poll_at", TIME, nullable=True, comment="due then; NULL: at once"),
        sa.Column("reason", sa.Text(), nullable=True, comment="why then"),
        sa.Column("interval_s", sa.Integer(), nullable=True, comment="seconds between polls"),
        sa.Column(
            "failures", sa.Float(), nullable=False, comment="weight of the failures in a row"
        ),
        sa.Column("etag", sa.Text(), nullable=True, comment="validator of the last answer"),
        sa.Column(
            "last_modified", sa.Text(), nullable=True, comment="validator of the last answer"
        ),
        sa.Column(
            "silent_since",
            TIME,
            nullable=True,
            comment="first poll in a row that found nothing new",
        ),
        sa.Column(
            "removed_at",
            TIME,
            nullable=True,
            comment="when it left the configuration; NULL: configured",
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_source")),
        comment="a publisher's feed and the state of its polling",
    )
    op.create_table(
        "story",
        sa.Column("story_id", sa.Text(), nullable=False, comment="identity"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story")),
        comment="articles that are near-copies of one text: the unit of independence",
    )
    op.create_table(
        "fingerprint",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="its article",
        ),
        sa.Column(
            "exact", sa.Text(), nullable=False, comment="hash of the current body, normalised"
        ),
        sa.Column("length", sa.Integer(), nullable=False, comment="content words"),
        sa.Column(
            "keys",
            sa.LargeBinary(),
            nullable=False,
            comment="the keys, 8 bytes each, big end first",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_fingerprint_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_fingerprint")),
        comment="what finds near-copies of an article's current text",
    )
    op.create_index(op.f("ix_fingerprint_exact"), "fingerprint", ["exact"], unique=False)
    op.create_table(
        "link",
        sa.Column(
            "link_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("url", sa.Text(), nullable=False, comment="normalised: the identity"),
        sa.Column(
            "url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the URL beside it"
        ),
        sa.Column("asked_url", sa.Text(), nullable=False, comment="as announced"),
        sa.Column(
            "source",
            sa.Text(),
            nullable=True,
            comment="source that announced it first; NULL: given by hand",
        ),
        sa.Column("found_at", TIME, nullable=False, comment="when"),
        sa.Column("title", sa.Text(), nullable=True, comment="as announced"),
        sa.Column("published_at", TIME, nullable=True, comment="as announced"),
        sa.Column(
            "next_check_at", TIME, nullable=True, comment="to be looked at then; NULL: not again"
        ),
        sa.Column("check_reason", sa.Text(), nullable=True, comment="why then"),
        sa.Column("etag", sa.Text(), nullable=True, comment="validator of the last answer"),
        sa.Column(
            "last_modified", sa.Text(), nullable=True, comment="validator of the last answer"
        ),
        sa.Column(
            "leased_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="run that is fetching it; NULL: none",
        ),
        sa.Column("fetched_at", TIME, nullable=True, comment="last fetch; NULL: never"),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="article its page held last",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_link_article_id")
        ),
        sa.ForeignKeyConstraint(["leased_by"], ["run.run_id"], name=op.f("fk_link_leased_by")),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_link")),
        sa.UniqueConstraint("url_sha256", name=op.f("uq_link_url_sha256")),
        comment="the frontier: every article URL ever announced",
    )
    op.create_index(op.f("ix_link_article_id"), "link", ["article_id"], unique=False)
    op.create_index(
        "ix_link_leased_by",
        "link",
        ["leased_by"],
        unique=False,
        sqlite_where=sa.text("leased_by IS NOT NULL"),
        postgresql_where=sa.text("leased_by IS NOT NULL"),
    )
    op.create_index(op.f("ix_link_next_check_at"), "link", ["next_check_at"], unique=False)
    op.create_table(
        "page",
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("url", sa.Text(), nullable=False, comment="as known to the frontier"),
        sa.Column(
            "url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the URL beside it"
        ),
        sa.Column("asked_url", sa.Text(), nullable=False, comment="as asked for"),
        sa.Column(
            "final_url",
            sa.Text(),
            nullable=True,
            comment="as answered, after redirects; NULL: as asked for",
        ),
        sa.Column("status", sa.Integer(), nullable=False, comment="HTTP status"),
        sa.Column(
            "headers", sa.Text(), nullable=False, comment="those that matter, names in lower case"
        ),
        sa.Column("source", sa.Text(), nullable=True, comment="source it was fetched for"),
        sa.Column("fetched_at", TIME, nullable=False, comment="when"),
        sa.Column(
            "body_sha256",
            sa.LargeBinary(),
            nullable=True,
            comment="its bytes; NULL: past the time they are kept",
        ),
        sa.Column(
            "read_at",
            TIME,
            nullable=True,
            comment="when the process half was done with it; NULL: pending",
        ),
        sa.ForeignKeyConstraint(
            ["body_sha256"], ["body.body_sha256"], name=op.f("fk_page_body_sha256")
        ),
        sa.PrimaryKeyConstraint("page_id", name=op.f("pk_page")),
        comment="one HTTP answer, byte for byte",
    )
    op.create_index(op.f("ix_page_body_sha256"), "page", ["body_sha256"], unique=False)
    op.create_index(
        "ix_page_pending",
        "page",
        ["page_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(op.f("ix_page_url_sha256"), "page", ["url_sha256"], unique=False)
    op.create_table(
        "poll",
        sa.Column(
            "poll_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="run that polled",
        ),
        sa.Column(
            "source",
            sa.Text(),
            nullable=False,
            comment="name of the source, or the URL given by hand",
        ),
        sa.Column("outcome", sa.Text(), nullable=False, comment="what became of it"),
        sa.Column("polled_at", TIME, nullable=False, comment="when"),
        sa.Column("entries", sa.Integer(), nullable=False, comment="links announced"),
        sa.Column("new_entries", sa.Integer(), nullable=False, comment="of these unknown before"),
        sa.Column("next_poll_at", TIME, nullable=True, comment="due again then"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why then"),
        sa.Column("detail", sa.Text(), nullable=True, comment="what went wrong, in words"),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_poll_run_id")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll")),
        comment="one look at one source",
    )
    op.create_index(op.f("ix_poll_source_polled_at"), "poll", ["source", "polled_at"], unique=False)
    op.create_table(
        "claim_event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "event_id",
            sa.Text(),
            nullable=False,
            comment="follows from the content: replaying gives the same",
        ),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="first_seen, new_camp, consensus_moved, silent_edit, ...",
        ),
        sa.Column(
            "series_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="what it is about",
        ),
        sa.Column("before", sa.Text(), nullable=True, comment="what was"),
        sa.Column("after", sa.Text(), nullable=True, comment="what is"),
        sa.Column("evidence", sa.Text(), nullable=False, comment="quotes, URLs, versions"),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="article that moved it",
        ),
        sa.Column("url", sa.Text(), nullable=True, comment="its URL"),
        sa.Column("quote", sa.Text(), nullable=True, comment="word for word"),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when reading the pages again replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_claim_event_article_id")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.page_id"], name=op.f("fk_claim_event_page_id")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.series_id"], name=op.f("fk_claim_event_series_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_claim_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_claim_event_event_id")),
        comment="a change worth telling someone",
    )
    op.create_index(op.f("ix_claim_event_article_id"), "claim_event", ["article_id"], unique=False)
    op.create_index(
        op.f("ix_claim_event_series_id_recorded_at"),
        "claim_event",
        ["series_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "claim_state",
        sa.Column(
            "state_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "series_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="what it is about",
        ),
        sa.Column("unit", sa.Text(), nullable=False, comment="of low, point and high"),
        sa.Column("low", sa.Text(), nullable=True, comment="lower end of the consensus"),
        sa.Column(
            "point",
            sa.Text(),
            nullable=True,
            comment="consensus, JSON scalar; NULL: no supporting value",
        ),
        sa.Column("high", sa.Text(), nullable=True, comment="upper end of the consensus"),
        sa.Column("spread", sa.Text(), nullable=True, comment="high less low over the camps"),
        sa.Column("contested", sa.Boolean(), nullable=False, comment="camps of weight disagree"),
        sa.Column("observations", sa.Integer(), nullable=False, comment="live ones"),
        sa.Column("articles", sa.Integer(), nullable=False, comment="that hold them"),
        sa.Column("stories", sa.Integer(), nullable=False, comment="independent ones"),
        sa.Column("outlets", sa.Integer(), nullable=False, comment="that published them"),
        sa.Column("supporters", sa.Integer(), nullable=False, comment="stories that state a value"),
        sa.Column(
            "doubters", sa.Integer(), nullable=False, comment="stories that doubt or deny one"
        ),
        sa.Column("first_seen_at", TIME, nullable=False, comment="earliest"),
        sa.Column("last_seen_at", TIME, nullable=False, comment="latest"),
        sa.Column(
            "inputs_sha256",
            sa.Text(),
            nullable=False,
            comment="digest of the observations it was made from",
        ),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when the next state replaced it; NULL: valid",
        ),
        sa.Column(
            "revoked_at", TIME, nullable=True, comment="when reading the pages again took it back"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.page_id"], name=op.f("fk_claim_state_page_id")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.series_id"], name=op.f("fk_claim_state_series_id")
        ),
        sa.PrimaryKeyConstraint("state_id", name=op.f("pk_claim_state")),
        comment="what the press says about one series; a row only when something changed",
    )
    op.create_index(
        op.f("ix_claim_state_series_id_recorded_at"),
        "claim_state",
        ["series_id", "recorded_at"],
        unique=False,
    )
    op.create_index(
        "uq_claim_state_series_id",
        "claim_state",
        ["series_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "fetch",
        sa.Column(
            "fetch_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="run that asked",
        ),
        sa.Column(
            "url", sa.Text(), nullable=False, comment="as known to the frontier, or the source's"
        ),
        sa.Column(
            "url_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of the URL beside it"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="article, feed, sitemap or page"),
        sa.Column(
            "outcome",
            sa.Text(),
            nullable=False,
            comment="what became of it: one word, written once",
        ),
        sa.Column("detail", sa.Text(), nullable=True, comment="what went wrong, in words"),
        sa.Column("fetched_at", TIME, nullable=False, comment="when"),
        sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status; NULL: no answer"),
        sa.Column(
            "final_url",
            sa.Text(),
            nullable=True,
            comment="as answered, after redirects; NULL: the same",
        ),
        sa.Column("source", sa.Text(), nullable=True, comment="source it was fetched for"),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="what came back; NULL: nothing kept",
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.page_id"], name=op.f("fk_fetch_page_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_fetch_run_id")),
        sa.PrimaryKeyConstraint("fetch_id", name=op.f("pk_fetch")),
        sa.UniqueConstraint(
            "url_sha256", "fetched_at", "run_id", name=op.f("uq_fetch_url_sha256_fetched_at_run_id")
        ),
        comment="one URL asked for, with exactly one outcome",
    )
    op.create_index(op.f("ix_fetch_run_id"), "fetch", ["run_id"], unique=False)
    op.create_table(
        "story_member",
        sa.Column(
            "member_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("story_id", sa.Text(), nullable=False, comment="its story"),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="its article",
        ),
        sa.Column(
            "relation", sa.Text(), nullable=False, comment="first, exact, copy, excerpt, ..., none"
        ),
        sa.Column(
            "of_article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="article compared with",
        ),
        sa.Column("evidence", sa.Text(), nullable=False, comment="why, in words and figures"),
        sa.Column(
            "algorithm", sa.Text(), nullable=False, comment="version of the rules that decided"
        ),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column(
            "overridden_by", sa.Text(), nullable=True, comment="person who decided otherwise"
        ),
        sa.Column("decided_at", TIME, nullable=False, comment="when"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when a later decision replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_story_member_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["of_article_id"], ["article.article_id"], name=op.f("fk_story_member_of_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.page_id"], name=op.f("fk_story_member_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.story_id"], name=op.f("fk_story_member_story_id")
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_story_member")),
        comment="which story an article belongs to, and why",
    )
    op.create_index(
        op.f("ix_story_member_of_article_id"), "story_member", ["of_article_id"], unique=False
    )
    op.create_index(op.f("ix_story_member_story_id"), "story_member", ["story_id"], unique=False)
    op.create_index(
        "uq_story_member_article_id",
        "story_member",
        ["article_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "version",
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="its article",
        ),
        sa.Column("seq", sa.Integer(), nullable=False, comment="1, 2, ... within the article"),
        sa.Column("headline", sa.Text(), nullable=True, comment="part of the text"),
        sa.Column("text", sa.Text(), nullable=False, comment="headline, blank line, body"),
        sa.Column("body_start", sa.Integer(), nullable=False, comment="characters before the body"),
        sa.Column("text_sha256", sa.Text(), nullable=False, comment="digest of the text, in hex"),
        sa.Column(
            "notice", sa.Text(), nullable=True, comment="correction or update notice, word for word"
        ),
        sa.Column(
            "cleaner_version", sa.Text(), nullable=False, comment="rules that cleaned the page"
        ),
        sa.Column(
            "extractor_version",
            sa.Text(),
            nullable=False,
            comment="rules that read its claims last; empty: none yet",
        ),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it was read from",
        ),
        sa.Column("fetched_at", TIME, nullable=False, comment="when that page was fetched"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when reading the page again replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_version_article_id")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.page_id"], name=op.f("fk_version_page_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version")),
        comment="one distinct text of an article; never deleted",
    )
    op.create_index(
        op.f("ix_version_article_id_seq"), "version", ["article_id", "seq"], unique=False
    )
    op.create_index(op.f("ix_version_page_id"), "version", ["page_id"], unique=False)
    op.create_table(
        "claim_camp",
        sa.Column(
            "state_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="its state",
        ),
        sa.Column("rank", sa.Integer(), nullable=False, comment="1 for the heaviest, 2, ..."),
        sa.Column(
            "camp",
            sa.Text(),
            nullable=False,
            comment="its value as text: the same camp in every state",
        ),
        sa.Column("value", sa.Text(), nullable=False, comment="JSON scalar"),
        sa.Column("low", sa.Text(), nullable=True, comment="lower end"),
        sa.Column("high", sa.Text(), nullable=True, comment="upper end"),
        sa.Column("weight", sa.Float(), nullable=False, comment="one vote a story"),
        sa.Column("articles", sa.Integer(), nullable=False, comment="in it"),
        sa.Column("stories", sa.Integer(), nullable=False, comment="in it"),
        sa.Column("outlets", sa.Text(), nullable=False, comment="the leading ones, a list"),
        sa.Column("first_seen_at", TIME, nullable=False, comment="earliest"),
        sa.Column("last_seen_at", TIME, nullable=False, comment="latest"),
        sa.ForeignKeyConstraint(
            ["state_id"], ["claim_state.state_id"], name=op.f("fk_claim_camp_state_id")
        ),
        sa.PrimaryKeyConstraint("state_id", "rank", name=op.f("pk_claim_camp")),
        comment="stories that agree on a value",
    )
    op.create_table(
        "observation",
        sa.Column(
            "observation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="version that says it",
        ),
        sa.Column(
            "series_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="what it counts for",
        ),
        sa.Column("claim", sa.Text(), nullable=False, comment="key of the claim"),
        sa.Column("qualifiers", sa.Text(), nullable=False, comment="as stated"),
        sa.Column("value", sa.Text(), nullable=True, comment="JSON scalar; NULL: a range"),
        sa.Column("low", sa.Text(), nullable=True, comment="lower end; NULL: open, or no number"),
        sa.Column("high", sa.Text(), nullable=True, comment="upper end; NULL: open, or no number"),
        sa.Column(
            "bound",
            sa.Text(),
            nullable=False,
            comment="eq, approx, near, gt, ge, lt, le, upto, range",
        ),
        sa.Column("unit", sa.Text(), nullable=False, comment="ISO 4217 for money, else a word"),
        sa.Column("significant_digits", sa.Integer(), nullable=True, comment="digits stated"),
        sa.Column(
            "about_start",
            sa.Text(),
            nullable=True,
            comment="time of the fact, ISO date; NULL: not stated",
        ),
        sa.Column("about_end", sa.Text(), nullable=True, comment="its end"),
        sa.Column(
            "modality",
            sa.Text(),
            nullable=False,
            comment="asserted, attributed, hedged, predicted, doubted, denied",
        ),
        sa.Column(
            "speaker", sa.Text(), nullable=True, comment="who says it; NULL: the outlet itself"
        ),
        sa.Column("quote", sa.Text(), nullable=False, comment="word for word"),
        sa.Column(
            "char_start",
            sa.Integer(),
            nullable=False,
            comment="characters of the version's text before the quote",
        ),
        sa.Column("char_end", sa.Integer(), nullable=False, comment="characters up to its end"),
        sa.Column(
            "alternates",
            sa.Text(),
            nullable=False,
            comment="the same amount in other currencies, a list",
        ),
        sa.Column(
            "flags", sa.Text(), nullable=False, comment="suspect, repaired, converted, ..., a list"
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="0 to 1"),
        sa.Column("published_at", TIME, nullable=True, comment="when the press said it, as judged"),
        sa.Column("extractor_version", sa.Text(), nullable=False, comment="rules that read it"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when reading the text again replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.series_id"], name=op.f("fk_observation_series_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.version_id"], name=op.f("fk_observation_version_id")
        ),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_observation")),
        comment="what one version says about one claim at one place",
    )
    op.create_index(
        "ix_observation_series_id",
        "observation",
        ["series_id"],
        unique=False,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(op.f("ix_observation_version_id"), "observation", ["version_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column(
            "reading_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="page read",
        ),
        sa.Column(
            "run_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="run that read it",
        ),
        sa.Column("outcome", sa.Text(), nullable=False, comment="what became of it: one word"),
        sa.Column("detail", sa.Text(), nullable=True, comment="the reason, in words"),
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="article found",
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="new version found",
        ),
        sa.Column(
            "extractor_version", sa.Text(), nullable=False, comment="rules that read the claims"
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when a later reading replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.article_id"], name=op.f("fk_reading_article_id")
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.page_id"], name=op.f("fk_reading_page_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.run_id"], name=op.f("fk_reading_run_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.version_id"], name=op.f("fk_reading_version_id")
        ),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_reading")),
        comment="what the process half made of one page",
    )
    op.create_index(op.f("ix_reading_article_id"), "reading", ["article_id"], unique=False)
    op.create_index(
        "uq_reading_page_id",
        "reading",
        ["page_id"],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "version_span",
        sa.Column(
            "span_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column(
            "version_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="its version",
        ),
        sa.Column("live_from", TIME, nullable=False, comment="the press said so from then"),
        sa.Column("live_to", TIME, nullable=True, comment="until then; NULL: still"),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column("end_recorded_at", TIME, nullable=True, comment="when the monitor knew the end"),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column(
            "end_page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when reading the pages again replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["end_page_id"], ["page.page_id"], name=op.f("fk_version_span_end_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.page_id"], name=op.f("fk_version_span_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.version_id"], name=op.f("fk_version_span_version_id")
        ),
        sa.PrimaryKeyConstraint("span_id", name=op.f("pk_version_span")),
        comment="when a version could be read on the outlet's site; both kinds of time",
    )
    op.create_index(
        op.f("ix_version_span_version_id"), "version_span", ["version_id"], unique=False
    )
    op.create_table(
        "observation_link",
        sa.Column(
            "link_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="number given by the database",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="same, edited, moved, added, removed"),
        sa.Column(
            "before_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="in the older version",
        ),
        sa.Column(
            "after_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="in the newer version",
        ),
        sa.Column(
            "page_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="page it follows from; NULL: from none, such as reading stored texts again",
        ),
        sa.Column("recorded_at", TIME, nullable=False, comment="when the monitor knew it"),
        sa.Column(
            "superseded_at",
            TIME,
            nullable=True,
            comment="when reading the pages again replaced it; NULL: valid",
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["observation.observation_id"], name=op.f("fk_observation_link_after_id")
        ),
        sa.ForeignKeyConstraint(
            ["before_id"],
            ["observation.observation_id"],
            name=op.f("fk_observation_link_before_id"),
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["page.page_id"], name=op.f("fk_observation_link_page_id")
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_observation_link")),
        comment="how an observation lives on in the next version of its article",
    )
    op.create_index(
        op.f("ix_observation_link_after_id"), "observation_link", ["after_id"], unique=False
    )
    op.create_index(
        op.f("ix_observation_link_before_id"), "observation_link", ["before_id"], unique=False
    )

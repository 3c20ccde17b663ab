"""A database is made, migrated, refused or named as missing; never harmed."""

import sqlite3
import textwrap
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from monitor.errors import ConfigError, DatabaseBusy, DatabaseMissing, SchemaTooNew, UsageError
from storage import migrate, schema, search, views
from storage.columns import iso
from storage.engine import Database, parse_url
from storage.forgetting import Order
from storage.opening import prepare
from storage.revise import revise
from storage.store import Store
from storage.views import VIEWS

from .samples import LOSS, T0, URL, outcome, stored_page

# A later version of the schema: it rebuilds a table that others refer to, beneath the views.
NEXT = f"{int(schema.REVISION) + 1:04}"
LATER = f'''
    """Widen."""
    import sqlalchemy as sa
    from alembic import op

    revision = "{NEXT}"
    down_revision = "{schema.REVISION}"
    branch_labels = None
    depends_on = None

    def upgrade():
        with op.batch_alter_table("article", recreate="auto") as table:
            table.alter_column("outlet", type_=sa.Text(), nullable=True, existing_nullable=False)
            table.add_column(sa.Column("rank", sa.Integer(), nullable=True))
'''


FIRST_SOURCE = """
    INSERT INTO source (name, outlet, url, kind, definition_hash, failures, recorded_at)
    VALUES ('Example', 'Example News', 'https://news.example/feed', 'feed', 'h', 0, :at)
"""


def is_ours(name: str, kind: str, _parents: object) -> bool:
    return kind != "table" or not name.startswith(search.NAME)


def database(url: str) -> Database:
    return Database(parse_url(url), 5)


def test_migrations_make_exactly_the_schema(store: Store, url: str) -> None:
    opened = database(url)
    with opened.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": is_ours}
        )
        assert compare_metadata(context, schema.metadata) == []
    opened.close()


def test_migration_keeps_every_row_and_view(store: Store, url: str, tmp_path: Path) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.save(outcome(stored_page(store, run_id)), run_id, T0)
    before = {view.name: list(store.view(view.name)) for view in VIEWS}
    later = tmp_path / "later"
    later.mkdir()
    (later / f"{NEXT}_later.py").write_text(textwrap.dedent(LATER))
    opened = database(url)
    kept = migrate.upgrade(opened, [later])
    columns = {item["name"] for item in sa.inspect(opened.engine).get_columns("article")}
    assert "rank" in columns
    opened.close()
    assert {view.name: list(store.view(view.name)) for view in VIEWS} == before
    assert store.check() == []
    if opened.is_sqlite:
        assert kept is not None
        with closing(sqlite3.connect(kept)) as backup:
            assert backup.execute("SELECT url FROM v1_articles").fetchall() == [(URL,)]
            assert backup.execute("SELECT version_num FROM alembic_version").fetchone() == (
                schema.REVISION,
            )
    # What the later version wrote is refused by this one.
    with pytest.raises(SchemaTooNew, match=rf"{NEXT}.*newer than this program"):
        Store.open(url)
    with pytest.raises(SchemaTooNew):
        Store.open(url, create=False)


def test_rows_of_the_first_schema_are_migrated(url: str, tmp_path: Path) -> None:
    opened = database(url)
    prepare(opened, create=True)  # the database itself; its schema is taken back to the first
    with opened.engine.connect() as connection:
        connection = connection.execution_options(
            begin="BEGIN IMMEDIATE" if opened.is_sqlite else "BEGIN"
        )
        with connection.begin():
            views.drop(connection)
            schema.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
            config = migrate.configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            connection.execute(sa.text(FIRST_SOURCE), {"at": iso(T0) if opened.is_sqlite else T0})
    migrate.upgrade(opened)
    opened.close()
    with Store.open(url) as store:
        [state] = store.sources()
        assert (state.name, state.since_full, state.habits) == ("Example", 0, {})
        assert store.alerts() == ()


def test_failed_migration_changes_nothing(store: Store, url: str, tmp_path: Path) -> None:
    run_id = store.begin_run("crawl", T0, {})
    store.save(outcome(stored_page(store, run_id)), run_id, T0)
    later = tmp_path / "later"
    later.mkdir()
    broken = textwrap.dedent(LATER) + "    op.execute('SELECT no_such_column FROM article')\n"
    (later / f"{NEXT}_later.py").write_text(broken)
    opened = database(url)
    with pytest.raises(sa.exc.DBAPIError):
        migrate.upgrade(opened, [later])
    assert "rank" not in {item["name"] for item in sa.inspect(opened.engine).get_columns("article")}
    opened.close()
    with Store.open(url) as again:
        assert [row["url"] for row in again.view("v1_articles")] == [URL]
        assert again.schema_version() == schema.REVISION


def test_draft_of_a_migration_has_the_next_number(tmp_path: Path) -> None:
    path = revise("Add a note", tmp_path)
    assert path is not None
    assert path.name == f"{NEXT}_add_a_note.py"
    draft = path.read_text()
    assert f"down_revision = '{schema.REVISION}'" in draft
    assert "def upgrade() -> None:\n    # ###" in draft
    assert "    pass\n" in draft  # the schema is what the migrations make


def test_revision_of_the_code_is_the_newest_migration() -> None:
    assert migrate.head() == schema.REVISION


def test_reading_a_missing_database_names_the_command(url: str) -> None:
    assert not Store.exists(url)
    with pytest.raises(DatabaseMissing, match="monitor init"):
        Store.open(url, create=False)
    Store.open(url).close()
    assert Store.exists(url)


def test_reading_command_leaves_an_older_schema_alone(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.opening.REVISION", NEXT)
    with pytest.raises(
        UsageError, match=rf"older schema \({schema.REVISION}\); run `monitor db upgrade`"
    ):
        Store.open(url, create=False)


def test_database_of_another_program_is_not_ours(store: Store, url: str) -> None:
    opened = database(url)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    opened.close()
    with pytest.raises(DatabaseMissing, match="no tables of this program"):
        Store.open(url, create=False)


def test_unreadable_database_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text(
        "this is no database, but long enough to be read as one\n" * 99
    )
    with pytest.raises(ConfigError, match="not usable as a database"):
        Store.open(f"sqlite:///{tmp_path}/text.db")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="folder cannot be made"):
        Store.open(f"sqlite:///{tmp_path}/file/monitor.db")


@pytest.mark.parametrize(
    "text", ["", "nonsense", "mysql://host/db", "sqlite://", "postgresql://host"]
)
def test_other_urls_are_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ConfigError, match="allowed are sqlite:///"):
        Store.open(text)


def test_locked_database_is_busy_after_the_timeout(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    Store.open(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path, isolation_level=None)) as foreign:
        foreign.execute("BEGIN EXCLUSIVE")
        with Store.open(f"sqlite:///{path}", timeout_s=0.1) as store:
            with pytest.raises(DatabaseBusy, match="locked"):
                store.begin_run("crawl", T0, {})
            foreign.execute("ROLLBACK")
            assert store.begin_run("crawl", T0, {}) == 1


def test_unreachable_server_is_busy_after_the_timeout() -> None:
    with pytest.raises(DatabaseBusy, match="not usable within"):
        Store.open("postgresql://user:secret@127.0.0.1:1/monitor", timeout_s=0.1)


def test_password_is_never_shown() -> None:
    with pytest.raises(DatabaseBusy) as caught:
        Store.open("postgresql://user:secret@127.0.0.1:1/monitor", timeout_s=0.1)
    assert "secret" not in str(caught.value)


def test_database_is_made_by_many_at_once(url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store.open(url), range(4)))
    assert {store.schema_version() for store in stores} == {schema.REVISION}
    for store in stores:
        store.close()


def test_backup_is_a_database_of_its_own(store: Store, url: str, tmp_path: Path) -> None:
    store.begin_run("crawl", T0, {})
    if url.startswith("postgresql"):
        with pytest.raises(UsageError, match="pg_dump"):
            store.backup(tmp_path / "copy.db")
        return
    store.backup(tmp_path / "copy.db")
    with Store.open(f"sqlite:///{tmp_path}/copy.db", create=False) as copy:
        assert len(copy.runs(10)) == 1


def test_every_column_is_described_in_the_database_too(store: Store, url: str) -> None:
    for table in schema.metadata.sorted_tables:
        assert table.comment
        assert all(column.comment for column in table.columns), table.name
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            query = "SELECT col_description('article'::regclass, 1)"
            assert connection.execute(query).fetchone() == ("number given by the database",)


# What a database of the first release may hold; newer columns are filled from it.
FIRST_ROWS = """
INSERT INTO article (article_id, url, url_sha256, outlet, authors, facts, state, gone_count,
    first_seen_at, last_seen_at, last_changed_at)
VALUES (1, 'https://a.example/', {bytes}, 'Daily', '[]', '{{}}', 'live', 0, {at}, {at}, {at});
INSERT INTO version (version_id, article_id, seq, text, body_start, text_sha256, cleaner_version,
    extractor_version, fetched_at, recorded_at)
VALUES (1, 1, 1, 'Nvidia lost $589 billion.', 0, 'x', '1', '1', {at}, {at});
INSERT INTO series (series_id, claim, qualifiers, series_sha256)
VALUES (1, 'nvidia.market_cap_loss', '{{}}', {bytes});
INSERT INTO observation (observation_id, version_id, series_id, claim, qualifiers, value, low, high,
    bound, unit, modality, quote, char_start, char_end, alternates, flags, confidence,
    extractor_version, recorded_at)
VALUES (1, 1, 1, 'nvidia.market_cap_loss', '{{}}', '589000000000', '589000000000', '589000000000',
    'eq', 'USD', 'asserted', '$589 billion', 12, 24, '[]', '[]', 1, '1', {at});
INSERT INTO page (page_id, url, url_sha256, asked_url, status, headers, fetched_at)
VALUES (1, 'https://a.example/', {bytes}, 'https://a.example/', 200, '{{}}', {at});
INSERT INTO reading (reading_id, page_id, outcome, extractor_version, recorded_at, superseded_at)
VALUES (1, 1, 'stored', '1', {at}, {at}), (2, 1, 'stored', '1', {at}, NULL);
INSERT INTO claim_event (seq, event_id, kind, series_id, evidence, page_id, recorded_at)
VALUES (1, 'e1', 'first_seen', 1, '{{}}', 1, {at}), (2, 'e2', 'contested', 1, '{{}}', NULL, {at})
"""
# Of a later one.
OLD_COUNT = """
INSERT INTO series_count (series_id, counted, rules, inputs_sha256)
VALUES (1, '{"format":3}', 'x', 'x')
"""


def test_rows_of_the_first_release_are_kept(url: str, request: pytest.FixtureRequest) -> None:
    from alembic import command

    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
    else:
        with psycopg.connect(request.getfixturevalue("postgres"), autocommit=True) as server:
            server.execute(f"CREATE DATABASE {parse_url(url).database}")
    opened = database(url)
    config = migrate.configuration()
    forms = {"bytes": "x'00'", "at": "'2025-01-27T21:00:00.000000Z'"}
    if not opened.is_sqlite:
        forms["bytes"] = "'\\x00'::bytea"
    with opened.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in FIRST_ROWS.format(**forms).split(";"):
            connection.exec_driver_sql(statement)
        command.upgrade(config, "0009")
        connection.exec_driver_sql(OLD_COUNT)
    opened.close()
    with Store.open(url) as migrated:
        with (
            psycopg.connect(url)
            if url.startswith("postgres")
            else sqlite3.connect(url.removeprefix("sqlite:///")) as connection
        ):
            counts = "SELECT count(*) FROM series_count"
            assert connection.execute(counts).fetchone() == (0,), "in another form: counted again"
        (row,) = migrated.view("v1_observations")
        assert row["quote"] == "$589 billion"
        (said,) = migrated.sightings("nvidia.market_cap_loss").get(LOSS, ()) or (None,)
        assert [row["cursor"] for row in migrated.view("v1_events", order_by="cursor")] == [1, 2]
        assert said is None  # no span says that the version was live
        assert migrated.uncounted({}) == (LOSS,)
        assert migrated.forgotten([URL]) == ()
        migrated.forget(Order(URL, migrated.begin_run("forget", T0, {}), T0))
        assert [stone.url for stone in migrated.forgotten([URL])] == [URL]
        assert migrated.schema_version() == schema.REVISION

"""Commands that look after the database: upgrade, check, backup, prune, forget."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from monitor import clock, log, settings
from monitor.cli.setup import masked
from monitor.cli.show import clean, counted
from monitor.errors import UsageError


def upgrade(_options: Namespace) -> int:
    """``monitor db upgrade``: create the database or bring it to this version's schema."""
    from storage.configured import open_store

    log.set_up()
    url = settings.load().settings.database_url
    with open_store(settings.load().settings) as store:
        print(f"schema {store.schema_version()} at {masked('database_url', url)}")
    return 0


def check(options: Namespace) -> int:
    """``monitor db check``: 1 when a promise of docs/database.md does not hold."""
    from monitor.rereading import miscounted
    from monitor.rulebook import prepare
    from storage.configured import open_store

    configuration = settings.load()
    rules = prepare(configuration.texts())
    with open_store(configuration.settings, create=False) as store:
        problems = [*store.check(), *miscounted(store, rules)]
    if options.json:
        print(json.dumps({"ok": not problems, "problems": list(problems)}))
    else:
        print("\n".join(map(clean, problems)) or "ok: every promise holds")
    return 1 if problems else 0


def backup(options: Namespace) -> int:
    """``monitor db backup``: a consistent copy of an SQLite database, taken while in use."""
    from storage.configured import open_store

    url = settings.load().settings.database_url
    if not url.startswith("sqlite:///"):
        raise UsageError("db backup copies SQLite files; for PostgreSQL use pg_dump")
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    source = Path(url.removeprefix("sqlite:///"))
    target = Path(options.file or source.with_name(f"{source.stem}-{stamp}.db"))
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent}: no such folder")
    if target.exists():
        raise UsageError(f"{target} exists; name another file")
    with open_store(settings.load().settings, create=False) as store:
        store.backup(target)
    print(target)
    print(f"{target.stat().st_size:,} bytes", file=sys.stderr)
    return 0


def prune(options: Namespace) -> int:
    """``monitor db prune``: pages past the time they are kept lose their bytes."""
    from monitor.upkeep import prune_once

    log.set_up(options.volume)
    configuration = settings.load()
    days = options.days or configuration.settings.retention.page_days
    pruned = prune_once(configuration, days)
    if options.json:
        print(json.dumps({"days": days, "pages": pruned.pages, "bytes": pruned.bytes}))
        return 0
    pages = counted(pruned.pages, "page")
    print(f"{pages} older than {days} days let go of {pruned.bytes:,} bytes")
    return 0


def forget(options: Namespace) -> int:
    """``monitor forget URL``: what a publisher wants removed goes for good."""
    from monitor.upkeep import forget_once

    log.set_up(options.volume)
    gone = forget_once(settings.load(), options.url, options.reason)
    if options.json:
        counts = {"versions": gone.versions, "observations": gone.observations}
        print(json.dumps({"urls": gone.urls, **counts, "pages": gone.pages}))
        return 0
    removed = (
        counted(gone.versions, "version"),
        counted(gone.observations, "observation"),
        f"bodies of {counted(gone.pages, 'page')}",
    )
    print(f"removed {', '.join(removed)}; never fetched again:")
    print("\n".join(clean(f"  {url}") for url in gone.urls))
    print("Backups and exports made before still hold it.", file=sys.stderr)
    return 0

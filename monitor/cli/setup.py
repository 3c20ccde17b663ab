"""Commands that set up and look after an installation."""

import json
import platform
import shlex
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor import settings
from monitor.errors import ConfigError, DatabaseMissing, MonitorError, UsageError
from monitor.rules.settings import Settings
from monitor.urls import without_password

OLDEST_SQLITE = (3, 35)  # RETURNING
ENOUGH_DISK_MB = 500


def init(options: Namespace) -> int:
    """``monitor init``: the shipped configuration to edit, and an empty database."""
    from storage.store import Store

    folder = Path(options.folder)
    target = folder / "config"
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{target}: {error.strerror}") from error
    for file in sorted(settings.shipped_folder().glob("*.toml")):
        if (target / file.name).exists():
            print(f"kept   {target / file.name}")
        else:
            shutil.copyfile(file, target / file.name)
            print(f"wrote  {target / file.name}")
    url = settings.load(target).settings.database_url
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        url = f"sqlite:///{folder / url.removeprefix('sqlite:///')}"
    Store.open(url).close()
    print(f"ready  {url}")
    is_here = folder.resolve() == Path.cwd().resolve()
    go = "" if is_here else f"`cd {shlex.quote(str(folder))}` and "
    print(f"Next: edit contact_url in {target / 'settings.toml'}, then {go}`monitor crawl`.")
    return 0


def show_config(options: Namespace) -> int:
    """``monitor config show``: every setting, its value and where it comes from."""
    configuration = settings.load()
    values = dict(_flat(configuration.settings.model_dump(mode="json")))
    if options.json:
        answer = {
            key: {"value": value, "from": configuration.origins.get(key, "default")}
            for key, value in values.items()
        }
        print(json.dumps({"folder": str(configuration.folder), "settings": answer}, indent=2))
        return 0
    print(f"configuration folder: {configuration.folder.resolve()}")
    for key, value in values.items():
        origin = configuration.origins.get(key, "default")
        print(f"{key:28} {masked(key, value)!s:44} {origin}")
    return 0


def _flat(data: dict[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, masked(key, value)


def masked(key: str, value: object) -> object:
    """A database URL without its password; other values as they are."""
    return without_password(str(value)) if key == "database_url" else value


@dataclass(frozen=True, slots=True)
class _Check:
    name: str
    verdict: str  # ok, warning, failed
    detail: str


def doctor(options: Namespace) -> int:
    """``monitor doctor``: what works and what to do about the rest; 2 when something failed."""
    checks = list(_checks())
    if options.json:
        print(json.dumps([{n: getattr(c, n) for n in _Check.__slots__} for c in checks], indent=2))
    else:
        for check in checks:
            print(f"{check.verdict:8} {check.name:14} {check.detail}")
    return 2 if any(check.verdict == "failed" for check in checks) else 0


def _checks() -> Iterator[_Check]:
    yield _Check("python", "ok", platform.python_version())
    version = sqlite3.sqlite_version_info
    verdict = "ok" if version >= OLDEST_SQLITE else "failed"
    yield _Check("sqlite", verdict, sqlite3.sqlite_version)
    try:
        configuration = settings.load()
    except ConfigError as error:
        yield _Check("configuration", "failed", str(error))
        return
    yield _Check("configuration", "ok", str(configuration.folder.resolve()))
    yield from _rule_checks(configuration)
    yield from _database_checks(configuration.settings)
    free = shutil.disk_usage(Path.cwd()).free // 2**20
    yield _Check("disk", "ok" if free > ENOUGH_DISK_MB else "warning", f"{free:,} MB free")


def _rule_checks(configuration: settings.Configuration) -> Iterator[_Check]:
    from monitor.rulebook import prepare
    from monitor.rules.settings import PLACEHOLDER_CONTACT

    try:
        rules = prepare(configuration.texts())
        detail = f"{len(rules.definitions)} claims, {len(rules.sources)} sources"
        yield _Check("rules", "ok", detail)
    except ConfigError as error:
        yield _Check("rules", "failed", str(error))
    if configuration.settings.contact_url == PLACEHOLDER_CONTACT:
        where = configuration.folder / "settings.toml"
        detail = f"still the placeholder; edit contact_url in {where} before crawling sources"
        yield _Check("contact", "warning", detail)


def _database_checks(chosen: Settings) -> Iterator[_Check]:
    from storage.configured import open_store

    try:
        with open_store(chosen, create=False) as store:
            problems = store.check()
        where = str(masked("database_url", chosen.database_url))
        yield _Check("database", "failed" if problems else "ok", "; ".join(problems) or where)
    except DatabaseMissing as error:
        yield _Check("database", "warning", str(error))
    except MonitorError as error:
        yield _Check("database", "failed", str(error))

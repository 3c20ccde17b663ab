"""Three days of the bundled newsroom, crawled as live sources are."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.demo.newsroom import DAYS, FIRST_DAY, Newsroom, load
from monitor.demo.server import Presses
from monitor.jobs import Request
from monitor.runs import Report, crawl_once
from monitor.settings import Configuration

# Each day is looked at in its last minutes, when all of it is out.
LATE = timedelta(hours=23, minutes=50)


def replay(configuration: Configuration, database: Path) -> Iterator[tuple[datetime, Report]]:
    """Crawl each day of the newsroom into a fresh database; the time and the report of each."""
    for file in (database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))):
        file.unlink(missing_ok=True)
    newsroom = load()
    with Presses(newsroom) as presses:
        settings = configuration.settings.model_copy(
            update={
                "database_url": f"sqlite:///{database}",
                "allow_private": presses.hosts,
                "download_delay": None,
            }
        )
        configuration = replace(configuration, settings=settings)
        texts = configuration.texts() | {"sources.toml": sources(newsroom, presses)}
        for day in range(1, DAYS + 1):
            presses.day = day
            at = FIRST_DAY + timedelta(days=day - 1) + LATE
            request = Request(sources=tuple(o.key for o in newsroom.outlets), is_recheck=True)
            yield at, crawl_once(configuration, request, partial(_same, at), texts)


def _same(moment: datetime) -> datetime:
    return moment


def sources(newsroom: Newsroom, presses: Presses) -> str:
    """The newsroom's outlets as a sources.toml."""
    entries = []
    for outlet, feed, host in zip(newsroom.outlets, presses.feeds, presses.hosts, strict=True):
        fields = {
            "name": outlet.key,
            "outlet": outlet.name,
            "site": host,
            "country": "US",
            "language": "en",
            "kind": "feed",
            "url": feed,
            "documented": feed,
        }
        lines = [f"{key} = {json.dumps(value)}" for key, value in fields.items()]
        entries.append("\n".join(["[[source]]", *lines, "topic_filter = false"]))
    return "\n\n".join(entries)

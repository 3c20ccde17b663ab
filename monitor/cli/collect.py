"""Commands that run the two halves: crawl, process, reprocess."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from monitor import log, settings
from monitor.cli.inputs import time_of
from monitor.cli.show import clean, counted
from monitor.errors import MonitorError, UsageError
from monitor.jobs import Request
from monitor.rules.base import parse
from monitor.rules.sources import Sources
from monitor.runs import CRASHED, Report, crawl_once, process_once, reread_once
from monitor.urls import PLACE_OF_QUERY, absolute, filled


def crawl(options: Namespace) -> int:
    """``monitor crawl``: 0 when every source answered, 3 when some failed, 4 when all did."""
    log.set_up(options.volume)
    configuration = settings.load()
    request = Request(
        sources=tuple(options.source),
        feeds=_filled(options.feed, configuration),
        urls=tuple(_address("--url", url) for url in options.url),
        is_recheck=options.recheck,
        max_time=options.max_time or configuration.settings.crawl.max_time or None,
    )
    report = crawl_once(configuration, request)
    if options.json:
        print(json.dumps(report.as_json()))
    else:
        _print(report)
    if report.outcome == CRASHED:
        raise MonitorError("the crawl process died; what it had fetched is kept, see above for why")
    failed, ok = len(report.failed), len(report.ok)
    return 0 if not failed else 3 if ok else 4


def _address(option: str, url: str) -> str:
    """Raises UsageError where nothing can be at ``url``."""
    if absolute(url) is None:
        expected = "must be an http or https address, as https://a.example/b"
        raise UsageError(f"{option} {url!r}: {expected}")
    return url


def _filled(feeds: Sequence[str], configuration: settings.Configuration) -> tuple[str, ...]:
    """Search feeds with the topic's query.

    Raises UsageError where the topic has none, or nothing can be at an address.
    """
    for feed in feeds:
        _address("--feed", feed)
    if not any(PLACE_OF_QUERY in feed for feed in feeds):
        return tuple(feeds)
    topic = parse(Sources, configuration.text("sources.toml"), "sources.toml").topic
    try:
        return tuple(filled(feed, topic.query) for feed in feeds)
    except ValueError as error:
        raise UsageError(f"{error}; set `query` under [topic] in sources.toml") from error


def _print(report: Report) -> None:
    for failure in report.failed:
        detail = f" ({failure['detail']})" if failure["detail"] else ""
        print(f"failed  {failure['source']}: {failure['outcome']}{detail}", file=sys.stderr)
    asked = f": {counted(report.fetched, 'URL')} asked for" if report.fetched else ""
    print(f"run {report.run_id} {report.outcome}{asked}")
    if report.outcomes:
        print("  " + ", ".join(f"{n} {fate}" for fate, n in sorted(report.outcomes.items())))
    if report.read:
        again = (counted(n, noun.removesuffix("s")) for noun, n in report.read.items())
        print(f"  read again: {', '.join(again)}; what they still say stays as it was")
    for title, found in (("new", report.new), ("taken back, or replaced", report.taken_back)):
        if found:
            print(f"  {title}: " + ", ".join(f"{n} {name}" for name, n in found.items()))
    if report.new["events"]:
        print("  `monitor status` shows what moved, `monitor claims list` what is tracked")


def process(options: Namespace) -> int:
    """``monitor process``: pages that were fetched and not read yet."""
    log.set_up(options.volume)
    _told(process_once(settings.load()), options)
    return 0


def reprocess(options: Namespace) -> int:
    """``monitor reprocess``: stored pages, or only their texts, by today's rules."""
    log.set_up(options.volume)
    since = time_of(options.since, "--since")
    _told(reread_once(settings.load(), since=since, is_claims_only=options.claims_only), options)
    return 0


def import_pages(options: Namespace) -> int:
    """``monitor import``: 0 when every file could be read, 3 when some could not, 4 when none."""
    from monitor.importing import Saved, import_once

    log.set_up(options.volume)
    at = time_of(options.fetched_at, "--fetched-at")
    saved = Saved(tuple(map(Path, options.paths)), options.url, at)
    imported = import_once(settings.load(), saved)
    for held in imported.broken:
        print(clean(f"failed  {held.place}: {held.outcome} ({held.detail})"), file=sys.stderr)
    if options.json:
        broken = [
            {"place": held.place, "outcome": held.outcome, "detail": held.detail}
            for held in imported.broken
        ]
        found = {"files": imported.files, "pages": imported.pages, "skipped": imported.skipped}
        print(json.dumps(imported.report.as_json() | found | {"failed": broken}))
    else:
        pages, files = counted(imported.pages, "page"), counted(imported.files, "file")
        print(f"{pages} from {files}")
        if imported.skipped:
            words = sorted(imported.skipped.items())
            print("  skipped: " + ", ".join(f"{n} {word}" for word, n in words))
        _print(imported.report)
    return 0 if not imported.broken else 3 if imported.pages else 4


def _told(report: Report, options: Namespace) -> None:
    if options.json:
        print(json.dumps(report.as_json()))
    else:
        _print(report)


def daemon(options: Namespace) -> int:
    """``monitor daemon``: until it is stopped; 5 beside a live one."""
    from monitor.daemon import run

    log.set_up(options.volume)
    run()
    return 0

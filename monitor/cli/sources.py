"""Commands about sources: which there are, and whether one works."""

import json
import re
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from monitor import clock, log, settings
from monitor.cli.show import clean, table
from monitor.errors import ConfigError
from monitor.jobs import Request, configured
from monitor.rules.sources import Source
from monitor.runs import Report, crawl_once
from storage.store import Store

SAMPLES = 3  # articles fetched and read of each source under test


def list_sources(options: Namespace) -> int:
    """``monitor source list``: the configured sources."""
    sources = configured(settings.load().texts())
    fields = ("name", "outlet", "country", "language", "kind", "checked", "url")
    rows = [{field: str(getattr(one, field)) for field in fields} for one in sources]
    if options.json:
        print(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        print(table([fields, *([row[field] for field in fields] for row in rows)], indent=""))
    return 0


def test(options: Namespace) -> int:
    """``monitor source test``: poll, read a few articles, keep nothing; then fill in `checked`."""
    log.set_up(options.volume)
    configuration = settings.load()
    sources = configured(configuration.texts())
    request = _request(options, sources)
    with tempfile.TemporaryDirectory(prefix="monitor-test-") as folder:
        url = f"sqlite:///{folder}/test.db"
        report = crawl_once(_small(configuration, url), request, texts=_untopical(configuration))
        with Store.open(url, create=False) as store:
            articles = list(store.view("v1_articles"))
            polls = {str(row["source"]): row for row in store.view("v1_sources")}
    fetched_from = {str(row["url"]): row for row in articles}
    if options.json:
        print(json.dumps(report.as_json() | {"articles": articles}, ensure_ascii=False))
    else:
        _print(report, polls, fetched_from)
    if not options.url:
        _check_off(configuration.folder / "sources.toml", report.ok)
    return 0 if not report.failed else 3 if report.ok else 4


def _request(options: Namespace, sources: tuple[Source, ...]) -> Request:
    if options.all:
        return Request(sources=tuple(source.name for source in sources), rechecks=False)
    if options.url and options.url.startswith(("http://", "https://")):
        return Request(feeds=(options.url,), rechecks=False)
    if not options.url:
        raise ConfigError("name a source or a feed's URL, or say --all")
    name, options.url = options.url, None
    return Request(sources=(name,), rechecks=False)


def _small(configuration: settings.Configuration, url: str) -> settings.Configuration:
    """The same configuration, with a database of its own and a few entries a feed."""
    chosen = configuration.settings
    crawl = chosen.crawl.model_copy(
        update={"entries_per_feed": SAMPLES, "pages_per_start": SAMPLES}
    )
    return replace(
        configuration,
        settings=chosen.model_copy(update={"database_url": url, "crawl": crawl}),
    )


def _untopical(configuration: settings.Configuration) -> Mapping[str, str]:
    """The rule files without a topic: whether a source works has nothing to do with it."""
    texts = configuration.texts()
    bare = re.sub(r"(?ms)^\[topic\].*?(?=^\[\[)", "", texts["sources.toml"])
    return texts | {"sources.toml": bare}


def _print(
    report: Report, polls: Mapping[str, Mapping[str, object]], articles: Mapping[str, object]
) -> None:
    for name in report.ok:
        print(clean(f"ok      {name}: {polls[name]['reason'] if name in polls else 'answered'}"))
    for failure in report.failed:
        print(clean(f"failed  {failure['source']}: {failure['outcome']} ({failure['detail']})"))
    rows = [
        (row["outlet"], row["date_published"] or "no date", row["headline"] or "no headline")
        for row in articles.values()
        if isinstance(row, dict)
    ]
    if rows:
        print("articles read")
        print(table(rows))
    print(", ".join(f"{number} {fate}" for fate, number in sorted(report.outcomes.items())))


def _check_off(file: Path, names: tuple[str, ...]) -> None:
    """Write today's date into `checked` of these sources; everything else stays as it is."""
    today = clock.now().date().isoformat()
    parts = re.split(r"(?m)^(?=\[\[source\]\])", file.read_text(encoding="utf-8"))
    for number, part in enumerate(parts):
        named = re.search(r'(?m)^name\s*=\s*"([^"]+)"', part)
        if named is None or named[1] not in names:
            continue
        dated, count = re.subn(r"(?m)^checked\s*=.*$", f"checked = {today}", part)
        parts[number] = dated if count else f"{part.rstrip()}\nchecked = {today}\n\n"
    file.write_text("".join(parts), encoding="utf-8")

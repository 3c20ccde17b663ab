"""``monitor source test``: poll a source, read a few of its articles, keep nothing but the date."""

import json
import re
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from monitor import clock, log, settings
from monitor.cli.outputs import whole
from monitor.cli.show import clean, counted, table
from monitor.errors import UsageError
from monitor.jobs import Request, chosen, configured
from monitor.rules.sources import Source
from monitor.rules.writing import entry
from monitor.runs import Report, crawl_once
from storage.runs import Fate
from storage.store import Store

SAMPLES = 3  # articles fetched and read of each source under test
SHOWN = 160  # characters of a sample's text

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test of sources found."""

    report: Report
    fates: tuple[Fate, ...]
    articles: Mapping[str, Row]  # by URL, with the text
    reasons: Mapping[str, str]  # by source: when it would be polled again, and why


def test(options: Namespace) -> int:
    """``monitor source test``: 0 when every source answered, 3 when some failed, 4 when all did."""
    log.set_up(options.volume)
    configuration = settings.load()
    sources = configured(configuration.texts())
    request = _request(options)
    under_test = chosen(sources, request)
    trial = _try(configuration, request, under_test)
    if options.json:
        print(json.dumps(_as_json(trial), ensure_ascii=False))
    else:
        print("\n".join(_lines(trial, under_test)))
    if under_test:
        _check_off(configuration.folder / "sources.toml", trial.report.ok)
    report = trial.report
    return 0 if not report.failed else 3 if report.ok else 4


def _request(options: Namespace) -> Request:
    """Raises UsageError where nothing, or no address and no name, is given."""
    if options.all and options.url:
        raise UsageError("either a source, an address, or --all")
    if options.all:
        return Request(samples=SAMPLES, rechecks=False)
    if not options.url:
        raise UsageError("name a source or an address, or say --all")
    if "://" in options.url:
        if urlsplit(options.url).scheme.lower() not in ("http", "https"):
            raise UsageError(f"{options.url}: not an http or https address")
        return Request(homes=(options.url,), samples=SAMPLES, rechecks=False)
    return Request(sources=(options.url,), samples=SAMPLES, rechecks=False)


def _try(
    configuration: settings.Configuration, request: Request, sources: tuple[Source, ...]
) -> Trial:
    """A crawl into a database of its own, of these sources and whatever the topic is."""
    with tempfile.TemporaryDirectory(prefix="monitor-test-") as folder:
        url = f"sqlite:///{folder}/test.db"
        apart = configuration.settings.model_copy(update={"database_url": url})
        unfiltered = (
            one.model_copy(update={"topic_filter": False, "query": None}) for one in sources
        )
        texts = configuration.texts() | {"sources.toml": "\n".join(map(entry, unfiltered))}
        report = crawl_once(replace(configuration, settings=apart), request, texts=texts)
        with Store.open(url, create=False) as store:
            versions = {row["version_id"]: row for row in store.view("v1_versions")}
            articles = {
                str(row["url"]): {**versions[row["current_version_id"]], **row}
                for row in store.view("v1_articles")
                if row["current_version_id"]
            }
            return Trial(report, store.fates(report.run_id), articles, store.reasons(report.run_id))


def _as_json(trial: Trial) -> dict[str, object]:
    crawled = trial.report.crawled
    found = crawled.found if crawled else {}
    return trial.report.as_json() | {
        "found": {home: [asdict(link) for link in links] for home, links in found.items()},
        "robots": dict(crawled.robots) if crawled else {},
        "polled": dict(trial.reasons),
        "pages": [asdict(fate) for fate in trial.fates],
        "articles": list(trial.articles.values()),
    }


def _lines(trial: Trial, sources: tuple[Source, ...]) -> Iterator[str]:
    addresses = {source.name: source.url for source in sources}
    crawled = trial.report.crawled
    for home, links in (crawled.found if crawled else {}).items():
        yield clean(f"{home} names")
        yield table((link.kind, link.url, link.title or "") for link in links)
    failed = {one["source"]: one for one in trial.report.failed}
    for name in (*trial.report.ok, *failed):
        if crawled and name in crawled.found:
            continue
        yield clean(f"{'failed' if name in failed else 'ok'}  {name}")
        yield table(_told(trial, name, addresses.get(name, name), failed.get(name)))
        for fate in trial.fates:
            if fate.source == name:
                yield from map(clean, _sample(fate, trial.articles))


def _told(
    trial: Trial, name: str, url: str, failure: Mapping[str, str] | None
) -> Iterator[tuple[str, str]]:
    """What is told of each source, in words."""
    if url != name:
        yield "address", url
    if failure is not None:
        yield "outcome", f"{failure['outcome']} ({failure['detail'] or 'no detail'})"
    crawled, parts = trial.report.crawled, urlsplit(url)
    verdict = crawled.robots.get(f"{parts.scheme}://{parts.netloc}") if crawled else None
    is_refused = failure is not None and failure["outcome"] == "robots"
    allowed = "does not allow it" if is_refused else "allows it"
    yield "robots.txt", f"{allowed} ({verdict})" if verdict else "not asked for"
    if name in trial.reasons:
        yield "next poll", trial.reasons[name]


def _sample(fate: Fate, articles: Mapping[str, Row]) -> Iterator[str]:
    row = articles.get(fate.url)
    if fate.outcome != "stored" or row is None:
        yield f"    {fate.outcome}  {fate.url}" + (f" ({fate.detail})" if fate.detail else "")
        return
    text = str(row["text"])[int(str(row["body_start"])) :]
    when = row["date_published"] or "no date"
    yield f"    {when}  {counted(len(text.split()), 'word')}  {row['headline'] or 'no headline'}"
    yield f"      {' '.join(text[:SHOWN].split())}{'…' if len(text) > SHOWN else ''}"


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
    try:
        with whole(file) as written:
            written.write("".join(parts).encode())
    except UsageError as error:  # the configuration of an administrator, say
        print(f"`checked` is not filled in: {error}", file=sys.stderr)

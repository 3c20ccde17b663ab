"""The four filters: bytes or JSON lines in, JSON lines out; no database, no network."""

import functools
import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import clock, log
from monitor.cli.claims import reader_of
from monitor.cli.inputs import Input, read, time_of
from monitor.errors import UsageError
from monitor.types import Article, Feed, Membership, Page
from monitor.workers import Failure, Limits, Pool

if TYPE_CHECKING:
    from monitor.settings import Configuration

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|!--)", re.I)
_SNIFF = 2048  # bytes in which HTML must show itself


def extract(options: Namespace) -> int:
    """``monitor extract``: one article a line, whatever the page is."""
    from monitor.articles import to_json

    inputs = read(options.files, is_jsonl=options.jsonl, body_key="path")
    for item, article in _articles(inputs, options.url):
        _print({**item.id, **to_json(article)} | ({"error": item.error} if item.error else {}))
    return 0


def _articles(inputs: Iterable[Input], url: str | None) -> Iterator[tuple[Input, Article]]:
    """The articles of the pages, read in killable workers."""
    from monitor import settings

    configuration = settings.load()
    boilerplate = configuration.text("boilerplate.toml")
    prepare = functools.partial(_cleaner, boilerplate, url, clock.now())
    with Pool[Input, Article](prepare, _limits(configuration)) as pool:
        for item, result in pool.run(inputs):
            if item.error:
                result = Failure("parse_error", item.error)
            if isinstance(result, Failure):
                print(f"monitor: {item.name}: {result.detail}", file=sys.stderr)
                address = item.string("url") or url or ""
                result = Article(address, result.fate, facts={"reason": result.detail})
            yield item, result


def _cleaner(boilerplate: str, url: str | None, now: datetime) -> Callable[[Input], Article]:
    """Runs in the worker."""
    from monitor.articles import Cleaner
    from monitor.rules.base import parse
    from monitor.rules.boilerplate import Boilerplate

    log.set_up()
    cleaner = Cleaner(parse(Boilerplate, boilerplate, "boilerplate.toml"))
    return lambda item: cleaner.clean(Page(item.string("url") or url or "", item.body, now))


def _limits(configuration: "Configuration") -> Limits:
    process = configuration.settings.process
    return Limits(process.workers, process.cpu_seconds, process.memory_mb)


def parse_feeds(options: Namespace) -> int:
    """``monitor feed parse``: one feed a line."""
    from monitor.feeds import parse_feed

    for item in read(options.files, is_jsonl=options.jsonl, body_key="path"):
        if item.error:
            _print({**item.id, **_feed(Feed("parse_error")), "error": item.error})
        else:
            feed = parse_feed(item.body, item.string("url") or options.url)
            _print({**item.id, **_feed(feed)})
    return 0


def _feed(feed: Feed) -> dict[str, object]:
    entries = [
        asdict(entry) | {"published_at": _iso(entry.published_at), "authors": list(entry.authors)}
        for entry in feed.entries
    ]
    kept = {key: getattr(feed, key) for key in ("outcome", "title", "url", "kind")}
    return kept | {"entries": entries}


def group(options: Namespace) -> int:
    """``monitor stories group``: the story of each text, in order of arrival."""
    from monitor.stories import Grouper

    grouper = Grouper()
    ids: dict[str | None, object] = {None: None}
    stories: dict[str | None, object] = {}
    lines: dict[str, int] = {}  # where each id stood first
    for number, item in enumerate(read(options.files, is_jsonl=True, body_key="text"), 1):
        key = f"text {number}"  # ids may be of any JSON type, and stand twice
        name = ids[key] = stories[key] = item.fields.get("id", number)
        error, first = item.error, lines.setdefault(json.dumps(name), number)
        if first != number:  # a story named by it would be that of another text
            stories[key] = f"{name}#{number}"
            error = error or f"the id of line {first} again"
        placed = Membership(key, "none")
        if not item.error:
            placed = grouper.place(key, item.text, _published(item), item.string("url"))
        answer: dict[str, object] = {
            "id": name,
            "story": stories[placed.story_id],
            "relation": placed.relation,
            "of": ids.get(placed.of, placed.of),
            "evidence": dict(placed.evidence),
        }
        _print(answer | ({"error": error} if error else {}))
    return 0


def extract_claims(options: Namespace) -> int:
    """``monitor claims extract``: one observation a line; an input that failed has its own line."""
    from monitor import settings

    configuration = settings.load()
    reader_of(configuration)  # mistakes in the rules end the command, not each of its readers
    published_at = time_of(options.published_at, "--published-at")
    prepare = functools.partial(_observer, configuration, published_at)
    inputs = read(options.files, is_jsonl=options.jsonl, body_key="text")
    with Pool[Input, list[dict[str, object]]](prepare, _limits(configuration)) as pool:
        for item, result in pool.run(inputs):
            if item.error:
                result = Failure("parse_error", item.error)
            if isinstance(result, Failure):
                print(f"monitor: {item.name}: {result.detail}", file=sys.stderr)
                result = [{"outcome": result.fate, "error": result.detail}]
            for answer in result:
                _print({**item.id, **answer})
    return 0


def _observer(
    configuration: "Configuration", published_at: datetime | None
) -> Callable[[Input], list[dict[str, object]]]:
    """Runs in the worker."""
    from monitor.claims import to_json

    clean = _cleaner(configuration.text("boilerplate.toml"), None, clock.now())
    reader = reader_of(configuration)

    def observe(item: Input) -> list[dict[str, object]]:
        text, headline, stated = item.text, item.string("headline"), _published(item)
        if not item.fields and _HTML.match(item.body[:_SNIFF]):
            article = clean(item)
            text, headline = article.text, article.headline
            stated = time_of(article.date_published, item.name)
        found = reader.observe(text, stated or published_at, headline)
        return [to_json(observation) for observation in found]

    return observe


def _published(item: Input) -> datetime | None:
    try:
        return time_of(item.fields.get("published_at") or None, item.name)
    except UsageError as error:
        print(f"monitor: {error}; taken as absent", file=sys.stderr)
        return None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None


def _print(answer: dict[str, object]) -> None:
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate: only its escape can be written
        line = json.dumps(answer)
    sys.stdout.write(line + "\n")

"""Commands about one URL: what became of it, and how its text changed."""

import difflib
import itertools
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.cli.inputs import database
from monitor.cli.show import clean, counted, print_json
from monitor.errors import UsageError
from monitor.text.sentences import sentences
from monitor.types import FATES, Version

Row = Mapping[str, Any]


def explain(options: Namespace) -> int:
    """``monitor explain URL``: where it was found, every fetch, what became of it and why."""
    with database() as store:
        answer = store.explain(options.url)
    if answer is None:
        raise UsageError(f"{options.url}: never asked for; `monitor crawl --url` fetches it")
    if options.json:
        print_json(answer)
        return 0
    for line in _explained(answer):
        print(clean(line))
    return 0


def _explained(answer: Row) -> Iterator[str]:
    yield f"{answer['url']}"
    yield f"fate: {_meaning(answer['fate'])}"
    if grave := answer["forgotten"]:
        yield "forgotten: " + ", ".join(f"{k} {v}" for k, v in grave.items() if v is not None)
    if link := answer["link"]:
        yield from _found(link)
    for url in answer["reached_by"]:
        yield f"reached by: {url}"
    for fetch in answer["fetches"]:
        yield _visit(fetch)
    if article := answer["article"]:
        yield f"article {article['article_id']} of {article['outlet']}: {article['headline']}"
        yield f"  {counted(article['versions'], 'version')}, {article['state']}"
    if poll := answer["source"]:
        yield f"polled for {poll['source']}: {poll['new_entries']} of {poll['entries']} entries new"
        yield f"polled again: {poll['next_poll_at']} ({poll['reason']})"
    if answer["next_check_at"]:
        yield f"looked at again: {answer['next_check_at']} ({answer['reason']})"
    elif link:
        yield f"not looked at again ({answer['reason'] or _waits(link)})"


def _meaning(word: str) -> str:
    return f"{word} ({FATES[word]})" if word in FATES else word


def _found(link: Row) -> Iterator[str]:
    yield f"found: {link['found_at']}, by {link['source'] or 'hand'}, as {link['asked_url']}"
    if link["title"]:
        yield f"  announced as {link['title']!r}, of {link['published_at'] or 'no date'}"


def _visit(fetch: Row) -> str:
    words = [f"fetched: {fetch['fetched_at']} in run {fetch['run_id']}: {fetch['fate']}"]
    if fetch["why"]:
        words.append(f"({fetch['why']})")
    if fetch["status"]:
        words.append(f"status {fetch['status']}")
    if fetch["final_url"]:
        words.append(f"from {fetch['final_url']}")
    return " ".join(words)


def _waits(link: Row) -> str:
    return "waits for its turn" if link["fetched_at"] is None else "no article"


def diff(options: Namespace) -> int:
    """``monitor diff URL``: what changed from version to version, in sentences."""
    with database() as store:
        versions = list(store.article_versions(options.url))
    if not versions:
        raise UsageError(f"{options.url}: no article stored; try `monitor explain`")
    changes = [_change(*pair) for pair in itertools.pairwise(versions)]
    if options.json:
        print_json({"url": options.url, "versions": len(versions), "changes": changes})
        return 0
    print(clean(f"{options.url}: {counted(len(versions), 'version')}"))
    for change in changes:
        print(f"version {change['from']} -> {change['to']}, seen {change['fetched_at']}")
        print(clean(f"  notice: {change['notice']}") if change["notice"] else "  no notice")
        for line in change["sentences"]:
            print(clean(f"  {line[0]} {line[1:]}"))
    return 0


def _change(before: Version, after: Version) -> dict[str, Any]:
    old, new = _sentences(before.text), _sentences(after.text)
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return {
        "from": before.seq,
        "to": after.seq,
        "fetched_at": after.fetched_at.isoformat(),
        "notice": after.notice,
        "sentences": [line for line in lines if line[0] in "-+"],
    }


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]

"""Commands about one URL: what became of it, and how its text changed."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.cli.inputs import database
from monitor.cli.show import clean, counted, print_json, when
from monitor.errors import UsageError
from monitor.types import FATES
from monitor.urls import normalise

Row = Mapping[str, Any]


def explain(options: Namespace) -> int:
    """``monitor explain URL``: where it was found, every fetch, what became of it and why."""
    if normalise(options.url) is None:
        raise UsageError(f"{options.url}: not an http or https address")
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
        reason = grave["reason"] or "no reason given"
        yield f"forgotten: {when(grave['recorded_at'])} ({reason})"
    if link := answer["link"]:
        yield from _found(link)
    for url in answer["reached_by"]:
        yield f"reached by: {url}"
    for fetch in answer["fetches"]:
        yield _visit(fetch)
    if article := answer["article"]:
        headline = article["headline"] or "no headline"
        yield f"article {article['article_id']} of {article['outlet']}: {headline}"
        yield f"  {counted(article['versions'], 'version')}, {article['state']}"
    if poll := answer["source"]:
        yield f"polled for {poll['source']}: {poll['new_entries']} of {poll['entries']} entries new"
        yield f"polled again: {when(poll['next_poll_at'])} ({poll['reason']})"
    if answer["next_check_at"]:
        yield f"looked at again: {when(answer['next_check_at'])} ({answer['reason']})"
    elif link:
        yield f"not looked at again ({answer['reason'] or _waits(link)})"


def _meaning(word: str) -> str:
    return f"{word} ({FATES[word]})" if word in FATES else word


def _found(link: Row) -> Iterator[str]:
    yield f"found: {when(link['found_at'])}, by {link['source'] or 'hand'}, as {link['asked_url']}"
    if link["title"]:
        yield f"  announced as {link['title']!r}, of {when(link['published_at'] or 'no date')}"


def _visit(fetch: Row) -> str:
    words = [f"fetched: {when(fetch['fetched_at'])} in run {fetch['run_id']}: {fetch['fate']}"]
    if fetch["why"]:
        words.append(f"({fetch['why']})")
    if fetch["status"]:
        words.append(f"status {fetch['status']}")
    if fetch["final_url"]:
        words.append(f"from {fetch['final_url']}")
    return " ".join(words)


def _waits(link: Row) -> str:
    return "waits for its turn" if link["fetched_at"] is None else "no article"

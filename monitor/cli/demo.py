"""``monitor demo``: three days of the bundled newsroom, and what they add up to."""

import fcntl
import json
import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TypeGuard
from urllib.parse import urlsplit

from monitor import log, settings
from monitor.cli.show import amount, clean, counted
from monitor.errors import LeaseHeld, MonitorError
from monitor.runs import CRASHED, Report
from storage.store import Store

Row = Mapping[str, object]
DATABASE = Path("data/demo.db")
# Changes that are told in the end, in the order of telling.
TOLD = (
    "silent_edit",
    "corrected",
    "takedown",
    "withdrawn",
    "new_camp",
    "camp_overtook",
    "consensus_moved",
)


def demo(options: Namespace) -> int:
    """Replay the newsroom into data/demo.db and print consensus, dissent and changes."""
    log.set_up(options.volume or -1)
    DATABASE.parent.mkdir(exist_ok=True)
    with _alone(DATABASE.parent):
        reports = list(_replayed(options))
    with Store.open(f"sqlite:///{DATABASE}", create=False) as store:
        claims = {str(row["claim"]): str(row["title"]) for row in store.view("v1_claims")}
        states = [one for key in claims for one in store.states(key)]
        events = list(store.view("v1_events", order_by="recorded_at"))
    if options.json:
        runs = [report.as_json() for report in reports]
        print(json.dumps({"runs": runs, "states": states, "events": events}, ensure_ascii=False))
        return 0
    for line in _told(states, events, claims):
        print(clean(line))
    return 0


def _replayed(options: Namespace) -> Iterator[Report]:
    """By the shipped rules, whatever the user's are: what it is to show follows from them."""
    from monitor.demo import replay

    for at, report in replay(settings.load(settings.shipped_folder()), DATABASE):
        if report.outcome == CRASHED:
            raise MonitorError("the crawl process died; see above for why")
        if not options.json:
            new = ", ".join(f"{number} {name}" for name, number in report.new.items())
            print(f"{at:%a %d %b %Y}  {counted(report.fetched, 'URL')} asked for; new: {new}")
        yield report


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Raises LeaseHeld beside another demo in this folder, whose database it would remove."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise LeaseHeld(f"another demo is under way in {folder.resolve()}") from error
    finally:
        os.close(descriptor)


def _told(states: list[Row], events: list[Row], claims: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield "WHAT THE PRESS CLAIMS (copies of one text count as one independent story)"
    for state in sorted(states, key=_breadth):
        if state["point"] is not None:
            yield from _claim(state, claims)
    yield ""
    yield "WHAT CHANGED"
    told = sorted((one for one in events if one["kind"] in TOLD), key=_occasion)
    for (_, at, _, url), changes in groupby(told, key=_occasion):
        yield from _change(at, url, list(changes))
    yield ""
    yield "More:"
    database = f"MONITOR_DATABASE_URL=sqlite:///{DATABASE}"
    program = ".venv/bin/monitor" if Path(".venv/bin/monitor").exists() else "monitor"
    yield f"  {database} {program} claims show nvidia.market_cap_loss"
    yield f"  {database} {program} claims history deepseek.training_cost"


def _breadth(state: Row) -> tuple[int, int, str]:
    stories, articles = state["stories"], state["articles"]
    assert isinstance(stories, int)
    assert isinstance(articles, int)
    return -stories, -articles, str(state["claim"])


def _claim(state: Row, claims: Mapping[str, str]) -> Iterator[str]:
    unit, qualifiers, camps = str(state["unit"]), state["qualifiers"], state["camps"]
    assert isinstance(qualifiers, dict)
    assert isinstance(camps, list)
    words = ", ".join([*qualifiers.values(), *([str(state["period"])] if state["period"] else [])])
    title = claims[str(state["claim"])] + (f" ({words})" if words else "")
    value = amount(state["point"], unit) + (", contested" if state["contested"] else "")
    yield f"  {title}: {value} [{_sources(camps[0] if camps else state)}]"
    for camp in camps[1:]:
        if not camp["weight"]:
            continue  # outside the plausible range, or a bound that no value fits
        outlets = ", ".join(camp["outlets"])
        yield f"      others say {amount(camp['value'], unit)} [{_sources(camp)}: {outlets}]"
    doubters = state["doubters"]
    assert isinstance(doubters, int)
    if doubters:
        yield f"      doubted or denied in {counted(doubters, 'story')}"


def _sources(row: Row) -> str:
    articles, stories = row["articles"], row["stories"]
    assert isinstance(articles, int)
    assert isinstance(stories, int)
    return f"{counted(articles, 'article')}, {counted(stories, 'story')}"


def _occasion(event: Row) -> tuple[int, str, str, str]:
    """What changed in one article at one time is told together; ports differ from run to run."""
    url = str(event["url"])
    return TOLD.index(str(event["kind"])), str(event["recorded_at"]), urlsplit(url).path, url


def _change(at: str, url: str, changes: list[Row]) -> Iterator[str]:
    kind = str(changes[0]["kind"]).replace("_", " ")
    yield f"  {datetime.fromisoformat(at):%d %b %Y}  {kind}: {url}"
    for event in changes:
        quotes = [f'"{quote}"' for quote in _quotes(event)]
        yield f"      {event['claim']}: {' became '.join(quotes)}"


def _quotes(event: Row) -> Iterator[object]:
    """The words before and after; of an event that is no edit its one quote."""
    sides = [side["quote"] for side in (event["before"], event["after"]) if _is_quoted(side)]
    yield from sides or [event["quote"]]


def _is_quoted(side: object) -> TypeGuard[dict[str, object]]:
    return isinstance(side, dict) and bool(side.get("quote"))

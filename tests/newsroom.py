"""A newsroom in miniature: pages at their times in, history out, through all that lies between."""

import functools
import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.decide import read
from monitor.process import Processor, Tally, reading_pool
from monitor.rereading import record_states
from monitor.rulebook import Rules, prepare
from monitor.rules.settings import Settings
from monitor.types import Fetch, Outcome, Page
from storage.store import Store

CONFIG = Path(__file__).parent.parent / "config"
START = datetime(2025, 1, 27, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)


@functools.cache
def texts() -> dict[str, str]:
    """The shipped rule files, with no source configured: outlets are sites."""
    found = {file.name: file.read_text(encoding="utf-8") for file in CONFIG.glob("*.toml")}
    return found


@functools.cache
def rules() -> Rules:
    return prepare(texts())


def html_page(
    headline: str,
    paragraphs: Sequence[str],
    *,
    published_at: datetime | None = START,
    notice: str = "",
    extra: str = "",
) -> bytes:
    """An article page; ``extra`` is markup behind the article: advertisements, related links."""
    dated = ""
    if published_at is not None:
        when = published_at.isoformat()
        dated = f"<meta property='article:published_time' content='{when}'>"
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    notice = f"<p>{html.escape(notice)}</p>" if notice else ""
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(headline)}"
        f"</title>{dated}</head><body><article><h1>{html.escape(headline)}</h1>{body}{notice}"
        f"</article>{extra}</body></html>"
    ).encode()


@dataclass
class Newsroom:
    """Shows pages to a store one after another; every look is at its own time."""

    store: Store
    at: datetime = START
    tally: Tally = field(default_factory=Tally)
    run_id: int = 0

    def __post_init__(self) -> None:
        self.run_id = self.store.begin_run("crawl", self.at, {})
        self.processor = Processor(
            self.store,
            reading_pool(texts(), Settings()),
            rules(),
            self.run_id,
            lambda: self.at,
            self.tally,
        )

    def fetch(self, url: str, body: bytes, status: int = 200, at: datetime | None = None) -> str:
        """Keep a page, unread; the word of its fetch."""
        self.at = at or self.at
        page = Page(url, body, self.at, status=status)
        outcome = "ok" if status == 200 else "gone" if status == 410 else "http_error"
        fetch = Fetch(url, "article", outcome, self.at, status, page=page)
        return self.store.record_fetch(self.run_id, fetch)

    def read(self) -> list[Outcome]:
        """Read all pages that wait, as a run does, in this process."""
        done = []
        while pages := self.store.pending_pages(32):
            done += [self.processor.save(read(page, rules())) for page in pages]
        return done

    def show(self, url: str, body: bytes, status: int = 200, hours: float = 1) -> list[str]:
        """Look at a page some hours later; the kinds of the events that this made."""
        self.at += hours * HOUR
        before = {row["event_id"] for row in self.store.view("v1_events")}
        self.fetch(url, body, status)
        self.read()
        rows = self.store.view("v1_events", order_by="cursor")
        return [row["kind"] for row in rows if row["event_id"] not in before]

    def reprocess(self) -> None:
        """What `monitor reprocess` does."""
        self.at += 24 * HOUR
        self.store.step_back(None, self.at)
        self.read()
        self.record()

    def record(self) -> int:
        """What the timetable does every hour; how many states changed."""
        return record_states(self.store, rules(), self.at)

    def state(self, claim: str) -> dict[str, Any]:
        """The one state of a claim."""
        (state,) = self.store.states(claim)
        return dict(state)


def final(store: Store) -> dict[str, Any]:
    """The states and camps as they are now, without the time at which they were recorded."""
    states = {}
    for name in ("v1_claim_current", "v1_claim_camps"):
        rows = [dict(row) for row in store.view(name)]
        for row in rows:
            row.pop("recorded_at")
        states[name] = sorted(map(repr, rows))
    return states

"""The process half: pending pages are read in workers, judged against the past, and saved."""

import functools
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor import log
from monitor.decide import judge, needed, read
from monitor.rulebook import Rules, prepare
from monitor.rules.settings import Settings
from monitor.types import Article, Outcome, Page, Reading
from monitor.workers import Failure, Limits, Pool
from storage.store import Store

logger = logging.getLogger(__name__)

# Pages fetched from the table at once: enough to keep the workers busy, little to lose or to hold.
BATCH = 32

Now = Callable[[], datetime]


@dataclass(slots=True)
class Tally:
    """What a run has added so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    versions: int = 0
    observations: int = 0
    events: int = 0

    def count(self, outcome: Outcome) -> None:
        """Add one judged page."""
        self.outcomes[outcome.fate] += 1
        if outcome.version is not None:
            self.articles += outcome.version.seq == 1
            self.versions += 1
        self.observations += len(outcome.sightings)
        self.events += len(outcome.events)

    def new(self) -> dict[str, int]:
        """The counts as `crawl --json` prints them."""
        return {
            "articles": self.articles,
            "versions": self.versions,
            "observations": self.observations,
            "events": self.events,
        }


def limits(settings: Settings) -> Limits:
    """What a reading may use."""
    process = settings.process
    return Limits(process.workers, process.cpu_seconds, process.memory_mb)


def reading_pool(texts: Mapping[str, str], settings: Settings) -> Pool[Page, Reading]:
    """Killable processes that read pages by the rules in ``texts``."""
    return Pool(functools.partial(_reader, texts), limits(settings))


def _reader(texts: Mapping[str, str]) -> Callable[[Page], Reading]:
    """Runs once in each worker."""
    log.set_up()
    rules = prepare(texts)
    return lambda page: read(page, rules)


@dataclass(frozen=True, slots=True)
class Processor:
    """What turning pages into history needs, for one run."""

    store: Store
    pool: Pool[Page, Reading]
    rules: Rules
    run_id: int
    now: Now
    tally: Tally

    def pending(self, keep_on: Callable[[], bool] = lambda: True) -> int:
        """Turn the pending pages into history; how many there were. Stops between two pages."""
        done = 0
        while keep_on():
            self.store.merge_postings()
            pages = self.store.pending_pages(BATCH)
            if not pages:
                break
            for page, result in self.pool.run(pages):
                reading = result if isinstance(result, Reading) else _failed(page, result)
                self.save(reading)
                done += 1
                if not keep_on():
                    break
        return done

    def save(self, reading: Reading) -> Outcome:
        """Judge one reading against what is stored, and store what it changes."""
        now = self.now()
        needs = needed(reading, self.rules)
        past = self.store.past(needs)
        outcome = judge(reading, past, self.rules, now)
        if outcome.uncounted:
            past = self.store.past(needs, whole=outcome.uncounted)
            outcome = judge(reading, past, self.rules, now)
            assert not outcome.uncounted
        if outcome.unled:
            past = self.store.with_accounts(past, outcome.unled)
            outcome = judge(reading, past, self.rules, now)
            assert not outcome.unled
        self.store.save(outcome, self.run_id, now)
        self.tally.count(outcome)
        logger.debug("%s: %s", outcome.fate, outcome.url)
        return outcome


def _failed(page: Page, failure: Failure) -> Reading:
    logger.warning("%s: %s: %s", page.url, failure.fate, failure.detail)
    return Reading(page, Article(page.url, failure.fate, facts={"reason": failure.detail}))

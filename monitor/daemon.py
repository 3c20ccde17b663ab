"""The timetable. The scheduler is a clock only; what is due stands in the tables."""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor import clock, settings
from monitor.errors import LeaseHeld, MonitorError
from monitor.jobs import Request, configured, refuse_anonymous
from monitor.runs import Report, crawl_once, holding, record_once
from storage.configured import open_store

logger = logging.getLogger(__name__)

# A job that could not start in time starts late, once, and never beside itself. The defaults drop
# whatever is a second late: of 30 jobs due together, 20 were dropped.
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


def run() -> None:
    """Crawl, recheck and record on the timetable of settings.toml until the process is stopped.

    The configuration is read again at every run. Raises LeaseHeld beside a live daemon,
    ConfigError where the sources could not reach who crawls them.
    """
    configuration = settings.load()
    refuse_anonymous(configuration, configured(configuration.texts()))
    schedule = configuration.settings.schedule
    timetable = {"crawl": schedule.crawl, "recheck": schedule.recheck, "record": schedule.record}
    with (
        open_store(configuration.settings) as store,
        holding(store, "daemon", is_lost := threading.Event()),
    ):
        due = _Due()
        scheduler = _clock(timetable, due.put)
        scheduler.start()
        try:
            while True:
                name = due.get()
                if is_lost.is_set():  # it was held up for long, and another daemon took over
                    raise LeaseHeld("another process took over the lease 'daemon'; this one ends")
                _run(name)
        finally:
            scheduler.shutdown(wait=False)


def _clock(
    timetable: Mapping[str, timedelta], strike: Callable[[str], None]
) -> BackgroundScheduler:
    """A scheduler that calls ``strike`` with a job's name whenever it is due, at once first.

    Intervals in UTC: a local 01:30 would come twice in autumn.
    """
    scheduler = BackgroundScheduler(timezone=UTC, job_defaults=JOB_DEFAULTS)
    for name, every in timetable.items():
        trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
        scheduler.add_job(strike, trigger, args=[name], id=name, next_run_time=clock.now())
    return scheduler


class _Due:
    """Names of jobs that wait, each at most once."""

    def __init__(self) -> None:
        self._names: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._waiting: set[str] = set()

    def put(self, name: str) -> None:
        if name not in self._waiting:
            self._waiting.add(name)
            self._names.put(name)

    def get(self) -> str:
        name = self._names.get()
        self._waiting.discard(name)
        return name


def _run(name: str) -> None:
    """One job. What its user can mend is logged, and the next job goes on."""
    try:
        report = _JOBS[name]()
    except MonitorError as error:
        logger.warning("%s: not done: %s", name, error)
        return
    new = ", ".join(f"{number} {noun}" for noun, number in report.new.items())
    logger.info("%s: run %d %s; new: %s", name, report.run_id, report.outcome, new or "nothing")
    for failure in report.failed:
        logger.warning("%s: %s: %s", failure["source"], failure["outcome"], failure["detail"])


_JOBS: Mapping[str, Callable[[], Report]] = {
    "crawl": lambda: crawl_once(settings.load(), Request(rechecks=False)),
    "recheck": lambda: crawl_once(settings.load(), Request(polls=False)),
    "record": lambda: record_once(settings.load()),
}

"""Pages from files, taken into history as if they had been fetched when they were saved."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.archives import UNREADABLE, Held, files_of, pages_in
from monitor.errors import UsageError
from monitor.process import BATCH
from monitor.runs import Report, Running, started
from monitor.settings import Configuration
from monitor.types import Fetch, Page
from monitor.urls import absolute, normalise


@dataclass(frozen=True, slots=True)
class Saved:
    """What the files of one command are to be taken for; None: what they say themselves."""

    paths: tuple[Path, ...]
    url: str | None = None
    at: datetime | None = None


@dataclass(slots=True)
class Imported:
    """What was found. ``skipped`` counts words of FATES, and "known" and "older"."""

    files: int
    report: Report
    pages: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[Held] = field(default_factory=list)


def import_once(configuration: Configuration, saved: Saved) -> Imported:
    """Take the pages of files into history; what is there already stays as it is.

    Nothing is asked of the network, now or later: an imported page is no link of the frontier.
    Raises UsageError for paths that do not exist, before anything is stored.
    """
    files = files_of(saved.paths)
    if saved.url is not None and (len(files) > 1 or absolute(saved.url) is None):
        raise UsageError("--url takes an http or https address, and goes with one file")
    asked = {"paths": [str(path) for path in saved.paths], "url": saved.url}
    with started(configuration, "import", asked) as run:
        imported = Imported(len(files), run.report())
        with run.reading() as processor:
            for file in files:
                for held in _held(file, saved):
                    if _take(run, held, imported) and imported.pages % BATCH == 0:
                        processor.pending(run.goes_on)
            processor.pending(run.goes_on)
        run.outcome = "ok" if not imported.broken else "partial" if imported.pages else "failed"
        imported.report = run.report()
        return imported


def _held(file: Path, saved: Saved) -> Iterator[Held]:
    """What a file holds; one that cannot be read does not stop the others."""
    try:
        yield from pages_in(file, saved.url, saved.at)
    except UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Held(str(file), None, "parse_error", reason)


def _take(run: Running, held: Held, imported: Imported) -> bool:
    """Whether there is one more page to read."""
    if held.page is None:
        outcome = held.outcome
        imported.broken += [held] if held.is_broken else []
    else:
        known = run.store.standing(held.page.url, held.page.fetched_at)
        outcome = known or run.store.record_fetch(run.run_id, _fetch(held.page))
    if outcome == "ok":
        imported.pages += 1
    else:
        imported.skipped[outcome] += 1
    return outcome == "ok"


def _fetch(page: Page) -> Fetch:
    url = normalise(page.url) or page.url
    return Fetch(url, "article", "ok", page.fetched_at, page.status, page=page)

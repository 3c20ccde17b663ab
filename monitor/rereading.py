"""What is stored, gone over again: texts by today's claims, states on schedule."""

import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from monitor import log
from monitor.decide import Place, sighted, state_of
from monitor.process import Now, Tally, limits
from monitor.rulebook import Rules, prepare
from monitor.rules.settings import Settings
from monitor.types import ClaimState, Observation, Series
from monitor.workers import Failure, Pool
from storage.reprocess import StoredVersion
from storage.store import Store

logger = logging.getLogger(__name__)

# Texts or series taken up at once: bounds memory and the length of a transaction.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Corpus:
    """The stored texts and the rules of one run; ``texts`` are those of the rule files."""

    store: Store
    rules: Rules
    texts: Mapping[str, str]
    settings: Settings
    now: Now


def reread_texts(
    corpus: Corpus, tally: Tally, *, since: datetime | None = None, unread_by: str | None = None
) -> None:
    """Observe stored texts again by today's claims; equal observations stay as they are."""
    observe = functools.partial(_observer, corpus.texts)
    with Pool[StoredVersion, tuple[Observation, ...]](observe, limits(corpus.settings)) as pool:
        stored = corpus.store.stored_versions(since, unread_by)
        while batch := list(islice(stored, BATCH)):
            for one, found in pool.run(batch):
                if isinstance(found, Failure):
                    logger.warning("%s: not read again: %s", one.url, found.detail)
                    continue
                _rewrite(corpus, one, found)
                tally.versions += 1
                tally.observations += len(found)


def _observer(texts: Mapping[str, str]) -> Callable[[StoredVersion], tuple[Observation, ...]]:
    """Runs once in each worker."""
    log.set_up()
    rules = prepare(texts)
    return lambda one: rules.reader.observe(
        one.version.text, one.published_at or one.version.fetched_at
    )


def _rewrite(corpus: Corpus, one: StoredVersion, found: tuple[Observation, ...]) -> None:
    version = one.version
    assert version.version_id is not None
    now = corpus.now()
    when = one.published_at or version.fetched_at
    where = Place(one.url, one.story_id, one.outlet, version.text_sha256, when)
    placed = sighted(found, where, corpus.rules, now)
    extractor = corpus.rules.reader.version
    corpus.store.rewrite_observations(version.version_id, placed, extractor, now)


def record_states(store: Store, rules: Rules, now: datetime) -> int:
    """How many series changed since their state was last recorded."""
    written = 0
    for batch in _batches(store.all_series()):
        past = store.past(None, None, None, batch).series
        moved: list[ClaimState] = []
        for series in batch:
            known = past.get(series)
            state = None if known is None else state_of(series, known.others, known.state, rules)
            if state is not None:
                moved.append(state)
        if moved:
            store.record_states(moved, (), now)
        written += len(moved)
    return written


def _batches(series: Iterable[Series]) -> Iterator[tuple[Series, ...]]:
    remaining = iter(series)
    while batch := tuple(islice(remaining, BATCH)):
        yield batch

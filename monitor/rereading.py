"""What is stored, gone over again: texts by today's claims, states on schedule."""

import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from monitor import log
from monitor.history import Place, assess_again, recounted, sighted
from monitor.process import Now, Tally, limits
from monitor.rulebook import Rules, prepare
from monitor.rules.settings import Settings
from monitor.types import Observation, Series
from monitor.workers import Failure, Pool
from storage.reprocess import StoredVersion
from storage.store import Store

logger = logging.getLogger(__name__)

# Texts or series taken up at once: bounds memory and the length of a transaction. All that is live
# of a series may be much.
BATCH = 200
SERIES = 20


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
    placed = sighted(found, where, corpus.rules.definition, now)
    extractor = corpus.rules.reader.version
    corpus.store.rewrite_observations(version.version_id, placed, extractor, now)


def record_states(
    store: Store, rules: Rules, now: datetime, series: Iterable[Series] | None = None
) -> int:
    """How many series got another state, all that is live counted again.

    ``series``: those to go over; None: all whose state does not follow from a count by today's
    rules. To be called, with ``store.series_of`` the articles, where observations, their life or
    their stories changed otherwise than by a page that was read. Tells no events: the press did
    not change.
    """
    written = 0
    if series is None:
        series = store.uncounted({key: one.digest for key, one in rules.definitions.items()})
    for batch in _batches(series):
        known = store.whole(batch)
        again = [assess_again(of, past, rules.definition(of.claim)) for of, past in known.items()]
        moved = [state for state, _ in again if state is not None]
        store.record_states(moved, [count for _, count in again if count is not None], now)
        written += len(moved)
    return written


def miscounted(store: Store, rules: Rules) -> Iterator[str]:
    """What is wrong with states and running counts, in words: all that is live counted again.

    Series that wait to be counted by today's rules are left out: see ``record_states``.
    """
    known = {key: one.digest for key, one in rules.definitions.items()}
    for batch in _batches(store.counted(known)):
        for of, past in store.whole(batch).items():
            name = " ".join([of.claim, of.qualifiers, *([of.period] if of.period else [])])
            for wrong in recounted(of, past, rules.definition(of.claim)):
                yield f"{name}: {wrong}"


def _batches(series: Iterable[Series]) -> Iterator[tuple[Series, ...]]:
    remaining = iter(series)
    while batch := tuple(islice(remaining, SERIES)):
        yield batch

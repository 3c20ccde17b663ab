"""Runs that make the database smaller: bodies past their time, articles to be forgotten."""

from dataclasses import replace
from datetime import timedelta

from monitor.errors import UsageError
from monitor.rereading import record_states
from monitor.runs import started
from monitor.settings import Configuration
from monitor.urls import normalise
from storage.forgetting import Forgotten, Order
from storage.pages import Pruned


def prune_once(configuration: Configuration, days: int) -> Pruned:
    """What pages lost that were read and fetched more than ``days`` days ago.

    Texts of versions, fetches and their fates stay for ever.
    """
    with started(configuration, "prune", {"days": days}) as run:
        pruned = run.store.prune_pages(run.now() - timedelta(days=days))
        run.outcome = "ok"
        run.final = replace(run.report(), new={"pages": -pruned.pages})
        return pruned


def forget_once(configuration: Configuration, url: str, reason: str | None) -> Forgotten:
    """Forget the article at ``url`` for good; the states of claims follow.

    Raises UsageError for what is no http or https address.
    """
    if normalise(url) is None:
        raise UsageError(f"{url}: not an http or https address")
    with started(configuration, "forget", {"url": url, "reason": reason}) as run:
        gone = run.store.forget(Order(url, run.run_id, run.now(), reason))
        record_states(run.store, run.rules, run.now(), gone.series)
        run.outcome = "ok"
        lost = {"versions": -gone.versions, "observations": -gone.observations}
        run.final = replace(run.report(), new=lost)
        return gone

"""One owner at a time, and none that is dead."""

import os
import subprocess
import sys

import pytest

from monitor import clock
from monitor.errors import LeaseHeld
from storage.leases import SILENCE, Owner
from storage.store import Store

from .samples import HOUR, T0

ELSEWHERE = Owner("another-host", 1, "1")


def living() -> Owner:
    return Owner(clock.host(), os.getpid(), clock.process_started() or "")


def dead() -> Owner:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        return Owner(clock.host(), process.pid, clock.process_started(process.pid) or "")


def test_live_owner_is_named(store: Store) -> None:
    store.take_lease("crawl", living(), T0)
    with pytest.raises(LeaseHeld, match=rf"'crawl' is held by process {os.getpid()} on "):
        store.take_lease("crawl", ELSEWHERE, T0 + SILENCE)
    store.take_lease("daemon", ELSEWHERE, T0)  # another lease is free
    assert [lease.name for lease in store.leases()] == ["crawl", "daemon"]


def test_a_run_begun_twice_is_one_run_until_it_ends(store: Store) -> None:
    """A server that goes away between a commit and its answer makes the write be done again."""
    owner = living()
    first = store.begin_run("crawl", T0, {}, owner)
    assert store.begin_run("crawl", T0, {}, owner) == first
    store.end_run(first, "ok", {}, T0)
    assert store.begin_run("crawl", T0, {}, owner) != first


def test_dead_owner_is_replaced_at_once_and_its_runs_are_closed(store: Store) -> None:
    owner = dead()
    store.take_lease("crawl", owner, T0)
    owned = store.begin_run("crawl", T0, {}, owner)
    unowned = store.begin_run("crawl", T0, {})
    other = store.begin_run("report", T0, {})
    assert store.take_lease("crawl", living(), T0) == (owned, unowned)
    ended = {run.run_id: run.outcome for run in store.runs(10)}
    assert ended == {owned: "killed", unowned: "killed", other: None}
    assert store.leases()[0].owner == living()


def test_number_of_a_dead_process_used_again_is_no_owner(store: Store) -> None:
    me = living()
    store.take_lease("crawl", Owner(me.host, me.pid, "another start"), T0)
    store.take_lease("crawl", me, T0)


def test_silent_owner_elsewhere_is_replaced_after_a_minute(store: Store) -> None:
    store.take_lease("crawl", ELSEWHERE, T0)
    store.renew_lease("crawl", ELSEWHERE, T0 + HOUR)
    with pytest.raises(LeaseHeld):
        store.take_lease("crawl", living(), T0 + HOUR + SILENCE)
    store.take_lease("crawl", living(), T0 + HOUR + SILENCE * 1.01)
    with pytest.raises(LeaseHeld, match="taken over"):
        store.renew_lease("crawl", ELSEWHERE, T0 + 2 * HOUR)
    store.release_lease("crawl", ELSEWHERE)  # has nothing to give back
    assert store.leases()[0].owner == living()


def test_released_lease_is_free(store: Store) -> None:
    store.take_lease("crawl", living(), T0)
    store.take_lease("crawl", living(), T0 + HOUR)  # the owner may ask again
    store.release_lease("crawl", living())
    store.take_lease("crawl", ELSEWHERE, T0)

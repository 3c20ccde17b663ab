"""A day of 1,000 simulated sources: adaptive polling against fixed intervals.

For each way of polling: the polls of the day, how many of them found nothing new, and for the
day's news the minutes between publication and discovery. "fixed, equal polls" has the interval
that makes as many polls as the adaptive run; "steps" is the rule by the share of known entries
alone. A simulated day before it is for learning and not counted. Seeded, with its own clock. Ends
with 1 where the adaptive median or 95th percentile is above half of that of fixed polling.

    .venv/bin/python benchmarks/polling.py [SEED] [--no-rhythm]

The constants of the schedule were chosen on seed 1; other seeds, and news that know no day and
night, tell how far they carry.
"""

import heapq
import math
import random
import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import mean, median, quantiles

from monitor.habits import Habits
from monitor.schedule import (
    FIRST_INTERVAL,
    LONGEST_BACK_OFF,
    SHORTEST_INTERVAL,
    NextPoll,
    Polled,
    next_poll,
)

DAY = timedelta(days=1)
HISTORY = datetime(2025, 1, 1, tzinfo=UTC)  # news begin: a first poll finds a filled feed
START = HISTORY + 26 * DAY  # polling begins, on a Monday
COUNTED = START + DAY
NOON = COUNTED + DAY / 2
END = COUNTED + DAY
WINDOW = 30  # entries that a feed carries
DAYLIGHT = 0.8  # news in the busiest hour against the mean: 1 + DAYLIGHT
BURST, BURST_LENGTH = 15, timedelta(minutes=90)
MANY_KNOWN, FEW_KNOWN, STEP = 0.67, 0.33, 1.5  # the rule "steps"

# Sources of a kind, and their news a day: geometric middle, and spread as a factor.
KINDS = {
    "quiet": (500, 0.5, 3.0),
    "steady": (200, 12.0, 2.5),
    "busy": (100, 100.0, 2.0),
    "bursty": (100, 2.0, 2.0),  # bursts a day
    "dying": (50, 20.0, 2.0),  # answers 404 from NOON on
    "returning": (50, 20.0, 2.0),  # silent until NOON
}


@dataclass(frozen=True)
class Known:
    """What a rule remembers of a source."""

    last: datetime | None = None  # poll that was answered
    interval: timedelta | None = None
    failures: float = 0.0
    habits: Habits | None = None


Rule = Callable[[Polled, Known, datetime, float], NextPoll]


@dataclass(frozen=True)
class Source:
    news: tuple[datetime, ...]
    dies_at: datetime


@dataclass
class Result:
    polls: int = 0
    wasted: int = 0
    lost: int = 0  # left the feed before it was polled
    delays: list[float] = field(default_factory=list)  # minutes


def sources(seed: int, daylight: float) -> list[Source]:
    dice = random.Random(seed)
    return [
        _source(kind, middle * spread ** dice.gauss(0, 1), daylight, dice)
        for kind, (number, middle, spread) in KINDS.items()
        for _ in range(number)
    ]


def _source(kind: str, a_day: float, daylight: float, dice: random.Random) -> Source:
    peak = dice.random()  # outlets of all time zones
    news: list[datetime] = []
    moment = NOON if kind == "returning" else HISTORY
    while (moment := moment + DAY / (a_day * (1 + daylight)) * dice.expovariate(1)) < END:
        turn = 2 * math.pi * ((moment - HISTORY) / DAY - peak)
        if dice.random() * (1 + daylight) > 1 + daylight * math.cos(turn):
            continue
        burst = [moment + BURST_LENGTH * dice.random() for _ in range(BURST)]
        news += burst if kind == "bursty" else [moment]
    dies_at = NOON if kind == "dying" else END + DAY
    return Source(tuple(sorted(moment for moment in news if moment < END)), dies_at)


def simulate(population: Sequence[Source], rule: Rule, seed: int) -> Result:
    """Polls after END only find what was published before; they are not counted."""
    dice, order, result = random.Random(seed), count(), Result()
    queue = [
        (START + FIRST_INTERVAL * dice.random(), next(order), source, Known())
        for source in population
    ]
    heapq.heapify(queue)
    while queue:
        now, _, source, known = heapq.heappop(queue)
        polled = _poll(source, now, known.last, result)
        if now >= END:
            continue
        following = rule(polled, known, now, dice.random())
        last = known.last if polled.status else now
        known = Known(last, following.interval, following.failures, following.habits)
        heapq.heappush(queue, (following.at, next(order), source, known))
    return result


def _poll(source: Source, now: datetime, last: datetime | None, result: Result) -> Polled:
    upto = bisect_right(source.news, now)
    known = bisect_right(source.news, last) if last else 0
    seen = max(upto - WINDOW, known)
    is_dead = now >= source.dies_at
    if COUNTED <= now < END:
        result.polls += 1
        result.wasted += is_dead or seen == upto
    if is_dead:
        return Polled("http_error", status=404)
    result.lost += sum(moment >= COUNTED for moment in source.news[known:seen])
    result.delays += [
        (now - moment) / timedelta(minutes=1)
        for moment in source.news[seen:upto]
        if moment >= COUNTED
    ]
    entries = source.news[max(upto - WINDOW, 0) : upto]
    return Polled("ok", len(entries), upto - seen, dates=entries)


def adaptive(polled: Polled, known: Known, now: datetime, jitter: float) -> NextPoll:
    return next_poll(polled, known.habits, known.failures, now, jitter)


def fixed(interval: timedelta) -> Rule:
    return lambda polled, known, now, jitter: _after(interval, now)


def steps(polled: Polled, known: Known, now: datetime, jitter: float) -> NextPoll:
    interval = known.interval or FIRST_INTERVAL
    share = 1 - polled.new_entries / polled.entries if polled.entries else 1.0
    interval *= STEP if share > MANY_KNOWN else 1 / STEP if share < FEW_KNOWN else 1
    return _after(min(max(interval, SHORTEST_INTERVAL), LONGEST_BACK_OFF), now)


def _after(interval: timedelta, now: datetime) -> NextPoll:
    return NextPoll(now + interval, "", interval, 0.0, Habits())


FIGURES: dict[str, Callable[[list[float]], float]] = {
    "median": median,
    "p95": lambda delays: quantiles(delays, n=20)[-1],
    "mean": mean,
}


def main() -> int:
    seed = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1)
    population = sources(seed, 0.0 if "--no-rhythm" in sys.argv else DAYLIGHT)
    learned = simulate(population, adaptive, seed)
    equal = simulate(population, fixed(DAY * len(population) / learned.polls), seed)
    table = {
        "adaptive": learned,
        "fixed, 60 min": simulate(population, fixed(timedelta(minutes=60)), seed),
        "fixed, equal polls": equal,
        "steps": simulate(population, steps, seed),
    }
    print(f"{'':20}{'polls':>8}{'wasted':>8}{'lost':>8}{'median':>8}{'p95':>8}{'mean':>8}  minutes")
    for name, result in table.items():
        line = "".join(f"{figure(result.delays):8.1f}" for figure in FIGURES.values())
        print(f"{name:20}{result.polls:8}{result.wasted:8}{result.lost:8}{line}")
    ratios = {name: of(learned.delays) / of(equal.delays) for name, of in FIGURES.items()}
    told = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    print(f"delay at equal polls: {told} of fixed")
    return int(max(ratios["median"], ratios["p95"]) > 0.5)


if __name__ == "__main__":
    sys.exit(main())

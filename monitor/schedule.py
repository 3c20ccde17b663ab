"""When to look again: arithmetic over what was seen, with ``now`` and the jitter passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.habits import HOUR, Habits, after, at_first, words

# --- sources ------------------------------------------------------------------------------------
# Of a given number of polls, the mean delay of news is smallest when a source of a quarter of the
# rate has twice the interval; its 95th percentile when all sources with more than a few news have
# the same one. So the interval falls slowly with the rate of the busy, and rises fast with that of
# the quiet, who are asked when a quarter of an entry is expected. benchmarks/polling.py compares
# with fixed intervals and with Media Cloud's steps by the share of known entries.
BUSY = 0.4  # news an hour, from which on a source is busy
BUSY_INTERVAL = timedelta(minutes=32)  # at that rate: as many polls as one an hour for all
AMONG_BUSY, AMONG_QUIET = 0.15, 1.0  # the interval falls with the rate to this power
FIRST_INTERVAL = HOUR
SHORTEST_INTERVAL = timedelta(minutes=10)  # Media Cloud's floor for 180,000 feeds
LONGEST_INTERVAL = timedelta(hours=6)  # a source that comes back after weeks is seen on that day
# A third of the entries should be known when they are seen: more new ones, and some may have left
# the feed unseen (Media Cloud polls faster then).
MOST_NEW = 0.67
LONGEST_WISH = timedelta(hours=24)  # <ttl>, sy:update* and Cache-Control are obeyed up to this
LONGEST_RETRY_AFTER = timedelta(days=2)
LONGEST_BACK_OFF = timedelta(hours=24)
JITTER = 0.1  # share of the wait by which polls of one moment spread

# Media Cloud's weights, by how surely a failure will happen again. Words not here are no failures.
PASSING, UNCLEAR, LASTING = 0.25, 0.5, 1.0
FAILURES = {
    "connection": PASSING,
    "timeout": PASSING,
    "truncated": PASSING,
    "empty": PASSING,
    "rate_limited": PASSING,
    "bad_response": UNCLEAR,
    "blocked_by_site": UNCLEAR,
    "http_error": UNCLEAR,  # 5xx: PASSING
    "not_html": UNCLEAR,
    "parse_error": UNCLEAR,
    "redirect_loop": UNCLEAR,
    "too_large": UNCLEAR,
    "blocked": LASTING,
    "not_a_feed": LASTING,
    "robots": LASTING,
    "gone": 30.0,  # 410 says itself that it will last
}
# Words after which a link is done with: asking again would say the same.
SETTLED = frozenset({"off_topic", "unresolvable_link", "forgotten"})
MOST_FAILURES = 30.0  # from here on only a probe now and then (Media Cloud)
PROBE = timedelta(days=7)

# A page that failed is asked for again no sooner than this.
RETRY = {PASSING: HOUR, UNCLEAR: timedelta(hours=24)}

# --- articles -----------------------------------------------------------------------------------
# The ladder of NewsDiffs: time since the last change seen, and time until the next look.
LADDER = (
    (timedelta(hours=3), timedelta(minutes=15)),
    (timedelta(days=1), HOUR),
    (timedelta(days=7), timedelta(hours=3)),
    (timedelta(days=30), timedelta(days=3)),
    (timedelta(days=360), timedelta(days=30)),
)
# One answer that an article is gone is often a hiccup of the server, so it is confirmed soon; an
# article that stays away may still come back.
CONFIRM_GONE = HOUR
GONE_CONFIRMED = 2


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a source found."""

    outcome: str  # a word of FATES
    entries: int = 0
    new_entries: int = 0
    wish: timedelta | None = None  # of the publisher, see longest_wish
    dates: tuple[datetime, ...] = ()  # of the entries; needed at the first poll only
    status: int | None = None  # HTTP


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When a source is asked again, and the words that ``monitor status`` shows for it."""

    at: datetime
    reason: str
    interval: timedelta  # by its rate of news; the wait may be longer
    failures: float
    habits: Habits


def next_poll(
    polled: Polled, habits: Habits | None, failures: float, now: datetime, jitter: float = 0.0
) -> NextPoll:
    """The next poll after one at ``now``. ``habits`` None: it was never answered; jitter: 0..1."""
    weight = _weight(polled)
    failures = failures + weight if weight else 0.0
    if weight:
        habits = habits or Habits()
        interval = _interval(habits, now)
        wait, reason = min(interval * (1 + failures), LONGEST_BACK_OFF), f"failed, {polled.outcome}"
    else:
        if habits is None or habits.answered_at is None:
            habits = at_first(polled.dates, now)
        else:
            habits = after(habits, polled.new_entries, now)
        interval = wait = min(_interval(habits, now), _until_overflow(polled, habits, now))
        reason = _news(polled)
    if failures >= MOST_FAILURES:
        wait, reason = PROBE, f"{reason}; disabled but for this probe"
    if polled.wish is not None and polled.wish > wait:
        wait, reason = polled.wish, f"{reason}; not sooner, as its publisher wishes"
    at = now + wait * (1 + JITTER * jitter)
    return NextPoll(at, f"{words(wait)}: {reason}", interval, failures, habits)


def longest_wish(
    ttl: timedelta | None, max_age: timedelta | None, retry_after: timedelta | None
) -> timedelta | None:
    """How long the publisher asks to be left alone, within bounds; None: it does not say.

    ``ttl``: of the feed (<ttl>, sy:update*); ``max_age``: Cache-Control; ``retry_after``: with a
    429 or 503.
    """
    bounds = (
        (ttl, LONGEST_WISH),
        (max_age, LONGEST_WISH),
        (retry_after, LONGEST_RETRY_AFTER),
    )
    return max((min(wish, most) for wish, most in bounds if wish is not None), default=None)


def _weight(polled: Polled) -> float:
    if polled.outcome == "http_error" and (polled.status or 0) >= 500:
        return PASSING
    return FAILURES.get(polled.outcome, 0.0)


def _interval(habits: Habits, now: datetime) -> timedelta:
    if not habits.is_known:
        return FIRST_INTERVAL
    times_busy = habits.rate(now) / BUSY
    power = AMONG_BUSY if times_busy > 1 else AMONG_QUIET
    wanted: timedelta = BUSY_INTERVAL * times_busy**-power
    return min(max(wanted, SHORTEST_INTERVAL), LONGEST_INTERVAL)


def _until_overflow(polled: Polled, habits: Habits, now: datetime) -> timedelta:
    """The time in which news may fill so much of the feed that some would be lost."""
    if not polled.entries:
        return LONGEST_INTERVAL
    full = HOUR * (MOST_NEW * polled.entries / habits.rate(now))
    return max(full, SHORTEST_INTERVAL)


def _news(polled: Polled) -> str:
    if polled.outcome == "unchanged":
        return "the feed has not changed"
    if not polled.entries:
        return "no entries"
    return f"{polled.new_entries} of {polled.entries} entries new"


def next_check(
    last_changed_at: datetime, now: datetime, gone_count: int = 0
) -> tuple[datetime | None, str]:
    """When an article is looked at again, and why; None: never, it has not changed for a year.

    ``last_changed_at``: when the last change was seen, the first sight included. ``gone_count``:
    answers in a row that said it is gone.
    """
    age = now - last_changed_at
    wait = next((wait for until, wait in LADDER if age < until), None)
    if wait is None:
        return None, f"unchanged for {words(age)}: not looked at again"
    if 0 < gone_count < GONE_CONFIRMED:
        return now + CONFIRM_GONE, f"{words(CONFIRM_GONE)}: gone, to be confirmed"
    if gone_count:
        wait = max(wait, PROBE)
        return now + wait, f"{words(wait)}: gone, in case it comes back"
    return now + wait, f"{words(wait)}: unchanged for {words(age)}"


def next_try(
    outcome: str, last_changed_at: datetime, now: datetime, wish: timedelta | None = None
) -> tuple[datetime | None, str]:
    """When a link is asked for again after a fetch, and why; None: not again, or to be read first.

    ``outcome``: of the fetch, a word of FATES; ``wish``: to be asked again, and no sooner than so,
    see longest_wish.
    """
    if outcome == "ok":
        return None, "to be read"
    if outcome in SETTLED:
        return None, f"{outcome}: not looked at again"
    weight = FAILURES.get(outcome, 0.0)
    at, reason = next_check(last_changed_at, now)
    if at is None or not weight:
        return at, reason
    if weight >= LASTING and wish is None:
        return None, f"{outcome}: not looked at again"
    at = now + max(at - now, RETRY.get(weight, HOUR), wish or HOUR)
    return at, f"{words(at - now)}: failed, {outcome}"

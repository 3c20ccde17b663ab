"""When to look again: arithmetic over what was seen, with ``now`` and the jitter passed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

HOUR = timedelta(hours=1)

# --- sources ------------------------------------------------------------------------------------
# The interval of a source with one item of news an hour; it falls with the rate to the power of
# EXPONENT. For exactly known rates the mean delay at a given number of polls is smallest with 0.5
# (a quarter of the news, twice the interval); with learned ones 0.4 has as good a mean and a
# better 95th percentile. benchmarks/polling.py compares with fixed intervals and with Media
# Cloud's steps by the share of known entries.
AT_ONE_AN_HOUR = timedelta(minutes=48)
EXPONENT = 0.4
FIRST_INTERVAL = HOUR
SHORTEST_INTERVAL = timedelta(minutes=10)  # Media Cloud's floor for 180,000 feeds
LONGEST_INTERVAL = timedelta(hours=6)  # a source that comes back after weeks is seen on that day
# How much past weighs against the time since the last poll: a burst is followed at once, and
# forgotten over half a day, so that a night does not look like the end.
MEMORY_INTERVALS = 2.0
MEMORY = timedelta(hours=12)
# Media Cloud polls faster where under a third of the entries are known: more would be lost.
FEW_KNOWN = 0.33
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
# An answer that says "gone" is confirmed soon; an article that stays away may still come back.
CONFIRM_GONE = HOUR
GONE_CONFIRMED = 2

# --- silence ------------------------------------------------------------------------------------
# A source is silent when it pauses twice as long as it ever did, nights and weekends included.
LONGER_THAN_EVER = 2.0
LEAST_PAUSE = timedelta(hours=24)
LEAST_NEWS = 5  # polls with news before its habits are known
# A source gives no text any more when of the last pages less than half as many do as before.
LEAST_PAGES = 10
YIELD_FALLEN = 0.5


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a source found."""

    outcome: str  # a word of FATES
    entries: int = 0
    new_entries: int = 0
    wish: timedelta | None = None  # of the publisher, see longest_wish
    since_last: timedelta | None = None  # None: as long as the interval
    dates: tuple[datetime, ...] = ()  # of the entries; needed at the first poll only
    status: int | None = None  # HTTP


@dataclass(frozen=True, slots=True)
class NextPoll:
    """When a source is asked again, and the words that ``monitor status`` shows for it."""

    at: datetime
    reason: str
    interval: timedelta  # learned; the wait may be longer
    failures: float


def next_poll(
    polled: Polled,
    interval: timedelta | None,
    failures: float,
    now: datetime,
    jitter: float = 0.0,
) -> NextPoll:
    """The next poll after one at ``now``. ``interval`` None: that was the first; jitter: 0..1."""
    weight = _weight(polled)
    failures = failures + weight if weight else 0.0
    if weight:
        interval = interval or FIRST_INTERVAL
        wait, reason = min(interval * (1 + failures), LONGEST_BACK_OFF), f"failed, {polled.outcome}"
    else:
        interval = wait = _adapted(polled, interval, now)
        reason = _news(polled)
    if failures >= MOST_FAILURES:
        wait, reason = PROBE, f"{reason}; disabled but for this probe"
    if polled.wish is not None and polled.wish > wait:
        wait, reason = polled.wish, f"{reason}; not sooner, as its publisher wishes"
    at = now + wait * (1 + JITTER * jitter)
    return NextPoll(at, f"{words(wait)}: {reason}", interval, failures)


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


def _adapted(polled: Polled, interval: timedelta | None, now: datetime) -> timedelta:
    """The interval for the rate of news; the old one is all that is remembered of the old rate."""
    if interval is None:
        return _for_rate(_rate_of(polled.dates, now)) if polled.dates else FIRST_INTERVAL
    interval = max(interval, SHORTEST_INTERVAL)
    elapsed = max(polled.since_last or interval, timedelta(minutes=1)) / HOUR
    known = (AT_ONE_AN_HOUR / interval) ** (1 / EXPONENT)
    memory = MEMORY_INTERVALS * interval / HOUR
    if polled.new_entries <= known * elapsed:
        memory = max(memory, MEMORY / HOUR)
    adapted = _for_rate((memory * known + polled.new_entries) / (memory + elapsed))
    if polled.entries and 1 - polled.new_entries / polled.entries < FEW_KNOWN:
        adapted = max(min(adapted, interval / 2), SHORTEST_INTERVAL)
    return adapted


def _rate_of(dates: Sequence[datetime], now: datetime) -> float:
    """News an hour, from the dates of a feed's entries up to ``now``."""
    past = sorted(date for date in dates if date <= now)
    if not past:
        return 0.0
    return len(past) / max((now - past[0]) / HOUR, 1.0)


def _for_rate(rate: float) -> timedelta:
    """``rate``: news an hour."""
    if rate <= 0:
        return LONGEST_INTERVAL
    wanted: timedelta = AT_ONE_AN_HOUR / rate**EXPONENT
    return min(max(wanted, SHORTEST_INTERVAL), LONGEST_INTERVAL)


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

    ``outcome``: of the fetch, a word of FATES; ``wish``: Retry-After, see longest_wish.
    """
    if outcome == "ok":
        return None, "to be read"
    weight = FAILURES.get(outcome, 0.0)
    at, reason = next_check(last_changed_at, now)
    if at is None or not weight:
        return at, reason
    if weight >= LASTING:
        return None, f"{outcome}: not looked at again"
    at = now + max(at - now, RETRY[weight], wish or RETRY[weight])
    return at, f"{words(at - now)}: failed, {outcome}"


def silence(news: Sequence[datetime], now: datetime) -> str | None:
    """Why a source is silent, in words; None: it is not, or its habits are not known yet.

    ``news``: times of the polls that found news, oldest first, of some weeks.
    """
    if len(news) < LEAST_NEWS:
        return None
    longest = max(later - earlier for earlier, later in pairwise(news))
    pause = now - news[-1]
    if pause < max(longest * LONGER_THAN_EVER, LEAST_PAUSE):
        return None
    return f"no news for {words(pause)}; its longest pause was {words(longest)}"


def falling_yield(before: tuple[int, int], lately: tuple[int, int]) -> str | None:
    """Why a source is empty, in words; None: its pages give text as before, or too few are known.

    ``before`` and ``lately``: pages read, and how many of them gave an article's text.
    """
    if min(before[0], lately[0]) < LEAST_PAGES or not before[1]:
        return None
    share_before, share_lately = before[1] / before[0], lately[1] / lately[0]
    if share_lately >= share_before * YIELD_FALLEN:
        return None
    return f"text on {share_lately:.0%} of the last {lately[0]} pages, on {share_before:.0%} before"


def words(time: timedelta) -> str:
    """The time as people say it: "45 min", "36 h", "12 d"."""
    minutes = round(time / timedelta(minutes=1))
    if minutes <= 120:
        return f"{minutes} min"
    return f"{round(time / HOUR)} h" if time <= timedelta(hours=48) else f"{time.days} d"

"""What the polls of a source teach about it: how much news, when in the day, when it is silent.

News come as a stream whose rate has a daily rhythm and bursts. Two averages follow it, a slow one
with the rhythm (the first harmonic of the day) and a fast one that leans on the slow one; older
news weigh less and less in both. Pure: ``now`` is an argument.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)

# benchmarks/polling.py moves little between half and twice of each of these.
MEMORY = 72.0  # hours after which a piece of news weighs 1/e: some days, each with its nights
LATELY = 1.0  # the same for bursts, which last an hour or two
LEANING = 2.0  # hours of the slow average that the fast one starts from: 1 entry is no burst yet
BEFORE = (0.1, 2.0)  # news and hours that every source starts with: little, soon outweighed
# Pieces of news before half of the rhythm seen in them is believed.
RHYTHM_FROM = 8.0
_MOMENT = 1 / 3600  # hours: polls of one moment must not divide by nothing
QUIETEST = 0.15  # no hour is believed to bring less than this share of the mean

# A source is silent when it pauses twice as long as it ever did, nights and weekends included.
LONGER_THAN_EVER = 2.0
LEAST_PAUSE = DAY
LEAST_FINDS = 5  # polls with news before its habits are known
LEAST_WATCH = timedelta(days=7)  # and a week, since every one has a weekend
PAUSE_HALVES = timedelta(days=28)  # a long pause of the past is forgotten with this half-life
# A source gives no text any more when of the last pages less than half as many do as before.
LEAST_PAGES = 10
YIELD_FALLEN = 0.5


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of one source; every number fades with time, so that it may change its ways."""

    news: float = 0.0
    hours: float = 0.0  # of watching
    cosine: float = 0.0  # of the news' times of day, summed
    sine: float = 0.0
    lately: float = 0.0  # news, fading fast
    lately_hours: float = 0.0
    since: datetime | None = None  # first poll that was answered; None: never
    answered_at: datetime | None = None  # last poll that was answered; None: never
    news_at: datetime | None = None  # last poll with news; None: none yet
    longest_pause: timedelta = timedelta(0)  # between two polls with news
    finds: int = 0  # polls with news

    @property
    def is_known(self) -> bool:
        """Whether there is anything to judge by."""
        return self.hours > 0

    def rate(self, now: datetime) -> float:
        """News an hour to be expected around ``now``."""
        usual = (self.news + BEFORE[0]) / (self.hours + BEFORE[1]) * self._rhythm(now)
        just_now = (self.lately + LEANING * usual) / (self.lately_hours + LEANING)
        return max(usual, just_now)

    def _rhythm(self, now: datetime) -> float:
        """Of the mean, so much at this time of day (circular statistics: the resultant)."""
        if not self.news:
            return 1.0
        angle = _angle(now)
        found = 2 * (self.cosine * math.cos(angle) + self.sine * math.sin(angle)) / self.news
        return max(1 + found * self.news / (self.news + RHYTHM_FROM), QUIETEST)


def at_first(dates: Sequence[datetime], now: datetime) -> Habits:
    """What the dates of a feed's entries tell at the first poll; nothing where it gives none."""
    past = sorted(date for date in dates if date <= now)
    habits = Habits(since=now, answered_at=now, news_at=past[-1] if past else None)
    if not past:
        return habits
    hours, no_time = max((now - past[0]) / HOUR, 1.0), timedelta(0)
    weights = [(math.exp(-((now - date) / HOUR) / MEMORY), _angle(date)) for date in past]
    return replace(
        habits,
        news=sum(weight for weight, _ in weights),
        hours=_watched(hours, MEMORY),
        # An entry that is pinned to a feed for years tells of no pause.
        longest_pause=max((min(b - a, LEAST_WATCH) for a, b in pairwise(past)), default=no_time),
        cosine=sum(weight * math.cos(angle) for weight, angle in weights),
        sine=sum(weight * math.sin(angle) for weight, angle in weights),
    )


def after(habits: Habits, new_entries: int, now: datetime) -> Habits:
    """The habits after a poll that was answered at ``now`` with so many new entries."""
    since = habits.answered_at or now
    hours = max((now - since) / HOUR, _MOMENT)
    kept, kept_lately = math.exp(-hours / MEMORY), math.exp(-hours / LATELY)
    watched, watched_lately = _watched(hours, MEMORY), _watched(hours, LATELY)
    each = new_entries / hours  # they came at any time since the last poll
    angle = _angle(since + (now - since) / 2)
    seen = replace(
        habits,
        news=habits.news * kept + each * watched,
        hours=habits.hours * kept + watched,
        cosine=habits.cosine * kept + each * watched * math.cos(angle),
        sine=habits.sine * kept + each * watched * math.sin(angle),
        lately=habits.lately * kept_lately + each * watched_lately,
        lately_hours=habits.lately_hours * kept_lately + watched_lately,
        answered_at=now,
    )
    return _found(seen, now) if new_entries else seen


def _found(habits: Habits, now: datetime) -> Habits:
    pause = now - (habits.news_at or now)
    before = habits.longest_pause * 0.5 ** (pause / PAUSE_HALVES)
    return replace(habits, news_at=now, finds=habits.finds + 1, longest_pause=max(pause, before))


def _watched(hours: float, memory: float) -> float:
    """What so many hours of watching weigh at their end."""
    return memory * -math.expm1(-hours / memory)


def _angle(moment: datetime) -> float:
    return 2 * math.pi * ((moment - _MIDNIGHT) / DAY % 1)


def silence(habits: Habits) -> str | None:
    """Why a source is silent, in words; None: it is not, or its habits are not known yet.

    The last answer is the present: nobody knows what a source did while it was not asked.
    """
    if habits.since is None or habits.answered_at is None or habits.news_at is None:
        return None
    if habits.finds < LEAST_FINDS or habits.answered_at - habits.since < LEAST_WATCH:
        return None
    pause = habits.answered_at - habits.news_at
    if pause < max(habits.longest_pause * LONGER_THAN_EVER, LEAST_PAUSE):
        return None
    return f"no news for {words(pause)}, more than twice as long as it ever paused"


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


def as_numbers(habits: Habits) -> dict[str, float]:
    """The habits as they are stored: times in seconds since 1970, what is None left out."""
    return {name: _number(value) for name, value in asdict(habits).items() if value is not None}


def from_numbers(stored: Mapping[str, float]) -> Habits:
    """The habits that ``as_numbers`` made; what an older or newer program stored is passed over."""
    known = {name: _READ.get(name, float)(stored[name]) for name in _NAMES & stored.keys()}
    return replace(Habits(), **known)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _pause(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


_NAMES = frozenset(field.name for field in fields(Habits))
_READ: Mapping[str, Callable[[float], Any]] = {
    "since": _moment,
    "answered_at": _moment,
    "news_at": _moment,
    "longest_pause": _pause,
    "finds": int,
}


def _number(value: float | datetime | timedelta) -> float:
    if isinstance(value, datetime):
        return value.timestamp()
    return value.total_seconds() if isinstance(value, timedelta) else value


def words(time: timedelta) -> str:
    """The time as people say it: "45 min", "36 h", "12 d"."""
    minutes = round(time / timedelta(minutes=1))
    if minutes <= 120:
        return f"{minutes} min"
    return f"{round(time / HOUR)} h" if time <= timedelta(hours=48) else f"{time.days} d"

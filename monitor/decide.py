"""The whole path in two functions: ``read`` says what one page says, ``judge`` what it changes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor import schedule
from monitor.articles import version_text
from monitor.history import (
    ArticleChange,
    Definition,
    assess,
    changes,
    is_converted,
    link,
    series_of,
)
from monitor.rulebook import Rules
from monitor.stories import fingerprint, place
from monitor.types import (
    ClaimEvent,
    ClaimState,
    Observation,
    Outcome,
    Page,
    Past,
    Reading,
    Series,
    SeriesPast,
    Sighting,
    Version,
)
from monitor.urls import normalise

# One answer that an article is gone is often a hiccup of the server: a takedown takes two.
TAKEDOWN_CONFIRMATIONS = 2
CONFIRM_AFTER = timedelta(hours=1)
# Answers that may mean that an article was taken down.
GONE_FATES = frozenset({"gone", "http_error", "soft_404"})


def read(page: Page, rules: Rules) -> Reading:
    """What the page says, taken alone: its article, fingerprint and observations."""
    article = rules.cleaner.clean(page)
    asked = replace(page, body=b"")
    if article.outcome != "stored":
        return Reading(asked, article, cleaner_version=rules.cleaner.version)
    text, body_start, digest = version_text(article)
    if rules.is_off_topic(page.source, text):
        facts = {**article.facts, "reason": "none of the topic's names in headline or text"}
        article = replace(article, outcome="off_topic", text="", blocks=(), facts=facts)
        return Reading(asked, article, cleaner_version=rules.cleaner.version)
    reading = Reading(
        asked,
        article,
        text,
        body_start,
        digest,
        fingerprint(article.text),
        cleaner_version=rules.cleaner.version,
        extractor_version=rules.reader.version,
    )
    return replace(reading, observations=rules.reader.observe(text, published_at(reading)))


def judge(reading: Reading, past: Past, rules: Rules, now: datetime) -> Outcome:
    """What the page changes, given what is stored. Depends on nothing but its arguments."""
    known, article = past.article, reading.article
    if article.outcome != "stored":
        return _not_read(reading, past, rules, now)
    if known is None or known.version is None:
        membership = place(article.text, past.candidates, published_at(reading), identity(reading))
        story_id = membership.story_id or story_of_its_own(identity(reading))
        before: tuple[Sighting, ...] = ()
        version = _version(reading, seq=1)
    else:
        membership, story_id = None, known.story_id or story_of_its_own(known.url)
        before = known.sightings if known.state == "live" else ()
        version = _version(reading, seq=known.version.seq + 1)
        if known.version.text_sha256 == reading.text_sha256 and known.state == "live":
            return _same(reading, past, now)
    after = sighted(reading.observations, place_of(reading, story_id, rules), rules, now)
    links = link(before, after)
    notice = article.notice if known is None or _is_new_notice(reading, past) else None
    change = ArticleChange(identity(reading), links, notice, occasion=str(version.seq))
    states, events = _moved(past, change, rules)
    next_check_at, reason = schedule.next_check(now, now)
    is_back = known is not None and known.version is not None and _has_text(past, reading)
    return Outcome(
        page=reading.page,
        fate="stored",
        detail="back after it was gone" if is_back else None,
        url=identity(reading),
        article=article,
        version=None if is_back else version,
        fingerprint=reading.fingerprint,
        membership=membership,
        story_id=story_id,
        sightings=() if is_back else after,
        links=() if is_back else links,
        states=states,
        events=events,
        state="live",
        next_check_at=next_check_at,
        check_reason=reason,
        extractor_version=reading.extractor_version,
    )


# --- values that both halves of a decision need -------------------------------------------------


def identity(reading: Reading) -> str:
    """The normalised URL that an article is known by.

    The canonical link is believed only where the cleaner let it through (same site) and it does
    not name the front page, as careless templates do.
    """
    asked = normalise(reading.page.final_url or reading.page.url) or reading.page.url
    canonical = normalise(reading.article.canonical_url or "")
    if canonical is None or (_is_front(canonical) and not _is_front(asked)):
        return asked
    return canonical


def published_at(reading: Reading) -> datetime:
    """When the article says it was published, else when it was fetched; a date is its midnight."""
    stated = reading.article.date_published
    if stated:
        moment = datetime.fromisoformat(stated)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return reading.page.fetched_at


@dataclass(frozen=True, slots=True)
class Place:
    """The text that observations stand in: its article, version, story and outlet."""

    url: str
    story_id: str
    outlet: str
    text_sha256: str
    published_at: datetime


def place_of(reading: Reading, story_id: str, rules: Rules) -> Place:
    """Where the observations of a reading stand."""
    url = identity(reading)
    outlet = rules.outlet(url, reading.page.source)
    return Place(url, story_id, outlet, reading.text_sha256, published_at(reading))


def sighted(
    observations: Sequence[Observation], where: Place, rules: Rules, now: datetime
) -> tuple[Sighting, ...]:
    """Observations in their place, each with the series it counts for."""
    placed = (
        Sighting(
            _flagged(one, rules),
            where.url,
            where.story_id,
            where.outlet,
            where.text_sha256,
            where.published_at,
            now,
        )
        for one in observations
    )
    return tuple(
        replace(one, series=series_of(one, rules.definition(one.observation.claim)))
        for one in placed
    )


def _flagged(observation: Observation, rules: Rules) -> Observation:
    """With the flag of a value that is compared in another currency than it was printed in."""
    if not is_converted(observation, rules.definition(observation.claim)):
        return observation
    return replace(observation, flags=(*observation.flags, "converted"))


def affected(reading: Reading, rules: Rules) -> tuple[Series, ...]:
    """The series that the reading speaks of: what ``judge`` has to know the past of."""
    where = place_of(reading, "", rules)
    placed = sighted(reading.observations, where, rules, reading.page.fetched_at)
    return tuple(dict.fromkeys(one.series for one in placed if one.series))


def story_of_its_own(url: str) -> str:
    """The id of the story that the article at ``url`` starts."""
    return "s" + hashlib.sha256(url.encode()).hexdigest()[:16]


# --- parts of a judgement -----------------------------------------------------------------------


def _not_read(reading: Reading, past: Past, rules: Rules, now: datetime) -> Outcome:
    """A page without article text never replaces a good version; twice gone is a takedown."""
    known, article = past.article, reading.article
    outcome = Outcome(
        reading.page,
        article.outcome,
        detail=article.facts.get("reason"),
        url=known.url if known else None,
    )
    if known is None:
        return outcome
    if article.outcome not in GONE_FATES or not _is_gone_status(reading):
        at, reason = schedule.next_check(known.last_changed_at, now)
        return replace(outcome, next_check_at=at, check_reason=reason)
    if known.state == "gone" or known.gone_count + 1 < TAKEDOWN_CONFIRMATIONS:
        at = None if known.state == "gone" else now + CONFIRM_AFTER
        reason = "gone; asked once more" if at else "gone"
        return replace(
            outcome, gone_count=known.gone_count + 1, next_check_at=at, check_reason=reason
        )
    change = ArticleChange(known.url, link(known.sightings, ()), gone=True, occasion="gone")
    states, events = _moved(past, change, rules)
    return replace(
        outcome,
        gone_count=known.gone_count + 1,
        state="gone",
        states=states,
        events=events,
        check_reason="gone",
    )


def _same(reading: Reading, past: Past, now: datetime) -> Outcome:
    known = past.article
    assert known is not None
    at, reason = schedule.next_check(known.last_changed_at, now)
    asked = normalise(reading.page.url)
    fate = "unchanged" if asked in (known.url, None) else "duplicate_url"
    return Outcome(
        reading.page, fate, url=known.url, state="live", next_check_at=at, check_reason=reason
    )


def _moved(
    past: Past, change: ArticleChange, rules: Rules
) -> tuple[tuple[ClaimState, ...], tuple[ClaimEvent, ...]]:
    """New states and events of every series that the change touches."""
    states: list[ClaimState] = []
    events: list[ClaimEvent] = []
    for series, definition in _touched(change, rules):
        known = past.series.get(series, SeriesPast())
        spoken = (*known.others, *change.after_of(series, definition))
        state = state_of(series, spoken, known.state, rules)
        after = state or known.state
        events += changes(known.state, after, replace(change, others=known.others), definition)
        if state is not None:
            states.append(state)
    return tuple(states), tuple(events)


def state_of(
    series: Series, spoken: Sequence[Sighting], before: ClaimState | None, rules: Rules
) -> ClaimState | None:
    """The new state of a series from all its live sightings; None: as before."""
    after = assess(series, spoken, rules.definition(series.claim))
    if after is None and before is not None:
        after = _silent(before)
    if after is None or (before is not None and before.inputs_sha256 == after.inputs_sha256):
        return None
    return after


def _touched(change: ArticleChange, rules: Rules) -> Iterator[tuple[Series, Definition]]:
    seen = set()
    for sighting in (one for pair in change.links for one in (pair.before, pair.after) if one):
        definition = rules.definition(sighting.observation.claim)
        series = series_of(sighting, definition)
        if series not in seen:
            seen.add(series)
            yield series, definition


def _silent(before: ClaimState) -> ClaimState:
    """The state of a series that nobody speaks of any more."""
    return replace(
        before,
        low=None,
        point=None,
        high=None,
        spread=None,
        contested=False,
        camps=(),
        observations=0,
        articles=0,
        stories=0,
        outlets=0,
        supporters=0,
        doubters=0,
        inputs_sha256=hashlib.sha256(b"").hexdigest(),
    )


def _version(reading: Reading, seq: int) -> Version:
    return Version(
        seq=seq,
        headline=reading.article.headline,
        text=reading.text,
        body_start=reading.body_start,
        text_sha256=reading.text_sha256,
        fetched_at=reading.page.fetched_at,
        notice=reading.article.notice,
        cleaner_version=reading.cleaner_version,
    )


def _has_text(past: Past, reading: Reading) -> bool:
    version = past.article.version if past.article else None
    return version is not None and version.text_sha256 == reading.text_sha256


def _is_new_notice(reading: Reading, past: Past) -> bool:
    """A correction notice that the older version did not have."""
    version = past.article.version if past.article else None
    return reading.article.notice is not None and (
        version is None or version.notice != reading.article.notice
    )


def _is_gone_status(reading: Reading) -> bool:
    return reading.page.status in (404, 410) or reading.article.outcome == "soft_404"


def _is_front(url: str) -> bool:
    return url.split("://", 1)[-1].partition("/")[2] == ""

"""The whole path in two functions: ``read`` says what one page says, ``judge`` what it changes."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from monitor import schedule
from monitor.articles import countable, is_cleaned_only, version_text
from monitor.history import ArticleChange, Place, link, move, sighted
from monitor.rulebook import Rules
from monitor.stories import fingerprint, place
from monitor.types import (
    Article,
    KnownArticle,
    Membership,
    Needs,
    Outcome,
    Page,
    Past,
    Reading,
    Version,
)
from monitor.urls import normalise

# Answers that may mean that an article was taken down.
GONE_FATES = frozenset({"gone", "http_error", "soft_404"})


def read(page: Page, rules: Rules) -> Reading:
    """What the page says, taken alone: its article, fingerprint and observations."""
    sent_home = _sent_home(page)
    article = sent_home or rules.cleaner.clean(page, page.learned)
    asked = replace(page, body=b"", final_url=None if sent_home else page.final_url)
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
        recurring=countable(article.blocks),
        cleaner_version=rules.cleaner.version,
        extractor_version=rules.reader.version,
    )
    return replace(reading, observations=rules.reader.observe(text, published_at(reading)))


def judge(reading: Reading, past: Past, rules: Rules, now: datetime) -> Outcome:
    """What the page changes, given what is stored. Depends on nothing but its arguments.

    Where its ``uncounted`` or ``unled`` is not empty, the past says too little: judge again with
    all sightings, or the accounts of all outlets, of these series.
    """
    known, article = past.article, reading.article
    if past.is_forgotten:
        return Outcome(reading.page, "forgotten", detail="at its publisher's request")
    if known is not None and _is_twin(reading, known):
        return _twin(reading, known)
    if article.outcome != "stored":
        return _not_read(reading, past, rules, now)
    held = known.version if known else None
    is_same = held is not None and (
        held.text_sha256 == reading.text_sha256
        or is_cleaned_only(held.text, reading.text, article.blocks)
    )
    if known is not None and is_same and known.state == "live":
        return _same(reading, known, now)
    where, membership = _placed(reading, past, rules)
    said = sighted(reading.observations, where, rules.definition, now)
    is_back = known is not None and is_same
    before = known.sightings if known is not None and known.state == "live" else ()
    after = known.sightings if known is not None and is_back else said
    links = link(before, after)
    version = _version(reading, seq=held.seq + 1 if held else 1)
    notice = article.notice if held is None or held.notice != article.notice else None
    occasion = _at("back", reading) if is_back else str(version.seq)
    change = ArticleChange(where.url, links, notice, occasion=occasion)
    moves = move(change, where.story_id, past.series, rules.definition)
    next_check_at, reason = schedule.next_check(now, now)
    return Outcome(
        page=reading.page,
        fate="stored",
        detail="back after it was gone" if is_back else None,
        url=where.url,
        article=article,
        outlet=where.outlet,
        version=None if is_back else version,
        fingerprint=reading.fingerprint,
        recurring=() if is_back else reading.recurring,
        membership=membership,
        story_id=where.story_id,
        sightings=() if is_back else said,
        links=() if is_back else links,
        states=moves.states,
        counts=moves.counts,
        events=moves.events,
        uncounted=moves.uncounted,
        unled=moves.unled,
        state="live",
        next_check_at=next_check_at,
        check_reason=reason,
        extractor_version=reading.extractor_version,
    )


def needed(reading: Reading, rules: Rules) -> Needs:
    """What has to be loaded as the past of a reading before it can be judged."""
    url = identity(reading)
    asked = normalise(reading.page.url) or reading.page.url
    at = published_at(reading)
    where = Place(url, "", rules.outlet(url, reading.page.source), reading.text_sha256, at)
    said = sighted(reading.observations, where, rules.definition, reading.page.fetched_at)
    return Needs(
        urls=tuple(dict.fromkeys((url, asked))),
        outlet=where.outlet,
        published_at=at,
        fingerprint=reading.fingerprint,
        series=tuple(dict.fromkeys(one.series for one in said if one.series)),
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


def published_at(reading: Reading, known: KnownArticle | None = None) -> datetime:
    """When the article says it was published, else when it was seen first; a date is its midnight.

    ``known`` None: it is seen for the first time.
    """
    stated = reading.article.date_published
    if stated:
        moment = datetime.fromisoformat(stated)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return known.first_seen_at if known else reading.page.fetched_at


def story_of_its_own(url: str) -> str:
    """The id of the story that the article at ``url`` starts."""
    return "s" + hashlib.sha256(url.encode()).hexdigest()[:16]


# --- parts of a judgement -----------------------------------------------------------------------


def _placed(reading: Reading, past: Past, rules: Rules) -> tuple[Place, Membership | None]:
    """Where the reading's observations stand; and why its story, where that is decided now.

    An article that is known keeps its URL, outlet and story, whatever its page says by now. Of one
    that is read again only a story that a person chose is still known.
    """
    known = past.article
    at = published_at(reading, known)
    url = known.url if known else identity(reading)
    outlet = known.outlet if known else rules.outlet(url, reading.page.source)
    if known is not None and known.is_placed:
        story_id = known.story_id or story_of_its_own(url)
        return Place(url, story_id, outlet, reading.text_sha256, at), None
    membership = place(reading.article.text, past.candidates, at, url)
    story_id = membership.story_id or story_of_its_own(url)
    return Place(url, story_id, outlet, reading.text_sha256, at), membership


def _is_twin(reading: Reading, known: KnownArticle) -> bool:
    """Whether the page is another address of an article that is watched at its own.

    An AMP or mobile page says the same in other words and figures of boilerplate; taken for the
    article, the two would edit each other at every look.
    """
    asked = normalise(reading.page.url)
    return known.read_from is not None and asked not in (known.url, known.read_from, None)


def _twin(reading: Reading, known: KnownArticle) -> Outcome:
    reason = f"another address of {known.url}: not looked at again"
    fate = reading.article.outcome
    return Outcome(
        reading.page,
        "duplicate_url" if fate == "stored" else fate,
        detail=reason,
        url=known.url,
        gone_count=known.gone_count,
        check_reason=reason,
    )


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
    count = known.gone_count + 1
    at, reason = schedule.next_check(known.last_changed_at, now, count)
    outcome = replace(outcome, gone_count=count, next_check_at=at, check_reason=reason)
    if known.state == "gone" or count < schedule.GONE_CONFIRMED:
        return outcome
    links = link(known.sightings, ())
    change = ArticleChange(known.url, links, gone=True, occasion=_at("gone", reading))
    moves = move(change, known.story_id or "", past.series, rules.definition)
    return replace(
        outcome,
        state="gone",
        states=moves.states,
        counts=moves.counts,
        events=moves.events,
        uncounted=moves.uncounted,
        unled=moves.unled,
    )


def _at(word: str, reading: Reading) -> str:
    """An article may go, or come back, with the same text more than once."""
    return f"{word} {reading.page.fetched_at.astimezone(UTC).isoformat()}"


def _same(reading: Reading, known: KnownArticle, now: datetime) -> Outcome:
    at, reason = schedule.next_check(known.last_changed_at, now)
    asked = normalise(reading.page.url)
    fate = "unchanged" if asked in (known.url, None) else "duplicate_url"
    return Outcome(
        reading.page, fate, url=known.url, state="live", next_check_at=at, check_reason=reason
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


def _is_gone_status(reading: Reading) -> bool:
    return reading.page.status in (404, 410) or reading.article.outcome in ("soft_404", "gone")


def _sent_home(page: Page) -> Article | None:
    """Publishers send readers of articles that they took down to the front page."""
    asked, answered = normalise(page.url), normalise(page.final_url or page.url)
    if asked is None or answered is None or _is_front(asked) or not _is_front(answered):
        return None
    return Article(page.url, "gone", facts={"reason": f"redirected to the front page {answered}"})


def _is_front(url: str) -> bool:
    return url.split("://", 1)[-1].partition("/")[2] == ""

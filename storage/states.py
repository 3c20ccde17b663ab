"""Claim states and events: what the press says, and what changed."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import Camp, ClaimEvent, ClaimState, Series
from storage import series as series_rows
from storage.columns import digest, dump, number_text
from storage.rows import Cause, Row, add_one, chunks, insert
from storage.schema import article, claim_camp, claim_event, claim_state, series


def current(
    connection: Connection, series_ids: Mapping[int, Series]
) -> Mapping[Series, ClaimState]:
    """The valid state of each series that has one."""
    rows = connection.execute(
        sa.select(claim_state).where(
            claim_state.c.series_id.in_(series_ids), claim_state.c.superseded_at.is_(None)
        )
    ).all()
    camps = camps_of(connection, [row.state_id for row in rows])
    return {
        series_ids[row.series_id]: state(row, series_ids[row.series_id], camps[row.state_id])
        for row in rows
    }


def of_claim(connection: Connection, claim: str) -> Mapping[Series, ClaimState]:
    """The valid states of all series of a claim."""
    rows = connection.execute(sa.select(series).where(series.c.claim == claim))
    wanted = {row.series_id: Series(row.claim, row.qualifiers, row.period) for row in rows}
    found: dict[Series, ClaimState] = {}
    for chunk in chunks(wanted):
        found |= current(connection, {number: wanted[number] for number in chunk})
    return found


_LEADS = ("first_seen", "consensus_moved")
_CONTESTS = ("first_seen", "contested", "settled")


def told(
    connection: Connection, series_ids: Mapping[int, Series]
) -> Mapping[Series, tuple[ClaimEvent, ...]]:
    """The last events of each series that told its leading value and whether it is contested.

    Oldest first; where the last one told of no value, with the first camp that came after it.
    """
    valid = claim_event.c.superseded_at.is_(None)
    told_by = claim_event.c.reading_id
    last = (
        sa.select(claim_event.c.series_id, claim_event.c.kind, sa.func.max(told_by))
        .where(
            claim_event.c.series_id.in_(series_ids),
            claim_event.c.kind.in_({*_LEADS, *_CONTESTS}),
            valid,
        )
        .group_by(claim_event.c.series_id, claim_event.c.kind)
    )
    place = sa.tuple_(claim_event.c.series_id, claim_event.c.kind, told_by)
    rows = connection.execute(sa.select(claim_event).where(place.in_(last), valid)).all()
    found: dict[int, list[sa.Row[Any]]] = {}
    for row in sorted(rows, key=_order):
        found.setdefault(row.series_id, []).append(row)
    for series_id, events in found.items():
        leads = [row for row in events if row.kind in _LEADS]
        if leads and (leads[-1].after or {}).get("point", "told") is None:
            query = sa.select(claim_event).where(
                claim_event.c.series_id == series_id,
                claim_event.c.kind == "new_camp",
                told_by > leads[-1].reading_id,
                valid,
            )
            events += connection.execute(query.order_by(told_by, claim_event.c.seq).limit(1)).all()
            events.sort(key=_order)
    return {
        series_ids[number]: tuple(_event(row, series_ids[number]) for row in events)
        for number, events in found.items()
    }


def _order(row: sa.Row[Any]) -> tuple[int, int]:
    """As told: pages read again tell their old events anew, whose numbers stay."""
    return row.reading_id, row.seq


def _event(row: sa.Row[Any], of: Series) -> ClaimEvent:
    return ClaimEvent(
        row.event_id, row.kind, of, row.before, row.after, row.evidence, row.url, row.quote
    )


def camps_of(connection: Connection, state_ids: Sequence[int]) -> Mapping[int, tuple[Camp, ...]]:
    """The camps of each state, heaviest first."""
    found: dict[int, list[Camp]] = {number: [] for number in state_ids}
    query = (
        sa.select(claim_camp)
        .where(claim_camp.c.state_id.in_(state_ids))
        .order_by(claim_camp.c.state_id, claim_camp.c.rank)
    )
    for row in connection.execute(query):
        found[row.state_id].append(
            Camp(
                value=row.value,
                low=row.low,
                high=row.high,
                weight=row.weight,
                articles=row.articles,
                stories=row.stories,
                outlets=tuple(row.outlets),
                first_seen_at=row.first_seen_at,
                last_seen_at=row.last_seen_at,
                first_url=row.first_url or "",
                first_outlet=row.first_outlet or "",
            )
        )
    return {number: tuple(camps) for number, camps in found.items()}


def state(row: sa.Row[Any], of: Series, camps: tuple[Camp, ...]) -> ClaimState:
    return ClaimState(
        series=of,
        unit=row.unit,
        low=row.low,
        point=row.point,
        high=row.high,
        spread=row.spread,
        contested=row.contested,
        camps=camps,
        observations=row.observations,
        articles=row.articles,
        stories=row.stories,
        outlets=row.outlets,
        supporters=row.supporters,
        doubters=row.doubters,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        inputs_sha256=row.inputs_sha256,
    )


def save(connection: Connection, new: Sequence[ClaimState], cause: Cause) -> None:
    """Each becomes the valid state of its series; the one before it is kept, superseded."""
    series_ids = series_rows.save(connection, (item.series for item in new))
    for item in new:
        series_id = series_ids[item.series]
        again = _revoked(connection, series_id, item, cause)
        connection.execute(
            sa.update(claim_state)
            .where(claim_state.c.series_id == series_id, claim_state.c.superseded_at.is_(None))
            .values(superseded_at=again.recorded_at if again else cause.now)
        )
        if again is None:
            _add(connection, series_id, item, cause)
        else:
            connection.execute(
                sa.update(claim_state)
                .where(claim_state.c.state_id == again.state_id)
                .values(superseded_at=None, revoked_at=None)
            )


def _revoked(
    connection: Connection, series_id: int, item: ClaimState, cause: Cause
) -> sa.Row[Any] | None:
    """The equal state that the same page led to when it was read before; see ``rows.revive``."""
    if cause.stepped_back_at is None:
        return None
    rows = connection.execute(
        sa.select(claim_state)
        .where(
            claim_state.c.series_id == series_id,
            claim_state.c.page_id == cause.page_id,
            claim_state.c.inputs_sha256 == item.inputs_sha256,
            claim_state.c.revoked_at == cause.stepped_back_at,
        )
        .order_by(claim_state.c.state_id.desc())
    ).all()
    camps = camps_of(connection, [row.state_id for row in rows])
    for row in rows:
        if state(row, item.series, camps[row.state_id]) == item:
            return row
    return None


def _add(connection: Connection, series_id: int, item: ClaimState, cause: Cause) -> None:
    row = {
        "series_id": series_id,
        "page_id": cause.page_id,
        "recorded_at": cause.now,
        **_state_row(item),
    }
    state_id = add_one(connection, claim_state, row)
    camps = [
        {"state_id": state_id, "rank": rank, **_camp_row(camp)}
        for rank, camp in enumerate(item.camps, start=1)
    ]
    if camps:
        connection.execute(sa.insert(claim_camp), camps)


def _state_row(item: ClaimState) -> Row:
    return {
        "unit": item.unit,
        "low": item.low,
        "point": item.point,
        "high": item.high,
        "spread": item.spread,
        "contested": item.contested,
        "observations": item.observations,
        "articles": item.articles,
        "stories": item.stories,
        "outlets": item.outlets,
        "supporters": item.supporters,
        "doubters": item.doubters,
        "first_seen_at": item.first_seen_at,
        "last_seen_at": item.last_seen_at,
        "inputs_sha256": item.inputs_sha256,
    }


def _camp_row(camp: Camp) -> Row:
    return {
        "camp": label(camp.value),
        "value": camp.value,
        "low": camp.low,
        "high": camp.high,
        "weight": camp.weight,
        "articles": camp.articles,
        "stories": camp.stories,
        "outlets": camp.outlets,
        "first_seen_at": camp.first_seen_at,
        "last_seen_at": camp.last_seen_at,
        "first_url": camp.first_url or None,
        "first_outlet": camp.first_outlet or None,
    }


def label(value: Decimal | str | bool) -> str:
    """The value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, Decimal) else value


def save_events(connection: Connection, new: Sequence[ClaimEvent], cause: Cause) -> int:
    """How many of the events are new; the others were told before.

    One that was superseded and is told again in the same words keeps its number and its time; in
    other words, or of another article, it is a new row of the same id.
    """
    if not new:
        return 0
    series_ids = series_rows.save(connection, (item.series for item in new))
    articles = _articles(connection, [item.url for item in new if item.url is not None])
    rows = [
        {
            "event_id": item.event_id,
            "kind": item.kind,
            "series_id": series_ids[item.series],
            "before": item.before,
            "after": item.after,
            "evidence": item.evidence,
            "article_id": articles.get(item.url or ""),
            "url": item.url,
            "quote": item.quote,
            "page_id": cause.page_id,
        }
        for item in new
    ]
    same = _told_before(connection, rows, cause)
    again = [number for row in rows if (number := same.get(dump(row))) is not None]
    connection.execute(
        sa.update(claim_event)
        .where(claim_event.c.seq.in_(again))
        .values(superseded_at=None, reading_id=cause.reading_id)
    )
    added = [
        row | {"reading_id": cause.reading_id, "recorded_at": cause.now}
        for row in rows
        if dump(row) not in same
    ]
    if not added:
        return 0
    statement = insert(connection, claim_event).on_conflict_do_nothing()
    return len(connection.execute(statement.returning(claim_event.c.seq), added).all())


def _told_before(connection: Connection, rows: Sequence[Row], cause: Cause) -> Mapping[str, int]:
    """The numbers of events of these ids that are to be told again, by all that they say."""
    if cause.stepped_back_at is None:
        return {}
    columns = [claim_event.c[name] for name in rows[0]]
    query = (
        sa.select(claim_event.c.seq, *columns)
        .where(
            claim_event.c.event_id.in_([row["event_id"] for row in rows]),
            claim_event.c.superseded_at == cause.stepped_back_at,
        )
        .order_by(claim_event.c.seq)
    )
    return {
        dump({name: row[name] for name in rows[0]}): row["seq"]
        for row in connection.execute(query).mappings()
    }


def _articles(connection: Connection, urls: Sequence[str]) -> Mapping[str, int]:
    keys = {digest(url): url for url in urls}
    query = sa.select(article.c.url_sha256, article.c.article_id).where(
        article.c.url_sha256.in_(keys)
    )
    return {keys[bytes(row.url_sha256)]: row.article_id for row in connection.execute(query)}

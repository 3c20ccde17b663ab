"""What is stored that the judgement of one page may depend on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from monitor.types import KnownArticle, Needs, Past, Series, SeriesPast, Version
from storage import articles, counts, forgetting, series, sightings, states, stories
from storage.postings import Recent
from storage.schema import article, page, story_member, version

# Outlets in a series up to which what they have in its count is loaded at once: as fast as to find
# out that all are needed and to judge the page again (benchmarks/history.py).
FEW = 200


@dataclass(frozen=True, slots=True)
class More:
    """Of which series more is wanted than what the article's story and outlet say."""

    whole: Collection[Series] = ()  # all that is live
    outlets: frozenset[str] = frozenset()  # whose part of the counts is wanted in any case


def load(connection: Connection, needs: Needs, more: More, recent: Recent) -> Past:
    if forgetting.find(connection, needs.urls):
        return Past(is_forgotten=True)
    number = articles.find(connection, *needs.urls)
    known = None if number is None else _known(connection, number)
    found = needs.fingerprint
    near = stories.candidates(connection, recent, found, number) if found else ()
    held = known.sightings if known else ()
    more = replace(more, outlets=frozenset(item.outlet for item in held))
    wanted = series.numbers(connection, {*needs.series, *map(series.of, held), *more.whole})
    near_by = sightings.Neighbours(
        itself=number,
        stories=_stories(known, (one.story_id for one in near)),
        outlet=known.outlet if known else needs.outlet,
        before=needs.published_at,
    )
    past = _series(connection, wanted, more, near_by)
    return Past(known, near, {item: SeriesPast() for item in needs.series} | past)


def load_whole(connection: Connection, wanted: Iterable[Series]) -> Mapping[Series, SeriesPast]:
    """The past of each series that is known, with everything that is live."""
    numbers = series.numbers(connection, wanted)
    past = _series(connection, numbers, More(numbers.keys()), sightings.Neighbours())
    return with_accounts(connection, past, wanted)


def with_accounts(
    connection: Connection, known: Mapping[Series, SeriesPast], wanted: Iterable[Series]
) -> Mapping[Series, SeriesPast]:
    """The same with what all outlets have in the counts of the series that are wanted."""
    more = {}
    for item, number in series.numbers(connection, wanted).items():
        one = known[item]
        if one.count is not None:
            held = counts.accounts(connection, number, None)
            more[item] = replace(one, count=replace(one.count, accounts=held, is_whole=True))
    return {**known, **more}


def _stories(known: KnownArticle | None, near: Iterable[str]) -> frozenset[str]:
    """The stories that the article is in, or may be put into."""
    if known is not None and known.is_placed:
        return frozenset({known.story_id} if known.story_id else ())
    return frozenset(near)


def _known(connection: Connection, number: int) -> KnownArticle:
    row = connection.execute(
        sa.select(article, story_member.c.story_id)
        .outerjoin(
            story_member,
            sa.and_(
                story_member.c.article_id == article.c.article_id,
                story_member.c.superseded_at.is_(None),
            ),
        )
        .where(article.c.article_id == number)
    ).one()
    current = articles.current(connection, number)
    said = () if current is None else sightings.of_version(connection, current.version_id or 0)
    return KnownArticle(
        url=row.url,
        outlet=row.outlet,
        version=current,
        story_id=row.story_id,
        sightings=said,
        state=row.state,
        first_seen_at=row.first_seen_at,
        last_changed_at=row.last_changed_at,
        gone_count=row.gone_count,
        read_from=_read_from(connection, current),
    )


def _read_from(connection: Connection, current: Version | None) -> str | None:
    query = sa.select(page.c.url).join(version, version.c.page_id == page.c.page_id)
    if current is None:
        return None
    found = connection.execute(query.where(version.c.version_id == current.version_id))
    url: str | None = found.scalar()
    return url


def _series(
    connection: Connection,
    numbers: Mapping[Series, int],
    more: More,
    near_by: sightings.Neighbours,
) -> dict[Series, SeriesPast]:
    """Those without a count that fits are loaded whole: all that is live has to be counted."""
    if not numbers:
        return {}
    by_number = {series_id: item for item, series_id in numbers.items()}
    last = states.current(connection, by_number)
    kept = counts.load(connection, by_number)
    told = states.told(connection, by_number)
    part = {n: item for n, item in by_number.items() if item in kept and item not in more.whole}
    rest = {n: item for n, item in by_number.items() if n not in part}
    others = {
        **sightings.live(connection, rest, near_by.itself),
        **sightings.near(connection, part, near_by),
    }
    counted = {}
    for number, item in by_number.items():
        if item in kept:
            near = {near_by.outlet, *more.outlets, *(one.outlet for one in others[item])}
            is_small = last[item].outlets <= FEW
            held = counts.accounts(connection, number, None if is_small else near)
            counted[item] = replace(kept[item], accounts=held, is_whole=is_small)
    return {
        item: SeriesPast(
            others=others[item],
            state=last.get(item),
            count=counted.get(item),
            is_whole=n in rest,
            told=told.get(item, ()),
        )
        for n, item in by_number.items()
    }

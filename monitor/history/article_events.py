"""Events of one article: what it says now against what it said, and against its own outlet."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from monitor.history.ballots import DISSENT, meaning, seen_at, series_of
from monitor.history.definition import Definition
from monitor.history.scale import Statement, fits
from monitor.history.statements import statements, weight
from monitor.history.telling import ArticleChange, event, said
from monitor.types import ClaimEvent, EventKind, Series, Sighting


def article_events(
    series: Series, change: ArticleChange, definition: Definition
) -> tuple[ClaimEvent, ...]:
    """The events that one article makes of itself in one series.

    silent_edit or, with a notice, corrected: value, bound, modality or speaker changed. withdrawn:
    no longer said while the article lives. takedown: the article is gone. denied, suspect_value
    and contradiction: new in this version, and not in another copy of the story.
    outlet_changed_its_number: a first word of this article that its outlet's last one rules out.
    """
    old, new = change.before_of(series, definition), change.after_of(series, definition)
    if change.gone:
        return (_takedown(series, change, old),) if old else ()
    edits = _edits(series, change, definition)
    gone = _withdrawals(series, change, old, new, edits)
    fresh = _fresh(series, change, definition)
    return (
        *edits,
        *gone,
        *(() if change.notice and (edits or gone) else _denials(series, change, fresh)),
        *_suspects(series, change, fresh),
        *_contradiction(series, change, definition),
        *(() if old else _other_number(series, change, new, definition)),
    )


def _takedown(series: Series, change: ArticleChange, old: Sequence[Sighting]) -> ClaimEvent:
    values = sorted({str(said(one)["value"]) for one in old})
    return event("takedown", series, change, ({"values": values}, None), (old, ()))


def _edits(series: Series, change: ArticleChange, definition: Definition) -> tuple[ClaimEvent, ...]:
    """One event for each distinct change, however often the article repeats the value."""
    found: dict[tuple[object, ...], list[tuple[Sighting, Sighting]]] = {}
    for link in change.links:
        old, new = link.before, link.after
        if old is None or new is None or series_of(new, definition) != series:
            continue
        if _substance(old) != _substance(new):
            found.setdefault((_substance(old), _substance(new)), []).append((old, new))
    kind: EventKind = "corrected" if change.notice else "silent_edit"
    return tuple(
        event(
            kind,
            series,
            change,
            (said(pairs[0][0]), said(pairs[0][1])),
            ([old for old, _ in pairs], [new for _, new in pairs]),
        )
        for pairs in found.values()
    )


def _withdrawals(
    series: Series,
    change: ArticleChange,
    old: Sequence[Sighting],
    new: Sequence[Sighting],
    edits: Sequence[ClaimEvent],
) -> tuple[ClaimEvent, ...]:
    """What the article no longer says anywhere, unless an edit already tells of it."""
    kept = {_stand(one) for one in new}
    replaced = [edit.before for edit in edits]
    left = {id(link.before) for link in change.links if link.after is None}
    found: dict[tuple[object, ...], list[Sighting]] = {}
    for one in old:
        if id(one) in left and _stand(one) not in kept and not _told(one, replaced):
            found.setdefault(_stand(one), []).append(one)
    kind: EventKind = "corrected" if change.notice else "withdrawn"
    return tuple(
        event(kind, series, change, (said(group[0]), None), (group, ())) for group in found.values()
    )


def _told(one: Sighting, replaced: Iterable[Mapping[str, object] | None]) -> bool:
    value = said(one)
    keys = ("value", "low", "high", "unit")
    return any(side is not None and all(side[k] == value[k] for k in keys) for side in replaced)


def _denials(
    series: Series, change: ArticleChange, fresh: Sequence[Sighting]
) -> tuple[ClaimEvent, ...]:
    return _once("denied", series, change, [o for o in fresh if o.observation.modality == "denied"])


def _suspects(
    series: Series, change: ArticleChange, fresh: Sequence[Sighting]
) -> tuple[ClaimEvent, ...]:
    suspect = [one for one in fresh if _is_suspect(one)]
    return _once("suspect_value", series, change, suspect)


def _is_suspect(one: Sighting) -> bool:
    return "suspect" in one.observation.flags and one.observation.modality not in DISSENT


def _once(
    kind: EventKind, series: Series, change: ArticleChange, sightings: Sequence[Sighting]
) -> tuple[ClaimEvent, ...]:
    """An event for each distinct value that no other article of the story already has."""
    copied = {
        (one.story_id, meaning(one), _is_suspect(one))
        for one in change.others
        if one.url != change.url
    }
    found: dict[tuple[object, ...], list[Sighting]] = {}
    for one in sightings:
        if (one.story_id, meaning(one), _is_suspect(one)) not in copied:
            found.setdefault(meaning(one), []).append(one)
    return tuple(
        event(kind, series, change, (None, said(group[0])), ((), group)) for group in found.values()
    )


def _fresh(series: Series, change: ArticleChange, definition: Definition) -> list[Sighting]:
    """What this version is the first of the article to say, or the first to say in this way."""
    fresh = []
    for link in change.links:
        new, old = link.after, link.before
        if new is None or series_of(new, definition) != series:
            continue
        if old is None or (_is_suspect(new) and not _is_suspect(old)):
            fresh.append(new)
    return fresh


def _contradiction(
    series: Series, change: ArticleChange, definition: Definition
) -> tuple[ClaimEvent, ...]:
    """One voice of the article states two values that cannot both be true, and did not before."""
    pair = _clash(change.after_of(series, definition), definition)
    if pair is None or _clash(change.before_of(series, definition), definition) is not None:
        return ()
    copies: dict[str, list[Sighting]] = {}
    for one in change.others:
        if one.story_id == pair[0].story_id and one.url != change.url:
            copies.setdefault(one.url, []).append(one)
    if any(_clash(copy, definition) is not None for copy in copies.values()):
        return ()
    return (event("contradiction", series, change, (said(pair[0]), said(pair[1])), ((), pair)),)


def _clash(
    sightings: Sequence[Sighting], definition: Definition
) -> tuple[Sighting, Sighting] | None:
    if definition.kind == "text":
        return None  # a model trained on H800 chips may have used others too
    distinct = {(meaning(one), one.observation.about_start): one for one in reversed(sightings)}
    voiced = [one for one in reversed(distinct.values()) if weight(one.observation) > 0]
    for one, other in combinations(voiced[:_MOST_COMPARED], 2):
        if one.observation.speaker != other.observation.speaker:
            continue
        if not _may_speak_of_one_time([one], [other]):
            continue
        if _exclude(_stated([one], definition), _stated([other], definition), definition):
            return one, other
    return None


# Values of one article and claim that are compared pair by pair: real articles have a handful, and
# hostile ones must not cost the square of their length.
_MOST_COMPARED = 40


def _other_number(
    series: Series, change: ArticleChange, new: Sequence[Sighting], definition: Definition
) -> tuple[ClaimEvent, ...]:
    """The outlet's last article said what this one rules out."""
    now = [one for one in new if weight(one.observation) > 0]
    if not now:
        return ()
    since = min((seen_at(one), one.url) for one in now)
    earlier = [
        one
        for one in change.others
        if one.outlet == now[0].outlet
        and one.story_id != now[0].story_id
        and weight(one.observation) > 0
        and (seen_at(one), one.url) < since
    ]
    if not earlier:
        return ()
    last_url = max((seen_at(one), one.url) for one in earlier)[1]
    last = [one for one in earlier if one.url == last_url]
    if not _may_speak_of_one_time(last, now):
        return ()
    if not _exclude(_stated(last, definition), _stated(now, definition), definition):
        return ()
    sides = (said(last[0]), said(now[0]))
    return (event("outlet_changed_its_number", series, change, sides, (last, now)),)


def _may_speak_of_one_time(some: Iterable[Sighting], others: Iterable[Sighting]) -> bool:
    """Whether a time that both sides give is the same; spending of another year is no change."""
    times = [{one.observation.about_start for one in side} - {None} for side in (some, others)]
    return not (times[0] and times[1]) or not times[0].isdisjoint(times[1])


def _stated(sightings: Iterable[Sighting], definition: Definition) -> list[Statement]:
    every = (statement for one in sightings for statement in statements(one, definition))
    return list(dict.fromkeys(every))[:_MOST_COMPARED]


def _exclude(
    some: Sequence[Statement], others: Sequence[Statement], definition: Definition
) -> bool:
    """Whether both sides state something and nothing of it can be true together."""
    if not some or not others:
        return False
    return not any(fits(one, other, definition) for one in some for other in others)


def _substance(one: Sighting) -> tuple[object, ...]:
    """What an edit must touch to be told: value, bound, unit, modality or speaker."""
    return tuple(meaning(one)[2:])


def _stand(one: Sighting) -> tuple[object, ...]:
    """What the article stands for with an observation: its value, and for or against it."""
    value = said(one)
    dissent = one.observation.modality in DISSENT
    return (value["value"], value["low"], value["high"], value["unit"], dissent)

"""The events of one series after one article changed: what is worth telling someone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monitor.history.article_events import article_events
from monitor.history.camps import Standing, same_camp
from monitor.history.definition import Definition
from monitor.history.scale import fits
from monitor.history.statements import stated, statements
from monitor.history.telling import ArticleChange, event, standing, summary
from monitor.types import Camp, ClaimEvent, ClaimState, EventKind, Sighting

# Where it is known what was told last, a new leader is told only once it is ahead by this factor,
# and a settled claim only once the runner-up has fallen to this part of the share that contests:
# otherwise two camps of equal size would take turns in the events (test_events.py).
LEAD_MARGIN = 1.1
SETTLED_MARGIN = 0.75


@dataclass(frozen=True, slots=True)
class Told:
    """What the events of a series have told so far: its leading value and whether it is contested.

    ``leader`` None: no value was told.
    """

    leader: Standing | None = None
    contested: bool = False


def told(events: Iterable[ClaimEvent], so_far: Told | None = None) -> Told | None:
    """What is told once these events of one series are, oldest first; None: nothing yet.

    Only the last first_seen, consensus_moved, contested or settled one matters, and new_camp where
    it brought the first value.
    """
    for one in events:
        after = one.after or {}
        if one.kind in ("contested", "settled"):
            so_far = replace(so_far or Told(), contested=one.kind == "contested")
        elif one.kind == "first_seen":
            so_far = Told(_standing(after, "point"), after.get("contested") is True)
        elif one.kind == "consensus_moved" or (
            one.kind == "new_camp" and (so_far is None or so_far.leader is None)
        ):
            so_far = replace(so_far or Told(), leader=_standing(after, "value"))
    return so_far


def _standing(after: Mapping[str, object], key: str) -> Standing | None:
    value = _value(after.get(key))
    if value is None:
        return None
    low, high = (_value(after.get(end)) for end in ("low", "high"))
    return Standing(
        value,
        low if isinstance(low, Decimal) else None,
        high if isinstance(high, Decimal) else None,
    )


def _value(plain: object) -> Decimal | str | bool | None:
    if isinstance(plain, bool | str):
        return plain
    return Decimal(str(plain)) if isinstance(plain, int | float) else None


def changes(
    before: ClaimState | None,
    after: ClaimState | None,
    change: ArticleChange,
    definition: Definition,
    told: Told | None = None,
) -> tuple[ClaimEvent, ...]:
    """The events that a change of one article makes in one series, the article's own first.

    ``before`` and ``after`` are the states of the series, None or without observations where nobody
    spoke; ``told`` is what its events told last
    (None: take ``before``), which keeps slow drift from going unnoticed, a tie from flapping and a
    claim that was gone from being first seen again. Ids follow from kind, series, article, version
    hashes and values: the same inputs give the same events. Cosmetic edits give none.
    """
    state = after or before
    if state is None:
        return ()
    own = article_events(state.series, change, definition)
    if after is None or not after.observations:
        return own
    if before is None and told is None:
        cited = change.after_of(after.series, definition)
        sides = (None, summary(after))
        return (event("first_seen", after.series, change, sides, ((), cited)), *own)
    return (
        *own,
        *_new_camps(before, after, change, definition),
        *_consensus(told, before, after, change, definition),
        *_contest(told, before, after, change, definition),
    )


def _new_camps(
    before: ClaimState | None, after: ClaimState, change: ArticleChange, definition: Definition
) -> tuple[ClaimEvent, ...]:
    """Values that nobody stated before, beside camps that still stand.

    Where nothing of the old camps is left, the consensus has moved; no camp was added. Where nobody
    spoke before, the claim is back.
    """
    if before is None or not before.observations:
        return ()
    known, now = _camps(before), _camps(after)
    if known and not any(_find(camp, now, definition) for camp in known):
        return ()
    fresh = [camp for camp in now if _find(camp, known, definition) is None]
    return tuple(_tell("new_camp", None, camp, after, change, definition) for camp in fresh)


def _consensus(
    told: Told | None,
    before: ClaimState | None,
    after: ClaimState,
    change: ArticleChange,
    definition: Definition,
) -> tuple[ClaimEvent, ...]:
    """The leading value is another one: beyond rounding, hedges and the one-camp share."""
    known, now = _camps(before) if before else [], _camps(after)
    past: Camp | Standing | None = known[0] if known else None
    if told is not None:
        past = told.leader
    if past is None or not now or same_camp(past, now[0], definition):
        return ()
    rest = _find(past, now, definition)
    if told is not None and rest is not None and now[0].weight < LEAD_MARGIN * rest.weight:
        return ()
    kinds: list[EventKind] = ["consensus_moved"]
    if _find(now[0], known, definition) is not None:
        kinds.insert(0, "camp_overtook")
    return tuple(_tell(kind, past, now[0], after, change, definition) for kind in kinds)


def _contest(
    told: Told | None,
    before: ClaimState | None,
    after: ClaimState,
    change: ArticleChange,
    definition: Definition,
) -> tuple[ClaimEvent, ...]:
    past = told.contested if told is not None else before is not None and before.contested
    if past == after.contested:
        return ()
    camps = _camps(after)
    if told is not None and past and len(camps) > 1:
        settled = SETTLED_MARGIN * definition.contested_share * camps[0].weight
        if camps[1].weight >= settled:
            return ()
    kind: EventKind = "contested" if after.contested else "settled"
    sides = ({"contested": past}, summary(after))
    cited = (
        change.before_of(after.series, definition),
        change.after_of(after.series, definition),
    )
    return (event(kind, after.series, change, sides, cited),)


def _tell(
    kind: EventKind,
    old: Camp | Standing | None,
    new: Camp,
    after: ClaimState,
    change: ArticleChange,
    definition: Definition,
) -> ClaimEvent:
    """An event about a camp, with what the article says for it, or all it says of the series."""
    said = change.after_of(after.series, definition)
    backing = tuple(one for one in said if _supports(one, new, definition)) or said
    sides = (None if old is None else standing(old, after.unit), standing(new, after.unit))
    return event(
        kind, after.series, change, sides, (change.before_of(after.series, definition), backing)
    )


def _supports(one: Sighting, camp: Camp, definition: Definition) -> bool:
    value = stated(camp.value, definition)
    own = statements(one, definition)
    return value is not None and any(fits(each, value, definition) for each in own)


def _camps(state: ClaimState) -> Sequence[Camp]:
    return [camp for camp in state.camps if camp.weight > 0]


def _find(camp: Camp | Standing, among: Sequence[Camp], definition: Definition) -> Camp | None:
    """The same camp among others: of the same value, else the first that it may be."""
    equal = next((one for one in among if one.value == camp.value), None)
    return equal or next((one for one in among if same_camp(one, camp, definition)), None)

"""The events of one series after one article changed: what is worth telling someone."""

from collections.abc import Sequence

from monitor.history.article_events import article_events
from monitor.history.camps import same_camp
from monitor.history.definition import Definition
from monitor.history.statements import fits, stated, statements
from monitor.history.telling import ArticleChange, event, standing, summary
from monitor.types import Camp, ClaimEvent, ClaimState, EventKind, Sighting

# Where the last told state is known, a new leader is told only once it is ahead by this factor, and
# a settled claim only once the runner-up has fallen to this part of the share that contests:
# otherwise two camps of equal size would take turns in the events (test_events.py).
LEAD_MARGIN = 1.1
SETTLED_MARGIN = 0.75


def changes(
    before: ClaimState | None,
    after: ClaimState | None,
    change: ArticleChange,
    definition: Definition,
    told: ClaimState | None = None,
) -> tuple[ClaimEvent, ...]:
    """The events that a change of one article makes in one series, the article's own first.

    ``before`` and ``after`` are the states of the series; ``told`` is its state when consensus,
    camps or contest last made an event (None: take ``before``), which keeps slow drift from going
    unnoticed and a tie from flapping. Ids follow from kind, series, article, version hashes and
    values: the same inputs give the same events. Cosmetic edits give none.
    """
    state = after or before
    if state is None:
        return ()
    own = article_events(state.series, change, definition)
    if after is None:
        return own
    if before is None:
        cited = change.after_of(after.series, definition)
        return (
            event("first_seen", after.series, change, (None, summary(after)), ((), cited)),
            *own,
        )
    return (
        *own,
        *_new_camps(before, after, change, definition),
        *_consensus(told or before, after, change, definition, sure=told is not None),
        *_contest(told or before, after, change, definition, sure=told is not None),
    )


def _new_camps(
    before: ClaimState, after: ClaimState, change: ArticleChange, definition: Definition
) -> tuple[ClaimEvent, ...]:
    """Values that nobody stated before, beside camps that still stand.

    Where nothing of the old camps is left, the consensus has moved; no camp was added.
    """
    known, now = _camps(before), _camps(after)
    if known and not any(_find(camp, now, definition) for camp in known):
        return ()
    fresh = [camp for camp in now if _find(camp, known, definition) is None]
    return tuple(_tell("new_camp", None, camp, after, change, definition) for camp in fresh)


def _consensus(
    past: ClaimState,
    after: ClaimState,
    change: ArticleChange,
    definition: Definition,
    *,
    sure: bool,
) -> tuple[ClaimEvent, ...]:
    """The leading value is another one: beyond rounding, hedges and the one-camp share."""
    known, now = _camps(past), _camps(after)
    if not known or not now or same_camp(known[0], now[0], definition):
        return ()
    rest = _find(known[0], now, definition)
    if sure and rest is not None and now[0].weight < LEAD_MARGIN * rest.weight:
        return ()
    kinds: list[EventKind] = ["consensus_moved"]
    if _find(now[0], known, definition) is not None:
        kinds.insert(0, "camp_overtook")
    return tuple(_tell(kind, known[0], now[0], after, change, definition) for kind in kinds)


def _contest(
    past: ClaimState,
    after: ClaimState,
    change: ArticleChange,
    definition: Definition,
    *,
    sure: bool,
) -> tuple[ClaimEvent, ...]:
    if past.contested == after.contested:
        return ()
    camps = _camps(after)
    if sure and past.contested and len(camps) > 1:
        settled = SETTLED_MARGIN * definition.contested_share * camps[0].weight
        if camps[1].weight >= settled:
            return ()
    kind: EventKind = "contested" if after.contested else "settled"
    cited = (
        change.before_of(after.series, definition),
        change.after_of(after.series, definition),
    )
    return (event(kind, after.series, change, (summary(past), summary(after)), cited),)


def _tell(
    kind: EventKind,
    old: Camp | None,
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


def _find(camp: Camp, among: Sequence[Camp], definition: Definition) -> Camp | None:
    return next((one for one in among if same_camp(one, camp, definition)), None)

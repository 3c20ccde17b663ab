"""What the press said about a claim at one time, as it was known at another."""

from dataclasses import dataclass
from datetime import datetime

from monitor.history import Stand, assess, fewest, stand
from monitor.rulebook import Rules
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands where in one series; stories counted at least and at most."""

    stand: Stand
    fewest_stories: int  # where those that may be rewrites of another count with it


def standings(
    store: Store,
    rules: Rules,
    claim: str,
    *,
    on: datetime | None = None,
    known_at: datetime | None = None,
) -> tuple[Standing, ...]:
    """Who stood where on a claim, one a series: what could be read at ``on``, by what was known.

    ``on`` None: whatever is live; ``known_at`` None: by all that is known now; both None: the state
    is the stored one. Articles found later, texts read again and decisions on stories count only
    from the time when they were made.
    """
    kept = store.claim_states(claim) if on is None and known_at is None else {}
    linked = store.linked_stories(claim)
    definition = rules.definition(claim)
    found = []
    for series, said in store.sightings(claim, on, known_at).items():
        state = kept.get(series) or assess(series, said, definition)
        if state is not None:
            least = fewest({one.story_id for one in said}, linked)
            found.append(Standing(stand(state, said, definition), least))
    found.sort(
        key=lambda one: (one.stand.state.series.qualifiers, one.stand.state.series.period or "")
    )
    return tuple(found)

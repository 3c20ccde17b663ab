"""What the press said about a claim at one time, as it was known at another."""

from dataclasses import dataclass
from datetime import datetime

from monitor.history import Stand, fewest, stand
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

    ``on`` None: whatever is live; ``known_at`` None: by all that is known now. Articles found
    later, texts read again and decisions on stories count only from the time when they were made.
    """
    found = []
    for series, said in store.sightings(claim, on, known_at).items():
        one = stand(series, said, rules.definition(claim))
        if one is not None:
            stories = {sighting.story_id for sighting in said}
            least = fewest(stories, store.linked_stories(stories))
            found.append(Standing(one, least))
    found.sort(
        key=lambda one: (one.stand.state.series.qualifiers, one.stand.state.series.period or "")
    )
    return tuple(found)

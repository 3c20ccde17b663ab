"""What the press says about a claim, over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from monitor.types.claims import Observation

LinkKind = Literal["same", "edited", "moved", "added", "removed"]
EventKind = Literal[
    "first_seen",
    "new_camp",
    "camp_overtook",
    "consensus_moved",
    "contested",
    "settled",
    "contradiction",
    "silent_edit",
    "corrected",
    "withdrawn",
    "takedown",
    "denied",
    "suspect_value",
    "outlet_changed_its_number",
]


@dataclass(frozen=True, slots=True)
class Series:
    """What one claim state is about: a claim, its qualifiers and, for claims by day, the day."""

    claim: str
    qualifiers: str = "{}"  # JSON with sorted keys
    period: str | None = None  # ISO date; None: the claim has no period


@dataclass(frozen=True, slots=True)
class Sighting:
    """An observation in its place: which version of which article of which story holds it."""

    observation: Observation
    url: str  # identity of the article
    story_id: str
    outlet: str
    text_sha256: str  # identity of the version within the article
    published_at: datetime | None
    recorded_at: datetime  # when the monitor knew it
    observation_id: int | None = None  # None: not stored yet
    series: Series | None = None  # what it counts for; None: claim and qualifiers, no period


@dataclass(frozen=True, slots=True)
class ObservationLink:
    """How an observation of the older version lives on in the newer one. None: not there."""

    kind: LinkKind
    before: Sighting | None
    after: Sighting | None


@dataclass(frozen=True, slots=True)
class Camp:
    """Stories that agree on a value. ``weight`` sums one vote a story."""

    value: Decimal | str | bool
    low: Decimal | None
    high: Decimal | None
    weight: float
    articles: int
    stories: int
    outlets: tuple[str, ...]  # the leading ones, by weight
    first_seen_at: datetime
    last_seen_at: datetime
    first_url: str = ""  # the article that said it first, and its outlet
    first_outlet: str = ""


@dataclass(frozen=True, slots=True)
class ClaimState:
    """What the press says about one series at one time."""

    series: Series
    unit: str
    low: Decimal | None
    point: Decimal | str | bool | None  # None: no supporting value
    high: Decimal | None
    spread: Decimal | None  # high - low over the camps; None: not numeric
    contested: bool
    camps: tuple[Camp, ...]  # heaviest first
    observations: int
    articles: int
    stories: int
    outlets: int
    supporters: int  # stories that state a value
    doubters: int  # stories that doubt or deny one
    first_seen_at: datetime
    last_seen_at: datetime
    inputs_sha256: str  # digest of the sightings it was made from


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """A change worth telling someone. ``event_id`` follows from its content: replay repeats it."""

    event_id: str
    kind: EventKind
    series: Series
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    evidence: Mapping[str, object]
    url: str | None = None
    quote: str | None = None

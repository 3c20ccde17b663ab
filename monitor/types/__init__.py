"""The nouns of the program, in the order in which data flows through them.

Every type is a frozen value. Times are aware UTC datetimes and end in ``_at``; numbers are
``Decimal``. A field that may be missing is ``X | None`` and its comment says what None means.
"""

from monitor.types.articles import CANONICAL_ELSEWHERE, Article, Block, Version
from monitor.types.bookkeeping import Alert, AlertKind, Fetch, Link, Poll, Run, SourceState, Yield
from monitor.types.claims import UNITS, Bound, Mention, Modality, Observation, Quantity
from monitor.types.collecting import FATES, Feed, FeedEntry, FeedKind, FeedOutcome, Page
from monitor.types.deciding import Count, KnownArticle, Needs, Outcome, Past, Reading, SeriesPast
from monitor.types.history import (
    Camp,
    ClaimEvent,
    ClaimState,
    EventKind,
    LinkKind,
    ObservationLink,
    Series,
    Sighting,
)
from monitor.types.stories import LINKED, MERGED, Fingerprint, Membership, Relation, StoryText

__all__ = [
    "CANONICAL_ELSEWHERE",
    "FATES",
    "LINKED",
    "MERGED",
    "UNITS",
    "Alert",
    "AlertKind",
    "Article",
    "Block",
    "Bound",
    "Camp",
    "ClaimEvent",
    "ClaimState",
    "Count",
    "EventKind",
    "Feed",
    "FeedEntry",
    "FeedKind",
    "FeedOutcome",
    "Fetch",
    "Fingerprint",
    "KnownArticle",
    "Link",
    "LinkKind",
    "Membership",
    "Mention",
    "Modality",
    "Needs",
    "Observation",
    "ObservationLink",
    "Outcome",
    "Page",
    "Past",
    "Poll",
    "Quantity",
    "Reading",
    "Relation",
    "Run",
    "Series",
    "SeriesPast",
    "Sighting",
    "SourceState",
    "StoryText",
    "Version",
    "Yield",
]

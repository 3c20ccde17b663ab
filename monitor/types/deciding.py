"""What a page says, what is known, and what it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.types.articles import Article, Version
from monitor.types.claims import Observation
from monitor.types.collecting import Page
from monitor.types.history import ClaimEvent, ClaimState, ObservationLink, Series, Sighting
from monitor.types.stories import Fingerprint, Membership, StoryText


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one page says, taken alone: the work of a worker process."""

    page: Page  # without its body
    article: Article
    text: str = ""  # of the version: headline, blank line, body
    body_start: int = 0
    text_sha256: str = ""
    fingerprint: Fingerprint | None = None  # None: no article
    observations: tuple[Observation, ...] = ()
    recurring: tuple[str, ...] = ()  # hashes of blocks that may recur on the site
    cleaner_version: str = ""
    extractor_version: str = ""


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What is stored about one article when a page of it is judged."""

    url: str
    outlet: str
    version: Version | None  # the current one; None: seen, never stored
    story_id: str | None
    sightings: tuple[Sighting, ...]  # live ones of the current version
    state: str  # "live", "gone"
    first_seen_at: datetime
    last_changed_at: datetime
    gone_count: int = 0  # answers in a row that said it is gone
    read_from: str | None = None  # URL asked for the current version; None: not known

    @property
    def is_placed(self) -> bool:
        """Whether its story is decided: with its first version, or by a person."""
        return self.version is not None or self.story_id is not None


@dataclass(frozen=True, slots=True)
class Count:
    """What the live sightings of a series add up to, so that one more costs no more than itself.

    ``accounts``: what each outlet has in it; of a stored count those that were asked for, of a new
    one those that changed, an empty text where there is nothing.
    """

    series: Series
    text: str  # of a tally, see monitor.history
    rules: str  # digest of the definition it was counted by
    inputs_sha256: str  # of the state it gave
    accounts: Mapping[str, str] = field(default_factory=dict)  # by outlet
    is_whole: bool = False  # there are no other accounts


@dataclass(frozen=True, slots=True)
class SeriesPast:
    """One series before the page: what others say live, its last state, and what was told."""

    others: tuple[Sighting, ...] = ()  # of other articles
    state: ClaimState | None = None
    count: Count | None = None  # None: there is none that fits the state
    is_whole: bool = True  # False: of the others only those of the story and outlet in question
    told: tuple[ClaimEvent, ...] = ()  # the last ones that say what was told, oldest first


@dataclass(frozen=True, slots=True)
class Needs:
    """What the judgement of one reading may depend on: what to load as its Past."""

    urls: tuple[str, ...]  # of the article, the likeliest first
    outlet: str
    published_at: datetime | None  # None: not known
    fingerprint: Fingerprint | None
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """All stored things that the judgement of one reading may depend on."""

    article: KnownArticle | None = None
    candidates: tuple[StoryText, ...] = ()  # best first
    series: Mapping[Series, SeriesPast] = field(default_factory=dict)
    is_forgotten: bool = False  # one of the URLs is never to be stored again


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one page changes. Saved as a whole or not at all; empty fields change nothing."""

    page: Page
    fate: str  # a word of FATES
    detail: str | None = None  # the reason in words
    url: str | None = None  # identity of the article; None: no article
    article: Article | None = None  # metadata to keep; None: keep what is stored
    outlet: str | None = None  # None: no article, or as stored
    version: Version | None = None  # a new text
    fingerprint: Fingerprint | None = None
    recurring: tuple[str, ...] = ()  # hashes of blocks of ``version`` that may recur on the site
    membership: Membership | None = None
    story_id: str | None = None
    sightings: tuple[Sighting, ...] = ()  # new observations of ``version``
    links: tuple[ObservationLink, ...] = ()
    states: tuple[ClaimState, ...] = ()
    counts: tuple[Count, ...] = ()
    events: tuple[ClaimEvent, ...] = ()
    uncounted: tuple[Series, ...] = ()  # to be judged again with all sightings of these
    unled: tuple[Series, ...] = ()  # to be judged again with the accounts of all outlets in these
    gone_count: int = 0
    state: str | None = None  # a new state of the article; None: as before
    next_check_at: datetime | None = None  # None: not looked at again
    check_reason: str | None = None
    extractor_version: str = ""

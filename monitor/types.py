"""The nouns of the program, in the order in which data flows through them.

Every type is a frozen value. Times are aware UTC datetimes and end in ``_at``; numbers are
``Decimal``. A field that may be missing is ``X | None`` and its comment says what None means.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

# --- collecting ---------------------------------------------------------------------------------

FeedKind = Literal["rss", "atom", "rdf", "json", "sitemap", "sitemapindex", "none"]
FeedOutcome = Literal["ok", "partial", "not_a_feed", "empty", "parse_error", "too_large"]

# The closed list of what can become of a URL asked for. A fetch has exactly one word; where
# the answer was read, the word of its reading is the URL's fate instead.
FATES: Mapping[str, str] = {
    # the crawl half
    "ok": "answered; the page is kept for reading, or the feed was read",
    "partial": "a feed cut short; the entries before the cut were used",
    "capped": "stopped at the limit of pages or entries for one start",
    "unchanged": "the same as at the last visit",
    "robots": "robots.txt does not allow it",
    "blocked": "an address, scheme or port that the guard refuses",
    "blocked_by_site": "the site answered with a captcha or a bot check",
    "connection": "no connection, or closed before an answer",
    "timeout": "no whole answer, or no reading, in the time allowed",
    "too_large": "larger than the limits allow",
    "truncated": "cut short on the way; never kept",
    "bad_response": "not an HTTP answer",
    "redirect_loop": "redirected too often",
    "rate_limited": "asked to come back later than this run lasts",
    "http_error": "answered with an error status",
    "gone": "answered 410, or redirected to the front page",
    "not_a_feed": "at the feed's address is something else",
    "parse_error": "the bytes could not be read as what they claim to be",
    "unresolvable_link": "the entry leads to an aggregator, not to the publisher",
    "duplicate_url": "another spelling of an article that is known",
    "off_topic": "not about the configured topic",
    "forgotten": "removed at its publisher's request; never fetched or stored again",
    "empty": "an answer of 0 bytes",
    "not_html": "not an HTML page",
    # the process half
    "stored": "read as an article; its text is kept",
    "no_text": "no article text: a script shell, a section front, a video page",
    "soft_404": "says 'not found' with status 200",
    "consent_wall": "a consent wall instead of the article",
    "paywalled": "a teaser before a paywall",
}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One link that a feed or news sitemap announces."""

    url: str | None  # absolute, as announced; identity is decided later. None: no http(s) link
    guid: str | None = None
    title: str | None = None
    published_at: datetime | None = None  # None: absent, unreadable or outside 1990..2100
    published_raw: str | None = None  # the date as printed
    summary: str | None = None  # plain text
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What the bytes of a feed or sitemap say. ``outcome`` is never an exception."""

    outcome: FeedOutcome
    kind: FeedKind = "none"
    title: str | None = None
    url: str | None = None  # home page the feed names
    entries: tuple[FeedEntry, ...] = ()
    ttl_minutes: int | None = None  # the publisher's own wish, from <ttl> or sy:update*


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP answer, byte for byte."""

    url: str  # as asked for
    body: bytes
    fetched_at: datetime
    final_url: str | None = None  # as answered after redirects; None: the same
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-case names, those that matter
    source: str | None = None
    page_id: int | None = None  # None: not stored
    learned: frozenset[str] = frozenset()  # hashes of blocks that recur on its site


# --- articles -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A typed piece of a page. ``rule`` names what removed it; None: it was kept."""

    kind: str  # paragraph, heading, list, quote, table, faq, standfirst, embed, ad, related, ...
    text: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The cleaned article of one page; field names follow schema.org NewsArticle."""

    url: str
    outcome: str  # a word of FATES; only with "stored" is there text
    canonical_url: str | None = None  # None: absent, or of another site
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    date_published: str | None = None  # ISO 8601, as precise as the page is
    date_modified: str | None = None
    in_language: str | None = None  # ISO 639-1
    text: str = ""  # body paragraphs joined by a blank line
    blocks: tuple[Block, ...] = ()  # kept and removed ones, in page order
    notice: str | None = None  # a correction or update notice, word for word
    wire: str | None = None  # agency credited
    facts: Mapping[str, str] = field(default_factory=dict)  # where each field came from, raw dates


@dataclass(frozen=True, slots=True)
class Version:
    """One distinct text of an article; ``text`` is headline, blank line, body."""

    seq: int  # 1, 2, ...
    headline: str | None
    text: str
    body_start: int  # where the body begins in ``text``
    text_sha256: str
    fetched_at: datetime
    notice: str | None = None  # a correction or update notice, word for word
    cleaner_version: str = ""
    version_id: int | None = None  # None: not stored yet


# --- stories ------------------------------------------------------------------------------------

Relation = Literal[
    "first",
    "exact",
    "copy",
    "excerpt",
    "contains",
    "revision",
    "partial",
    "quote",
    "rewrite",
    "template",
    "none",
]
MERGED: frozenset[str] = frozenset({"exact", "copy", "excerpt", "contains", "revision"})
LINKED: frozenset[str] = frozenset({"partial", "quote", "rewrite"})


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What finds near-copies of a text. ``keys`` are unsigned 48-bit hashes, sorted, distinct."""

    keys: tuple[int, ...]
    exact: int  # 63-bit hash of the normalised text: equal texts have equal ones
    length: int  # content words


@dataclass(frozen=True, slots=True)
class StoryText:
    """A stored text that may be a near-copy of the one being placed."""

    key: str  # the article's URL, or the id a caller gave
    story_id: str
    text: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Where a text belongs and why. ``of``: the text it was compared with; None for first, none."""

    story_id: str | None  # None: a story of its own
    relation: Relation
    of: str | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)
    algorithm: str = ""  # version of the rules that decided


# --- claims -------------------------------------------------------------------------------------

Bound = Literal["eq", "approx", "near", "gt", "ge", "lt", "le", "upto", "range"]
Modality = Literal["asserted", "attributed", "hedged", "predicted", "doubted", "denied"]
# ISO 4217 codes for money, else one of these.
UNITS: frozenset[str] = frozenset(
    {"percent", "count", "ratio", "rank", "year", "years", "months", "date", "text", "boolean"}
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as an interval. ``low`` or ``high`` None: open; ``value`` None: a range."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    unit: str
    significant_digits: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity at its place: ``quote == text[start:end]``, its hedge included."""

    quantity: Quantity
    start: int
    end: int
    quote: str
    alternates: tuple[Quantity, ...] = ()  # the same amount in brackets, in another currency
    noun: str | None = None  # words behind a count that may name what it counts; days, weeks, ...


@dataclass(frozen=True, slots=True)
class Observation:
    """What one text says about one claim at one place: ``quote == text[start:end]``."""

    claim: str
    value: Decimal | str | bool | None  # None: a range, see low and high
    low: Decimal | None  # None: open, or not a number
    high: Decimal | None
    bound: Bound
    unit: str
    modality: Modality
    speaker: str | None  # canonical name; None: the outlet's own voice
    quote: str
    start: int
    end: int
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    about_start: str | None = None  # ISO date of the fact's time; None: not stated
    about_end: str | None = None
    significant_digits: int | None = None
    alternates: tuple[Quantity, ...] = ()
    flags: tuple[str, ...] = ()  # suspect, repaired, converted, ...
    confidence: float = 1.0  # 0..1


# --- history ------------------------------------------------------------------------------------

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


# --- deciding -----------------------------------------------------------------------------------


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
    """What the live sightings of a series add up to, so that one more costs no more than itself."""

    series: Series
    text: str  # of a tally, see monitor.history
    rules: str  # digest of the definition it was counted by
    inputs_sha256: str  # of the state it gave


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
    gone_count: int = 0
    state: str | None = None  # a new state of the article; None: as before
    next_check_at: datetime | None = None  # None: not looked at again
    check_reason: str | None = None
    extractor_version: str = ""


# --- bookkeeping --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fetch:
    """One URL asked for. ``outcome`` is a word of FATES, written once."""

    url: str
    kind: str  # "article", "feed", "sitemap", "page"
    outcome: str
    fetched_at: datetime
    status: int | None = None  # None: no answer
    final_url: str | None = None
    source: str | None = None
    detail: str | None = None
    page: Page | None = None  # kept for reading; None: nothing to read
    since_full: int | None = None  # conditional requests since a full one; None: as before


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the frontier."""

    url: str  # normalised: the identity
    asked_url: str  # as announced
    source: str | None
    found_at: datetime
    title: str | None = None
    published_at: datetime | None = None
    next_check_at: datetime | None = None  # None: not looked at again
    check_reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0  # conditional requests since a full one
    changed_at: datetime | None = None  # when its article last changed; None: no article yet


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known about a source beside its definition."""

    name: str
    outlet: str
    url: str
    last_poll_at: datetime | None = None
    next_poll_at: datetime | None = None  # None: due at once
    reason: str | None = None  # why then
    interval_s: int | None = None
    failures: float = 0.0
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0  # conditional requests since a full one
    announced: str | None = None  # digest of the links announced last; None: none yet
    habits: Mapping[str, float] = field(default_factory=dict)  # see monitor/habits.py
    silent_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """The result of polling one source once."""

    source: str
    outcome: str  # a word of FATES
    polled_at: datetime
    entries: int
    new_entries: int
    next_poll_at: datetime | None
    reason: str
    interval_s: int
    failures: float
    etag: str | None = None
    last_modified: str | None = None
    since_full: int = 0
    announced: str | None = None
    habits: Mapping[str, float] = field(default_factory=dict)
    lying_site: str | None = None  # gave changed content under an old validator; None: it did not
    detail: str | None = None


AlertKind = Literal["source_silent", "source_empty", "source_failing", "liar"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What an operator should know: absence of news is news."""

    kind: AlertKind
    about: str  # name of the source; of a liar, the site
    detail: str  # why, in words


@dataclass(frozen=True, slots=True)
class Yield:
    """Pages of a source that were to give text, and how many did: lately, and before that."""

    pages: int = 0
    texts: int = 0
    pages_before: int = 0
    texts_before: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl or scheduled job. ``ended_at`` None: still running, or its process was killed."""

    run_id: int
    kind: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    counts: Mapping[str, object]

"""A page as an article, and the texts it had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# Among the facts: the address of another site that the page gives as its own, as syndicated copies
# do. It never becomes the article's.
CANONICAL_ELSEWHERE = "canonical_elsewhere"


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

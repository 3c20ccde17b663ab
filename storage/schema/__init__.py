"""The tables, noun by noun. Every column has its comment; docs/database.md is made from them."""

from storage.schema.articles import (
    article,
    fingerprint,
    posting,
    posting_merge,
    reading,
    site_block,
    site_boilerplate,
    story,
    story_member,
    version,
    version_span,
)
from storage.schema.base import metadata
from storage.schema.claims import (
    claim_camp,
    claim_definition,
    claim_event,
    claim_state,
    observation,
    observation_link,
    series,
    series_account,
    series_count,
)
from storage.schema.collecting import (
    alert,
    body,
    fetch,
    lease,
    link,
    page,
    poll,
    run,
    source,
    tombstone,
)

# The newest revision in storage/migrations/versions: what the code beside it expects.
REVISION = "0010"

__all__ = [
    "REVISION",
    "alert",
    "article",
    "body",
    "claim_camp",
    "claim_definition",
    "claim_event",
    "claim_state",
    "fetch",
    "fingerprint",
    "lease",
    "link",
    "metadata",
    "observation",
    "observation_link",
    "page",
    "poll",
    "posting",
    "posting_merge",
    "reading",
    "run",
    "series",
    "series_account",
    "series_count",
    "site_block",
    "site_boilerplate",
    "source",
    "story",
    "story_member",
    "tombstone",
    "version",
    "version_span",
]

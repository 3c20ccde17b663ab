"""Values that storage tests are made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from monitor.types import (
    Article,
    Fetch,
    Fingerprint,
    Link,
    Membership,
    Needs,
    Observation,
    Outcome,
    Page,
    Past,
    Series,
    Sighting,
    Version,
)
from storage.store import Store

T0 = datetime(2025, 1, 27, 21, 30, 5, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://news.example/deepseek"
LOSS = Series("nvidia.market_cap_loss")


def link(url: str = URL, **changes: Any) -> Link:
    return replace(Link(url, url + "?utm_source=feed", "Example", T0, "A title"), **changes)


def page(url: str = URL, body: bytes = b"<p>text</p>", **changes: Any) -> Page:
    return replace(Page(url, body, T0, headers={"etag": '"1"'}, source="Example"), **changes)


def fetch(url: str = URL, body: bytes = b"<p>text</p>", **changes: Any) -> Fetch:
    at = changes.get("fetched_at", T0)
    found = page(url, body, fetched_at=at, status=changes.get("status", 200))
    return replace(Fetch(url, "article", "ok", at, 200, source="Example", page=found), **changes)


def stored_page(
    store: Store, run_id: int, url: str = URL, body: bytes = b"x", at: datetime = T0
) -> Page:
    """A page as the process half gets it."""
    store.record_fetch(run_id, fetch(url, body, fetched_at=at))
    return store.pending_pages(1000)[-1]


def past_of(
    store: Store,
    url: str | None,
    other_url: str | None,
    fingerprint: Fingerprint | None,
    series: Sequence[Series],
    **limits: Any,
) -> Past:
    """What is stored about an article of the sample outlet."""
    urls = tuple(one for one in (url, other_url) if one)
    return store.past(Needs(urls, "Example News", None, fingerprint, tuple(series)), **limits)


def observation(text: str, quote: str, value: str | None = "600E9", **changes: Any) -> Observation:
    start = text.index(quote)
    number = None if value is None else Decimal(value)
    made = Observation(
        claim=LOSS.claim,
        value=number,
        low=number,
        high=number,
        bound="eq",
        unit="USD",
        modality="asserted",
        speaker=None,
        quote=quote,
        start=start,
        end=start + len(quote),
    )
    return replace(made, **changes)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def sighting(said: Observation, text: str, url: str = URL, **changes: Any) -> Sighting:
    made = Sighting(said, url, url, "Example News", digest(text), T0 - HOUR, T0)
    return replace(made, **changes)


def outcome(
    read: Page,
    text: str = "Nvidia lost $600 billion\n\nNvidia lost nearly $600 billion on Monday.",
    *,
    quote: str | None = "nearly $600 billion",
    seq: int = 1,
    keys: tuple[int, ...] = (1, 2, 3),
    url: str | None = None,
    **changes: Any,
) -> Outcome:
    """A page read as an article with one observation."""
    url = url or read.url
    headline, _, body = text.partition("\n\n")
    sightings = () if quote is None else (sighting(observation(text, quote), text, url),)
    made = Outcome(
        page=read,
        fate="stored",
        url=url,
        article=Article(url, "stored", headline=headline, authors=("A. Writer",), text=body),
        version=Version(seq, headline, text, len(headline) + 2, digest(text), read.fetched_at),
        fingerprint=Fingerprint(keys, int(digest(body)[:15], 16), len(body.split())),
        membership=Membership(None, "first", evidence={"words": 7}, algorithm="1"),
        story_id=url,
        sightings=sightings,
        state="live",
        next_check_at=read.fetched_at + HOUR,
        check_reason="young",
        extractor_version="1",
    )
    return replace(made, **changes)

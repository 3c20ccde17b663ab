"""Headline, authors, dates, section and flags, fused from all that a page says, with sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.articles.authors import authors
from monitor.articles.dates import day_in_url, days_between, iso, months_named
from monitor.articles.facts import Facts, string
from monitor.articles.headline import headline
from monitor.articles.layout import Line, key
from monitor.articles.markers import Markers

_PUBLISHED = (
    *("article:published_time", "datepublished", "og:article:published_time", "og:published_time"),
    *("publishdate", "publish-date", "published_at", "pubdate", "date-pub", "parsely-pub-date"),
    *("sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "dc.date.issued"),
    *("dcterms.created", "dc.date", "dc.date.created", "citation_publication_date", "date"),
    *("article_date_original", "rnews:datepublished", "publication_date", "published_time"),
    *("last-modified-date", "og:pubdate", "created", "originalpublicationdate", "date.created"),
)
_MODIFIED = (
    *("article:modified_time", "datemodified", "og:updated_time", "og:modified_time", "lastmod"),
    *(
        "dcterms.modified",
        "dc.date.modified",
        "last-modified",
        "cxenseparse:modified",
        "updated_at",
    ),
)
# Days; sources that are further apart speak of different things.
DISAGREEMENT = 2
# Days; a text that names only months so much later was not written on its date.
TEXT_AHEAD = 60
# Lines above and below the headline that are looked at for a printed date.
_ABOVE, _BELOW = 8, 30
_UPDATED = re.compile(
    r"\W*(?:last )?(?:update|modified|aktualisiert|geändert|actualizado|mis à jour|modifié"
    r"|aggiornato|bijgewerkt|atualizado|güncelleme|aktualizacja|обновлено|更新|수정)",
    re.IGNORECASE,
)
# Characters; a longer line holds a date of the story, not of the page.
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an article beside its text; ``sources`` names where each came from."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    sources: dict[str, str] = field(default_factory=dict)


Dates = Iterator[tuple[str, str]]


def fuse(
    facts: Facts, lines: Sequence[Line], markers: Markers, url: str, latest: datetime
) -> Metadata:
    """The most trusted value of every field. No date is later than ``latest`` (see dates.iso)."""
    sources: dict[str, str] = {}
    title, source = headline(facts, lines)
    if source:
        sources["headline"] = source
    people, source = authors(facts, lines, markers, url)
    if source:
        sources["authors"] = source
    published = _first("date_published", _published(facts, lines, url, title), latest, sources)
    modified = _first("date_modified", _modified(facts), latest, sources)
    _flags(facts, sources)
    return Metadata(title, people, published or modified, modified, sources)


def _published(facts: Facts, lines: Sequence[Line], url: str, title: str | None) -> Dates:
    yield "json-ld", string(facts.article.get("datePublished"))
    for name in _PUBLISHED:
        yield f"meta {name}", facts.meta(name) or ""
    for node in facts.nodes:
        yield "json-ld", string(node.get("datePublished") or node.get("uploadDate"))
    for text in facts.times[:3]:
        yield "time", text
    yield "url", url
    for text in _printed(lines, title):
        yield "text", text
    yield "json-ld", string(facts.article.get("dateCreated"))


def _printed(lines: Sequence[Line], title: str | None) -> Iterator[str]:
    """Short lines with a figure near the headline, else near the top of the page.

    Those below it come first, since above it stands the clock of many a page; then updates.
    """
    shown = key(title or "")
    heads = [i for i, n in enumerate(lines) if n.place.tag == "h1" or (shown and n.key == shown)]
    at = next((i for i in heads if lines[i].key == shown), heads[0] if heads else 0)
    near = (*lines[at : at + _BELOW], *lines[max(0, at - _ABOVE) : at])
    dated = [n.text for n in near if len(n.text) < _SHORT and any(c.isdigit() for c in n.text)]
    yield from sorted(dated, key=lambda text: _UPDATED.match(text) is not None)


def _modified(facts: Facts) -> Dates:
    yield "json-ld", string(facts.article.get("dateModified"))
    for name in _MODIFIED:
        yield f"meta {name}", facts.meta(name) or ""


def _first(name: str, found: Dates, latest: datetime, sources: dict[str, str]) -> str | None:
    """The first readable date; another one of weight that contradicts it is noted."""
    chosen: str | None = None
    for source, raw in found:
        if not raw:
            continue
        value = day_in_url(raw, latest) if source == "url" else iso(raw, latest)
        if value is None:
            continue
        if chosen is None:
            chosen = value
            sources[name] = source
            sources[f"{name}_raw"] = raw[:100]
        elif source == "text":
            break
        elif days_between(chosen, value) > DISAGREEMENT:
            sources[f"{name}_disagrees"] = f"{source}: {raw[:100]}"
            break
    return chosen


def _flags(facts: Facts, sources: dict[str, str]) -> None:
    section = string(facts.article.get("articleSection")) or facts.meta("article:section")
    if section:
        sources["section"] = section
    for node in (facts.article, *facts.nodes):
        if str(node.get("isAccessibleForFree")).lower() == "false":
            sources["paywall"] = "declared"
            return


def text_is_ahead(text: str, published: str | None) -> bool:
    """Whether all months that ``text`` names lie well after the date it claims to be from."""
    months = months_named(text)
    if published is None or len(months) < 2:
        return False
    day = date.fromisoformat(published[:10])
    return all((month - day).days > TEXT_AHEAD for month in months)

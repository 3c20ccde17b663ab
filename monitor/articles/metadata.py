"""Headline, authors, dates and language, fused from all that a page says, with their sources."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from monitor.articles.blocks import tidy
from monitor.articles.dates import iso
from monitor.articles.facts import MAX_VALUE, Facts, Node

ARTICLES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "blogposting",
        "socialmediaposting",
        "report",
        "techarticle",
        "scholarlyarticle",
    }
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an article beside its text; ``sources`` names where each came from."""

    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    sources: dict[str, str] = field(default_factory=dict)


def fuse(facts: Facts, latest: datetime) -> Metadata:
    """The most trusted value of every field. No date is later than ``latest`` (see dates.iso)."""
    sources: dict[str, str] = {}
    article = next((n for n in facts.nodes if types(n) & ARTICLES), {})

    def first(name: str, candidates: Iterator[tuple[str, str | None]]) -> str | None:
        for source, value in candidates:
            if value:
                sources[name] = source
                return value
        return None

    def dates(key: str, *names: str) -> Iterator[tuple[str, str | None]]:
        yield "json-ld", iso(string(article.get(key)), latest)
        yield "meta", iso(facts.meta(*names) or "", latest)

    return Metadata(
        headline=first("headline", _headlines(facts, article)),
        description=first("description", _descriptions(facts, article)),
        authors=_authors(facts, article, sources),
        date_published=first(
            "date_published",
            dates("datePublished", "article:published_time", "datepublished", "date"),
        ),
        date_modified=first(
            "date_modified", dates("dateModified", "article:modified_time", "og:updated_time")
        ),
        sources=sources,
    )


def types(node: Node) -> frozenset[str]:
    """The types of a JSON-LD node in lower case, without their vocabulary."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(n.rsplit("/", 1)[-1].lower() for n in names if isinstance(n, str))


def string(value: object) -> str:
    """A JSON-LD value as one tidy line; empty where it is no text."""
    if isinstance(value, list) and value:
        value = value[0]
    return " ".join(tidy(value[:MAX_VALUE]).split()) if isinstance(value, str) else ""


def _headlines(facts: Facts, article: Node) -> Iterator[tuple[str, str | None]]:
    yield "json-ld", string(article.get("headline"))
    yield "og", facts.meta("og:title")
    yield "h1", next(iter(facts.headings), None)
    yield "title", facts.title


def _descriptions(facts: Facts, article: Node) -> Iterator[tuple[str, str | None]]:
    yield "og", facts.meta("og:description")
    yield "json-ld", string(article.get("description"))
    yield "meta", facts.meta("description")


def _authors(facts: Facts, article: Node, sources: dict[str, str]) -> tuple[str, ...]:
    value = article.get("author")
    people = value if isinstance(value, list) else [value]
    names = [string(p.get("name")) if isinstance(p, dict) else string(p) for p in people]
    if found := tuple(dict.fromkeys(n for n in names if n)):
        sources["authors"] = "json-ld"
        return found
    if found := facts.metas.get("author", ()) or facts.metas.get("article:author", ()):
        sources["authors"] = "meta"
    return tuple(dict.fromkeys(n for n in found if not n.startswith("http")))

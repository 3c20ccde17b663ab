"""The model of config/sources.toml: publishers and where they announce articles."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from monitor.rules.base import Strict
from monitor.urls import PLACE_OF_QUERY, absolute, filled

SourceKind = Literal["feed", "sitemap", "listing"]


def _address(url: str) -> str:
    if absolute(filled(url, "q")) is None:
        raise ValueError("must be an http or https address")
    return url


Address = Annotated[str, AfterValidator(_address)]


class Source(Strict):
    """One address of one publisher."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")  # what commands and tables call it
    outlet: str = Field(min_length=1)  # the publisher, as readers know it
    site: str = Field(min_length=1)  # of its articles: registered domain, or a host of one outlet
    country: str = Field(pattern=r"^([A-Z]{2})?$")  # ISO 3166-1 alpha-2; empty: not known
    language: str = Field(pattern=r"^([a-z]{2})?$")  # ISO 639-1; empty: not known
    kind: SourceKind = "feed"
    url: Address  # {query} in it is filled in with the query
    query: str | None = None  # None: the topic's
    documented: Literal[""] | Address  # the publisher's page that tells of it; empty: not known
    checked: Literal[""] | date = ""  # day of the last successful test; empty: never tried
    topic_filter: bool = True  # keep only articles on the topic; False for feeds about nothing else
    selector: str | None = None  # CSS of the links to articles; only for listings
    headers: Mapping[str, str] = Field(default_factory=dict)  # sent to this source only
    delay: float | None = Field(None, ge=0)  # seconds between requests to its site; None: settings

    @field_validator("headers")
    @classmethod
    def _one_line(cls, headers: Mapping[str, str]) -> Mapping[str, str]:
        if any(set(name + value) & set("\r\n\0") for name, value in headers.items()):
            raise ValueError("names and values must be of one line")
        return headers

    @field_validator("selector")
    @classmethod
    def _readable(cls, selector: str | None) -> str | None:
        if selector is not None:
            try:
                HTMLTranslator().css_to_xpath(selector)
            except SelectorError as error:
                raise ValueError(f"must be a CSS selector: {error}") from error
        return selector

    @model_validator(mode="after")
    def _selector_where_used(self) -> "Source":
        if (self.kind == "listing") != (self.selector is not None):
            raise ValueError("`selector` is needed for kind 'listing' and for no other")
        return self

    @model_validator(mode="after")
    def _query_where_used(self) -> "Source":
        if self.query is not None and PLACE_OF_QUERY not in self.url:
            raise ValueError(f"`query` is for a url with {PLACE_OF_QUERY} in it")
        return self

    def definition_hash(self) -> str:
        """Changes with whatever changes the polling of this source; ``checked`` does not."""
        definition = self.model_dump_json(exclude={"checked", "query"})
        return hashlib.sha256(definition.encode()).hexdigest()


class TopicNames(Strict):
    """What makes an entry or a text belong to the topic."""

    entities: tuple[str, ...] = ()  # keys of entities.toml, with all their names
    words: tuple[str, ...] = ()  # further words, for instance in other scripts
    query: str = ""  # what search feeds are asked for


class Sources(Strict):
    """The topic, and all sources in the order of the file."""

    topic: TopicNames = TopicNames()
    source: tuple[Source, ...] = ()

    @field_validator("source")
    @classmethod
    def _filled_in(cls, sources: tuple[Source, ...], info: ValidationInfo) -> tuple[Source, ...]:
        topic = info.data.get("topic")
        query = topic.query if isinstance(topic, TopicNames) else ""
        return tuple(_with_query(source, query) for source in sources)

    @field_validator("source")
    @classmethod
    def _distinct(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        for field, values in (
            ("name", [source.name for source in sources]),
            ("url", [source.url for source in sources]),
        ):
            twice = sorted({value for value in values if values.count(value) > 1})
            if twice:
                raise ValueError(f"each {field} once; more often: {', '.join(twice)}")
        return sources


def _with_query(source: Source, query: str) -> Source:
    """The source with the query in its address: a new query makes a new definition."""
    try:
        url = filled(source.url, source.query or query)
    except ValueError as error:
        raise ValueError(f"{source.name}: {error}; set `query` here or under [topic]") from error
    return source if url == source.url else source.model_copy(update={"url": url})

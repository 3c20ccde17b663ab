"""Everything that is configured, compiled once: what ``read`` and ``judge`` go by."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from monitor.articles import Cleaner
from monitor.claims import Reader
from monitor.history import Definition, Exchange, exchange
from monitor.rules.base import parse
from monitor.rules.boilerplate import Boilerplate
from monitor.rules.claims import Claim, ClaimRules
from monitor.rules.entities import Entities
from monitor.rules.rates import Rates
from monitor.rules.sources import Source, Sources
from monitor.topic import Topic, names, topic
from monitor.urls import places, site

LINEAR_UNITS = frozenset({"percent", "rank", "year", "date"})


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that is configured, compiled once."""

    cleaner: Cleaner
    reader: Reader
    claims: ClaimRules
    definitions: Mapping[str, Definition]  # by claim key, {org} filled in
    sources: Mapping[str, Source]  # by name
    topic: Topic

    def definition(self, claim: str) -> Definition:
        """How the history of a claim is counted; one of another kind for a claim no longer kept."""
        return self.definitions.get(claim) or Definition(claim)

    def outlet(self, url: str, source: str | None) -> str:
        """The publisher of a page: its source's, where that is the page's own site.

        A search feed leads to many sites: each is known by the source configured for it, the host
        before its registered domain, else by its name.
        """
        own = self.sources.get(source or "")
        known = (*((own,) if own else ()), *self.sources.values())
        named = (one.outlet for place in places(url) for one in known if one.site == place)
        return next(named, site(url))

    def is_off_topic(self, source: str | None, text: str) -> bool:
        """Whether a text from this source is to be left out; given URLs and feeds take all."""
        known = self.sources.get(source or "")
        return known is not None and known.topic_filter and not self.topic.is_in(text)

    def definition_rows(self) -> tuple[tuple[str, str, str, str, str, str], ...]:
        """Key, kind, unit, title, hash and spec (JSON) of every claim, as they are stored."""
        rows = []
        for claim in self.claims.claim:
            spec = claim.model_dump_json()
            digest = hashlib.sha256(spec.encode()).hexdigest()
            for one in _definitions(claim, Exchange()):
                title = claim.title
                if "{org}" in claim.key:
                    subject = one.claim.partition(".")[0].replace("_", " ").capitalize()
                    title = f"{subject}: {title}"
                rows.append((one.claim, one.kind, one.unit, title, digest, spec))
        return tuple(rows)


def prepare(texts: Mapping[str, str]) -> Rules:
    """The rules in the texts of the configuration files, by file name. Raises ConfigError."""
    claims = parse(ClaimRules, texts["claims.toml"], "claims.toml")
    entities = parse(Entities, texts["entities.toml"], "entities.toml")
    sources = parse(Sources, texts["sources.toml"], "sources.toml")
    rates = parse(Rates, texts["rates.toml"], "rates.toml")
    worth = exchange((table.date, table.usd) for table in rates.table)
    return Rules(
        cleaner=Cleaner(parse(Boilerplate, texts["boilerplate.toml"], "boilerplate.toml")),
        reader=Reader(claims, entities),
        claims=claims,
        definitions={d.claim: d for claim in claims.claim for d in _definitions(claim, worth)},
        sources={source.name: source for source in sources.source},
        topic=topic(names(sources, entities)),
    )


def _definitions(claim: Claim, worth: Exchange) -> Iterator[Definition]:
    """One definition a key: a claim about {org} is one claim for every organisation."""
    kind = claim.kind if claim.kind in ("text", "date", "boolean") else "number"
    kind = "text" if claim.kind == "direction" else kind
    unit = claim.currencies[0] if claim.unit == "money" else claim.unit
    own = claim.consensus.model_dump(exclude_none=True)
    for key in claim.keys:
        scale: Literal["linear", "log"] = "linear" if unit in LINEAR_UNITS else "log"
        yield replace(Definition(key, kind, unit, scale, claim.period, exchange=worth), **own)

"""config/entities.toml as typed rules: who can be named in a text, and by which words."""

from typing import Self

from pydantic import Field, model_validator

from monitor.rules.base import Strict


class Entity(Strict):
    """One company, model, person, index, venture or group that texts name."""

    key: str = Field(pattern=r"^[a-z0-9_]+$")
    name: str  # the canonical name, as speakers are written
    roles: tuple[str, ...] = ()  # what it can own: listed, lab, index, person, source, ...
    of: str | None = None  # the entity it belongs to: a model to its maker, a person to a firm
    aliases: tuple[str, ...] = ()  # other spellings; the first letter has to be as given
    tickers: tuple[str, ...] = ()  # matched in capitals only
    nominals: tuple[str, ...] = ()  # "the chip giant": counted only where it can mean this one
    each: bool = False  # a list of parties that play one part: each is called as it is written
    qualifiers: dict[str, str] = Field(default_factory=dict)  # what naming it adds to a claim


class Entities(Strict):
    """All configured entities."""

    entity: tuple[Entity, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        keys = [entity.key for entity in self.entity]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f"entity {key} is defined twice")
        for entity in self.entity:
            if entity.of is not None and entity.of not in keys:
                raise ValueError(f"entity {entity.key} belongs to {entity.of}, which is unknown")
        return self

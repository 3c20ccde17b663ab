"""What the configured topic is, and whether a text is about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.errors import ConfigError
from monitor.names import nearest
from monitor.rules.entities import Entities
from monitor.rules.sources import Sources


@dataclass(frozen=True, slots=True)
class Topic:
    """The names that make a text belong to the topic. No names: everything belongs."""

    pattern: re.Pattern[str] | None
    names: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether one of the names stands in the text as a word, in any case."""
        return self.pattern is None or self.pattern.search(text) is not None


def names(sources: Sources, entities: Entities) -> tuple[str, ...]:
    """The names of the topic of sources.toml: its entities with all aliases, and its words.

    Raises ConfigError for an entity that entities.toml does not know.
    """
    known = {one.key: one for one in entities.entity}
    found = set(sources.topic.words)
    for key in sources.topic.entities:
        if key not in known:
            raise ConfigError(
                f"sources.toml: topic.entities: no entity {key!r} in entities.toml"
                f"{nearest(key, known)}"
            )
        found |= {known[key].name, *known[key].aliases}
    return tuple(sorted(found))


def topic(words: Iterable[str]) -> Topic:
    """The topic that these names make.

    A name in a script without spaces (CJK) may stand anywhere; others must stand alone.
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    if not longest_first:
        return Topic(None)
    pattern = re.compile("|".join(map(_alone, longest_first)), re.IGNORECASE)
    return Topic(pattern, tuple(longest_first))


def _alone(word: str) -> str:
    escaped = re.escape(word)
    # U+2E80 is where the East Asian scripts begin.
    return escaped if word[0] >= "\u2e80" else rf"(?<!\w){escaped}(?!\w)"

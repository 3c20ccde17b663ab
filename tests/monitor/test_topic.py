"""What belongs to the topic."""

import pytest

from monitor.errors import ConfigError
from monitor.rules.base import parse
from monitor.rules.entities import Entities
from monitor.rules.sources import Sources
from monitor.topic import Topic, names, topic

ENTITIES = parse(
    Entities,
    """
[[entity]]
key = "lab"
name = "DeepSeek"
aliases = ["Deep Seek"]
""",
    "entities.toml",
)


@pytest.mark.parametrize(
    "text, is_in",
    [
        ("DeepSeek shocks markets", True),
        ("DEEP SEEK SHOCKS MARKETS", True),
        ("Deepseeking divers", False),
        ("What DeepSeek's rise means", True),
        ("股价：英伟达下跌", True),
        ("A quiet day in cycling", False),
        ("", False),
    ],
)
def test_a_name_stands_alone_but_for_scripts_without_spaces(text: str, is_in: bool) -> None:
    sources = parse(Sources, '[topic]\nentities = ["lab"]\nwords = ["英伟达"]', "sources.toml")
    assert topic(names(sources, ENTITIES)).is_in(text) is is_in


def test_no_names_take_everything() -> None:
    assert topic(()) == Topic(None)
    assert topic(()).is_in("anything")


def test_an_unknown_entity_is_named() -> None:
    sources = parse(Sources, '[topic]\nentities = ["labb"]', "sources.toml")
    with pytest.raises(ConfigError, match=r"topic\.entities.*'labb'.*did you mean lab"):
        names(sources, ENTITIES)

"""The shipped claims, compiled once for all tests of the room."""

from pathlib import Path

import pytest

from monitor.claims import Reader
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities

CONFIG = Path(__file__).parents[3] / "config"


def read_rules() -> ClaimRules:
    return parse(ClaimRules, (CONFIG / "claims.toml").read_text("utf-8"), "claims.toml")


def read_entities() -> Entities:
    return parse(Entities, (CONFIG / "entities.toml").read_text("utf-8"), "entities.toml")


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(read_rules(), read_entities())

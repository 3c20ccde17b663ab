"""Names, dates and yes-or-no claims in short sentences of our own: precision and recall."""

from datetime import UTC, datetime
from pathlib import Path

from monitor.claims import Reader
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities

ROOT = Path(__file__).parent.parent.parent
SENTENCES = ROOT / "tests" / "data" / "claims" / "facts.txt"
KINDS = ("text", "date", "boolean")
PUBLISHED = datetime(2025, 2, 3, 12, tzinfo=UTC)
PRECISION, RECALL = 0.98, 0.94


def _reader() -> Reader:
    config = ROOT / "config"
    rules = parse(ClaimRules, (config / "claims.toml").read_text("utf-8"), "claims.toml")
    entities = parse(Entities, (config / "entities.toml").read_text("utf-8"), "entities.toml")
    return Reader(rules, entities)


def test_facts_are_found_and_none_invented() -> None:
    reader = _reader()
    facts = {one.key for one in reader.rules.claim if one.kind in KINDS}
    right = found = wanted = 0
    for line in SENTENCES.read_text("utf-8").splitlines():
        if line.startswith("#") or line.endswith("~optional"):
            continue
        text, label = (part.strip() for part in line.rsplit("|", 1))
        told = {
            f"{one.claim}={str(one.value).casefold()}"
            for one in reader.observe(text, PUBLISHED)
            if one.claim in facts
        }
        asked = {label.partition("=")[0] + "=" + label.partition("=")[2].casefold()} - {"none="}
        right += len(told & asked)
        found += len(told)
        wanted += len(asked)
    assert right / found >= PRECISION
    assert right / wanted >= RECALL

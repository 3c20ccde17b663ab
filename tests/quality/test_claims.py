"""Pinned floors of reading claims on labelled texts. Lower one only with a reason in the commit."""

import json
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from monitor.claims import Label, Reader, Score, label_of, score
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from monitor.types import Observation

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "claims"
FLOORS = json.loads((Path(__file__).parent / "claims.json").read_text("utf-8"))


def _reader() -> Reader:
    claims = (ROOT / "config" / "claims.toml").read_text("utf-8")
    entities = (ROOT / "config" / "entities.toml").read_text("utf-8")
    return Reader(
        parse(ClaimRules, claims, "claims.toml"), parse(Entities, entities, "entities.toml")
    )


def _articles(path: Path) -> Iterator[tuple[list[Label], tuple[Observation, ...]]]:
    reader = _reader()
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        published_at = datetime.fromisoformat(item["published_at"])
        labels = [label_of(one) for one in item["labels"]]
        numeric = [
            one
            for one in reader.observe(item["text"], published_at, item["title"])
            if not isinstance(one.value, str | bool)
        ]
        yield labels, tuple(numeric)


def _figures(found: Score) -> dict[str, float]:
    return {
        "precision": found.precision or 0.0,
        "recall": found.recall or 0.0,
        "f1": found.f1 or 0.0,
        "bound": found.bound or 0.0,
        "modality": found.modality or 0.0,
        "speaker": found.speaker or 0.0,
    }


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors_hold(name: str) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip("../shared/data is absent")
    floors = FLOORS[name]
    assert sha256(path.read_bytes()).hexdigest() == floors["sha256"], "other data than measured"
    figures = _figures(score(_articles(path))[""])
    low = {
        key: (figures[key], floor)
        for key, floor in floors["floors"].items()
        if figures[key] < floor
    }
    assert low == {}

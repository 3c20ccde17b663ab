"""Grouping of the development set: figures pinned in stories.json never fall."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from monitor.stories import Grouper
from monitor.types import LINKED

DATA = Path(__file__).parents[3] / "shared" / "data" / "stories" / "dev.jsonl"
PINNED = json.loads(Path(__file__).with_name("stories.json").read_text())
SLACK = 0.0005  # rounding of the pinned figures

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/stories")

Document = Mapping[str, Any]


def group(documents: Sequence[Document]) -> list[Document]:
    """What `monitor stories group` answers."""
    grouper = Grouper()
    placed = [grouper.place(str(d["id"]), d["text"]) for d in documents]
    return [
        {"id": d["id"], "story": m.story_id, "relation": m.relation, "of": m.of and int(m.of)}
        for d, m in zip(documents, placed, strict=True)
    ]


def is_read(document: Document) -> bool:
    """Whether the document is of the half that rules were made on."""
    return int(hashlib.sha256(str(document["group"]).encode()).hexdigest(), 16) % 2 == 1


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    text = DATA.read_text()
    assert hashlib.sha256(text.encode()).hexdigest() == PINNED["data"], "another set: pin anew"
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("half", ["all", "read", "unread"])
def test_figures_do_not_fall(documents: list[Document], half: str) -> None:
    chosen = [d for d in documents if half == "all" or is_read(d) == (half == "read")]
    figures = score(chosen, group(chosen))
    pinned = PINNED[half]
    worse = {
        key: (value, pinned[key])
        for key, value in figures.items()
        if (value > pinned[key] + SLACK if key.endswith(BAD) else value < pinned[key] - SLACK)
    }
    assert worse == {}


BAD = ("wrong", "badlink")


def score(documents: Sequence[Document], output: Sequence[Document]) -> dict[str, float]:
    """B-cubed figures, and by kind the columns of ../shared/tools/score_stories.py."""
    story = {line["id"]: line["story"] for line in output}
    scored = [d for d in documents if d["kind"] != "splice50"]  # half of it belongs to two groups
    sizes, groups = Counter(story[d["id"]] for d in scored), Counter(d["group"] for d in scored)
    cells = Counter((story[d["id"]], d["group"]) for d in scored)
    precision = sum(cells[story[d["id"]], d["group"]] / sizes[story[d["id"]]] for d in scored)
    recall = sum(cells[story[d["id"]], d["group"]] / groups[d["group"]] for d in scored)
    figures = {
        "precision": precision / len(scored),
        "recall": recall / len(scored),
        "f1": 2 * precision * recall / (precision + recall) / len(scored),
    }
    return figures | _by_kind(documents, output, story)


def _by_kind(
    documents: Sequence[Document], output: Sequence[Document], story: Mapping[object, object]
) -> dict[str, float]:
    members = defaultdict(list)
    for document in documents:
        members[story[document["id"]]].append(document)
    parents = {d["id"]: {d["group"], d.get("also_group")} - {None} for d in documents}
    table: defaultdict[str, list[float]] = defaultdict(list)
    for document, line in zip(documents, output, strict=True):
        kind, mine = document["kind"], parents[document["id"]]
        mates = [m for m in members[line["story"]] if m is not document and m["kind"] != "splice50"]
        is_linked = line["relation"] in LINKED and bool(parents[line["of"]] & mine)
        if not kind.startswith("neg_"):
            right = any(m["group"] == document["group"] for m in mates)
            table[f"{kind} right"].append(right)
            table[f"{kind} right or linked"].append(right or is_linked)
        table[f"{kind} wrong"].append(any(not parents[m["id"]] & mine for m in mates))
        table[f"{kind} badlink"].append(line["relation"] in LINKED and not is_linked)
    return {key: sum(hits) / len(hits) for key, hits in sorted(table.items())}

"""Quantities on the labelled seeds and articles: the floors of issue 7, item 1."""

import hashlib
import json
from pathlib import Path

import pytest

from monitor.claims.quantities import mentions
from monitor.types import Mention

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FLOORS = json.loads(Path(__file__).with_name("quantities.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent")

# The labels know money, percent, count and ratio, call durations counts, and leave these out.
UNLABELLED = {"year", "date", "rank"}
DURATIONS = {"years", "months"}
ALTERNATE_REACH = 40  # characters behind a mention in which its bracket lies
TOLERANCE = 1e-9


def lines(name: str) -> list[dict]:
    text = (DATA / "claims" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def seed(name: str) -> str:
    return (DATA / "seeds" / name).read_bytes().decode("utf-8")


def says(mention: Mention, label: dict) -> bool:
    """Whether value and unit are those of the label, an end of a range or an alternate included."""
    for quantity in (mention.quantity, *mention.alternates):
        unit = "count" if quantity.unit in DURATIONS else quantity.unit
        values = [quantity.value] if quantity.value is not None else [quantity.low, quantity.high]
        if unit == label["unit"] and any(near(value, label["low"]) for value in values):
            return True
    return False


def near(value: object, wanted: float) -> bool:
    return value is not None and abs(float(value) - wanted) <= TOLERANCE * max(1.0, abs(wanted))


def touches(mention: Mention, label: dict) -> bool:
    end = mention.end + (ALTERNATE_REACH if mention.alternates else 0)
    return min(end, label["end"]) > max(mention.start, label["start"])


@pytest.fixture(scope="module")
def labels() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for label in lines("gold_quantities.jsonl"):
        found.setdefault(label["seed"], []).append(label)
    return found


def test_the_floors_are_of_this_data() -> None:
    content = (DATA / "claims" / "gold_quantities.jsonl").read_bytes()
    assert hashlib.sha256(content).hexdigest() == FLOORS["gold_quantities_sha256"]


def test_value_and_unit_of_the_labelled_quantities(labels: dict[str, list[dict]]) -> None:
    right = total = 0
    for name, wanted in labels.items():
        found = mentions(seed(name))
        total += len(wanted)
        right += sum(any(touches(m, w) and says(m, w) for m in found) for w in wanted)
    assert total == FLOORS["labelled"]
    assert right >= FLOORS["right"]


def test_mentions_beside_the_labelled_ones(labels: dict[str, list[dict]]) -> None:
    """Each is argued in the floor file: a quantity of the text that the labels leave out."""
    beside = {
        (name[:3], mention.quote)
        for name, wanted in labels.items()
        for mention in mentions(seed(name))
        if mention.quantity.unit not in UNLABELLED and not any(touches(mention, w) for w in wanted)
    }
    assert beside <= {(entry["seed"], entry["quote"]) for entry in FLOORS["beside"]}
    assert len(FLOORS["beside"]) <= 5


def test_values_and_bounds_of_the_articles_that_may_be_read() -> None:
    """Numeric labels of the development articles: the number and its bound, whatever the sign."""
    value_right = bound_right = total = 0
    for article in lines("articles_a.jsonl"):
        found = mentions(article["text"])
        for label in article["labels"]:
            if label.get("optional") or label["unit"] in ("year", "text", "boolean", "date"):
                continue
            total += 1
            hits = [m for m in found if touches(m, label) and has_value(m, label)]
            value_right += bool(hits)
            bound_right += any(m.quantity.bound == label["bound"] for m in hits)
    assert value_right >= FLOORS["article_values"] * total
    assert bound_right >= FLOORS["article_bounds"] * total


def has_value(mention: Mention, label: dict) -> bool:
    quantity = mention.quantity
    if label["value"] is not None:
        return quantity.value is not None and near(abs(quantity.value), abs(label["value"]))
    ends = sorted(abs(end) for end in (label["low"], label["high"]) if end is not None)
    mine = sorted(abs(end) for end in (quantity.low, quantity.high) if end is not None)
    return len(ends) == len(mine) and all(near(a, b) for a, b in zip(mine, ends, strict=True))


def test_every_quote_is_at_its_place() -> None:
    texts = [seed(path.name) for path in (DATA / "seeds").glob("*.txt")]
    texts += [article["text"] for article in lines("articles_a.jsonl")]
    teasers = (DATA / "teasers" / "deepseek_2025.jsonl").read_text(encoding="utf-8")
    texts += [str(json.loads(line).get("content") or "") for line in teasers.splitlines()]
    for text in texts:
        assert all(m.quote == text[m.start : m.end] for m in mentions(text))

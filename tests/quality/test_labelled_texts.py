"""The own labelled texts: compiled as marked, every span in place, every label by the rules."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "data" / "claims"
COMPILER = runpy.run_path(str(ROOT / "contrib" / "label_texts.py"))
ARTICLES = [
    json.loads(line)
    for line in (FOLDER / "articles_c.jsonl").read_text(encoding="utf-8").splitlines()
]
UNITS = {"USD", "EUR", "CNY", "percent", "count", "rank", "year", "months"}
REQUIRED = {
    *("claim", "value", "low", "high", "bound", "unit", "modality", "speaker"),
    *("quote", "start", "end"),
}
OPTIONAL = {"speaker_alt", "modality_alt", "optional"}


def test_the_compiled_set_is_the_marked_texts() -> None:
    assert COMPILER["compiled"](FOLDER) == (FOLDER / "articles_c.jsonl").read_text("utf-8")


def test_identities_are_given_once() -> None:
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
    assert len({article["url"] for article in ARTICLES}) == len(ARTICLES)


def test_every_mark_is_a_span_of_the_text() -> None:
    assert [one["id"] for one in ARTICLES if not _is_marked(one)] == []


def _is_marked(article: dict[str, Any]) -> bool:
    text = article["text"]
    spans = [(one["start"], one["quote"]) for one in (*article["labels"], *article["negatives"])]
    return (
        not any(rest in text for rest in ("{{", "}}", "|!"))
        and all(text[one["start"] : one["end"]] == one["quote"] for one in article["labels"])
        and all(quote and text.startswith(quote, start) for start, quote in spans)
    )


def test_every_label_keeps_the_schema() -> None:
    for article in ARTICLES:
        for label in article["labels"]:
            _check(label, f"{article['id']}: {label['quote']}")


def _check(label: dict[str, Any], where: str) -> None:
    assert REQUIRED <= set(label) <= REQUIRED | OPTIONAL, where
    assert label["unit"] in UNITS, where
    assert label["modality"] in COMPILER["MODALITIES"].values(), where
    assert (label["value"] is None) == (label["bound"] == "range"), where
    assert label["modality"] != "attributed" or label["speaker"], where
    assert label["modality"] not in label.get("modality_alt", []), where
    if label["low"] is not None and label["high"] is not None:
        assert label["low"] <= label["high"], where


@pytest.mark.parametrize(
    "written, low, high, bound",
    [
        ("near 600b", 570e9, 600e9, "near"),
        ("~-17", -18.7, -15.3, "approx"),
        (">-2", None, -2, "gt"),
        ("^18", None, 18, "upto"),
        ("<6m", None, 6e6, "lt"),
        ("5.5..6m", 5.5e6, 6e6, "range"),
        ("-10..-12", -12, -10, "range"),
    ],
)
def test_limits_follow_from_the_bound(
    written: str, low: float | None, high: float | None, bound: str
) -> None:
    quantity = COMPILER["quantity"](written, "USD")
    assert (quantity["low"], quantity["high"], quantity["bound"]) == (low, high, bound)

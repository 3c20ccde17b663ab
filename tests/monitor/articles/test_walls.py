"""Walls, lost pages, fronts and shells in many languages, and the articles that read like them."""

import tomllib
from pathlib import Path

import pytest

from tests.monitor.articles.conftest import URL, make_page

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "articles" / "walls.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"].replace(" ", "-") for case in CASES])
def test_a_page_has_its_outcome(cleaner, case):
    article = cleaner.clean(make_page(case["html"], url=case.get("url", URL)))
    assert article.outcome == case["outcome"]
    assert bool(article.text) == (case["outcome"] == "stored")

"""Whole pages of many kinds, invented: what is found on each, field by field.

Blogs, live blogs, wire copies, releases, old layouts, many scripts, and pages that are no article.
Each page has what is expected beside it, written before the page was ever read by the program.
"""

import tomllib
from pathlib import Path

import pytest

from monitor.articles import to_json
from tests.monitor.articles.conftest import make_page

FOLDER = Path(__file__).parents[2] / "data" / "articles" / "kinds"
CASES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.toml"))
}


@pytest.fixture(scope="module")
def found(cleaner):
    """The article of each page as JSON, with its notice and wire."""
    articles = {}
    for name in CASES:
        page = make_page((FOLDER / f"{name}.html").read_bytes(), url="https://news.example/a/page")
        article = cleaner.clean(page)
        articles[name] = to_json(article) | {"notice": article.notice, "wire": article.wire}
    return articles


@pytest.mark.parametrize(
    "name, field", [(name, field) for name, case in CASES.items() for field in case]
)
def test_the_field_of_the_page_is_found(found, name, field):
    value, expected = found[name][field], CASES[name][field]
    if field.startswith("date_"):
        value = (value or "")[:10]
    assert value == (expected.strip() if isinstance(expected, str) else expected)


def test_every_page_has_its_expectation():
    assert {path.stem for path in FOLDER.glob("*.html")} == set(CASES)

"""Whole pages through the room."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.articles import Cleaner, to_json, version_text
from monitor.rules.base import parse
from monitor.rules.boilerplate import Boilerplate
from monitor.types import FATES, Page

NOW = datetime(2025, 2, 1, tzinfo=UTC)
RULES = Path(__file__).parents[3] / "config" / "boilerplate.toml"
PARAGRAPHS = (
    "The port of Nieuwmark handled fewer containers in January than in any month since it opened.",
    "Its operator blames a strike of crane drivers that lasted nine days and ended on Tuesday.",
    "Shippers had moved part of their cargo to the neighbouring harbour before the strike began.",
)


@pytest.fixture(scope="session")
def cleaner():
    return Cleaner(parse(Boilerplate, RULES.read_text(encoding="utf-8"), "boilerplate.toml"))


def page(body, status=200, url="https://news.example/port"):
    return Page(url, body.encode() if isinstance(body, str) else body, NOW, status=status)


def html(*paragraphs, head="<title>Quiet month at the port</title>"):
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang=en><head>{head}</head><body><article>"
        f"<h1>Quiet month at the port</h1>{body}</article></body></html>"
    )


def test_an_article_comes_back_whole(cleaner):
    article = cleaner.clean(page(html(*PARAGRAPHS)))
    assert article.outcome == "stored"
    assert article.headline == "Quiet month at the port"
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert article.in_language == "en"


def test_version_text_says_where_the_body_begins(cleaner):
    article = cleaner.clean(page(html(*PARAGRAPHS)))
    text, start, digest = version_text(article)
    assert text[:start] == "Quiet month at the port\n\n"
    assert text[start:] == article.text
    assert len(digest) == 64


def test_json_has_the_promised_keys(cleaner):
    keys = (
        "url canonical_url outcome headline standfirst authors date_published date_modified "
        "in_language text blocks"
    )
    assert list(to_json(cleaner.clean(page(html(*PARAGRAPHS))))) == keys.split()


@pytest.mark.parametrize("status, fate", [(404, "http_error"), (410, "gone"), (503, "http_error")])
def test_an_error_status_is_no_article(cleaner, status, fate):
    assert cleaner.clean(page(html(*PARAGRAPHS), status)).outcome == fate


@pytest.mark.parametrize("body", ["", " ", "\0", "plain words", "<", "<p", '{"a": 1}', b"\xff\xfe"])
def test_bytes_that_are_no_page_have_an_outcome(cleaner, body):
    article = cleaner.clean(page(body))
    assert article.outcome in FATES
    assert article.outcome != "stored"

"""Pages of our own and the cleaner with the shipped rules."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.articles import Cleaner
from monitor.rules.base import parse
from monitor.rules.boilerplate import Boilerplate
from monitor.types import Page

NOW = datetime(2025, 2, 1, tzinfo=UTC)
RULES = Path(__file__).parents[3] / "config" / "boilerplate.toml"
URL = "https://news.example/2025/01/port"
HEADLINE = "Quiet month at the port"
PARAGRAPHS = (
    "The port of Nieuwmark handled fewer containers in January than in any month since it opened "
    "its gates.",
    "Its operator blames a strike of crane drivers that lasted nine days and ended on a Tuesday, "
    "with a raise of four per cent for everyone who works at night.",
    "Shippers had moved part of their cargo to the neighbouring harbour before the strike began, "
    "and not all of them have said that they will come back this year.",
    "The mayor wants to talk with both sides next week about rules that would keep one basin open "
    "during any strike, as other ports on the coast have long done.",
)


@pytest.fixture(scope="session")
def cleaner():
    return Cleaner(parse(Boilerplate, RULES.read_text(encoding="utf-8"), "boilerplate.toml"))


def make_page(body, status=200, url=URL, **headers):
    raw = body.encode() if isinstance(body, str) else body
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(url, raw, NOW, status=status, headers=names)


def make_html(*paragraphs, head="", before="", after="", lang="en"):
    body = "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{HEADLINE}</title>"
        f"{head}"
        f"<meta name=author content='Mara Lindqvist'></head><body>{before}<article>"
        f"<h1>{HEADLINE}</h1>{body}</article>{after}</body></html>"
    )

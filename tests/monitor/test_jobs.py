from pathlib import Path

from monitor.jobs import delays
from monitor.rulebook import prepare
from monitor.rules.base import parse
from monitor.rules.sources import Sources

CONFIG = Path(__file__).parents[2] / "config"
ENTRY = """
[[source]]
name = "{name}"
outlet = "The Daily Example"
site = "news.example"
country = "GB"
language = "en"
url = "https://feeds.{host}/{name}"
documented = ""
{delay}
"""


def test_hosts_of_one_domain_may_be_outlets_of_their_own() -> None:
    times = ENTRY.format(name="times", host="x.example", delay="")
    times = times.replace("The Daily Example", "Times").replace('"news.ex', '"times.news.ex')
    text = times + ENTRY.format(name="rest", host="x.example", delay="")
    texts = {file.name: file.read_text() for file in CONFIG.glob("*.toml")}
    rules = prepare(texts | {"sources.toml": text})
    given = ("https://m.times.news.example/a", "https://www.news.example/b", "https://y.example/")
    outlets = [rules.outlet(url, "rest") for url in given]
    assert outlets == ["Times", "The Daily Example", "y.example"]


def test_a_source_sets_the_delay_of_its_articles_and_of_its_feed() -> None:
    text = "".join(
        ENTRY.format(name=name, host=host, delay=delay)
        for name, host, delay in [
            ("tech", "cdn.example", "delay = 9.0"),
            ("markets", "cdn.example", "delay = 2.0"),
            ("world", "other.example", ""),
        ]
    )
    sources = parse(Sources, text, "sources.toml").source
    assert delays(sources) == {"news.example": 9.0, "cdn.example": 9.0}

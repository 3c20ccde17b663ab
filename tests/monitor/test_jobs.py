from monitor.jobs import delays
from monitor.rules.base import parse
from monitor.rules.sources import Sources

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

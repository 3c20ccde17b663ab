from datetime import UTC, datetime, timedelta

import pytest

from monitor.rules.settings import Settings
from monitor.rules.sources import Source
from monitor.types import Link, SourceState
from spiders.job import Crawled, DueSource, Job, crawled_line, job_line, read_crawled, read_job

NOW = datetime(2025, 1, 28, 9, 0, tzinfo=UTC)
SOURCE = Source(
    name="daily-example",
    outlet="The Daily Example",
    site="news.example",
    country="GB",
    language="en",
    url="https://news.example/rss",
    documented="https://news.example/about-rss",
    headers={"Accept": "application/rss+xml"},
)


def test_a_job_survives_the_way_to_the_child() -> None:
    link = Link("https://news.example/1", "https://news.example/1?utm_source=x", None, NOW)
    job = Job(
        run_id=3,
        database_url="sqlite:///data/monitor.db",
        now=NOW + timedelta(microseconds=1),
        settings=Settings(allow_private=("127.0.0.1:8000",), download_delay=0.5),
        sources=(DueSource(SOURCE, SourceState("daily-example", "The Daily Example", "u", NOW)),),
        feeds=("https://news.example/ü\n",),
        urls=("https://news.example/2",),
        rechecks=(link,),
        known_feeds=(SourceState("u", "", "u", etag='"1"', habits={"news": 1.5}),),
        liars=("news.example",),
        delays={"news.example": 2.5},
    )
    line = job_line(job)
    assert line.count(b"\n") == 1
    assert read_job(line) == job


@pytest.mark.parametrize("line", [b"", b"{}\n", b"not json\n", b'{"run_id": 1, "surprise": 2}\n'])
def test_anything_else_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        read_job(line)


def test_a_report_survives_the_way_back() -> None:
    crawled = Crawled("finished", 3, {"ok": 2, "gone": 1}, {"daily-example": "ok"})
    assert read_crawled(crawled_line(crawled)) == crawled

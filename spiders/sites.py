"""Polls what home pages announce: `scrapy crawl sites -a url="https://news.example/"`."""

from collections.abc import AsyncIterator
from typing import Any

from spiders.collecting import Collecting, given_urls
from spiders.records import Polling


class Sites(Collecting):
    """The feeds and sitemaps that a home page or its robots.txt names; their pages are fetched."""

    name = "sites"

    def __init__(self, url: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = given_urls(url)

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            for request in self.poll(Polling(url, "page", is_home=True)):
                yield request

"""Polls sitemaps: `scrapy crawl sitemaps -a url="https://..."`."""

from collections.abc import AsyncIterator
from typing import Any

from spiders.collecting import Collecting, given_urls
from spiders.records import Polling


class Sitemaps(Collecting):
    """Sitemaps, news sitemaps and their indexes; the pages they list are fetched."""

    name = "sitemaps"

    def __init__(self, url: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = given_urls(url)

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            for request in self.poll(Polling(url, "sitemap")):
                yield request

"""Fetches pages: `scrapy crawl pages -a url="https://..."`."""

from collections.abc import AsyncIterator
from typing import Any

from spiders.collecting import Collecting, given_urls
from spiders.records import given_link


class Pages(Collecting):
    """The addresses given, and nothing that they link to."""

    name = "pages"

    def __init__(self, url: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = given_urls(url)

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            for request in self.fetch(given_link(url, self.now())):
                yield request

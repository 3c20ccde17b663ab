"""Polls feeds: `scrapy crawl feeds -a url="https://..."`.

A search feed: `-a url="https://...?q={query}" -a query="DeepSeek"`.
"""

from collections.abc import AsyncIterator
from typing import Any

from spiders.collecting import Collecting, given_urls
from spiders.records import Polling


class Feeds(Collecting):
    """RSS, Atom, RDF and JSON feeds; the pages of their entries are fetched."""

    name = "feeds"

    def __init__(self, url: str = "", query: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = given_urls(url, query)

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            for request in self.poll(Polling(url, "feed")):
                yield request

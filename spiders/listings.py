"""Reads listing pages: `scrapy crawl listings -a url="https://..." -a selector="main h2 a"`."""

from collections.abc import AsyncIterator
from typing import Any

from monitor.feeds import links
from spiders.collecting import Collecting, given_urls
from spiders.records import Polling


class Listings(Collecting):
    """Pages that list articles; what the links inside the CSS selector lead to is fetched."""

    name = "listings"

    def __init__(self, url: str = "", selector: str = "body", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.urls = given_urls(url)
        self.selector = selector
        links("<p>", self.urls[0], selector)  # raises ConfigError where it is no selector

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            for request in self.poll(Polling(url, "page", selector=self.selector)):
                yield request

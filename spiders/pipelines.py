"""Where items go: to the database under `monitor crawl`, else to exports as plain dicts."""

from typing import TYPE_CHECKING, Any, Self

from scrapy.exceptions import DropItem
from w3lib.encoding import html_to_unicode

from monitor.types import Poll
from spiders.records import Collected
from spiders.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PlainItems:
    """Turns fetched pages into dicts with their text decoded; drops everything else."""

    def process_item(self, item: Collected | Poll) -> dict[str, Any]:
        if not isinstance(item, Collected) or item.fetch.page is None or not item.fetch.page.body:
            raise DropItem("no page")
        page, link = item.fetch.page, item.link
        content_type = page.headers.get("content-type", "")
        _, body = html_to_unicode(content_type, page.body)
        return {
            "url": page.final_url or page.url,
            "status": page.status,
            "fetched_at": page.fetched_at.isoformat(),
            "source": page.source,
            "title": link.title if link else None,
            "published_at": link.published_at.isoformat() if link and link.published_at else None,
            "body": body,
        }


class Storage:
    """Hands fetches and polls to the ledger of the run, and returns when they are stored."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    async def process_item(self, item: Collected | Poll) -> Collected | Poll:
        spider = self._crawler.spider
        assert isinstance(spider, Run)
        await spider.record(item)
        return item

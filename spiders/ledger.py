"""The run's door to the database: one thread that writes while the network goes on."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from monitor.types import Link, Poll
from spiders.records import Collected

if TYPE_CHECKING:
    from storage.store import Store

Result = TypeVar("Result")


class Ledger:
    """What the run asked for and what came of it, stored when a call returns.

    The store belongs to one thread, so that a busy database holds up no download. Every method
    raises DatabaseBusy where the database stays locked beyond the store's timeout.
    """

    def __init__(self, database_url: str, run_id: int, now: Callable[[], datetime]) -> None:
        self._url = database_url
        self._run_id = run_id
        self._now = now
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._store: Store | None = None
        self.outcomes: Counter[str] = Counter()

    async def open(self) -> None:
        """Opens the database; raises as Store.open does."""
        from storage.store import Store  # 1 s of CPU that plain Scrapy runs must not pay

        self._store = await self._run(lambda: Store.open(self._url, create=False))

    async def close(self) -> None:
        """Ends the thread; what was handed over is stored."""
        if self._store is not None:
            await self._run(self._store.close)
            self._store = None
        self._thread.shutdown(wait=False)

    async def offer(self, links: Sequence[Link]) -> Sequence[str]:
        """The URLs among ``links`` that are to be fetched now."""
        if not links:
            return ()
        store = self._opened()
        return await self._run(lambda: store.offer_links(self._run_id, links, self._now()))

    async def write(self, item: Collected | Poll) -> str:
        """Stores a fetch or a poll; the outcome word that was stored."""
        store = self._opened()
        if isinstance(item, Poll):
            await self._run(lambda: store.record_poll(self._run_id, item))
            return item.outcome
        fetch, at, reason = item.fetch, item.next_check_at, item.check_reason
        outcome = await self._run(lambda: store.record_fetch(self._run_id, fetch, at, reason))
        self.outcomes[outcome] += 1
        return outcome

    def _opened(self) -> "Store":
        assert self._store is not None
        return self._store

    async def _run(self, call: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

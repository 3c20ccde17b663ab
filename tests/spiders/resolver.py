"""A DNS resolver for Scrapy that asks the server at $TEST_DNS_PORT and caches nothing."""

import os
from typing import Any, Self

from twisted.internet.defer import Deferred
from twisted.names.client import Resolver as TwistedResolver


class Resolver(TwistedResolver):
    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        server = ("127.0.0.1", int(os.environ["TEST_DNS_PORT"]))
        return cls(servers=[server], timeout=(2,), reactor=reactor)

    def install_on_reactor(self) -> None:
        self._reactor.installResolver(self)

    def getHostByName(self, name: str, *args: Any, **options: Any) -> Deferred[str]:  # noqa: N802
        """The first A record; Twisted asks for records of all types, which this server has not."""
        return self.lookupAddress(name, (2,)).addCallback(
            lambda answers: answers[0][0].payload.dottedQuad()
        )

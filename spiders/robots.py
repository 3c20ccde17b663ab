"""robots.txt by RFC 9309: asked once for each origin in a crawl, obeyed for every page."""

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from protego import Protego
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from monitor.feeds import FeedLink, sitemaps_in
from spiders.fates import Unusable, fate_of_failure
from spiders.politeness import LONGEST_CRAWL_DELAY, slow_down

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Lines that Protego reads more freely than the standard: an agent of several words, or one that
# begins like ours; paths whose escapes it decodes, where a pattern means its very characters.
_LINE = re.compile(
    r"^[ \t]*(?:(?P<agent>user[ -]?agent)|(?P<path>(?:dis?s?)?all?ow))"
    r"[ \t]*[: \t][ \t]*(?P<value>.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TOKEN = re.compile(r"\*|[a-z_-]+")  # a product token (RFC 9309 2.2.1), or all agents
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")

MAX_BYTES = 500 * 1024  # what RFC 9309 section 2.5 asks a crawler to read at least; the rest is cut
_ASCII = "".join(map(chr, range(33, 127)))
VERDICTS = "robots.txt of "  # begins the names of the run's statistics that tell what it said
_PRIORITY = 1_000  # before any page
# A site whose robots.txt cannot be had for the moment is not refused for good, unlike one that
# says no: its pages are asked for again after this, or after its Retry-After.
UNANSWERED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us. ``refusal`` stands in for rules that could not be had."""

    parsed: Protego | None = None  # None: everything is allowed
    refusal: Unusable | None = None
    sitemaps: tuple[FeedLink, ...] = ()
    verdict: str = "read"  # on the file itself, for people

    def check(self, url: str, agent: str) -> None:
        """Raises Unusable where ``url`` may not be asked for."""
        if self.refusal is not None:
            raise Unusable(self.refusal.word, self.refusal.detail, self.refusal.passes_in)
        if self.parsed is not None and not self.parsed.can_fetch(_literal(url), agent):
            raise Unusable("robots", "disallowed by robots.txt")


class Robots:
    """Lets through what robots.txt allows; raises Unusable for the rest."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("kind") == "robots":
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin))
        rules = await asyncio.shield(self._rules[origin])
        request.meta["sitemaps"] = rules.sitemaps
        rules.check(request.url, self._agent)

    async def _ask(self, origin: str) -> Rules:
        request = Request(
            f"{origin}/robots.txt",
            meta={"kind": "robots"},
            priority=_PRIORITY,
            callback=NO_CALLBACK,
        )
        assert self._crawler.engine is not None
        asked = self._crawler.engine.download_async(request)
        [answer] = await asyncio.gather(asked, return_exceptions=True)
        if isinstance(answer, BaseException):
            return _without_answer(answer)
        rules = read_answer(answer, self._agent)
        self._crawler.stats.set_value(f"{VERDICTS}{origin}", rules.verdict)
        delay = rules.parsed and rules.parsed.crawl_delay(self._agent)
        if delay:
            slow_down(self._crawler, origin, min(float(delay), LONGEST_CRAWL_DELAY))
        return rules


def read_answer(answer: Response, agent: str) -> Rules:
    """Rules from an answer: 4xx allows all, 429 and 5xx nothing (RFC 9309 section 2.3.1)."""
    if answer.status == 200:
        body = answer.body[:MAX_BYTES]
        rules = parse(body.decode("utf-8-sig", "replace"), agent)
        delay = rules.parsed and rules.parsed.crawl_delay(agent)
        verdict = f"read, asks for {delay:g} s between requests" if delay else "read"
        return replace(rules, sitemaps=sitemaps_in(body, answer.url), verdict=verdict)
    if answer.status == 429 or answer.status >= 500:
        detail = f"robots.txt answered {answer.status}"
        refusal = Unusable("robots", detail, _passes_in(answer))
        return Rules(refusal=refusal, verdict=f"{detail}: nothing is allowed")
    return Rules(verdict=f"none, status {answer.status}: everything is allowed")


def _passes_in(answer: Response) -> timedelta:
    wish = answer.request.meta.get("retry_after") if answer.request else None
    return UNANSWERED if wish is None else timedelta(seconds=wish)


def parse(text: str, agent: str) -> Rules:
    """The rules of a robots.txt for the product token ``agent``."""

    def strict(line: re.Match[str]) -> str:
        value = line["value"].partition("#")[0].strip()
        if line["agent"]:
            token = _TOKEN.match(value.lower())
            name = token[0] if token else ""
            return f"User-agent: {name if name in ('*', agent.lower()) else 'another'}"
        path = quote(value, safe=_ASCII)
        return f"{line['path']}: {_literal(path)}"

    return Rules(Protego.parse(_LINE.sub(strict, text)))


def _literal(text: str) -> str:
    """Escapes that Protego leaves as they are, in one spelling."""
    return _ESCAPE.sub(lambda match: "%25" + match[0][1:].upper(), text)


def _without_answer(error: BaseException) -> Rules:
    """No access where robots.txt cannot be reached, but for endless redirects (2.3.1.2)."""
    word, detail = fate_of_failure(error)
    if word == "redirect_loop":
        return Rules()
    return Rules(refusal=Unusable(word, f"robots.txt: {detail}"))

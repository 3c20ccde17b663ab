"""A small news site on loopback: answers from a table, remembers what it was asked."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARTICLE = "<!doctype html><html><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}"
PARAGRAPH = "<p>Shares of the chip maker fell on Monday, as traders weighed story {}.</p>"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site sends for a path. ``hold``: waited for before anything is sent."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    hold: threading.Event | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    path: str
    headers: Mapping[str, str]


Reply = Answer | Callable[[Asked], Answer]


class Site:
    """Serves ``paths`` until closed; everything else is 404."""

    def __init__(self) -> None:
        self.paths: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self.was_asked = threading.Condition()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def hits(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def wait_for(self, path: str, seconds: float = 60) -> None:
        """Returns once ``path`` was asked for; fails after a deadline."""
        with self.was_asked:
            assert self.was_asked.wait_for(lambda: self.hits(path), seconds), f"{path} never asked"

    def add_articles(self, count: int) -> list[str]:
        """Paths of that many articles."""
        paths = [f"/story/{number}" for number in range(1, count + 1)]
        for number, path in enumerate(paths, 1):
            body = ARTICLE.format(f"Story {number}", PARAGRAPH.format(number) * 3)
            self.paths[path] = Answer(body.encode(), headers={"Content-Type": "text/html"})
        return paths

    def add_feed(self, path: str, links: list[str], **headers: str) -> str:
        """The URL of an RSS feed at ``path`` that announces ``links``."""
        self.paths[path] = Answer(
            rss(self.url(link) if link.startswith("/") else link for link in links),
            headers={"Content-Type": "application/rss+xml", **headers},
        )
        return self.url(path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = Asked(request.path, {k.lower(): v for k, v in request.headers.items()})
        with self.was_asked:
            self.asked.append(asked)
            self.was_asked.notify_all()
        reply = self.paths.get(request.path, Answer(b"not here", 404))
        answer = reply if isinstance(reply, Answer) else reply(asked)
        if answer.hold is not None:
            answer.hold.wait(120)
        try:
            request.send_response(answer.status)
            for name, value in answer.headers.items():
                request.send_header(name, value)
            request.send_header("Content-Length", str(len(answer.body)))
            request.end_headers()
            request.wfile.write(answer.body)
        except ConnectionError:
            pass  # the crawler went away


def rss(links: Any) -> bytes:
    items = "".join(
        f"<item><title>Item {n}</title><link>{link}</link>"
        "<pubDate>Mon, 27 Jan 2025 21:05:00 +0000</pubDate></item>"
        for n, link in enumerate(links, 1)
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()

"""The newsroom on loopback: one server an outlet, on a free port each."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from monitor.demo.newsroom import Newsroom, Outlet, feed, page


class Presses:
    """Serves every outlet while it is open; ``day`` may be set at any time."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.day = 1
        self._newsroom = newsroom
        self._servers = {
            outlet.key: ThreadingHTTPServer(("127.0.0.1", 0), self._handler(outlet))
            for outlet in newsroom.outlets
        }

    def __enter__(self) -> "Presses":
        for key, server in self._servers.items():
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, name=key, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()

    @property
    def hosts(self) -> tuple[str, ...]:
        """host:port of every outlet."""
        return tuple(f"127.0.0.1:{s.server_address[1]}" for s in self._servers.values())

    @property
    def feeds(self) -> tuple[str, ...]:
        """The address of every outlet's feed."""
        return tuple(f"http://{host}/feed.xml" for host in self.hosts)

    def answer(self, outlet: Outlet, path: str) -> tuple[int, str, str]:
        """Status, content type and body for one request."""
        base = f"http://127.0.0.1:{self._servers[outlet.key].server_address[1]}"
        if path == "/feed.xml":
            return 200, "application/rss+xml", feed(self._newsroom, outlet, self.day, base)
        for piece in self._newsroom.of(outlet, self.day):
            if piece.path == path:
                if self.day >= piece.gone_from_day:
                    return 404, "text/html", "<h1>Page not found</h1>"
                return 200, "text/html", page(piece, outlet, self.day)
        return 404, "text/plain", "nothing here"

    def _handler(self, outlet: Outlet) -> type[BaseHTTPRequestHandler]:
        presses = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, content_type, text = presses.answer(outlet, self.path)
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", f"{content_type}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The crawl tells what happens."""

        return Handler

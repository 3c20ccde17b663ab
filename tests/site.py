"""A small news site on loopback whose pages a test can change, and a way to run the program."""

import html
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

from tests.dates import DAY

ROOT = Path(__file__).parent.parent
DEADLINE = 120  # seconds any one command may take


@dataclass(frozen=True)
class Answer:
    """One HTTP answer of the site."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


def page(headline: str, paragraphs: list[str], notice: str = "") -> Answer:
    """An article page as a plain content system writes it."""
    title = f"<h1>{html.escape(headline)}</h1>" if headline else ""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    notice = f"<p>{html.escape(notice)}</p>" if notice else ""
    return Answer(
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{html.escape(headline)}"
        f"</title><meta property='article:published_time' content='{DAY.isoformat()}'></head>"
        f"<body><article>{title}{body}{notice}</article></body></html>".encode()
    )


class Site:
    """Serves ``answers`` by path, and a feed of all articles at /feed.xml; counts requests."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.titles: dict[str, str] = {}  # of feed items, where they differ from "Item PATH"
        self.held: dict[str, threading.Event] = {}  # of paths not answered before it is set
        self.hits: Counter[str] = Counter()
        self._asked: dict[str, threading.Event] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def wait_for(self, path: str) -> None:
        """Until somebody asks for ``path``."""
        assert self._asked.setdefault(path, threading.Event()).wait(DEADLINE), path

    def feed(self) -> Answer:
        """RSS 2.0 of every article path, in the order they were added."""
        items = "".join(
            f"<item><title>{self.titles.get(path, 'Item ' + path)}</title>"
            f"<link>{self.url(path)}</link><guid>{path}</guid><pubDate>{format_datetime(DAY)}</pubDate></item>"
            for path in self.answers
            if path.startswith("/a/")
        )
        xml = f"<rss version='2.0'><channel><title>Test site</title>{items}</channel></rss>"
        return Answer(xml.encode(), content_type="application/rss+xml")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.hits[self.path] += 1
                site._asked.setdefault(self.path, threading.Event()).set()
                if self.path in site.held:
                    site.held[self.path].wait(DEADLINE)
                answer = site.answers.get(self.path)
                if answer is None:
                    is_feed = self.path == "/feed.xml"
                    answer = site.feed() if is_feed else Answer(b"not here", 404, "text/plain")
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                with suppress(ConnectionError):  # the crawler went away
                    self.end_headers()
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler


@dataclass(frozen=True)
class Program:
    """The installed program with a database and settings of its own."""

    folder: Path
    allow: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def database_url(self) -> str:
        return self.extra.get("MONITOR_DATABASE_URL", f"sqlite:///{self.folder}/monitor.db")

    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
        return kept | {
            "MONITOR_DATABASE_URL": self.database_url,
            "MONITOR_ALLOW_PRIVATE": json.dumps(list(self.allow)),
            "MONITOR_CONFIG": str(ROOT / "config"),
            **self.extra,
        }

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """The program under way, the head of a process group, as in a terminal."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "monitor", *arguments],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, *arguments: str, expect: int = 0, stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-P", "-m", "monitor", *arguments],
            cwd=self.folder,
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            check=False,
        )
        assert done.returncode == expect, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *arguments: str, expect: int = 0) -> object:
        return json.loads(self.run(*arguments, "--json", expect=expect).stdout)

    def lines(self, *arguments: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.run(*arguments).stdout.splitlines()]

    def view(self, name: str) -> list[dict[str, object]]:
        return self.lines("export", name, "--format", "jsonl")


def one_source(site: Site, topic_filter: str = "true") -> str:
    """A sources.toml that follows the site alone."""
    return f"""[topic]
entities = ["nvidia"]

[[source]]
name = "site"
outlet = "The Site"
site = "{site.host}"
country = "GB"
language = "en"
url = "{site.url("/feed.xml")}"
documented = "{site.url("/")}"
topic_filter = {topic_filter}
"""

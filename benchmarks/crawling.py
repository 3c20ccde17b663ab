"""CPU per page of Scrapy with all our middlewares against Scrapy bare, side by side.

Both run the same spider in a process of their own against one server on loopback: bare with
Scrapy's own defaults, and with spiders/settings.py, its download handler, guard, middlewares,
extension and spider middlewares. Pages are news pages of some 70 KB, compressed on the way. The
cost of starting is taken out: CPU of many pages less CPU of few, over the difference. Rounds
alternate; the table shows the least of each, since noise only adds. Ends with 1 above 1.25.

    .venv/bin/python benchmarks/crawling.py [ROUNDS] [--profile]
"""

import asyncio
import gzip
import itertools
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from scrapy import Request, Spider

ROOT = Path(__file__).parents[1]
MANY, FEW = 1_500, 100  # pages of a run
MOST = 1.25
DIFFERENT_PAGES = 50


class Pages(Spider):
    """Asks for so many pages and looks at each body."""

    name = "benchmark"

    def __init__(self, base: str = "", count: str = "0", **arguments: str) -> None:
        super().__init__(**arguments)
        self.urls = [f"{base}/story/{number}" for number in range(int(count))]
        self.seen = 0

    async def start(self):  # type: ignore[no-untyped-def]
        for url in self.urls:
            yield Request(url, meta={"kind": "article"}, dont_filter=True)

    def parse(self, response):  # type: ignore[no-untyped-def]
        self.seen += response.body.endswith(b"</html>")

    def closed(self, reason: str) -> None:
        """Told on stdout: a crawl that was refused its pages must not pass for a fast one."""
        has_guard = "GuardedDownloads" in str(self.settings.getdict("DOWNLOAD_HANDLERS"))
        print(json.dumps({"seen": self.seen, "has_guard": has_guard}))


def page(number: int) -> bytes:
    dice = random.Random(number)
    words = ["market", "chip", "shares", "fell", "Monday", "analyst", "billion", "model", "of", "a"]
    text = "".join(f"<p>{' '.join(dice.choices(words, k=60))}.</p>\n" for _ in range(170))
    head = "<!doctype html><html><head><meta charset=utf-8><title>Story</title></head><body>"
    return f"{head}<article>{text}</article></body></html>".encode()


def answers() -> list[bytes]:
    found = []
    for number in range(DIFFERENT_PAGES):
        body = gzip.compress(page(number), 6)
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            "Content-Encoding: gzip\r\nCache-Control: max-age=60\r\nServer: nginx\r\n"
            f'ETag: "{number}"\r\nContent-Length: {len(body)}\r\n\r\n'
        )
        found.append(head.encode() + body)
    return found


def serve(ready: Connection) -> None:
    pages = answers()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in itertools.count():
            try:
                request = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                break
            if b"/robots.txt" in request:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                writer.write(pages[number % DIFFERENT_PAGES])
            await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def seconds(base: str, count: int, is_ours: bool, *options: str) -> float:
    """CPU of one crawl, start of the process included."""
    environment = {name: value for name, value in os.environ.items() if "SCRAPY" not in name}
    if is_ours:
        environment["SCRAPY_SETTINGS_MODULE"] = "spiders.settings"
        environment["MONITOR_ALLOW_PRIVATE"] = json.dumps([base.removeprefix("http://")])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = [*options, "-m", "scrapy", "runspider", str(Path(__file__).resolve())]
    arguments = ["-a", f"base={base}", "-a", f"count={count}", "-s", "LOG_LEVEL=ERROR"]
    done = subprocess.run(
        [sys.executable, *program, *arguments],
        check=True,
        cwd=ROOT if is_ours else "/",
        env=environment,
        stdout=None if options else subprocess.PIPE,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not options:
        assert json.loads(done.stdout) == {"seen": count, "has_guard": is_ours}
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def per_page(base: str, is_ours: bool) -> float:
    """Milliseconds."""
    cost = seconds(base, MANY, is_ours) - seconds(base, FEW, is_ours)
    return 1_000 * cost / (MANY - FEW)


def main() -> int:
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 5)
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{here.recv()}"
    if "--profile" in sys.argv:
        seconds(base, MANY, True, "-m", "cProfile", "-s", "tottime")
        return 0
    bare, ours = [], []
    for number in range(rounds):
        bare.append(per_page(base, is_ours=False))
        ours.append(per_page(base, is_ours=True))
        print(f"round {number + 1}: bare {bare[-1]:.2f} ms, ours {ours[-1]:.2f} ms a page")
    ratio = min(ours) / min(bare)
    print(f"least: bare {min(bare):.2f} ms, ours {min(ours):.2f} ms a page: {ratio:.2f} times")
    server.terminate()
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())

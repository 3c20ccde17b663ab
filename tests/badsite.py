"""The hostile site that lies beside the project, with the outcome that each path must have."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from monitor import clock

ROOT = Path(__file__).parents[1]
TOOLS = ROOT.parent / "shared/tools"
CANARY = b"CANARY-7f3a"
MOST_MEMORY = 600 * 1024  # KiB
Entry = dict[str, Any]


@dataclass(frozen=True)
class BadSite:
    port: int
    internal_port: int
    dns_port: int
    log: Path
    since: float = 0.0  # seconds since the epoch: earlier hits are not the crawl's

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def hits(self) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [hit for hit in found if hit["t"] >= self.since]

    def internal_hits(self) -> list[str]:
        return [hit["target"] for hit in self.hits() if hit["side"] == "internal"]


def free_ports() -> tuple[int, int, int]:
    """A port whose number plus 1,000 is free as well, and two others."""
    while True:
        sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        ports = [each.getsockname()[1] for each in sockets]
        try:
            socket.create_server(("127.0.0.1", ports[0] + 1_000)).close()
        except (OSError, OverflowError):
            continue
        finally:
            for each in sockets:
                each.close()
        return ports[0], ports[1], ports[2]


def serve(folder: Path, *options: str) -> Iterator[BadSite]:
    if not TOOLS.is_dir():
        pytest.skip(f"no {TOOLS}")
    port, internal, dns = free_ports()
    log = folder / "hits.jsonl"
    log.touch()
    arguments = [f"--port={port}", f"--internal-port={internal}", f"--dns={dns}", f"--log={log}"]
    arguments += [f"--canary={folder / 'canary.txt'}", *options]
    with subprocess.Popen(
        [sys.executable, str(TOOLS / "badsite.py"), *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b"badsite:")
        yield BadSite(port, internal, dns, log)
        process.terminate()


def warm(site: BadSite) -> BadSite:
    """The same site, its largest answers made: it makes each once, and answers nobody meanwhile."""
    for path in ("/bomb/gzip2", "/bomb/deflate", "/bomb/brotli", "/bomb/zstd", "/feed/100k.xml"):
        with urlopen(site.url(path), timeout=300) as answer:
            answer.read(1)
    with urlopen(site.url("/_reset"), timeout=60):
        return replace(site, since=clock.now().timestamp())


def manifest() -> list[Entry]:
    if not TOOLS.is_dir():
        return []
    entries: list[Entry] = json.loads((TOOLS / "badsite_manifest.json").read_text())
    return entries


def example(entry: Entry) -> str:
    """The path to ask for where the manifest names a family of them."""
    path: str = entry["path"]
    if path == "/redirect/long/":
        return path + "5"
    return path + "1" if path.endswith("/") and entry["kind"] == "article" else path


def memory(pid: int) -> int:
    """Peak resident memory in KiB; 0 where the system does not tell, or the process is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    return int(peak[1]) if peak else 0

import json
from ipaddress import ip_address
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from spiders.guard import Allowed, Guard, Refused, parse_allowed, refuse_address, refuse_url

HOSTILE = Path(__file__).parents[2].parent / "shared/data/hostile/ssrf_urls.jsonl"
NOBODY = Allowed()


def test_hostile_addresses_are_judged_right() -> None:
    if not HOSTILE.is_file():
        pytest.skip(f"no {HOSTILE}")
    cases = [json.loads(line) for line in HOSTILE.read_text().splitlines()]
    wrong = [c for c in cases if (refuse_url(c["url"], NOBODY) is None) != c["allowed"]]
    assert (len(cases), wrong) == (50, [])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.66.66.66:8702/secret",
        "http://2134000194:8702/",
        "http://0x7f424242/",
        "http://0177.0102.0102.0102/",
        "http://127.4342338/",
        "http://[::ffff:127.66.66.66]/",
        "http://127.66.66.66:8702\\@news.example/",
        "http://①②⑦.66.66.66/",
        "http://127。66。66。66/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2001:0:7f00:1::]/",
        "file:///etc/hostname",
        "gopher://news.example/",
        "http://8.8.8.8:22/",
    ],
)
def test_refused(url: str) -> None:
    assert refuse_url(url, NOBODY) is not None


@pytest.mark.parametrize(
    "url",
    ["https://news.example/a", "http://8.8.8.8/", "https://[2606:4700::1111]/", "http://x:81/"],
)
def test_passed_on_to_where_it_is_dialled(url: str) -> None:
    assert refuse_url(url, NOBODY) is None


@pytest.mark.parametrize(
    "entry,address,port,passes",
    [
        ("127.0.0.1:8701", "127.0.0.1", 8701, True),
        ("127.0.0.1:8701", "127.0.0.1", 8702, False),
        ("127.0.0.1:8701", "127.0.0.2", 8701, False),
        ("10.0.0.0/8", "10.1.2.3", 9999, True),
        ("10.0.0.0/8", "11.1.2.3", 443, True),  # public, at a usual port
        ("10.0.0.0/8", "11.1.2.3", 9999, False),
        ("[::1]:80", "::1", 80, True),
        ("8.8.8.8:8443", "8.8.8.8", 8443, True),
        ("10.0.0.0/8", "::ffff:10.1.2.3", 80, True),
    ],
)
def test_allow_list(entry: str, address: str, port: int, passes: bool) -> None:
    reason = refuse_address(ip_address(address), port, parse_allowed([entry]))
    assert (reason is None) == passes


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "host", "host:0", "host:99999", "10.0.0.0/99", ":80"]
)
def test_allow_list_names_a_bad_entry(entry: str) -> None:
    with pytest.raises(ConfigError, match="allow_private"):
        parse_allowed([entry])


class Reactor:
    """Dials nothing, remembers what it was told to dial."""

    def __init__(self) -> None:
        self.dialled: list[tuple[str, int]] = []

    def connectTCP(self, host: str, port: int) -> None:  # noqa: N802 - Twisted's name
        self.dialled.append((host, port))


def test_guard_judges_what_is_dialled_once_installed_twice() -> None:
    reactor = Reactor()
    Guard(parse_allowed(["127.0.0.1:1"])).install(reactor)
    Guard(parse_allowed(["127.0.0.1:2"]), proxies=[("proxy.example", 3128)]).install(reactor)
    reactor.connectTCP("127.0.0.1", 2)
    reactor.connectTCP("93.184.216.34", 443)
    reactor.connectTCP("proxy.example", 3128)
    for host, port in [("127.0.0.1", 1), ("10.0.0.1", 80), ("news.example", 443)]:
        with pytest.raises(Refused):
            reactor.connectTCP(host, port)
    assert reactor.dialled == [("127.0.0.1", 2), ("93.184.216.34", 443), ("proxy.example", 3128)]


def test_a_name_in_the_allow_list_stands_for_its_addresses() -> None:
    guard = Guard(parse_allowed(["localhost:8000"]))
    assert guard.refuse("127.0.0.1", 8000) is None
    assert guard.refuse("127.0.0.1", 8001) is not None


def test_target_of_a_proxied_request_is_resolved_and_judged() -> None:
    guard = Guard(NOBODY, proxies=[("127.0.0.1", 3128)])
    assert guard.refuse("127.0.0.1", 3128) is None
    assert guard.refuse_resolved("localhost", 80) is not None
    assert guard.refuse_resolved("no-such-name.invalid", 80) is None

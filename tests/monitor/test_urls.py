"""URL identity and sites, as tables and as properties."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.urls import MAX_LENGTH, absolute, normalise, places, same_site, site, without_password

WHATWG = Path(__file__).parents[2] / "../shared/data/hostile/urls_whatwg.jsonl"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.COM:80/a/../b#part", "http://example.com/b"),
        ("https://example.com:443", "https://example.com/"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("http://user:secret@example.com/", "http://example.com/"),
        ("http://example.com/?b=2&a=1&b=1", "http://example.com/?a=1&b=2&b=1"),
        ("http://example.com/?", "http://example.com/"),
        ("http://example.com/?&=&a=1", "http://example.com/?a=1"),
        ("http://example.com/?a", "http://example.com/?a"),
        ("http://example.com/??a", "http://example.com/??a"),
        ("http://example.com/?utm_source=rss&UTM_Medium=x&id=7", "http://example.com/?id=7"),
        ("http://example.com/?fbclid=1&gclid=2&mc_cid=3", "http://example.com/"),
        ("http://example.com/?%75tm_source=rss", "http://example.com/"),
        ("http://example.com/a;jsessionid=0A1B?id=7", "http://example.com/a?id=7"),
        ("http://example.com/?PHPSESSID=1&jsessionid=2&id=7", "http://example.com/?id=7"),
        ("http://example.com/?sid=0.84442152", "http://example.com/"),
        ("http://example.com/story.php?sid=123", "http://example.com/story.php?sid=123"),
        ("http://example.com/?ref=rss", "http://example.com/"),
        ("http://example.com/%7euser/%c3%a4", "http://example.com/~user/%C3%A4"),
        ("http://example.com/%%32e/x", "http://example.com/%252e/x"),
        ("http://münchen.example/ä", "http://xn--mnchen-3ya.example/%C3%A4"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://example.com/", None),
        ("mailto:a@example.com", None),
        ("/relative", None),
        ("", None),
        ("http://", None),
        ("http://example.com/\ud800", None),
        ("http://example.com/" + "a" * MAX_LENGTH, None),
    ],
)
def test_normalise(url: str, expected: str | None) -> None:
    assert normalise(url) == expected


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("../b?x=1", "http://example.com/a/c/", "http://example.com/a/b?x=1"),
        ("//other.example/x", "https://example.com/", "https://other.example/x"),
        ("x", "not a url", None),
        ("javascript:alert(1)", "http://example.com/", None),
    ],
)
def test_normalise_against_a_base(url: str, base: str, expected: str | None) -> None:
    assert normalise(url, base) == expected


def test_absolute_keeps_what_the_publisher_announced() -> None:
    assert absolute("b?utm_source=rss&a=1#x", "http://u:p@e.com/") == (
        "http://e.com/b?utm_source=rss&a=1#x"
    )


def test_whatwg_cases_never_raise_and_settle_at_once() -> None:
    if not WHATWG.exists():
        pytest.skip("the shared data sets are not beside the project")
    cases = [json.loads(line) for line in WHATWG.read_text("utf-8").splitlines()]
    for case in cases:
        found = normalise(case["input"], case["base"])
        site(case["input"])
        assert found is None or normalise(found) == found
        if case.get("protocol") in {"http:", "https:"}:
            assert found is not None
            assert found.startswith(f"{case['protocol']}//{case['host']}/")
        elif "failure" not in case:
            assert found is None


@given(st.text(), st.none() | st.text())
def test_no_text_makes_it_raise(url: str, base: str | None) -> None:
    found = normalise(url, base)
    assert found is None or normalise(found) == found
    assert isinstance(site(url), str)


@given(st.text(st.sampled_from("aZ%2eE7/?&=#;:@.[]\\+ ä\t\u2028'\"<>|^`{}~sid"), max_size=40))
def test_normalising_twice_changes_nothing(tail: str) -> None:
    found = normalise("http://example.com/" + tail)
    assert found is not None
    assert normalise(found) == found


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("https://amp.example.com./x", "example.com"),
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("https://blogspot.com/", "blogspot.com"),
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://2130706433:8000/", "127.0.0.1:8000"),
        ("https://[::1]/", "[::1]:443"),
        ("http://localhost:8080/x", "localhost:8080"),
        ("http://news.localhost:8080/x", "news.localhost:8080"),
        ("http://intranet/", "intranet:80"),
        ("http://news.corp.internal/", "corp.internal"),
        ("javascript:alert(1)", ""),
        ("nonsense", ""),
    ],
)
def test_site(url: str, expected: str) -> None:
    assert site(url) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("https://m.example.com/a", "http://www.example.com/b", True),
        ("https://example.com/", "https://example.org/", False),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_same_site(a: str, b: str, expected: bool) -> None:
    assert same_site(a, b) is expected


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://indiatimes.com/a", ("indiatimes.com",)),
        (
            "https://m.economictimes.indiatimes.com/a",
            ("m.economictimes.indiatimes.com", "economictimes.indiatimes.com", "indiatimes.com"),
        ),
        ("https://www.bbc.co.uk/", ("www.bbc.co.uk", "bbc.co.uk")),
        ("http://127.0.0.1:8000/a", ("127.0.0.1:8000",)),
        ("mailto:a@b.example", ()),
    ],
)
def test_places(url: str, expected: tuple[str, ...]) -> None:
    assert places(url) == expected


def test_importing_it_does_not_load_the_suffix_list() -> None:
    code = "import sys, monitor.urls; sys.exit('tldextract' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "url, shown",
    [
        ("postgresql://ann:se:cr@t@db/news", "postgresql://ann:***@db/news"),
        ("mysql://u:secret@h/db", "mysql://u:***@h/db"),
        ("postgresql://db/news?password=secret&x=1", "postgresql://db/news?password=***&x=1"),
        ("postgresql://ann@db/news", "postgresql://ann@db/news"),
        ("sqlite:///data/monitor.db", "sqlite:///data/monitor.db"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert without_password(url) == shown

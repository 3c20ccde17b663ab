"""`monitor forget` and `monitor db prune` after a real crawl: what goes, stays and follows."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.site import Program, Site, page

CLAIM = "nvidia.market_cap_loss"
TEXTS = {
    "/a/one": (
        "A heavy day",
        "Nvidia lost $589 billion in market value on Monday, the exchange said in the evening.",
    ),
    "/a/two": (
        "A record day",
        "The DeepSeek model wiped nearly $600 billion off Nvidia's market value, traders told us.",
    ),
}
MORE = "Shares of other makers of chips fell as well, and analysts warned of further falls."


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        for path, (headline, text) in TEXTS.items():
            site.answers[path] = page(headline, [text, MORE + path])
        yield site


@pytest.fixture
def program(tmp_path: Path, site: Site) -> Program:
    program = Program(tmp_path, allow=(site.host,))
    program.run("crawl", "--feed", site.url("/feed.xml"))
    return program


def state(program: Program) -> tuple[Any, ...]:
    [state] = program.json("claims", "show", CLAIM)["states"]  # type: ignore[index]
    return tuple(state[name] for name in ("articles", "stories", "observations"))


def test_what_a_publisher_wants_removed_is_gone_for_good(program: Program, site: Site) -> None:
    assert state(program) == (2, 2, 2)
    asked = site.hits["/a/two"]
    gone = json.loads(
        program.run("forget", site.url("/a/two"), "--reason", "letter", "--json").stdout
    )
    assert gone == {"urls": [site.url("/a/two")], "versions": 1, "observations": 1, "pages": 1}
    assert state(program) == (1, 1, 1)
    program.run("db", "check")
    told = program.json("explain", site.url("/a/two"))
    assert (told["fate"], told["forgotten"]["reason"]) == ("forgotten", "letter")  # type: ignore[index]
    assert "forgotten: " in program.run("explain", site.url("/a/two")).stdout

    site.answers["/a/three"] = page("New", [TEXTS["/a/one"][1], MORE * 2])
    program.run("crawl", "--feed", site.url("/feed.xml"), "--recheck")
    assert site.hits["/a/two"] == asked
    assert site.hits["/a/three"] == 1
    done = program.run("crawl", "--url", site.url("/a/two"), expect=2)
    assert "at its publisher's request (letter); it is never fetched again" in done.stderr
    again = program.run("reprocess").stdout
    assert "new: 0 articles, 0 versions, 0 observations, 0 events" in again
    assert "taken back, or replaced: 0 versions" in again
    assert site.url("/a/two") not in [
        row["url"] for row in program.view("articles") if row["versions"]
    ]
    assert "wiped nearly" not in json.dumps([*program.view("versions"), *program.view("events")])
    kinds = [(row["kind"], row["outcome"]) for row in program.view("runs")]
    assert ("forget", "ok") in kinds


def test_pages_past_their_time_lose_their_bytes(program: Program, site: Site) -> None:
    assert program.json("db", "prune") == {"days": 90, "pages": 0, "bytes": 0}
    before = program.json("explain", site.url("/a/one"))
    texts = program.view("versions")
    with closing(sqlite3.connect(program.folder / "monitor.db")) as database, database:
        database.execute("UPDATE page SET fetched_at = '2024-01-01T00:00:00.000000Z'")
    pruned = program.run("db", "prune", "--days", "30")
    assert "2 pages older than 30 days let go of " in pruned.stdout
    assert program.json("explain", site.url("/a/one")) == before
    assert program.view("versions") == texts
    assert program.json("reprocess")["outcome"] == "ok"  # type: ignore[index,call-overload]
    assert program.view("versions") == texts
    program.run("db", "check")


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("forget",), "URL"),
        (("forget", "nonsense"), "not an http or https address"),
        (("forget", "file:///etc/passwd"), "not an http or https address"),
        (("db", "prune", "--days", "0"), "whole number above 0"),
        (("db", "prune", "--days", "soon"), "whole number above 0"),
        (("db", "prune", "--days", "99999999999"), "whole number above 0"),
    ],
)
def test_bad_input_is_told(tmp_path: Path, arguments: tuple[str, ...], expected: str) -> None:
    done = Program(tmp_path).run(*arguments, expect=2)
    assert expected in done.stderr
    assert "Traceback" not in done.stderr

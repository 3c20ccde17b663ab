"""`monitor source import`, `export`, `test`: real files, real servers, and what users get wrong."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.rules.base import parse
from monitor.rules.sources import Sources
from monitor.rules.writing import entry
from tests.site import ROOT, Answer, Program, Site, page

OPML = """<opml version="2.0"><body><outline text="Tech">
<outline text="新闻" title="新闻" xmlUrl="https://news.example.cn/rss?a=1&amp;b={{q}}"
 htmlUrl="https://www.example.cn/" language="zh-CN"/>
<outline text="Guardian &quot;Tech&quot;" xmlUrl="https://www.theguardian.com/uk/technology/rss"/>
<outline text="Known" xmlUrl="https://www.theguardian.com/technology/rss?utm_source=reader"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>""".replace("{{q}}", "{q}")
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return Program(tmp_path, extra={"MONITOR_CONFIG": str(tmp_path / "config")})


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        for number in range(5):
            text = f"Nvidia lost ${580 + number} billion in market value on Monday, they said."
            site.answers[f"/a/{number}"] = page(
                f"Story {number}", [text, "More of it follows." * 9]
            )
        yield site


def test_the_list_of_a_feed_reader_becomes_sources(program: Program) -> None:
    file = program.folder / "reader.opml"
    file.write_text(OPML, encoding="utf-8")
    before = (program.folder / "config" / "sources.toml").read_text(encoding="utf-8")
    answer = program.json("source", "import", str(file))
    assert answer == {
        "added": ["example-cn", "guardian-tech"],
        "known": ["https://www.theguardian.com/technology/rss?utm_source=reader"],
        "skipped": ["javascript:alert(1)"],
    }
    text = (program.folder / "config" / "sources.toml").read_text(encoding="utf-8")
    assert text.startswith(before.rstrip())
    chinese, guardian = parse(Sources, text, "sources.toml").source[-2:]
    assert (chinese.outlet, chinese.site, chinese.language) == ("新闻", "example.cn", "zh")
    # Sources of one publisher share its vote.
    assert (guardian.outlet, guardian.country) == ("The Guardian", "")
    again = program.json("source", "import", str(file))
    assert (again["added"], len(again["known"])) == ([], 3)  # type: ignore[call-overload,index]
    assert (program.folder / "config" / "sources.toml").read_text(encoding="utf-8") == text


def test_sources_go_out_and_come_in_again(program: Program) -> None:
    done = program.run("source", "export")
    assert "OPML lists feeds" in done.stderr
    program.run("source", "export", "-o", "out.opml")
    assert (program.folder / "out.opml").read_text(encoding="utf-8") == done.stdout
    text = (program.folder / "config" / "sources.toml").read_text(encoding="utf-8")
    feeds = [one for one in parse(Sources, text, "x").source if one.kind == "feed"]
    (program.folder / "config" / "sources.toml").write_text("")
    answer = program.json("source", "import", "out.opml")
    assert answer["added"] == [one.name for one in feeds]  # type: ignore[call-overload,index]


def test_an_entry_reads_as_the_source_it_was_made_from() -> None:
    text = (ROOT / "config" / "sources.toml").read_text(encoding="utf-8")
    sources = parse(Sources, text, "sources.toml").source
    odd = sources[0].model_copy(
        update={"outlet": 'A "B" \\ \x7f\n', "headers": {"X-A": "b"}, "delay": 2.5, "name": "odd"}
    )
    odd = odd.model_copy(update={"url": "https://x.example/1", "kind": "listing", "selector": "h2"})
    written = "\n".join(map(entry, (*sources, odd)))
    again = parse(Sources, written, "sources.toml").source
    # A query is in the address by then.
    assert again == tuple(one.model_copy(update={"query": None}) for one in (*sources, odd))


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("source", "import", "missing.opml"), "missing.opml: No such file"),
        (("source", "import", "config"), "config: Is a directory"),
        (("source", "import", "config/claims.toml"), "not an OPML file"),
        (("source", "import", "empty.opml"), "there is no feed in it"),
        (("source", "export", "-o", "no/such/folder.opml"), "No such file"),
        (("source", "test"), "name a source or an address"),
        (("source", "test", "guardian-tecnology"), "did you mean guardian-technology"),
        (("source", "test", "ftp://news.example/"), "not an http or https address"),
        (("source", "test", "nrk", "--all"), "either a source"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input_is_told(program: Program, arguments: tuple[str, ...], expected: str) -> None:
    (program.folder / "empty.opml").write_text("<opml><body><outline text='a'/></body></opml>")
    before = (program.folder / "config" / "sources.toml").read_bytes()
    done = program.run(*arguments, expect=2)
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert (program.folder / "config" / "sources.toml").read_bytes() == before


def test_a_home_page_is_tested_by_what_it_announces(tmp_path: Path, site: Site) -> None:
    robots = b"User-agent: *\nCrawl-delay: 0.5\nSitemap: /map.xml\n"
    site.answers["/robots.txt"] = Answer(robots, content_type="text/plain")
    link = b'<html><link rel=alternate type="application/rss+xml" title="All" href="/feed.xml">'
    site.answers["/"] = Answer(link)
    program = Program(tmp_path, allow=(site.host,))
    answer = program.json("source", "test", site.url("/"))
    assert isinstance(answer, dict)
    feed = site.url("/feed.xml")
    assert answer["found"] == {
        site.url("/"): [
            {"url": feed, "kind": "feed", "title": "All"},
            {"url": site.url("/map.xml"), "kind": "sitemap", "title": None},
        ]
    }
    origin = site.url("")
    assert answer["robots"] == {origin: "read, asks for 0.5 s between requests"}
    assert [page["outcome"] for page in answer["pages"]] == ["stored"] * 3
    assert "5 of 5 entries new" in answer["polled"][feed]
    assert not (tmp_path / "monitor.db").exists()
    shown = program.run("source", "test", site.url("/")).stdout
    for words in (f"sitemap  {site.url('/map.xml')}", "allows it (read", "next poll", "Story 0"):
        assert words in shown


@pytest.mark.parametrize(
    "path, expected",
    [
        ("/nothing", ("not_a_feed", "names no feed and no sitemap", "none, status 404")),
        ("/private", ("robots", "does not allow it")),
        ("/missing", ("http_error", "status 404")),
    ],
)
def test_why_a_source_cannot_be_used(
    tmp_path: Path, site: Site, path: str, expected: tuple[str, ...]
) -> None:
    site.answers["/nothing"] = Answer(b"<html><p>Nothing here.")
    if path == "/private":
        robots = b"User-agent: *\nDisallow: /private\n"
        site.answers["/robots.txt"] = Answer(robots, content_type="text/plain")
    program = Program(tmp_path, allow=(site.host,))
    done = program.run("source", "test", site.url(path), expect=4)
    for words in expected:
        assert words in done.stdout
    assert json.loads(program.run("source", "test", site.url(path), "--json", expect=4).stdout)

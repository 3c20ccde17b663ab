"""The contract of the command line: exit codes, clear errors, lazy imports."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from monitor import stopping
from monitor.cli.outputs import whole
from tests.site import ROOT, Answer, Program, Site, page

HEAVY = {"scrapy", "sqlalchemy", "trafilatura", "pydantic", "lxml", "alembic", "twisted"}
STOPPED_WITHIN = 30  # seconds; 10 on a free machine, and two test processes share the cores


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom monitor.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set(sys.modules) & {HEAVY}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "crawl" in done.stdout
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("crawl", "--source", "guardian-technolgy"), "did you mean guardian-technology"),
        (("claims", "history", "nvidia.market_cap_los"), "did you mean nvidia.market_cap_loss"),
        (("export", "v1_observatons"), "v1_observations"),
        (("explain", "http://never.example/"), "never asked for"),
        (("reprocess", "--since", "yesterday"), "--since"),
    ],
    ids=["source", "claim", "view", "url", "time"],
)
def test_what_does_not_exist_gets_a_hint(
    program: Program, arguments: tuple[str, ...], expected: str
) -> None:
    program.run("db", "upgrade")
    done = program.run(*arguments, expect=2)
    assert expected in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "command", [("status",), ("claims", "show", "nvidia.market_cap_loss"), ("export", "articles")]
)
def test_reading_commands_name_the_way_to_a_database(
    program: Program, command: tuple[str, ...]
) -> None:
    done = program.run(*command, expect=2)
    assert "monitor crawl" in done.stderr
    assert not (program.folder / "monitor.db").exists()


PLANTED = {
    "broken TOML": ("settings.toml", "[crawl", "", "not valid TOML"),
    "unknown setting": ("settings.toml", "", "colour = 3\n", "colour: unknown key"),
    "wrong type": ("settings.toml", "workers = 0 ", "workers = 'many' ", "process.workers"),
    "out of range": ("settings.toml", "concurrency = 16", "concurrency = 0", "crawl.concurrency"),
    "no duration": ("settings.toml", '"1 h"', '"hourly"', "a duration such as"),
    "bad database": ("settings.toml", "sqlite:///", "mysql:///", "sqlite:/// or postgresql://"),
    "bad contact": ("settings.toml", "https://example.org/", "example.org/", "contact_url"),
    "source twice": ("sources.toml", None, None, "each name once"),
    "source field": ("sources.toml", "country = ", "county = ", "county"),
    "claim unit": ("claims.toml", 'unit = "money"', 'unit = "mony"', "must be one of boolean"),
    "source kind": ("sources.toml", '\nkind = "', '\nkind = "x', "'feed', 'sitemap'"),
    "missing title": ("claims.toml", "title = ", "# title = ", "title: is missing"),
    "no table": ("sources.toml", "[topic]\n", "topic = 5\n[none]\n", "topic: must be a table"),
    "claim field": ("claims.toml", "title = ", "titel = ", "titel"),
}


@pytest.mark.parametrize("file, old, new, expected", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_mistake_is_named(
    tmp_path: Path, file: str, old: str | None, new: str | None, expected: str
) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    text = (config / file).read_text(encoding="utf-8")
    if old is None or new is None:
        first, second = re.findall(r'^name = ".*"$', text, re.M)[:2]
        text = text.replace(second, first)
    else:
        assert old in text
        text = text.replace(old, new, 1) if old else new + text
    (config / file).write_text(text, encoding="utf-8")
    program = Program(tmp_path, extra={"MONITOR_CONFIG": str(config)})
    environment = program.environment() | {"MONITOR_CONTACT_URL": "https://desk.example/"}
    del environment["MONITOR_DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "doctor" if "db" in file else "crawl"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if expected == "contact_url":  # the variable would stand in for the planted one
        assert "contact_url" in done.stderr
    assert done.returncode == 2, done.stderr
    assert re.search(rf"{re.escape(str(config / file))}(:\d+)?: ", done.stderr)
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "variable, value, expected",
    [
        ("MONITOR_PROCESS__WORKERS", "lots", "MONITOR_PROCESS__WORKERS"),
        ("MONITOR_PROCES__WORKERS", "2", "no such setting"),
        ("MONITOR_ALLOW_PRIVATE", "[1", "must be a JSON list"),
        ("MONITOR_CONFIG", "/nowhere", "monitor init"),
    ],
)
def test_a_wrong_variable_is_named(
    tmp_path: Path, variable: str, value: str, expected: str
) -> None:
    done = Program(tmp_path, extra={variable: value}).run("config", "show", expect=2)
    assert expected in done.stderr


def test_settings_show_where_they_come_from(tmp_path: Path) -> None:
    shown = Program(tmp_path, extra={"MONITOR_CRAWL__CONCURRENCY": "3"}).json("config", "show")
    assert shown["settings"]["crawl.concurrency"]["value"] == 3
    assert "MONITOR_CRAWL__CONCURRENCY" in shown["settings"]["crawl.concurrency"]["from"]


def test_init_writes_what_is_missing_and_keeps_the_rest(tmp_path: Path) -> None:
    program = Program(tmp_path, extra={"MONITOR_DATABASE_URL": "sqlite:///data/m.db"})
    environment = {k: v for k, v in program.environment().items() if k != "MONITOR_CONFIG"}
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("contact_url = 'https://me.example'\n")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "init"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "kept" in done.stdout
    assert "me.example" in (tmp_path / "config" / "settings.toml").read_text()
    assert (tmp_path / "config" / "claims.toml").exists()
    assert (tmp_path / "data" / "m.db").exists()


def test_init_of_another_folder_says_where_to_go_on(tmp_path: Path) -> None:
    config = tmp_path / "my desk" / "config"
    config.mkdir(parents=True)
    text = (ROOT / "config" / "settings.toml").read_text("utf-8")
    named = re.sub(r"(?m)^#? *database_url.*$", 'database_url = "sqlite:///own.db"', text)
    (config / "settings.toml").write_text(named, "utf-8")
    environment = Program(tmp_path).environment()
    del environment["MONITOR_DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "monitor", "init", "my desk"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (tmp_path / "my desk" / "own.db").exists()
    assert "edit contact_url in my desk/config/settings.toml, then `cd 'my desk'`" in done.stdout


def test_an_export_over_a_folder_is_refused(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.run("db", "upgrade")
    (tmp_path / "out").mkdir()
    done = program.run("export", "v1_events", "-o", "out", expect=2)
    assert "out: is a folder" in done.stderr
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    program = Program(tmp_path, extra={"MONITOR_CONFIG": str(closed / "config")})
    assert "cannot be read" in program.run("config", "show", expect=2).stderr


def test_a_list_waits_no_longer_than_the_settings_say(tmp_path: Path) -> None:
    program = Program(tmp_path, extra={"MONITOR_DATABASE_TIMEOUT": "1"})
    program.run("db", "upgrade")
    with sqlite3.connect(tmp_path / "monitor.db", isolation_level=None) as foreign:
        foreign.execute("PRAGMA locking_mode = EXCLUSIVE")
        foreign.execute("PRAGMA journal_mode = DELETE")
        foreign.execute("BEGIN EXCLUSIVE")
        done = program.run("claims", "list", expect=75)
        foreign.execute("ROLLBACK")
    assert "1 s" in done.stderr


def test_a_database_locked_by_a_foreign_program_is_busy(tmp_path: Path) -> None:
    program = Program(tmp_path, extra={"MONITOR_DATABASE_TIMEOUT": "1"})
    program.run("db", "upgrade")
    with sqlite3.connect(tmp_path / "monitor.db", isolation_level=None) as foreign:
        foreign.execute("BEGIN EXCLUSIVE")
        done = program.run("process", expect=75)
        foreign.execute("ROLLBACK")
    assert "busy" in done.stderr.lower() or "locked" in done.stderr.lower()


@pytest.mark.parametrize(
    "sign, code",
    [
        pytest.param(signal.SIGINT, 130, marks=pytest.mark.soak),  # half a minute each
        pytest.param(signal.SIGTERM, 143),
    ],
)
def test_a_stopped_crawl_keeps_what_it_fetched(
    tmp_path: Path, site: Site, sign: signal.Signals, code: int
) -> None:
    for number in range(12):
        site.answers[f"/a/{number}"] = page(f"Number {number}", [f"Words of {number}. " * 30])
    program = Program(tmp_path, allow=(site.host,), extra={"MONITOR_DOWNLOAD_DELAY": "3"})
    run = program.start("crawl", "--feed", site.url("/feed.xml"))
    site.wait_for("/a/1")
    beside = program.run("process", expect=5)
    assert str(run.pid) in beside.stderr
    run.send_signal(sign)
    run.communicate(timeout=STOPPED_WITHIN)
    assert run.returncode == code
    assert program.view("v1_runs")[0]["outcome"] == "stopped"
    again = Program(tmp_path, allow=(site.host,))
    again.run("crawl", "--feed", site.url("/feed.xml"))
    assert len(again.view("v1_articles")) == 12
    assert site.hits["/a/0"] == 1


def test_a_page_that_is_no_article_is_recorded(tmp_path: Path, site: Site) -> None:
    site.answers["/a/shell"] = Answer(b"<html><body><div id=root></div><script>1</script></html>")
    program = Program(tmp_path, allow=(site.host,))
    done = program.json("crawl", "--url", site.url("/a/shell"))
    assert done["new"]["versions"] == 0
    assert program.json("explain", site.url("/a/shell"))["fate"] == "no_text"


@pytest.mark.parametrize("option", ["--url", "--feed"])
@pytest.mark.parametrize("url", ["foo", "", "ftp://a.example/b"])
def test_what_is_no_address_is_not_crawled(tmp_path: Path, option: str, url: str) -> None:
    done = Program(tmp_path).run("crawl", option, url, expect=2)
    assert f"{option} {url!r}: must be an http or https address" in done.stderr
    assert not (tmp_path / "monitor.db").exists()


@pytest.mark.parametrize(
    "command", [("crawl", "--url"), ("crawl", "--feed"), ("source", "test")], ids=" ".join
)
def test_a_private_address_given_by_hand_says_what_lets_it_through(
    tmp_path: Path, site: Site, command: tuple[str, ...]
) -> None:
    done = Program(tmp_path).run(*command, site.url("/a/b"), expect=4)
    told = done.stdout + done.stderr
    assert f"is not public; MONITOR_ALLOW_PRIVATE={site.host} lets it through" in told


def test_an_export_that_ends_early_leaves_nothing_beside_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("as before")
    with suppress(stopping.Stopped), whole(file) as written:
        written.write(b"half")
        raise stopping.Stopped(signal.SIGTERM)
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
    assert file.read_text() == "as before"


def test_explain_of_what_is_no_address_says_so(tmp_path: Path) -> None:
    done = Program(tmp_path).run("explain", "nonsense", expect=2)
    assert "nonsense: not an http or https address" in done.stderr


def test_a_list_is_read_as_it_comes(tmp_path: Path) -> None:
    """Far more pages than are held at once, one of them missing, answered in their order."""
    (tmp_path / "page.html").write_bytes(b"<html><body><p>Short.</p></body></html>")
    paths = ["page.html" if number != 31 else "none.html" for number in range(60)]
    lines = "".join(json.dumps({"id": i, "path": path}) + "\n" for i, path in enumerate(paths))
    program = Program(tmp_path, extra={"MONITOR_PROCESS__WORKERS": "2"})
    told = program.run("extract", "--jsonl", "-", stdin=lines).stdout.splitlines()
    assert [json.loads(line)["id"] for line in told] == list(range(60))
    assert [i for i, line in enumerate(told) if "error" in json.loads(line)] == [31]


def test_a_text_that_takes_too_long_has_an_outcome(tmp_path: Path) -> None:
    short = "Nvidia lost nearly $600 billion in market value on Monday."
    texts = [short, (short + " ") * 40_000, short]
    lines = [json.dumps({"id": i, "text": text}) for i, text in enumerate(texts)] + ["no JSON"]
    program = Program(tmp_path, extra={"MONITOR_PROCESS__CPU_SECONDS": "1"})
    done = program.run("claims", "extract", "--jsonl", "-", stdin="\n".join(lines))
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row.get("id") for row in told] == [0, 1, 2, None]
    assert [row.get("outcome") for row in told] == [None, "timeout", None, "parse_error"]
    assert told[0]["claim"] == told[2]["claim"] == "nvidia.market_cap_loss"
    assert "-:2: more than 1 s of CPU time" in done.stderr


def test_the_wheel_reads_claims_from_any_folder(tmp_path: Path) -> None:
    """In an editable install and in a wheel; the wheel carries its configuration."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(wheel, unpacked, "zip")
    assert (unpacked / "monitor" / "_config" / "claims.toml").exists()
    text = "Nvidia lost nearly $600 billion in market value on Monday."
    for path in (str(unpacked), None):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MONITOR_")}
        if path:
            environment["PYTHONPATH"] = path
        done = subprocess.run(
            [sys.executable, "-P", "-m", "monitor", "claims", "extract", "-"],
            cwd=tmp_path,
            env=environment,
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        claims = {json.loads(line)["claim"] for line in done.stdout.splitlines()}
        assert "nvidia.market_cap_loss" in claims

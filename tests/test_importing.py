"""`monitor import`: saved pages, folders and web archives, whole and broken."""

import gzip
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.archives import Held, address_in, files_of, pages_in
from tests.dates import DAY
from tests.site import Program, page

# The writer of archives that the tests use leaves its temporary files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

URL = "https://daily.example/nvidia"
TEXT = "Nvidia lost ${} billion in market value on Monday, the exchange said in the evening."
MORE = "Shares of other makers of chips fell as well, and analysts warned of further falls."
TYPE = "text/html; charset=utf-8"


def article(figure: int, head: str = "") -> bytes:
    made = page("A hard Monday", [TEXT.format(figure), MORE]).body
    return made.replace(b"<head>", b"<head>" + head.encode())


def answer(body: bytes, status: str = "200 OK", **headers: str) -> tuple[Any, io.BytesIO]:
    named = {"Content_Type": TYPE, **headers}
    fields = [(name.replace("_", "-"), value) for name, value in named.items()]
    return StatusAndHeaders(status, fields, protocol="HTTP/1.1"), io.BytesIO(body)


class Archive:
    """A WARC file as crawlers write it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=path.name.endswith(".gz"))
        info = self._writer.create_warcinfo_record(path.name, {"software": "tests"})
        self._writer.write_record(info)

    def add(self, url: str, body: bytes, at: str, kind: str = "response", **options: Any) -> None:
        headers, payload = answer(body, **options)
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=payload,
            http_headers=headers if kind in ("response", "revisit") else None,
            warc_headers_dict={"WARC-Date": at},
            warc_content_type="text/html" if kind == "resource" else "",
        )
        self._writer.write_record(record)

    def close(self) -> Path:
        self._file.close()
        return self.path


def archive(path: Path) -> Path:
    """Two captures of one article, and much that is no page."""
    made = Archive(path)
    made.add(URL, article(580), "2025-01-27T22:00:00Z")
    made.add(
        "https://daily.example/robots.txt", b"x", "2025-01-27T22:00:01Z", Content_Type="text/css"
    )
    made.add("https://daily.example/gone", b"gone", "2025-01-27T22:00:02Z", status="404 Not Found")
    made.add("dns:daily.example", b"127.0.0.1", "2025-01-27T22:00:03Z", kind="resource")
    packed = gzip.compress(article(589))
    made.add(URL, packed, "2025-01-28T09:00:00Z", Content_Encoding="gzip")
    made.add(URL, b"", "2025-01-28T10:00:00Z", kind="revisit")
    made.add("https://daily.example/saved", article(590), "2025-01-28T11:00:00Z", kind="resource")
    return made.close()


def held(path: Path) -> list[Held]:
    return list(pages_in(path, None, None))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_an_archive(tmp_path: Path, name: str) -> None:
    found = held(archive(tmp_path / name))
    pages = [one.page for one in found if one.page]
    assert [page.url for page in pages] == [URL, URL, "https://daily.example/saved"]
    assert [page.body for page in pages] == [article(580), article(589), article(590)]
    assert pages[1].fetched_at == datetime(2025, 1, 28, 9, tzinfo=UTC)
    assert pages[0].headers["content-type"] == TYPE
    words = [one.outcome for one in found if not one.page]
    assert words == ["http_error", "unchanged"] or words == ["not_html", "http_error", "unchanged"]
    assert not any(one.is_broken for one in found)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_an_archive_cut_short_gives_what_came_before(
    tmp_path: Path, name: str, share: float
) -> None:
    whole = archive(tmp_path / name)
    full = [one.page for one in held(whole) if one.page]
    body = whole.read_bytes()
    whole.write_bytes(body[: int(len(body) * share)])
    found = held(whole)
    pages = [one.page for one in found if one.page]
    assert pages == full[: len(pages)]
    assert len(pages) < len(full)
    assert found[-1].is_broken


@pytest.mark.parametrize(
    "body",
    [
        b"WARC/1.0\r\nnonsense\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -5\r\nWARC-Type: response\r\n\r\n\r\n\r\n",
        b"WARC/9.9\n\n\n\n",
        b"WARC/1.0\r\n" + b"\xff\xfe" * 50,
        b"this is no archive",
        b"",
        gzip.compress(b"this is no archive", mtime=0),
        gzip.compress(b"WARC/1.0\r\n\r\n", mtime=0)[:-6],
    ],
)
def test_what_is_no_archive_is_told(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "broken.warc"
    file.write_bytes(body)
    try:
        found = held(file)
    except (OSError, EOFError):
        return
    assert found
    assert found[-1].is_broken
    assert not any(one.page for one in found)


def test_a_record_with_a_broken_answer_is_no_end(tmp_path: Path) -> None:
    made = Archive(tmp_path / "a.warc")
    made.add(URL, b"\x1f\x8bbroken", "2025-01-27T22:00:00Z", Content_Encoding="gzip")
    made.add(URL, b"zz\r\nno chunk", "2025-01-27T22:00:00Z", Transfer_Encoding="chunked")
    made.add("https://daily.example/large", b"<p>" * 4_000_000, "2025-01-27T22:00:00Z")
    made.add("https://daily.example/fine", article(580), "2025-01-27T22:00:00Z")
    found = held(made.close())
    assert [one.page.url for one in found if one.page][-1] == "https://daily.example/fine"
    assert "too_large" in [one.outcome for one in found]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://a.example/1">', "https://a.example/1"),
        ('<meta property="og:url" content="https://a.example/2">', "https://a.example/2"),
        (
            '<!-- saved from url=(0021)https://a.example/3 --><link rel=canonical href="https://b.c">',
            "https://a.example/3",
        ),
        (
            "<!--\n Page saved with SingleFile \n url: https://a.example/4 \n-->",
            "https://a.example/4",
        ),
        ('<link rel="canonical" href="/relative">', None),
        ('<link rel="canonical" href="javascript:1">', None),
        ("", None),
    ],
)
def test_the_address_of_a_saved_page(head: str, expected: str | None) -> None:
    assert address_in(article(580, head)) == expected


@pytest.mark.parametrize("body", [b"", b"\0\0", b"<!---->", b"<?xml?>", b"\xff" * 99])
def test_no_bytes_make_it_raise(body: bytes) -> None:
    assert address_in(body) is None


def test_folders_give_their_pages_and_archives(tmp_path: Path) -> None:
    for name in ("b/2.HTML", "b/1.htm", "a.warc.gz", "note.txt", "b/style.css", "z.html.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = files_of([tmp_path, tmp_path / "note.txt"])
    names = [str(path.relative_to(tmp_path)) for path in found]
    assert names == ["a.warc.gz", "b/1.htm", "b/2.HTML", "z.html.gz", "note.txt"]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def test_an_archive_becomes_history(program: Program) -> None:
    file = archive(program.folder / "a.warc.gz")
    answer = program.json("import", str(file))
    assert isinstance(answer, dict)
    assert (answer["files"], answer["pages"], answer["failed"]) == (1, 3, [])
    assert answer["new"]["articles"] == 2
    assert answer["new"]["versions"] == 3
    versions = program.view("versions")
    assert [row["fetched_at"] for row in versions][:2] == [
        "2025-01-27T22:00:00.000000Z",
        "2025-01-28T09:00:00.000000Z",
    ]
    kinds = [row["kind"] for row in program.view("events")]
    assert "silent_edit" in kinds
    again = program.json("import", str(file))
    assert isinstance(again, dict)
    assert (again["pages"], again["skipped"]["known"]) == (0, 3)
    assert program.view("versions") == versions
    program.run("db", "check")
    told = program.json("explain", URL)
    assert isinstance(told, dict)
    assert (told["fate"], told["next_check_at"]) == ("stored", None)
    assert [(row["kind"], row["outcome"]) for row in program.view("runs")] == [("import", "ok")] * 2


def test_saved_pages_become_history(program: Program) -> None:
    folder = program.folder / "saved"
    folder.mkdir()
    named = folder / "one.html"
    named.write_bytes(article(580, f'<link rel="canonical" href="{URL}">'))
    os.utime(named, (DAY.timestamp(), DAY.timestamp()))
    (folder / "two.html").write_bytes(article(590))
    done = program.run("import", "saved", expect=3)
    assert "1 page from 2 files" in done.stdout
    assert "two.html: parse_error (names no address of its own" in done.stderr
    [row] = program.view("articles")
    assert (row["url"], row["headline"]) == (URL, "A hard Monday")
    other = "https://daily.example/other"
    program.run("import", "saved/two.html", "--url", other, "--fetched-at", "2025-01-28")
    assert program.view("versions")[1]["fetched_at"] == "2025-01-28T00:00:00.000000Z"
    older = program.json(
        "import", "saved/two.html", "--url", other, "--fetched-at", "2025-01-20T12:00"
    )
    assert isinstance(older, dict)
    assert (older["pages"], older["skipped"]) == (0, {"older": 1})


def test_what_was_forgotten_is_not_imported(program: Program) -> None:
    program.run("forget", URL)
    file = archive(program.folder / "a.warc")
    answer = program.json("import", str(file))
    assert isinstance(answer, dict)
    assert (answer["pages"], answer["skipped"]["forgotten"]) == (1, 2)
    assert URL not in json.dumps(program.view("articles"))


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("missing.html",), 2, "missing.html: no such file or folder"),
        (("good.html", "missing.warc"), 2, "missing.warc: no such file or folder"),
        (("empty",), 2, "empty: no file in it ends with .html"),
        (("good.html", "--url", "ftp://x"), 2, "--url takes an http or https address"),
        (("good.html", "nothing.html", "--url", URL), 2, "goes with one file"),
        (("good.html", "--fetched-at", "soon"), 2, "--fetched-at: not an ISO 8601 time"),
        (("broken.warc",), 4, "broken.warc"),
        (("nothing.html", "good.html"), 0, ""),
        (("picture.html",), 0, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_input_is_told(
    program: Program, arguments: tuple[str, ...], code: int, expected: str
) -> None:
    (program.folder / "empty").mkdir()
    good = article(580, f'<link rel="canonical" href="{URL}">')
    (program.folder / "good.html").write_bytes(good)
    (program.folder / "nothing.html").write_bytes(b"")
    (program.folder / "broken.warc").write_bytes(b"no archive")
    (program.folder / "picture.html").write_bytes(b"\x89PNG....")
    done = program.run("import", *arguments, expect=code)
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    if code == 2:
        assert not (program.folder / "monitor.db").exists()
    else:
        outcome = {0: "ok", 3: "partial", 4: "failed"}[code]
        assert program.view("v1_runs")[-1]["outcome"] == outcome

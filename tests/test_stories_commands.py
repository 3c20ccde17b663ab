"""`monitor stories` on stored articles: why they are one story, and what people decide."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.monitor.stories.texts import FERRY, ORCHARD
from tests.site import Program, Site, page

FIGURES = FERRY.replace("14.5 million", "17 million")
PAGES = {
    "/a/one": ("The ferry", FERRY),
    "/b/two": ("The pier", FIGURES),
    "/c/three": ("The orchard", ORCHARD),
}


@pytest.fixture(scope="module")
def urls() -> Iterator[tuple[str, str, str]]:
    """Of an article at each of three sites."""
    with Site() as one, Site() as two, Site() as three:
        for site, (path, (headline, text)) in zip((one, two, three), PAGES.items(), strict=True):
            site.answers[path] = page(headline, text.split("\n\n"))
        copy = two.answers["/b/two"]
        named = f"<head><link rel=canonical href='{one.url('/a/one')}'>".encode()
        two.answers["/b/two"] = replace(copy, body=copy.body.replace(b"<head>", named))
        yield one.url("/a/one"), two.url("/b/two"), three.url("/c/three")


@pytest.fixture
def program(tmp_path: Path, urls: tuple[str, str, str]) -> Program:
    program = Program(tmp_path, allow=tuple(map(host, urls)))
    for url in urls:  # one after another: which page came first decides who copies whom
        program.run("crawl", "--url", url)
    return program


def host(url: str) -> str:
    return url.split("/")[2]


def shown(program: Program, story: str) -> dict[str, Any]:
    return program.json("stories", "show", story)  # type: ignore[return-value]


def test_show_merge_and_split(program: Program, urls: tuple[str, str, str]) -> None:
    one, two, three = urls
    story = shown(program, one)
    assert (story["articles"], story["outlets"]) == (2, sorted(map(host, (one, two))))
    assert story["publisher_families"] == story["outlets"]
    assert story["origin"]["url"] == one
    assert story["origin"]["reason"] == "another member names it as canonical"
    assert story["independent_sources"] == {"low": 1, "high": 1}
    (copy,) = [member for member in story["members"] if member["relation"] != "first"]
    assert copy["relation"] == "revision"
    assert copy["evidence"]["changed"] == 1
    told = program.run("stories", "show", story["story"][:6]).stdout
    assert f"{story['story']}: 2 articles of 2 outlets, 2 publishers" in told
    assert "1 of 4 figures differ: 14.5 became 17" in told
    assert "words in common, 100% of this text and 100% of the other" in told

    merged = program.json("stories", "merge", one, three, "--why", "one desk", "--by", "editor")
    assert merged["story"] == story["story"]  # type: ignore[index,call-overload]
    assert merged["moved"] == [three]  # type: ignore[index,call-overload]
    apart = program.run("stories", "split", two).stdout
    assert apart.startswith("1 article split off as story s")
    program.run("reprocess")
    told = program.run("stories", "show", three).stdout
    assert "2 articles of 2 outlets" in told
    assert 'merged into this story by editor; "one desk"' in told
    done = program.run("stories", "merge", one, three, expect=2)
    assert "one story, named twice; nothing to merge" in done.stderr


def test_every_line_of_group_has_its_own_outcome(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": ' + json.dumps(FERRY) + "}",
        '{"id": "a", "text": ' + json.dumps(ORCHARD) + "}",
        "no JSON",
        '{"id": "b", "text": 5, "published_at": ""}',
        '{"id": "c", "text": ' + json.dumps(ORCHARD) + "}",
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    rows = Program(tmp_path).lines("stories", "group", "texts.jsonl")
    assert [(row["id"], row["story"], row["relation"]) for row in rows] == [
        ("a", "a", "first"),
        ("a", "a#2", "first"),
        (3, 3, "none"),
        ("b", "b", "none"),
        ("c", "a#2", "exact"),
    ]
    assert [row.get("error", "")[:16] for row in rows] == [  # type: ignore[index]
        "",
        "the id of line 1",
        "not JSON: Expect",
        'no string in "te',
        "",
    ]


def test_an_id_that_is_no_json_is_refused(tmp_path: Path) -> None:
    line = '{"id": NaN, "text": ' + json.dumps(FERRY) + "}"
    done = Program(tmp_path).run("stories", "group", "--", "-", stdin=line)
    assert json.loads(done.stdout)["error"] == "not JSON: NaN is no JSON"

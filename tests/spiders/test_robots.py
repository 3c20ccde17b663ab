import json
from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.http import Request, Response

from spiders.fates import Unusable
from spiders.robots import MAX_BYTES, UNANSWERED, Rules, parse, read_answer

GOOGLE = Path(__file__).parents[2].parent / "shared/data/hostile/robots_google.jsonl"
AGENT = "media-coverage-monitor"


def allows(rules: Rules, url: str, agent: str = AGENT) -> bool:
    try:
        rules.check(url, agent)
    except Unusable:
        return False
    return True


def test_googles_cases() -> None:
    if not GOOGLE.is_file():
        pytest.skip(f"no {GOOGLE}")
    cases = [json.loads(line) for line in GOOGLE.read_text().splitlines()]
    wrong = [
        case["id"]
        for case in cases
        if allows(parse(case["robots"], case["agent"]), case["url"], case["agent"])
        != case["allowed"]
    ]
    assert (len(cases), wrong) == (36, [])


@pytest.mark.parametrize(
    "line,applies",
    [
        ("media-coverage-monitor", True),
        ("Media-Coverage-Monitor/1.0", True),
        ("*", True),
        ("media", False),
        ("monitor", False),
        ("Googlebot", False),
    ],
)
def test_whole_product_token(line: str, applies: bool) -> None:
    rules = parse(f"User-agent: {line}\nDisallow: /\n", AGENT)
    assert allows(rules, "https://news.example/a") is not applies


@pytest.mark.parametrize(
    "status,body,allowed",
    [
        (200, b"User-agent: *\nDisallow: /a\n", False),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n", False),
        (200, b"<html>no robots here</html>", True),
        (200, b"", True),
        (404, b"User-agent: *\nDisallow: /\n", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"", False),
        (503, b"", False),
    ],
)
def test_status(status: int, body: bytes, allowed: bool) -> None:
    answer = Response("https://news.example/robots.txt", status=status, body=body)
    assert allows(read_answer(answer, AGENT), "https://news.example/a/1") is allowed


def test_only_the_beginning_of_a_huge_file_is_read() -> None:
    body = b"User-agent: *\n" + b"#" * MAX_BYTES + b"\nDisallow: /\n"
    answer = Response("https://news.example/robots.txt", body=body)
    assert allows(read_answer(answer, AGENT), "https://news.example/a")


def test_a_refusal_keeps_its_word() -> None:
    rules = Rules(refusal=Unusable("timeout", "robots.txt: no answer"))
    with pytest.raises(Unusable) as caught:
        rules.check("https://news.example/a", AGENT)
    assert caught.value.word == "timeout"


@pytest.mark.parametrize(
    "status,meta,passes_in",
    [(503, {}, UNANSWERED), (429, {"retry_after": 7200}, timedelta(hours=2)), (200, {}, None)],
    ids=["unanswered", "asked to wait", "a plain no"],
)
def test_only_a_plain_no_is_for_good(
    status: int, meta: dict[str, object], passes_in: timedelta | None
) -> None:
    asked = Request("https://news.example/robots.txt", meta=meta)
    body = b"User-agent: *\nDisallow: /\n"
    answer = Response(asked.url, status=status, body=body, request=asked)
    with pytest.raises(Unusable) as caught:
        read_answer(answer, AGENT).check("https://news.example/a", AGENT)
    assert (caught.value.word, caught.value.passes_in) == ("robots", passes_in)


def test_crawl_delay_of_our_group() -> None:
    rules = parse(f"User-agent: {AGENT}\nCrawl-delay: 7\nUser-agent: *\nCrawl-delay: 9\n", AGENT)
    assert rules.parsed is not None
    assert rules.parsed.crawl_delay(AGENT) == 7

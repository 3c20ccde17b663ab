"""Mutated feeds and sitemaps through parse_feed: counts the exceptions, which must be none.

Seeds are the project's own small feeds and, where they are beside the project, the peers' test
feeds. Every mutation follows from its number, so that a failing one can be run again alone.

    .venv/bin/python benchmarks/feeds_fuzz.py [COUNT [FIRST]]
"""

import base64
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from monitor.feeds import parse_feed

ROOT = Path(__file__).parent.parent
OWN = ROOT / "tests/data/feeds"
PEERS = ROOT / "../shared/data/hostile"
COUNT = 200_000
LONGEST_SEED = 20_000  # bytes; longer ones only cost time
SLOW = 2.0  # seconds of CPU that one mutated feed may take

# What breaks parsers, or leads them astray.
TOKENS = [
    *(
        b"<",
        b">",
        b"&",
        b"&#",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b'"',
        b"'",
        b"{",
        b"[",
        b"1e999",
    ),
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\xed\xa0\x80", b"\x1f\x8b", b"\\ud800"),
    *(b"&#0;", b"&#xD800;", b"&#x110000;", b"&b;", b"<!DOCTYPE a [<!ENTITY b '", b'"items":'),
    *(b"<?xml version='1.0' encoding='", b"utf-7", b"utf-16", b"shift_jis", b"idna", b"punycode"),
    *(b"xml:base='http://['", b"href='//[::1'", b"<link>", b"<item>", b"</item>", b"<entry>"),
    *(b"<title type='xhtml'>", b"<title type='application/x'>", b"<content type='base64'>"),
    *(b"mode='base64'", b"<dc:date>", b"<pubDate>99999999999", b"2025-13-45T25:61:61+99:99"),
    *(b"<itunes:image/>", b"<media:content url='", b"<georss:point>1", b"<psc:chapter>"),
    *(b"<url><loc>", b"<sitemapindex>", b"<author>", b"<cc:license/>", b"<gml:pos>"),
]


def seeds() -> list[bytes]:
    """Feeds to mutate, the project's own first."""
    found = [path.read_bytes() for path in sorted(OWN.iterdir())]
    for path in sorted(PEERS.glob("feeds_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            text = case.get("body", "").encode()
            body = base64.b64decode(case["body_b64"]) if "body_b64" in case else text
            if len(body) <= LONGEST_SEED:
                found.append(body)
    return found


def mutated(bodies: list[bytes], number: int) -> bytes:
    """The body of this number: one of the seeds with one to eight damages."""
    dice = random.Random(number)
    body = bytearray(dice.choice(bodies))
    for _ in range(dice.randint(1, 8)):
        dice.choice(DAMAGES)(body, dice)
    return bytes(body)


def _place(body: bytearray, dice: random.Random) -> int:
    return dice.randrange(len(body) + 1)


def _flip(body: bytearray, dice: random.Random) -> None:
    if body:
        body[dice.randrange(len(body))] = dice.randrange(256)


def _insert(body: bytearray, dice: random.Random) -> None:
    place = _place(body, dice)
    body[place:place] = dice.choice(TOKENS)


def _overwrite(body: bytearray, dice: random.Random) -> None:
    place, token = _place(body, dice), dice.choice(TOKENS)
    body[place : place + len(token)] = token


def _delete(body: bytearray, dice: random.Random) -> None:
    place = _place(body, dice)
    del body[place : place + dice.choice([1, 5, 50])]


def _repeat(body: bytearray, dice: random.Random) -> None:
    place = _place(body, dice)
    piece = body[place : place + dice.choice([5, 50, 500])]
    body[place:place] = piece * dice.choice([1, 3, 30])


def _move(body: bytearray, dice: random.Random) -> None:
    place = _place(body, dice)
    piece = body[place : place + 60]
    del body[place : place + 60]
    target = _place(body, dice)
    body[target:target] = piece


def _cut(body: bytearray, dice: random.Random) -> None:
    del body[_place(body, dice) :]


Damage = Callable[[bytearray, random.Random], None]
DAMAGES: tuple[Damage, ...] = (
    _flip,
    _insert,
    _insert,
    _overwrite,
    _overwrite,
    _delete,
    _repeat,
    _move,
    _cut,
)


def run(numbers: range) -> tuple[Counter[str], list[int], list[int]]:
    """Outcomes, and the numbers of those that raised and of those that took long."""
    bodies, outcomes = seeds(), Counter[str]()
    raised, slow = [], []
    for number in numbers:
        body = mutated(bodies, number)
        began = time.process_time()
        try:
            outcomes[parse_feed(body, "https://example.com/feed").outcome] += 1
        except Exception as error:  # noqa: BLE001  what is counted here
            print(f"{number}: {error!r}", file=sys.stderr)
            raised.append(number)
        if time.process_time() - began > SLOW:
            slow.append(number)
    return outcomes, raised, slow


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began = time.process_time()
    outcomes, raised, slow = run(range(first, first + count))
    seconds = time.process_time() - began
    print(f"{count} mutated feeds in {seconds:.0f} s of CPU: {dict(sorted(outcomes.items()))}")
    print(f"raised: {len(raised)} {raised[:20]}")
    print(f"over {SLOW} s: {len(slow)} {slow[:20]}")
    return int(bool(raised or slow))


if __name__ == "__main__":
    sys.exit(main())

"""The articles room, measured: quality beside trafilatura, CPU per page, damaged pages.

    python benchmarks/articles.py [quality] [cpu] [fuzz] [--pages N] [--mutations N]

All three without arguments. Needs ../shared; quality needs its scorer. CPU is process time.
"""

import argparse
import gzip
import hashlib
import json
import logging
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from monitor.articles import Cleaner, body, facts, language, layout, metadata, residue, to_json
from monitor.articles.extract import load, main_content
from monitor.rules.base import parse
from monitor.rules.boilerplate import Boilerplate
from monitor.types import FATES, Article, Page
from monitor.workers import Failure, Limits, Pool

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PAGES = SHARED / "data" / "pages"
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MUTATIONS = 20_000
# Mutants held in memory.
AT_ONCE = 200
SEED = 5
# Bytes; a mutant is cut to this, so that many can be tried.
MUTANT = 60_000


def cleaner() -> Cleaner:
    text = (ROOT / "config" / "boilerplate.toml").read_text(encoding="utf-8")
    return Cleaner(parse(Boilerplate, text, "boilerplate.toml"))


def pages() -> Iterator[tuple[dict[str, object], bytes]]:
    for line in (PAGES / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        packed = (PAGES / "html" / f"{truth['id']}.html.gz").read_bytes()
        yield truth, gzip.decompress(packed)


def is_unread(name: str) -> bool:
    """The third of the pages whose errors nobody has looked at."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def theirs(html: bytes, url: str) -> dict[str, object]:
    """What trafilatura finds by default, with its metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    return {
        "text": found.text,
        "headline": found.title,
        "date_published": found.date,
        "authors": (found.author or "").split("; "),
    }


def quality(limit: int | None) -> None:
    """The scorer's figures for trafilatura and for us, on all pages, the read and the unread."""
    ours = cleaner()
    rows = []
    for number, (truth, html) in enumerate(pages()):
        if limit and number >= limit:
            break
        article = ours.clean(Page(str(truth["url"]), html, NOW))
        rows.append((truth, theirs(html, str(truth["url"])), to_json(article)))
    for part, wanted in (("all", (True, False)), ("read", (False,)), ("unread", (True,))):
        chosen = [row for row in rows if is_unread(str(row[0]["id"])) in wanted]
        for name, column in (("trafilatura", 1), ("monitor", 2)):
            print(f"-- {part} pages, {name}")
            print(scored([(row[0], row[column]) for row in chosen]), end="")


def scored(rows: list[tuple[dict[str, object], object]]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        truth, found = Path(folder) / "truth.jsonl", Path(folder) / "found.jsonl"
        truth.write_text("".join(json.dumps(t) + "\n" for t, _ in rows), encoding="utf-8")
        lines = (json.dumps({"id": t["id"], **dict(p)}) + "\n" for t, p in rows)  # type: ignore[call-overload]
        found.write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(SHARED / "tools" / "score_pages.py"), str(truth), str(found)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def cpu(limit: int | None) -> None:
    """CPU per page of trafilatura with metadata and of the whole room, side by side, by stage."""
    ours = cleaner()
    spent: Counter[str] = Counter()
    ours.clean(Page("https://warm.example/", b"<html><body><p>warm</p></body></html>", NOW))
    language.language("a text long enough to load the model of languages " * 10, None)
    count = 0

    def timed(name, function, *arguments):
        start = time.process_time()
        result = function(*arguments)
        spent[name] += time.process_time() - start
        return result

    for number, (truth, html) in enumerate(pages()):
        if limit and number >= limit:
            break
        count += 1
        url = str(truth["url"])
        timed("trafilatura with metadata", theirs, html, url)
        article = timed("monitor, all of it", ours.clean, Page(url, html, NOW))
        tree = timed("  parse", load, html)
        known = timed("  facts", facts.facts, tree)
        lines = timed("  lines", layout.lines, tree)
        timed("  metadata", metadata.fuse, known, lines, ours.markers, url, NOW)
        timed("  trafilatura, cheap pass", main_content, tree, True)
        found, _ = timed("  body, cheap pass included", body.body, tree, lines, ours.markers.zones)
        page = residue.Context(url, article.headline, frozenset(), article.authors)
        timed("  residue", residue.sort, found, lines, page, ours.markers)
        timed("  language", language.language, article.text, None)
    for name, seconds in spent.items():
        print(f"{name:<30}{1000 * seconds / count:8.2f} ms a page")
    ratio = spent["monitor, all of it"] / spent["trafilatura with metadata"]
    print(f"{'monitor / trafilatura':<30}{ratio:8.2f}")


def mutants(count: int) -> Iterator[bytes]:
    """Damaged copies of real pages, the same ones in every run."""
    chance = random.Random(SEED)
    seeds = [html for _, html in pages()]
    scraps = [b"<", b">", b"</p>", b"<!--", b"]]>", b"\0", b"\xff\xfe", b"&#xD800;", b"&#0;"]
    scraps += [b"<p", b"<script>", b"</body>", b"<svg>", b"<table><tr>", b"<a href='http://[", b'"']
    scraps += [b"\xed\xa0\x80", b"<br>" * 50, b"<div>" * 300, b"<b><i>" * 400, b"{" * 50]
    scraps += [
        b"9" * 400,
        b"<![CDATA[",
        b"<base href='::'>",
        b"<meta charset=utf-7>",
        b"\xe2\x80\xae",
    ]
    for _ in range(count):
        html = bytearray(chance.choice(seeds))
        if len(html) > MUTANT:
            start = chance.randrange(len(html) - MUTANT // 2)
            html = html[: MUTANT // 2] + html[start : start + MUTANT // 2]
        for _ in range(chance.randint(1, 30)):
            at, size = chance.randrange(len(html) + 1), chance.randint(1, 400)
            kind = chance.randrange(5)
            if kind == 0:
                html[at : at + size] = b""
            elif kind == 1:
                html[at:at] = chance.choice(scraps)
            elif kind == 2:
                html[at : at + 1] = bytes([chance.randrange(256)])
            elif kind == 3:
                html[at:at] = html[at : at + size]
            else:
                html[at : at + size] = html[at : at + size][::-1]
        yield bytes(html)


def _clean() -> Callable[[Page], Article]:
    """Runs once in each worker: what it cleans has to be fit for JSON and for a database."""
    ours = cleaner()

    def checked(page: Page) -> Article:
        article = ours.clean(page)
        json.dumps(to_json(article)).encode()
        article.text.encode()
        return replace(article, blocks=())

    return checked


def fuzz(count: int) -> None:
    """Every mutant has an outcome, a killed worker's too; an exception ends the run."""
    outcomes: Counter[str] = Counter()
    kills: Counter[str] = Counter()
    remaining = (Page("https://mutant.example/", html, NOW) for html in mutants(count))
    with Pool[Page, Article](_clean, Limits()) as pool:
        while tasks := list(islice(remaining, AT_ONCE)):
            for _, result in pool.run(tasks):
                fate = result.fate if isinstance(result, Failure) else result.outcome
                assert fate in FATES, result
                assert fate != "parse_error", result
                outcomes[fate] += 1
                if isinstance(result, Failure):
                    kills[f"{fate}: {result.detail}"] += 1
    print(f"{outcomes.total()} damaged pages, 0 uncaught exceptions")
    print(f"outcomes {dict(outcomes.most_common())}, of them ended by a limit {dict(kills)}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("parts", nargs="*", choices=["quality", "cpu", "fuzz"])
    options.add_argument("--pages", type=int)
    options.add_argument("--mutations", type=int, default=MUTATIONS)
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    if not PAGES.is_dir():
        print("skipped: ../shared/data/pages is absent")
        return
    parts = chosen.parts or ["quality", "cpu", "fuzz"]
    if "quality" in parts:
        quality(chosen.pages)
    if "cpu" in parts:
        cpu(chosen.pages)
    if "fuzz" in parts:
        fuzz(chosen.mutations)


if __name__ == "__main__":
    main()

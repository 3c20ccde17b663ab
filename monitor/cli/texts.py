"""Commands about texts: how the versions of an article differ, and which texts hold some words."""

import difflib
import itertools
import shutil
import textwrap
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from monitor.cli.inputs import database
from monitor.cli.show import clean, counted, print_json, when
from monitor.errors import UsageError
from monitor.text.sentences import sentences
from monitor.types import Version
from storage.answers import plain
from storage.search import words

Row = Mapping[str, Any]

_WIDTH = 120  # columns, where there is no terminal


def diff(options: Namespace) -> int:
    """``monitor diff URL``: versions side by side in sentences, what changed of claims on top."""
    with database() as store:
        versions = store.article_versions(options.url)
        links = store.observation_links(options.url)
    if not versions:
        raise UsageError(f"{options.url}: no article stored; try `monitor explain`")
    changes = [_change(old, new, links) for old, new in itertools.pairwise(versions)]
    if options.json:
        print_json({"url": options.url, "versions": len(versions), "changes": changes})
        return 0
    print(clean(f"{options.url}: {counted(len(versions), 'version')}"))
    width = shutil.get_terminal_size((_WIDTH, 0)).columns
    for change in changes:
        print(f"\nversion {change['from']} -> {change['to']}, seen {when(change['fetched_at'])}")
        print(clean(f"  notice: {change['notice']}") if change["notice"] else "  no notice")
        for line in _claim_lines(change["claims"]):
            print(clean(f"  {line}"))
        for line in side_by_side(change["rows"], width):
            print(clean(line))
    return 0


def _change(before: Version, after: Version, links: list[Row]) -> dict[str, Any]:
    rows = list(_rows(_sentences(before.text), _sentences(after.text)))
    return {
        "from": before.seq,
        "to": after.seq,
        "fetched_at": plain(after.fetched_at),
        "notice": after.notice,
        "claims": [link for link in links if _is_told(link, before.seq, after.seq)],
        "rows": rows,
        "sentences": [
            f"{sign}{row[side]}"
            for row in rows
            if "unchanged" not in row
            for sign, side in (("-", "before"), ("+", "after"))
            if row[side] is not None
        ],
    }


def _is_told(link: Row, old: int, new: int) -> bool:
    """Whether a link between these two versions says that a claim changed."""
    if link["kind"] == "removed":
        return bool(link["from_seq"] == old)
    return link["kind"] in ("edited", "added") and bool(link["to_seq"] == new)


def _claim_lines(links: Iterable[Row]) -> Iterator[str]:
    for link in links:
        old, new = (_words(link[side]) for side in ("before", "after"))
        change = f"{old} -> {new}" if old and new else new or old
        yield f"{link['kind']}: {link['claim']}  {change}"


def _words(side: object) -> str:
    if not isinstance(side, dict):
        return ""
    voice = f", {side['modality']}" + (f" by {side['speaker']}" if side["speaker"] else "")
    return f'"{side["quote"]}"{voice}'


def _rows(old: list[str], new: list[str]) -> Iterator[dict[str, Any]]:
    """Sentences beside each other; how many are the same between two changes."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for word, i, j, k, m in matcher.get_opcodes():
        if word == "equal":
            yield {"unchanged": j - i}
            continue
        for before, after in itertools.zip_longest(old[i:j], new[k:m]):
            yield {"before": before, "after": after}


def side_by_side(rows: Iterable[Row], width: int) -> Iterator[str]:
    """Lines of two columns, the older version on the left."""
    column = max(20, (width - 5) // 2)
    for row in rows:
        if "unchanged" in row:
            yield f"  ... {counted(row['unchanged'], 'sentence')} unchanged"
            continue
        left, right = (textwrap.wrap(str(row[side] or ""), column) for side in ("before", "after"))
        for one, other in itertools.zip_longest(left, right, fillvalue=""):
            yield f"  {one:<{column}} | {other}".rstrip()


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def search(options: Namespace) -> int:
    """``monitor search WORD...``: versions that hold all the words, the newest first."""
    query = " ".join(
        word if '"' in word or " " not in word else f'"{word}"' for word in options.words
    )
    with database() as store:
        found = store.search(query, options.limit)
    answer = [
        {
            **{name: row[name] for name in ("url", "outlet", "headline", "seq", "is_current")},
            "fetched_at": plain(row["fetched_at"]),
            "sentence": _hit(str(row["text"]), query),
        }
        for row in found
    ]
    if options.json:
        print_json({"query": query, "versions": answer})
        return 0
    for row in answer:
        older = "" if row["is_current"] else f" (version {row['seq']}, since changed)"
        print(clean(f"{row['fetched_at'][:16]}  {row['outlet']}  {row['headline']}{older}"))
        print(clean(f"    {row['sentence']}"))
        print(clean(f"    {row['url']}"))
    if not answer:
        print("no text holds all of these words")
    return 0


def _hit(text: str, query: str) -> str:
    """The sentence with most of the words that were asked for."""
    wanted = set(words(query).split())
    return max(_sentences(text), key=lambda one: len(wanted & set(words(one).split())), default="")

"""Topics made by TOML alone: a folder of marked texts, parties and claims, and how it scores."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.claims import Label, Reader, Score, score
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities

FOLDER = Path(__file__).parents[1] / "data" / "claims"
# [[quote|claim|value]] or [[quote|claim|value|readings: speaker/other name]]
MARK = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)\|([^|\]]+)(?:\|([a-z]+)(?:: ([^\]]+))?)?\]\]")
READINGS = dict(s="asserted", a="attributed", h="hedged", p="predicted", d="doubted", n="denied")


@dataclass(frozen=True, slots=True)
class Article:
    """A marked text without its marks, and what they say."""

    name: str
    published_at: datetime
    title: str
    text: str
    labels: tuple[Label, ...]


def reader_of(topic: str, part: str = ".") -> Reader:
    """The reader of the claims and parties in a folder of the topic."""
    claims = (FOLDER / topic / part / "claims.toml").read_text("utf-8")
    entities = (FOLDER / topic / part / "entities.toml").read_text("utf-8")
    return Reader(
        parse(ClaimRules, claims, "claims.toml"), parse(Entities, entities, "entities.toml")
    )


def articles_of(topic: str, texts: str = "texts.txt") -> Iterator[Article]:
    """The topic's texts in one of its files, in their order."""
    for part in (FOLDER / topic / texts).read_text("utf-8").split("=== ")[1:]:
        head, title, marked = part.split("\n", 2)
        name, day = head.split(" | ")
        published_at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        yield Article(name, published_at, title, *_unmarked(marked.strip()))


def score_of(
    reader: Reader, topic: str, texts: str = "texts.txt"
) -> tuple[Score, Mapping[str, Score]]:
    """How the topic's texts are read: in all, and by claim.

    An observation of a claim without any label is wrong, too.
    """
    read = [
        (one.labels, reader.observe(one.text, one.published_at, one.title))
        for one in articles_of(topic, texts)
    ]
    by_claim = dict(score(read))
    total = by_claim.pop("")
    unasked = sum(seen.claim not in by_claim for _, found in read for seen in found)
    return replace(total, wrong=total.wrong + unasked), by_claim


def _unmarked(marked: str) -> tuple[str, tuple[Label, ...]]:
    labels: list[Label] = []
    plain, at = "", 0
    for mark in MARK.finditer(marked):
        plain += marked[at : mark.start()]
        labels.append(_label(mark, len(plain)))
        plain += mark[1]
        at = mark.end()
    return plain + marked[at:], tuple(labels)


def _label(mark: re.Match[str], start: int) -> Label:
    ends = mark[3].split("..")
    numbers = [float(end) for end in ends if re.fullmatch(r"[\d.]+", end)]
    modality, *others = sorted(
        (READINGS[letter] for letter in mark[4] or "s"), key="asserted".__eq__
    )
    speaker, *names = (mark[5] or "").split("/")
    return Label(
        claim=mark[2],
        value=None if len(ends) > 1 else numbers[0] if numbers else mark[3],
        low=numbers[0] if numbers else None,
        high=numbers[-1] if numbers else None,
        bound=None,
        modality=modality,
        speaker=speaker or None,
        start=start,
        end=start + len(mark[1]),
        modalities=tuple(others),
        speakers=tuple(names),
    )

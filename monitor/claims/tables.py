"""Rows of a text table: a cell is read with the words of its column's head."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.claims.sentence import Sentence

BAR = "|"
LEAST_BARS = 2


def with_heads(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences; those that are table rows hold the hits of their head row as well."""
    head: Sentence | None = None
    found = []
    for sentence in sentences:
        bars = sentence.words.count(BAR)
        if bars < LEAST_BARS:
            head = None
        elif head is None or head.words.count(BAR) != bars:
            head = sentence
        else:
            sentence = _row(sentence, head)
        found.append(sentence)
    return found


def _row(row: Sentence, head: Sentence) -> Sentence:
    cells, columns = _cells(row), _cells(head)
    hits = {group: list(places) for group, places in row.hits.items()}
    for group, places in head.hits.items():
        for place in places:
            column = next((i for i, (a, b) in enumerate(columns) if a <= place[0] <= b), None)
            if column is not None and column < len(cells):
                hits.setdefault(group, []).append(cells[column])
    return replace(row, hits=hits)


def _cells(sentence: Sentence) -> list[tuple[int, int]]:
    """First and last word of each cell."""
    cells, first = [], 0
    for position, word in enumerate(sentence.words):
        if word == BAR:
            cells.append((first, max(first, position - 1)))
            first = position + 1
    cells.append((first, max(first, len(sentence.words) - 1)))
    return cells

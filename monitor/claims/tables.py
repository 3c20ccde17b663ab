"""Rows of a text table: a cell is read with the words of its column's head."""

from collections.abc import Sequence

from monitor.claims.sentence import Sentence

BAR = "|"
LEAST_BARS = 2


def read_rows(sentences: Sequence[Sentence], folded: str) -> None:
    """Give the sentences that are table rows the hits of their head row as well."""
    head: Sentence | None = None
    for sentence in sentences:
        bars = folded.count(BAR, sentence.start, sentence.end)
        if bars < LEAST_BARS:
            head = None
        elif head is None or folded.count(BAR, head.start, head.end) != bars:
            head = sentence
        else:
            _read_row(sentence, head)


def _read_row(row: Sentence, head: Sentence) -> None:
    cells, columns = _cells(row), _cells(head)
    for group, places in head.hits.items():
        for place in places:
            column = next((i for i, (a, b) in enumerate(columns) if a <= place[0] <= b), None)
            if column is not None and column < len(cells):
                row.hits.setdefault(group, []).append(cells[column])


def _cells(sentence: Sentence) -> list[tuple[int, int]]:
    """First and last word of each cell."""
    cells, first = [], 0
    for position, word in enumerate(sentence.words):
        if word == BAR:
            cells.append((first, max(first, position - 1)))
            first = position + 1
    cells.append((first, max(first, len(sentence.words) - 1)))
    return cells

"""Blocks in the order of the page: lines put back where they stood, or named where they went."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from monitor.articles.layout import Line, Place, key
from monitor.types import Block

# Share of the text found that the element holds which is taken for the article.
CONTAINED = 0.9
# The rule of a line that trafilatura left out.
EXTRACTOR = "extractor"


def inserted(
    found: Sequence[Block], lines: Sequence[Line], extras: Sequence[tuple[int, Block]]
) -> tuple[Block, ...]:
    """``found`` with blocks put in where they stand in the page; ``extras`` in order of the page.

    Each extra comes with the number of its line. A block that stands nowhere as such keeps its
    place behind the one before it.
    """
    numbers: dict[str, int] = {}
    for i, line in enumerate(lines):
        numbers.setdefault(line.key, i)
    starts: list[int] = []
    for block in found:
        at = next((numbers[k] for t in block.text.split("\n") if (k := key(t)) in numbers), 0)
        starts.append(max(at, starts[-1] if starts else 0))
    merged: list[Block] = []
    done = 0
    for number, block in extras:
        at = max(done, bisect_right(starts, number))
        merged += (*found[done:at], block)
        done = at
    return (*merged, *found[done:])


def traced(found: Sequence[Block], lines: Sequence[Line]) -> tuple[Block, ...]:
    """``found`` and, by the rule "extractor", each line of the article's element that is not in it.

    The element is the innermost one that holds nearly all of the text found. What stands outside
    (menus, footers, the rest of the page) was never part of the article.
    """
    keys = {key(text) for block in found for text in block.text.split("\n")}
    whole = "".join(key(block.text) for block in found)
    home = _element(lines, keys)
    if home is None:
        return tuple(found)
    extras = [
        (i, Block(EXTRACTOR, line.text, EXTRACTOR))
        for i, line in enumerate(lines)
        if line.key
        and line.key not in keys
        and (line.place is home or home in line.place.outer)
        and line.key not in whole
    ]
    return inserted(found, lines, extras)


def _element(lines: Sequence[Line], keys: set[str]) -> Place | None:
    sizes: Counter[int] = Counter()
    places: dict[int, Place] = {}
    total = 0
    for line in lines:
        if line.key in keys:
            total += len(line.text)
            for place in line.place.around():
                sizes[id(place)] += len(line.text)
                places[id(place)] = place
    holding = [places[i] for i, size in sizes.items() if size >= CONTAINED * total]
    return max(holding, key=lambda place: sum(1 for _ in place.around()), default=None)

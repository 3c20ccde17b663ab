"""Blocks as the page has them: in its order, line by line, with what was lost put back or named."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from monitor.articles.layout import Line, Place, key
from monitor.types import Block

# Share of the text found that the element holds which is taken for the article.
CONTAINED = 0.9
# Characters; two such lines of one block are paragraphs.
_RUNNING = 80
# Letters of a line by which it is looked up.
_START = 8
# The rule of a line that trafilatura left out.
EXTRACTOR = "extractor"


def arranged(found: Sequence[Block], lines: Sequence[Line]) -> tuple[Block, ...]:
    """``found`` in the order of the page, blocks that run its lines together taken apart.

    A block that stands nowhere as such, or in several places, stays behind the one before it.
    """
    numbers: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        numbers.setdefault(line.key, []).append(i)
    starts: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        starts.setdefault(line.key[:_START], []).append(i)
    apart = [
        part
        for block in found
        for part in ((block,) if key(block.text) in numbers else _apart(block, lines, starts))
    ]
    places: list[int] = []
    for block in apart:
        own = numbers.get(key(block.text.split("\n")[0]), ())
        places.append(own[0] if len(own) == 1 else places[-1] if places else 0)
    return tuple(apart[i] for i in sorted(range(len(apart)), key=lambda i: places[i]))


def _apart(block: Block, lines: Sequence[Line], starts: dict[str, list[int]]) -> Iterator[Block]:
    """The lines of the page that a block has run together; the block where it did not.

    Of several paragraphs, set apart by line breaks only, each is a block too.
    """
    parts = block.text.split("\n")
    if block.kind == "paragraph" and sum(len(part) >= _RUNNING for part in parts) > 1:
        yield from (Block("paragraph", part) for part in parts)
        return
    whole = key(block.text) if block.kind == "paragraph" and "\n" not in block.text else ""
    for first in (i for size in range(1, _START + 1) for i in starts.get(whole[:size], ())):
        rest, last = whole, first
        while rest and last < len(lines) and rest.startswith(lines[last].key):
            rest = rest[len(lines[last].key) :]
            last += 1
        if whole and not rest:
            yield from (Block("paragraph", line.text) for line in lines[first:last])
            return
    yield block


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

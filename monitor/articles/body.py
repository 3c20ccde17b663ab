"""The body of a page: trafilatura's cheap pass, its whole one where that misses text, the rest."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from monitor.articles.blocks import blocks
from monitor.articles.extract import main_content
from monitor.articles.layout import Line, Place, key, names
from monitor.articles.order import arranged, inserted
from monitor.types import Block

# Share of a page's running text that the cheap pass must have found to be believed. Between .3 and
# .7 the labelled pages score the same; it spares nine of ten pages the comparison of extractors.
ENOUGH = 0.6
# Characters; shorter lines are labels as often as text.
LONG = 60
# Share of links in a line above which it is no running text.
LINKED = 0.3
# Share of the text found above which the name of an element says nothing: many a page
# wraps all of it in "newsletter" or "aside".
ZONE_SHARE = 0.33
# Long lines that must be kept in one place before what was lost beside them is taken for text too.
NEIGHBOURS = 2
# Letters and figures at the beginning or end of a line that make it known.
HELD = 40
_OUTSIDE = frozenset({"nav", "footer", "aside", "header", "form", "figure", "figcaption"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


def body(
    tree: HtmlElement, lines: Sequence[Line], zones: Collection[str]
) -> tuple[tuple[Block, ...], int]:
    """The blocks of the article in page order, and how many of their lines were recovered.

    ``zones``: words in the class of an element that holds residue; nothing is recovered from one.
    """
    found = _blocks(tree, fast=True)
    page, lines = lines, _inside(lines, _keys(found), zones)
    if _coverage(found, lines) < ENOUGH:
        found = _blocks(tree, fast=False)
    return recovered(arranged(found, page), lines)


def _blocks(tree: HtmlElement, fast: bool) -> tuple[Block, ...]:
    content = main_content(tree, fast)
    return tuple(blocks(content)) if content is not None else ()


def _coverage(found: Iterable[Block], lines: Iterable[Line]) -> float:
    """The share of the page's running text that ``found`` holds; 0 where it has none."""
    keys = _keys(found)
    running = [line for line in lines if _is_running(line)]
    held = sum(len(line.text) for line in running if line.key in keys)
    return held / (sum(len(line.text) for line in running) or 1)


def recovered(found: Sequence[Block], lines: Sequence[Line]) -> tuple[tuple[Block, ...], int]:
    """``found`` with the lines that were lost amid it, in page order, and how many these are.

    Lost are: long lines in the style of kept ones, items of lists and headings beside kept
    paragraphs. Only between the first and the last kept line: what stands outside is residue.
    """
    keys = _keys(found)
    kept = [i for i, line in enumerate(lines) if line.key in keys and len(line.text) >= LONG]
    if len(kept) < NEIGHBOURS:
        return tuple(found), 0
    whole = "".join(key(block.text) for block in found)
    beside = Counter(id(lines[i].place.parent) for i in kept)
    styles = Counter(lines[i].place.style for i in kept)
    lost: list[int] = []
    for i in range(kept[0] + 1, kept[-1]):
        line = lines[i]
        if line.key and line.key not in keys and _belongs(line, beside, styles):
            keys.add(line.key)
            if not _is_held(line.key, whole):
                lost.append(i)
    return inserted(found, lines, _grouped(lines, lost)), len(lost)


def _is_held(name: str, whole: str) -> bool:
    """Whether a line is there already, if with a hidden word more or less: "opens new tab"."""
    return name[:HELD] in whole or name[-HELD:] in whole


def _belongs(line: Line, beside: Counter[int], styles: Counter[str]) -> bool:
    place, parent = line.place, line.place.parent
    if parent is None:
        return False
    if place.tag == "li":
        return parent.parent is not None and beside[id(parent.parent)] >= NEIGHBOURS
    if line.linked > LINKED:
        return False
    if place.tag in _HEADINGS:
        return beside[id(parent)] >= NEIGHBOURS
    is_styled = " " in place.style.strip() and styles[place.style] >= NEIGHBOURS
    return len(line.text) >= LONG and (is_styled or beside[id(parent)] >= NEIGHBOURS)


def _grouped(lines: Sequence[Line], lost: Sequence[int]) -> list[tuple[int, Block]]:
    """The lost lines as blocks with the number of their line; items of one list are one block."""
    grouped: list[tuple[int, Block]] = []
    for (kind, _), group in groupby(lost, lambda i: _kind(lines[i])):
        numbers = list(group)
        if kind == "list":
            text = "\n".join(lines[i].text for i in numbers)
            grouped.append((numbers[0], Block(kind, text)))
        else:
            grouped += [(i, Block(kind, lines[i].text)) for i in numbers]
    return grouped


def _kind(line: Line) -> tuple[str, int]:
    if line.place.tag == "li":
        return "list", id(line.place.parent)
    return ("heading" if line.place.tag in _HEADINGS else "paragraph"), 0


def _keys(found: Iterable[Block]) -> set[str]:
    return {key(text) for block in found for text in block.text.split("\n")}


def _is_running(line: Line) -> bool:
    return len(line.text) >= LONG and line.linked < LINKED


def _inside(lines: Sequence[Line], keys: set[str], zones: Collection[str]) -> list[Line]:
    """The lines in no element that is navigation, a figure or residue by name.

    An element that holds much of what was found (``keys``) is none of these, whatever its name.
    """
    sizes: Counter[int] = Counter()
    for line in lines:
        if line.key in keys:
            for place in line.place.around():
                sizes[id(place)] += len(line.text)
    limit = ZONE_SHARE * max(sizes.values(), default=0)
    bad: dict[Place, bool] = {}

    def is_bad(place: Place) -> bool:
        if place not in bad:
            named = place.tag in _OUTSIDE or not names(place.label).isdisjoint(zones)
            outer = place.parent
            own = named and sizes[id(place)] <= limit
            bad[place] = own or (outer is not None and is_bad(outer))
        return bad[place]

    return [line for line in lines if not is_bad(line.place)]

"""The second stage: which lines of the extracted body are no article text, and by which rule.

Words come from boilerplate.toml, the rules for a line from line_rules; here they are applied, then
what follows a line that announces other stories is judged, and the blocks are put together again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from monitor.articles.layout import Line, names
from monitor.articles.line_rules import ANYWHERE, BY_POSITION, EMBED, Rule
from monitor.articles.markers import Markers
from monitor.articles.pieces import (
    RUNNING,
    TEASER,
    Context,
    Piece,
    Sorter,
    home_of,
    inner,
    is_at_home,
    is_link,
    pieces_of,
    shares_of,
    zones,
)
from monitor.articles.standfirst import FEWEST, LEAD, MOST, NAMES
from monitor.types import Block

# Words; a label of links.
LABEL = 5
# Words; a repeated shorter line may be a refrain or a label of a list.
REPEATED = 12
# What follows such a line after the text is never text again, in whatever style it is set.
_APPENDICES = frozenset({"comments", "bio", "sources"})


def sort(
    blocks: Sequence[Block], lines: Sequence[Line], page: Context, markers: Markers
) -> tuple[Block, ...]:
    """The blocks with what is residue in them split off, each with the rule that found it."""
    pieces = pieces_of(blocks, lines)
    page = replace(page, shares=shares_of(pieces))
    titles = [i for i, line in enumerate(lines) if line.key in page.titles]
    heads = [i for i in titles if lines[i].place.tag == "h1"]
    verdicts = _verdicts(page, markers, pieces, (heads or titles or [-1])[0])
    kinds = _kinds(page, markers, pieces, verdicts)
    return tuple(_rebuilt(blocks, pieces, verdicts, kinds))


def _verdicts(
    page: Context, markers: Markers, pieces: tuple[Piece, ...], title: int
) -> list[str | None]:
    sorter = Sorter(page, markers, pieces, 0, len(pieces), title=title)
    rules = [_first(piece, i, sorter, ANYWHERE) for i, piece in enumerate(pieces)]
    if running := _running(pieces, rules):
        home = home_of(piece for piece, rule in zip(pieces, rules, strict=True) if rule is None)
        sorter = replace(sorter, first=running[0], last=running[-1], home=home)
    for i, piece in enumerate(pieces):
        if rules[i] is None:
            rules[i] = _first(piece, i, sorter, BY_POSITION)
    _repeated(pieces, rules)
    _opened(sorter, rules)
    _labels(sorter, rules)
    return rules


def _running(pieces: Sequence[Piece], rules: Sequence[str | None]) -> list[int]:
    """The numbers of the pieces that are running text."""
    found: list[int] = []
    for fewest in RUNNING:
        found = [
            i
            for i, piece in enumerate(pieces)
            if rules[i] is None and piece.words >= fewest and not is_link(piece)
        ]
        if len(found) > 1:
            break
    return found


def _first(piece: Piece, index: int, sorter: Sorter, rules: Sequence[Rule]) -> str | None:
    return next((name for rule in rules if (name := rule(piece, index, sorter))), None)


def _repeated(pieces: Sequence[Piece], rules: list[str | None]) -> None:
    seen: set[str] = set()
    for i, piece in enumerate(pieces):
        if rules[i] is None and piece.words >= REPEATED:
            if piece.key in seen:
                rules[i] = "repeated"
            seen.add(piece.key)


def _opened(sorter: Sorter, rules: list[str | None]) -> None:
    """Teasers behind a line that announces other stories go with it."""
    opener: str | None = None
    for i, piece in enumerate(sorter.pieces):
        if rules[i] is not None:
            opener = _opens(piece, sorter) or opener
        elif opener and _goes_with(opener, piece, i, sorter):
            rules[i] = opener
        else:
            opener = None


def _labels(sorter: Sorter, rules: list[str | None]) -> None:
    """Behind the text a short line goes with the links below it, which it announced."""
    for i in range(sorter.last + 1, len(rules) - 1):
        piece, below = sorter.pieces[i], sorter.pieces[i + 1]
        is_label = piece.words <= LABEL and piece.text[-1] not in ".!?\u3002"
        if rules[i] is None and rules[i + 1] == "related" and is_link(below) and is_label:
            rules[i] = "related"


def _opens(piece: Piece, sorter: Sorter) -> str | None:
    found = sorter.markers.find(piece.plain, piece.words)
    return next((marker.kind for marker in found if marker.opens), None)


def _goes_with(opener: str, piece: Piece, index: int, sorter: Sorter) -> bool:
    is_appendix = opener in _APPENDICES and index > sorter.last and piece.words <= TEASER
    return is_appendix or _is_teaser(piece, index, sorter)


def _is_teaser(piece: Piece, index: int, sorter: Sorter) -> bool:
    if is_link(piece):
        return True
    if index <= sorter.last or piece.words > TEASER:
        return False
    return piece.kind in ("heading", "list") or not is_at_home(piece, sorter)


def is_lead(piece: Piece, page: Context) -> bool:
    """Whether a first line stands in an element that is named for the standfirst."""
    near = list(inner(piece, page))[:2]
    is_named = any(not names(place.label).isdisjoint(NAMES) for place in near)
    return is_named and FEWEST <= piece.words <= MOST


def _kinds(
    page: Context, markers: Markers, pieces: Sequence[Piece], rules: Sequence[str | None]
) -> Mapping[int, str]:
    """Kinds of kept blocks that the page tells: answers to questions of readers, embedded posts."""
    kinds: dict[int, str] = {}
    inside = False
    lead = next((p for p, rule in zip(pieces, rules, strict=True) if rule is None), None)
    if lead and is_lead(lead, page):
        kinds[lead.block] = LEAD
    for piece, rule in zip(pieces, rules, strict=True):
        if piece.kind == "heading" and rule is None:
            opens = piece.key in page.questions or piece.plain.strip(" :?") in markers.faq
            inside = opens or (inside and piece.text.endswith(("?", "\uff1f")))
        if inside:
            kinds[piece.block] = "faq"
        elif piece.kind in ("paragraph", "quote") and EMBED in zones(piece, page, markers):
            kinds[piece.block] = EMBED
    return kinds


def _rebuilt(
    blocks: Sequence[Block],
    pieces: Sequence[Piece],
    rules: Sequence[str | None],
    kinds: Mapping[int, str],
) -> Iterable[Block]:
    paired = zip(pieces, rules, strict=True)
    for (number, rule), group in groupby(paired, key=lambda pair: (pair[0].block, pair[1])):
        text = "\n".join(piece.text for piece, _ in group)
        yield Block(rule or kinds.get(number, blocks[number].kind), text, rule)

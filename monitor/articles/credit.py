"""The agency a text is from, and the notice that corrects it."""

from collections.abc import Sequence

from monitor.articles.markers import Markers
from monitor.types import Block

# Characters of the first paragraph in which "LONDON, Jan 27 (Reuters) -" stands.
_DATELINE = 120
_DASHES = "-\u2013\u2014:"
_SAYING = frozenset({"agency", "byline", "copyright", "dateline"})


def wire(found: Sequence[Block], authors: Sequence[str], markers: Markers) -> str | None:
    """The news agency credited, as printed; None where there is none.

    In the dateline ("(Reuters) -", "AP -"), among the authors, or in a line taken out as credit.
    """
    kept = [block.text for block in found if block.rule is None]
    for text in kept[:2]:
        for named in markers.wires.finditer(text[:_DATELINE]):
            before, after = text[: named.start()], text[named.end() :].lstrip()
            is_bracketed = before.endswith("(") and after.startswith(")")
            if is_bracketed or (not before.strip() and after[:1] in _DASHES and after):
                return named.group()
    for author in authors:
        if markers.wires.fullmatch(author.strip()):
            return author.strip()
    for block in found:
        credited = markers.wires.search(block.text) if block.rule in _SAYING else None
        if credited:
            return credited.group()
    return None


def notice(found: Sequence[Block]) -> str | None:
    """The correction or update notice, word for word; None where there is none."""
    texts = [block.text for block in found if block.rule == "notice"]
    return "\n".join(texts) or None

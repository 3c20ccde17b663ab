"""The standfirst: the sentences between headline and text that sum the article up."""

from collections.abc import Sequence

from monitor.articles.facts import Facts, string
from monitor.articles.layout import Line, Place, key, names
from monitor.articles.markers import count_words
from monitor.types import Block

# Words; shorter ones are kickers and labels, longer ones the text.
FEWEST, MOST = 5, 90
LEAD = "standfirst"
# Words in the class of its element: the names by which publishers call it.
NAMES = frozenset(
    {"standfirst", "subtitle", "subhead", "subheading", "subheadline", "subline", "dek", "deck"}
    | {"lead", "lede", "leadtext", "leadin", "summary", "intro", "abstract", "excerpt", "teaser"}
    | {"chapo", "chapeau", "entradilla", "bajada", "vorspann", "sottotitolo", "ingress", "manchet"}
    | {"linhafina", "untertitel", "unterzeile", "soustitre", "copete", "subtitulo", "catenaccio"}
    | {"sumario", "anriss", "onderkop", "alaotsikko", "lid", "nutgraf", "articlesummary"}
    | {"description", "articledescription", "strapline", "sapo", "spot", "perex", "zapowiedz"}
)
# Letters by which a line is known to begin as the description does, however either is cut.
_ALIKE = 40


def standfirst(
    facts: Facts,
    lines: Sequence[Line],
    found: Sequence[Block],
    headline: str | None,
    authors: Sequence[str],
) -> tuple[str | None, str | None]:
    """The standfirst and where it stood, (None, None) where there is none apart from the text.

    What the page shows above its text ("page"): what the text has of it, else the line that the
    description of the page repeats, else one in a place named for it. Else the description itself,
    unless the text has it.
    """
    for block in found:
        if block.kind == LEAD:
            return block.text, "page"
    described = _description(facts, headline)
    above = [line for line in _above(lines, found) if not line.text.startswith(tuple(authors))]
    for line in above:
        if described and _begins_alike(line.text, described):
            return line.text, "page"
    for line in above:
        if any(not names(place.label).isdisjoint(NAMES) for place in _near(line)):
            return line.text, "page"
    whole = "".join(key(block.text) for block in found)
    if described and key(described)[:_ALIKE] not in whole:
        return described, "description"
    return None, None


def _description(facts: Facts, headline: str | None) -> str | None:
    candidates = (
        facts.meta("og:description"),
        string(facts.article.get("description")),
        facts.meta("description", "twitter:description"),
    )
    title = key(headline or "")
    fits = (c for c in candidates if c and key(c) != title and FEWEST <= count_words(c) <= MOST)
    return next(fits, None)


def _above(lines: Sequence[Line], found: Sequence[Block]) -> list[Line]:
    """The lines between the headline and the text that could be a standfirst."""
    kept = [block for block in found if block.rule is None]
    keys = {key(text) for block in kept for text in block.text.split("\n")}
    start = next((i for i, line in enumerate(lines) if line.place.tag == "h1"), 0)
    end = next((i for i, n in enumerate(lines[start:], start) if n.key in keys and n.linked < 1), 0)
    return [
        line
        for line in lines[start:end]
        if FEWEST < count_words(line.text) <= MOST and line.linked < 0.5 and line.place.tag != "h1"
    ]


def _near(line: Line) -> Sequence[Place]:
    return list(line.place.around())[:3]


def _begins_alike(text: str, described: str) -> bool:
    a, b = key(text)[:_ALIKE], key(described)[:_ALIKE]
    return len(b) >= 15 and bool(a) and (a.startswith(b) or b.startswith(a))

"""The people who wrote an article, out of JSON-LD, meta elements, links and the byline."""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.articles.facts import Facts, Node, line, string, types
from monitor.articles.layout import Line, key, names
from monitor.articles.markers import Markers, plain
from monitor.urls import site

# Metas that publishers and their statistics tools name authors in.
_METAS = (
    *("author", "article:author", "parsely-author", "sailthru.author", "cxenseparse:author"),
    *("articleauthor", "dc.creator", "dcterms.creator", "byl", "byline", "citation_author"),
    *("authors", "dc.contributor", "article.author", "og:article:author", "vr:author"),
)
_SPLIT = re.compile(
    r"\s*(?:;|\||/|\u2022|\u00b7|\n|,\s+(?![A-Z]{2,5}\W*(?:,|$)|Jr|Sr|I{2,3}\b)"
    r"|\s(?:and|und|et|y|e|og|och|en|&)\s)\s*",
    re.IGNORECASE,
)
_CJK_SPLIT = re.compile(r"[\u3001\uff0c,;/\s]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_PREFIX = re.compile(
    r"^(?:(?:written|posted|published|reported|story|reviewed|review|words|text|interview)?\s*"
    r"(?:by|von|por|par|di|door|av|af|od|przez|oleh)\b|autor(?:in|a|es)?\b|author\b|text\b)"
    r"\s*[:\uff1a]?\s+"
    r"|^[(\uff08]?(?:\u4f5c\u8005|\u8bb0\u8005|\u8a18\u8005|\u6587|\u8cac\u7de8|\u8d23\u7f16|"
    r"\u8d23\u4efb\u7f16\u8f91)\s*[:\uff1a/\uff0f]\s*",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"[@#<>{}=]|\d{2}|^\W*$")
# Behind a name: a date, a time, a word that begins the next field.
_AFTER = re.compile(
    r"\s+(?=\d)|\s+(?:updated|published|posted|last|on|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?\s+(?=\d)|\s*[|\u2022\u00b7]\s*|,\s+(?=\d)|\s+[\u2013\u2014]\s+"
    r"|\s+on\s+(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
# Behind two words of a name: where it was written, or for whom.
_WHERE = re.compile(r"(?<=\w\s)(\w+)\s+(?:in|at|for|from|aus|en|à)\s+(?:[Tt]he\s+)?[A-ZÀ-Þ].*")
# Words; "Ana María de la Cruz y Pérez" has seven.
_MOST_WORDS = 7
_MOST_AUTHORS = 12
# Characters.
_LONGEST_NAME = 60
_LONGEST_BYLINE = 90
# Letters of a publisher's name by which a longer one is known to be its: "Lesotho Times News".
_HOUSE = 8
# Lines at the top of a page among which its name stands.
_MASTHEAD = 3
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[a-z]{2,10})+", re.IGNORECASE)


def authors(
    facts: Facts, lines: Sequence[Line], markers: Markers, url: str
) -> tuple[tuple[str, ...], str | None]:
    """Names of people in the order printed, and where they stood; else of the newsroom, else ()."""
    # The publisher prints its name at the top of the page, as "The Courier" where it is "Courier".
    tops = {line.key for line in lines[:_MASTHEAD] if len(line.text) <= _LONGEST_NAME}
    houses = {key(name) for name in _houses(facts)} | tops
    houses = (houses | {name.removeprefix("the") for name in tops}) - {""}
    label = key(site(url).split(".")[0])
    fallback: tuple[tuple[str, ...], str | None] = ((), None)
    for source, found in _sources(facts, lines, markers):
        everyone = tuple(dict.fromkeys(name for name in found if _is_name(name)))
        people = [name for name in everyone if not _is_house(name, houses, label)]
        if everyone and everyone[0] not in people:  # "The Courier, Oosterend": then come places
            people = [name for name in people if " " in name or not name.isascii()]
        if people:
            return tuple(people[:_MOST_AUTHORS]), source
        if everyone and not fallback[0]:
            fallback = (everyone[:1], source)
    return fallback


def _sources(
    facts: Facts, lines: Sequence[Line], markers: Markers
) -> Iterator[tuple[str, Iterable[str]]]:
    yield "json-ld", _linked_data(facts, markers)
    for name in _METAS:
        yield (
            "meta",
            (part for value in facts.metas.get(name, ()) for part in _split(value, markers)),
        )
    yield "byline", _byline(lines, markers)
    yield "link", (name for name in facts.author_links[:3] if name[:1].isupper())


def _houses(facts: Facts) -> Iterator[str]:
    """Names of the publisher, under which no person writes."""
    yield from (facts.meta("og:site_name") or "", facts.meta("application-name") or "")
    publisher = facts.article.get("publisher")
    if isinstance(publisher, dict):
        yield string(publisher.get("name"))
    for node in facts.nodes:
        if types(node) & {"newsmediaorganization", "website"}:
            yield string(node.get("name"))


def _is_house(name: str, houses: set[str], label: str) -> bool:
    """Whether a name is the publisher's or the site's: "WRAL" on wral.com, "mdr.de"."""
    whole = key(name)
    if whole in houses:
        return True
    is_longer = any(whole.startswith(house) for house in houses if len(house) >= _HOUSE)
    return whole == label or is_longer or _DOMAIN.fullmatch(name.strip()) is not None


def _linked_data(facts: Facts, markers: Markers) -> Iterator[str]:
    named: dict[object, Node] = {}
    for node in facts.nodes:
        if isinstance(node.get("@id"), str) and node.get("name"):
            named.setdefault(node["@id"], node)
    stack = [facts.article.get("author") or facts.article.get("creator")]
    while stack:
        value = stack.pop(0)
        if isinstance(value, list):
            stack = [*value[:_MOST_AUTHORS], *stack][: 4 * _MOST_AUTHORS]
        elif isinstance(value, dict):
            reference = value.get("@id")
            known = named.get(reference) if isinstance(reference, str) else None
            name = string((value if value.get("name") else known or {}).get("name"))
            yield from _people(name, markers)
        elif isinstance(value, str):
            yield from _split(line(value), markers)


def _people(name: str, markers: Markers) -> Iterator[str]:
    """The name of a JSON-LD person, which some sites fill with several full names."""
    parts = _split(name, markers)
    is_several = len(parts) > 1 and all(len(part.split()) > 1 for part in parts)
    yield from parts if is_several else [_PREFIX.sub("", name)]


def _byline(lines: Sequence[Line], markers: Markers) -> Iterator[str]:
    """Names in the first short line that begins as bylines do or stands where authors are kept."""
    for text in lines:
        if len(text.text) > _LONGEST_BYLINE:
            continue
        places = list(text.place.around())[:3]
        labels = {name for place in places for name in names(place.label)}
        is_kept = "byline" in labels or any(markers.zones.get(n) == "bio" for n in labels)
        if is_kept or _PREFIX.match(text.text):
            split = _split(_WHERE.sub(r"\1", text.text), markers)
            found = [n for n in split if _is_name(n) and _is_capitalised(n)]
            if found:
                yield from found
                return


def _split(text: str, markers: Markers) -> list[str]:
    """The names in a list of them, without the job that stands behind one: "Jo Reyes, Editor"."""
    if "://" in text or "www." in text:
        return []
    text = _PREFIX.sub("", text).strip()
    parts = (_CJK_SPLIT if _CJK.search(text) else _SPLIT).split(text)
    names = [_AFTER.split(_PREFIX.sub("", f"{part.strip()} "))[0] for part in parts]
    names = [name.strip(" \t,.:;|-\u2013\u2014()[]\uff08\uff09") for name in names]
    people = [name for name in names if not markers.names_job(plain(name))]
    return people or names


def _is_capitalised(name: str) -> bool:
    words = name.split()
    return 2 * sum(word[0].islower() for word in words) < len(words)


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST_NAME
        and len(name.split()) <= _MOST_WORDS
        and not _NOT_A_NAME.search(name)
        and "://" not in name
    )

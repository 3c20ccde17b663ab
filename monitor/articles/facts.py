"""What a page says about itself outside its text: meta elements, JSON-LD, title, author links."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from monitor.articles.blocks import tidy

Node = Mapping[str, object]

# Characters; a longer value is an attack or an article body, neither of use as a headline or name.
MAX_VALUE = 2_000
# JSON-LD nodes read of one page; real pages have up to some hundreds.
MAX_NODES = 5_000
# Types of schema.org whose headline, dates and authors are the page's (schema.org/Article).
ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "report"}
    | {"opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "liveblogposting"}
    | {"blogposting", "socialmediaposting", "techarticle", "scholarlyarticle", "review"}
)
_NAMES = ("property", "name", "itemprop", "http-equiv")
# Paths that lead to the page of an author: /author/jane-doe, /by/jane-doe, /autor/...
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|by|byline|autor(?:en|es)?|auteurs?|autori|profile|profil|people|person|staff"
    r"|journalists?|reporters?|contributors?|columnists?|team|redakteure?|firmas?)/[^/?#]{3,}"
)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as printed, nothing judged. Names of metas are in lower case."""

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()  # typed JSON-LD nodes, in page order
    title: str | None = None
    headings: tuple[str, ...] = ()  # h1
    canonical: str | None = None
    language: str | None = None  # lang of the html element, as printed
    times: tuple[str, ...] = ()  # time elements: the machine's form, else the text
    author_links: tuple[str, ...] = ()  # texts of links to pages of authors

    def meta(self, *names: str) -> str | None:
        """The first value under the first of ``names`` that the page has."""
        return next((value for name in names for value in self.metas.get(name, ())), None)

    @property
    def article(self) -> Node:
        """The JSON-LD node of the article; empty where there is none."""
        return next((node for node in self.nodes if types(node) & ARTICLES), {})


def facts(tree: HtmlElement) -> Facts:
    """The facts of a page. Links to authors are looked for only where its head names none."""
    metas, nodes = _metas(tree), tuple(_nodes(tree))
    is_named = "author" in metas or any(types(n) & ARTICLES and n.get("author") for n in nodes)
    return Facts(
        metas=metas,
        nodes=nodes,
        title=next((_value(e) for e in tree.iter("title")), None),
        headings=tuple(text for e in tree.iter("h1") if (text := _value(e))),
        canonical=_canonical(tree),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        times=tuple(e.get("datetime") or _value(e) for e in tree.iter("time")),
        author_links=() if is_named else tuple(_author_links(tree)),
    )


def types(node: Node) -> frozenset[str]:
    """The types of a JSON-LD node in lower case, without their vocabulary."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(n.rsplit("/", 1)[-1].lower() for n in names if isinstance(n, str))


def string(value: object) -> str:
    """A JSON-LD value as one tidy line, its character references resolved; empty: no text."""
    if isinstance(value, list) and value:
        value = value[0]
    return line(value) if isinstance(value, str) else ""


def line(text: str) -> str:
    """A value as one tidy line. Some sites escape twice, so references are resolved once more."""
    text = text[:MAX_VALUE]
    return " ".join(tidy(html.unescape(text) if "&" in text else text).split())


def _canonical(tree: HtmlElement) -> str | None:
    links = (e for e in tree.iter("link") if (e.get("rel") or "").strip().lower() == "canonical")
    return next((e.get("href") for e in links), None)


def _value(element: HtmlElement) -> str:
    return line("".join(element.itertext())[:MAX_VALUE])


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        content = line(element.get("content") or "")
        if not content:
            continue
        for attribute in _NAMES:
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name] = (*found.get(name, ()), content)
    return found


def _author_links(tree: HtmlElement) -> Iterator[str]:
    declared = [e for e in tree.iter("a") if "author" in (e.get("rel") or "")]
    yield from (_value(e) for e in declared)
    if not declared:
        yield from (_value(e) for e in tree.iter("a") if _AUTHOR_PATH.search(e.get("href") or ""))
    for element in tree.iterfind(".//*[@itemprop='author']"):
        if element.tag not in ("meta", "a"):
            names = element.iterfind(".//*[@itemprop='name']")
            yield next((_value(name) or name.get("content") or "" for name in names), "")


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    left = MAX_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        for node in _typed(_parsed("".join(script.itertext()))):
            left -= 1
            if left < 0:
                return
            yield node


def _parsed(text: str) -> object:
    """The value that a JSON-LD script holds; None: broken beyond a comment or a comma too many."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _typed(value: object) -> Iterator[Node]:
    """All objects with a type or a name inside ``value``, outer ones first, in order."""
    stack = [value]
    steps = 0
    while stack and steps < MAX_NODES:
        steps += 1
        item = stack.pop()
        if isinstance(item, dict):
            if "@type" in item or "@id" in item:
                yield item
            stack.extend(v for v in reversed(item.values()) if isinstance(v, dict | list))
        elif isinstance(item, list):
            stack.extend(v for v in reversed(item) if isinstance(v, dict | list))

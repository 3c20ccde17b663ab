"""What a page says about itself outside its text: meta elements, JSON-LD, title, links."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from monitor.articles.blocks import tidy

Node = Mapping[str, object]

# Characters; a longer value is an attack or an article body, neither of use as a headline or name.
MAX_VALUE = 2_000
# JSON-LD nodes read of one page; real pages have up to some hundreds.
MAX_NODES = 5_000
_NAMES = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts as printed, nothing judged. Names of metas are in lower case."""

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()  # typed JSON-LD nodes, in page order
    title: str | None = None
    headings: tuple[str, ...] = ()  # h1
    canonical: str | None = None
    language: str | None = None  # lang of the html element, as printed

    def meta(self, *names: str) -> str | None:
        """The first value under the first of ``names`` that the page has."""
        return next((value for name in names for value in self.metas.get(name, ())), None)


def facts(tree: HtmlElement) -> Facts:
    """The facts of a page."""
    return Facts(
        metas=_metas(tree),
        nodes=tuple(_nodes(tree)),
        title=next((_value(e) for e in tree.iter("title")), None),
        headings=tuple(text for e in tree.iter("h1") if (text := _value(e))),
        canonical=next(
            (
                e.get("href")
                for e in tree.iter("link")
                if (e.get("rel") or "").lower() == "canonical"
            ),
            None,
        ),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _value(element: HtmlElement) -> str:
    return " ".join(tidy("".join(element.itertext())[:MAX_VALUE]).split())


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        content = " ".join(tidy((element.get("content") or "")[:MAX_VALUE]).split())
        if not content:
            continue
        for attribute in _NAMES:
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name] = (*found.get(name, ()), content)
    return found


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
    """The value that a JSON-LD script holds; None: broken."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _typed(value: object) -> Iterator[Node]:
    """All objects with a type inside ``value``, outer ones first, in order."""
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

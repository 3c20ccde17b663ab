"""A page as a reader sees it: its lines of text in order, each with its place in the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from monitor.articles.blocks import tidy

# What is never shown as text of the page.
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object"}
    | {"select", "option", "textarea", "head"}
)
_BLOCKS = frozenset(
    {"html", "body", "p", "div", "section", "article", "aside", "header", "footer", "nav", "main"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tbody", "thead", "tfoot", "tr"}
    | {"td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "pre"}
    | {"form", "fieldset", "address", "hr", "details", "summary", "center", "picture", "video"}
    | {"button", "label"}
)
# Characters; a longer line is data or an attack, and cost grows with it.
MAX_LINE = 50_000
_KEY = re.compile(r"\w+")
_NAMES = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ATTRIBUTES = ("class", "role", "data-testid", "data-component")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A block element of the page; each is itself only, whatever it is called."""

    tag: str
    style: str  # tag and class: equal for equal roles
    label: str  # its class, role and the like
    outer: tuple["Place", ...]  # all that hold it, innermost first

    @property
    def parent(self) -> "Place | None":
        """The element that holds it; None for the root."""
        return self.outer[0] if self.outer else None

    def around(self) -> "tuple[Place, ...]":
        """This place and all that hold it, innermost first."""
        return (self, *self.outer)


@dataclass(frozen=True, slots=True)
class Line:
    """One run of text between two block elements."""

    text: str
    key: str  # see ``key``
    place: Place
    linked: float  # share of its characters that are links, 0..1
    lead: int = 0  # characters before the first link
    trail: int = 0  # characters after the last link
    links: tuple[str, ...] = ()  # addresses, as written


@lru_cache(maxsize=2048)
def key(text: str) -> str:
    """Letters and figures only: what equal texts have in common. Empty for no text at all."""
    return "".join(_KEY.findall(text.casefold())) if len(text) <= MAX_LINE else ""


def lines(tree: HtmlElement) -> tuple[Line, ...]:
    """The visible lines of a page, in order. A line break ends a line."""
    return tuple(_Reader().read(tree))


class _Reader:
    """Gathers inline text until a block element begins or ends."""

    __slots__ = ("depth", "elements", "first", "last", "linked", "links", "parts", "places", "size")

    def __init__(self) -> None:
        self.elements: list[HtmlElement] = []  # open block elements, outermost first
        self.places: list[Place] = []  # of the first of them, made when a line needs them
        self.parts: list[str] = []
        self.links: list[str] = []
        self.linked = 0
        self.depth = 0  # of links: they may nest in broken pages
        self.size = 0
        self.first: int | None = None  # where the first link began
        self.last = 0  # where the last link ended

    def read(self, tree: HtmlElement) -> Iterator[Line]:
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in _HIDDEN:
                    walk.skip_subtree()
                    continue
                yield from self.open(element, tag)
                text = element.text
            else:
                yield from self.close(tag)
                text = element.tail
            if text:
                self.add(text)

    def open(self, element: HtmlElement, tag: str) -> Iterator[Line]:
        if tag == "a":
            self.depth += 1
            self.links.append(element.get("href") or "")
            self.first = self.size if self.first is None else self.first
        elif tag in _BLOCKS or "-" in tag:
            if self.parts:
                yield from self.flush()
            self.elements.append(element)
        elif tag == "br" and self.parts:
            yield from self.flush()

    def close(self, tag: str) -> Iterator[Line]:
        if tag == "a":
            self.depth -= 1
            self.last = self.size
        elif tag in _BLOCKS or "-" in tag:
            if self.parts:
                yield from self.flush()
            self.elements.pop()
            del self.places[len(self.elements) :]

    def add(self, text: str) -> None:
        self.parts.append(text)
        length = len(text.strip())
        self.size += length
        if self.depth > 0:
            self.linked += length

    def flush(self) -> Iterator[Line]:
        words = "".join(self.parts).split()
        if words:
            text = " ".join(words)
            text = text if text.isprintable() else tidy(text)
            share = min(1.0, self.linked / (len(text) or 1))
            lead = self.size if self.first is None else self.first
            trail = 0 if self.depth > 0 else self.size - self.last
            yield Line(text, key(text), self.place(), share, lead, trail, tuple(self.links))
        self.parts.clear()
        self.links.clear()
        self.linked = self.size = self.last = 0
        self.first = 0 if self.depth > 0 else None

    def place(self) -> Place:
        for element in self.elements[len(self.places) :]:
            outer = self.places[-1].around() if self.places else ()
            self.places.append(_place(element, outer))
        return self.places[-1] if self.places else _NOWHERE


def _place(element: HtmlElement, outer: tuple[Place, ...]) -> Place:
    attributes = element.attrib
    label = " ".join([attributes[name] for name in _ATTRIBUTES if name in attributes])
    if "-" in element.tag:  # of a custom element the name says as much as a class
        label = f"{element.tag} {label}"
    return Place(element.tag, f"{element.tag} {attributes.get('class', '')}", label, outer)


_NOWHERE = Place("html", "html ", "", ())


@lru_cache(maxsize=4096)
def names(label: str) -> frozenset[str]:
    """The words of a label in lower case, and neighbours as one: "fact-box" has factbox too."""
    words = [word.lower() for word in _NAMES.findall(label)]
    return frozenset((*words, *(a + b for a, b in pairwise(words))))

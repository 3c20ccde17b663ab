"""Page to Article: the whole room in one function."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from monitor.articles import extract
from monitor.articles.body import body
from monitor.articles.credit import notice, wire
from monitor.articles.facts import Facts, facts, string, types
from monitor.articles.language import language
from monitor.articles.layout import Line, key, lines
from monitor.articles.markers import compiled
from monitor.articles.metadata import Metadata, fuse, text_is_ahead
from monitor.articles.order import traced
from monitor.articles.pieces import Context
from monitor.articles.residue import sort
from monitor.articles.standfirst import LEAD, standfirst
from monitor.articles.verdict import not_html, verdict
from monitor.articles.walls import is_blocked
from monitor.types import CANONICAL_ELSEWHERE, Article, Block, Page
from monitor.urls import normalise, same_site

if TYPE_CHECKING:
    from monitor.rules.boilerplate import Boilerplate

# Raised with every change of code that may change a text; old versions are then read again.
ALGORITHM = "2"
GONE = 410
# Statuses with a whole page; 204 has none, 206 a part of one, 304 is an answer to no question.
_WHOLE = frozenset({200, 201, 202, 203})
# Statuses behind which a site hides a captcha; any other error is just an error.
_CHALLENGES = frozenset({401, 403, 405, 406, 429, 503})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page taken apart."""

    url: str
    fetched_at: datetime
    facts: Facts
    lines: tuple[Line, ...]
    tree: HtmlElement


class Cleaner:
    """Cleans pages by the rules it was made with; pickled as its rules, which it compiles again."""

    __slots__ = ("markers", "rules")

    def __init__(self, rules: "Boilerplate") -> None:
        self.rules = rules
        self.markers = compiled(rules)

    def __reduce__(self) -> tuple[type["Cleaner"], tuple["Boilerplate"]]:
        return (Cleaner, (self.rules,))

    @property
    def version(self) -> str:
        """Changes whenever the same page may come out differently."""
        digest = hashlib.sha256(self.rules.model_dump_json().encode()).hexdigest()[:8]
        return f"{ALGORITHM}-{extract.version()}-{digest}"

    def clean(self, page: Page, learned: frozenset[str] = frozenset()) -> Article:
        """The article of a page, or why it is none: ``outcome`` "stored" or another word of FATES.

        ``learned``: hashes of blocks known to recur on the page's site (see recurring.block_hash).
        Whatever the bytes, it does not raise; ``facts["reason"]`` tells why a page is no article.
        """
        url = page.final_url or page.url
        if page.status == GONE:
            return _none(url, "gone", f"status {page.status}")
        if page.status not in _WHOLE and page.status not in _CHALLENGES:
            return _none(url, "http_error", f"status {page.status}")
        if page.status in _CHALLENGES:
            return self._refused(page, url)
        if not page.body.strip(b" \t\r\n\0"):
            return _none(url, "empty", "0 bytes")
        content_type = page.headers.get("content-type")
        if other := not_html(page.body, content_type):
            return _none(url, "not_html", other)
        try:
            tree = extract.load(page.body, content_type)
        except extract.TooLarge as error:
            return _none(url, "too_large", str(error))
        if tree is None:
            return _none(url, "not_html", "no HTML elements")
        reading = _Reading(url, page.fetched_at, facts(tree), lines(tree), tree)
        return self._article(reading, learned)

    def _refused(self, page: Page, url: str) -> Article:
        """A refusal, which may be a captcha: of such a page only title and text are read."""
        reason = f"status {page.status}"
        try:
            tree = extract.load(page.body)
        except extract.TooLarge:
            tree = None
        if tree is not None and is_blocked(facts(tree), lines(tree), self.markers):
            return _none(url, "blocked_by_site", reason)
        return _none(url, "http_error", reason)

    def _article(self, page: _Reading, learned: frozenset[str]) -> Article:
        fields = fuse(page.facts, page.lines, self.markers, page.url, page.fetched_at)
        found, lost = body(page.tree, page.lines, self.markers.zones)
        if lost:
            fields.sources["recovered_lines"] = str(lost)
        found = sort(found, page.lines, _context(page, fields, learned), self.markers)
        if fate := verdict(page.url, page.facts, page.lines, found, self.markers):
            outcome, reason = fate
            article = _described(page, fields)
            known = {**article.facts, "reason": reason}
            return replace(article, outcome=outcome, blocks=found, facts=known)
        return self._stored(page, fields, found)

    def _stored(self, page: _Reading, fields: Metadata, found: tuple[Block, ...]) -> Article:
        lead, source = standfirst(page.facts, page.lines, found, fields.headline, fields.authors)
        if source:
            fields.sources["standfirst"] = source
        if lead and source == "page" and all(block.kind != LEAD for block in found):
            found = (Block(LEAD, lead), *found)
        text = "\n\n".join(block.text for block in found if block.rule is None)
        found = traced(found, page.lines)
        if text_is_ahead(text, fields.date_published):
            fields.sources["date_published_disagrees"] = "text: names only later months"
        return replace(
            _described(page, fields),
            standfirst=lead,
            in_language=language(text, page.facts.language),
            text=text,
            blocks=found,
            notice=notice(found),
            wire=wire(found, fields.authors, self.markers),
        )


def _none(url: str, fate: str, reason: str) -> Article:
    return Article(url, fate, facts={"reason": reason})


def _described(page: _Reading, fields: Metadata) -> Article:
    named = normalise(page.facts.canonical, page.url) if page.facts.canonical else None
    is_own = named is not None and same_site(named, page.url)
    if named and not is_own:  # the copy of an article may name the one it was taken from
        fields.sources[CANONICAL_ELSEWHERE] = named
    return Article(
        url=page.url,
        outcome="stored",
        canonical_url=named if is_own else None,  # believed only on the site that sent it
        headline=fields.headline,
        authors=fields.authors,
        date_published=fields.date_published,
        date_modified=fields.date_modified,
        facts=fields.sources,
    )


def _context(page: _Reading, fields: Metadata, learned: frozenset[str]) -> Context:
    titles = (fields.headline, page.facts.title, *page.facts.headings)
    names = frozenset(key(title) for title in titles if title)
    asked = (string(node.get("name")) for node in page.facts.nodes if "question" in types(node))
    questions = frozenset(key(question) for question in asked if question)
    return Context(page.url, fields.headline, names, fields.authors, learned, questions)

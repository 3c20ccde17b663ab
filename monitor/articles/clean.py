"""Page to Article: the whole room in one function."""

import hashlib
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from monitor.articles import extract
from monitor.articles.body import body
from monitor.articles.facts import Facts, facts
from monitor.articles.language import language
from monitor.articles.layout import key, lines
from monitor.articles.markers import compiled
from monitor.articles.metadata import fuse
from monitor.articles.residue import Context, sort
from monitor.types import Article, Block, Page
from monitor.urls import normalise, same_site

if TYPE_CHECKING:
    from monitor.rules.boilerplate import Boilerplate

# Raised with every change of code that may change a text; old versions are then read again.
ALGORITHM = "1"


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

        ``learned``: hashes of blocks known to recur on the page's site (see residue.block_hash).
        Never raises, whatever the bytes.
        """
        url = page.final_url or page.url
        if page.status >= 400:
            fate = "gone" if page.status == 410 else "http_error"
            return Article(url, fate, facts={"reason": f"status {page.status}"})
        if not page.body.strip():
            return Article(url, "empty", facts={"reason": "0 bytes"})
        tree = extract.load(page.body)
        if tree is None:
            return Article(url, "not_html", facts={"reason": "no HTML elements"})
        return self._article(page, url, tree, learned)

    def _article(self, page: Page, url: str, tree: HtmlElement, learned: frozenset[str]) -> Article:
        known = facts(tree)
        seen = lines(tree)
        fields = fuse(known, seen, self.markers, url, page.fetched_at)
        found, lost = body(tree, seen, self.markers.zones)
        if lost:
            fields.sources["recovered_lines"] = str(lost)
        titles = (fields.headline, known.title, *known.headings)
        context = Context(
            url,
            fields.headline,
            frozenset(key(title) for title in titles if title),
            fields.authors,
            learned,
        )
        found = sort(found, seen, context, self.markers)
        text = "\n\n".join(block.text for block in found if block.rule is None)
        if not text:
            return Article(url, "no_text", facts={"reason": "no text found"})
        return Article(
            url=url,
            outcome="stored",
            canonical_url=_canonical(known, url),
            headline=fields.headline,
            standfirst=fields.description,
            authors=fields.authors,
            date_published=fields.date_published,
            date_modified=fields.date_modified,
            in_language=language(text, known.language),
            text=text,
            blocks=found,
            facts=fields.sources,
        )


def _canonical(known: Facts, url: str) -> str | None:
    """The page's own name for itself, believed only on the site that sent it."""
    canonical = normalise(known.canonical, url) if known.canonical else None
    return canonical if canonical and same_site(canonical, url) else None


def to_json(article: Article) -> dict[str, object]:
    """The object that ``monitor extract`` prints."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outcome": article.outcome,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "date_published": article.date_published,
        "date_modified": article.date_modified,
        "in_language": article.in_language,
        "text": article.text,
        "blocks": [_block(block) for block in article.blocks],
    }


def _block(block: Block) -> dict[str, str | None]:
    return {"kind": block.kind, "rule": block.rule, "text": block.text}


def version_text(article: Article) -> tuple[str, int, str]:
    """Text, start of the body in it, and SHA-256 of the text of a version of ``article``.

    The text is the headline, a blank line and the body; the body alone where there is no headline.
    """
    head = f"{article.headline}\n\n" if article.headline else ""
    text = head + article.text
    return text, len(head), hashlib.sha256(text.encode()).hexdigest()

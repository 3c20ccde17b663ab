"""An article as others take it: as JSON, as the text of a version."""

import hashlib

from monitor.types import Article


def to_json(article: Article) -> dict[str, object]:
    """The object that ``monitor extract`` prints; keys and their order are a promise."""
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
        "blocks": [{"kind": b.kind, "rule": b.rule, "text": b.text} for b in article.blocks],
    }


def version_text(article: Article) -> tuple[str, int, str]:
    """Text, start of the body in it, and SHA-256 of the text of a version of ``article``.

    The text is the headline, a blank line and the body; the body alone where there is no headline.
    """
    head = f"{article.headline}\n\n" if article.headline else ""
    text = head + article.text
    return text, len(head), hashlib.sha256(text.encode()).hexdigest()

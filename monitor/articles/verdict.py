"""Why a page is no article: a word of FATES and the reason, judged by what is left of its text."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from monitor.articles.facts import ARTICLES, Facts, types
from monitor.articles.layout import Line, key
from monitor.articles.markers import Markers, count_words, plain
from monitor.articles.walls import FEW_WORDS, Fate, wall
from monitor.types import Block

# Words; a shorter text before a paywall is a teaser. Of the 352 labelled articles two are shorter
# (69 and 106 words); of the 27 among them that declare themselves not free, none is under 269.
TEASER_WORDS = 120
# Share of the words announced in JSON-LD below which the text before a paywall is a teaser.
TEASER_SHARE = 0.4
# Words; less is a caption or a label. The shortest labelled article has 69, a news flash some 25.
FEWEST_WORDS = 12
# Words of the whole page below which it is a shell that a script has to fill.
SHELL_WORDS = 40
# Share of the kept lines that are links from which a page is a list of other stories.
LINKED_SHARE = 0.6
# Lines behind the text in which a paywall says so; the head of a page asks subscribers to log in.
BEHIND = 12
# Links that make a list of what was found, if they hold most of its characters.
_LISTED = 4
# Letters of a text that is looked for among the links.
_NAME = 10
# Types of schema.org of pages that hold no article (schema.org/WebPage).
_LISTINGS = frozenset({"collectionpage", "profilepage", "searchresultspage"})
# Links of so many words are headlines of stories, and so many of them a front.
HEADLINE, STORIES = 4, 8
# Characters of a label, and labels of a page that are looked at.
_LABEL, _MOST_LABELS = 60, 200
# Words; a line of running text.
_RUNNING = 15

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"PK\x03\x04", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"ID3", "a sound"),
)
_XML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b",
    re.S,
)
_OTHER_TYPE = re.compile(
    r"^(?:image|audio|video|font)/|^application/(?:pdf|zip|json|octet-stream|msword|vnd\.)|^text/(?:css|csv)",
    re.IGNORECASE,
)


def not_html(body: bytes, content_type: str | None) -> str | None:
    """What the bytes are if not an HTML page; None: they may be one."""
    head = body[:1024]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if found := _XML.match(head):
        return f"an XML document ({found[1].decode()})"
    if content_type and _OTHER_TYPE.match(content_type.strip()) and b"<html" not in head.lower():
        return content_type.split(";")[0].strip()
    return None


def verdict(
    url: str, facts: Facts, lines: Sequence[Line], found: Sequence[Block], markers: Markers
) -> Fate | None:
    """Why what was found is no article, None where it is one."""
    kept = [block for block in found if block.rule is None]
    words = sum(count_words(block.text) for block in kept)
    texts = [text for block in found for text in block.text.split("\n")]
    if words < FEWEST_WORDS:
        texts = [line.text for line in lines]
    keys = {key(text) for text in texts}
    labels = [n.text for n in lines if len(n.text) <= _LABEL and n.key not in keys][:_MOST_LABELS]
    return (
        wall(facts, texts, markers, labels)
        or _paywalled(facts, _behind(lines, kept), words, markers)
        or _without_text(facts, lines, kept, words)
        or _section(url, facts, lines, found)
    )


def _behind(lines: Sequence[Line], kept: Sequence[Block]) -> list[Line]:
    """The last running line kept and those right behind it: where a paywall stands."""
    texts = [text for block in kept for text in block.text.split("\n")]
    keys = {key(text) for text in texts if count_words(text) >= _RUNNING} or set(map(key, texts))
    last = max((i for i, line in enumerate(lines) if line.key in keys), default=-1)
    return list(lines[max(last, 0) : last + 1 + BEHIND])


def _paywalled(facts: Facts, lines: Sequence[Line], words: int, markers: Markers) -> Fate | None:
    announced = facts.article.get("wordCount")
    total = int(announced) if isinstance(announced, int | str) and str(announced).isdigit() else 0
    is_short = words < TEASER_WORDS or words < TEASER_SHARE * min(total, 5_000)
    if not is_short:
        return None
    if any(str(node.get("isAccessibleForFree")).lower() == "false" for node in facts.nodes):
        return "paywalled", "declared not free"
    short = (plain(line.text) for line in lines if len(line.text) < 300)
    asked = (text for text in short if not markers.is_told(text))
    if any(v.outcome == "paywalled" for text in asked for v in markers.verdicts(text)):
        return "paywalled", "asks to subscribe"
    return None


def _without_text(
    facts: Facts, lines: Sequence[Line], kept: Sequence[Block], words: int
) -> Fate | None:
    is_video = any("videoobject" in types(node) for node in facts.nodes[:20])
    is_video = is_video or (facts.meta("og:type") or "").startswith("video")
    if is_video and words < FEW_WORDS and not facts.article:
        return "no_text", "video page"
    if kept and words >= FEWEST_WORDS:
        return None
    if sum(count_words(line.text) for line in lines) < SHELL_WORDS:
        return "no_text", "script shell"
    stories = sum(1 for n in lines if n.linked >= LINKED_SHARE and count_words(n.text) >= HEADLINE)
    return "no_text", "section front" if stories >= STORIES else "too little text"


def _section(url: str, facts: Facts, lines: Sequence[Line], found: Sequence[Block]) -> Fate | None:
    """A front, a section or results of a search: links and dates, or teasers without an article."""
    if any(types(node) & ARTICLES for node in facts.nodes) or _is_article(facts):
        return None
    linked = [line for line in lines if line.linked >= LINKED_SHARE]
    names = "\n".join(line.key for line in linked)
    texts = [text for block in found for text in block.text.split("\n")]
    links = [text for text in texts if len(key(text)) >= _NAME and key(text) in names]
    share = sum(len(text) for text in links) / (sum(len(text) for text in texts) or 1)
    kept = (text for block in found if block.rule is None for text in block.text.split("\n"))
    running = [t for t in kept if count_words(t) >= _RUNNING and key(t) not in names]
    stories = sum(1 for text in links if count_words(text) >= HEADLINE)
    is_list = not running and len(links) >= _LISTED and share >= LINKED_SHARE
    is_teased = stories >= STORIES and len(running) <= stories
    is_root = bool(url) and urlsplit_path(url).strip("/") == ""  # a file may come without address
    is_front = is_list or is_teased or (is_root and _is_website(facts)) or _is_listing(facts)
    return ("no_text", "section front") if is_front else None


def _is_listing(facts: Facts) -> bool:
    """Whether the page calls itself a list or the page of a person."""
    return any(types(node) & _LISTINGS for node in facts.nodes)


def urlsplit_path(url: str) -> str:
    """The path of an address; the address where it cannot be split."""
    try:
        return urlsplit(url).path
    except ValueError:
        return url


def _is_article(facts: Facts) -> bool:
    is_typed = (facts.meta("og:type") or "").lower().startswith(("article", "news"))
    return is_typed or facts.meta("article:published_time") is not None


def _is_website(facts: Facts) -> bool:
    return (facts.meta("og:type") or "website").lower() == "website"

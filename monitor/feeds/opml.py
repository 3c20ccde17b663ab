"""OPML 2.0 (opml.org): lists of feeds, in and out of feed readers."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from monitor.feeds.entry import MAX_READ, http, title_text
from monitor.feeds.sitemaps import with_whole_ampersands


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str | None  # None: not an http or https address
    raw: str  # the address as printed
    text: str  # what readers show; the address where there is nothing to show
    title: str
    home: str | None = None  # the page it belongs to
    language: str | None = None  # as printed: "en", "en-us"


def read_outlines(body: bytes) -> tuple[Outline, ...] | None:
    """The feeds of a list, in its order, at most MAX_READ; None where it is no OPML. Never raises.

    Folders are left out, and nothing outside the file is read.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(with_whole_ampersands(body), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None or _local(root.tag) != "opml":
        return None
    found = (_outline(element) for element in root.iter() if _local(element.tag) == "outline")
    return tuple(outline for outline in found if outline)[:MAX_READ]


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _outline(element: etree._Element) -> Outline | None:
    """Names of attributes in any case, as some readers write them."""
    fields = {_local(str(name)): str(value) for name, value in element.attrib.items()}
    raw = fields.get("xmlurl", "").strip()
    if not raw:
        return None
    text, title = (title_text(fields.get(name), is_html=False) for name in ("text", "title"))
    shown = text or title or raw
    return Outline(
        http(raw), raw, shown, title or shown, http(fields.get("htmlurl")), fields.get("language")
    )


def outlines(feeds: Iterable[Outline], title: str) -> bytes:
    """The list as a file."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for feed in feeds:
        fields = {"text": feed.text, "title": feed.title, "xmlUrl": feed.raw}
        fields |= {"htmlUrl": feed.home} if feed.home else {}
        fields |= {"language": feed.language} if feed.language else {}
        etree.SubElement(body, "outline", {"type": "rss", **fields})
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written

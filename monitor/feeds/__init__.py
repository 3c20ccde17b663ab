"""Feed and sitemap bytes to entries."""

from monitor.feeds.discover import FeedLink, discover, links, sitemaps_in
from monitor.feeds.opml import Outline, outlines, read_outlines
from monitor.feeds.read import MAX_ENTRIES, parse_feed

__all__ = [
    "MAX_ENTRIES",
    "FeedLink",
    "Outline",
    "discover",
    "links",
    "outlines",
    "parse_feed",
    "read_outlines",
    "sitemaps_in",
]

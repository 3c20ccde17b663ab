"""Feed and sitemap bytes to entries."""

from monitor.feeds.discover import FeedLink, discover, links, sitemaps_in
from monitor.feeds.read import MAX_ENTRIES, parse_feed

__all__ = ["MAX_ENTRIES", "FeedLink", "discover", "links", "parse_feed", "sitemaps_in"]

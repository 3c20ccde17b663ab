"""Feed and sitemap bytes to entries."""

from monitor.feeds.read import MAX_ENTRIES, parse_feed

__all__ = ["MAX_ENTRIES", "parse_feed"]

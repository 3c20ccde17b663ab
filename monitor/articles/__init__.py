"""Pages to articles: text without residue, metadata with its sources, or why it is no article."""

from monitor.articles.clean import Cleaner, to_json, version_text

__all__ = ["Cleaner", "to_json", "version_text"]

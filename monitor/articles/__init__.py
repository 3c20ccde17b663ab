"""Pages to articles: text without residue, metadata with its sources, or why it is no article."""

from monitor.articles.clean import Cleaner
from monitor.articles.output import to_json, version_text
from monitor.articles.recurring import block_hash, countable, is_cleaned_only

__all__ = ["Cleaner", "block_hash", "countable", "is_cleaned_only", "to_json", "version_text"]

"""What a block is known by when a site prints it on page after page."""

import hashlib

from monitor.articles.layout import key


def block_hash(text: str) -> str:
    """The identity of a recurring block: equal for texts that differ in spaces and marks only."""
    return hashlib.sha256(key(text).encode()).hexdigest()[:16]

"""Articles that are near-copies of one text make one story: the unit of independence."""

from monitor.stories.fingerprint import fingerprint
from monitor.stories.group import Grouper, Postings, group, vote
from monitor.stories.place import place

__all__ = ["Grouper", "Postings", "fingerprint", "group", "place", "vote"]

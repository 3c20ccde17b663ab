"""Articles that are near-copies of one text make one story: the unit of independence."""

from monitor.stories.fingerprint import fingerprint
from monitor.stories.group import Grouper, Postings, vote
from monitor.stories.origin import Member, independent, origin
from monitor.stories.place import ALGORITHM, place

__all__ = [
    "ALGORITHM",
    "Grouper",
    "Member",
    "Postings",
    "fingerprint",
    "independent",
    "origin",
    "place",
    "vote",
]

"""Help for a name that does not exist: the nearest ones that do."""

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """ "; did you mean A or B?" for a name that is close to others, else nothing."""
    close = difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""

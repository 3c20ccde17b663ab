"""Letters to the editor: who signs each of them."""

import re
from itertools import pairwise

from monitor.claims.register import without_title

_SALUTATION = re.compile(
    r"(?m)^[\s*_>]{0,4}(?:Dear\s)?(?:Sirs?|Madam|Sir or Madam|(?:To the )?editors?)"
    r"[\s*_]{0,3}[,:\u2013\u2014-]",
    re.IGNORECASE,
)
_NAME = r"(?P<name>[A-Z][\w.\u2019'-]{0,20}(?: (?:[A-Z][\w.\u2019'-]{0,20}|de|van|von|of)){1,4})"
_SIGNED = re.compile(
    r"(?:^|[\n*_]|[\u2013\u2014-] ?(?:Yours[^\n]{0,24}, ?)?)" + _NAME + r"(?: \([^)\n]{1,12}\))?"
    r"[*_]{0,2}(?:, [^\n.]{2,40})?[.*_]{0,3}\s*\Z"
)


def letters(text: str) -> list[tuple[int, int, str]]:
    """The letters of a text: start, end and who signs, in order. A letter without a name is none.

    A letter begins with its salutation ("Sir, ...", "Dear editor:") and ends with a name, on a line
    of its own or behind a dash.
    """
    begins = [one.start() for one in _SALUTATION.finditer(text)]
    found = []
    for start, end in pairwise([*begins, len(text)]):
        signed = _SIGNED.search(text[start:end].rstrip())
        if signed is not None:
            name = signed["name"].title() if signed["name"].isupper() else signed["name"]
            found.append((start, end, without_title(name)))
    return found

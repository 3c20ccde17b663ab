"""The headline of a page, out of all that claims to be it."""

import re
from collections import Counter
from collections.abc import Sequence

from monitor.articles.facts import Facts, string
from monitor.articles.layout import Line, key

# A part of a title after one of these may be the name of the site.
_SEPARATORS = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022:\u00bb<\u2039-]+\s+|\s*[|_]\s*")
# Characters of letters and figures; shorter texts are names of sections.
_SHORTEST = 8
# Lines from the top among which the headline of a page without h1 is looked for.
_TOP = 60
# Share of words that two editions of one headline have in common; other headlines have fewer.
EDITION = 0.6


def headline(facts: Facts, lines: Sequence[Line] = ()) -> tuple[str | None, str | None]:
    """The headline and where it stood; (None, None) where there is none.

    The h1 where og:title says the same; else the title given to social networks, where it is
    another edition of the h1 (og:title and twitter:title agree, most words are the same); else the
    headline declared in JSON-LD; else the first h1 that another source agrees with; else what most
    sources say. A name of the site at the end and a label in front are cut.
    """
    found = _candidates(facts)
    if {source for source, _ in found} == {"title"}:
        return _printed(found[0][1], lines), "title"
    shown = [text for source, text in found if source == "h1"]
    others = [(source, text) for source, text in found if source != "h1"]
    said = {source: text for source, text in reversed(others)}
    shared = said.get("og")
    if shared and any(key(shared) == key(text) for text in shown):
        return shared, "og"
    best = next((text for text in shown if _agreement(text, others)), None)
    if shared and best and _is_edition(shared, said.get("twitter"), best):
        return shared, "og"
    if declared := said.get("json-ld"):
        return declared, "json-ld"
    if best is not None:
        return _without_kicker(best, others)
    if len(shown) == 1 and (len(shown[0].split()) > 3 or not others):
        return shown[0], "h1"
    votes = {text: _agreement(text, found) for _, text in found}
    return max(((t, s) for s, t in found), key=lambda pair: votes[pair[0]], default=(None, None))


def _printed(title: str, lines: Sequence[Line]) -> str:
    """The part of a title that is a line of its own near the top: the rest names the site."""
    whole = key(title)
    parts = [n for n in lines[:_TOP] if n.key and whole.startswith(n.key) | whole.endswith(n.key)]
    best = max(parts, key=lambda line: len(line.key), default=None)
    return best.text if best and len(best.key) > len(whole) / 2 else title


def _is_edition(shared: str, tweeted: str | None, shown: str) -> bool:
    return key(shared) == key(tweeted or "") and _alike(shared, shown) >= EDITION


def _candidates(facts: Facts) -> list[tuple[str, str]]:
    article = facts.article
    raw = [
        ("json-ld", string(article.get("headline"))),
        ("og", facts.meta("og:title")),
        ("twitter", facts.meta("twitter:title")),
        ("title", facts.title),
        *(("h1", text) for text in facts.headings),
        ("json-ld", string(article.get("alternativeHeadline"))),
    ]
    site = {key(name) for name in _site_names(facts)}
    texts = [(source, _without_site(text, site)) for source, text in raw if text]
    keys = Counter(key(text) for _, text in texts)
    texts = [(source, _shortest_form(text, keys)) for source, text in texts]
    long = [(s, t) for s, t in texts if len(key(t)) >= _SHORTEST and key(t) not in site]
    return long or [(s, t) for s, t in texts if t]


def _site_names(facts: Facts) -> list[str]:
    publisher = facts.article.get("publisher")
    name = string(publisher.get("name")) if isinstance(publisher, dict) else ""
    return [n for n in (facts.meta("og:site_name", "application-name"), name) if n]


def _without_site(text: str, site: set[str]) -> str:
    """``text`` without trailing parts that are the name of the site."""
    parts = list(_SEPARATORS.finditer(text))
    for part in reversed(parts):
        tail = key(text[part.end() :])
        if not any(tail.startswith(name) or name.startswith(tail) for name in site if name):
            break
        if part.start():
            text = text[: part.start()]
    return text


def _shortest_form(text: str, keys: Counter[str]) -> str:
    """``text`` up to a separator, where as many sources have just that as the whole headline."""
    for part in _SEPARATORS.finditer(text):
        head = text[: part.start()]
        if len(key(head)) >= _SHORTEST and keys[key(head)] >= keys[key(text)]:
            return head
    return text


def _agreement(text: str, others: list[tuple[str, str]]) -> float:
    return sum(_alike(text, other) for _, other in others)


def _alike(a: str, b: str) -> float:
    """1 where one contains the other, else the share of common words if most are common."""
    x, y = key(a), key(b)
    if x in y or y in x:
        return 1.0
    left, right = set(a.casefold().split()), set(b.casefold().split())
    share = len(left & right) / (min(len(left), len(right)) or 1)
    return share if share >= 0.5 else 0.0


def _without_kicker(shown: str, others: list[tuple[str, str]]) -> tuple[str, str]:
    """The h1, or the source that has it without the label that stands in front of it."""
    whole = key(shown)
    for source, text in others:
        part = key(text)
        if part != whole and len(part) > len(whole) / 2 and whole.endswith(part):
            return text, source
    return shown, "h1"

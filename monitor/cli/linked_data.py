"""Claims as schema.org: https://schema.org/Claim and https://schema.org/ClaimReview in JSON-LD.

Every value that is stated is a Claim of its own, with the articles in which it appears; an article
that doubts or denies it is a ClaimReview of it. Nothing is rated by the monitor itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from monitor.cli.show import amount
from storage.store import Store

Row = Mapping[str, Any]

_DISSENT = ("doubted", "denied")


def things(store: Store) -> Iterator[dict[str, Any]]:
    """The graph of a JSON-LD document: all claims of which something is said now, one by one.

    What is said of one claim is held at once, no more.
    """
    for claim in store.view("v1_claims", order_by="claim"):
        for _, group in groupby(sorted(store.said(claim["claim"]), key=_key), key=_key):
            said = list(group)
            thing = _claim(str(claim["title"]), said)
            yield thing
            yield from (_review(thing, row) for row in said if row["modality"] in _DISSENT)


def _key(row: Row) -> tuple[str, str, str]:
    return str(row["qualifiers"]), str(row["period"]), _value(row)


def _value(row: Row) -> str:
    """What is stated, in words: "$589bn", "more than $500bn", "10,000 to 50,000"."""
    if row["text_value"] is not None:
        return str(row["text_value"])
    unit = str(row["unit"])
    if row["value"] is not None:
        return _BOUNDS.get(row["bound"], "") + amount(row["value"], unit)
    ends = [amount(row[end], unit) for end in ("low", "high") if row[end] is not None]
    return _BOUNDS.get(row["bound"], "") + " to ".join(ends)


_BOUNDS = {
    "approx": "about ",
    "near": "nearly ",
    "gt": "more than ",
    "ge": "at least ",
    "lt": "less than ",
    "le": "at most ",
    "upto": "up to ",
}


def _claim(title: str, said: Sequence[Row]) -> dict[str, Any]:
    row = said[0]
    place = [row["claim"], *(f"{k}={v}" for k, v in sorted(row["qualifiers"].items()))]
    place += [row["period"]] if row["period"] else []
    backing = [one for one in said if one["modality"] not in _DISSENT]
    appearance = [_article(one) for one in {one["url"]: one for one in backing}.values()]
    speakers = sorted({one["speaker"] for one in backing} - {None})
    which = ", ".join(filter(None, [*map(str, row["qualifiers"].values()), row["period"]]))
    claim: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:claim:{'/'.join([*place, _value(row)])}".replace(" ", "%20"),
        "name": title,
        "text": f"{title} ({which}): {_value(row)}" if which else f"{title}: {_value(row)}",
    }
    if appearance:
        claim["firstAppearance"] = min(appearance, key=lambda one: one["datePublished"] or "9")
        claim["appearance"] = appearance
    if speakers:
        claim["author"] = [{"@type": "Thing", "name": name} for name in speakers]
    return claim


def _article(row: Row) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "url": row["url"],
        "headline": row["headline"],
        "datePublished": row["date_published"],
        "publisher": {"@type": "Organization", "name": row["outlet"]},
    }


def _review(claim: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """What one article says against a claim, in its own words; a rating is not given in numbers."""
    return {
        "@type": "ClaimReview",
        "url": row["url"],
        "datePublished": row["date_published"],
        "claimReviewed": claim["text"],
        "itemReviewed": {"@id": claim["@id"]},
        "author": {"@type": "Organization", "name": row["outlet"]},
        "reviewBody": row["quote"],
        "reviewRating": {"@type": "Rating", "alternateName": row["modality"]},
    }

"""Claims as schema.org: https://schema.org/Claim and https://schema.org/ClaimReview in JSON-LD.

Every value that is stated is a Claim of its own, with the articles in which it appears; an article
that doubts or denies it is a ClaimReview of it. Nothing is rated by the monitor itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from monitor.cli.show import amount
from storage.store import Store

Row = Mapping[str, Any]

_DISSENT = ("doubted", "denied")


def document(store: Store) -> dict[str, Any]:
    """One JSON-LD document with all claims of which something is said now."""
    graph: list[dict[str, Any]] = []
    for claim in store.view("v1_claims", order_by="claim"):
        said = store.view("v1_observations", {"claim": claim["claim"]}, "observation_id")
        articles: dict[int, Row] = {}
        for row in said:
            number = row["article_id"]
            if number not in articles:
                (articles[number],) = store.view("v1_articles", {"article_id": number})
            article = articles[number]
            if article["state"] == "live" and article["current_version_id"] == row["version_id"]:
                graph.append({"claim": claim, "row": row, "article": articles[number]})
    return {"@context": "https://schema.org", "@graph": list(_things(graph))}


def _things(said: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    ordered = sorted(said, key=_key)
    for _, group in groupby(ordered, key=_key):
        rows = list(group)
        claim = _claim(rows)
        yield claim
        for one in rows:
            if one["row"]["modality"] in _DISSENT:
                yield _review(claim, one)


def _key(one: Mapping[str, Any]) -> tuple[str, str, str, str]:
    row = one["row"]
    return row["claim"], str(row["qualifiers"]), str(row["period"]), _value(row)


def _value(row: Row) -> str:
    if row["text_value"] is not None:
        return str(row["text_value"])
    if row["value"] is not None:
        return amount(row["value"], row["unit"])
    return f"{amount(row['low'], row['unit'])} to {amount(row['high'], row['unit'])}"


def _claim(said: list[Mapping[str, Any]]) -> dict[str, Any]:
    row = said[0]["row"]
    place = [row["claim"], *(f"{k}={v}" for k, v in sorted(row["qualifiers"].items()))]
    place += [row["period"]] if row["period"] else []
    backing = [one for one in said if one["row"]["modality"] not in _DISSENT]
    appearance = [_article(one) for one in {one["article"]["url"]: one for one in backing}.values()]
    speakers = sorted({one["row"]["speaker"] for one in backing} - {None})
    title = said[0]["claim"]["title"]
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


def _article(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "url": one["article"]["url"],
        "headline": one["article"]["headline"],
        "datePublished": one["article"]["date_published"],
        "publisher": {"@type": "Organization", "name": one["row"]["outlet"]},
    }


def _review(claim: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
    """What one article says against a claim, in its own words; a rating is not given in numbers."""
    row = one["row"]
    return {
        "@type": "ClaimReview",
        "url": one["article"]["url"],
        "datePublished": one["article"]["date_published"],
        "claimReviewed": claim["text"],
        "itemReviewed": {"@id": claim["@id"]},
        "author": {"@type": "Organization", "name": row["outlet"]},
        "reviewBody": row["quote"],
        "reviewRating": {"@type": "Rating", "alternateName": row["modality"]},
    }

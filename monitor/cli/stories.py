"""Commands about stories: why articles are one, and what people decide otherwise."""

import getpass
import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor import log, settings
from monitor.cli.show import clean, counted, table
from monitor.stories import Member, independent, origin
from monitor.types import CANONICAL_ELSEWHERE, LINKED
from monitor.urls import publisher_family
from storage.configured import open_store
from storage.overrides import Held

_QUOTED = 3  # changed figures shown


def show(options: Namespace) -> int:
    """``monitor stories show ID``: its articles, their origin, and why each is of the story."""
    from monitor.editing import story_named

    with open_store(settings.load().settings, create=False) as store:
        story = story_named(store, options.story)
        answer = _answer(story, store.story_members(story), store.story_links(story))
    if options.json:
        print(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        print("\n".join(clean(line) for line in _lines(answer)))
    return 0


def _answer(story: str, members: Sequence[Any], links: Sequence[Any]) -> dict[str, Any]:
    first, reason = origin([_member(row) for row in members])
    linked = [_link(row) for row in links]
    pairs = [
        (one["story"], one["of_story"])
        for one in linked
        if one["relation"] in LINKED and one["relation"] != "quote"  # the speaker, not the text
    ]
    low, high = independent({story}.union(*pairs), pairs)
    return {
        "story": story,
        "articles": len(members),
        "outlets": sorted({row.outlet for row in members}),
        "publisher_families": sorted({publisher_family(row.url) for row in members}),
        "origin": {"url": first.key, "outlet": first.outlet, "reason": reason},
        "independent_sources": {"low": low, "high": high},
        "members": [_shown(row) for row in members],
        "linked": linked,
    }


def _member(row: Any) -> Member:
    named = row.facts.get(CANONICAL_ELSEWHERE)
    return Member(row.url, row.outlet, row.length or 0, row.published_at, row.wire, named)


def _shown(row: Any) -> dict[str, object]:
    return {
        "article_id": row.article_id,
        "url": row.url,
        "outlet": row.outlet,
        "headline": row.headline,
        "published_at": row.published_at and row.published_at.isoformat(),
        "words": row.length,
        "relation": row.relation,
        "of": row.of_url,
        "evidence": row.evidence,
        "algorithm": row.algorithm,
        "overridden_by": row.overridden_by,
        "decided_at": row.decided_at.isoformat(),
    }


def _link(row: Any) -> dict[str, Any]:
    return {
        "story": row.story_id,
        "url": row.url,
        "relation": row.relation,
        "of_story": row.of_story_id,
        "of": row.of_url,
        "evidence": row.evidence,
    }


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    outlets, families = answer["outlets"], answer["publisher_families"]
    sources, first = answer["independent_sources"], answer["origin"]
    yield (
        f"{answer['story']}: {counted(answer['articles'], 'article')} of "
        f"{counted(len(outlets), 'outlet')}, {counted(len(families), 'publisher')}"
    )
    yield f"  outlets: {', '.join(outlets)}"
    yield f"  origin: {first['outlet']}, {first['url']} ({first['reason']})"
    low, high = sources["low"], sources["high"]
    among = " with the stories linked to it" if high > 1 else ""
    yield f"  independent sources{among}: {low if low == high else f'{low} to {high}'}"
    for member in answer["members"]:
        of = f" of {member['of']}" if member["of"] else ""
        yield f"{member['url']}"
        yield f"  {member['relation']}{of}: {_why(member['evidence'])}"
    for link in answer["linked"]:
        what = "linked, not merged" if link["relation"] in LINKED else "of the same form, apart"
        yield f"{what}: {link['url']} (story {link['story']})"
        yield f"  {link['relation']} of {link['of']} (story {link['of_story']}): " + _why(
            link["evidence"]
        )


def _why(evidence: Mapping[str, Any]) -> str:
    """The evidence in words and figures."""
    parts = [str(evidence.get("reason", "nothing like it was known"))]
    if "of_mine" in evidence:
        parts.append(
            f"{evidence['words']:,} words in common, {evidence['of_mine']:.0%} of this text and "
            f"{evidence['of_theirs']:.0%} of the other, the longest run {evidence['longest_run']:,}"
        )
    if evidence.get("changed"):
        pairs = evidence["changed_figures"][:_QUOTED]
        told = ", ".join(f"{theirs} became {mine}" for theirs, mine in pairs)
        more = ", ..." if evidence["changed"] > len(pairs) else ""
        parts.append(f"{evidence['changed']} of {evidence['figures']} figures differ: {told}{more}")
    if "why" in evidence:
        parts.append(f'"{evidence["why"]}"')
    return "; ".join(parts)


def merge(options: Namespace) -> int:
    """``monitor stories merge ID OTHER...``: stories that are one, whatever the program says."""
    from monitor.editing import merge_once

    log.set_up(options.volume)
    names = [options.story, *options.others]
    held = merge_once(settings.load(), names, options.by or getpass.getuser(), options.why)
    return _told(options, held, "merged into")


def split(options: Namespace) -> int:
    """``monitor stories split URL...``: articles that are no copies of the rest of their story."""
    from monitor.editing import split_once

    log.set_up(options.volume)
    person = options.by or getpass.getuser()
    held = split_once(settings.load(), options.urls, person, options.why)
    return _told(options, held, "split off as")


def _told(options: Namespace, held: Held, what: str) -> int:
    if options.json:
        print(json.dumps({"story": held.story_id, "moved": held.moved, "held": held.urls}))
        return 0
    print(f"{counted(len(held.moved), 'article')} {what} story {held.story_id}:")
    print(table([(clean(url),) for url in held.moved]))
    return 0

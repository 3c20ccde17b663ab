"""Runs in which a person decides on stories; the states of claims follow as after a page."""

import hashlib
from collections.abc import Sequence

from monitor.errors import UsageError
from monitor.names import nearest
from monitor.rereading import record_states
from monitor.runs import Running, started
from monitor.settings import Configuration
from storage.overrides import Held, Order
from storage.reader import Reader, identity

# Of an id, characters that may stand for it, and by which others like it are looked for.
LEAST, LIKE = 4, 3
NAMED = 200  # stories looked at for those of a like id
_HOW = "an article's URL names its story too; `monitor export stories` lists all"


def story_named(store: Reader, text: str) -> str:
    """The id of a story, given its id, the beginning of it, or the URL of one of its articles.

    Raises UsageError that names the nearest ones, or how to find them.
    """
    if "://" in text:
        story = store.story_of(text)
        if story is None:
            raise UsageError(f"no article at {text}; `monitor explain URL` tells what became of it")
        return story
    if len(text) < LEAST:
        raise UsageError(f"{text!r}: {LEAST} characters of a story's id, or more; {_HOW}")
    found = store.stories_beginning(text, 3)
    if text in found or len(found) == 1:
        return text if text in found else found[0]
    if found:
        raise UsageError(f"{text!r} begins several stories, as {' and '.join(found)}; give more")
    like = store.stories_beginning(text[:LIKE], NAMED)
    raise UsageError(f"no story {text!r}{nearest(text, like)}; {_HOW}")


def to_merge(store: Reader, names: Sequence[str]) -> tuple[str, list[str]]:
    """The story that stays, and those that come into it.

    Raises UsageError for a story that is not there, or named twice.
    """
    first, *others = (story_named(store, name) for name in names)
    if len({first, *others}) < len(names):
        raise UsageError(f"{' and '.join(names)}: one story, named twice; nothing to merge")
    return first, others


def apart(store: Reader, urls: Sequence[str]) -> tuple[str, list[str]]:
    """The story that articles leave, and the addresses by which they are known.

    Raises UsageError for a URL without an article, for articles of several stories, and where all
    of a story are named.
    """
    stories = {url: story_named(store, url) for url in urls}
    if len(set(stories.values())) > 1:
        told = ", ".join(f"{url} in {story}" for url, story in stories.items())
        raise UsageError(f"these are of several stories: {told}; split one after the other")
    (story,) = set(stories.values())
    leave = sorted({identity(url) for url in urls})
    if {row.url for row in store.story_members(story)} == set(leave):
        raise UsageError(f"{story} has no other articles: there is nothing to split it from")
    return story, leave


def merge_once(
    configuration: Configuration, names: Sequence[str], person: str, reason: str | None
) -> Held:
    """Put the articles of all other stories into the first one. Raises UsageError."""
    args = {"stories": list(names), "by": person, "why": reason}
    with started(configuration, "stories merge", args) as run:
        story, others = to_merge(run.store, names)
        order = Order(person, run.now(), reason)
        return _followed(run, run.store.merge_stories(story, others, order))


def split_once(
    configuration: Configuration, urls: Sequence[str], person: str, reason: str | None
) -> Held:
    """Put these articles of one story into a new one. Raises UsageError."""
    args = {"urls": list(urls), "by": person, "why": reason}
    with started(configuration, "stories split", args) as run:
        story, leave = apart(run.store, urls)
        order = Order(person, run.now(), reason)
        return _followed(run, run.store.split_story(story, leave, _id_of(story, leave), order))


def _id_of(story: str, urls: Sequence[str]) -> str:
    """Other than any story's that an article starts: the head of the old one may leave it."""
    return "s" + hashlib.sha256("\n".join([story, *urls]).encode()).hexdigest()[:16]


def _followed(run: Running, held: Held) -> Held:
    record_states(run.store, run.rules, run.now(), run.store.series_of(held.urls))
    run.outcome = "ok"
    return held

"""``monitor claims show``: who stands where on a claim, now or at another time."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.cli.history import known_claim, series_words
from monitor.cli.inputs import database, time_of
from monitor.cli.show import amount, clean, counted, print_json, table
from monitor.retrospect import Standing, standings
from monitor.types import Sighting
from storage.answers import plain, shown

Row = Mapping[str, object]

_SHOWN = 5  # observations shown of each camp; --json has all
_LAST_MOMENT = timedelta(days=1, microseconds=-1)


def show_claim(options: Namespace) -> int:
    """``monitor claims show KEY``: consensus, camps, who stands where, dissent."""
    from monitor import settings
    from monitor.rulebook import prepare

    on, known_at = _moment(options.on, "--on"), _moment(options.known_at, "--known-at")
    rules = prepare(settings.load().texts())
    with database() as store:
        key = known_claim(store, options.key)
        found = standings(store, rules, key, on=on, known_at=known_at)
    if options.json:
        states = [as_json(one) for one in found]
        print_json({"claim": key, "on": plain(on), "known_at": plain(known_at), "states": states})
        return 0
    if not found:
        print(f"{key}: nothing seen {'then' if on or known_at else 'yet'}")
    for one in found:
        for line in _lines(one):
            print(clean(line))
    return 0


def _moment(text: str | None, what: str) -> datetime | None:
    """A time of the command line; a date is its last moment: what was said on that day."""
    moment = time_of(text, what)
    is_date = text is not None and len(text.strip()) <= len("2025-01-27")
    return moment + _LAST_MOMENT if moment is not None and is_date else moment


def as_json(one: Standing) -> dict[str, object]:
    """A state with who stands where; stories are counted at least and at most."""
    state = dict(shown(one.stand.state))
    camps = [
        {**camp, "said": [_said(sighting) for sighting in behind]}
        for camp, behind in zip(state["camps"], one.stand.behind, strict=True)
    ]
    return {
        **state,
        "independent_stories": {"low": one.fewest_stories, "high": one.stand.state.stories},
        "camps": camps,
        "dissent": [_said(sighting) for sighting in one.stand.dissent],
        "apart": [_said(sighting) for sighting in one.stand.apart],
    }


def _said(one: Sighting) -> dict[str, object]:
    seen = one.observation
    names = ("value", "low", "high", "bound", "unit", "modality", "speaker", "quote")
    return {
        **{name: plain(getattr(seen, name)) for name in names},
        "outlet": one.outlet,
        "url": one.url,
        "story_id": one.story_id,
        "published_at": plain(one.published_at),
        "recorded_at": plain(one.recorded_at),
    }


def _lines(one: Standing) -> Iterator[str]:
    state = shown(one.stand.state)
    unit = str(state["unit"])
    yield " ".join([str(state["claim"]), *series_words(state)])
    interval = ""
    if state["low"] != state["high"]:
        interval = f" ({amount(state['low'], unit)} to {amount(state['high'], unit)})"
    word = "contested" if state["contested"] else "consensus"
    yield f"  {word}  {amount(state['point'], unit)}{interval}  {_counts(one)}"
    for camp, behind in zip(state["camps"], one.stand.behind, strict=True):
        stories = counted(camp["stories"], "story")
        size = f"{camp['weight']:.2f} votes, {counted(camp['articles'], 'article')}, {stories}"
        since = f"{camp['first_seen_at'][:10]} to {camp['last_seen_at'][:10]}"
        yield f"    {amount(camp['value'], unit)}  {size}, {since}, first {camp['first_outlet']}"
        yield from _quotes(behind)
    for title, said in (("dissent", one.stand.dissent), ("not compared", one.stand.apart)):
        if said:
            yield f"    {title}: {counted(len({each.story_id for each in said}), 'story')}"
            yield from _quotes(said)


def _counts(one: Standing) -> str:
    state = one.stand.state
    stories = counted(state.stories, "independent story")
    if one.fewest_stories < state.stories:
        stories = f"{one.fewest_stories} to {stories}"
    return f"{counted(state.articles, 'article')}, {counted(state.outlets, 'outlet')}, {stories}"


def _quotes(said: Sequence[Sighting]) -> Iterator[str]:
    rows = list(_quote_rows(said[:_SHOWN]))
    if rows:
        yield from table(rows, indent="      ").splitlines()
    if len(said) > _SHOWN:
        yield f"      and {len(said) - _SHOWN:,} more (--json shows all)"


def _quote_rows(said: Iterable[Sighting]) -> Iterator[tuple[str, ...]]:
    for one in said:
        seen = one.observation
        voice = f"{seen.modality} by {seen.speaker}" if seen.speaker else seen.modality
        yield one.outlet, voice, f'"{seen.quote}"', one.url

"""A tally as text and back, for a store that keeps one beside each series."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from monitor.history.scale import Statement, Value
from monitor.history.tallies import Said, Tally
from monitor.history.times import Times

FORMAT = 3  # raised with every change of the form: tallies of another one are counted again


def dump(tally: Tally) -> str:
    """The tally as one line of JSON; what ``load`` makes of it has the same text."""
    names = {key: number for number, key in enumerate(tally.said)}
    written = (said.voices for said in tally.said.values() if not said.text)
    every = list(dict.fromkeys(chain(tally.numbered, chain.from_iterable(written))))
    voices = {voice: number for number, voice in enumerate(every)}
    return json.dumps(
        {
            "format": FORMAT,
            "names": every,
            "said": [_dump_said(said, voices) for said in tally.said.values()],
            "articles": _dump_sets(tally.articles, names),
            "stories": _dump_sets(tally.stories, names),
            "outlets": tally.outlets,
            "voices": tally.voices,
            "counts": [tally.observations, tally.supporters, tally.doubters],
            "digest": f"{tally.digest:x}",
            "times": None if tally.times is None else _dump_times(tally.times),
        },
        separators=(",", ":"),
        check_circular=False,
    )


def load(text: str) -> Tally | None:
    """The tally of a text that ``dump`` gave; None: of another format, to be counted again."""
    kept = json.loads(text)
    if kept.get("format") != FORMAT:
        return None
    said = [_load_said(item, kept["names"]) for item in kept["said"]]
    keys = [("?" if one.suspect else "") + one.statement.key for one in said]
    observations, supporters, doubters = kept["counts"]
    return Tally(
        said=dict(zip(keys, said, strict=True)),
        articles=_load_sets(kept["articles"], keys),
        stories=_load_sets(kept["stories"], keys),
        outlets=kept["outlets"],
        voices=kept["voices"],
        observations=observations,
        supporters=supporters,
        doubters=doubters,
        digest=int(kept["digest"], 16),
        times=None if kept["times"] is None else _load_times(kept["times"]),
        numbered=tuple(kept["names"]),
    )


def _dump_said(said: Said, names: Mapping[str, int]) -> list[object]:
    one = said.statement
    return [
        _dump_value(one.value),
        [one.at, *one.ends, *one.span],  # Infinity is not JSON, but json reads and writes it
        [None if n is None else str(n) for n in (one.low, one.high)],
        one.firm,
        one.word,
        said.suspect,
        said.text or _dump_voices(said.voices, names),
        _dump_times(said.times),
    ]


def _dump_voices(voices: Mapping[str, tuple[int, int]], names: Mapping[str, int]) -> str:
    """A text of its own: most of a busy series is stored again as it was read.

    Three long lists are read faster than many short ones.
    """
    lists = [[names[voice] for voice in voices], *zip(*voices.values(), strict=True)]
    return json.dumps(lists, separators=(",", ":"), check_circular=False)


def _load_said(kept: list[Any], names: Sequence[str]) -> Said:
    value, (at, *places), numbers, firm, word, suspect, text, times = kept
    low, high = (None if n is None else Decimal(n) for n in numbers)
    ends, span = (places[0], places[1]), (places[2], places[3])
    statement = Statement(_load_value(value), at, ends, span, low, high, firm, word)
    numbered, stories, votes = json.loads(text)
    counts = zip(stories, votes, strict=True)
    voices = dict(zip(map(names.__getitem__, numbered), counts, strict=True))
    return Said(statement, suspect, voices, _load_times(times), text)


def _dump_value(value: Value) -> str | bool | dict[str, str]:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _load_value(kept: str | bool | dict[str, str]) -> Value:
    return Decimal(kept["number"]) if isinstance(kept, dict) else kept


def _dump_sets(
    sets: Mapping[frozenset[str], int], names: Mapping[str, int]
) -> list[tuple[list[int], int]]:
    number = names.__getitem__
    return [  # most sets are of one thing
        (sorted(map(number, things)) if len(things) > 1 else [number(key) for key in things], count)
        for things, count in sets.items()
    ]


def _load_sets(kept: list[tuple[list[int], int]], keys: list[str]) -> dict[frozenset[str], int]:
    key = keys.__getitem__
    return {frozenset(map(key, things)): count for things, count in kept}


def _dump_times(times: Times) -> list[object]:
    return [[(_ticks(at), *who) for at, *who in times.first], [_ticks(at) for at in times.last]]


def _load_times(kept: list[Any]) -> Times:
    first = tuple((_moment(ticks), url, outlet) for ticks, url, outlet in kept[0])
    return Times(first, tuple(_moment(ticks) for ticks in kept[1]))


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def _ticks(at: datetime) -> int:
    return (at - _EPOCH) // _TICK


def _moment(ticks: int) -> datetime:
    return _EPOCH + ticks * _TICK

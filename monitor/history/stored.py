"""A tally as texts and back, for a store that keeps one beside each series.

One text holds what grows with the number of different values, and each outlet's account is a text
of its own, so that one more article reads and writes no more than it changes.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from monitor.history import times
from monitor.history.accounts import NONE, Accounts
from monitor.history.ballots import First
from monitor.history.leaders import Camps, Leaders
from monitor.history.scale import Statement, Value
from monitor.history.tallies import Said, Tally

FORMAT = 5  # raised with every change of the form: tallies of another one are counted again


def dump(tally: Tally) -> tuple[str, dict[str, str]]:
    """The tally as one line of JSON, and those of the accounts that changed, by outlet.

    The text of an outlet that has nothing left is empty. What ``load`` makes of them has the same
    texts.
    """
    number = _numbers(tally)
    text = json.dumps(
        {
            "format": FORMAT,
            "said": [_dump_said(number[key], said) for key, said in tally.said.items()],
            "together": [
                [sorted(map(number.__getitem__, things)), *counts]
                for things, counts in tally.together.items()
            ],
            "leaders": [
                [sorted(number[key] for key in keys), one.outlets, one.is_all]
                for keys, one in tally.leaders.items()
            ],
            "counts": [getattr(tally, name) for name in _COUNTS],
            "digest": f"{tally.digest:x}",
            "times": "" if tally.times is None else times.dump(tally.times),
        },
        separators=(",", ":"),
        check_circular=False,
    )
    changed = {one: tally.accounts.get(one, NONE) for one in sorted(tally.changed)}
    return text, {outlet: one.dump(number) for outlet, one in changed.items()}


_COUNTS = ("articles", "stories", "outlets", "voting", "observations", "supporters", "doubters")


def load(text: str, accounts: Mapping[str, str], *, is_whole: bool) -> Tally | None:
    """The tally of texts that ``dump`` gave; None: of another format, to be counted again.

    ``is_whole``: there are no accounts but these; else they are those that were asked for, an empty
    text where there was none.
    """
    kept = json.loads(text)
    if kept.get("format") != FORMAT:
        return None
    said = {item[0]: _load_said(item) for item in kept["said"]}
    keys = {number: _key(one) for number, one in said.items()}
    number = {key: number for number, key in keys.items()}
    return Tally(
        said={keys[number]: one for number, one in said.items()},
        together={_set(things, keys): (a, s) for things, a, s in kept["together"]},
        leaders=_load_leaders(kept["leaders"], keys),
        **dict(zip(_COUNTS, kept["counts"], strict=True)),
        digest=int(kept["digest"], 16),
        times=times.load(kept["times"]) if kept["times"] else None,
        accounts=Accounts({}, {one: text for one, text in accounts.items() if text}, number),
        at_hand=None if is_whole else frozenset(accounts),
        numbers=number,
    )


def _numbers(tally: Tally) -> dict[str, int]:
    """A number for each key, as it was stored: texts that are not written again hold them.

    One that nobody says any more is in no text, so its number may be given again.
    """
    known = tally.numbers or {}
    number = {key: known[key] for key in tally.said if key in known}
    free = max(number.values(), default=-1) + 1
    new = (key for key in tally.said if key not in known)
    return number | {key: one for one, key in enumerate(new, start=free)}


def _dump_said(number: int, said: Said) -> list[object]:
    counts = (said.articles, said.stories, said.votes, said.shared)
    at, *who = said.first
    seen = ([times.ticks(at), *who], times.ticks(said.last_seen_at), said.times)
    return [number, _dump_statement(said.statement), said.suspect, counts, *seen]


def _load_said(kept: list[Any]) -> Said:
    _, statement, suspect, (articles, stories, votes, shared), (at, *who), last, text = kept
    first: First = (times.moment(at), *who)
    of = _load_statement(statement)
    return Said(of, suspect, articles, stories, votes, shared, first, times.moment(last), text)


def _key(said: Said) -> str:
    return ("?" if said.suspect else "") + said.statement.key


def _set(numbers: Sequence[int], keys: Mapping[int, str]) -> frozenset[str]:
    return frozenset([keys[number] for number in numbers])


def _load_leaders(kept: list[Any], keys: Mapping[int, str]) -> Camps:
    return {
        _set(numbers, keys): Leaders(tuple((outlet, votes) for outlet, votes in outlets), is_all)
        for numbers, outlets, is_all in kept
    }


def _dump_statement(one: Statement) -> str:
    numbers = [None if n is None else str(n) for n in (one.low, one.high)]
    places = [one.at, *one.ends, *one.span]  # Infinity is not JSON, but json reads and writes it
    return json.dumps([_dump_value(one.value), places, numbers, one.firm, one.word])


@lru_cache(maxsize=4096)  # the values of a claim come again with every article that speaks of it
def _load_statement(text: str) -> Statement:
    value, (at, *places), numbers, firm, word = json.loads(text)
    low, high = (None if n is None else Decimal(n) for n in numbers)
    ends, span = (places[0], places[1]), (places[2], places[3])
    return Statement(_load_value(value), at, ends, span, low, high, firm, word)


def _dump_value(value: Value) -> str | bool | dict[str, str]:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _load_value(kept: str | bool | dict[str, str]) -> Value:
    return Decimal(kept["number"]) if isinstance(kept, dict) else kept

"""The outlets that vote most for a camp, kept so that most changes need not ask all outlets."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from monitor.history.accounts import Account, Accounts

SHOWN = 5  # outlets named with a camp
# Outlets kept for a camp. Of those kept some may fall behind; only when fewer than are shown are
# left must all be asked again (test_moves.py).
KEPT = 12

_UNKNOWN = frozenset({""})  # no keys of any camp
Camps = Mapping[frozenset[str], "Leaders"]  # by the keys of what names the value of a camp


@dataclass(frozen=True, slots=True)
class Leaders:
    """Outlets and their votes, the heaviest first and equal ones by name; ``is_all``: no others."""

    outlets: tuple[tuple[str, int], ...]
    is_all: bool

    @property
    def shown(self) -> tuple[str, ...]:
        """Those to be named."""
        return tuple(outlet for outlet, _ in self.outlets[:SHOWN])


def led(
    camps: Iterable[frozenset[str]], accounts: Accounts, sharing: bool
) -> dict[frozenset[str], Leaders]:
    """Who leads each of the camps, all accounts gone over; no two camps have a key together."""
    votes = _by_camp(camps, accounts, sharing)
    return {keys: _kept(list(of.items()), is_all=True) for keys, of in votes.items()}


def followed(
    known: Camps,
    fresh: Set[str],
    camps: Iterable[frozenset[str]],
    changed: Mapping[str, Account],
    sharing: bool,
) -> dict[frozenset[str], Leaders]:
    """Who leads those of the camps that kept together while accounts changed.

    ``known``: the camps before, by those of their keys that are still said; ``fresh``: keys that
    only the changed accounts say. A camp follows from one that was known if all else that names its
    value is fresh, or from none if all of it is. Left out: camps whose leaders only all accounts
    tell.
    """
    camps = list(camps)
    before = {key: keys for keys in known for key in keys}
    votes = _by_camp(camps, Accounts(changed), sharing)
    found = {}
    for keys in camps:
        olds = {before.get(key, _UNKNOWN) for key in keys - fresh}
        if len(olds) > 1 or not all(keys >= old for old in olds):
            continue
        one = known[olds.pop()] if olds else Leaders((), is_all=True)
        after = _exchanged(one, changed, votes[keys])
        if after.is_all or len(after.outlets) >= SHOWN:
            found[keys] = after
    return found


def _by_camp(
    camps: Iterable[frozenset[str]], accounts: Accounts, sharing: bool
) -> dict[frozenset[str], dict[str, int]]:
    """Votes for each camp by outlet."""
    votes: dict[frozenset[str], dict[str, int]] = {keys: {} for keys in camps}
    camp_of = {key: votes[keys] for keys in votes for key in keys}
    for outlet, key, share in accounts.votes(camp_of.keys(), sharing):
        of = camp_of[key]
        of[outlet] = of.get(outlet, 0) + share
    return votes


def _exchanged(known: Leaders, changed: Iterable[str], votes: Mapping[str, int]) -> Leaders:
    gone = set(changed)
    left = [one for one in known.outlets if one[0] not in gone]
    if not votes and len(left) == len(known.outlets):
        return known
    last = known.outlets[-1] if known.outlets else None
    new = [
        one
        for one in votes.items()  # what lies behind the last one kept is not known
        if known.is_all or (last is not None and _place(one) <= _place(last))
    ]
    return _kept([*left, *new], known.is_all)


def _kept(outlets: list[tuple[str, int]], is_all: bool) -> Leaders:
    ordered = sorted(outlets, key=_place)
    return Leaders(tuple(ordered[:KEPT]), is_all and len(ordered) <= KEPT)


def _place(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]

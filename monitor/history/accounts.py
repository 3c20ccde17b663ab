"""What each outlet has in the count of a series: the only part that grows with every article."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.history.ballots import Ballot


@dataclass(frozen=True, slots=True)
class Account:
    """One outlet in one series. ``said``: by key of a statement its stories, and their votes."""

    articles: int = 0
    voting: int = 0  # its stories that have any weight
    said: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def share(self, key: str) -> int:
        """Its votes for a statement where all its stories share one vote."""
        votes = self.said.get(key, (0, 0))[1]
        return votes and votes // self.voting

    def dump(self, number: Mapping[str, int]) -> str:
        """The account as JSON, with numbers for keys; empty where there is nothing."""
        said = [[number[key], *counts] for key, counts in self.said.items()]
        whole = [self.articles, self.voting, *said]
        return "" if self == NONE else json.dumps(whole, separators=(",", ":"))


NONE = Account()


class Accounts(Mapping[str, Account]):
    """Accounts by outlet. Those that are stored are read from their texts when they are needed."""

    def __init__(
        self,
        known: Mapping[str, Account] | None = None,
        texts: Mapping[str, str] | None = None,
        number: Mapping[str, int] | None = None,
    ) -> None:
        self._known = known or {}  # NONE: there is none any more
        self._texts, self._number = texts or {}, number or {}
        self._key = {number: key for key, number in self._number.items()}

    def __getitem__(self, outlet: str) -> Account:
        if outlet not in self._known:
            articles, voting, *said = json.loads(self._texts[outlet])
            return Account(articles, voting, {self._key[n]: (s, v) for n, s, v in said})
        if self._known[outlet] is NONE:
            raise KeyError(outlet)
        return self._known[outlet]

    def __iter__(self) -> Iterator[str]:
        gone = {outlet for outlet, account in self._known.items() if account is NONE}
        return iter(dict.fromkeys(o for o in (*self._texts, *self._known) if o not in gone))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def with_(self, changed: Mapping[str, Account]) -> "Accounts":
        """The same with other accounts for some outlets."""
        new = {outlet: NONE if one == NONE else one for outlet, one in changed.items()}
        return Accounts({**self._known, **new}, self._texts, self._number)

    def votes(self, keys: Collection[str], sharing: bool) -> Iterator[tuple[str, str, int]]:
        """Outlet, key and votes for all who say one of these, most texts left unread."""
        for outlet, account in self._known.items():
            for key in account.said.keys() & keys:
                yield outlet, key, account.share(key) if sharing else account.said[key][1]
        wanted = [(key, f",[{self._number[key]},") for key in keys if key in self._number]
        for outlet, text in self._texts.items():
            if outlet in self._known:
                continue
            voting = int(text.split(",", 2)[1].rstrip("]"))
            for key, start in wanted:
                if (place := text.find(start)) >= 0:
                    end = text.index("]", place)
                    votes = int(text[text.rindex(",", place, end) + 1 : end])
                    yield outlet, key, votes // voting if sharing and votes else votes


def entered(
    known: Mapping[str, Account], gone: Sequence[Ballot], new: Sequence[Ballot]
) -> dict[str, Account] | None:
    """The accounts that other ballots change, as they are afterwards; ``NONE``: nothing is left.

    None: a ballot was taken away that was never counted.
    """
    changes: dict[str, _Change] = defaultdict(_Change)
    for sign, ballots in ((-1, gone), (1, new)):
        for ballot in ballots:
            for outlet in ballot.outlets:
                changes[outlet].articles += sign
            changes[ballot.voice].add(ballot, sign)
    after = {outlet: change.of(known.get(outlet, NONE)) for outlet, change in changes.items()}
    found = {outlet: account for outlet, account in after.items() if account is not None}
    return found if len(found) == len(after) else None


class _Change:
    """What ballots add to an account, or take away."""

    def __init__(self) -> None:
        self.articles = self.voting = 0
        self.said: dict[str, list[int]] = {}

    def add(self, ballot: Ballot, sign: int) -> None:
        self.voting += sign * ballot.votes
        for entry in ballot.entries:
            change = self.said.setdefault(entry.key, [0, 0])
            change[0] += sign
            change[1] += sign * entry.vote

    def of(self, account: Account) -> Account | None:
        said = dict(account.said)
        for key, (more, votes) in self.said.items():
            stories, before = said.pop(key, (0, 0))
            if stories + more:
                said[key] = (stories + more, before + votes)
        after = Account(account.articles + self.articles, account.voting + self.voting, said)
        least = min((stories for stories, _ in said.values()), default=0)
        return None if min(after.articles, after.voting, least) < 0 else after


def difference(
    pairs: Iterable[tuple[Account, Account]],
) -> dict[str, tuple[int, int, int]]:
    """How many stories, votes and shared votes each statement has more, from before to after."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for before, after in pairs:
        for sign, account in ((-1, before), (1, after)):
            for key, (stories, votes) in account.said.items():
                sum_ = sums[key]
                sum_[0] += sign * stories
                sum_[1] += sign * votes
                sum_[2] += sign * account.share(key)
    return {key: (one[0], one[1], one[2]) for key, one in sums.items() if any(one)}

"""What each outlet has in the count of a series: the only part that grows with every article."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


NONE = Account()


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

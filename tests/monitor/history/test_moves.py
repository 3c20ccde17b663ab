"""A running count gives what counting everything again gives, however articles come and go."""

import random
from dataclasses import replace

import pytest

from monitor.history import ArticleChange, Definition, assess, link, move, recounted
from monitor.history.times import KEPT
from monitor.types import Series, SeriesPast
from tests.monitor.history.build import LOSS, see

BN = 10**9
SERIES = Series(LOSS.claim)
VALUES = (100, 300, 480, 550, 589, 593, 600)


class Press:
    """Articles of a few stories and outlets, loaded as a store would: near ones, or all."""

    def __init__(self) -> None:
        self.live: dict[str, tuple] = {}
        self.story: dict[str, str] = {}
        self.state = self.count = None
        self.accounts: dict[str, str] = {}
        self.whole = self.unled = 0  # how often everything, or all accounts, had to be loaded

    def change(self, url: str, said: tuple, definition: Definition = LOSS) -> None:
        before = self.live.pop(url, ())
        story = self.story[url]
        others = tuple(one for group in self.live.values() for one in group)
        near = tuple(one for one in others if one.story_id == story)
        change = ArticleChange(url, link(before, said))
        asked = {one.outlet for one in (*near, *before, *said)}
        past = SeriesPast(near, self.state, self.counted(asked), is_whole=False)
        moves = move(change, story, {SERIES: past}, lambda _: definition)
        if moves.unled:
            self.unled += 1
            past = replace(past, count=self.counted(None))
            moves = move(change, story, {SERIES: past}, lambda _: definition)
        if moves.uncounted:
            self.whole += 1
            past = SeriesPast(others, self.state)
            moves = move(change, story, {SERIES: past}, lambda _: definition)
        assert not moves.uncounted
        assert not moves.unled
        if moves.states:
            (self.state,), (self.count,) = moves.states, moves.counts
            if self.count.is_whole:
                self.accounts = {}
            self.accounts |= self.count.accounts
        if said:
            self.live[url] = said

    def counted(self, outlets: set[str] | None):
        """The count as it is loaded: with the accounts of some outlets, or (None) of all."""
        if self.count is None or outlets is None:
            held = self.accounts
        else:
            held = {outlet: self.accounts.get(outlet, "") for outlet in outlets}
        return self.count and replace(self.count, accounts=held, is_whole=outlets is None)

    def is_right(self, definition: Definition = LOSS) -> bool:
        """Whether what is kept is what counting all again gives, as `db check` asks."""
        every = tuple(one for group in self.live.values() for one in group)
        past = SeriesPast(every, self.state, self.counted(None))
        return not list(recounted(SERIES, past, definition))

    def counted_again(self, definition: Definition = LOSS):
        every = [one for group in self.live.values() for one in group]
        return assess(SERIES, every, definition)


@pytest.mark.parametrize("seed", range(12))
def test_running_count_is_counting_all_again(seed: int) -> None:
    chance, press = random.Random(seed), Press()
    for step in range(120):
        number = chance.randrange(30)
        url = f"https://p{number}.example/a"
        press.story.setdefault(url, f"s{chance.randrange(12)}")
        said = tuple(
            see(
                chance.choice(VALUES) * BN,
                press.story[url],
                article=url,
                outlet=f"o{number % 5}",
                bound=chance.choice(("eq", "near", "gt", "range")),
                modality=chance.choice(("asserted", "hedged", "doubted")),
                hours=number,
                version=str(step),
                start=10 * place,
            )
            for place in range(chance.randrange(4))
        )
        press.change(url, said)
        again = press.counted_again()
        if again is None:
            assert press.state is None or press.state.observations == 0
        else:
            assert press.state == again
        assert press.is_right()
    assert press.whole < 30, "most changes need only the article's own story"
    assert press.unled < 60, "and most keep the camps together"


def test_first_ones_may_go_one_after_another() -> None:
    press = Press()
    urls = [f"https://p{n}.example/a" for n in range(3 * KEPT)]
    for hours, url in enumerate(urls):
        press.story[url] = url
        press.change(url, (see(589 * BN, url, article=url, hours=hours),))
    for url in urls[:-1]:
        press.change(url, ())
        assert press.state == press.counted_again()
    assert press.whole == 3, "for the first article, and then after every KEPT"


def test_another_definition_counts_all_again() -> None:
    press = Press()
    for n in range(3):
        press.story[f"https://p{n}.example/a"] = f"s{n}"
        press.change(f"https://p{n}.example/a", (see((500 + 10 * n) * BN, f"s{n}"),))
    wide = replace(LOSS, contested_share=0.9)
    press.story["https://p9.example/a"] = "s9"
    press.whole = 0
    press.change("https://p9.example/a", (see(300 * BN, "s9"),), wide)
    assert press.whole == 1
    assert press.state == press.counted_again(wide)

"""The killable pool: what it holds at once, and the order of its answers."""

from collections.abc import Callable, Iterator

from monitor.workers import WINDOW, Limits, Pool


def _doubler() -> Callable[[int], int]:
    return lambda number: 2 * number


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Pool[int, int](_doubler, Limits(workers=2)) as pool:
        for done, (task, result) in enumerate(pool.run(tasks())):
            assert (task, result) == (done, 2 * done)
            assert len(taken) - done <= 2 * WINDOW
    assert len(taken) == 100

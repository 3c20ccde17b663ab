"""Small charts of plain characters."""

import math
from collections.abc import Sequence

WIDTH = 24  # characters

Place = tuple[float | None, float | None, float | None]  # low, point and high of one state


def strip(places: Sequence[Place]) -> list[str]:
    """A strip for each state: its point where it lies between the least and the most of all.

    Ratios where all numbers are positive and far apart, differences otherwise. Empty strips where
    no state has a number.
    """
    known = [number for place in places for number in place if number is not None]
    if not known:
        return ["" for _ in places]
    is_log = min(known) > 0 and max(known) > 4 * min(known)
    least, most = (_scaled(end, is_log) for end in (min(known), max(known)))
    return [_drawn(place, least, most, is_log) + " " for place in places]


def _scaled(number: float, is_log: bool) -> float:
    return math.log(number) if is_log else number


def _drawn(place: Place, least: float, most: float, is_log: bool) -> str:
    low, point, high = (None if n is None else _column(n, least, most, is_log) for n in place)
    cells = ["·"] * WIDTH
    if low is not None and high is not None:
        cells[low : high + 1] = "─" * (high + 1 - low)
    if point is not None:
        cells[point] = "●"
    return "".join(cells)


def _column(number: float, least: float, most: float, is_log: bool) -> int:
    if most <= least:
        return WIDTH // 2
    share = (_scaled(number, is_log) - least) / (most - least)
    return max(0, min(WIDTH - 1, round(share * (WIDTH - 1))))

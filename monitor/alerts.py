"""What an operator should know: sources that fell silent, empty or fail, servers that lie. Pure."""

from collections.abc import Mapping, Sequence

from monitor.habits import falling_yield, from_numbers, silence
from monitor.schedule import MOST_FAILURES
from monitor.types import Alert, SourceState, Yield


def alerts(states: Sequence[SourceState], yields: Mapping[str, Yield]) -> tuple[Alert, ...]:
    """What lasts at this moment, by source. ``yields``: by name of the source."""
    found = []
    for state in states:
        if state.failures >= MOST_FAILURES:
            found.append(Alert("source_failing", state.name, state.reason or ""))
            continue  # why it brings nothing is known
        quiet = silence(from_numbers(state.habits))
        if quiet is not None:
            found.append(Alert("source_silent", state.name, quiet))
        counts = yields.get(state.name, Yield())
        empty = falling_yield(
            (counts.pages_before, counts.texts_before), (counts.pages, counts.texts)
        )
        if empty is not None:
            found.append(Alert("source_empty", state.name, empty))
    return tuple(found)


def is_same_validator(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> bool:
    """Whether a conditional request would have been answered with 304 (RFC 9110 13.2.2).

    Headers by lower-case name. The ETag decides where there is one, else Last-Modified.
    """
    for name in ("etag", "last-modified"):
        if before.get(name):
            return before[name] == after.get(name)
    return False

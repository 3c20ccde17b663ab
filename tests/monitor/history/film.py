"""Little films: articles change one after another, states and events come out."""

from collections.abc import Mapping, Sequence

from monitor.history import ArticleChange, Definition, Told, assess, changes, link, series_of, told
from monitor.types import ClaimEvent, ClaimState, Series, Sighting
from tests.monitor.history.build import LOSS


class Film:
    """A small newsroom in memory: what is live, what each series was last told to be."""

    def __init__(self, *definitions: Definition) -> None:
        self.definitions = {one.claim: one for one in definitions or (LOSS,)}
        self.live: dict[str, tuple[Sighting, ...]] = {}
        self.states: dict[Series, ClaimState | None] = {}
        self.told: dict[Series, Told | None] = {}
        self.events: dict[str, ClaimEvent] = {}
        self.takes: dict[str, int] = {}

    def show(self, *sightings: Sighting, url: str | None = None, notice: str | None = None) -> list:
        """A version of one article is read; the kinds of the events that were not told before."""
        url = url or sightings[0].url
        return self._change(url, sightings, notice=notice)

    def remove(self, url: str) -> list:
        """The article is gone."""
        return self._change(url, (), gone=True)

    def join(self, stories: Mapping[str, str]) -> None:
        """Stories turn out to be copies of others; states are assessed again, nothing is told."""
        from dataclasses import replace

        for url, sightings in self.live.items():
            self.live[url] = tuple(
                replace(one, story_id=stories.get(one.story_id, one.story_id)) for one in sightings
            )
        for series in self.states:
            self.states[series] = self._assess(series)

    def state(self, series: Series | None = None) -> ClaimState | None:
        if series is None:
            (series,) = self.states
        return self.states[series]

    def _change(
        self,
        url: str,
        sightings: Sequence[Sighting],
        *,
        notice: str | None = None,
        gone: bool = False,
    ) -> list:
        before = self.live.pop(url, ())
        links = link(before, sightings)
        others = tuple(one for group in self.live.values() for one in group)
        if sightings:
            self.live[url] = tuple(sightings)
        self.takes[url] = self.takes.get(url, 0) + 1
        found = []
        touched = {self._series(one) for one in (*before, *sightings)}
        for series in sorted(touched, key=str):
            definition = self.definitions[series.claim]
            state = self._assess(series)
            rest = tuple(one for one in others if self._series(one) == series)
            change = ArticleChange(url, links, notice, gone, rest, str(self.takes[url]))
            known = self.states.get(series)
            so_far = self.told.get(series)
            events = changes(known, state, change, definition, so_far)
            self.told[series] = told(events, so_far)
            new = [event for event in events if event.event_id not in self.events]
            self.events |= {event.event_id: event for event in new}
            found += new
            self.states[series] = state
        return found

    def _series(self, one: Sighting) -> Series:
        return series_of(one, self.definitions[one.observation.claim])

    def _assess(self, series: Series) -> ClaimState | None:
        every = (one for group in self.live.values() for one in group)
        own = [one for one in every if self._series(one) == series]
        return assess(series, own, self.definitions[series.claim])


def kinds(events: Sequence[ClaimEvent]) -> list[str]:
    return [event.kind for event in events]

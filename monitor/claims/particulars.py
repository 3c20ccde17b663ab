"""What goes with a value: the qualifiers that split its claim, and the day that it is about."""

from monitor.claims.actors import Cast
from monitor.claims.document import Document
from monitor.claims.quantities import DateSpan
from monitor.claims.verdicts import Take

QUALIFIER_REACH = 16  # words of distance from a number to a word that qualifies it
DATE_REACH = 20
BACK = 4  # sentences back to a day that is still meant


class Particulars:
    """Reads what surrounds the takes of one document."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self._document = document
        self._cast = cast

    def qualifiers(self, take: Take) -> dict[str, str]:
        """The qualifiers stated for a value, nearest word first; absent where none is."""
        sentence, spot = take.sentence, take.sentence.spot(take.figure)
        best: dict[str, tuple[int, str]] = {}
        for name, value, group in take.verdict.tracked.qualifiers:
            distance = sentence.nearest(group, spot)
            if distance is None or distance > QUALIFIER_REACH:
                continue
            if name not in best or distance < best[name][0]:
                best[name] = distance, value
        found = {name: value for name, (_, value) in best.items()}
        owner = take.verdict.owner
        names = {name for name, _, _ in take.verdict.tracked.qualifiers}
        if owner is not None and owner.key is not None:
            own = self._cast.by_key[owner.key].qualifiers
            found = {**{name: value for name, value in own.items() if name in names}, **found}
        return found

    def about(self, take: Take) -> tuple[str | None, str | None]:
        """First and last day that the value is about; None, None: not stated.

        Only claims by day look for a day in the sentences before.
        """
        days = self._near(take)
        if days is None and take.verdict.tracked.claim.period == "day":
            days = self._before(take.sentence.index)
        if days is None:
            return None, None
        return days.start.isoformat(), days.end.isoformat()

    def _near(self, take: Take) -> DateSpan | None:
        sentence, spot = take.sentence, take.sentence.spot(take.figure)
        near = [
            (distance, at)
            for at, (place, days) in enumerate(sentence.dates)
            if (distance := sentence.distance(place, spot)) <= DATE_REACH
            and (days.start == days.end or take.verdict.tracked.claim.period == "none")
            and not (place[0] and sentence.words[place[0] - 1] == "since")
        ]
        return sentence.dates[min(near)[1]][1] if near else None

    def _before(self, index: int) -> DateSpan | None:
        published = self._document.published_at
        for at in range(index, max(-1, index - BACK - 1), -1):
            for _, days in reversed(self._document.sentences[at].dates):
                if published is not None and days.start > published.date():
                    continue  # the day of what is announced
                if days.start == days.end:
                    return days
        return None

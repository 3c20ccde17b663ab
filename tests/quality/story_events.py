"""A stream of invented articles in which it is known who copied whom (tests/data/stories)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

EVENTS = Path(__file__).parents[1] / "data" / "stories" / "events.toml"
START = datetime(2025, 3, 6, 6, tzinfo=UTC)
Event = Mapping[str, str]

CREDITS = ("By our foreign desk with agencies", "(Northwire) - ", "Northwire reporting")
LOCAL_LEADS = {
    "plant fire": "Workers at the Teckwood assembly plant in Milbrook are watching the news from "
    "Norway with some unease this week. The factory off Route 9, which employs 220 people, fits "
    "its screens with glass from Tornby. A shift leader said that there was enough in the "
    "warehouse to last until Easter.",
    "rate cut": "Exporters in the Lower Sava region, who earn most of their money in euros, can "
    "look forward to fuller order books after the central bank's decision.",
    "model launch": "Investors in the Twin Cities felt the shock from Ningbo as well: the state "
    "pension fund holds Corvex shares worth $310 million, the Board of Investment said.",
    "port strike": "Shoppers in Leddington may soon find no bananas on the shelves of the two "
    "supermarkets on Castle Street. Their suppliers get the fruit by way of Oosthaven, where "
    "nothing has moved since the weekend. Manager Joan Tilley said that she had ordered apples.",
    "takeover": "Some 40 people who work for Finch at its small site in Stevenage have been told "
    "that their jobs are safe, staff there said on Tuesday.",
    "earthquake": "The Morvanan community of Fall River met at St. Anthony's on Saturday night "
    "to pray for relatives on the island. About 6,000 people in the city trace their families to "
    "it, many of them to the district of Tessa. A fund has been opened at the credit union.",
}
CHANGES = {
    "plant fire": (("14 workers", "17 workers"), ("83 million", "38 million")),
    "rate cut": (("five votes to two", "5 votes to 2"), ("1.8 percent", "1.3 percent")),
    "model launch": (("$118 billion", "$181 billion"),),
    "port strike": (("61 ships", "67 ships"), ("$4,310", "$4,130")),
    "takeover": (("3.4 billion", "4.3 billion"),),
    "earthquake": (("at least 37", "at least 41"), ("magnitude 6.6", "magnitude 6.4")),
}
UPDATES = {
    "plant fire": "The regional labour inspectorate opened an inquiry into the fire on Thursday "
    "afternoon and sealed what is left of the drying line.",
    "rate cut": "Prime minister Edo Lanz called the cut brave and said that families would feel it "
    "before Christmas.",
    "model launch": "Lanhai limited new registrations late on Monday after what it called a large "
    "attack on its servers.",
    "port strike": "Rail workers said on Monday that they would not touch freight meant for the "
    "docks.",
    "takeover": "Britain's business secretary said late on Tuesday that he would look at the "
    "purchase under the law on national security.",
    "earthquake": "A second strong tremor shook the island in the afternoon and brought down the "
    "tower of the town hall.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One article. Articles of one ``group`` are copies of one text."""

    key: str
    kind: str
    group: str
    text: str
    at: datetime
    url: str


def events(half: str) -> list[Event]:
    found = tomllib.loads(EVENTS.read_text())["event"]
    return [
        {name: text.strip() for name, text in event.items()}
        for event in found
        if event["half"] == half
    ]


def stream(half: str) -> list[Told]:
    """All articles of the half of the events in the order in which they came out."""
    told = [article for event in events(half) for article in _of_event(event)]
    told += _digests(events(half))
    return sorted(told, key=lambda article: article.at)


def _of_event(event: Event) -> Iterator[Told]:
    name, wire = event["name"], event["wire"]
    paragraphs = wire.split("\n\n")
    lead, update = LOCAL_LEADS[name], UPDATES[name]
    copies = {
        "write-through": f"{update}\n\n{wire}",
        "local lead": f"{lead}\n\n{wire}",
        "syndicated": "\n\n".join([f"{name.title()}: what we know", *paragraphs[:4], CREDITS[2]]),
        "short version": "\n\n".join(paragraphs[:2]),
        "correction": _corrected(name, wire),
        "brief alone": event["brief"],
    }
    yield _told(event, "wire", "first flash", "\n\n".join(paragraphs[:3]), 0)
    yield _told(event, "wire", "wire", wire, 1)
    for hours, (kind, text) in enumerate(copies.items(), 2):
        yield _told(event, "wire", kind, text, hours)
    yield _told(event, "desk", "independent", event["desk"], 3)
    yield _told(event, "other desk", "independent", event["other_desk"], 5)
    yield _told(event, "later", "follow-up", event["later"], 26)
    if "translation" in event:
        yield _told(event, "translation", "translation", event["translation"], 9)
    yield from _live_blogs(event)
    yield from _releases(event)


def _corrected(name: str, wire: str) -> str:
    for wrong, right in CHANGES[name]:
        assert wrong in wire, (name, wrong)
        wire = wire.replace(wrong, right)
    return f"{wire}\n\nCorrection: an earlier version of this article gave wrong figures."


def _live_blogs(event: Event) -> Iterator[Told]:
    """Two outlets' running pages, which hold what the agency had as one entry of several."""
    wire = event["wire"].split("\n\n")
    one, other = event["blog"].split("\n\n"), event["desk"].split("\n\n")
    quoted = next(paragraph for paragraph in wire if '"' in paragraph)
    first = _entries("We follow the news here all day. Newest entries first.", one)
    grown = _entries(
        "We follow the news here all day. Newest entries first.",
        [_spoken(event), quoted, *one],
    )
    theirs = _entries("Live: all developments at a glance", [quoted, other[1], other[-1]])
    yield _told(event, "live blog", "live blog", first, 4)
    yield _told(event, "live blog", "live blog grown", grown, 8)
    yield _told(event, "their blog", "live blog of another outlet", theirs, 9)


def _spoken(event: Event) -> str:
    return (
        f"Our reporter on the spot has been talking to people about the {event['name']} since the "
        "morning. Most of them, she says, heard of it from a neighbour, and few believed it at "
        "first. She will answer readers' questions from four o'clock."
    )


def _entries(head: str, paragraphs: list[str]) -> str:
    times = (f"{16 - n}:{20 + 7 * n}" for n in range(len(paragraphs)))
    return "\n\n".join(
        [head, *(f"{at}\n\n{text}" for at, text in zip(times, paragraphs, strict=True))]
    )


def _releases(event: Event) -> Iterator[Told]:
    if "release" not in event:
        return
    release = event["release"]
    printed = "\n\n".join(["The following is a statement of the company.", release])
    cut = "\n\n".join(release.split("\n\n")[:-1])
    yield _told(event, "release", "press release", release, 0)
    yield _told(event, "release", "release printed", printed, 6)
    yield _told(event, "release", "release cut", cut, 7)
    yield _told(event, "report", "report of a release", event["from_release"], 10)


def _digests(half: list[Event]) -> Iterator[Told]:
    """A newsletter and a page of short news that hold a few sentences of each event."""
    briefs = [event["brief"] for event in half]
    hello = "Good morning. Here is what you need to know before your coffee gets cold."
    end = "Was this letter sent on to you? Sign up for it here, it costs nothing. See you tomorrow."
    letter = "\n\n".join([hello, *briefs, end])
    page = "\n\n".join(f"{event['name'].title()}\n{event['brief']}" for event in reversed(half))
    own = "\n\n".join(event["other_desk"].split("\n\n")[0] for event in half)
    yield Told("letter", "digest", "letter", letter, START + timedelta(hours=13), _url("letter"))
    yield Told("page", "digest", "page", page, START + timedelta(hours=40), _url("page"))
    again = f"{hello}\n\n{own}\n\n{end}"
    yield Told("next letter", "digest", "next", again, START + timedelta(hours=37), _url("letter"))


def _told(event: Event, group: str, kind: str, text: str, hours: int) -> Told:
    name = event["name"]
    key = f"{name}: {kind} ({group})"
    at = START + timedelta(hours=hours, minutes=len(name))
    outlet = group if "blog" in kind else f"{kind} {group}"
    return Told(key, kind, f"{name}: {group}", text, at, _url(outlet))


def _url(outlet: str) -> str:
    return f"https://{outlet.replace(' ', '-')}.example/news"

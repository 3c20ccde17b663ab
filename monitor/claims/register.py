"""The people and organisations of one text, by the short names that it uses for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.claims.actors import Cast
from monitor.claims.sentence import Actor, Sentence


@dataclass(slots=True)
class Register:
    """The names of a text, to give a surname or a pronoun its person."""

    full: dict[str, str] = field(default_factory=dict)  # last word of a name -> the whole name
    person: str | None = None  # who spoke or was named last
    source: str | None = None  # the organisation that was quoted last
    first: dict[str, str] = field(default_factory=dict)  # first word of a name -> the whole name
    hosts: set[str] = field(default_factory=set)  # who says "I'm ..." of himself
    guest: str | None = None  # who answers in an interview
    digest: bool = False  # lines begin with the names of those who say them

    def learn(self, actors: Iterable[Actor], cast: Cast) -> None:
        """Take in the full names of a text."""
        for actor in actors:
            words = actor.name.split()
            if (actor.entity is not None and "person" in cast.roles[actor.entity]) or (
                actor.kind == "unknown" and len(words) > 1
            ):
                self.full.setdefault(words[-1].lower(), actor.name)

    def introduce(self, sentence: Sentence) -> None:
        """Take in the hosts, who name themselves: "I'm Nina Okafor"."""
        for actor in sentence.actors:
            said = sentence.words[actor.first - 1] if actor.first else ""
            if said in ("i'm", "am") and actor.kind == "unknown":
                self.hosts.update(actor.name.lower().split())
            elif actor.kind == "unknown" and " " in actor.name:
                self.first.setdefault(actor.name.split()[0].lower(), actor.name)

    def meet(self, actors: Iterable[Actor], cast: Cast) -> None:
        """Take the first person with a full name for the one who answers in an interview."""
        if self.guest is None:
            people = [
                one for one in actors if one.kind == "unknown" and one.speaks and " " in one.name
            ]
            self.guest = people[0].name if people else None

    def whole(self, name: str) -> str:
        """The full name for a surname; the name itself where none is known."""
        return self.full.get(name.split()[-1].lower(), name) if len(name.split()) == 1 else name

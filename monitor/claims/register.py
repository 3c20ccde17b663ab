"""The people and organisations of one text, by the short names that it uses for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.claims.actors import Cast
from monitor.claims.lexicon import words_of
from monitor.claims.saying import PEOPLE, TITLES
from monitor.claims.sentence import Actor, Sentence

_ORGANISATION = words_of("""
    capital partners securities research bank group inc corp ltd llc plc fund funds asset assets
    management advisors advisers associates university institute college school analytics data
    markets technologies technology systems labs lab ai media news times post journal wire press
    tribune herald gazette standard daily weekly review magazine council committee commission
    association ministry agency exchange index party union street holdings investments ventures
    energy semiconductor electronics international global insurance trust foundation center centre
    board department office society club court tower app apps store chip chips power economics
    consulting intelligence sciences brokers brokerage wealth equity equities software cloud
    networks motors & records
""")
RECENT = 4  # sentences in which "it" and "the firm" can be the organisation quoted last
DESCRIBED = 7  # words behind a name in which "..., a manager at Corvane" shows a person


@dataclass(slots=True)
class Register:
    """The names of a text, to give a surname or a pronoun its person."""

    full: dict[str, str] = field(default_factory=dict)  # last word of a name -> the whole name
    first: dict[str, str] = field(default_factory=dict)  # first word of a name -> the whole name
    people: set[str] = field(default_factory=set)  # the names of persons
    person: str | None = None  # who spoke or was named last
    source: str | None = None  # the organisation that was quoted last
    quoted: int = 0  # the sentence of its quotation
    several: str = ""  # the people without a name that were quoted last: "experts"
    counted: int = 0  # the sentence of their words
    here: int = 0  # the sentence that is being read
    known: frozenset[str] = frozenset()  # the configured names
    groups: dict[str, str] = field(default_factory=dict)  # "council" -> "business council"
    hosts: set[str] = field(default_factory=set)  # who says "I'm ..." of himself
    guest: str | None = None  # who answers in an interview

    def learn(self, sentences: Iterable[Sentence], cast: Cast) -> None:
        """Take in the names of a text."""
        self.known = frozenset(one.name for one in cast.by_key.values())
        alone: set[str] = set()
        long: list[str] = []
        for sentence in sentences:
            for actor in sentence.actors:
                if actor.entity is not None:
                    if "person" in cast.roles[actor.entity]:
                        self._add(actor.name)
                        self.people.add(actor.name)
                elif actor.kind == "unknown":
                    self._meet(sentence, actor, alone, long)
        for name in long:
            words = name.lower().split()
            if (words[-1] in alone or words[0] in alone) and _ORGANISATION.isdisjoint(words):
                self.people.add(name)

        if self.guest is None:
            whole = [one for one in long if one in self.people]
            plain = [one for one in long if _ORGANISATION.isdisjoint(one.lower().split())]
            self.guest = next(iter((*whole, *plain)), None)

    def _meet(self, sentence: Sentence, actor: Actor, alone: set[str], long: list[str]) -> None:
        name = without_title(actor.name)
        words = name.split()
        titled = len(words) < len(actor.name.split())
        before = sentence.words[actor.first - 1] if actor.first else ""
        if len(words) == 1:
            alone.add(name.lower())
            if before in ("i'm", "am"):
                self.hosts.add(name.lower())
            if (before in TITLES or titled) and before not in ("u.s", "uk", "us"):
                self.people.add(self.whole(name))
            return
        self._add(name)
        long.append(name)
        if _ORGANISATION.isdisjoint(name.lower().split()) and (
            actor.speaks or titled or _is_described(sentence, actor)
        ):
            self.people.add(name)
            if before in ("i'm", "am"):
                self.hosts.update(name.lower().split())
            elif self.guest is None:
                self.guest = name

    def _add(self, name: str) -> None:
        words = name.split()
        self.full.setdefault(words[-1].lower(), name)
        self.first.setdefault(words[0].lower(), name)

    @property
    def party(self) -> str | None:
        """The organisation quoted last; None: none was, or what was quoted may be a person."""
        name = self.source
        if name is None or self.here - self.quoted > RECENT:
            return None
        return None if name in self.people else name

    @property
    def recent_several(self) -> str:
        """Whom "they" can be; empty: nobody was quoted in this sentence or the one before."""
        return self.several if self.here - self.counted <= 1 else ""

    def group(self, name: str) -> str:
        """The fuller name by which the text called the same group before: "the council"."""
        words = name.lower().split()
        known = self.groups.setdefault(words[-1], name)
        return known if len(words) == 1 else name

    def whole(self, name: str) -> str:
        """The full name for a surname or a first name; the name itself where none is known."""
        if " " in name:
            return name
        known = self.full.get(name.lower())
        if known is None:
            given = self.first.get(name.lower(), name)
            known = given if given in self.people else name
        return known


def _is_described(sentence: Sentence, actor: Actor) -> bool:
    """Whether words around a name show a person: "analyst Kim Lee", "Kim Lee, a manager"."""
    words = sentence.words
    if actor.first and words[actor.first - 1] in PEOPLE:
        return True
    behind = words[actor.last + 1 : actor.last + 1 + DESCRIBED]
    return len(behind) > 2 and behind[0] in (",", "(") and not PEOPLE.isdisjoint(behind[1:])


def without_title(name: str) -> str:
    """The name without titles and offices in front; all capitals are read as a name."""
    words = name.split()
    offices = [at for at, word in enumerate(words[:-1]) if word.lower().rstrip(".,") in TITLES]
    if offices and (offices[0] == 0 or len(words) - offices[-1] > 2):
        words = words[offices[-1] + 1 :]
    if all(word.isupper() and len(word) > 2 for word in words):
        words = [word.title() for word in words]
    return " ".join(words)

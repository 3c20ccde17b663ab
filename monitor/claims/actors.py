"""Who a sentence names: configured entities, strangers, nominals and pronouns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from monitor.claims.lexicon import fold, words_of
from monitor.claims.sentence import Actor, Sentence
from monitor.rules.entities import Entities, Entity

ANY = "any"  # role of a name nobody configured: it competes for everything

# Capitalised words that name no party of the kind that owns a figure.
_NO_NAME = words_of("""
    downloads hopper-generation hoppers installs estimates rs foreign yankee furthermore method
    sell buy hold neutral imagine january february march april may june july august september
    october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday
    wednesday thursday friday saturday sunday mon tue wed thu fri sat sun i i'm i'd i've we you he
    she it they the a an this that these those in on at by for of from to and but or if as with
    its his her their our my your there here what who when where why how not no yes so yet then
    now today yesterday tomorrow both all some many most one two three four five six seven eight
    nine ten after before since while despite although though because during until according
    however meanwhile still also even only just once earlier later last next first second third
    total u.s us uk u.k eu e.u american america americans chinese china china's european europe
    japanese japan korean korea british britain german germany german-listed french france dutch
    indian india taiwanese taiwan western asian asia african russian russia swiss israeli canadian
    australian australia united states kingdom new york london tokyo paris frankfurt amsterdam
    hangzhou beijing shanghai shenzhen hong kong singapore mumbai washington texas california
    silicon valley wall street white house congress senate parliament commons lords ai a.i llm
    llms gpu gpus cpu api apis ceo cfo cto et gmt est pm am ist mr mrs ms dr sir lord lady
    president prime minister chancellor secretary senator representative ios android internet
    covid q1 q2 q3 q4 fy etf etfs ipo gdp usd eur cny rmb inr gbp jpy dollar dollars euro euros
    yuan lunar christmas easter sputnik super bowl moore's correction update live breaking news
    google's android's app store stores play free top charts chart h100 h100s h800 h800s h20 h20s
    a100 a100s a800 hopper blackwell gpt reuters bloomberg afp ap cnbc bbc nyse xetra xtra state
    street cuda advertisement advertisements photo source sources read table chart graph graphic
    note editor's bonus north south east west northern southern city bay lane road tech technology
    big it's that's what's there's here's let's he's she's don't didn't isn't wasn't doesn't never
    nothing nobody everybody everyone someone somebody anyone none another each every few several
    such nor either neither whether perhaps maybe indeed instead rather well ok okay oh ah dear
    listen look right sure question q fact ask asked add take think consider suppose given founded
    established based set launched built shares stock stocks markets market investors traders
    analysts experts officials researchers engineers developers reports report people power chip
    chips data training staff employees headcount workforce parameters cost price budget value
    losses loss record futures index indices sector companies company firm group figures numbers
    number day week month year morning afternoon evening night closing opening looking elsewhere
    among across about above under over within without between against through out off down up
    more less than nearly almost around roughly some much too very can could will would may might
    must should shall do does did done is are was were be been being has have had having get got
    make made
""")
_TITLES = words_of("""
    mr mrs ms dr sir lord lady prof professor president baroness dame representative senator
""")
_NOBLE = words_of("lord lady sir dame baroness baron earl")
_INNER = words_of("""
    of de van von & der la al
""")
_THINGS = words_of("it they them itself")
_OF_THINGS = words_of("its their whose")
_PEOPLE = words_of("he she")
_OF_PEOPLE = words_of("his her")
_PRONOUNS: Mapping[str, tuple[str, bool]] = {
    word: (role, possessive)
    for group, role, possessive in (
        (_THINGS, "thing", False),
        (_OF_THINGS, "thing", True),
        (_PEOPLE, "person", False),
        (_OF_PEOPLE, "person", True),
    )
    for word in group
}
# Nominals that mean the party the text is about, by the roles they can stand for.
_SHARE_WORDS = words_of("""
    stock shares share stocks paper adrs
""")
_FIRM_WORDS = words_of("""
    company firm group business outfit corporation manufacturer giant titan maker owner issuer
    enterprise name
""")
_POINTERS = words_of("""
    the this that its their his her whose
""")
_AFTER_STOCK = words_of("""
    market markets exchange exchanges index indexes indices futures options buyback buybacks
""")
_DETERMINER_REACH = 4  # words between "the" and the noun: "the small Chinese AI lab"


class Cast:
    """The configured entities, ready to be found in sentences."""

    def __init__(self, entities: Entities) -> None:
        self.by_key: dict[str, Entity] = {entity.key: entity for entity in entities.entity}
        self.roles: dict[str, frozenset[str]] = {
            entity.key: frozenset(entity.roles) for entity in entities.entity
        }
        self.owners: dict[str, tuple[str, ...]] = {key: self._line(key) for key in self.by_key}
        self.patterns: list[tuple[str, str, str]] = []  # pattern, "name"/"nominal"/"ticker", key
        for entity in entities.entity:
            for alias in (entity.name, *entity.aliases):
                self.patterns.append((alias, "name", entity.key))
            for ticker in entity.tickers:
                self.patterns.append((ticker, "ticker", entity.key))
            for nominal in entity.nominals:
                self.patterns.append((nominal, "nominal", entity.key))

    def _line(self, key: str) -> tuple[str, ...]:
        line = [key]
        while (parent := self.by_key[line[-1]].of) is not None and parent not in line:
            line.append(parent)
        return tuple(line)

    def belongs(self, key: str, subjects: Iterable[str]) -> str | None:
        """The subject that the entity is, or is part of; None: it belongs to none of them."""
        line = self.owners.get(key, ())
        wanted = set(subjects)
        return next((one for one in line if one in wanted), None)


def find_actors(
    sentence: Sentence,
    text: str,
    cast: Cast,
    groups: Mapping[int, Sequence[tuple[str, str]]],
    verbs: Sequence[int],
) -> tuple[Actor, ...]:
    """The actors of a sentence in order. ``groups``: hit group -> (kind, entity key) pairs."""
    found: list[Actor] = []
    taken: set[int] = set()
    named = []
    for group in sentence.groups & groups.keys():
        for place in sentence.hits.get(group, ()):
            named.append((place, groups[group]))
    named.sort(key=lambda item: (item[0][0] - item[0][1], item[0][0], item[1]))
    for place, targets in named:
        if any(position in taken for position in range(place[0], place[1] + 1)):
            continue
        if _is_venue(sentence, place):
            taken.update(range(place[0], place[1] + 1))
            continue
        actor = _configured(sentence, text, cast, place, targets)
        if actor is not None:
            found.append(actor)
            taken.update(range(place[0], place[1] + 1))
    found.extend(
        _speaking(sentence, one, verbs[0]) for one in _strangers(sentence, text, taken, verbs)
    )
    found.extend(_speaking_pointer(sentence, one, verbs[0]) for one in _pointers(sentence, taken))
    found.sort(key=_first)
    return tuple(one for at, one in enumerate(found) if not _in_apposition(found, at))


def _in_apposition(found: Sequence[Actor], at: int) -> bool:
    """Whether a noun only describes the name behind it: "chipmaker ASML"."""
    one = found[at]
    if one.kind != "nominal":
        return False
    following = found[at + 1] if at + 1 < len(found) else one
    if following.kind in ("name", "unknown") and following.first == one.last + 1:
        return True
    named_before = at > 0 and found[at - 1].kind in ("name", "unknown")
    return one.entity is None and named_before and found[at - 1].last + 1 == one.first


def _first(actor: Actor) -> int:
    return actor.first


def _configured(
    sentence: Sentence,
    text: str,
    cast: Cast,
    place: tuple[int, int],
    targets: Sequence[tuple[str, str]],
) -> Actor | None:
    start, end = sentence.starts[place[0]], sentence.ends[place[1]]
    seen = text[start:end]
    for kind, key in targets:
        entity = cast.by_key[key]
        if kind == "ticker" and not seen.split("'")[0].isupper():
            continue
        if kind == "name" and not _written_as_name(seen, entity):
            continue
        if kind == "nominal" and not _pointed_at(sentence, place[0]):
            continue
        possessive = sentence.words[place[1]].endswith(("'s", "s'"))
        negated = place[0] > 0 and sentence.words[place[0] - 1] == "not"
        name = _bare(seen) if entity.each else entity.name
        kind = "nominal" if kind == "nominal" else "name"
        roles = cast.roles[key]
        return Actor(*place, start, end, kind, name, key, roles, possessive, negated=negated)
    return None


_VENUE_FOLLOWS = words_of("trading trade listing listed listings exchange traded")


def _is_venue(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Whether the name is where shares trade: "in Nasdaq trading", "New York Stock Exchange"."""
    before = sentence.words[place[0] - 1] if place[0] else ""
    after = sentence.words[place[1] + 1] if place[1] + 1 < len(sentence.words) else ""
    return after in _VENUE_FOLLOWS or before == "exchange"


def _written_as_name(seen: str, entity: Entity) -> bool:
    """Whether the spelling in the text has the capital that the configured name has."""
    if seen[:1].isupper():
        return True
    lower = fold(seen).removesuffix("'s")
    return any(
        alias[:1].islower() and fold(alias) == lower for alias in (entity.name, *entity.aliases)
    )


def _pointed_at(sentence: Sentence, first: int, owned: bool = False) -> bool:
    """Whether "the" or "this" stands before the noun, or it opens the sentence.

    ``owned``: what is answered where a possessive stands there: "its model" is its owner's.
    """
    if first == 0:
        return True
    for position in range(first - 1, max(-1, first - 1 - _DETERMINER_REACH), -1):
        word = sentence.words[position]
        if word in _OF_THINGS or word in _OF_PEOPLE or word.endswith(("'s", "s'")):
            return owned
        if word in _POINTERS or word in ("a", "an"):
            return True
        if not word[0].isalpha():
            return False
    return first <= _DETERMINER_REACH


def _strangers(sentence: Sentence, text: str, taken: set[int], verbs: Sequence[int]) -> list[Actor]:
    """Names that nobody configured: runs of capitalised words."""
    found: list[Actor] = []
    count = len(sentence.words)
    position = 0
    shouting = _shouting(sentence, text) or _in_title_case(sentence, text, verbs)
    while position < count:
        if (
            position in taken
            or shouting
            or not (
                _name_word(sentence, text, position)
                or (position == 0 and _moves(sentence, text, verbs))
            )
        ):
            position += 1
            continue
        last = position
        while last + 1 < count and last + 1 not in taken:
            if _name_word(sentence, text, last + 1, inside=True) and _touching(
                sentence, text, last
            ):
                last += 1
            elif (
                sentence.words[last + 1] in _INNER
                and last + 2 < count
                and last + 2 not in taken
                and _name_word(sentence, text, last + 2, inside=True)
            ):
                last += 2
            else:
                break
        titled = position - 1 if position and sentence.words[position - 1] in _NOBLE else position
        start, end = sentence.starts[titled], sentence.ends[last]
        possessive = sentence.words[last].endswith(("'s", "s'"))
        name = _person_of(text[start:end])
        found.append(
            Actor(
                position,
                last,
                start,
                end,
                "unknown",
                _bare(name),
                None,
                frozenset([ANY]),
                possessive,
            )
        )
        taken.update(range(position, last + 1))
        position = last + 1
    return found


_SPEAKER_REACH = 14  # "Ravi Mehrotra of Loomer Capital, who runs its fund, thinks"


def _speaking(sentence: Sentence, stranger: Actor, say: int) -> Actor:
    """The stranger, marked where it is a person, or a word of saying goes with the name."""
    heads = sentence.words[stranger.last + 1 : stranger.last + 2] == [":"]
    if _is_person(sentence, stranger) or (heads and stranger.first <= LABEL_REACH):
        return replace(stranger, speaks=True)
    place = (stranger.first, stranger.last)
    for verb in sentence.hits.get(say, ()):
        after = verb[0] > stranger.last and sentence.distance(place, verb) <= _SPEAKER_REACH
        figures = sentence.spots.values()
        if after and any(0 < one[0] - verb[1] <= 2 for one in figures):
            continue  # "Infineon added 2.4 %"
        near = verb[0] - stranger.last <= 2 or " " in stranger.name
        if after and near and not _numbers_between(sentence, stranger.last, verb[0]):
            return replace(stranger, speaks=True)
        to = sentence.words[verb[1]] == "to"  # according to
        if 0 < stranger.first - verb[1] <= (9 if to else 3):
            return replace(stranger, speaks=True)
    return stranger


LABEL_REACH = 3  # words before a name that is a line's head: "14:05 MAYA: ..."
_PERSON_NOUNS = words_of("""
    analyst economist strategist investor manager executive boss founder co-founder professor
    minister senator representative author researcher scientist engineer trader president
    secretary chairman chief ceo director partner consultant lawyer columnist journalist expert mr
    mrs ms dr sir lord lady baroness dame prof colleague officer head veteran billionaire
    capitalist commissioner congressman congresswoman spokesman spokeswoman spokesperson
""")


def _speaking_pointer(sentence: Sentence, pointer: Actor, say: int) -> Actor:
    """The pronoun, marked where it only says something: "they said that a trillion was lost"."""
    if pointer.kind != "pronoun" or pointer.possessive:
        return pointer
    for verb in sentence.hits.get(say, ()):
        if 0 < verb[0] - pointer.last <= 2 and not any(
            0 < one[0] - verb[1] <= 2 for one in sentence.spots.values()
        ):
            return replace(pointer, speaks=True)
    return pointer


def _is_person(sentence: Sentence, stranger: Actor) -> bool:
    before = sentence.words[stranger.first - 1] if stranger.first else ""
    if before in _PERSON_NOUNS or sentence.words[stranger.first] in _PERSON_NOUNS:
        return True
    behind = sentence.words[stranger.last + 1 : stranger.last + 8]
    return len(behind) > 2 and behind[0] == "," and not _PERSON_NOUNS.isdisjoint(behind)


def _numbers_between(sentence: Sentence, first: int, last: int) -> bool:
    return any(first < place[0] < last for place in sentence.spots.values())


def _person_of(name: str) -> str:
    """The person of "Ravi Mehrotra of Loomer Capital"; other names as they are."""
    person, of, _ = name.partition(" of ")
    return person if of and " " in person.strip() else name


def _bare(name: str) -> str:
    for ending in ("'s", "\u2019s"):
        name = name.removesuffix(ending)
    return " ".join(name.split())


def _touching(sentence: Sentence, text: str, position: int) -> bool:
    return "'s" not in sentence.words[position][-2:] and text[
        sentence.ends[position] : sentence.starts[position + 1]
    ].strip() in ("", ".")


_SHOUT = 0.6  # share of words in capitals from which a line is a headline, not names


def _shouting(sentence: Sentence, text: str) -> bool:
    letters = [p for p, word in enumerate(sentence.words) if word[0].isalpha() and len(word) > 3]
    if len(letters) < 4:
        return False
    capital = sum(text[sentence.starts[p] : sentence.ends[p]].isupper() for p in letters)
    return capital >= _SHOUT * len(letters) and capital > 4


def _in_title_case(sentence: Sentence, text: str, verbs: Sequence[int]) -> bool:
    """Whether verbs have a capital too: "Rout Wipes Off $1 Trillion"."""
    return any(
        place[0] > 0
        and text[sentence.starts[place[0]]].isupper()
        and sentence.words[place[0] - 1] not in _OPENING
        for group in verbs
        for place in sentence.hits.get(group, ())
    )


def _name_word(sentence: Sentence, text: str, position: int, inside: bool = False) -> bool:
    word = sentence.words[position]
    if not text[sentence.starts[position]].isupper():
        return False
    if len(word) < 2:
        return inside
    plain = word.removesuffix("'s")
    if inside:
        return plain not in _MONTHS_DAYS
    if plain in _NO_NAME:
        return False
    if position == 0 or sentence.words[position - 1] in _OPENING:
        return _opens_as_name(sentence, text, position)
    return True


def _moves(sentence: Sentence, text: str, verbs: Sequence[int]) -> bool:
    """Whether the word that opens the sentence is followed by a verb: "Infineon slid 4%"."""
    word = sentence.words[0]
    if word in _NO_NAME or not text[sentence.starts[0]].isupper() or len(word) < 3:
        return False
    return any(place[0] == 1 for group in verbs for place in sentence.hits.get(group, ()))


_OPENING = words_of('. : ( | " ? ! ; •')
_NAME_FOLLOWS = words_of("'s , ( + - | and & : is was has said says shares stock")


def _opens_as_name(sentence: Sentence, text: str, position: int) -> bool:
    """Whether a capital where any word would have one still shows a name."""
    word = sentence.words[position]
    if word.endswith("'s") or (
        text[sentence.starts[position] : sentence.ends[position]].isupper() and len(word) > 2
    ):
        return True
    if position + 1 >= len(sentence.words):
        return False
    after = sentence.words[position + 1]
    if text[sentence.starts[position + 1]].isupper() and after not in _NO_NAME:
        return True
    if word.endswith(_OPENER_ENDINGS):
        return False
    return after in _NAME_FOLLOWS or after[0].isdigit() or after.endswith(("ed", "es", "'s"))


_MONTHS_DAYS = words_of("""
    january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday
""")
_OPENER_ENDINGS = ("ing", "ly", "ed", "ions", "ers", "ists", "ness", "ment", "ments")


def _pointers(sentence: Sentence, taken: set[int]) -> list[Actor]:
    """Pronouns, and nouns such as "the company" or "the shares", still to be resolved."""
    found = []
    words = sentence.words
    for position, word in enumerate(words):
        if position in taken:
            continue
        pronoun = _PRONOUNS.get(word)
        if pronoun is not None:
            role, possessive = pronoun
            found.append(_pointer(sentence, position, "pronoun", role, possessive))
            continue
        plain = word.removesuffix("'s")
        following = words[position + 1] if position + 1 < len(words) else ""
        if plain in _SHARE_WORDS and following not in _AFTER_STOCK:
            if _pointed_at(sentence, position, owned=True) and not _owned(words, position):
                found.append(_pointer(sentence, position, "nominal", "shares", word != plain))
        elif plain in _FIRM_WORDS and _definite(words, position):
            found.append(_pointer(sentence, position, "nominal", "firm", word != plain))
    return found


def _definite(words: list[str], position: int) -> bool:
    for back in range(position - 1, max(-1, position - 1 - _DETERMINER_REACH), -1):
        if words[back] in ("the", "this", "that"):
            return True
        if not words[back][0].isalpha() or words[back].endswith("'s"):
            return False
    return False


def _owned(words: list[str], position: int) -> bool:
    """Whether the shares are said to be somebody's: "Nvidia's shares", "shares of Nvidia"."""
    after = words[position + 1] if position + 1 < len(words) else ""
    before = words[position - 1] if position else ""
    return (
        after in ("of", "in") or before.endswith("'s") or before in ("its", "his", "her", "their")
    )


def _pointer(sentence: Sentence, position: int, kind: str, role: str, possessive: bool) -> Actor:
    start, end = sentence.starts[position], sentence.ends[position]
    return Actor(
        position,
        position,
        start,
        end,
        kind,
        sentence.words[position],
        None,
        frozenset([role]),
        possessive,
    )

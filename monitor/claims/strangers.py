"""Names that nobody configured, and which of them are people who speak."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.claims.lexicon import words_of
from monitor.claims.sentence import Actor, Sentence

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
_NOBLE = words_of("lord lady sir dame baroness baron earl")
_INNER = words_of("""
    of de van von & der la al
""")


def strangers(sentence: Sentence, text: str, taken: set[int], verbs: Sequence[int]) -> list[Actor]:
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
                bare(name),
                None,
                frozenset([ANY]),
                possessive,
            )
        )
        taken.update(range(position, last + 1))
        position = last + 1
    return found


_SPEAKER_REACH = 14  # "Ravi Mehrotra of Loomer Capital, who runs its fund, thinks"


def speaking(sentence: Sentence, stranger: Actor, say: int) -> Actor:
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
            if not to and _is_told_of(sentence, stranger, verb):
                continue
            return replace(stranger, speaks=True)
    return stranger


def _is_told_of(sentence: Sentence, stranger: Actor, verb: tuple[int, int]) -> bool:
    """Whether a name behind a word of saying is what is said: "said that Kestrel recalled"."""
    words = sentence.words
    between = words[verb[1] + 1 : stranger.first]
    said_by = verb[0] > 0 and words[verb[0] - 1][0].isalpha()
    if not (said_by or "that" in between) or not _PLACING.isdisjoint(between):
        return False
    behind = words[stranger.last + 1 : stranger.last + 2]
    return bool(behind) and (behind[0] in _DOES or behind[0].endswith("ed"))


_PLACING = words_of("in at near from around")
_DOES = words_of("is was has had have will would are were sold lost made cut fell rose")


LABEL_REACH = 3  # words before a name that is a line's head: "14:05 MAYA: ..."
_PERSON_NOUNS = words_of("""
    analyst economist strategist investor manager executive boss founder co-founder professor
    minister senator representative author researcher scientist engineer trader president
    secretary chairman chief ceo director partner consultant lawyer columnist journalist expert mr
    mrs ms dr sir lord lady baroness dame prof colleague officer head veteran billionaire
    capitalist commissioner congressman congresswoman spokesman spokeswoman spokesperson
""")


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


def bare(name: str) -> str:
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
    if plain in _NO_NAME or plain.endswith(_PLACED) or plain.endswith(_CONTRACTED):
        return False
    if position == 0 or sentence.words[position - 1] in _OPENING:
        return _opens_as_name(sentence, text, position)
    return True


def _moves(sentence: Sentence, text: str, verbs: Sequence[int]) -> bool:
    """Whether the word that opens the sentence is followed by a verb: "Infineon slid 4%"."""
    word = sentence.words[0]
    if word in _NO_NAME or not text[sentence.starts[0]].isupper() or len(word) < 3:
        return False
    if word.endswith(_ABSTRACT):
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
# "Hangzhou-based" describes a party, "They've" is none.
_PLACED = ("-based", "-listed", "-traded", "-backed", "-born", "-owned", "-led", "-made", "-style")
_CONTRACTED = ("'ve", "'re", "'ll", "'d", "n't", "\u2019ve", "\u2019re", "\u2019ll", "\u2019d")
_ABSTRACT = ("ment", "ments", "ness", "ions", "ists")  # "Containment rose", but "Boeing slid"
_OPENER_ENDINGS = ("ing", "ly", "ed", "ions", "ers", "ists", "ness", "ment", "ments")

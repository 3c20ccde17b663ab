"""Lines that say who speaks: "MAEVE: ...", "@handle: ...", "**Bernstein.** ...", "Q:"."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from monitor.claims.letters import letters
from monitor.claims.lexicon import words_of
from monitor.claims.naming import OUTLET
from monitor.claims.register import Register, without_title
from monitor.claims.saying import HOSTS, VERBS

_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(
    r"[\s>*_\-\u2022\u2013\u2014]{0,8}(?:\d{1,2}[:.]\d\d\s+)?"
    r"(?P<name>@?[^\W\d_][\w.'\u2019\-&]{0,30}(?: [\w.'\u2019\-&]{1,20}){0,4})"
    r"(?: ?\([^)\n]{0,60}\)|, [^:\n.]{0,60})?[*_]{0,2}:[*_]{0,2}\s+(?=\S)"
)
_HEADING = re.compile(
    r"\s{0,3}\*\*(?:The )?(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov)\. )?"
    r"[^\W\d_][\w'\u2019\-&]{0,20}(?: [\w.'\u2019\-&]{1,20}){0,4}?)"
    r"(?: ?\([^)\n]{0,60}\))?[.:]?\*\*[.:]?\s+(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]+")
_ASKED = re.compile(r"\s{0,3}(?:\*\*[^\n]*\?\**|Q[:.][^\n]*|[^\n]{8,200}\?)\s*$")
NO_SPEAKER = words_of("""
    confirmed reported denied disputed foundation size people comment myth effect market claim note
    notes correction clarification update updates source sources photo fact summary price close open
    change link table advertisement editor's read watch related share topline verdict rating result
    question date time subject re from to cc ps p.s nb erratum market prediction step day week
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december today yesterday edit part chapter rule lesson
    myth item number figure headline standfirst caption spending technology contact tip bottom
    background context forecast forecasts what why how when where the in on at as and but so also
    one two three four five again first second third shares stocks indices movers losers rumor
    rumour bonus overnight hearing reminder points talking markets market-wrap winners rumors
    rumours hardware models origins staff premarket after-hours lead pros cons bull bear prediction
    setup background key details numbers verdict buy sell hold opinion analysis exhibit example
    meanwhile still true false yes no remember conclusion answer
""")
HEAD = 80  # characters in which a colon shows that a line has a head of its own
ASKER = 2  # turns with a question, if they are two of three, that show who asks in an interview
MANY = 3  # lines with a label, or questions, from which a text is a conversation or a digest


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of one speaker: characters ``start`` to ``end`` of the text."""

    start: int
    end: int
    speaker: str
    kind: str  # "turn": a name and a colon; "letter"; "answer": an interview's guest; "asked"


class Turns:
    """The turns of a text."""

    def __init__(self, text: str, register: Register, topics: frozenset[str]) -> None:
        """``topics``: names in small letters that head a line as its subject, not its speaker."""
        signed = [Turn(start, end, name, "letter") for start, end, name in letters(text)]
        self._turns = signed or _turns(text, register, topics)
        self._starts = [one.start for one in self._turns]

    def at(self, position: int) -> Turn | None:
        """The turn in which a place lies; None: in none."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._turns[index].end:
            return None
        return self._turns[index]


def _turns(text: str, register: Register, topics: frozenset[str]) -> list[Turn]:
    lines = [(one.start(), one.end()) for one in _LINE.finditer(text)]
    headings = Counter(
        heading["name"] for line in lines if (heading := _HEADING.match(text, *line)) is not None
    )
    repeated = {name for name, count in headings.items() if count > 1}
    labels = [_label(text, *line, repeated) for line in lines]
    labels = [("", at) if name.lower() in topics else (name, at) for name, at in labels]
    counts = Counter(name for name, _ in labels if name)
    asked = [bool(_ASKED.match(text, *line)) for line in lines]
    interview = register.guest is not None and _is_interview(text, lines, asked)
    conversation = sum(counts.values()) >= MANY
    questions = Counter(
        name for (name, _), line in zip(labels, lines, strict=True) if "?" in text[slice(*line)]
    )
    askers = {
        name
        for name, count in questions.items()
        if count >= ASKER and count * 3 >= counts[name] * 2
    }
    found: list[Turn] = []
    for (start, end), (name, mark), question in zip(lines, labels, asked, strict=True):
        if name and (conversation or _is_speaker(name, register)):
            speaker = OUTLET if name in askers else _speaker(name, register)
            found.append(Turn(mark, _bold_end(text, start, mark, end), speaker, "turn"))
        elif question and interview:
            found.append(Turn(start, end, OUTLET, "asked"))
        elif interview and found and found[-1].kind in ("asked", "answer"):
            found.append(Turn(start, end, register.guest or OUTLET, "answer"))
        elif ":" in text[start : start + HEAD]:
            person = _person_in(text[start : text.index(":", start)], register)
            if person:
                found.append(Turn(start, end, person, "turn"))
        elif conversation and found and found[-1].kind == "turn" and _goes_on(counts, lines):
            found.append(Turn(start, end, found[-1].speaker, "turn"))
    return found


_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I\u2019m|I've|I\u2019ve|I'd|we|We|my|My|our|Our)\b")


def _is_interview(text: str, lines: Sequence[tuple[int, int]], asked: Sequence[bool]) -> bool:
    """Whether questions alternate with answers in the first person; else they are a page's own."""
    if sum(asked) < MANY or sum(asked) * 2 > len(lines) + 1:
        return False
    answers = [line for line, question in zip(lines, asked, strict=True) if not question]
    personal = sum(bool(_FIRST_PERSON.search(text, *line)) for line in answers)
    return personal >= ASKER and personal * 3 >= len(answers)


def _bold_end(text: str, start: int, mark: int, end: int) -> int:
    """Where a turn ends whose line begins in bold, as a headline above its own report does."""
    if text[start : start + 2] != "**" or "**" in text[start + 2 : mark]:
        return end
    closed = text.find("**", mark, end)
    return closed if closed > 0 else end


def _person_in(head: str, register: Register) -> str | None:
    """The person whom the head of a line names: "Contrarian of the day, Pim Hoekstra"."""
    return next((name for name in register.people if name in head), None)


def _goes_on(counts: Counter[str], lines: Sequence[tuple[int, int]]) -> bool:
    """Whether most lines have a label, so that one without goes on with the last."""
    return sum(counts.values()) * 2 >= len(lines)


def _label(text: str, start: int, end: int, repeated: Container[str]) -> tuple[str, int]:
    """The name in front of a line, and where its words begin; an empty name: there is none."""
    heading = _HEADING.match(text, start, end)
    match = heading or _LABEL.match(text, start, end)
    if match is None or (heading is not None and not _speaks(text, heading, repeated)):
        return "", start
    if not HOSTS.isdisjoint(match.group()[len(match["name"]) :].lower().strip(" :*)").split()):
        return "host", match.end()
    name = match["name"].removeprefix("@").rstrip(".")
    words = name.split()
    if not NO_SPEAKER.isdisjoint(word.lower().strip(".,") for word in words):
        return "", start
    capital = all(
        word[0].isupper() or word in ("of", "de", "van", "von", "&", "and") for word in words
    )
    return (name, match.end()) if capital or len(words) == 1 else ("", start)


def _speaks(text: str, heading: re.Match[str], repeated: Container[str]) -> bool:
    """Whether a heading in bold names who says what follows: "**Oakhanger.** Sees ..."."""
    if "(" in heading.group() or heading.group().rstrip().endswith(":**"):
        return True
    if heading["name"] in repeated:
        return True  # a transcript: "**Dr. Marlowe.** Thank you, Senator."
    word = _WORD.match(text, heading.end())
    return word is not None and word.group().lower() in VERBS


def _is_speaker(name: str, register: Register) -> bool:
    whole = register.whole(without_title(name))
    return whole in register.people or "_" in name or name == "host"


def _speaker(name: str, register: Register) -> str:
    if name.lower() == "a" and register.guest:
        return register.guest
    if name.lower() in HOSTS or not register.hosts.isdisjoint(name.lower().split()):
        return OUTLET
    return register.whole(without_title(name))

"""Clauses of a sentence: what a verb of saying covers, and when such a word says nothing."""

from collections.abc import Sequence

from monitor.claims.english import phrases
from monitor.claims.lexicon import words_of
from monitor.claims.saying import DETERMINERS, NOUNS, PREPOSITIONS, STARTERS, VERBS

_TRUSTED = frozenset(("trusted", "believed", "relied"))
_VIEWS = words_of("view opinion eyes words judgement judgment reckoning estimation telling account")
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "isn't", "wasn't", "aren't"))
RELATIVE = 6  # words from "who" to the verb of its clause


def is_noun(word: str) -> bool:
    """Whether the last word of a phrase can be a noun: no participle, adverb or adjective."""
    return word not in DETERMINERS and not word.endswith(
        ("ed", "ing", "ly", "ive", "ous", "al", "ble")
    )


def is_passive(words: Sequence[str], at: int) -> bool:
    """Whether the verb is a participle behind a form of "be": "couldn't be confirmed"."""
    if words[at].endswith("ing"):
        return False
    back = at - 1
    while back >= 0 and (
        words[back].endswith("ly") or words[back] in ("also", "not", "now", "often")
    ):
        back -= 1
    return back >= 0 and words[back] in _BE


_NOUNLIKE = NOUNS | words_of("""
    project projects price prices list lists promise promises question questions doubt doubts value
    values label brand quote quotes
""")
_PLURAL = STARTERS | frozenset(("people", "media", "staff", "police", "they"))


def agrees(words: Sequence[str], end: int, at: int) -> bool:
    """Whether a word that is a noun as well can be the verb of its subject: "analysts project"."""
    if words[at] not in _NOUNLIKE or words[at].endswith(("ed", "ing")) or end != at - 1:
        return True
    plural = words[end].endswith("s") or words[end] in _PLURAL
    return plural != words[at].endswith("s")


def describes_noun(words: Sequence[str], at: int) -> bool:
    """Whether the word stands before a noun: "a disbelieving crowd", "of listed firms"."""
    return at > 0 and (words[at - 1] in DETERMINERS or words[at - 1] in PREPOSITIONS - {"to"})


_SILENT = frozenset(("respond", "comment", "reply", "answer", "elaborate", "mention", "say"))


def says_nothing(words: Sequence[str], at: int) -> bool:
    """Whether nothing is said: "did not respond", "all told", "couldn't be confirmed"."""
    before = words[at - 1] if at else ""
    if is_passive(words, at) or describes_noun(words, at):
        return True
    if words[at] in _SILENT and (before in ("not", "to") or before.endswith("n't")):
        return True
    return before == "all" and words[at] == "told"


# Phrases behind which a source stands.
_LEADS = tuple(
    tuple(one.split())
    for one in phrases("""
        according to, as per, as reported by, as cited by, as told to, in accordance with,
        in words of, if you go by, if you trust, if you believe, if you credit, if you ask
    """)
)
_PER = words_of("cent share day year million head hour month week")


def source_start(words: Sequence[str], at: int) -> int:
    """Where the source begins behind "according to" and its like; 0: it is none of them."""
    for lead in _LEADS:
        if tuple(words[at : at + len(lead)]) == lead:
            return at + len(lead)
    word, following = words[at], words[at + 1 : at + 4]
    if word == "per" and following and following[0] not in _PER:
        return at + 1
    if word == "in" and len(following) > 2 and following[1] in _VIEWS and following[2] == "of":
        return at + 4
    return at + 1 if word == "if" and _is_trusted(words[at + 2 : at + 10]) else 0


def _is_trusted(behind: Sequence[str]) -> bool:
    """Whether a condition is that its source is right: "if the registry is to be trusted"."""
    return not _TRUSTED.isdisjoint(behind) or ("is" in behind and "right" in behind)


def in_whose_eyes(words: Sequence[str], at: int) -> int:
    """Where "him" stands in "For him, ..." and "is to him "a joke\\""; 0: it is none of them."""
    if words[at] not in ("for", "to") or words[at + 1 : at + 2] not in _EYES:
        return 0
    opens = at == 0 or words[at - 1] in (",", ";", ":", '"')
    closed = words[at + 2 : at + 3] == [","]
    said = at > 0 and words[at - 1] in _BE and words[at + 2 : at + 3] == ['"']
    return at + 1 if (opens and closed) or said else 0


_EYES = (["him"], ["her"], ["them"])
_WHEN = words_of("""
    on in at late early yesterday today monday tuesday wednesday thursday friday saturday sunday
""")
SAID_WHEN = 6  # words of "said on Monday in a note" up to its mark
CLOSED = 9  # words of a subject between a comma and its verb


def _closes(words: Sequence[str], verb: int) -> bool:
    """Whether a saying with its day only closes a sentence: "..., an aide said on Monday."."""
    behind = words[verb + 1 : verb + 1 + SAID_WHEN]
    end = next((at for at, word in enumerate(behind) if word in ',.;"'), None)
    if end is None or "that" in behind[:end]:
        return False
    return not {",", '"'}.isdisjoint(words[max(0, verb - CLOSED) : verb])


def beginning(words: Sequence[str], verb: int) -> int:
    """First word covered: all that stands before where the saying only closes or interrupts."""
    behind = words[verb + 1] if verb + 1 < len(words) else "."
    if behind in _WHEN and _closes(words, verb):
        return next((at + 1 for at in range(verb - 1, -1, -1) if words[at] == ";"), 0)
    if behind not in (",", ".", '"', ";", ")", "\u2014", "\u2013"):
        return verb + 1
    return next((at + 1 for at in range(verb - 1, -1, -1) if words[at] == ";"), 0)


def as_said(words: Sequence[str], verb: int) -> bool:
    """Whether the verb only names a source in passing: "as the paper says, ..."."""
    if words[verb + 1 : verb + 2] not in ([","], ["."], [")"], ["\u2014"]):
        return False
    opening = next(
        (at for at in range(verb - 2, max(-1, verb - CLOSED), -1) if words[at] == "as"), -1
    )
    return opening == 0 or (opening > 0 and words[opening - 1] in _BESIDE)


_BESIDE = frozenset((",", "(", "if", "\u2014"))


def relative_from(words: Sequence[str], verb: int) -> int:
    """First word of what a relative clause speaks of: "the 50,000 which SemiAnalysis estimated".

    The number of words of the sentence where the verb is in none.
    """
    for at in range(verb - 2, max(0, verb - OBJECT), -1):
        if words[at] in ("which", "that") and words[verb + 1 : verb + 2] != ["that"]:
            if words[at] == "that" and words[at - 1] in VERBS:
                break  # "alleged that executives knew"
            return max(0, at - ANTECEDENT)
    return len(words)


OBJECT = 6  # words from "which" to the verb behind its subject
ANTECEDENT = 6  # words from a number to the "which" that takes it up


def joined_from(words: Sequence[str], verb: int) -> int:
    """First word of the clause that "and" or a semicolon joins to what stands before it."""
    return next((at + 1 for at in range(verb - 1, -1, -1) if words[at] in (";", "and")), 0)


def end(words: Sequence[str], verb: int) -> int:
    """Last word that a saying covers: up to a semicolon, "but", "while", or its aside's end."""
    aside = not {"who", "which", "whose"}.isdisjoint(words[max(0, verb - RELATIVE) : verb])
    for at in range(verb + 1, len(words)):
        if words[at] in (";", "whereas", "while") or (words[at] == "but" and words[at - 1] == ","):
            return at - 1
        if aside and words[at] == ",":
            return at - 1
    return len(words) - 1


def clause_end(words: Sequence[str], start: int) -> int:
    """Last word that "DeepSeek's claim that ..." covers: up to the next comma."""
    return next(
        (at - 1 for at in range(start + 1, len(words)) if words[at] in (",", ";")), len(words) - 1
    )


def parted(words: Sequence[str], first: int, last: int) -> bool:
    return not {",", ";", ":", "(", "and"}.isdisjoint(words[first + 1 : last])

"""Which relation follows from what two texts share: every rule and threshold of the room.

Numbers in comments are of ../shared/data/stories/dev.jsonl, the half that may be read (see
docs/stories.md); tests/quality/test_stories.py holds what they achieve.
"""

from dataclasses import dataclass
from datetime import timedelta

from monitor.stories.compare import Comparison, Side
from monitor.types import Relation

# Shares of words, 0..1, that two versions of one text have in common though edits run all over it.
# A third of the sentences dropped and others put in leaves .29 of the longer and .59 of the shorter
# text; independent reports of one event have under .2.
EDITED_LOW, EDITED_SUM = 0.28, 0.85
EDITED_GAP, EDITED_GAPS = 0.45, 0.65  # the longest passage that one lacks, of its text; both's sum
EDITED_START = 0.25  # of a text, before what it shares: more is a text of its own
# In a teaser of less than SHORT words one phrase is the news and the rest may be the outlet's form
# ("Our daily letter tells you all about ..."): it must be nearly the same.
SHORT, SHORT_LOW, SHORT_REPLACED = 80, 0.6, 0.1
# A text whose words were replaced throughout keeps a third of them in runs, evenly spread, and its
# names and figures in their order.
SPUN_LOW, SPUN_GAP, SPUN_MARKS = 0.33, 0.25, 0.6
# Of the passages of four words: paragraphs in another order lose only those across their ends.
MOVED = 0.8
# A passage of so many words, and such a share of the shorter text, against another passage, and
# hardly anything else replaced: two articles with a passage in common, not one that was edited.
SWAP_WORDS, SWAP_SHARE, SWAP_ALONE = 75, 0.2, 0.8
WHOLE = 0.85  # of a text: all but a "Read more" or a credit
MOST = 0.75  # of a text: the rest is added or cut here and there, but no passage of its own
LEAD = 30  # words before an excerpt that still opens the text: a dateline, a byline, a summary
BODY = 0.6  # of a text: so much of it is no mere brief within a digest
PARTIAL_RUN, PARTIAL_SHARE = 25, 0.25  # words; of either text
# Of both texts, and words: a quotation shared by two reports stays below the one, forms of speech
# in two teasers below the other.
REWRITE_SHARE, REWRITE_WORDS = 0.2, 20
QUOTE_RUN = 12  # words
FORM_SHARE = 0.6  # of both texts: of one form
FORM_CHANGED = 0.5  # of the figures; a revised story keeps most of them, if it has many
FORM_CHANGED_TORN = 0.75  # where so much else differs that figures meet by chance
# Of the words: daily reports have .15 and more figures, stories .03 and at most .10; of 80 words a
# story has hardly room for so many.
FORM_FIGURES, FORM_FIGURES_SHORT = 0.12, 0.08
FORM_NAMES = 3  # other names that make two texts without any figure two texts of a form
FORM_LATER, FORM_LATER_FIGURES = timedelta(hours=18), 5  # the report of another day


@dataclass(frozen=True, slots=True)
class Decision:
    """A relation and the rule it follows from."""

    relation: Relation
    reason: str


_NOTHING = Decision("first", "too little in common")


def decide(facts: Comparison, apart: timedelta | None = None) -> Decision:
    """How one text relates to the other; ``apart`` is the time between their publications."""
    found = _merged(facts)
    if found is None:
        return _linked(facts)
    other = _other_facts(facts, apart)
    return Decision("template", other) if other else found


def decide_form(facts: Comparison) -> Decision:
    """The same for a text that is nothing but passages which several stories hold."""
    found = _merged(facts)
    if found is None:
        return _NOTHING
    is_changed = len(facts.changed) > FORM_CHANGED * facts.figures
    if facts.other_names or is_changed or _other_facts(facts, None):
        return Decision("template", "several stories have this form")
    if min(facts.mine.share, facts.theirs.share) < FORM_SHARE and facts.theirs.start > LEAD:
        return _NOTHING
    return found


def _merged(facts: Comparison) -> Decision | None:
    """The relation of two texts made from one, as far as their words tell; None: they are not."""
    mine, theirs = facts.mine, facts.theirs
    edited = is_edited(facts)
    if edited and min(mine.share, theirs.share) >= WHOLE:
        return _same(facts)
    # In a teaser one phrase is the news; the rest may be the outlet's form.
    is_torn = _is_short(facts) and facts.replaced > SHORT_REPLACED * _shorter(facts)
    enough = WHOLE if _is_short(facts) or is_swapped(facts) else MOST
    part, whole = (mine, theirs) if mine.share >= theirs.share else (theirs, mine)
    if part.share >= enough and not is_torn and (edited or _opens(whole)):
        if part is mine:
            return Decision("excerpt", "nearly all of it is in the other text")
        return Decision("contains", "it holds nearly all of the other text")
    if facts.anywhere >= MOVED:
        return Decision("copy", "the same passages in another order")
    return _same(facts) if edited else None


def is_swapped(facts: Comparison) -> bool:
    """Whether a passage of one stands against a passage of the other, and that is all."""
    words = max(SWAP_WORDS * facts.word, SWAP_SHARE * _shorter(facts))
    return facts.swapped >= words and facts.swapped >= SWAP_ALONE * facts.replaced


def is_edited(facts: Comparison) -> bool:
    """Whether one text was made from the other by edits all over it."""
    mine, theirs = facts.mine, facts.theirs
    shorter = _shorter(facts)
    low, high = sorted((mine.share, theirs.share))
    if _is_short(facts):
        return low >= SHORT_LOW and facts.replaced <= SHORT_REPLACED * shorter
    if is_swapped(facts) or mine.start > EDITED_START * mine.length:
        return False
    gaps = (mine.gap / mine.length, theirs.gap / theirs.length)
    gap = max(gaps)
    if (
        gap <= EDITED_GAP
        and sum(gaps) <= EDITED_GAPS
        and low >= EDITED_LOW
        and low + high >= EDITED_SUM
    ):
        return True
    return gap <= SPUN_GAP and low >= SPUN_LOW and facts.marks >= SPUN_MARKS


def _is_short(facts: Comparison) -> bool:
    return _shorter(facts) < SHORT * facts.word


def _shorter(facts: Comparison) -> int:
    return min(facts.mine.length, facts.theirs.length)


def _opens(whole: Side) -> bool:
    return whole.start <= LEAD or whole.share >= BODY


def _other_facts(facts: Comparison, apart: timedelta | None) -> str:
    """Why two texts of the same words report different things; empty if they don't."""
    if not facts.figures and facts.other_names >= FORM_NAMES:
        return "other names in the same words"
    alike = min(facts.mine.share, facts.theirs.share) >= FORM_SHARE
    if not facts.changed or len(facts.changed) < facts.figures * (
        FORM_CHANGED if alike else FORM_CHANGED_TORN
    ):
        return ""
    if facts.other_names:
        return "other names and figures in the same words"
    dense = FORM_FIGURES_SHORT if _is_short(facts) else FORM_FIGURES
    if facts.figures * facts.word >= dense * facts.shared:
        return "made of figures, and most of them differ"
    if apart and apart >= FORM_LATER and facts.figures >= FORM_LATER_FIGURES:
        return "the figures of another day"
    return ""


def _same(facts: Comparison) -> Decision:
    if facts.changed and min(facts.mine.share, facts.theirs.share) >= FORM_SHARE:
        return Decision("revision", "the same text with other figures")
    return Decision("copy", "the same text")


def _linked(facts: Comparison) -> Decision:
    run = facts.longest_run / facts.word
    low, high = sorted((facts.mine.share, facts.theirs.share))
    if run >= PARTIAL_RUN and high >= PARTIAL_SHARE:
        return Decision("partial", "a passage in common")
    if low >= REWRITE_SHARE and facts.shared >= REWRITE_WORDS * facts.word:
        return Decision("rewrite", "many of the same turns of phrase")
    if facts.quoted and run >= QUOTE_RUN:
        return Decision("quote", "a quotation in common")
    return _NOTHING

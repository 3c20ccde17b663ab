"""Names that only stand beside a statement: compared with, or overtaken."""

from collections.abc import Sequence

from monitor.claims.lexicon import words_of

COMPARING = words_of("""
    than behind versus vs against unlike like beside alongside besides
""")


def is_compared(words: Sequence[str], start: int) -> bool:
    """Whether the name at word ``start`` is only compared with."""
    preceding = words[start - 1] if start else ""
    if preceding in COMPARING:
        return True
    return preceding == "to" and "compared" in words[max(0, start - 3) : start]


# Who is overtaken owns no rank and no record: "overtook rival ChatGPT to become No. 1".
_OVERTAKING = words_of("""
    overtook overtake overtakes overtaking overtaken surpass surpassed surpasses surpassing beat
    beats beating knock knocked knocks knocking dethrone dethroned dethroning displace displaced
    displaces displacing unseat unseated unseating oust ousted ousting topple toppled toppling
    replace replaced replaces replacing leapfrog leapfrogged leapfrogging outrank outranked pushed
    pushing outpaced outpacing past eclipsed eclipsing usurp usurped usurping outstripped passed
""")


OVERTAKING_REACH = 3  # words: "undercut those of Mistral", "a rival to ChatGPT"


def is_overtaken(words: Sequence[str], start: int) -> bool:
    """Whether the name at word ``start`` is the one that somebody else gets past."""
    return not _OVERTAKING.isdisjoint(words[max(0, start - OVERTAKING_REACH) : start])

"""Whether a text is English, the one language whose claims are read."""

import re

from monitor.claims.lexicon import words_of

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = words_of("""
    the of and to in a is that for on with as it by was at from be are this has have an its said
""")
SAMPLE = 2000  # characters looked at
LEAST_WORDS = 20  # shorter texts are taken for English
# Share of the most common words: English prose has 25 to 45 %, other languages under 6 %.
LEAST_SHARE = 0.1


def is_english(text: str) -> bool:
    """Whether enough of the words are common English ones."""
    words = _WORD.findall(text[:SAMPLE].lower())
    if len(words) < LEAST_WORDS:
        return text[:SAMPLE].isascii() or sum(map(str.isascii, words)) * 2 >= len(words)
    return sum(word in _COMMON for word in words) >= LEAST_SHARE * len(words)

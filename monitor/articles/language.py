"""The language of a text, as ISO 639-1."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Bytes, so that a Chinese character counts as the word it is; shorter texts are too often taken for
# another language than the page declares.
SHORT = 200
# Characters read: more does not change the answer, and the cost is linear.
ENOUGH = 1_200


def language(text: str, declared: str | None) -> str | None:
    """The language that ``text`` is in; for short texts the one the page declares, if any."""
    code = (declared or "").strip()[:2].lower()
    is_code = len(code) == 2 and code.isascii() and code.isalpha()
    if is_code and len(text[:SHORT].encode()) < SHORT:
        return code
    return str(_identifier().classify(text[:ENOUGH])[0])


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)

"""The bytes of a page as text: its encoding by mark, by law, by declaration, by guess."""

import codecs

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, resolve_encoding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Broken sequences per character that a page declared as UTF-8 may have and still be UTF-8: ads and
# cut strings bring some; a page in another encoding has one in every few characters.
BROKEN = 0.002


def decode(body: bytes, content_type: str | None) -> str | None:
    """The text of a page; None where neither marks nor declarations fit, and a guess is due.

    A byte order mark wins; then UTF-8 where the bytes are valid UTF-8, whatever they claim (the
    chance that other text is, is nil); then what the page declares, then what the server does, with
    the encodings that browsers read for a label (https://encoding.spec.whatwg.org/#names-and-labels).
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for declared in (html_body_declared_encoding(body), http_content_type_encoding(content_type)):
        known = resolve_encoding(declared) if declared else None
        if known and (text := _fitting(body, known)) is not None:
            return text
    return None


def _fitting(body: bytes, encoding: str) -> str | None:
    try:
        text = body.decode(encoding, "replace")
    except LookupError:
        return None
    broken = text.count("\ufffd")
    return text if broken <= BROKEN * len(text) else None

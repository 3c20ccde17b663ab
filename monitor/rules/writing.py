"""Entries of sources.toml as text, as people would write them."""

import json
from collections.abc import Mapping
from datetime import date

from monitor.rules.sources import Source

# Written even where they are empty: what a person is to look up and fill in.
ALWAYS = ("name", "outlet", "site", "country", "language", "url", "documented", "checked")


def entry(source: Source) -> str:
    """The ``[[source]]`` that reads as this source, without optional fields that say nothing."""
    lines = ["[[source]]"]
    for name, field in Source.model_fields.items():
        value = getattr(source, name)
        if name in ALWAYS or value != field.get_default(call_default_factory=True):
            lines.append(f"{name} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """TOML of a string, number, boolean, day or table of strings (toml.io, v1.0.0)."""
    if isinstance(value, str):  # JSON's escapes are TOML's, but for DEL
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{_value(str(name))} = {_value(item)}" for name, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    return json.dumps(value)

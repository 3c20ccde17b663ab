"""TOML text to typed rules, with errors that name file, entry, field and what is allowed."""

import tomllib
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from monitor.errors import ConfigError

Model = TypeVar("Model", bound="Strict")


# What the user can do nothing with in the words of the library.
_PLAIN = {
    "extra_forbidden": "unknown key; remove it or check its spelling",
    "missing": "is missing",
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
}


class Strict(BaseModel):
    """A frozen model that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def parse(model: type[Model], text: str, file: str) -> Model:
    """The rules that ``text`` holds; ``file`` is only named in errors.

    Raises ConfigError for broken TOML and for anything the model does not allow, with one line per
    mistake.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not valid TOML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = [_line(file, text, data, detail) for detail in error.errors(include_url=False)]
        raise ConfigError("\n".join(lines)) from error


def _line(file: str, text: str, data: object, detail: ErrorDetails) -> str:
    where = detail["loc"]
    number = _number(text, where)
    fields = ".".join(str(part) for part in where if not isinstance(part, int))
    message = detail["msg"].removeprefix("Value error, ")
    message = _PLAIN.get(detail["type"], message)
    told = detail["type"] == "missing" or isinstance(detail["input"], dict)
    given = "" if told else f" (given: {detail['input']!r:.80})"
    place = f"{file}:{number}" if number else file
    return f"{place}: {_entry(data, where)}{fields}{': ' if fields else ''}{message}{given}"


def _number(text: str, where: tuple[int | str, ...]) -> int | None:
    """The line, from 1, of a field in a list of tables, else of its table; None: no such list."""
    match where:
        case (str() as table, int() as place, *fields):
            pass
        case _:
            return None
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    heads = [number for number, line in enumerate(lines, 1) if line == f"[[{table}]]"]
    if place >= len(heads):
        return None
    start = heads[place]
    for number, line in enumerate(lines[start:], start + 1):
        if line.startswith("["):
            break
        if fields and line.partition("=")[0].strip() == fields[0]:
            return number
    return start


def _entry(data: object, where: tuple[int | str, ...]) -> str:
    """The name, key or number of the list entry that ``where`` leads through."""
    for part in where:
        if isinstance(part, int) and isinstance(data, list) and part < len(data):
            item = data[part]
            if isinstance(item, dict):
                name = item.get("name") or item.get("key")
                return f"entry {name or part + 1}: "
            return f"entry {part + 1}: "
        if isinstance(data, dict) and part in data:
            data = data[part]
        else:
            break
    return ""

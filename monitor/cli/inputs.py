"""What commands read: the database, files, standard input and lists of JSON lines."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.errors import UsageError

if TYPE_CHECKING:
    from storage.store import Store


def database() -> "Store":
    """The configured database, to be read. Raises DatabaseMissing."""
    from monitor import settings  # filters must not pay for either
    from storage.configured import open_store

    return open_store(settings.load().settings, create=False)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to filter. ``error`` says why there is no body."""

    body: bytes = b""
    name: str = "-"
    fields: Mapping[str, object] = field(default_factory=dict)  # of its line; empty for a file
    error: str | None = None

    @property
    def id(self) -> dict[str, object]:
        """The id of its line, ready to be merged into the answer."""
        return {"id": self.fields["id"]} if "id" in self.fields else {}

    @property
    def text(self) -> str:
        """Its characters as given: no newline is translated, no mark dropped."""
        return self.string("text") or self.body.decode("utf-8", "replace")

    def string(self, key: str) -> str | None:
        """A field of its line, when it is a string."""
        value = self.fields.get(key)
        return value if isinstance(value, str) else None


def read(files: Sequence[str], *, is_jsonl: bool, body_key: str) -> Iterator[Input]:
    """Every input in order. ``body_key`` is "path" (lines name files) or "text" (lines carry it).

    Raises UsageError for a FILE that cannot be read; a bad line is an Input with its error.
    """
    for file in files:
        if is_jsonl or file.endswith((".jsonl", ".ndjson")):
            folder = Path() if file == "-" else Path(file).parent
            yield from _lines(_opened(file), file, folder, body_key)
        else:
            yield Input(sys.stdin.buffer.read() if file == "-" else read_file(Path(file)), file)


def _opened(file: str) -> Iterator[bytes]:
    """The lines of a list, one in memory at a time."""
    if file == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as lines:
            yield from lines
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises UsageError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _lines(lines: Iterable[bytes], file: str, folder: Path, body_key: str) -> Iterator[Input]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name = f"{file}:{number}"
        try:
            fields = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            yield Input(name=name, error=f"not JSON: {error}")
            continue
        yield _line(fields, name, folder, body_key)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _line(fields: object, name: str, folder: Path, body_key: str) -> Input:
    if not isinstance(fields, dict):
        return Input(name=name, error="not a JSON object")
    value = fields.get(body_key)
    if not isinstance(value, str):
        return Input(name=name, fields=fields, error=f'no string in "{body_key}"')
    if body_key == "text":
        return Input(name=name, fields=fields)
    try:
        return Input((folder / value).read_bytes(), name, fields)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return Input(name=name, fields=fields, error=f"{value}: {reason}")


def time_of(text: object, what: str) -> datetime | None:
    """An aware UTC time from ISO 8601 text; a date is its midnight, no zone is UTC; None stays.

    Raises UsageError naming ``what``.
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{what}: not an ISO 8601 time: {text!r}") from error

"""``monitor export``: public views as csv, JSON lines or Parquet; claims as schema.org JSON-LD."""

import csv
import itertools
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from monitor.cli.inputs import database
from monitor.cli.linked_data import things
from monitor.cli.outputs import whole
from monitor.errors import UsageError
from storage.store import Store

Row = Mapping[str, Any]

# A cell that starts so is a formula to a spreadsheet; OWASP, "CSV injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GROUP = 10_000  # rows held at once on the way to a Parquet file


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a view, read as they are written; ``kinds`` are number, boolean or text."""

    columns: Sequence[str]
    kinds: Mapping[str, str]
    rows: Iterator[Row]


def export(options: Namespace) -> int:
    """``monitor export VIEW``: all rows of a public view, or the events above a cursor."""
    name = options.view if options.view.startswith("v1_") else f"v1_{options.view}"
    write = _FORMATS[options.format]
    if options.format == "parquet" and not options.output:
        raise UsageError("Parquet is written to a file: name it with -o FILE")
    with database() as store:
        table = _table(store, name, options)
        if options.output:
            with whole(Path(options.output)) as file:
                write(file, table)
        else:
            write(sys.stdout.buffer, table)
            sys.stdout.flush()
    return 0


def _table(store: Store, name: str, options: Namespace) -> Table:
    columns = store.columns(name)
    if options.format == "jsonld":
        if name != "v1_claims":
            raise UsageError("JSON-LD is there for v1_claims: each claim with all that is said")
        return Table(columns, {}, things(store))
    if options.after is not None:
        if name != "v1_events":
            raise UsageError("--after goes with v1_events: only events have a cursor")
        return Table(columns, store.kinds(name), store.events_after(options.after))
    order = "cursor" if "cursor" in columns else None
    return Table(columns, store.kinds(name), store.view(name, order_by=order))


def _csv(file: IO[bytes], table: Table) -> None:
    writer = csv.writer(_Lines(file), lineterminator=_QUOTED_ENDS)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_cell(row[column]) for column in table.columns])


# The csv module quotes a cell with a line end only where it is one of the writer's own.
_QUOTED_ENDS = "\r\n"


class _Lines:
    """What the csv module writes to: rows with either line end in, UTF-8 with one out."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        line = text.removesuffix(_QUOTED_ENDS) + "\n"
        return self._file.write(line.encode("utf-8", "backslashreplace"))


def _cell(value: object) -> object:
    """A csv cell; text that a spreadsheet would run is quoted with an apostrophe."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


def _jsonl(file: IO[bytes], table: Table) -> None:
    for row in table.rows:
        file.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def _jsonld(file: IO[bytes], table: Table) -> None:
    """One document, a thing a line."""
    file.write(b'{"@context": "https://schema.org", "@graph": [')
    for number, row in enumerate(table.rows):
        text = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
        file.write((b",\n" if number else b"\n") + text)
    file.write(b"\n]}\n")


def _parquet(file: IO[bytes], table: Table) -> None:
    """Numbers as doubles or whole numbers, JSON as text, as on SQLite."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        hint = "pip install 'media-coverage-monitor[parquet]'"
        raise UsageError(f"Parquet needs pyarrow: {hint}") from error
    kinds = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema(
        [(name, kinds.get(table.kinds[name], pa.string())) for name in table.columns]
    )
    with parquet.ParquetWriter(file, schema) as writer:
        for rows in _groups(table.rows):
            plain = [{name: _stored(row[name]) for name in table.columns} for row in rows]
            writer.write_table(pa.Table.from_pylist(plain, schema=schema))


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while group := list(itertools.islice(remaining, _GROUP)):
        yield group


def _stored(value: object) -> object:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value


_FORMATS: Mapping[str, Callable[[IO[bytes], Table], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "jsonld": _jsonld,
}

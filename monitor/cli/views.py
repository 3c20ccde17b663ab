"""Commands that show everything: the state of the monitor, and its public views as files."""

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from monitor.cli.inputs import database
from monitor.cli.show import print_json, table
from monitor.errors import UsageError

Row = Mapping[str, object]

_SHOWN_RUNS = 5
_SHOWN_EVENTS = 10
# A cell that starts so is a formula to a spreadsheet; OWASP, "CSV injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def status(options: Namespace) -> int:
    """``monitor status``: counts, what is wrong, sources with their next poll, last runs."""
    with database() as store:
        counts = store.counts()
        alerts = [row for row in store.view("v1_alerts") if row["ended_at"] is None]
        sources = list(store.view("v1_sources", order_by="source"))
        runs = list(store.view("v1_runs", order_by="-run_id", limit=_SHOWN_RUNS))
        events = list(store.view("v1_events", order_by="-recorded_at", limit=_SHOWN_EVENTS))
    if options.json:
        answer = {"counts": counts, "alerts": alerts, "sources": sources}
        print_json({**answer, "runs": runs, "events": events})
        return 0
    print("  ".join(f"{number:,} {name}" for name, number in counts.items()))
    for title, rows in (
        ("alerts", [(r["kind"], r["about"], r["began_at"], r["detail"]) for r in alerts]),
        (
            "sources",
            [(r["source"], r["next_poll_at"] or "now", r["reason"] or "") for r in sources],
        ),
        ("runs", [(r["run_id"], r["kind"], r["started_at"], r["outcome"] or "open") for r in runs]),
        ("events", [(r["recorded_at"], r["kind"], r["claim"], r["quote"] or "") for r in events]),
    ):
        print(f"{title}\n{table(rows)}" if rows else f"no {title} yet")
    return 0


def export(options: Namespace) -> int:
    """``monitor export VIEW``: all rows of a public view as csv or JSON lines."""
    name = options.view if options.view.startswith("v1_") else f"v1_{options.view}"
    with database() as store:
        columns = store.columns(name)
        rows = store.view(name)
        if options.output:
            part = Path(f"{options.output}.part")
            try:
                with part.open("w", encoding="utf-8", newline="") as file:
                    _write(file, options.format, columns, rows)
                part.replace(options.output)
            except OSError as error:
                raise UsageError(f"{options.output}: {error.strerror}") from error
        else:
            _write(sys.stdout, options.format, columns, rows)
    return 0


def _write(file: IO[str], form: str, columns: Iterable[str], rows: Iterable[Row]) -> None:
    if form == "jsonl":
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])


def _cell(value: object) -> object:
    """A csv cell; text that a spreadsheet would run is quoted with an apostrophe."""
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value

"""Commands that read what is stored. Everything they print comes from the public views."""

import csv
import difflib
import itertools
import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from monitor import settings
from monitor.cli.inputs import time_of
from monitor.cli.show import amount, clean, counted, table
from monitor.errors import UsageError
from monitor.names import nearest
from monitor.text.sentences import sentences
from monitor.types import Version
from storage.configured import open_store
from storage.store import Store

Row = Mapping[str, object]

_SHOWN_OBSERVATIONS = 20
_SHOWN_RUNS = 5
_SHOWN_EVENTS = 10
# A cell that starts so is a formula to a spreadsheet; OWASP, "CSV injection".
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _open() -> Store:
    return open_store(settings.load().settings, create=False)


def _print_json(answer: object) -> None:
    print(json.dumps(answer, indent=2, ensure_ascii=False))


# --- claims -------------------------------------------------------------------------------------


def list_claims(options: Namespace) -> int:
    """``monitor claims list``: the configured claims, with what is stored about each."""
    stored: dict[str, list[Row]] = {}
    configured = settings.load().settings
    if Store.exists(configured.database_url):
        with open_store(configured, create=False) as store:
            for row in store.view("v1_claim_current"):
                stored.setdefault(str(row["claim"]), []).append(row)
    answer = [
        {
            "claim": key,
            "kind": kind,
            "unit": unit,
            "title": title,
            "series": len(stored.get(key, [])),
            "observations": sum(_int(row["observations"]) for row in stored.get(key, [])),
        }
        for key, kind, unit, title, *_ in sorted(_configured())
    ]
    if options.json:
        _print_json(answer)
    else:
        columns = ("claim", "unit", "series", "observations", "title")
        print(table([columns, *([row[name] for name in columns] for row in answer)], indent=""))
    return 0


def show_claim(options: Namespace) -> int:
    """``monitor claims show KEY``: consensus, camps, dissent and the latest observations."""
    on = time_of(options.on, "--on")
    known_at = time_of(options.known_at, "--known-at")
    with _open() as store:
        key = _known_claim(store, options.key)
        states = list(store.states(key, on=on, known_at=known_at))
        observations = list(
            store.view("v1_observations", where={"claim": key}, order_by="-recorded_at")
        )
    if options.json:
        _print_json({"claim": key, "states": states, "observations": observations})
        return 0
    if not states:
        print(f"{key}: nothing seen yet")
    for state in states:
        _print_state(state)
    if observations and not (on or known_at):
        print("latest observations")
        print(table(_observation_lines(observations[:_SHOWN_OBSERVATIONS])))
    return 0


def _print_state(state: Row) -> None:
    unit = str(state["unit"])
    print(clean(" ".join([str(state["claim"]), *_series_words(state)])))
    interval = ""
    if state["low"] != state["high"]:
        interval = f" ({amount(state['low'], unit)} to {amount(state['high'], unit)})"
    word = "contested" if state["contested"] else "consensus"
    print(f"  {word}  {amount(state['point'], unit)}{interval}  {_counts(state)}")
    camps = state["camps"]
    assert isinstance(camps, list)
    lines = [
        (
            amount(camp["value"], unit),
            f"{camp['weight']:.2f} votes",
            counted(camp["articles"], "article"),
            counted(camp["stories"], "story"),
            ", ".join(camp["outlets"]),
        )
        for camp in camps
    ]
    print(table(lines, indent="    "))
    if state["doubters"]:
        print(f"    doubted or denied in {counted(_int(state['doubters']), 'story')}")


def _series_words(state: Row) -> Iterator[str]:
    qualifiers = state["qualifiers"]
    assert isinstance(qualifiers, dict)
    yield from (f"{name}={value}" for name, value in qualifiers.items())
    if state["period"]:
        yield f"on {state['period']}"


def _counts(state: Row) -> str:
    nouns = (("articles", "article"), ("stories", "story"), ("outlets", "outlet"))
    articles, stories, outlets = (counted(_int(state[name]), noun) for name, noun in nouns)
    return f"{articles}, {stories} (independent), {outlets}"


def _observation_lines(rows: Iterable[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        value = amount(row["value"], str(row["unit"]))
        if row["value"] is None:
            low, high = (amount(row[end], str(row["unit"])) for end in ("low", "high"))
            value = f"{low} to {high}"
        speaker = f" by {row['speaker']}" if row["speaker"] else ""
        quote = f'"{row["quote"]}" in article {row["article_id"]}'
        yield value, f"{row['modality']}{speaker}", str(row["recorded_at"]), quote


def claim_history(options: Namespace) -> int:
    """``monitor claims history KEY``: every state and event of a claim, oldest first."""
    with _open() as store:
        key = _known_claim(store, options.key)
        where = {"claim": key}
        states = list(store.view("v1_claim_history", where=where, order_by="recorded_at"))
        events = list(store.view("v1_events", where=where, order_by="recorded_at"))
    if options.json:
        _print_json({"claim": key, "states": states, "events": events})
        return 0
    lines = [(str(row["recorded_at"]), 0, _state_line(row)) for row in states]
    lines += [(str(row["recorded_at"]), 1, _event_line(row)) for row in events]
    for recorded_at, _, line in sorted(lines):
        print(clean(f"{recorded_at}  {line}"))
    if not lines:
        print(f"{key}: nothing recorded yet")
    return 0


def _state_line(row: Row) -> str:
    words = " ".join(_series_words(row))
    return f"{amount(row['point'], str(row['unit'])):>12}  {_counts(row)}  {words}"


def _event_line(row: Row) -> str:
    quote = f' "{row["quote"]}"' if row["quote"] else ""
    return f"{row['kind']:>12} {quote}  {row['url'] or ''}"


def _configured() -> tuple[tuple[str, ...], ...]:
    """Key, kind, unit, title, ... of every configured claim."""
    from monitor.rulebook import prepare

    return prepare(settings.load().texts()).definition_rows()


def _known_claim(store: Store, key: str) -> str:
    """The key itself; raises UsageError with the nearest names for one that does not exist."""
    names = {str(row["claim"]) for row in store.view("v1_claims")} | {
        row[0] for row in _configured()
    }
    if key in names:
        return key
    raise UsageError(f"no claim {key!r}{nearest(key, names)}; `monitor claims list` shows all")


# --- articles -----------------------------------------------------------------------------------


def explain(options: Namespace) -> int:
    """``monitor explain URL``: where it was found, every fetch, what became of it and why."""
    with _open() as store:
        answer = store.explain(options.url)
    if answer is None:
        raise UsageError(f"{options.url}: never asked for; `monitor crawl --url` fetches it")
    if options.json:
        _print_json(answer)
        return 0
    for line in _explained(answer):
        print(clean(line))
    return 0


def _explained(answer: Row) -> Iterator[str]:
    yield f"{answer['url']}"
    yield f"fate: {answer['fate']}"
    for name in ("link", "article"):
        part = answer[name]
        if isinstance(part, dict):
            yield f"{name}: " + ", ".join(f"{k} {v}" for k, v in part.items() if v is not None)
    for name in ("fetches", "readings"):
        rows = answer[name]
        assert isinstance(rows, list)
        for row in rows:
            words = " ".join(f"{k}={v}" for k, v in row.items() if v is not None)
            yield f"{name[:-2] if name == 'fetches' else name[:-1]}: {words}"
    if answer["next_check_at"]:
        yield f"looked at again: {answer['next_check_at']} ({answer['reason']})"


def diff(options: Namespace) -> int:
    """``monitor diff URL``: what changed from version to version, in sentences."""
    with _open() as store:
        versions = list(store.article_versions(options.url))
    if not versions:
        raise UsageError(f"{options.url}: no article stored; try `monitor explain`")
    changes = [_change(*pair) for pair in itertools.pairwise(versions)]
    if options.json:
        _print_json({"url": options.url, "versions": len(versions), "changes": changes})
        return 0
    print(clean(f"{options.url}: {counted(len(versions), 'version')}"))
    for change in changes:
        print(f"version {change['from']} -> {change['to']}, seen {change['fetched_at']}")
        print(clean(f"  notice: {change['notice']}") if change["notice"] else "  no notice")
        for line in change["sentences"]:
            print(clean(f"  {line[0]} {line[1:]}"))
    return 0


def _change(before: Version, after: Version) -> dict[str, Any]:
    old, new = _sentences(before.text), _sentences(after.text)
    lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
    return {
        "from": before.seq,
        "to": after.seq,
        "fetched_at": after.fetched_at.isoformat(),
        "notice": after.notice,
        "sentences": [line for line in lines if line[0] in "-+"],
    }


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


# --- everything ---------------------------------------------------------------------------------


def status(options: Namespace) -> int:
    """``monitor status``: counts, sources with their next poll and why, last runs."""
    with _open() as store:
        counts = store.counts()
        sources = list(store.view("v1_sources", order_by="source"))
        runs = list(store.view("v1_runs", order_by="-run_id", limit=_SHOWN_RUNS))
        events = list(store.view("v1_events", order_by="-recorded_at", limit=_SHOWN_EVENTS))
    if options.json:
        _print_json({"counts": counts, "sources": sources, "runs": runs, "events": events})
        return 0
    print("  ".join(f"{number:,} {name}" for name, number in counts.items()))
    for title, rows in (
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
    with _open() as store:
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


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value

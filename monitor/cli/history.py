"""Commands about the tracked claims: what is stored about each, and how it changed."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from monitor import settings
from monitor.cli.chart import strip
from monitor.cli.inputs import database
from monitor.cli.show import amount, clean, counted, print_json, table
from monitor.errors import UsageError
from monitor.names import nearest
from storage.configured import open_store
from storage.store import Store

Row = Mapping[str, object]


def list_claims(options: Namespace) -> int:
    """``monitor claims list``: the configured claims, with what is stored about each."""
    stored: dict[str, list[Row]] = {}
    configured = settings.load().settings
    if Store.exists(configured.database_url, configured.database_timeout):
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
        print_json(answer)
    else:
        columns = ("claim", "unit", "series", "observations", "title")
        print(table([columns, *([row[name] for name in columns] for row in answer)], indent=""))
    return 0


def series_words(state: Row) -> Iterator[str]:
    """The qualifiers and the day of a series, in words."""
    qualifiers = state["qualifiers"]
    assert isinstance(qualifiers, dict)
    yield from (f"{name}={value}" for name, value in qualifiers.items())
    if state["period"]:
        yield f"on {state['period']}"


def claim_history(options: Namespace) -> int:
    """``monitor claims history KEY``: a timeline of states and events, with a chart."""
    with database() as store:
        key = known_claim(store, options.key)
        where = {"claim": key}
        states = list(store.view("v1_claim_history", where=where, order_by="recorded_at"))
        events = list(store.view("v1_events", where=where, order_by="cursor"))
    if options.json:
        print_json({"claim": key, "states": states, "events": events})
        return 0
    if not states and not events:
        print(f"{key}: nothing recorded yet")
    rows: dict[tuple[str, str], tuple[list[Row], list[Row]]] = {}
    for kind, every in enumerate((states, events)):
        for row in every:
            rows.setdefault(_series(row), ([], []))[kind].append(row)
    for of_states, of_events in rows.values():
        print(clean(" ".join([key, *series_words((of_states or of_events)[0])])))
        for line in timeline(of_states, of_events):
            print(clean(f"  {line}"))
    return 0


def _series(row: Row) -> tuple[str, str]:
    return str(row["qualifiers"]), str(row["period"])


def timeline(states: Sequence[Row], events: Sequence[Row]) -> Iterator[str]:
    """States, each with its place on a strip, and the events that came with them, by time."""
    places = strip(
        [(_number(row["low"]), _number(row["point"]), _number(row["high"])) for row in states]
    )
    lines = [
        (str(row["recorded_at"]), 0, f"{place}{_state_line(row)}")
        for row, place in zip(states, places, strict=True)
    ]
    lines += [(str(row["recorded_at"]), 1, _event_line(row)) for row in events]
    for recorded_at, _, line in sorted(lines, key=lambda item: item[:2]):
        yield f"{recorded_at[:16].replace('T', ' ')}  {line}"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _state_line(row: Row) -> str:
    value = row["text_point"] if row["point"] is None else amount(row["point"], str(row["unit"]))
    nouns = (("articles", "article"), ("stories", "story"), ("outlets", "outlet"))
    articles, stories, outlets = (counted(_int(row[name]), noun) for name, noun in nouns)
    word = ", contested" if row["contested"] else ""
    return f"{value or '-':>10}  {articles}, {outlets}, {stories}{word}"


def _event_line(row: Row) -> str:
    unit = str(_side(row, "after").get("unit") or _side(row, "before").get("unit") or "")
    old, new = (_told(_side(row, side), unit) for side in ("before", "after"))
    change = f" {old} -> {new}" if old and new and old != new else f" {new or old}"
    quote = f' "{row["quote"]}"' if row["quote"] else ""
    return f"  {row['kind']}{change}{quote}  {row['url'] or ''}"


def _side(row: Row, name: str) -> Row:
    side = row[name]
    return side if isinstance(side, dict) else {}


def _told(side: Row, unit: str) -> str:
    """The value of one side of an event; empty where it is about none."""
    value = side.get("value", side.get("point"))
    if value is None and side.get("low") is None and side.get("high") is None:
        return ""
    if value is None:
        return f"{amount(side['low'], unit)} to {amount(side['high'], unit)}"
    return amount(value, unit)


def _configured() -> tuple[tuple[str, ...], ...]:
    """Key, kind, unit, title, ... of every configured claim."""
    from monitor.rulebook import prepare

    return prepare(settings.load().texts()).definition_rows()


def known_claim(store: Store, key: str) -> str:
    """The key itself; raises UsageError with the nearest names for one that does not exist."""
    names = {str(row["claim"]) for row in store.view("v1_claims")} | {
        row[0] for row in _configured()
    }
    if key in names:
        return key
    raise UsageError(f"no claim {key!r}{nearest(key, names)}; `monitor claims list` shows all")


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value

"""Commands about the tracked claims: what is stored about each, and how it changed."""

from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping

from monitor import settings
from monitor.cli.inputs import database, time_of
from monitor.cli.show import amount, clean, counted, print_json, table
from monitor.errors import UsageError
from monitor.names import nearest
from storage.configured import open_store
from storage.store import Store

Row = Mapping[str, object]

_SHOWN_OBSERVATIONS = 20


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
        print_json(answer)
    else:
        columns = ("claim", "unit", "series", "observations", "title")
        print(table([columns, *([row[name] for name in columns] for row in answer)], indent=""))
    return 0


def show_claim(options: Namespace) -> int:
    """``monitor claims show KEY``: consensus, camps, dissent and the latest observations."""
    on = time_of(options.on, "--on")
    known_at = time_of(options.known_at, "--known-at")
    with database() as store:
        key = _known_claim(store, options.key)
        states = list(store.states(key, on=on, known_at=known_at))
        observations = list(
            store.view("v1_observations", where={"claim": key}, order_by="-recorded_at")
        )
    if options.json:
        print_json({"claim": key, "states": states, "observations": observations})
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
    with database() as store:
        key = _known_claim(store, options.key)
        where = {"claim": key}
        states = list(store.view("v1_claim_history", where=where, order_by="recorded_at"))
        events = list(store.view("v1_events", where=where, order_by="recorded_at"))
    if options.json:
        print_json({"claim": key, "states": states, "events": events})
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


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value

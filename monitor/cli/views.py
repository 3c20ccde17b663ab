"""``monitor status``: the state of the monitor."""

from argparse import Namespace
from collections.abc import Mapping

from monitor.cli.inputs import database
from monitor.cli.show import print_json, table, when

Row = Mapping[str, object]

_SHOWN_RUNS = 5
_SHOWN_EVENTS = 10


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
        ("alerts", [(r["kind"], r["about"], when(r["began_at"]), r["detail"]) for r in alerts]),
        (
            "sources",
            [(r["source"], when(r["next_poll_at"] or "now"), r["reason"] or "") for r in sources],
        ),
        (
            "runs",
            [(r["run_id"], r["kind"], when(r["started_at"]), r["outcome"] or "open") for r in runs],
        ),
        (
            "events",
            [(when(r["recorded_at"]), r["kind"], r["claim"], r["quote"] or "") for r in events],
        ),
    ):
        print(f"{title}\n{table(rows)}" if rows else f"no {title} yet")
    return 0

"""Commands that ask the history: who stands where, when it changed, in which words, as a file."""

import csv
import importlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.chart import WIDTH, strip
from monitor.cli.linked_data import things
from monitor.cli.parser import build
from monitor.errors import UsageError
from storage.store import Store
from tests.newsroom import CONFIG, Newsroom, html_page

LOSS = "nvidia.market_cap_loss"
A, B, C = (f"https://{name}.example/story" for name in ("alpha", "beta", "gamma"))
REST = {
    A: "Traders in New York spoke of the heaviest session for chip makers in many years.",
    B: "Gardeners in Kent were pruning roses while a choir rehearsed in the village hall.",
    C: "The ferry to the islands was late again because fog had closed the northern harbour.",
}


def lost(url: str, amount: str, *more: str) -> bytes:
    said = f"Nvidia shed {amount} of market value on Monday in New York."
    return html_page(f"Chips at {url[8:13]}", [said, *more, REST[url]])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three outlets, an edit in silence, a doubter; on 27 and 28 January 2025."""
    url = f"sqlite:///{tmp_path_factory.mktemp('history')}/monitor.db"
    with Store.open(url) as store:
        room = Newsroom(store)
        store.define_claims(room.processor.rules.definition_rows(), room.at)
        room.show(A, lost(A, "$480 billion"))
        room.show(B, lost(B, "$593 billion"))
        room.show(A, lost(A, "$589 billion"), hours=20)
        doubt = "It is doubtful that Nvidia lost $100 billion of market value."
        room.show(C, html_page("Doubts", [doubt, REST[C]]))
    return url


@pytest.fixture
def run(
    database: str, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., str]:
    """What a command prints."""
    monkeypatch.setenv("MONITOR_DATABASE_URL", database)
    monkeypatch.setenv("MONITOR_CONFIG", str(CONFIG))

    def command(*words: str) -> str:
        options = build().parse_args(words)
        module, _, name = options.run.partition(":")
        assert getattr(importlib.import_module(f"monitor.cli.{module}"), name)(options) == 0
        return capsysbinary.readouterr().out.decode()

    return command


def test_show_tells_who_stands_where(run: Callable[..., str]) -> None:
    text = run("claims", "show", LOSS)
    assert "consensus" in text
    assert "2 articles" in text or "3 articles" in text
    for words in ('"$593 billion"', '"$589 billion"', "beta.example", "dissent: 1 story", C):
        assert words in text
    (state,) = json.loads(run("claims", "show", LOSS, "--json"))["states"]
    assert state["independent_stories"] == {"low": 3, "high": 3}
    assert [one["outlet"] for one in state["camps"][0]["said"]] == ["alpha.example", "beta.example"]
    assert [one["modality"] for one in state["dissent"]] == ["doubted"]


@pytest.mark.parametrize(
    ("options", "values"),
    [
        ((), [589e9]),
        (("--on", "2025-01-27"), [480e9, 593e9]),
        (("--on", "2025-01-26"), []),
        (("--on", "2025-01-28"), [589e9]),
        (("--known-at", "2025-01-27T22:30"), [480e9]),
        (("--on", "2025-01-28", "--known-at", "2025-01-27"), [480e9, 593e9]),
    ],
    ids=["now", "first day", "before", "second day", "first known", "second day as known before"],
)
def test_show_at_two_times(run: Callable[..., str], options: Any, values: list[float]) -> None:
    states = json.loads(run("claims", "show", LOSS, *options, "--json"))["states"]
    assert [camp["value"] for state in states for camp in state["camps"]] == values
    run("claims", "show", LOSS, *options)


def test_history_is_a_timeline_with_a_chart(run: Callable[..., str]) -> None:
    lines = run("claims", "history", LOSS).splitlines()
    assert lines[0] == LOSS
    assert "●" in lines[1]
    assert "$480bn" in lines[1]
    assert any("silent_edit $480bn -> $589bn" in line for line in lines)
    assert [line[2:18] for line in lines[1:]] == sorted(line[2:18] for line in lines[1:])


def test_strips() -> None:
    low, high, none = strip([(1.0, 1.0, 2.0), (None, 100.0, None), (None, None, None)])
    assert low[0] == "●"
    assert high.rstrip()[-1] == "●"
    assert len(low.strip()) == len(none.strip()) == WIDTH
    assert strip([(None, None, None)]) == [""]
    assert strip([(-5.0, -5.0, -5.0)])[0].count("●") == 1


def test_diff_shows_claims_on_top_and_sentences_side_by_side(run: Callable[..., str]) -> None:
    text = run("diff", A)
    claim = f'edited: {LOSS}  "$480 billion", asserted -> "$589 billion", asserted'
    assert claim in text
    (row,) = (line for line in text.splitlines() if " | " in line and "$480" in line)
    left, right = row.split(" | ")
    assert "$480 billion" in left
    assert "$589 billion" in right
    assert "1 sentence unchanged" in text
    (change,) = json.loads(run("diff", A, "--json"))["changes"]
    assert [one["kind"] for one in change["claims"]] == ["edited"]
    assert len(change["sentences"]) == 2


def test_search_finds_old_texts_too(run: Callable[..., str]) -> None:
    assert "(version 1, since changed)" in run("search", "480", "billion")
    answer = json.loads(run("search", '"market value"', "new york", "--json"))
    assert [row["url"] for row in answer["versions"]] == [A, B, A]
    assert "$589 billion" in answer["versions"][0]["sentence"]
    assert run("search", "unheard") == "no text holds all of these words\n"


VIEWS = ("articles", "versions", "edits", "stories", "claims", "observations", "events")
STATES = ("claim_current", "claim_history", "claim_camps", "sources", "runs")


@pytest.mark.parametrize("view", [*VIEWS, *STATES])
def test_exports_hold_what_the_views_show(
    run: Callable[..., str], database: str, tmp_path: Path, view: str
) -> None:
    with Store.open(database) as store:
        order = "cursor" if "cursor" in store.columns(f"v1_{view}") else None
        shown = list(store.view(f"v1_{view}", order_by=order))
        columns = store.columns(f"v1_{view}")
    lines = run("export", view, "--format", "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == shown
    table = list(csv.DictReader(io.StringIO(run("export", view), newline="")))
    assert len(table) == len(shown)
    assert tuple(table[0] if table else columns) == columns
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an optional extra")
    run("export", view, "--format", "parquet", "-o", str(tmp_path / "view.parquet"))
    found = parquet.read_table(tmp_path / "view.parquet").to_pylist()
    for row, expected in zip(found, shown, strict=True):
        for name, value in expected.items():
            is_json = isinstance(value, dict | list)
            assert (json.loads(row[name]) if is_json else row[name]) == value


def test_a_cell_is_never_a_formula(run: Callable[..., str], monkeypatch: Any) -> None:
    from monitor.cli.export import Table, _csv

    evil = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "plain", "", None, -17.5]
    file = io.BytesIO()
    _csv(file, Table(["cell"], {}, iter([{"cell": value} for value in evil])))
    rows = list(csv.reader(io.StringIO(file.getvalue().decode(), newline="")))[1:]
    cells = [row[0] if row else "" for row in rows]
    assert cells == ["'=1+1", "'+1", "'-1", "'@A1", "'\t=1", "'\r=1", "plain", "", "", "-17.5"]


def test_what_is_new_since_a_cursor(run: Callable[..., str]) -> None:
    every = [json.loads(line) for line in run("export", "events", "--format", "jsonl").splitlines()]
    cursor = every[1]["cursor"]
    new = run("export", "events", "--format", "jsonl", "--after", str(cursor)).splitlines()
    assert [json.loads(line)["event_id"] for line in new] == [
        row["event_id"] for row in sorted(every, key=lambda row: row["cursor"])[2:]
    ]
    last = max(row["cursor"] for row in every)
    assert run("export", "events", "--format", "jsonl", "--after", str(last)) == ""


def test_claims_as_linked_data(run: Callable[..., str]) -> None:
    document = json.loads(run("export", "claims", "--format", "jsonld"))
    assert document["@context"] == "https://schema.org"
    claims = [one for one in document["@graph"] if one["@type"] == "Claim"]
    reviews = [one for one in document["@graph"] if one["@type"] == "ClaimReview"]
    by_text = {one["text"].rpartition(": ")[2]: one for one in claims}
    assert {"$589bn", "$593bn"} <= set(by_text)
    assert "$480bn" not in by_text, "no article says so now"
    assert by_text["$593bn"]["firstAppearance"]["url"] == B
    assert [one["author"]["name"] for one in reviews] == ["gamma.example"]
    assert reviews[0]["itemReviewed"]["@id"] in {one["@id"] for one in claims}


def test_a_bound_is_another_claim_than_the_figure(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/monitor.db") as store:
        room = Newsroom(store)
        store.define_claims(room.processor.rules.definition_rows(), room.at)
        for url, amount in (
            (A, "more than $500 billion"),
            (B, "$500 billion"),
            (C, "$500 billion"),
        ):
            room.show(url, lost(url, amount))
        claims = [one for one in things(store) if one["@type"] == "Claim"]
    assert [len(one["appearance"]) for one in claims if one["text"].endswith(": $500bn")] == [2]
    assert [one["@id"].rpartition("/")[2] for one in claims] == ["$500bn", "more%20than%20$500bn"]


@pytest.mark.parametrize(
    "words",
    [
        ("export", "claims", "--format", "parquet"),
        ("export", "articles", "--format", "jsonld"),
        ("export", "articles", "--after", "3"),
        ("export", "nothing"),
        ("search", "..."),
        ("diff", "https://nowhere.example/"),
    ],
    ids=lambda words: " ".join(words),
)
def test_mistakes_are_told(run: Callable[..., str], words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(*words)

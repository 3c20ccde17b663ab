"""The labelled observations of the five seed articles: the state shows the camps of the gold.

Every article counts as a story of an outlet of its own.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.history import Definition, assess, exchange, series_of
from monitor.rules.base import parse
from monitor.rules.rates import Rates
from monitor.types import Observation, Sighting

ROOT = Path(__file__).parents[3]
GOLD = ROOT.parent / "shared" / "data" / "claims" / "gold_seeds.jsonl"
KINDS = {"number": "number", "bool": "boolean", "text": "text"}
WORDS = {"text": "text", "boolean": "boolean", "date": "date"}
BN, MN = 10**9, 10**6

# claim -> camps that weigh, heaviest first
CAMPS = {
    "nvidia.market_cap_loss": [600 * BN, 100 * BN, 300 * BN],
    "us.sector_loss_total": [1000 * BN],
    "deepseek.training_cost": [5.6 * MN],
    "deepseek.gpu_stock": [10_000, 50_000],
    "deepseek.gpu_count.training": [2048],
    "deepseek.parameters": [671 * BN],
    "deepseek.founded": [2023],
    "deepseek.app_rank": [1],
    "deepseek.cost_saving_pct": [95],
    "nvidia.market_cap": [3500 * BN],
    "nvidia.share_move_pct": [-17, 8.9],
    "openai.gpt4_training_cost": [100 * MN],
    "stargate.investment": [500 * BN],
    "bigtech.ai_capex": [224 * BN, 280 * BN],
    "deepseek.founder": ["Liang Wenfeng"],
    "deepseek.parent_fund": ["High-Flyer"],
    "deepseek.headquarters": ["Beijing and Hangzhou", "Hangzhou"],
    "deepseek.gpu_model.training": ["H800"],
    "deepseek.performance_parity": [True],
    "deepseek.sputnik_moment": [True],
    "deepseek.china_frontrunner": [True],
    "deepseek.ccp_ties": [True],
    "deepseek.r1_release_date": ["2025-01-20"],
    "deepseek.andreessen_quote": [
        "astounding breakthrough",
        "one of the most stunning and impressive breakthroughs",
    ],
    "liang.age": [40],
    "liang.premier_meeting": [True],
    "nvidia.statement_on_deepseek": [
        "excellent AI advancement",
        "widely available models and compliant compute",
    ],
    "deepseek.open_source": [True],
    "us.chip_export_ban": [True],
    "nvidia.loss_is_record": [True],
    "microsoft.share_direction": ["down"],
}


def labelled():
    if not GOLD.exists():
        pytest.skip("the labelled seeds are not there")
    with GOLD.open(encoding="utf-8") as lines:
        return list(map(json.loads, lines))


def gold(claim):
    return [row for row in labelled() if row["claim"] == claim]


def said_more_than_once():
    counts = Counter(row["claim"] for row in labelled())
    return {claim for claim, count in counts.items() if count > 1}


def definition_of(rows):
    table = parse(Rates, (ROOT / "config" / "rates.toml").read_text(), "rates.toml").table
    kind = "date" if rows[0]["claim"].endswith("_date") else KINDS[rows[0]["kind"]]
    unit = WORDS.get(kind) or rows[0]["unit"]
    return Definition(
        rows[0]["claim"],
        kind=kind,
        unit=unit,
        scale="log" if unit in ("USD", "count") else "linear",
        exchange=exchange((one.date, one.usd) for one in table),
    )


def number(value):
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return Decimal(repr(value)).quantize(Decimal("0.001"))


def sighting(row, definition):
    # the label of the printed "$5.6B" says suspect in its note; the plausible range would
    suspect = row["claim"] == "deepseek.training_cost" and (row["value"] or 0) > BN
    said = Observation(
        claim=row["claim"],
        value=number(row["value"]),
        low=number(row["low"]),
        high=number(row["high"]),
        bound=row["bound"] or "eq",
        unit=row["unit"] or definition.unit,
        modality=row["modality"],
        speaker=row["attribution"],
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        flags=("suspect",) if suspect else (),
    )
    seed = row["seed"]
    at = datetime(2025, 1, 29, tzinfo=UTC)
    return Sighting(said, f"https://{seed[:3]}.example/", seed, seed[:3], seed, None, at)


def state_of(claim):
    rows = gold(claim)
    definition = definition_of(rows)
    seen = [sighting(row, definition) for row in rows]
    return assess(series_of(seen[0], definition), seen, definition)


def test_no_claim_with_several_values_is_left_out():
    assert said_more_than_once() <= CAMPS.keys()


@pytest.mark.parametrize("claim", CAMPS)
def test_camps_of_the_gold(claim):
    camps = [camp.value for camp in state_of(claim).camps if camp.weight > 0]
    assert [float(v) if isinstance(v, Decimal) else v for v in camps] == CAMPS[claim]


def test_bound_supports_the_camp_above_it():
    camps = state_of("nvidia.market_cap_loss").camps
    assert [camp.stories for camp in camps] == [2, 1, 1]


def test_dissent_and_suspect_values_are_shown_apart():
    state = state_of("deepseek.training_cost")
    assert state.doubters == 2
    assert [(float(camp.value), camp.weight) for camp in state.camps][1:] == [(5.6 * BN, 0)]
    assert state_of("deepseek.gpu_model.training").doubters == 1

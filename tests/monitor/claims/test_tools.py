"""Tools of the people who write claims."""

import re

import pytest

from monitor.claims import Label, Reader, lint, score, suggest, try_examples
from monitor.claims.score import wilson
from monitor.errors import ConfigError
from monitor.rules.base import parse
from monitor.rules.claims import ClaimRules
from monitor.rules.entities import Entities
from tests.monitor.claims.conftest import CONFIG, read_entities, read_rules

ENTITIES = """
[[entity]]
key = "voltra"
name = "Voltra"
roles = ["maker"]
nominals = ["carmaker"]
[[entity]]
key = "motora"
name = "Motora"
roles = ["maker"]
"""
CLAIM = """
[[claim]]
key = "voltra.recall"
title = "Cars that Voltra calls back"
unit = "count"
subjects = ["voltra"]
say = ["recall*", "call* ... back"]
counted = ["cars", "vehicles"]
rule_out = ["dealers"]
accept = { low = 100, high = 5000000 }
"""
EXAMPLE = 'examples = [{ text = "Voltra recalled 900 cars.", value = 900 }]\n'


def compiled(claims: str) -> Reader:
    return Reader(parse(ClaimRules, claims, "c.toml"), parse(Entities, ENTITIES, "e.toml"))


def test_a_topic_of_your_own() -> None:
    reader = compiled(CLAIM)
    texts = {
        "Voltra is recalling 12,000 cars over brakes.": [12000],
        "Voltra recalled 900 boats.": [],
        "Voltra is in trouble. The recall around Dorrance took in 900 cars.": [900],
        "Voltra expects more. Recruitment rose, and 900 cars were recalled.": [900],
        "Voltra recalls cars. A second carmaker, the Kestrel group, recalled 900 cars.": [],
        "Voltra recalls cars. Another carmaker recalled 900 cars.": [],
        "Voltra said that Kestrel Motors recalled 900 cars.": [],
        "Voltra said Kestrel Motors recalled 900 cars.": [],
        "Voltra recalled 900 cars, said Kestrel Motors.": [900],
        "Voltra recalled 900 cars and 40,000 engines.": [900],
        "Motora recalled 3,000 cars; Voltra recalled none.": [],
        "Voltra said on Friday that demand was weak. The carmaker recalled 500 vehicles.": [500],
    }
    for text, values in texts.items():
        assert [one.value for one in reader.observe(text)] == values, text


def test_shipped_examples_pass(reader: Reader) -> None:
    assert try_examples(reader) == ()


def test_shipped_rules_are_clean() -> None:
    text = (CONFIG / "claims.toml").read_text("utf-8")
    assert [
        f"{one.line}: {one.key}: {one.message}" for one in lint(read_rules(), read_entities(), text)
    ] == []


@pytest.mark.parametrize(
    ("claims", "part"),
    [
        (CLAIM, "0 examples"),
        (CLAIM.replace("high = 5000000", "high = 5"), "above high"),
        (CLAIM.replace('["dealers"]', '["recall*"]'), "ruled out"),
        (CLAIM + 'owners = ["pilot"]\n', "role pilot"),
        (
            CLAIM + CLAIM.replace("voltra.recall", "voltra.callback"),
            "nothing tells it from",
        ),
        (CLAIM.replace('"recall*", ', '"recall* of cars", '), "never found"),
        (CLAIM.replace('"recall*", ', '"recall(s|ed)", '), "no patterns"),
        (CLAIM + 'currencies = ["USD", "UDS"]\n', "UDS is no currency"),
        (CLAIM + 'examples = [{ text = "Voltra ...", value = "12,000" }]\n', "neither quotes"),
        (CLAIM + 'examples = [{ text = "Voltra ...", value = 99 }]\n', "accept leaves out"),
        (CLAIM.replace("voltra.recall", "{org}.recall") + EXAMPLE, "claim = voltra.recall"),
    ],
    ids=[
        *("examples", "range", "contradiction", "role", "shadow"),
        *("star", "pattern", "currency", "number", "size", "whose"),
    ],
)
def test_lint_finds(claims: str, part: str) -> None:
    found = lint(parse(ClaimRules, claims, "c.toml"), parse(Entities, ENTITIES, "e.toml"), claims)
    assert any(part in one.message for one in found)
    assert all(one.line for one in found)


def test_failing_example_is_told() -> None:
    reader = compiled(CLAIM + 'examples = [{ text = "Voltra is fine.", value = 3 }]\n'
                      'counterexamples = ["Voltra recalled 900 cars."]\n')  # fmt: skip
    assert [one.expected for one in try_examples(reader)] == ["voltra.recall 3", "no voltra.recall"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Voltra has 900 boats.", "voltra.recall: counts boats"),
        ("Voltra recalled its chief.", "no number is read in it"),
        ("Voltra recalled 99 cars.", "another unit or size"),
    ],
)
def test_failing_example_tells_why(text: str, why: str) -> None:
    example = f'examples = [{{ text = "{text}", value = 900 }}]\n'
    (failure,) = try_examples(compiled(CLAIM + example))
    assert why in failure.why[0]


def test_a_finding_names_the_line_of_what_is_meant() -> None:
    claims = CLAIM + "examples = [\n" + EXAMPLE.partition("[")[2].replace("900 }", "9 }")
    found = lint(parse(ClaimRules, claims, "c.toml"), parse(Entities, ENTITIES, "e.toml"), claims)
    (one,) = [one for one in found if "accept" in one.message]
    assert one.line is not None
    assert "recalled 900 cars" in claims.splitlines()[one.line - 1]


def test_a_mistake_in_an_entry_names_its_line() -> None:
    other = CLAIM.replace("voltra.recall", "voltra.callback").replace("say =", "sey =")
    with pytest.raises(ConfigError, match=r"^c.toml:17: entry voltra.callback: claim.sey: unknown"):
        compiled(CLAIM + other)
    with pytest.raises(ConfigError, match=r"^c.toml: claim voltra.recall is defined twice$"):
        compiled(CLAIM + CLAIM)


def test_explain_names_the_rule(reader: Reader) -> None:
    (one,) = reader.explain("Broadcom closed 17.4% lower.")
    first = one.opinions[0]
    assert (first.claim, first.taken) == ("broadcom.share_move_pct", True)
    assert first.likely > reader.decider.threshold
    assert "owner Broadcom" in first.rule
    assert re.match(r"[a-z.=_ ,]+ [+-]\d", first.why)


def test_suggest_drafts_a_claim() -> None:
    texts = ["Voltra delivered 9,000 cars.", "Voltra delivered 12,000 cars in May."]
    (one,) = suggest(compiled(CLAIM.replace('"cars", "vehicles"', '"trucks"')), texts)
    assert (one.entity, one.unit, one.seen) == ("voltra", "count", 2)
    assert "delivered" in one.draft


def test_score_counts_pairs(reader: Reader) -> None:
    text = "Nvidia closed 17% lower. DeepSeek spent $5.6 million on training V3."
    label = Label("nvidia.share_move_pct", -17, -17, -17, "eq", "asserted", None, 14, 17)
    missed = Label("nvidia.close_price", 118.42, 118.42, 118.42, "eq", "asserted", None, 0, 5)
    found = score([((label, missed), reader.observe(text))])
    assert (found[""].right, found[""].wrong, found[""].missed) == (1, 0, 1)
    assert found["nvidia.share_move_pct"].f1 == 1


def test_wilson() -> None:
    low, high = wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("claims", "part"),
    [
        (CLAIM.replace('"voltra"]', '"wolta"]'), "wolta"),
        (CLAIM.replace('"recall*"', '"@recalls"'), "@recalls"),
    ],
    ids=["subject", "group"],
)
def test_unknown_names_are_refused(claims: str, part: str) -> None:
    with pytest.raises(ConfigError, match=part):
        compiled(claims)

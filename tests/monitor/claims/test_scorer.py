"""The learned scorer: its weights, its sums, its explanations."""

from math import exp

import pytest

from monitor.claims import Reader, context, features
from monitor.claims.deciding import Decider
from monitor.claims.document import take_text_apart
from monitor.claims.scorer import PIECE, Trees
from monitor.claims.trained import MODEL

TEXT = (
    "Nvidia shares fell 17% to $118.42 on Monday, and Broadcom lost 17.4%. The chipmaker lost "
    "$589 billion in market value. DeepSeek says that it spent $5.6 million on 2,048 H800 chips."
)
STUMP = {
    "base": -1.0,
    "trees": [
        {"feature": [0, -1, -1], "threshold": [2.0, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0],
         "value": [0.0, -0.5, 1.5]},
        {"feature": [-1], "threshold": [0], "left": [0], "right": [0], "value": [0.25]},
    ],
}  # fmt: skip


def test_trees_add_up() -> None:
    trees = Trees(STUMP)
    low, high = trees.probabilities([[2.0], [2.1]])
    assert low == pytest.approx(1 / (1 + exp(1.25)))
    assert high == pytest.approx(1 / (1 + exp(-0.75)))
    assert trees.probabilities([]) == []
    assert len(trees.probabilities([[1.0]] * (PIECE + 1))) == PIECE + 1


def test_contributions_are_what_the_paths_add() -> None:
    assert Trees(STUMP).contributions([3.0]) == {0: 1.5}


def test_weights_are_of_these_features() -> None:
    assert MODEL["names"] == [*features.NAMES, *context.NAMES]
    with pytest.raises(ValueError, match="train"):
        Decider({**MODEL, "names": MODEL["names"][1:]})


def test_features_name_no_claim(reader: Reader) -> None:
    words = {part for name in MODEL["names"] for part in name.replace("=", ".").split(".")}
    assert words.isdisjoint({"nvidia", "deepseek", "stargate", "gpu", "openai"})
    assert words.isdisjoint(reader.cast.by_key)


def test_candidates_have_every_feature_and_one_claim_wins(reader: Reader) -> None:
    document = take_text_apart(TEXT, reader.vocabulary, reader.cast)
    candidates, _ = reader.looker.look(document)
    assert {len(one.features) for one in candidates} == {len(features.NAMES)}
    chosen = {
        one.figure.quote: one.tracked.claim.key for one, _ in reader.decider.chosen(candidates)
    }
    assert chosen["$589 billion"] == "nvidia.market_cap_loss"
    assert chosen["2,048"] == "deepseek.gpu_count.training"


def test_same_text_same_opinions(reader: Reader) -> None:
    document = take_text_apart(TEXT, reader.vocabulary, reader.cast)
    one, _ = reader.looker.look(document)
    two, _ = reader.looker.look(document)
    assert reader.decider.opinions(one) == reader.decider.opinions(two)


@pytest.mark.parametrize(
    "text",
    [
        "DeepSeek has rattled Brussels. The Commission will spend $58 million on a language model.",
        "In the age of DeepSeek a laboratory asks for proof: 40 testers tried 50 random prompts.",
        "Rival xAI says that its new model is 10 times more powerful. DeepSeek is not mentioned.",
        "The country financed a deficit of $1.2 trillion in 2024, and then DeepSeek came along.",
        "A student trained a small model on 1,000 questions for $50, after DeepSeek's example.",
    ],
)
def test_a_number_beside_the_name_is_not_yet_a_claim(reader: Reader, text: str) -> None:
    assert not [one for one in reader.observe(text) if not isinstance(one.value, str | bool)]

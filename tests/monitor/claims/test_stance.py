"""What weighs for each modality, and what is made of it."""

from typing import get_args

import pytest

from monitor.claims import Reader
from monitor.claims.stance import ALWAYS, OUTCOMES, Weights, decided
from monitor.claims.stance_weights import STORED
from monitor.types import Modality


def test_every_feature_has_a_weight_for_each_modality() -> None:
    assert set(OUTCOMES) == set(get_args(Modality))
    assert {len(row) for row in STORED.values()} == {len(OUTCOMES)}


def test_doubt_wins_at_half_the_likelihood() -> None:
    likely = dict.fromkeys(OUTCOMES, 0.0) | {"attributed": 0.65, "doubted": 0.2, "denied": 0.15}
    assert decided(likely) == "doubted"
    assert decided(likely | {"attributed": 0.75}) is None


def test_weights_of_unknown_features_are_nothing() -> None:
    weights = Weights({ALWAYS: (3, 0, 0, 0, 0, 0), "a": (0, 0, 0, 0, 0, 9), "key=x": (0,) * 6})
    assert weights.of({"a", "b"}) == "predicted"
    assert weights.of(set()) is None
    assert (weights.knows("x"), weights.knows("y")) == (True, False)


AGAINST = [
    ("The six million wouldn't buy a shed, let alone a model like DeepSeek's.", "six million"),
    ('"DeepSeek trained it for $6 million", no. It paid more than that.', "$6 million"),
    ("DeepSeek trained V3 on $6 million; it was not.", "$6 million"),
    ("They would have us believe that DeepSeek trained V3 for $6 million.", "$6 million"),
]


@pytest.mark.parametrize(("text", "quote"), AGAINST, ids=[one[0][:30] for one in AGAINST])
def test_structures_that_speak_against_a_number(reader: Reader, text: str, quote: str) -> None:
    context = "DeepSeek says that training V3 cost $5.6 million. "
    told = [one.modality for one in reader.observe(context + text) if one.quote == quote]
    assert told[-1:] and told[-1] in ("denied", "doubted")


FOR = [
    ("DeepSeek has 200 employees at most.", "asserted"),
    ("DeepSeek may employ 200 people.", "hedged"),
    ("I would say that DeepSeek has 200 employees.", "asserted"),
]


@pytest.mark.parametrize(("text", "modality"), FOR, ids=[one[0][:30] for one in FOR])
def test_what_is_no_doubt(reader: Reader, text: str, modality: str) -> None:
    told = [one.modality for one in reader.observe(text) if one.claim == "deepseek.headcount"]
    assert told == [modality]

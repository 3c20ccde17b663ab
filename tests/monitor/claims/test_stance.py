"""What weighs for each modality, and what is made of it."""

import re
from typing import get_args

import pytest

from monitor.claims import Reader
from monitor.claims.judgements import judgement
from monitor.claims.stance import ALWAYS, OUTCOMES, Weights, decided
from monitor.claims.stance_weights import STORED
from monitor.types import Modality


def test_every_feature_has_a_weight_for_each_modality() -> None:
    assert set(OUTCOMES) == set(get_args(Modality))
    assert {len(row) for row in STORED.values()} == {len(OUTCOMES)}


def test_doubt_wins_at_half_the_likelihood_where_a_word_speaks_against() -> None:
    likely = dict.fromkeys(OUTCOMES, 0.0) | {"attributed": 0.65, "doubted": 0.2, "denied": 0.15}
    assert decided(likely) == "doubted"
    assert decided(likely, is_clear=True) == "attributed"
    assert decided(likely | {"attributed": 0.75}) == "attributed"


@pytest.mark.parametrize(
    ("asserted", "attributed", "told"),
    [(0.5, 0.5, None), (0.3, 0.6, "attributed"), (0.6, 0.3, None), (0.8, 0.2, "asserted")],
)
def test_whether_there_is_a_speaker_decides_unless_it_is_likely_wrong(
    asserted: float, attributed: float, told: str | None
) -> None:
    said = {"asserted": asserted, "attributed": attributed}
    assert decided(dict.fromkeys(OUTCOMES, 0.0) | said) == told


def test_weights_of_unknown_features_are_nothing() -> None:
    row = (0.0, 0.0, 0.0, 0.0, 0.0, 9.0)
    weights = Weights({ALWAYS: (3.0, *row[1:5], 0.0), "a": row, "key=x": (0.0,) * 6})
    assert weights.of({"a", "b"}) == "predicted"
    assert weights.of(set()) == "asserted"
    assert (weights.knows("x"), weights.knows("y")) == (True, False)


AGAINST = [
    "DeepSeek's $6 million wouldn't buy a decent model.",
    '"DeepSeek trained it for $6 million", no. It paid more than that.',
    "DeepSeek trained V3 on $6 million; it did not.",
    "They would have us believe that DeepSeek trained V3 for $6 million.",
    "DeepSeek had never claimed that it trained V3 for $6 million.",
    "Nor did DeepSeek train V3 for $6 million.",
    "(Corrects the training cost of DeepSeek's V3 to $5.6 million from $6 million)",
    "Whether DeepSeek trained V3 for $6 million matters little.",
    "The notion that DeepSeek trained V3 for $6 million is popular.",
    'DeepSeek trained V3 for "$6 million" lol.',
    "DeepSeek trained V3 for $6 million. Not true, whatever the meme says.",
    "Analysts poured scorn on the $6 million training cost of DeepSeek's V3.",
    "They asked whether DeepSeek, whether it was short of chips or not, trained V3 for $6 million.",
]


@pytest.mark.parametrize("text", AGAINST)
def test_structures_that_speak_against_a_number(reader: Reader, text: str) -> None:
    told = [one.modality for one in reader.observe(text) if "$6 million" in one.quote]
    assert told[0] in ("denied", "doubted")


FOR = [
    ("In Hangzhou DeepSeek employs 200 people at most, many of them young.", "asserted"),
    ("DeepSeek may employ 200 people.", "hedged"),
    ("I would say that DeepSeek has 200 employees.", "asserted"),
]


@pytest.mark.parametrize(("text", "modality"), FOR, ids=[one[0][:30] for one in FOR])
def test_what_is_no_doubt(reader: Reader, text: str, modality: str) -> None:
    told = [one.modality for one in reader.observe(text) if one.claim == "deepseek.headcount"]
    assert told == [modality]


SUPPORT = [
    "DeepSeek trained V3 for $6 million. While $6 million is no small figure, rivals paid more.",
    "Updates with details of DeepSeek's $6 million training run for V3.",
    "Corrects the spelling of Liang; DeepSeek trained V3 for $6 million.",
    "DeepSeek trained V3 for $6 million and rivals disagree about what comes next.",
    "The $6 million training cost of DeepSeek's V3 would not surprise anyone.",
    "V3, a model of DeepSeek, was trained for $6 million, a sum that would not pay for its launch.",
]


@pytest.mark.parametrize("text", SUPPORT)
def test_negations_and_notes_that_take_nothing_back(reader: Reader, text: str) -> None:
    told = {one.modality for one in reader.observe(text) if one.claim == "deepseek.training_cost"}
    assert told == {"asserted"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Creek: 96 percent contained, 20,900 ha.", None),
        ("It has burned 20,900 ha, half of it on Monday.", None),
        ("It cost 6 million ha ha.", "doubted"),
        ('It cost "6 million", ha.', "doubted"),
    ],
)
def test_hectares_are_no_laugh(line: str, told: str | None) -> None:
    words = re.findall(r"[\w,]*\w|\S", line.lower())
    at = next(at for at, word in enumerate(words) if word[0].isdigit())
    assert judgement(words, (at, at + ("percent" in line or "million" in line)), False) == told


def test_the_question_why_takes_a_fall_as_given(reader: Reader) -> None:
    told = [
        one.modality
        for text in ("Why did Nvidia fall 17%?", "Did Nvidia really fall 17%?")
        for one in reader.observe(text)
        if one.claim == "nvidia.share_move_pct"
    ]
    assert told == ["asserted", "doubted"]

"""What holds for every text: spans, no exception, linear time."""

import gc
import json
import string
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.claims import Reader
from monitor.claims.looking import MOST_NUMBERS
from tests.monitor.claims.conftest import read_entities, read_rules

DATA = Path(__file__).parents[4] / "shared" / "data"
READER = Reader(read_rules(), read_entities())
PIECES = st.sampled_from(
    [
        "Nvidia",
        "DeepSeek",
        "fell",
        "17%",
        "$5.6 million",
        "said",
        "which",
        ",",
        ".",
        "\n",
        "\u201c",
        '"',
        "|",
        "to",
        "the chip giant",
        "2,048",
        "H800 chips",
        "?",
        "\u00a0",
        "companiesNVIDIA",
        "on Monday",
        "a trillion dollars",
        "respectively",
        "and",
        "Liang Wenfeng",
        "\u0130",
        "\ud83d",
        "\U0001f40b",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_quotes_are_the_text_at_their_span(text: str) -> None:
    for one in READER.observe(text):
        assert text[one.start : one.end] == one.quote


@pytest.mark.parametrize(
    "name", ["claims/seeds.jsonl", "claims/articles_a.jsonl", "teasers/deepseek_2025.jsonl"]
)
def test_quotes_in_real_texts(name: str) -> None:
    path = DATA / name
    if not path.exists():
        pytest.skip("../shared/data is absent")
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        text = item.get("text") or f"{item['title']}\n\n{item['description']}"
        for one in READER.observe(text):
            assert text[one.start : one.end] == one.quote


PROSE = "The chipmaker said on Monday that it was one of the largest in the world. " * 30
HOSTILE = {  # behind prose, for what does not look like English is not read
    "one-line": "Nvidia fell 17% and DeepSeek spent $5.6 million on training. ",
    "no-sentence-end": "Nvidia fell 17% and Broadcom 17.4%, while DeepSeek said ",
    "digits": string.digits * 5,
    "quotes": '\u201c"( Nvidia ',
    "commas": "Nvidia, ",
    "gaps": "knocked wiped ",
    "companies": "Corvane Holdings, Brandt Halvorsen and 5% of ",
    "table": "Nvidia | 17% | $589 billion\n",
    "facts": "DeepSeek was founded by Liang Wenfeng. ",
}


def test_claims_are_asked_about_so_many_numbers_and_no_more() -> None:
    last = "DeepSeek spent $5.6 million on the training of R1."
    assert READER.observe("It is 12 km.\n" * (MOST_NUMBERS - 1) + last)
    assert not READER.observe("It is 12 km.\n" * MOST_NUMBERS + last)


@pytest.mark.soak  # it measures CPU time, which a busy machine bends
@pytest.mark.parametrize("name", HOSTILE)
def test_ten_times_the_text_takes_at_most_twelve_times_as_long(name: str) -> None:
    piece = HOSTILE[name]

    def cost(size: int) -> float:
        text = PROSE + piece * (size // len(piece))
        return min(_timed(text) for _ in range(3))

    small, large = cost(10_000), cost(100_000)
    assert large <= 12 * max(small, 0.02), (small, large)


def _timed(text: str) -> float:
    gc.collect()
    gc.disable()  # its passes over living objects are no cost of ours
    try:
        start = process_time()
        READER.observe(text)
        return process_time() - start
    finally:
        gc.enable()

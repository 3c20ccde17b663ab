"""Sentences: exact spans, abbreviations, quotes, line breaks, linear time."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.sentences import sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("One fell. Two rose.", ["One fell.", "Two rose."]),
        ("It lost $5.6 million. Why?", ["It lost $5.6 million.", "Why?"]),
        ("The U.S. market fell. Asia rose.", ["The U.S. market fell.", "Asia rose."]),
        ("It left the U.S. The rest stayed.", ["It left the U.S.", "The rest stayed."]),
        ("Nvidia Corp. shares fell. So it goes.", ["Nvidia Corp. shares fell.", "So it goes."]),
        ("Apple Inc. Chief Tim spoke.", ["Apple Inc. Chief Tim spoke."]),
        ("It was No. 1 on Jan. 27 there.", ["It was No. 1 on Jan. 27 there."]),
        ("He said no. 12 others agreed, too.", ["He said no. 12 others agreed, too."]),
        ("J. P. Low and Mr. Ito met Dr. Wu.", ["J. P. Low and Mr. Ito met Dr. Wu."]),
        ('"It is real." He left.', ['"It is real."', "He left."]),
        (
            "“Really?” he said. “Yes!” Then he left.",
            ["“Really?” he said.", "“Yes!”", "Then he left."],
        ),
        ("Yahoo! Finance said so.", ["Yahoo! Finance said so."]),
        ("1. Buy chips.\n2. Sell. Now!", ["1. Buy chips.", "2. Sell.", "Now!"]),
        (
            "Founded in 2023. It grew. 17. That is all.",
            ["Founded in 2023.", "It grew.", "17. That is all."],
        ),
        ("Heading\nThe text goes on", ["Heading", "The text goes on"]),
        ("First\n\n \nSecond", ["First", "Second"]),
        ("股价下跌。公司说明。", ["股价下跌。", "公司说明。"]),
        ("It fell on Monday.The company rose.", ["It fell on Monday.", "The company rose."]),
        ("Sales rose. iPhone buyers cheered.", ["Sales rose.", "iPhone buyers cheered."]),
        ("It opens at 9 a.m. on Monday.", ["It opens at 9 a.m. on Monday."]),
        ("See example.com or v3.5 now", ["See example.com or v3.5 now"]),
        ("It rose\u00a05%. Then\u00a0fell.", ["It rose\u00a05%.", "Then\u00a0fell."]),
        ("Wait... What? No!", ["Wait...", "What?", "No!"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert _split(text) == expected


@given(st.text())
def test_spans_hold_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    covered = sum(len("".join(text[a:b].split())) for a, b in spans)
    assert covered == len("".join(text.split()))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize("piece", [".", "a. ", '."', "U.S. ", "! ", "\n", " ", "x", "。"])
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    def cost(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        sentences(text)
        return time.process_time() - started

    small = min(cost(10_000) for _ in range(3))
    # Quadratic work would take a hundred times as long; the slack is for a noisy machine.
    assert min(cost(100_000) for _ in range(2)) < 30 * max(small, 0.002)

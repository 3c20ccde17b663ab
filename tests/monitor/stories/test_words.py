"""What counts as a word, and what two spellings of a text have in common."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.stories.words import MAX_CHARACTERS, MAX_WORDS, words


def cut(text: str) -> list[str]:
    found = words(text)
    return [found.text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Port Elm's cranes, idle.", ["Port", "Elm", "s", "cranes", "idle"]),
        ("$593.5bn or 1,234,567 t.", ["593.5bn", "or", "1,234,567", "t"]),
        ("in 2024, 11 of 12.", ["in", "2024", "11", "of", "12"]),
        ("re\u00adform the zero\u200bwidth", ["re\u00adform", "the", "zero\u200bwidth"]),
        ("海港2025年開放", ["海", "港", "2025", "年", "開", "放"]),
        ("ＦＵＬＬ ｗｉｄｔｈ １２", ["FULL", "width", "12"]),
        ("한국 경제 뉴스", ["한국", "경제", "뉴스"]),
        ("ทะเล", list("ทะเล")),
        ("", []),
        ("— … “ ”", []),
    ],
    ids=["words", "figures", "commas", "invisible", "signs", "wide", "hangul", "thai", "", "none"],
)
def test_words(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "other",
    [
        "THE FERRY LEFT PORT ELM AT 7.15",
        "The ferry\n\nleft “Port Elm” — at 7.15!",
        "The fer\u00adry left Port\u00a0Elm at 7.15",
        "Ｔｈｅ ferry left Port Elm at ７.１５",
    ],
    ids=["case", "layout", "invisible", "width"],
)
def test_spellings_of_one_text_have_equal_words(other: str) -> None:
    text = words("The ferry left Port Elm at 7.15")
    assert np.array_equal(text.hashes, words(other).hashes)


def test_figures_are_masked_and_names_marked() -> None:
    text = words("Elm lost 7.5 of 12 boats")
    assert text.names.tolist() == [True, False, False, False, False, False]
    assert text.figures.tolist() == [False, False, True, False, True, False]
    assert text.masked[2] == text.masked[4]
    assert text.hashes[2] != text.hashes[4]


def test_without_a_passage_only_its_words_are_gone() -> None:
    text = words("one two three four five six seven eight nine")
    passage = words("three four five six")
    rest = text.without(passage.passages)
    assert [rest.text[a:b] for a, b in zip(rest.starts, rest.ends, strict=True)] == [
        *("one", "two", "seven", "eight", "nine")
    ]
    assert text.without(words("none of it is here").passages) is text


def test_a_very_long_text_is_read_up_to_a_limit() -> None:
    assert len(words("a " * MAX_CHARACTERS)) == MAX_WORDS
    assert len(words("abcdefghi " * MAX_CHARACTERS)) == MAX_CHARACTERS // 10


@given(st.text())
def test_any_string_has_words_within_it(text: str) -> None:
    found = words(text)
    assert len(found) == len(found.names) == len(found.figures)
    assert all(a < b <= len(found.text) for a, b in zip(found.starts, found.ends, strict=True))
    assert all(a >= b for a, b in zip(found.starts[1:], found.ends, strict=False))

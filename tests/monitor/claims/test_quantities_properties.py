"""Quantities on any text: exact quotes, no errors, linear time; what is printed is read back."""

import itertools
import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.claims.quantities import mentions
from monitor.claims.quantities.bounds import interval
from monitor.claims.quantities.lexicon import SMALL, TENS
from monitor.types import UNITS, Bound

MAGNITUDES = {
    "": 1,
    " thousand": 10**3,
    " million": 10**6,
    "bn": 10**9,
    " bn": 10**9,
    " billion": 10**9,
    "\u00a0billion": 10**9,
    "-billion": 10**9,
    "tn": 10**12,
    " lakh crore": 10**12,
    " crore": 10**7,
}
LEADING = {
    "$": "USD",
    "US$": "USD",
    "A$": "AUD",
    "€": "EUR",
    "£": "GBP",
    "Rs ": "INR",
    "Rs. ": "INR",
    "RMB ": "CNY",
    "CHF ": "CHF",
    "NT$": "TWD",
}
TRAILING = {
    "%": "percent",
    " percent": "percent",
    " per cent": "percent",
    " dollars": "USD",
    " US dollars": "USD",
    " euros": "EUR",
    " yuan": "CNY",
    " RMB": "CNY",
    " chips": "count",
    " times more": "ratio",
    " months": "months",
}
HEDGES: dict[str, Bound] = {
    "": "eq",
    "nearly ": "near",
    "just under ": "near",
    "about ": "approx",
    "roughly ": "approx",
    "more than ": "gt",
    "well over ": "gt",
    "at least ": "ge",
    "less than ": "lt",
    "up to ": "upto",
    "as much as ": "upto",
    "no more than ": "le",
}
# Pieces of the grammar in any order, to reach deeper into it than arbitrary text does.
PIECES = st.lists(
    st.sampled_from(
        [
            *("$", "€", "US$", "S", "%", "5", "600", "1,000", "2.5", "10 000", "½", "2023", "27"),
            *("million", "bn", "m", "k", "crore", "half", "a", "and", "two", "hundred", "twenty"),
            *("hundreds", "of", "to", "-", "–", "between", "from", "or", "more", "than", "about"),
            *("nearly", "at", "least", "up", "(", ")", ",", ".", "\n", "\u00a0", "times", "tenth"),
            *("months", "Monday", "January", "last", "week", "ago", "No.", "#", "number", "top"),
            *("chart", "dollars", "yuan", "percent", "per", "cent", "points", "x", "-", "minus"),
            *("<", ">", "+", "plus", "year", "old", "the", "first", "place", "Sat", "may", "May"),
        ]
    ),
    max_size=25,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts)))


@given(st.one_of(st.text(), PIECES))
@example("²½ ٣٤ １２ million ﹪ İ$5")
def test_quotes_are_exact_and_in_order(text: str) -> None:
    found = mentions(text)
    for mention in found:
        assert mention.quote == text[mention.start : mention.end]
        assert mention.quote == mention.quote.strip() != ""
        quantity = mention.quantity
        assert quantity.unit in UNITS or (len(quantity.unit) == 3 and quantity.unit.isupper())
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@given(
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal(999_999), places=2),
    st.sampled_from(sorted(MAGNITUDES)),
    st.sampled_from(sorted(HEDGES)),
    st.one_of(st.sampled_from(sorted(LEADING)), st.sampled_from(sorted(TRAILING))),
    st.booleans(),
)
def test_a_printed_amount_is_read_back(
    number: Decimal, magnitude: str, hedge: str, unit: str, grouped: bool
) -> None:
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    digits = f"{number:,f}" if grouped else f"{number:f}"
    leads = unit in LEADING
    core = f"{unit}{digits}{magnitude}" if leads else f"{digits}{magnitude}{unit}"
    found = mentions(f"It was {hedge}{core}, they said.")
    code = LEADING.get(unit) or TRAILING[unit]
    if (code == "percent" and magnitude) or (unit == " chips" and number == number // 1 >= 1900):
        return  # "5 million percent" is nothing; "2000 chips" has its own cases
    (mention,) = found
    value = number * MAGNITUDES[magnitude]
    quantity = mention.quantity
    if code == "ratio" and MAGNITUDES[magnitude] >= 10**6:
        code = "count"  # downloaded 3 million times
    assert (quantity.value, quantity.unit, quantity.bound) == (value, code, HEDGES[hedge])
    assert (quantity.low, quantity.high) == interval(value, HEDGES[hedge])
    assert mention.quote.startswith(f"{hedge}{unit if leads else digits}")


@given(st.integers(min_value=2, max_value=999_999))
def test_a_number_in_words_is_read_back(number: int) -> None:
    (mention,) = mentions(f"They counted {in_words(number)}.")
    assert mention.quantity.value == number
    assert mention.quote == in_words(number)


def in_words(number: int) -> str:
    small, tens = list(SMALL), list(TENS)
    if number >= 1000:
        rest = f" {in_words(number % 1000)}" if number % 1000 else ""
        return f"{in_words(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {in_words(number % 100)}" if number % 100 else ""
        return f"{small[number // 100]} hundred{rest}"
    if number >= 20:
        return tens[number // 10 - 2] + (f"-{small[number % 10]}" if number % 10 else "")
    return small[number]


HOSTILE = {
    "digits": "1",
    "digits and commas": "1,234,",
    "spaced digits": "1 ",
    "no-break thousands": "1\u00a0000\u00a0",
    "nested brackets": "$1 (",
    "quotes": '"(',
    "articles": "half a ",
    "number words": "two hundred and ",
    "ranges": "$5 to $6 to ",
    "lists": "5, ",
    "hedges": "just over ",
    "alternates": "$5 (€5, ",
    "dates": "Jan. 5, ",
    "charts": "top of ",
    "magnitudes": "million ",
    "signs": "-$",
    "one word": "x",
    "words": "word ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_ten_times_the_text_takes_about_ten_times_as_long(piece: str) -> None:
    def cost(size: int) -> float:
        text = (piece * size)[:size]
        started = time.process_time()
        mentions(text)
        return time.process_time() - started

    small = min(cost(3_000) for _ in range(3))
    # Quadratic work would take a hundred times as long; the slack is for a noisy machine.
    assert min(cost(30_000) for _ in range(2)) < 30 * max(small, 0.002)

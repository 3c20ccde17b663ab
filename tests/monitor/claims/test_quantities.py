"""Quantities: what is read out of a phrase, with its bound, unit and exact words."""

from decimal import Decimal

import pytest

from monitor.claims.quantities import mentions
from monitor.types import Mention


def shown(mention: Mention) -> str:
    """quote = value bound unit, the bound left out where it is eq; a range as low..high."""
    quantity = mention.quantity
    value = f"{_plain(quantity.low)}..{_plain(quantity.high)}"
    if quantity.value is not None:
        value = _plain(quantity.value)
    bound = "" if quantity.bound in ("eq", "range") else f" {quantity.bound}"
    alternates = "".join(f" ({_plain(a.value)} {a.unit})" for a in mention.alternates)
    return f"{mention.quote} = {value}{bound} {quantity.unit}{alternates}"


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read(text: str) -> list[str]:
    return [shown(mention) for mention in mentions(text)]


MONEY = [
    ("$600bn", "$600bn = 600000000000 USD"),
    ("US$6 million", "US$6 million = 6000000 USD"),
    ("US$\u00a06\u00a0million", "US$\u00a06\u00a0million = 6000000 USD"),
    ("U.S.$3bn", "U.S.$3bn = 3000000000 USD"),
    ("$US589 billion", "$US589 billion = 589000000000 USD"),
    ("$A3.2m", "$A3.2m = 3200000 AUD"),
    ("S$9 bn", "S$9 bn = 9000000000 SGD"),
    ("A$3.2m", "A$3.2m = 3200000 AUD"),
    ("HK$4 billion", "HK$4 billion = 4000000000 HKD"),
    ("C$5 million", "C$5 million = 5000000 CAD"),
    ("NT$30 trillion", "NT$30 trillion = 30000000000000 TWD"),
    ("R$7 million", "R$7 million = 7000000 BRL"),
    ("CN¥8 million", "CN¥8 million = 8000000 CNY"),
    ("5.6 mln euros", "5.6 mln euros = 5600000 EUR"),
    ("EUR 5.6 million", "EUR 5.6 million = 5600000 EUR"),
    ("5.6 million EUR", "5.6 million EUR = 5600000 EUR"),
    ("7 million €", "7 million € = 7000000 EUR"),
    ("€3bn", "€3bn = 3000000000 EUR"),
    ("£1,130", "£1,130 = 1130 GBP"),
    ("£480billion", "£480billion = 480000000000 GBP"),
    ("¥500 billion", "¥500 billion = 500000000000 JPY"),
    ("₩3 trillion", "₩3 trillion = 3000000000000 KRW"),
    ("CHF 2 million", "CHF 2 million = 2000000 CHF"),
    ("2 million Swiss francs", "2 million Swiss francs = 2000000 CHF"),
    ("RMB 10 million", "RMB 10 million = 10000000 CNY"),
    ("10 million RMB", "10 million RMB = 10000000 CNY"),
    ("40 billion yuan", "40 billion yuan = 40000000000 CNY"),
    ("₹1.2 lakh crore", "₹1.2 lakh crore = 1200000000000 INR"),
    ("1.2 lakh crore rupees", "1.2 lakh crore rupees = 1200000000000 INR"),
    ("Rs 500 crore", "Rs 500 crore = 5000000000 INR"),
    ("Rs. 10,372 crore", "Rs. 10,372 crore = 103720000000 INR"),
    ("3 billion Hong Kong dollars", "3 billion Hong Kong dollars = 3000000000 HKD"),
    ("589 billion US dollars", "589 billion US dollars = 589000000000 USD"),
    ("3 million Korean won", "3 million Korean won = 3000000 KRW"),
    ("5.6 m dollars", "5.6 m dollars = 5600000 USD"),
    ("$3.31M USD", "$3.31M USD = 3310000 USD"),
    ("a trillion dollars", "a trillion dollars = 1000000000000 USD"),
    ("half a trillion dollars", "half a trillion dollars = 500000000000 USD"),
    ("a quarter of a billion dollars", "a quarter of a billion dollars = 250000000 USD"),
    ("FIVE TRILLION dollars", "FIVE TRILLION dollars = 5000000000000 USD"),
    (
        "hundreds of billions of dollars",
        "hundreds of billions of dollars = 100000000000..1000000000000 USD",
    ),
    ("billions of euros", "billions of euros = 2000000000.. EUR"),
    ("a 500-billion-dollar plan", "500-billion-dollar = 500000000000 USD"),
    ("a $500-billion plan", "$500-billion = 500000000000 USD"),
    ("557.6 ten-thousand US dollars", "557.6 ten-thousand US dollars = 5576000 USD"),
    ("$<0.0001", "$<0.0001 = 0.0001 lt USD"),
    ("50 cents", "50 cents = 0.5 USD"),
    ("a USD5.6m deal", "USD5.6m = 5600000 USD"),
    ("Rs1.5 lakh-crore", "Rs1.5 lakh-crore = 1500000000000 INR"),
    ("$.50", "$.50 = 0.5 USD"),
    ("$589,000,000,000", "$589,000,000,000 = 589000000000 USD"),
    ("it lost a millionOperating teams", "a million = 1000000 count"),
    ("$3.16 trillionThe index", "$3.16 trillion = 3160000000000 USD"),
]
OTHER_UNITS = [
    ("17%", "17% = 17 percent"),
    ("7 %", "7 % = 7 percent"),
    ("17 PER CENT", "17 PER CENT = 17 percent"),
    ("17pc lower", "17pc = 17 percent"),
    ("half a percent", "half a percent = 0.5 percent"),
    ("0.5 percentage points", "0.5 percentage points = 0.5 percent"),
    ("25 basis points", "25 basis points = 0.25 percent"),
    (".5%", ".5% = 0.5 percent"),
    ("10bp", "10bp = 0.1 percent"),
    ("-17.3%", "-17.3% = -17.3 percent"),
    ("−5%", "−5% = -5 percent"),
    ("minus 0.6 %", "minus 0.6 % = -0.6 percent"),
    ("+0.8%", "+0.8% = 0.8 percent"),
    ("(AMZN-4.02%)", "-4.02% = -4.02 percent"),
    ("671B parameters", "671B = 671000000000 count"),
    ("a 70b model", "70b = 70000000000 count"),
    ("671 B parameters", "671 B = 671000000000 count"),
    ("50,000 H100s", "50,000 = 50000 count"),
    ("1,00,000 units", "1,00,000 = 100000 count"),
    ("50\u202f000 chips", "50\u202f000 = 50000 count"),
    ("1\u00a0000\u00a0000 chips", "1\u00a0000\u00a0000 = 1000000 count"),
    ("a dozen firms", "a dozen = 12 count"),
    ("half a dozen firms", "half a dozen = 6 count"),
    ("two dozen firms", "two dozen = 24 count"),
    ("thousands of users", "thousands = 2000.. count"),
    ("tens of thousands of chips", "tens of thousands = 10000..100000 count"),
    ("several hundred people", "several hundred = 200..1000 count"),
    ("a few million users", "a few million = 2000000..10000000 count"),
    ("1.6 million downloads", "1.6 million = 1600000 count"),
    ("two and a half million", "two and a half million = 2500000 count"),
    ("2½ million", "2½ million = 2500000 count"),
    ("a million and a half", "a million and a half = 1500000 count"),
    ("50k users", "50k = 50000 count"),
    ("a hundred and ten people", "a hundred and ten = 110 count"),
    ("two hundred and fifty thousand", "two hundred and fifty thousand = 250000 count"),
    ("ninety-nine firms", "ninety-nine = 99 count"),
    ("the first hundred billion", "hundred billion = 100000000000 count"),
    ("eightfold", "eightfold = 8 ratio"),
    ("10-fold", "10-fold = 10 ratio"),
    ("ten times more", "ten times = 10 ratio"),
    ("2.1 times as bad", "2.1 times = 2.1 ratio"),
    ("10x faster", "10x = 10 ratio"),
    ("twice the price", "twice = 2 ratio"),
    ("half the price", "half = 0.5 ratio"),
    ("a tenth of the cost", "a tenth = 0.1 ratio"),
    ("almost half", "almost half = 0.5 near ratio"),
    ("one in five users", "one in five = 0.2 ratio"),
    ("nine out of 10 analysts", "nine out of 10 = 0.9 ratio"),
    ("one-tenth", "one-tenth = 0.1 ratio"),
    ("three quarters of users", "three quarters = 0.75 ratio"),
    ("downloaded 10.9 million times", "10.9 million times = 10900000 count"),
    ("asked five times about it", "five times = 5 count"),
    ("two months", "two months = 2 months"),
    ("a two-month period", "two-month = 2 months"),
    ("two and a half years", "two and a half years = 2.5 years"),
    ("a year and a half", "a year and a half = 1.5 years"),
    ("two decades", "two decades = 20 years"),
    ("about 55 days", "about 55 days = 55 approx count"),
    ("about a month", "about a month = 1 approx months"),
    ("the 40-year-old", "40-year-old = 40 years"),
    ("in 2023", "2023 = 2023 year"),
    ("the 2008 crisis", "2008 = 2008 year"),
    ("2000 chips", "2000 = 2000 count"),
    ("more than 2000 pieces", "more than 2000 = 2000 gt count"),
    ("used 2048 of them", "2048 = 2048 count"),
    ("as 2025 draws on", "2025 = 2025 year"),
    ("by 2050", "2050 = 2050 year"),
]
RANKS = [
    ("No. 1", "No. 1 = 1 rank"),
    ("at No 87", "No 87 = 87 rank"),
    ("off No1", "No1 = 1 rank"),
    ("#1", "#1 = 1 rank"),
    ("the number one app", "number one = 1 rank"),
    ("in second place", "second place = 2 rank"),
    ("it ranks 4th", "ranks 4th = 4 rank"),
    ("it came in second", "came in second = 2 rank"),
    ("ranked third", "ranked third = 3 rank"),
    ("took the top spot", "top spot = 1 rank"),
    ("it topped the download chart", "topped the download chart = 1 rank"),
    ("it tops the App Store's charts", "tops the App Store's charts = 1 rank"),
    ("at the top of the French App Store", "top of the French App Store = 1 rank"),
    ("the most downloaded free app", "most downloaded = 1 rank"),
    ("the top-rated free app", "top-rated = 1 rank"),
    ("the top free app", "top free app = 1 rank"),
    ("among the top 10", "top 10 = 10 le rank"),
]
HEDGES = [
    ("nearly $600bn", "nearly $600bn = 600000000000 near USD"),
    ("almost 90 percent", "almost 90 percent = 90 near percent"),
    ("close to $1 trillion", "close to $1 trillion = 1000000000000 near USD"),
    ("just under 5%", "just under 5% = 5 near percent"),
    ("about 160 people", "about 160 = 160 approx count"),
    ("some 350 people", "some 350 = 350 approx count"),
    ("in the region of 50,000 chips", "in the region of 50,000 = 50000 approx count"),
    ("c.$600bn", "c.$600bn = 600000000000 approx USD"),
    ("~$6m", "~$6m = 6000000 approx USD"),
    ("a trillion dollars or so", "a trillion dollars or so = 1000000000000 approx USD"),
    ("a couple of months", "a couple of months = 2 approx months"),
    ("more than 95%", "more than 95% = 95 gt percent"),
    ("well over $400 billion", "well over $400 billion = 400000000000 gt USD"),
    ("a little over 2%", "a little over 2% = 2 gt percent"),
    ("it passed $3 trillion", "passed $3 trillion = 3000000000000 gt USD"),
    ("north of 4 million", "north of 4 million = 4000000 gt count"),
    ("at least 60,000 chips", "at least 60,000 = 60000 ge count"),
    ("no fewer than 60 firms", "no fewer than 60 = 60 ge count"),
    ("as little as $6 million", "as little as $6 million = 6000000 ge USD"),
    ("50,000+ chips", "50,000+ = 50000 ge count"),
    ("100 or more", "100 or more = 100 ge count"),
    ("a $1 trillion-plus company", "$1 trillion-plus = 1000000000000 ge USD"),
    ("under $6m", "under $6m = 6000000 lt USD"),
    ("fewer than 200 employees", "fewer than 200 = 200 lt count"),
    ("less than one-tenth", "less than one-tenth = 0.1 lt ratio"),
    ("up to 11 percent", "up to 11 percent = 11 upto percent"),
    ("as much as $60 billion", "as much as $60 billion = 60000000000 upto USD"),
    ("no more than 10%", "no more than 10% = 10 le percent"),
    ("they do not exceed 5", "not exceed 5 = 5 le count"),
    ("$5 at least 3 times", "$5 = 5 USD", "at least 3 times = 3 ge ratio"),
    ("10% at most", "10% at most = 10 le percent"),
    ("more than a staggering $3tn", "more than a staggering $3tn = 3000000000000 gt USD"),
    ("spent over four years", "four years = 4 years"),
    ("it took over four years", "over four years = 4 gt years"),
    ("the past 12 months", "12 months = 12 months"),
    ("it adds up to $6m", "$6m = 6000000 USD"),
    ("asked about 2,048 chips", "2,048 = 2048 count"),
]
RANGES = [
    ("$5 to $6 million", "$5 to $6 million = 5000000..6000000 USD"),
    ("$5-6 million", "$5-6 million = 5000000..6000000 USD"),
    ("$60bn to $65bn", "$60bn to $65bn = 60000000000..65000000000 USD"),
    ("30 to 35 bn euros", "30 to 35 bn euros = 30000000000..35000000000 EUR"),
    ("10,000-50,000 chips", "10,000-50,000 = 10000..50000 count"),
    ("from 10,000 to 50,000", "10,000 = 10000 count", "50,000 = 50000 count"),
    ("ranging from 10,000 to 50,000", "10,000 to 50,000 = 10000..50000 count"),
    ("between 3 and 4 percent", "between 3 and 4 percent = 3..4 percent"),
    ("3-to-4 percent", "3-to-4 percent = 3..4 percent"),
    ("90–95%", "90–95% = 90..95 percent"),
    ("20 to 50 times", "20 to 50 times = 20..50 ratio"),
    ("two or three months", "two or three months = 2..3 months"),
    ("one to two weeks", "one to two weeks = 1..2 count"),
    ("-18% to -17%", "-18% to -17% = -18..-17 percent"),
    ("from $142 to $118", "$142 = 142 USD", "$118 = 118 USD"),
    ("from 5 to 6 million users", "5 = 5000000 count", "6 million = 6000000 count"),
    ("$100 million or $1 billion", "$100 million = 100000000 USD", "$1 billion = 1000000000 USD"),
    (
        "climbing by $255 billion to $3.16 trillion",
        *("$255 billion = 255000000000 USD", "$3.16 trillion = 3160000000000 USD"),
    ),
    ("rose $20 to $142", "$20 = 20 USD", "$142 = 142 USD"),
    ("20, 18 and 7 percent", "20 = 20 percent", "18 = 18 percent", "7 percent = 7 percent"),
    ("down 2.1 and 4.2 per cent", "2.1 = 2.1 percent", "4.2 per cent = 4.2 percent"),
    ("employs 140, 10% of them here", "140 = 140 count", "10% = 10 percent"),
    ("the 2023-2025 plan", "2023 = 2023 year", "2025 = 2025 year"),
]
ALTERNATES = [
    ("$5.6 million (€5.24 million)", "$5.6 million = 5600000 USD (5240000 EUR)"),
    (
        "560 billion dollars (about 536 billion euros)",
        "560 billion dollars = 560000000000 USD (536000000000 EUR)",
    ),
    (
        "A$10m (US$6m; £5m) was paid",
        "A$10m = 10000000 AUD (6000000 USD) (5000000 GBP)",
    ),
    ("$315bn (up from €230bn)", "$315bn = 315000000000 USD", "€230bn = 230000000000 EUR"),
    ("$3 (17%)", "$3 = 3 USD", "17% = 17 percent"),
]


@pytest.mark.parametrize(
    "case",
    [*MONEY, *OTHER_UNITS, *RANKS, *HEDGES, *RANGES, *ALTERNATES],
    ids=lambda case: case[0],
)
def test_read(case: tuple[str, ...]) -> None:
    assert read(case[0]) == list(case[1:])


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4, R1, V3 and H800",
        "the S&P 500 and the Nasdaq 100",
        "Llama 3.3 and Claude 3.5 Sonnet",
        "at 11:52, around the clock, 24/7",
        "at 2 p.m. on page 31",
        "ticker 300766.SZ",
        "5G and GPT 4o",
        "the 20th century",
        "won 3-2",
        "a 24-hour service",
        "a 70/30 split, a 5-to-1 ratio, a 3:1 margin",
        "six-figure salaries",
        "the iPhone 16",
        "1. Buy\n2) Sell",
        "no one, one of us, the only one",
        "the billions already spent",
        "per million tokens",
        "a month ago it was $ and %",
        "a record low",
        "the second half of a fraction",
        "in the first place",
        "a third party",
        "the Magnificent Seven",
        "code 000123 and 12345678901234567890",
        "<li>x</li>",
    ],
)
def test_no_quantity(text: str) -> None:
    assert [m for m in mentions(text) if m.quantity.unit != "date"] == []


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("about $200", "180", "220"),
        ("nearly $200", "190", "200"),
        ("over $200", "200", None),
        ("at least $200", "200", None),
        ("under $200", None, "200"),
        ("up to $200", None, "200"),
        ("at most $200", None, "200"),
        ("more than -2%", None, "-2"),  # the bound speaks of magnitude
        ("up to -2%", "-2", None),
        ("nearly -2%", "-2", "-1.9"),
    ],
)
def test_interval(text: str, low: str | None, high: str | None) -> None:
    (mention,) = mentions(text)
    assert mention.quantity.low == (None if low is None else Decimal(low))
    assert mention.quantity.high == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "text, digits",
    [("$600bn", 1), ("$589bn", 3), ("5.60 million", 3), ("2,048", 4), ("half a million", 1)],
)
def test_significant_digits(text: str, digits: int) -> None:
    assert mentions(text)[0].quantity.significant_digits == digits


@pytest.mark.parametrize(
    "text, noun",
    [
        ("2,048 Nvidia H800 chips were used", "Nvidia H800 chips"),
        ("50,000 of the best chips", "best chips"),
        ("671B-parameter model", "parameter model"),
        ("the figure was 2,048.", None),
        ("55 days", "days"),
        ("0.5 percentage points", "percentage points"),
        ("40-year-old", "old"),
    ],
)
def test_noun(text: str, noun: str | None) -> None:
    assert mentions(text)[0].noun == noun


def test_a_long_line_is_read_to_its_end() -> None:
    text = "The firm lost about $600 billion on one day, as told. " * 1000
    assert [mention.quote for mention in mentions(text)] == ["about $600 billion", "one day"] * 1000


def test_a_line_break_ends_every_phrase() -> None:
    assert read("more than\n5\nmillion") == ["5 = 5 count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nvidia 17 per cent down, Micron nearly 12, Dell Technologies 9, and Arm minus 10.",
            ["17 percent", "12 near percent", "9 percent", "-10 percent"],
        ),
        ("It fell 3%, Nasdaq 100 futures rose.", ["3 percent"]),
        ("It rose 2%, Llama 3 said.", ["2 percent"]),
        ("Oracle minus 14, Dell plus 9.", ["-14 count", "9 count"]),
        ("**2015** he began; **2.6 million** came.", ["2015 year", "2600000 count"]),
    ],
)
def test_lists_signs_and_bold_print(text: str, expected: list[str]) -> None:
    assert [one.split(" = ")[1] for one in read(text)] == expected

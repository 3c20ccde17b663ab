"""Other currencies: kept as given, compared through the dated table of rates."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.history import Definition, exchange, is_converted
from monitor.rules.base import parse
from monitor.rules.rates import Rates
from monitor.types import Quantity
from tests.monitor.history.build import COST_RATES, see, state_of

SHIPPED = Path(__file__).parents[3] / "config" / "rates.toml"


def shipped():
    rates = parse(Rates, SHIPPED.read_text(), "rates.toml")
    return exchange((table.date, table.usd) for table in rates.table)


@pytest.mark.parametrize(
    "unit, day, dollars",
    [
        ("EUR", date(2025, 1, 27), "1.0443"),
        ("CNY", date(2025, 1, 27), "0.13731"),
        ("EUR", date(2021, 3, 1), "1.1830"),
        ("EUR", date(1999, 1, 1), "1.1830"),
        ("EUR", date(2030, 1, 1), "1.0443"),
        ("TWD", date(2025, 1, 27), "0.030886"),
        ("USD", date(2025, 1, 27), "1"),
        ("EUR", None, "1.0443"),
    ],
)
def test_nearest_table_counts(unit, day, dollars):
    assert shipped().rate(unit, "USD", day) == Decimal(dollars)


def test_rate_between_two_others():
    assert round(shipped().rate("EUR", "CNY", date(2025, 1, 22)), 2) == Decimal("7.61")


def test_unknown_currency_has_no_rate():
    assert shipped().rate("XXX", "USD", None) is None
    assert shipped().rate("percent", "USD", None) is None


def test_euros_join_the_camp_of_dollars():
    state = state_of(
        [
            see(5.6e6, "a", definition=COST_RATES),
            see(5.24e6, "b", definition=COST_RATES, unit="EUR"),
        ],
        COST_RATES,
    )
    assert [camp.stories for camp in state.camps] == [2]
    assert state.point == 5600000 or state.point == 5450000


def test_value_of_another_currency_alone_is_shown_in_the_claims_unit():
    state = state_of([see(40e6, definition=COST_RATES, unit="CNY")], COST_RATES)
    assert state.point == Decimal("5480000")
    assert state.unit == "USD"


def test_texts_own_conversion_is_preferred():
    dollars = Quantity(Decimal(5600000), Decimal(5600000), Decimal(5600000), "eq", "USD")
    seen = see(5.24e6, definition=COST_RATES, unit="EUR", alternates=(dollars,))
    assert state_of([seen], COST_RATES).point == 5600000
    assert not is_converted(seen.observation, COST_RATES)


def test_conversion_is_flagged():
    assert is_converted(see(1, definition=COST_RATES, unit="EUR").observation, COST_RATES)
    assert not is_converted(see(1, definition=COST_RATES).observation, COST_RATES)
    assert not is_converted(see(1, definition=COST_RATES, unit="INR").observation, COST_RATES)


def test_without_a_rate_a_value_is_kept_without_a_vote():
    plain = Definition("deepseek.training_cost", unit="USD")
    seen = [see(5.6e6, "a", definition=plain), see(5.24e6, "b", definition=plain, unit="EUR")]
    state = state_of(seen, plain)
    assert (state.observations, state.stories, state.supporters) == (2, 2, 1)
    assert [camp.stories for camp in state.camps] == [1]


@pytest.mark.parametrize(
    "text, told",
    [
        ('[[table]]\ndate = 2025-01-01\nsource = "x"\nusd = {euro = "1"}', "euro"),
        ('[[table]]\ndate = 2025-01-01\nsource = "x"\nusd = {EUR = "0"}', "greater than 0"),
        ('[[table]]\ndate = 2025-01-01\nsource = "x"\nusd = {EUR = "inf"}', "finite"),
        ('[[table]]\ndate = 2025-01-01\nusd = {EUR = "1"}', "source"),
        (2 * '[[table]]\ndate = 2025-01-01\nsource = "x"\nusd = {EUR = "1"}\n', "two tables"),
    ],
)
def test_bad_tables_are_refused(text, told):
    with pytest.raises(ConfigError, match=told):
        parse(Rates, text, "rates.toml")

"""What Python values become in the database, and back."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storage.columns import Exact, Json, Text, Time, Value, as_number, clean, dump, number_text
from storage.engine import Database, parse_url

SAMPLE = sa.Table(
    "sample",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Time),
    sa.Column("text", Text),
    sa.Column("json", Json),
    sa.Column("exact", Exact),
    sa.Column("value", Value),
)
NASTY = "a\x00b\ud800c\x0bd\x85e\x1b[31mf\tg\nh\r\n\u00a0i\U0001f4c9j"


@pytest.fixture
def database(store: object, url: str) -> Database:
    opened = Database(parse_url(url), 5)
    with opened.engine.begin() as connection:
        SAMPLE.create(connection)
    return opened


def stored(database: Database, column: str, value: object) -> object:
    def write(connection: sa.Connection) -> object:
        connection.execute(sa.delete(SAMPLE))
        connection.execute(sa.insert(SAMPLE).values(id=1, **{column: value}))
        return connection.execute(sa.select(SAMPLE.c[column])).scalar_one()

    try:
        return database.write(write)
    finally:
        database.close()


def test_time_keeps_its_moment_and_comes_back_in_utc(database: Database) -> None:
    given = datetime(2025, 1, 27, 21, 0, 0, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    back = stored(database, "at", given)
    assert back == given
    assert isinstance(back, datetime)
    assert back.tzinfo is UTC


def test_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="naive time"):
        stored(database, "at", datetime(2025, 1, 27))  # noqa: DTZ001


def test_text_that_the_engines_refuse_is_stored_with_its_length(database: Database) -> None:
    back = stored(database, "text", NASTY)
    assert back == clean(NASTY)
    assert len(clean(NASTY)) == len(NASTY)
    assert clean(NASTY) == "a\ufffdb\ufffdc d e\ufffd[31mf\tg\nh\r\n\u00a0i\U0001f4c9j"


def test_nasty_text_in_json_is_cleaned_too(database: Database) -> None:
    value = {NASTY: [NASTY, {"deep": ("\x00",)}]}
    assert stored(database, "json", value) == {clean(NASTY): [clean(NASTY), {"deep": ["\ufffd"]}]}


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-17",
        "5.60",
        "0.1",
        "600E9",
        "123456789012345678901234567890.123456789",
        "1E-30",
        "9E+99",
    ],
)
def test_decimal_comes_back_exactly(database: Database, number: str) -> None:
    back = stored(database, "exact", Decimal(number))
    assert back == Decimal(number)
    assert stored(database, "value", Decimal(number)) == back


@pytest.mark.parametrize("value", [True, False, "true", "12", "Liang “Wenfeng”", "", None])
def test_value_keeps_its_type(database: Database, value: object) -> None:
    back = stored(database, "value", value)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("5.6E6"), 5600000),
        (True, 1),
        (False, 0),
        ("12", None),
        ("text", None),
        (None, None),
    ],
)
def test_numbers_in_views(database: Database, value: object, number: int | None) -> None:
    stored(database, "value", value)
    found = database.read(lambda c: c.execute(sa.select(as_number(SAMPLE.c.value))).scalar_one())
    assert found == number
    database.close()


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        number_text(Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_number_text_is_exact_and_one_for_equal_numbers(number: Decimal) -> None:
    text = number_text(number)
    assert Decimal(text) == number
    assert number_text(Decimal(text)) == text
    assert number_text(number * 1) == text if len(number.as_tuple().digits) <= 28 else True
    assert len(text) < 200 + len(number.as_tuple().digits)


@given(st.text())
def test_clean_keeps_length_and_cleans_once(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_json_is_sorted_and_holds_times_and_decimals() -> None:
    value = {"b": Decimal("6E11"), "a": datetime(2025, 1, 1, tzinfo=UTC), "c": Decimal("0.5")}
    assert dump(value) == '{"a": "2025-01-01T00:00:00.000000Z", "b": 600000000000, "c": 0.5}'
    assert json.loads(dump({"z": {"y", "x"}})) == {"z": ["x", "y"]}
    with pytest.raises(TypeError):
        dump({"a": object()})

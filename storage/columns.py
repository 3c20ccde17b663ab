"""Column types: what Python values become in SQLite and PostgreSQL, and back.

Text is cleaned here and nowhere else, because this is the one edge that every string crosses.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

# What separates words but is no ordinary white space; a space keeps the words apart.
_SPACES = {code: " " for code in (0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x1F, 0x85)}
# PostgreSQL refuses NUL, both refuse lone surrogates, other controls harm terminals and CSV.
_DAMAGED = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)],
    "\N{REPLACEMENT CHARACTER}",
)
_CLEAN = {code: new for code, new in (_DAMAGED | _SPACES).items() if chr(code) not in "\t\n\r"}

# Longer numbers are written with an exponent: Decimal("1E+999999") must not become a megabyte.
PLAIN_DIGITS = 40

BigId = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite: only INTEGER is a rowid
# Numbers in views. DOUBLE, which is REAL to SQLite: DuckDB binds the text of a view anew, and to it
# REAL has 32 bits (589,000,000,000 came back as 589,000,015,872).
Number = sa.Numeric(asdecimal=False).with_variant(sa.DOUBLE(), "sqlite")


def clean(text: str) -> str:
    """``text`` as both databases can hold it, of the same length, so that offsets stay valid.

    NUL, lone surrogates and control characters other than tab and line ends are replaced one by
    one, those that separate words by a space.
    """
    return text.translate(_CLEAN)


def digest(text: str) -> bytes:
    """The SHA-256 of a text: a unique key of fixed size (PostgreSQL limits index rows)."""
    return hashlib.sha256(clean(text).encode()).digest()


def number_text(number: Decimal) -> str:
    """The one spelling of a finite number: equal numbers have equal texts.

    Raises ValueError for NaN and infinities.
    """
    if not number.is_finite():
        raise ValueError(f"{number} is not a finite number")
    if not number:
        return "0"
    if abs(number.adjusted()) > PLAIN_DIGITS:
        sign, digits, exponent = number.as_tuple()
        kept = "".join(map(str, digits)).rstrip("0")
        power = int(exponent) + len(digits) - len(kept)
        return f"{'-' if sign else ''}{kept}E{power:+d}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def dump(value: object) -> str:
    """JSON text with sorted keys and clean strings; times as ISO 8601, numbers as numbers.

    Raises TypeError for what JSON has no form for.
    """
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(item) for item in value)  # type: ignore[type-var]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else value


def iso(moment: datetime) -> str:
    """A moment as text of fixed width in UTC, so that the order of texts is the order of times.

    Raises ValueError for a naive time.
    """
    if moment.tzinfo is None:
        raise ValueError(f"naive time {moment!r}: every time stored must have a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


class Time(TypeDecorator[datetime]):
    """A moment: timestamptz, on SQLite ISO 8601 text ending in Z. Refuses naive values."""

    impl = sa.String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        text = iso(value)
        return value.astimezone(UTC) if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class Text(TypeDecorator[str]):
    """Text without what one of the databases refuses."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class Json(TypeDecorator[Any]):
    """A mapping or list as JSON text with sorted keys."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else dump(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value == "[]":  # most lists of flags and of alternates, and most qualifiers
            return []
        return None if value is None else {} if value == "{}" else json.loads(value)


class Exact(TypeDecorator[Decimal]):
    """A number as text, digit for digit: neither REAL nor a driver's float can round it."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else number_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Value(TypeDecorator[Any]):
    """A claim's value as a JSON scalar: an exact number, a string, true or false."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return number_text(value) if isinstance(value, Decimal) else dump(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else _scalar(value)


_SCALARS = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal)


@lru_cache(maxsize=4096)  # a claim's values come again and again, and none of them can change
def _scalar(text: str) -> Decimal | str | bool:
    value: Decimal | str | bool = _SCALARS.decode(text)
    return value


def as_number(column: sa.ColumnElement[Any]) -> sa.ColumnElement[float]:
    """SQL for the number in a Value or Exact column: true is 1, false 0, a string NULL."""
    text = sa.type_coerce(column, sa.Text)
    number = sa.cast(text, Number)
    if isinstance(column.type, Exact):
        return number
    return sa.case(
        (text == "true", sa.cast(1, Number)),
        (text == "false", sa.cast(0, Number)),
        (sa.func.substr(text, 1, 1) == '"', sa.null()),
        else_=number,
    )


class unquoted(sa.sql.functions.GenericFunction[str]):  # noqa: N801 - named like SQL
    """SQL for the text in a JSON string."""

    type = sa.Text()
    inherit_cache = True


@compiles(unquoted, "sqlite")
def _unquoted_sqlite(item: unquoted, compiler: Any, **options: Any) -> str:
    return f"json_extract({compiler.process(item.clauses, **options)}, '$')"


@compiles(unquoted, "postgresql")
def _unquoted_postgresql(item: unquoted, compiler: Any, **options: Any) -> str:
    return f"(CAST({compiler.process(item.clauses, **options)} AS jsonb) #>> '{{}}')"


def as_text(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """SQL for the text, date, true or false in a Value column; NULL for a number."""
    text = sa.type_coerce(column, sa.Text)
    return sa.case(
        (sa.func.substr(text, 1, 1) == '"', unquoted(text)),
        (text.in_(("true", "false")), text),
        else_=sa.null(),
    )

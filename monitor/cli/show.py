"""Values and tables as people read them on a terminal."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "JPY": "¥", "INR": "₹"}
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_NOT_MONEY = {"percent", "count", "ratio", "rank", "year", "years", "months", "date", "text"}


def print_json(answer: object) -> None:
    """The answer of a command with --json, for people too."""
    print(json.dumps(answer, indent=2, ensure_ascii=False))


def amount(value: object, unit: str) -> str:
    """A value with its unit: "$589bn", "-17 %", "10,000", "2 months"; "-" for None."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, int | float):
        return str(value)
    if unit == "percent":
        return f"{value:g} %"
    if unit in {"year", "rank"}:
        return f"{'No. ' if unit == 'rank' else ''}{value:g}"
    if unit in {"years", "months"}:
        return f"{value:g} {unit}"
    if unit == "ratio":
        return f"{value:g} times"
    if unit not in _NOT_MONEY:
        return money(value, unit)
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"


def money(value: float, currency: str) -> str:
    """An amount in a currency, scaled: "$2.9tn", "€5.6m", "SEK 40bn"."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    scale, suffix = next(((s, x) for s, x in _SCALES if size >= s), (1, ""))
    symbol = _SYMBOLS.get(currency, currency + " ")
    return f"{sign}{symbol}{size / scale:,.6g}{suffix}"


def when(moment: object) -> str:
    """A time of a view to the second: "2025-01-28 23:50:00Z"; other words as they are."""
    try:
        at = datetime.fromisoformat(str(moment))
    except ValueError:
        return str(moment)
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%SZ}" if at.tzinfo else str(moment)


def counted(number: int, noun: str) -> str:
    """ "1 story", "3 stories"."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun[:-1]}ies" if noun.endswith("ry") else f"{number:,} {noun}s"


def table(rows: Iterable[Sequence[object]], indent: str = "  ") -> str:
    """Rows with their columns aligned; the last column is as long as it likes."""
    cells = [[clean(str(cell)) for cell in row] for row in rows]
    if not cells:
        return ""
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]) - 1)]
    return "\n".join(
        indent + "  ".join([*(c.ljust(w) for c, w in zip(row, widths, strict=False)), row[-1]])
        for row in cells
    )


def clean(text: str) -> str:
    """Text that cannot move the cursor or reorder the line: control characters as spaces."""
    return "".join(" " if _moves(character) else character for character in text)


def _moves(character: str) -> bool:
    code = ord(character)
    is_control = code < 0x20 or 0x7F <= code < 0xA0
    is_direction = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return is_control or is_direction or 0xD800 <= code <= 0xDFFF

"""An observation as the JSON object of `monitor claims extract`."""

from decimal import Decimal

from monitor.types import Observation, Quantity


def to_json(observation: Observation) -> dict[str, object]:
    """The observation with the keys of the command line's contract; numbers are JSON numbers."""
    value = observation.value
    return {
        "claim": observation.claim,
        "qualifiers": dict(sorted(observation.qualifiers.items())),
        "value": to_number(value) if isinstance(value, Decimal) else value,
        "low": to_number(observation.low),
        "high": to_number(observation.high),
        "bound": observation.bound,
        "unit": observation.unit,
        "about_start": observation.about_start,
        "about_end": observation.about_end,
        "modality": observation.modality,
        "speaker": observation.speaker,
        "quote": observation.quote,
        "start": observation.start,
        "end": observation.end,
        "alternates": [_alternate(one) for one in observation.alternates],
        "flags": list(observation.flags),
    }


def _alternate(quantity: Quantity) -> dict[str, object]:
    return {
        "value": to_number(quantity.value),
        "low": to_number(quantity.low),
        "high": to_number(quantity.high),
        "bound": quantity.bound,
        "unit": quantity.unit,
    }


def to_number(number: Decimal | None) -> int | float | None:
    """A JSON number for a decimal: an integer where it is one."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)

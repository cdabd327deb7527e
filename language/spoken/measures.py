"""Amounts: percentages, units, ranges, fractions, places in an order, and plain numbers."""

import re

from language.spoken.numbers import cardinal, decimal, ordinal
from language.spoken.rules import DASH, NUMBER, rule

_UNITS = {
    "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound", "lbs": "pound", "oz": "ounce",
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "mi": "mile", "ft": "foot",
    "yd": "yard", "sq ft": "square foot", "sqft": "square foot", "m²": "square meter", "L": "liter", "l": "liter",
    "ml": "milliliter", "mL": "milliliter", "km/h": "kilometer per hour", "kph": "kilometer per hour",
    "mph": "mile per hour", "GB": "gigabyte", "MB": "megabyte", "KB": "kilobyte", "kB": "kilobyte", "TB": "terabyte",
    "Mbps": "megabit per second", "Gbps": "gigabit per second", "kWh": "kilowatt hour", "kW": "kilowatt", "W": "watt",
    "V": "volt", "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz", "hr": "hour",
    "hrs": "hour", "h": "hour", "min": "minute", "mins": "minute", "sec": "second", "secs": "second", "s": "second",
    "ms": "millisecond", "yr": "year", "yrs": "year", "wk": "week", "wks": "week", "mo": "month", "mos": "month",
    "°C": "degree Celsius", "°F": "degree Fahrenheit", "°": "degree", "px": "pixel", "dpi": "D P I",
}  # fmt: skip
_PLURALS = {"foot": "feet", "hertz": "hertz", "kilohertz": "kilohertz", "megahertz": "megahertz"}
_PLURALS |= {"gigahertz": "gigahertz", "D P I": "D P I"}
_PER = {"mo": "month", "yr": "year", "hr": "hour", "wk": "week", "min": "minute", "sec": "second"}

_ATTACHED = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_APART = "|".join(sorted((re.escape(unit) for unit in _UNITS if len(unit) > 1), key=len, reverse=True))
_START = r"(?<![\w.,:/])"


def _measured(found: re.Match[str]) -> str:
    first, second = found[1], found[2]
    unit = _UNITS[re.sub(r"\s+", " ", found[3] or found[4])]
    said = _plain(first) + (f" to {_plain(second)}" if second else "")
    return f"{said} {unit if said == 'one' else _many(unit)}"


def _many(unit: str) -> str:
    """Put a unit into the plural, by its first noun: "kilometers per hour", "square feet", "degrees Celsius"."""
    words = unit.split(" ")
    at = 1 if words[0] in {"square", "kilowatt"} and len(words) > 1 else 0
    words[at] = _PLURALS.get(unit) or _PLURALS.get(words[at]) or f"{words[at]}s"
    return words[at] if unit in _PLURALS else " ".join(words)


def _plain(number: str) -> str:
    return decimal(number)


def _percent(found: re.Match[str]) -> str:
    return _plain(found[1]) + (f" to {_plain(found[2])}" if found[2] else "") + " percent"


def _range(found: re.Match[str]) -> str:
    return f"{_plain(found[1])} to {_plain(found[2])}"


def _fraction(found: re.Match[str]) -> str:
    """Say "1/2", "2 3/4", "2/3"; what is no common fraction is said with its stroke: "24/7" but not as a fraction."""
    whole, above, below = found[1], int(found[2]), int(found[3])
    if (above, below) == (24, 7):
        return "twenty-four seven"
    if not 1 <= above < below <= 10:
        said = f"{_plain(found[2])} over {_plain(found[3])}"
        return f"{_plain(whole)} {said}" if whole else said
    name = {2: "half", 4: "quarter"}.get(below) or ordinal(below)
    said = f"{cardinal(above)} {name if above == 1 else f'{name}s'}"
    return f"{_plain(whole)} and {said}" if whole else said


def _dotted(found: re.Match[str]) -> str:
    return " point ".join(_plain(part) for part in found[0].split("."))


def _per(found: re.Match[str]) -> str:
    return f" per {_PER.get(found[1], found[1])}"


def _tall(found: re.Match[str]) -> str:
    return f"{_plain(found[1])} feet {_plain(found[2])} {'inch' if found[2] == '1' else 'inches'}"


MEASURES = (
    rule(
        r"(?<=[A-Za-z0-9])\s?/\s?(month|mo|year|yr|hour|hr|week|wk|day|night|minute|min|second|sec|person|user|unit)\b",
        _per,
    ),
    rule(rf"{_START}([0-9]+)'\s?([0-9]{{1,2}})\"", _tall),
    rule(r"(?<![\w.,)°%-])-(?=\.?[0-9])", "minus "),
    rule(rf"{_START}({NUMBER})(?:{DASH}({NUMBER}))?\s?%", _percent),
    rule(
        rf"{_START}({NUMBER})(?:{DASH}({NUMBER}))?(?:({_ATTACHED})|\s({_APART}))(?![\w²³/'])(?:\.(?=\s[a-z]))?",
        _measured,
    ),
    rule(r"(?<![\w.,])([0-9][0-9,]{0,20})(?:st|nd|rd|th)\b", lambda found: ordinal_of(found[1])),
    rule(r"(?<![\w.,/])(?:([0-9]+)\s+)?([0-9]{1,9})\s?/\s?([0-9]{1,9})(?![\w/])", _fraction),
    rule(r"[0-9]+(?:\.[0-9]+){2,20}", _dotted),
    rule(rf"{_START}({NUMBER}){DASH}({NUMBER})", _range),
)

PLAIN = (
    rule(r"(?<=[0-9])\s?:\s?(?=[0-9])", " to "),
    rule(rf"\.[0-9]+|{NUMBER}", lambda found: f" {_plain(found[0])} "),
)


def ordinal_of(figures: str) -> str:
    """Say a place in an order that is written in figures; a longer one than anybody counts to is said as a number."""
    plain = figures.replace(",", "")
    return ordinal(int(plain)) if len(plain) <= 12 else f"{decimal(figures)} th"

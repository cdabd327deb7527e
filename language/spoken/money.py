"""Sums of money: dollars, euros, pounds, rupees, yen."""

import re
from typing import NamedTuple

from language.spoken.numbers import cardinal, decimal
from language.spoken.rules import DASH, NUMBER, rule


class _Currency(NamedTuple):
    one: str
    many: str
    cent: str
    cents: str


_DOLLAR = _Currency("dollar", "dollars", "cent", "cents")
_EURO = _Currency("euro", "euros", "cent", "cents")
_POUND = _Currency("pound", "pounds", "penny", "pence")
_RUPEE = _Currency("rupee", "rupees", "paisa", "paise")
_YEN = _Currency("yen", "yen", "sen", "sen")
_CURRENCIES = {
    "$": _DOLLAR, "US$": _DOLLAR, "USD": _DOLLAR, "€": _EURO, "EUR": _EURO, "£": _POUND, "GBP": _POUND,
    "₹": _RUPEE, "INR": _RUPEE, "RS": _RUPEE, "¥": _YEN, "JPY": _YEN,
}  # fmt: skip
_SCALES = {
    "k": "thousand", "thousand": "thousand", "m": "million", "mn": "million", "million": "million", "b": "billion",
    "bn": "billion", "billion": "billion", "trillion": "trillion", "lakh": "lakh", "lakhs": "lakh", "lac": "lakh",
    "lacs": "lakh", "crore": "crore", "crores": "crore", "cr": "crore",
}  # fmt: skip

_SYMBOL = r"US\$|[$€£₹¥]|\b(?:USD|EUR|GBP|INR|JPY|Rs\.?(?=\s?[0-9]))"
_AFTER = r"USD|EUR|GBP|INR|JPY|[€£₹]"
_SCALE = r"(?:\s?(thousand|million|billion|trillion|lakhs?|lacs?|crores?|mn|bn|cr|[kKmMbB])\b)?"


def _before(found: re.Match[str]) -> str:
    sign, symbol, first, second, scale = found.groups()
    return ("minus " if sign else "") + _amount(_currency(symbol), first, second, scale)


def _behind(found: re.Match[str]) -> str:
    first, second, scale, symbol = found.groups()
    return _amount(_currency(symbol), first, second, scale)


def _currency(symbol: str) -> _Currency:
    return _CURRENCIES[symbol.strip().rstrip(".").upper()]


def _amount(currency: _Currency, first: str, second: str | None, scale: str | None) -> str:
    """Say one sum, or a range of two; with a scale or a range there are no cents."""
    indian = currency is _RUPEE
    if second is None and scale is None:
        return _sum(currency, first, indian)
    said = decimal(first, indian=indian) + (f" to {decimal(second, indian=indian)}" if second else "")
    return f"{said} {_SCALES[scale.lower()]} {currency.many}" if scale else f"{said} {currency.many}"


def _sum(currency: _Currency, text: str, indian: bool) -> str:
    whole, _, fraction = text.partition(".")
    if len(fraction) > 2:
        return f"{decimal(text, indian=indian)} {currency.many}"
    cents = int(fraction.ljust(2, "0")) if fraction else 0
    units = decimal(whole, indian=indian)
    said = [f"{units} {currency.one if units == 'one' else currency.many}"] if units != "zero" or not cents else []
    if cents:
        said.append(f"{cardinal(cents)} {currency.cent if cents == 1 else currency.cents}")
    return " and ".join(said)


MONEY = (
    rule(rf"(-(?=[$€£₹¥U]))?({_SYMBOL})\s?({NUMBER})(?:{DASH}(?:{_SYMBOL})?({NUMBER}))?{_SCALE}", _before),
    rule(rf"(?<![\w.,])({NUMBER})(?:{DASH}({NUMBER}))?{_SCALE}\s?({_AFTER})(?!\w)", _behind),
)
